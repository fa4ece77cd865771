package build

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"gohyang/scenarios/facts"
)

const (
	krBase   = 2023 // the standard population stands on 1 January of this year: registered at the end of 2022
	krFirst  = 2022 // first end of a year with registers by town
	krAges   = facts.Ages
	krFives  = 21 // 0-4 ... 95-99, 100+
	krGroups = facts.Groups
)

// krTown is one of the 229 places of residence.
type krTown struct {
	code, name    string
	province      int
	class         string
	depopulation  string
	lon, lat      float64
	recipient     bool
	strength      float64
	localTax      int64 // won
	revenue       int64 // won
	grants        int64 // won, general grants
	ownRevenue    int64 // won, local tax and non-tax revenue
	filers, wages int64 // persons; won

	five    [3][2][krFives]int64 // registers of the ends of 2022, 2023, 2024
	people  [2][krFives]int64    // 1 January of the start's year
	base    [2][krAges]float64   // the same by single age, whole persons
	ratio   float64              // children 0-4 per women 25-39, relative to the nation
	birth   float64              // level
	death   float64              // level
	arrival float64              // share of the nation's international migration
	net     [krGroups]float64    // moves a year, in minus out
	expect  [krGroups]float64    // out-moves at national rates
	out, in [krGroups]float64
}

// krProvince is one of the 17 provinces.
type krProvince struct {
	code, name      string
	towns           []int
	strength        float64
	localTax        int64
	revenue, grants int64
	ownRevenue      int64
	births, deaths  map[int]int64 // by year, as published: until 2022 Gunwi-gun is counted in Gyeongbuk
	population      int64         // 1 January of the start's year
	pop2000         float64
	published       [2]int64         // residents at the end of 2022 by sex, as published for the province
	registered      map[int][2]int64 // all registered at the end of a year by sex, as published
	stay            float64          // share of moves inside the province that stay inside one town
}

// korea is the state of one build.
type korea struct {
	start     krStart
	dir       string
	errs      []error
	tables    []*Table
	towns     []krTown
	provinces []krProvince
	town      map[string]int
	province  map[string]int // 11000 -> index
	life      []krLife
	factor    [2]float64 // what the death rates of 2072 are multiplied with, see extendLife
	fertility []krFertility
	asfr      [2][7]float64       // 2023, 2024: births per woman and year, 15-19 ... 45-49
	pattern   map[int][7]float64  // WPP, by first year of the period
	od        [][]float64         // moves a year in the start's window, all
	published [][]float64         // the same before those inside one town are taken out
	yearly    map[int][][]float64 // moves of each year
	stock     [][]float64         // moves 2000-2024
	shape     ScheduleFit         // the move schedule
	rate      [krAges]float64     // moves between towns per person and year
	past      map[int][]krPeople  // ends of 2015-2022 by province, see backcast
	births    map[int]float64     // of the nation, by year
	level     float64             // deaths counted over expected, nation
	abroad    krAbroad
	wppAbroad map[int][2][krFives]float64 // thousand persons in five years, by first year of the period
	group     [krGroups][][]float64       // moves between towns by province
	sd        float64
	earners   [2][]krEarner
	origin    [][]float64
	stayTown  []float64

	bodies             []body // towns with a government of their own, then provincial governments
	need, needProvince needFit
}

// Korea builds the tables of Korea from the reference folder (which holds kr/) into out, and those of the other starts below out/base.
func Korea(reference, out string) error {
	var spread float64 // of earnings: the standard's serves every start
	for _, s := range krStarts {
		dir := out
		if s != krStandard {
			dir = filepath.Join(out, "base", strconv.Itoa(s.year))
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return err
			}
		}
		k, err := derived(reference, s)
		if err != nil {
			return fmt.Errorf("start of %d: %w", s.year, err)
		}
		if s == krStandard {
			spread = k.sd
		}
		k.sd = spread
		if k.write(dir); k.err() != nil {
			return k.err()
		}
	}
	return nil
}

// derived reads the reference and derives everything the tables of a start need.
func derived(reference string, s krStart) (*korea, error) {
	k := &korea{start: s, dir: filepath.Join(reference, "kr"), town: map[string]int{}, province: map[string]int{}}
	for _, step := range []func(){
		k.readPlaces, k.readPopulation, k.readRegistered, k.readFiscal, k.readIncome, k.readVital, k.readLife, k.readFertility, k.readMoves, k.readAbroad,
		k.fitSchedule, k.backcast, k.startPopulation, k.windowMoves,
		k.deathLevels, k.extendLife, k.birthLevels, k.scaleSchedule, k.netMoves, k.shrinkNet, k.balanceMoves, k.groupMoves, k.netAbroad, k.arrivalShares,
	} {
		if step(); k.err() != nil {
			return nil, k.err()
		}
	}
	if s == krStandard {
		k.earnersAndSpread()
		k.birthplaces()
		k.fiscal()
	}
	return k, k.err()
}

// err joins what went wrong so far, in the reading of cells too.
func (k *korea) err() error {
	all := slices.Clone(k.errs)
	for _, t := range k.tables {
		all = append(all, t.Err())
	}
	return errors.Join(all...)
}

func (k *korea) fault(format string, args ...any) {
	k.errs = append(k.errs, fmt.Errorf("korea: "+format, args...))
}

// read opens a reference table; a table that cannot be read is reported and empty.
func (k *korea) read(name string) *Table {
	t, err := Read(k.dir, name)
	if err != nil {
		k.errs = append(k.errs, err)
		return &Table{File: name}
	}
	k.tables = append(k.tables, t)
	return t
}

// at is the index of a code; an unknown code is a fault.
func (k *korea) at(of map[string]int, code, file string) int {
	i, ok := of[code]
	if !ok {
		k.fault("%s: unknown code %q", file, code)
	}
	return i
}

func (k *korea) readPlaces() {
	where := map[string][2]float64{}
	t := k.read("hexgrid_sigungu.csv")
	for r := range t.Rows {
		where[t.Str(r, "code")] = [2]float64{t.Float(r, "lon"), t.Float(r, "lat")}
	}
	t = k.read("regions.csv")
	for r := range t.Rows {
		code, name, level := t.Str(r, "code"), t.Str(r, "name"), t.Str(r, "level")
		if level == "sido" {
			k.province[code] = len(k.provinces)
			k.provinces = append(k.provinces, krProvince{code: code, name: name, births: map[int]int64{}, deaths: map[int]int64{}, registered: map[int][2]int64{}})
			continue
		}
		n := krTown{code: code, name: name, recipient: level == "basic"}
		n.class = map[string]string{"basic": t.Str(r, "type"), "basic_sejong": "sejong", "adm_city": "admin_city"}[level]
		n.depopulation = map[string]string{"depopulation_area": "depopulation", "interest_area": "interest"}[t.Str(r, "depop_status")]
		n.lon, n.lat = where[code][0], where[code][1]
		n.province = k.at(k.province, code[:2]+"000", t.File)
		k.provinces[n.province].towns = append(k.provinces[n.province].towns, len(k.towns))
		k.town[code] = len(k.towns)
		k.towns = append(k.towns, n)
	}
	if len(k.towns) != 229 || len(k.provinces) != 17 {
		k.fault("regions.csv: got %d towns and %d provinces, want 229 and 17", len(k.towns), len(k.provinces))
	}
}

func (k *korea) readPopulation() {
	t := k.read("population_sigungu.csv")
	for r := range t.Rows {
		level, year := t.Str(r, "level"), t.Int(r, "year")-2022
		sex := map[string]int{"M": 0, "F": 1}[t.Str(r, "sex")]
		n := t.Int(r, "population")
		switch level {
		case "sido":
			if year == 0 {
				k.provinces[k.at(k.province, t.Str(r, "code"), t.File)].published[sex] += n
			}
		case "basic", "basic_sejong", "adm_city":
			i := k.at(k.town, t.Str(r, "code"), t.File)
			k.towns[i].five[year][sex][krFive(t.Str(r, "age_group"))] += n
		}
	}
}

// readRegistered reads the registered population of the provinces at the ends of years, with those without a known address.
func (k *korea) readRegistered() {
	t := k.read("population_sido_2000_2024.csv")
	for r := range t.Rows {
		if t.Str(r, "code") == "00" {
			continue
		}
		p := &k.provinces[k.at(k.province, t.Str(r, "code")+"000", t.File)]
		y, n := int(t.Int(r, "year")), t.Int(r, "population")
		if t.Str(r, "sex") == "T" {
			if y == 2000 {
				p.pop2000 = float64(n)
			}
			continue
		}
		both := p.registered[y]
		both[map[string]int{"M": 0, "F": 1}[t.Str(r, "sex")]] = n
		p.registered[y] = both
	}
}

// krFive is the index of a five-year group such as 25-29 or 100+.
func krFive(group string) int {
	end := 0
	for end < len(group) && group[end] >= '0' && group[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(group[:end])
	if err != nil || n > 100 {
		return 0
	}
	return n / 5
}

func (k *korea) readFiscal() {
	t := k.read("fiscal_sigungu_2026.csv")
	for r := range t.Rows {
		n := &k.towns[k.at(k.town, t.Str(r, "code"), t.File)]
		n.strength = t.Float(r, "fiscal_independence_pct") / 100
		n.localTax = 1000 * t.Int(r, "local_tax_thou_krw")
		n.revenue = 1000 * t.Int(r, "general_account_budget_thou_krw")
		n.grants = 1000 * t.Int(r, "general_grants_thou_krw")
		n.ownRevenue = 1000 * t.Int(r, "own_revenue_thou_krw")
	}
	t = k.read("fiscal_sido_2026.csv")
	for r := range t.Rows {
		if t.Str(r, "level") != "HQ" {
			continue
		}
		p := &k.provinces[k.at(k.province, t.Str(r, "sido_code")+"000", t.File)]
		p.strength = t.Float(r, "fiscal_independence_pct") / 100
		p.localTax = 1000 * t.Int(r, "local_tax_thou_krw")
		p.revenue = 1000 * t.Int(r, "general_account_budget_thou_krw")
		p.grants = 1000 * t.Int(r, "general_grants_thou_krw")
		p.ownRevenue = 1000 * t.Int(r, "own_revenue_thou_krw")
	}
}

func (k *korea) readIncome() {
	t := k.read("income_wage_sigungu_2024.csv")
	for r := range t.Rows {
		n := &k.towns[k.at(k.town, t.Str(r, "code"), t.File)]
		n.filers, n.wages = t.Int(r, "n_filers"), 1_000_000*t.Int(r, "total_wage_mn_krw")
	}
}

func (k *korea) readVital() {
	t := k.read("vital_sido.csv")
	for r := range t.Rows {
		p := &k.provinces[k.at(k.province, t.Str(r, "code"), t.File)]
		y := int(t.Int(r, "year"))
		p.births[y], p.deaths[y] = t.Int(r, "births"), t.Int(r, "deaths")
	}
	k.births = map[int]float64{}
	t = k.read("projection_national.csv")
	for r := range t.Rows {
		k.births[int(t.Int(r, "year"))] = t.Float(r, "births_observed")
	}
}

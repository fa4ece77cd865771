package build

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"gohyang/scenarios/facts"
)

const (
	krBase   = 2023 // the population stands on 1 January of this year: registered at the end of 2022
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
	filers, wages int64 // persons; won

	five    [3][2][krFives]int64 // end of 2022, 2023, 2024
	base    [2][krAges]float64   // 1 January 2023, whole persons by single age
	last    [2][krAges]float64   // 1 January 2025
	ratio   float64              // children 0-4 per women 25-39, relative to the nation
	birth   float64              // level
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
	births, deaths  map[int]int64 // by year
	population      int64         // 1 January 2023
	pop2000         float64
	published       [2]int64 // end of 2022 by sex, as published for the province
	stay            float64  // share of moves inside the province that stay inside one town
	death           float64  // level
}

// korea is the state of one build.
type korea struct {
	dir       string
	errs      []error
	tables    []*Table
	towns     []krTown
	provinces []krProvince
	town      map[string]int
	province  map[string]int // 11000 -> index
	life      []krLife
	fertility []krFertility
	asfr      [2][7]float64 // 2023, 2024: births per woman and year, 15-19 ... 45-49
	od        [][]float64   // moves a year, 2022-2024, all
	stock     [][]float64   // moves 2000-2024
	rate      [krAges]float64
	group     [krGroups][][]float64 // moves between towns by province
	sd        float64
	earners   [2][]krEarner
	origin    [][]float64
	stayTown  []float64
}

// Korea builds the tables of Korea from the reference folder (which holds kr/) into out.
func Korea(reference, out string) error {
	k := &korea{dir: filepath.Join(reference, "kr"), town: map[string]int{}, province: map[string]int{}}
	for _, step := range []func(){k.readPlaces, k.readPopulation, k.readFiscal, k.readIncome, k.readVital, k.readLife, k.readFertility, k.readMoves} {
		if step(); k.err() != nil {
			return k.err()
		}
	}
	for _, step := range []func(){
		k.singleAges, k.deathLevels, k.birthLevels, k.schedule, k.netMoves, k.shrinkNet, k.balanceMoves, k.groupMoves, k.earnersAndSpread, k.birthplaces,
	} {
		if step(); k.err() != nil {
			return k.err()
		}
	}
	k.write(out)
	return k.err()
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
			k.provinces = append(k.provinces, krProvince{code: code, name: name, births: map[int]int64{}, deaths: map[int]int64{}})
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
	for i := range k.towns {
		p := &k.provinces[k.towns[i].province]
		for sex := range 2 {
			for _, n := range k.towns[i].five[0][sex] {
				p.population += n
			}
		}
	}
	t = k.read("population_sido_2000_2024.csv")
	for r := range t.Rows {
		if t.Int(r, "year") == 2000 && t.Str(r, "sex") == "T" && t.Str(r, "code") != "00" {
			k.provinces[k.at(k.province, t.Str(r, "code")+"000", t.File)].pop2000 = t.Float(r, "population")
		}
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
}

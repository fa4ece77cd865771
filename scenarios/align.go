package scenarios

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gohyang/sim"
	"gohyang/sim/law"
	"gohyang/sim/people"
)

// alignMethod is the method in one line; people.Align has the whole of it.
const alignMethod = "expected projection of the baseline without chance; year by year the factors on births, deaths and international moves that change the inputs least " +
	"and give the nation's total, and a factor on moves out with its reciprocal on pull for each part of the nation; logit scale"

// Align computes the factors that bring a country's baseline to its official projection and returns the name and the text of their file, and the fit.
// s is the baseline in free mode; mode is one of AlignmentModes; date is written into the file as it stands.
func Align(s *Scenario, mode, date string) (file, text string, fit *people.Fit, err error) {
	if !slices.Contains(AlignmentModes(s.Country), mode) {
		return "", "", nil, Faults{{At: Position{File: "--mode"}, Got: strconv.Quote(mode), Want: strings.Join(AlignmentModes(s.Country), " or ") + " for " + string(s.Country),
			Hint: "there must be an official projection to align to"}}
	}
	if s.Demography.Alignment != Free {
		return "", "", nil, Faults{{At: Position{File: s.File}, Key: "demography.alignment", Got: strconv.Quote(s.Demography.Alignment), Want: `"free": factors are computed on rates without any`}}
	}
	cfg, err := Build(s)
	if err != nil {
		return "", "", nil, err
	}
	o := newOfficial(s)
	t, err := o.targets(mode)
	if err != nil {
		return "", "", nil, err
	}
	a, fit, err := people.Align(yearly(cfg), cfg.Origins, t)
	if err != nil {
		return "", "", nil, err
	}
	about := map[string]string{
		"method": alignMethod, "date": date, "facts": s.facts.Digest, "parameters": parametersDigest(s.settings),
		"targets": fmt.Sprintf("%s, ends of %d to %d%s", o.name(), t.First, t.First+len(t.Nation)-1, o.parts(t)),
		"fit":     Fitted(fit),
	}
	return alignmentFile(s.Country, mode), s.alignmentText(about, a, t.Units, mode), fit, nil
}

// surveyed is the share of persons who once left their province of birth and live in it now, of those whose history is known: 20.4 of 90.6 % (never left 44.0 %,
// elsewhere 26.2 %; IPSS, 8th National Survey on Migration 2016, facts.csv J95), and the age from which the survey asks.
const (
	surveyed  = 20.4 / (44.0 + 20.4 + 26.2)
	surveyAge = 18
)

// FitTie fits the tie to the place of origin, demography.return, of a country's baseline to the U-turn stock, as far as the flows of the first year allow. Korea has
// no such survey: it takes Japan's share.
func FitTie(s *Scenario) (people.TieFit, error) {
	cfg, err := Build(s)
	if err != nil {
		return people.TieFit{}, err
	}
	return yearly(cfg).FitTie(cfg.Origins, surveyed, surveyAge, people.FlowMiss)
}

// Fitted says how well an alignment meets its targets, in one line.
func Fitted(f *people.Fit) string {
	span := func(r [2]float64) string { return fmt.Sprintf("%.3f to %.3f", r[0], r[1]) }
	return fmt.Sprintf("nation within %.0e, its parts within %.0e of the targets; factors on births %s, deaths %s, arrivals %s, moves out %s",
		f.Nation, f.Unit, span(f.Births), span(f.Deaths), span(f.Trips), span(f.Out))
}

// yearly are the demographic tables of a configuration, by themselves.
func yearly(cfg *sim.Config) *people.Yearly {
	c := people.Country{Provinces: len(cfg.Places) - cfg.NumTowns, ProvinceOf: make([]int, cfg.NumTowns)}
	for i := range c.ProvinceOf {
		c.ProvinceOf[i] = cfg.Places[i].Province
	}
	return &people.Yearly{Tables: cfg.Demography, Options: cfg.Options, Country: c, Seed: cfg.Seed}
}

// alignmentText is the file of an alignment: see parseAlignment. Provinces are written once, not town by town.
func (s *Scenario) alignmentText(about map[string]string, a *people.Alignment, units [][]int, mode string) string {
	var b strings.Builder
	for _, key := range aboutKeys {
		fmt.Fprintf(&b, "# %s: %s\n", key, about[key])
	}
	row := func(code string, value func(k int) string) {
		b.WriteString(code)
		for k := range a.Years {
			b.WriteString("," + value(k))
		}
		b.WriteString("\n")
	}
	factor := func(x float64) string { return strconv.FormatFloat(x, 'f', 5, 64) }
	row("code", func(k int) string { return strconv.Itoa(a.First + k) })
	row("birth", func(k int) string { return factor(a.Years[k].Birth) })
	row("death", func(k int) string { return factor(a.Years[k].Death) })
	row("abroad", func(k int) string { return factor(a.Years[k].Abroad) })
	for u, towns := range units {
		for _, i := range towns {
			code := s.facts.Towns[i].Code
			if mode == "province" {
				code = s.facts.Provinces[u].Code
			}
			row(code, func(k int) string { return factor(a.Years[k].Out[i]) })
			if mode == "province" {
				break
			}
		}
	}
	return b.String()
}

// official is a country's official projection as totals on 1 January.
type official struct {
	s     *Scenario
	when  float64            // time of the year of the projection's totals
	level bool               // same persons as the base population: totals are met; otherwise only their growth since the base year
	rows  map[string][]total // by code, in the order of years
	base  []float64          // base population by town
}

// total is one official total at a date.
type total struct{ date, persons float64 }

// newOfficial reads the projection from the facts. Korea's is of 1 July and counts foreigners, whom the registers of the base population leave out, so its growth is
// taken and not its level; Japan's is of 1 October and counts the residents of the base population.
func newOfficial(s *Scenario) *official {
	o := &official{s: s, when: 0.5, rows: map[string][]total{}}
	if s.Country == law.Japan {
		o.when, o.level = 0.75, true
	}
	for _, p := range s.facts.Projection {
		o.rows[p.Code] = append(o.rows[p.Code], total{float64(p.Year) + o.when, float64(p.Population)})
	}
	for _, town := range s.facts.Population {
		sum := 0.0
		for sex := range 2 {
			for _, n := range town[sex] {
				sum += float64(n)
			}
		}
		o.base = append(o.base, sum)
	}
	return o
}

func (o *official) name() string {
	for _, f := range o.s.sources {
		if f.File == "projection.csv" {
			return f.Publisher
		}
	}
	return "official projection"
}

// parts says how long the parts of the nation have targets, if they have any.
func (o *official) parts(t *people.Targets) string {
	if t.Units == nil {
		return ""
	}
	return fmt.Sprintf(", its parts to %d", t.First+len(t.Unit)-1)
}

// targets are the totals at the ends of the years of a mode, until half a year after the last official total.
func (o *official) targets(mode string) (*people.Targets, error) {
	first, all := o.s.since, make([]int, len(o.base))
	for i := range all {
		all[i] = i
	}
	t := &people.Targets{First: first}
	var err error
	if t.Nation, err = o.path(o.rows[""], all); err != nil {
		return nil, err
	}
	if mode == "nation" {
		return t, nil
	}
	series, units := o.provinces()
	if mode == "town" {
		series, units = o.towns(series, units)
	}
	t.Units = units
	for u := range units {
		path, err := o.path(series[u], units[u])
		if err != nil {
			return nil, err
		}
		for len(t.Unit) < len(path) && u == 0 {
			t.Unit = append(t.Unit, make([]float64, len(units)))
		}
		if len(path) != len(t.Unit) {
			return nil, fmt.Errorf("projection.csv: got %d years for one unit and %d for another", len(t.Unit), len(path))
		}
		for k, x := range path {
			t.Unit[k][u] = x
		}
	}
	return t, nil
}

// provinces are the official rows and the towns of each province.
func (o *official) provinces() (series [][]total, units [][]int) {
	units = make([][]int, len(o.s.facts.Provinces))
	for i, p := range o.s.facts.Towns {
		units[p.Province] = append(units[p.Province], i)
	}
	for _, p := range o.s.facts.Provinces {
		series = append(series, o.rows[p.Code])
	}
	return series, units
}

// towns are the official rows of each town. Towns of a province without rows of their own are one unit, which has what the province's others leave.
func (o *official) towns(ofProvince [][]total, inProvince [][]int) (series [][]total, units [][]int) {
	for p, towns := range inProvince {
		var rest []int
		left := slices.Clone(ofProvince[p])
		for _, i := range towns {
			rows := o.rows[o.s.facts.Towns[i].Code]
			if len(rows) != len(left) {
				rest = append(rest, i)
				continue
			}
			for k, r := range rows {
				left[k].persons -= r.persons
			}
			series, units = append(series, rows), append(units, []int{i})
		}
		if rest != nil {
			series, units = append(series, left), append(units, rest)
		}
	}
	return series, units
}

// path is what some towns should have at the ends of the years from the base year on. Between two official totals the logarithm is straight. Where the level counts, the
// base population is the first point, and official totals of the first year are left out: they are no year away from it.
func (o *official) path(rows []total, towns []int) ([]float64, error) {
	first := float64(o.s.since)
	base := 0.0
	for _, i := range towns {
		base += o.base[i]
	}
	if len(rows) < 2 || base <= 0 {
		return nil, fmt.Errorf("projection.csv: got %d totals for a unit of %.0f persons (%s), want two or more of somebody", len(rows), base, o.s.facts.Towns[towns[0]].Code)
	}
	scale := base / straight(rows, first)
	if o.level {
		scale = 1
		points := []total{{first, base}}
		for _, r := range rows {
			if r.date >= first+1 {
				points = append(points, r)
			}
		}
		rows = points
	}
	var out []float64
	for end := first + 1; end <= rows[len(rows)-1].date+0.5; end++ {
		out = append(out, scale*straight(rows, end))
	}
	return out, nil
}

// straight is the total at a date: straight in the logarithm between two points, and on beyond the first and last pair.
func straight(rows []total, date float64) float64 {
	i := 0
	for i+2 < len(rows) && rows[i+1].date < date {
		i++
	}
	a, b := rows[i], rows[i+1]
	return a.persons * math.Exp(math.Log(b.persons/a.persons)*(date-a.date)/(b.date-a.date))
}

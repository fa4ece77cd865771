package scenarios

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gohyang/scenarios/facts"
	"gohyang/sim/law"
	"gohyang/sim/people"
)

// Rules of a hindcast beside the model. Naive rules know what was counted before the start and nothing of demography.
const (
	Model        = "model"           // the demographic tables of the start, projected without chance
	Constant     = "constant"        // stays at the last count
	LastChange   = "last change"     // goes on changing as it last did
	ShareOf      = "share of nation" // keeps its last share of the nation that the model expects
	OfficialThen = "official then"   // the official projection made at that time
)

// Kinds of a hindcast.
const (
	Forecasted = "forecast"     // the tables of the start know nothing later, but for what their SOURCES.toml names
	BackCast   = facts.BackCast // the tables of the start were made with later counts: agreement is no forecast
	Ahead      = "ahead"        // the standard tables, in free mode, against the official projection in force
)

// Hindcast is what the demographic tables of a start say of times for which there is a count, or an official projection.
type Hindcast struct {
	Country     law.Country
	Start       int // the population stands on 1 January of this year
	Kind        string
	Comparisons []Comparison
	Facts       *facts.Country // the tables of the start, for the names of places
}

// Comparison holds forecasts of one measure, level and time against counts, unit by unit.
type Comparison struct {
	Measure   string  // population, births, deaths, moves.in, moves.out, moves.net
	Level     string  // nation, province, town
	When      float64 // populations: the date, 2020.75 = 1 October 2020; flows: the calendar year
	Codes     []string
	Counted   []float64
	Per       []float64 // what errors are relative to: the counts, for net moves the residents at the start
	Forecasts []Forecast
}

// Forecast is what one rule says of the units of a comparison; NaN = nothing.
type Forecast struct {
	Rule   string
	Values []float64
}

// HindcastStarts are the starts of a country for which something was counted later: its other starts, see facts.Bases.
func HindcastStarts(c law.Country) ([]int, error) { return facts.Bases(string(c)) }

// RunHindcast projects the tables of a start (0 = the standard tables, in free mode, against the official projection) and holds them against what was counted.
// The projection is people.Expect, the expectation of the yearly order: a run of every resident scatters around it.
func RunHindcast(c law.Country, start int) (*Hindcast, error) {
	s, err := hindcastScenario(c, start)
	if err != nil {
		return nil, err
	}
	cfg, err := Build(s)
	if err != nil {
		return nil, err
	}
	h := newHindcaster(s)
	last := h.lastYear()
	if start == 0 {
		h.out.Kind, last = Ahead, lastOfficial
	}
	if s.facts.Kind == facts.BackCast {
		h.out.Kind = BackCast
	}
	h.project(people.NewExpect(yearly(cfg), cfg.Origins, s.since), last)
	if start == 0 {
		h.forward()
	} else {
		h.populations()
		h.flows()
	}
	return h.out, nil
}

// lastOfficial is the year up to which forward runs are held against the official projection.
const lastOfficial = 2050

// baselineMetrics are the metrics of which the baselines expect something.
func baselineMetrics() []string {
	return []string{"population", "births", "deaths", "donations.received.amount"}
}

// hindcastScenario is the baseline of a country with another start.
func hindcastScenario(c law.Country, start int) (*Scenario, error) {
	set := []string{"demography.alignment=free"}
	if start != 0 {
		set = append(set, fmt.Sprintf("run.base=%d", start), fmt.Sprintf("run.years=[%d, %d]", start, start))
	}
	return Load(string(c)+"-baseline", Options{Metrics: baselineMetrics(), Set: set})
}

// unit is one place of a level: its code and the towns it is made of.
type unit struct {
	code  string
	towns []int
}

// levels are the units of each level, in the order in which they are printed.
type levels struct {
	name  string
	units []unit
}

func unitsOf(f *facts.Country) []levels {
	nation, provinces, towns := unit{}, make([]unit, len(f.Provinces)), make([]unit, len(f.Towns))
	for p := range f.Provinces {
		provinces[p].code = f.Provinces[p].Code
	}
	for i, t := range f.Towns {
		nation.towns = append(nation.towns, i)
		provinces[t.Province].towns = append(provinces[t.Province].towns, i)
		towns[i] = unit{t.Code, []int{i}}
	}
	return []levels{{"nation", []unit{nation}}, {"province", provinces}, {"town", towns}}
}

// hindcaster is one call of RunHindcast.
type hindcaster struct {
	s        *Scenario
	f        *facts.Country
	out      *Hindcast
	units    []levels
	observed map[moment]float64   // counts of the series the start is held against
	dates    map[string][]float64 // their dates by place, in order
	vital    map[moment]facts.Vital
	then     map[string][]total // the official projection made at the time, by place, in the order of dates
	pop      [][]float64        // by year from the start: residents by town on 1 January
	counts   []*people.Counts   // by year from the start: what is expected to happen in it
}

// moment is a place at a time: the year of a flow or the date of a count.
type moment struct {
	code string
	when float64
}

func newHindcaster(s *Scenario) *hindcaster {
	h := &hindcaster{s: s, f: s.facts, out: &Hindcast{Country: s.Country, Start: s.since, Kind: Forecasted, Facts: s.facts}, units: unitsOf(s.facts),
		observed: map[moment]float64{}, vital: map[moment]facts.Vital{}, dates: map[string][]float64{}, then: map[string][]total{}}
	for _, series := range h.series() {
		for _, o := range h.f.Observed {
			at := moment{o.Code, o.Date}
			if _, done := h.observed[at]; o.Series == series && !done {
				h.observed[at] = float64(o.Population)
				h.dates[o.Code] = append(h.dates[o.Code], o.Date)
			}
		}
	}
	for _, dates := range h.dates {
		slices.Sort(dates)
	}
	for _, o := range h.f.Past {
		h.then[o.Code] = append(h.then[o.Code], total{o.Date, float64(o.Population)})
	}
	for _, rows := range h.then {
		slices.SortFunc(rows, func(a, b total) int { return cmp.Compare(a.date, b.date) })
	}
	for _, v := range h.f.Vital {
		h.vital[moment{v.Code, float64(v.Year)}] = v
	}
	return h
}

// lastYear is the last year that has to be projected for what was counted.
func (h *hindcaster) lastYear() int {
	last := 0
	for _, o := range h.f.Observed {
		last = max(last, int(math.Ceil(o.Date))-1)
	}
	for _, v := range h.f.Vital {
		last = max(last, v.Year)
	}
	return last
}

func (h *hindcaster) project(e *people.Expect, last int) {
	h.pop = append(h.pop, e.Population())
	for e.Year() <= last {
		h.counts = append(h.counts, e.Step())
		h.pop = append(h.pop, e.Population())
	}
}

// residents is the expected population of a unit at a date: straight between two 1 Januaries.
func (h *hindcaster) residents(u unit, date float64) float64 {
	at := date - float64(h.out.Start)
	k := min(max(int(at), 0), len(h.pop)-1)
	next := min(k+1, len(h.pop)-1)
	return (1-(at-float64(k)))*sumOf(h.pop[k], u.towns) + (at-float64(k))*sumOf(h.pop[next], u.towns)
}

func sumOf(x []float64, towns []int) (sum float64) {
	for _, i := range towns {
		sum += x[i]
	}
	return sum
}

// series are the counts a start is held against: of those in observed.csv, the ones that count the persons of its base population. Korea's registers are
// published with and without those whose address is not known: the start of 2016 has all, later ones have residents.
func (h *hindcaster) series() []string {
	if h.f.Code == string(law.Japan) {
		return []string{"census", "estimate"}
	}
	if h.out.Start < 2023 {
		return []string{"registered"}
	}
	return []string{"residents"}
}

// later are the dates of counts after the start, in order.
func (h *hindcaster) later() (out []float64) {
	for at := range h.observed {
		if at.when > float64(h.out.Start) && !slices.Contains(out, at.when) {
			out = append(out, at.when)
		}
	}
	slices.Sort(out)
	return out
}

// add keeps a comparison of the units that were counted.
func (h *hindcaster) add(measure, level string, when float64, units []unit, counted, per []float64, forecasts ...Forecast) {
	c := Comparison{Measure: measure, Level: level, When: when, Counted: counted, Per: per}
	for _, u := range units {
		c.Codes = append(c.Codes, u.code)
	}
	for _, f := range forecasts {
		if slices.ContainsFunc(f.Values, func(x float64) bool { return !math.IsNaN(x) }) {
			c.Forecasts = append(c.Forecasts, f)
		}
	}
	h.out.Comparisons = append(h.out.Comparisons, c)
}

// each is a forecast by unit.
func each(rule string, units []unit, value func(u unit) float64) Forecast {
	f := Forecast{Rule: rule, Values: make([]float64, len(units))}
	for i, u := range units {
		f.Values[i] = value(u)
	}
	return f
}

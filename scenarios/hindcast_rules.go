package scenarios

import (
	"math"
	"slices"

	"gohyang/scenarios/facts"
)

// populations compares the residents at every date of a count after the start.
func (h *hindcaster) populations() {
	for _, date := range h.later() {
		for _, l := range h.units {
			units, counted := h.counted(l.units, date)
			if len(units) == 0 {
				continue
			}
			start := float64(h.out.Start)
			years := date - start
			nation := h.residents(h.units[0].units[0], date) / sumOf(h.pop[0], h.units[0].units[0].towns)
			forecasts := []Forecast{
				each(Model, units, func(u unit) float64 { return h.residents(u, date) }),
				each(Constant, units, func(u unit) float64 { return sumOf(h.pop[0], u.towns) }),
				each(LastChange, units, func(u unit) float64 { return sumOf(h.pop[0], u.towns) * math.Exp(years*h.growth(u)) }),
			}
			if l.name != "nation" {
				forecasts = append(forecasts, each(ShareOf, units, func(u unit) float64 { return sumOf(h.pop[0], u.towns) * nation }))
			}
			forecasts = append(forecasts, each(OfficialThen, units, func(u unit) float64 { return h.past(u, date) }))
			h.add("population", l.name, date, units, counted, counted, forecasts...)
		}
	}
}

// counted are the units of a level that were counted at a date.
func (h *hindcaster) counted(all []unit, date float64) (units []unit, counted []float64) {
	for _, u := range all {
		if n, ok := h.observed[moment{u.code, date}]; ok && sumOf(h.pop[0], u.towns) > 0 && n > 0 {
			units, counted = append(units, u), append(counted, n)
		}
	}
	return units, counted
}

// growth is the last yearly growth of a unit before the start, in logarithms: between its last two counts, or by the flows counted last, or that of its
// province.
func (h *hindcaster) growth(u unit) float64 {
	dates := h.dates[u.code]
	n, _ := slices.BinarySearch(dates, float64(h.out.Start)+1e-9)
	if n >= 2 {
		a, b := h.observed[moment{u.code, dates[n-2]}], h.observed[moment{u.code, dates[n-1]}]
		return math.Log(b/a) / (dates[n-1] - dates[n-2])
	}
	if v, ok := h.at(u, h.known(u)); ok && v.MovesIn >= 0 && v.Births >= 0 {
		return math.Log1p(float64(v.Births-v.Deaths+v.MovesIn-v.MovesOut) / sumOf(h.pop[0], u.towns))
	}
	if len(u.towns) == 1 && u.code == h.f.Towns[u.towns[0]].Code {
		return h.growth(h.units[1].units[h.f.Towns[u.towns[0]].Province])
	}
	return math.NaN()
}

// past is the official projection made at the time: its growth since the start, because its persons may be others than the registers' (foreigners).
func (h *hindcaster) past(u unit, date float64) float64 {
	rows := h.then[u.code]
	if len(rows) < 2 || rows[0].date > float64(h.out.Start)+0.5 || rows[0].date < float64(h.out.Start)-1 {
		return math.NaN()
	}
	return sumOf(h.pop[0], u.towns) * straight(rows, date) / straight(rows, float64(h.out.Start))
}

// measures are the flows that are compared.
var measures = []struct {
	name    string
	counted func(v facts.Vital) float64 // below 0 or NaN = not published, but for net moves
	net     bool
}{
	{"births", func(v facts.Vital) float64 { return published(v.Births) }, false},
	{"deaths", func(v facts.Vital) float64 { return published(v.Deaths) }, false},
	{"moves.in", func(v facts.Vital) float64 { return published(v.MovesIn) }, false},
	{"moves.out", func(v facts.Vital) float64 { return published(v.MovesOut) }, false},
	{"moves.net", func(v facts.Vital) float64 { return published(v.MovesIn) - published(v.MovesOut) }, true},
}

func published(n int64) float64 {
	if n < 0 {
		return math.NaN()
	}
	return float64(n)
}

// known is the last year whose flows the tables of the start may know: the year before it, but for Japan's municipalities, whose flows the reference has from 2016
// on: theirs of 2016 are in the tables of the start of 2016.
func (h *hindcaster) known(u unit) int {
	if _, ok := h.at(u, h.out.Start-1); !ok {
		return h.out.Start
	}
	return h.out.Start - 1
}

// at are the flows counted in a unit and year.
func (h *hindcaster) at(u unit, year int) (facts.Vital, bool) {
	v, ok := h.vital[moment{u.code, float64(year)}]
	return v, ok
}

// flows compares births, deaths and moves of every calendar year that the tables of the start do not know. Moves into and out of towns are not compared, only
// their balance: Japan's municipal counts are of Japanese nationals and count moves between wards of a city.
func (h *hindcaster) flows() {
	for year := h.out.Start; year < h.out.Start+len(h.counts); year++ {
		for _, m := range measures {
			for _, l := range h.units {
				if l.name == "town" && (m.name == "moves.in" || m.name == "moves.out") || l.name == "nation" && m.name != "births" && m.name != "deaths" {
					continue
				}
				h.flow(m.name, l, year, m.counted, m.net)
			}
		}
	}
}

func (h *hindcaster) flow(measure string, l levels, year int, value func(facts.Vital) float64, net bool) {
	var units []unit
	var counted, per []float64
	for _, u := range l.units {
		v, ok := h.at(u, year)
		x := value(v)
		if !ok || math.IsNaN(x) || !net && x <= 0 || year <= h.known(u) || sumOf(h.pop[0], u.towns) <= 0 {
			continue
		}
		units, counted, per = append(units, u), append(counted, x), append(per, x)
		if net {
			per[len(per)-1] = sumOf(h.pop[0], u.towns)
		}
	}
	if len(units) == 0 {
		return
	}
	before := func(u unit, back int) float64 {
		v, ok := h.at(u, h.known(u)-back)
		if !ok {
			return math.NaN()
		}
		return value(v)
	}
	forecasts := []Forecast{
		each(Model, units, func(u unit) float64 { return h.expected(measure, u, year) }),
		each(Constant, units, func(u unit) float64 { return before(u, 0) }),
	}
	if !net {
		forecasts = append(forecasts, each(LastChange, units, func(u unit) float64 {
			return before(u, 0) * math.Pow(before(u, 0)/before(u, 1), float64(year-h.known(u)))
		}))
	}
	h.add(measure, l.name, float64(year), units, counted, per, forecasts...)
}

// expected is the model's number of a flow. Moves of a province are those between provinces.
func (h *hindcaster) expected(measure string, u unit, year int) float64 {
	c := h.counts[year-h.out.Start]
	within := 0.0
	if len(u.towns) != 1 || u.code != h.f.Towns[u.towns[0]].Code {
		for p := range h.f.Provinces {
			if h.f.Provinces[p].Code == u.code {
				within = c.Within[p]
			}
		}
	}
	switch measure {
	case "births":
		return sumOf(c.Births, u.towns)
	case "deaths":
		return sumOf(c.Deaths, u.towns)
	case "moves.in":
		return sumOf(c.In, u.towns) - within
	case "moves.out":
		return sumOf(c.Out, u.towns) - within
	}
	return sumOf(c.In, u.towns) - sumOf(c.Out, u.towns)
}

// forward compares the standard tables in free mode with the growth of the official projection in force.
func (h *hindcaster) forward() {
	official := newOfficial(h.s)
	for _, year := range []float64{2030, 2040, lastOfficial} {
		for _, l := range h.units {
			var units []unit
			var target []float64
			date := year + official.when
			for _, u := range l.units {
				if r := official.rows[u.code]; len(r) > 1 && sumOf(h.pop[0], u.towns) > 0 {
					units = append(units, u)
					from := max(r[0].date, float64(h.out.Start))
					target = append(target, h.residents(u, from)*straight(r, date)/straight(r, from))
				}
			}
			if len(units) == 0 {
				continue
			}
			h.add("population", l.name, date, units, target, target,
				each(Model, units, func(u unit) float64 { return h.residents(u, date) }),
				each(Constant, units, func(u unit) float64 { return sumOf(h.pop[0], u.towns) }))
		}
	}
}

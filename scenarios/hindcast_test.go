package scenarios

import (
	"math"
	"testing"

	"gohyang/scenarios/facts"
	"gohyang/sim/law"
	"gohyang/sim/people"
)

// valleys is a hindcaster of a country of two provinces and three towns, started in 2016, that expects the numbers written here for two years.
func valleys() *hindcaster {
	f := &facts.Country{Code: "jp",
		Provinces: []facts.Place{{Code: "01000"}, {Code: "02000"}},
		Towns:     []facts.Place{{Code: "01100", Province: 0}, {Code: "01200", Province: 0}, {Code: "02100", Province: 1}},
		Observed: []facts.Count{
			{Series: "estimate", Code: "01000", Date: 2014.75, Population: 1000}, {Series: "estimate", Code: "01000", Date: 2015.75, Population: 990},
			{Series: "estimate", Code: "01000", Date: 2016.75, Population: 985}, {Series: "census", Code: "01000", Date: 2015.75, Population: 992},
			{Series: "census", Code: "01100", Date: 2016.75, Population: 600}, {Series: "registered", Code: "01200", Date: 2016.75, Population: 9},
		},
		Past: []facts.Count{{Series: "IPSS", Code: "01100", Date: 2020.75, Population: 500}, {Series: "IPSS", Code: "01100", Date: 2015.75, Population: 610}},
		Vital: []facts.Vital{
			{Code: "01000", Year: 2014, Births: 8, Deaths: 10, MovesIn: -1, MovesOut: -1}, {Code: "01000", Year: 2015, Births: 6, Deaths: 10, MovesIn: 20, MovesOut: 30},
			{Code: "01000", Year: 2017, Births: 5, Deaths: 11, MovesIn: 20, MovesOut: 31},
			{Code: "01100", Year: 2016, Births: 3, Deaths: 9, MovesIn: 12, MovesOut: 18}, {Code: "01100", Year: 2017, Births: 0, Deaths: 8, MovesIn: 12, MovesOut: 17},
		},
	}
	h := newHindcaster(&Scenario{Country: law.Japan, facts: f, since: 2016})
	h.pop = [][]float64{{600, 390, 500}, {590, 388, 505}, {580, 384, 510}}
	for range 2 {
		h.counts = append(h.counts, &people.Counts{Births: []float64{3, 2, 4}, Deaths: []float64{9, 4, 4}, In: []float64{12, 10, 9}, Out: []float64{16, 10, 5}, Within: []float64{7, 0}})
	}
	return h
}

func same(got, want float64) bool { return math.Abs(got-want) < 1e-9 }

// TestHindcastRules: each rule by hand. The last change of a place is that of its last two counts before the start, else its last flows, else its province's.
func TestHindcastRules(t *testing.T) {
	h := valleys()
	province, town, second := h.units[1].units[0], h.units[2].units[0], h.units[2].units[1]
	if got := h.residents(province, 2016.75); !same(got, 0.25*990+0.75*978) {
		t.Errorf("residents between two 1 Januaries: got %g", got)
	}
	if got, want := h.growth(province), math.Log(992.0/1000); !same(got, want) {
		t.Errorf("growth of a counted province: got %g, want %g: the census counts before the estimate", got, want)
	}
	if got, want := h.growth(town), math.Log1p((3.0-9+12-18)/600); !same(got, want) {
		t.Errorf("growth of a town with flows: got %g, want %g", got, want)
	}
	if got, want := h.growth(second), h.growth(province); got != want {
		t.Errorf("growth of a town without counts: got %g, want its province's %g", got, want)
	}
	if got, want := h.past(town, 2020.75), 600*500/(610*math.Exp(math.Log(500.0/610)*0.25/5)); !same(got, want) {
		t.Errorf("official projection: got %g, want %g: its growth since the start", got, want)
	}
	if got := h.past(second, 2020.75); !math.IsNaN(got) {
		t.Errorf("official projection of a town without one: got %g, want NaN", got)
	}
	if h.known(province) != 2015 || h.known(town) != 2016 {
		t.Errorf("last known flows: got %d and %d, want 2015 and, for a town first counted then, 2016", h.known(province), h.known(town))
	}
}

// TestHindcastComparisons: what is compared, and with what.
func TestHindcastComparisons(t *testing.T) {
	h := valleys()
	h.populations()
	h.flows()
	by := map[string]*Comparison{}
	for i := range h.out.Comparisons {
		c := &h.out.Comparisons[i]
		by[c.Measure+" "+c.Level] = c
	}
	towns := by["population town"]
	if towns == nil || len(towns.Codes) != 1 || towns.Codes[0] != "01100" || towns.When != 2016.75 {
		t.Fatalf("population of towns: got %+v, want 01100 alone: the other was counted in another series", towns)
	}
	rules := map[string]float64{}
	for _, f := range towns.Forecasts {
		rules[f.Rule] = f.Values[0]
	}
	if !same(rules[Model], 0.25*600+0.75*590) || rules[Constant] != 600 || !same(rules[ShareOf], 600*h.residents(h.units[0].units[0], 2016.75)/1490) {
		t.Errorf("forecasts of 01100: got %v", rules)
	}
	births := by["births province"]
	if births == nil || births.When != 2017 || births.Forecasts[0].Values[0] != 5 || births.Forecasts[1].Values[0] != 6 || births.Forecasts[2].Values[0] != 6*0.75*0.75 {
		t.Errorf("births of 2017 by province: got %+v, want model 5, constant 6, last change 6 x (6/8)^2", births)
	}
	if by["births town"] != nil {
		t.Error("a town without births has no relative error: it must be left out")
	}
	net := by["moves.net town"]
	if net == nil || net.Counted[0] != -5 || net.Per[0] != 600 || net.Forecasts[0].Values[0] != -4 {
		t.Errorf("net moves of 01100 in 2017: got %+v, want -5 counted, -4 expected, relative to 600 residents", net)
	}
	if in := by["moves.in province"]; in == nil || in.Forecasts[0].Values[0] != 22-7 {
		t.Errorf("moves into a province are those from others: got %+v, want 15", in)
	}
}

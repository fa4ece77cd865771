package sim_test

import (
	"context"
	"math"
	"reflect"
	"testing"

	"gohyang/sim"
	"gohyang/sim/people"
)

// yearly are the demographic tables of a configuration, by themselves.
func yearly(cfg *sim.Config) *people.Yearly {
	c := people.Country{Provinces: len(cfg.Places) - cfg.NumTowns}
	for _, p := range cfg.Places[:cfg.NumTowns] {
		c.ProvinceOf = append(c.ProvinceOf, p.Province)
	}
	return &people.Yearly{Tables: cfg.Demography, Options: cfg.Options, Country: c, Seed: cfg.Seed, Align: cfg.Alignment}
}

// bent is an alignment whose factors differ by town and year, some of them far from one.
func bent(cfg *sim.Config) *people.Alignment {
	a := &people.Alignment{First: cfg.First}
	for k := range 3 {
		f := people.Factors{Birth: 1.2 - 0.1*float64(k), Death: 0.8, Abroad: 1.7}
		for i := range cfg.NumTowns {
			f.Out = append(f.Out, []float64{0.5, 0.8, 1, 1.3, 2.1}[(i+k)%5])
		}
		a.Years = append(a.Years, f)
	}
	return a
}

// one is an alignment that changes nothing.
func one(cfg *sim.Config) *people.Alignment {
	f := people.Factors{Birth: 1, Death: 1, Abroad: 1}
	for range cfg.NumTowns {
		f.Out = append(f.Out, 1)
	}
	return &people.Alignment{First: cfg.First, Years: []people.Factors{f}}
}

// TestFactorsOfOne: an alignment of ones is free mode to the last bit, and other factors are not.
func TestFactorsOfOne(t *testing.T) {
	var free, ones, other trace
	cfg := rich(t, 30000, 5)
	_, want := live(t, cfg, sim.Layout{}, &free)
	cfg = rich(t, 30000, 5)
	cfg.Alignment = one(cfg)
	if _, got := live(t, cfg, sim.Layout{}, &ones); got != want || !reflect.DeepEqual(free, ones) {
		t.Errorf("factors of one: digests %s, want those of free mode, %s", got, want)
	}
	cfg = rich(t, 30000, 5)
	cfg.Alignment = bent(cfg)
	if _, got := live(t, cfg, sim.Layout{}, &other); got == want {
		t.Error("factors other than one change nothing")
	}
}

// TestAlignedMatrix is TestMatrix with an alignment: the same bits for any layout, and loose screening bounds change nothing.
func TestAlignedMatrix(t *testing.T) {
	n := size(20000, 80000)
	run := func(l sim.Layout) string {
		cfg := rich(t, n, 4)
		cfg.Alignment = bent(cfg)
		_, d := live(t, cfg, l)
		return d
	}
	want := run(sim.Layout{Workers: 1})
	for _, l := range []sim.Layout{{Workers: 2}, {Workers: 3, Block: 1024}, {Workers: 16, Block: 64, Tile: 1, Slack: 9}, {Workers: 1, Slack: 255}, {Workers: 2, Block: 65536, Tile: 4, Slack: 255}} {
		if got := run(l); got != want {
			t.Errorf("%+v: digests %s, want %s", l, got, want)
		}
	}
}

// TestAlignedPolicies: in aligned mode too, a policy that changes giving changes nobody's life, and changes as little of giving as in free mode.
func TestAlignedPolicies(t *testing.T) {
	n := size(30000, 120000)
	base, more := apart(t, n, 4), apart(t, n, 4)
	base.Alignment, more.Alignment = bent(base), bent(more)
	more.Giving.Attention.External *= 1.02
	a, b := persons(must(live(t, base, sim.Layout{}))), persons(must(live(t, more, sim.Layout{})))
	lives, donors := 0, 0
	for id, p := range a {
		q, ok := b[id]
		if !ok || p.Home != q.Home || p.Origin != q.Origin {
			lives++
		}
		if p.Donor != q.Donor {
			donors++
		}
	}
	if lives > 0 || len(a) != len(b) {
		t.Errorf("2%% more attention changed %d lives and the population from %d to %d", lives, len(a), len(b))
	}
	if donors == 0 || donors > len(a)/200 {
		t.Errorf("2%% more attention changed the giving of %d of %d persons, want some and at most 0.5%%", donors, len(a))
	}
}

// TestExpect: the deterministic expectation of the product agrees with the independent projection of TestProjection, which knows neither its tables nor its
// shortcuts, in the residents of every town, sex and age, and in all events by town, over 20 years.
func TestExpect(t *testing.T) {
	cfg := valley(t, 2000000, 20)
	e, p := people.NewExpect(yearly(cfg), nil, cfg.First), project(cfg)
	var sums people.Counts
	for _, v := range []*[]float64{&sums.Births, &sums.Deaths, &sums.In, &sums.Out, &sums.Arrivals} {
		*v = make([]float64, cfg.NumTowns)
	}
	for range 20 {
		c := e.Step()
		p.year()
		for i := range cfg.NumTowns {
			sums.Births[i] += c.Births[i]
			sums.Deaths[i] += c.Deaths[i]
			sums.In[i] += c.In[i]
			sums.Out[i] += c.Out[i]
			sums.Arrivals[i] += c.Arrivals[i] - c.Departures[i]
		}
	}
	var want [5][2][people.Ages]float64
	for _, c := range p.cohorts {
		mean, _ := c.residents()
		for i, x := range mean {
			want[i][c.sex][c.age] += x
		}
	}
	for i := range 5 {
		got := e.Residents(i)
		for sex := range 2 {
			for a, x := range want[i][sex] {
				if !(math.Abs(got[sex][a]-x) <= 1+x/500) {
					t.Errorf("town %d, sex %d, age %d: %.1f expected, %.1f projected", i, sex, a, got[sex][a], x)
				}
			}
		}
	}
	for k, pair := range [][2][]float64{{sums.Births, p.births}, {sums.Deaths, p.deaths}, {sums.In, p.in}, {sums.Out, p.out}, {sums.Arrivals, p.net}} {
		for i, x := range pair[1] {
			if tolerance := []float64{1e-3, 1e-3, 1e-3, 1e-3, 2e-2}[k]; !(math.Abs(pair[0][i]/x-1) <= tolerance) { // departures come after deaths; net arrivals are a difference
				t.Errorf("event %d of town %d: %.1f expected, %.1f projected", k, i, pair[0][i], x)
			}
		}
	}
}

// TestExpectReturns: with origins, return migration, crowding and an alignment, the agents of many seeds live on average what is expected: residents of every
// town at the end, and all moves into it and out of it, within 4.5 standard errors of a Poisson count. Town 0 is half of its province, and origins are by town: the
// expectation must know who of those away is near and who is far, and that those of a large town draw again more often.
func TestExpectReturns(t *testing.T) {
	const years, seeds = 8, 8
	for _, odds := range []float64{5, 100} {
		build := func() *sim.Config {
			cfg := valley(t, size(60000, 300000), years)
			cfg.Options.Return, cfg.Options.Crowding = odds, 0.7
			cfg.Origins = &people.Origins{Province: [][]float64{{0.7, 0.3}, {0.4, 0.6}}, Town: []float64{0.5, 0.4}}
			cfg.Alignment = bent(cfg)
			return cfg
		}
		cfg := build()
		e := people.NewExpect(yearly(cfg), cfg.Origins, cfg.First)
		var want, got [3][5]float64 // residents, moves in, moves out
		for range years {
			c := e.Step()
			for i := range 5 {
				want[1][i] += c.In[i]
				want[2][i] += c.Out[i]
			}
		}
		copy(want[0][:], e.Population())
		for seed := range seeds {
			cfg := build()
			cfg.Seed = uint64(seed + 1)
			w, err := sim.New(cfg, sim.Layout{})
			if err != nil {
				t.Fatal(err)
			}
			for year := range years {
				r, err := w.Year(context.Background())
				if err != nil {
					t.Fatal(err)
				}
				for i := range 5 {
					got[1][i] += float64(r.Towns[i].MovesIn) / seeds
					got[2][i] += float64(r.Towns[i].MovesOut) / seeds
					if year == years-1 {
						got[0][i] += float64(r.Towns[i].Population) / seeds
					}
				}
			}
		}
		for k, what := range []string{"residents", "moves in", "moves out"} {
			for i, x := range want[k] {
				if miss := math.Abs(got[k][i] - x); !(miss <= 4.5*math.Sqrt(x/seeds)) {
					t.Errorf("odds %g, town %d: %.0f %s on average, %.0f expected", odds, i, got[k][i], what, x)
				}
			}
		}
	}
}

// TestAlign: targets made by known factors give these factors back, from a start that does not know them: moves exactly, and the nation's along the least
// change, which has its total.
func TestAlign(t *testing.T) {
	cfg := valley(t, 1000000, 3)
	out := []float64{0.8, 1.1, 1.25, 0.9, 1.05}
	known := yearly(cfg)
	known.Align = &people.Alignment{First: cfg.First, Years: []people.Factors{{Birth: 1, Death: 1, Abroad: 1, Out: out}}}
	e := people.NewExpect(known, nil, cfg.First)
	targets := &people.Targets{First: cfg.First, Units: [][]int{{0}, {1}, {2}, {3}, {4}}}
	for k := range 3 {
		e.Step()
		pop, nation := e.Population(), 0.0
		for _, x := range pop {
			nation += x
		}
		targets.Nation = append(targets.Nation, nation)
		if k < 2 { // the last year's factors hold
			targets.Unit = append(targets.Unit, pop)
		}
	}
	a, fit, err := people.Align(yearly(cfg), nil, targets)
	if err != nil {
		t.Fatal(err)
	}
	if !(fit.Nation <= 3e-6 && fit.Unit <= 3e-6) || len(a.Years) != 3 {
		t.Errorf("fit %+v over %d years, want 3 years within 3 millionths", fit, len(a.Years))
	}
	for k, f := range a.Years {
		for i := range out {
			if ratio, want := f.Out[i]/f.Out[0], out[i]/out[0]; !(math.Abs(ratio/want-1) <= 1e-2) { // a common factor, which is normalised away, bends the logit scale a little
				t.Errorf("year %d: town %d has %.4f times the factor of the first, want %.4f", k, i, ratio, want)
			}
		}
		if !(math.Abs(f.Birth-1) <= 1e-3 && math.Abs(f.Death-1) <= 1e-3 && math.Abs(f.Abroad-1) <= 1e-2) {
			t.Errorf("year %d: factors %.4f, %.4f, %.4f on a nation that needs none", k, f.Birth, f.Death, f.Abroad)
		}
	}
	targets.Nation[1] *= 1.01
	a, fit, err = people.Align(yearly(cfg), nil, targets)
	if err != nil || !(fit.Nation <= 3e-6) {
		t.Errorf("one per cent more persons in the second year: fit %+v, %v", fit, err)
	}
	if f := a.Years[1]; !(f.Birth > 1 && f.Death < 1 && f.Abroad > 1) {
		t.Errorf("factors %.4f, %.4f, %.4f for one per cent more persons", f.Birth, f.Death, f.Abroad)
	}
	targets.Units[0] = []int{0, 1}
	if _, _, err := people.Align(yearly(cfg), nil, targets); err == nil {
		t.Error("a town in two units is accepted")
	}
}

package sim_test

import (
	"context"
	"math"
	"testing"

	"gohyang/sim"
	"gohyang/sim/people"
)

// crisis is a year in which everything happens often: n women of 30 in every town, and no one else. With the same rates at 30 and 31 a cohort's year has them
// unmixed.
func crisis(tb testing.TB, n int, bear, die, leave, move float64) *sim.Config {
	tb.Helper()
	cfg := valley(tb, 100000, 1)
	d := cfg.Demography
	d.Death, d.Birth, d.Arrivals = make([][2][people.Ages]float64, 1), make([][people.Ages]float64, 1), make([][2][people.Ages]float64, 1)
	for i := range 5 {
		d.Population[i] = [2][people.Ages]int32{}
		d.Population[i][1][30] = int32(n)
		for g := range people.Groups {
			d.MoveLevel[i][g] = []float64{1, 0.8, 1.2, 0.9, 1.1}[i]
		}
	}
	d.MoveAge = [2][people.Ages]float64{}
	for _, a := range []int{30, 31} {
		d.Birth[0][a], d.Death[0][1][a], d.MoveAge[1][a] = bear, die, move
	}
	d.Arrivals[0][1][30] = -leave * float64(5*n)
	return cfg
}

// TestCompetingRisks: who dies cannot leave, who leaves cannot move, who is gone cannot bear in the second half, and who moved bears where she moved to. Of N
// women of a town with chances b (births a year), d, l (of all women, so l/(1-d) of those alive at level one) and m, at the town's levels B, D, M:
//
//	births of the first half   N B b/2
//	deaths                     N D d
//	departures                 N (1 - D d) l/(1-d)
//	moves out                  N (1 - D d) (1 - l/(1-d)) M m
//	births of the second half  (those who are there now) B b/2
//
// The chances are so high that any other order, or risks that do not compete, would be tens of standard deviations away: without deaths first there would be 1.4 times
// as many departures, with moves before deaths 1.6 times as many moves.
func TestCompetingRisks(t *testing.T) {
	const bear, die, leave, move = 0.5, 0.3, 0.07, 0.4
	n := size(20000, 60000)
	cfg := crisis(t, n, bear, die, leave, move)
	w, err := sim.New(cfg, sim.Layout{})
	if err != nil {
		t.Fatal(err)
	}
	before := persons(w)
	r, err := w.Year(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	women, moved := [5]float64{}, [5]int64{}
	w.Persons(func(q sim.Person) {
		if was, ok := before[q.ID]; ok {
			women[q.Home]++
			if was.Home != q.Home {
				moved[was.Home]++
			}
		}
	})
	near := func(what string, town int, got int64, want float64) {
		t.Helper()
		if z := (float64(got) - want) / math.Sqrt(want); !(math.Abs(z) <= 4.5) {
			t.Errorf("%s of town %d: %d, want %.1f (z = %.1f)", what, town, got, want, z)
		}
	}
	d, x := cfg.Demography, float64(n)
	for i := range 5 {
		v := &r.Towns[i]
		dies, leaves := d.DeathLevel[i]*die, leave/(1-die)
		near("deaths", i, v.Deaths, x*dies)
		near("departures", i, v.Departures, x*(1-dies)*leaves)
		near("moves out", i, v.MovesOut, x*(1-dies)*(1-leaves)*d.MoveLevel[i][people.GroupOf(30)]*move)
		near("births", i, v.Births, (x+women[i])*d.BirthLevel[i]*bear/2)
		if moved[i] != v.MovesOut { // each mover lives elsewhere at the end of the year: nobody moved who died or left, before or after
			t.Errorf("town %d: %d moves out, yet %d women live elsewhere", i, v.MovesOut, moved[i])
		}
		if women[i] != x-float64(v.Deaths+v.Departures+v.MovesOut-v.MovesIn) {
			t.Errorf("town %d: %.0f women left of %d with %d deaths, %d departures, %d moves out and %d in", i, women[i], n, v.Deaths, v.Departures, v.MovesOut, v.MovesIn)
		}
	}
	e := people.NewExpect(yearly(cfg), nil, cfg.First)
	c := e.Step()
	for i := range 5 {
		dies, leaves := d.DeathLevel[i]*die, leave/(1-die)
		stay := x * (1 - dies) * (1 - leaves)
		out := stay * d.MoveLevel[i][people.GroupOf(30)] * move
		for k, p := range [][2]float64{{c.Deaths[i], x * dies}, {c.Departures[i], x * (1 - dies) * leaves}, {c.Out[i], out},
			{c.Births[i], (x + stay - out + c.In[i]) * d.BirthLevel[i] * bear / 2}} {
			if !(math.Abs(p[0]/p[1]-1) <= 1e-4) { // levels are in fixed point
				t.Errorf("town %d, event %d: %.2f expected, want %.2f", i, k, p[0], p[1])
			}
		}
	}
}

// TestCertainDeath: where everybody dies nobody leaves, moves or bears in the second half; where everybody who can moves, nobody is born at home in it.
func TestCertainDeath(t *testing.T) {
	cfg := crisis(t, 5000, 0.5, 1, 0.01, 0.4)
	cfg.Demography.DeathLevel = []float64{1, 1, 1, 1, 1}
	w, err := sim.New(cfg, sim.Layout{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.Year(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		v := &r.Towns[i]
		first := 5000 * cfg.Demography.BirthLevel[i] / 4
		if v.Deaths != 5000 || v.MovesOut+v.MovesIn+v.Departures != 0 || v.Population != v.Births || math.Abs(float64(v.Births)-first) > 4.5*math.Sqrt(first) {
			t.Errorf("town %d: %+v, want 5000 deaths, no moves and about %.0f births", i, v, first)
		}
	}
}

// TestDoubled: a country of twice the people, of every age, lives twice of everything, to the last bit: rates do not know how many there are (with the pull of
// growing towns switched off), the return tie and an alignment included.
func TestDoubled(t *testing.T) {
	expect := func(factor int32) (*people.Expect, int) {
		cfg := valley(t, 100000, 1)
		cfg.Alignment, cfg.Options.Return = bent(cfg), 5
		d := cfg.Demography
		d.Arrivals = make([][2][people.Ages]float64, 1)
		d.Arrivals[0][0][25], d.Arrivals[0][1][27] = 700*float64(factor), 1300*float64(factor)
		for i := range d.Population {
			for sex := range 2 {
				for a := range d.Population[i][sex] {
					d.Population[i][sex][a] *= factor
				}
			}
		}
		return people.NewExpect(yearly(cfg), &people.Origins{Province: [][]float64{{0.7, 0.3}, {0.4, 0.6}}, Town: []float64{0.5, 0.4}}, cfg.First), cfg.NumTowns
	}
	one, towns := expect(1)
	two, _ := expect(2)
	for year := range 30 {
		a, b := one.Step(), two.Step()
		for k, p := range [][2][]float64{{a.Births, b.Births}, {a.Deaths, b.Deaths}, {a.In, b.In}, {a.Out, b.Out}, {a.Arrivals, b.Arrivals}, {a.Within, b.Within}} {
			for i, x := range p[0] {
				if 2*x != p[1][i] {
					t.Fatalf("year %d, event %d, town %d: %.12g, and %.12g of twice the people", year, k, i, x, p[1][i])
				}
			}
		}
	}
	a, b := residents(one, towns), residents(two, towns)
	for sex := range a {
		for k, x := range a[sex] {
			if 2*x != b[sex][k] {
				t.Fatalf("sex %d, town %d, age %d: %.12g, and %.12g of twice the people", sex, k/people.Ages, k%people.Ages, x, b[sex][k])
			}
		}
	}
}

// TestExpectNothing: with all rates at zero, thirty years of expectation change nothing but age, to the last bit.
func TestExpectNothing(t *testing.T) {
	cfg := valley(t, 100000, 1)
	d := cfg.Demography
	d.Death, d.Birth, d.Arrivals = make([][2][people.Ages]float64, 1), make([][people.Ages]float64, 1), make([][2][people.Ages]float64, 1)
	d.MoveAge = [2][people.Ages]float64{}
	cfg.Options.Return, cfg.Options.Crowding, cfg.Alignment = 5, 0.7, bent(cfg)
	e := people.NewExpect(yearly(cfg), nil, cfg.First)
	for range 30 {
		e.Step()
	}
	for i := range cfg.NumTowns {
		for sex, ages := range e.Residents(i) {
			want := [people.Ages]float64{}
			for a, n := range d.Population[i][sex] {
				want[min(a+30, people.Ages-1)] += float64(n)
			}
			if ages != want {
				t.Errorf("town %d, sex %d: %v, want %v", i, sex, ages, want)
			}
		}
	}
}

package sim_test

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"gohyang/sim"
	"gohyang/sim/people"
)

// closed is the valley without the rest of the world, with births times a factor, and its women, whom everything follows.
func closed(tb testing.TB, n, years int, births float64) *sim.Config {
	tb.Helper()
	cfg := valley(tb, n, years)
	cfg.Demography.Arrivals = make([][2][people.Ages]float64, 1)
	for a := range cfg.Demography.Birth[0] {
		cfg.Demography.Birth[0][a] *= births
	}
	return cfg
}

// long leaves a test out of short runs: 555 eigenvalues and 1,500 years take seconds, and minutes under the race detector, which finds nothing in them.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("long")
	}
}

// leslie is the matrix that takes the women of a closed country, by town and age, from one 1 January to the next (Leslie 1945; of several regions, Rogers 1968). Row
// (j, age) and column (i, age) are j*Ages+age. A woman of town i and age a bears b/2 daughters there, survives with s, moves to j with M[i][j], bears b/2 there; a
// daughter of town j lives to 1 January with s0. So column (i, a) has s M[i][j] in row (j, a+1) and s0 (b[i] [i=j] + s M[i][j] b[j]) / 2 in row (j, 0).
func leslie(cfg *sim.Config) *mat.Dense {
	d, n := cfg.Demography, cfg.NumTowns
	p := project(cfg)
	l := mat.NewDense(n*people.Ages, n*people.Ages, nil)
	q := &d.Death[0][1]
	dies := 1 - math.Pow(1-q[0], 0.85)
	for a := range people.Ages {
		next := min(a+1, people.Ages-1)
		move := p.moves((d.MoveAge[1][a]+d.MoveAge[1][next])/2, people.GroupOf(a))
		half := (1 - d.MaleBirth) * (d.Birth[0][a] + d.Birth[0][next]) / 4
		for i := range n {
			survive := 1 - death(q, a)*d.DeathLevel[i]
			for j := range n {
				x := survive * move.At(i, j)
				born := x * half * d.BirthLevel[j]
				if i == j {
					born += half * d.BirthLevel[i]
				}
				row, column := j*people.Ages, i*people.Ages+a
				l.Set(row+next, column, l.At(row+next, column)+x)
				l.Set(row, column, born*(1-dies*d.DeathLevel[j]))
			}
		}
	}
	return l
}

// dominant is the greatest eigenvalue of a matrix of chances and its eigenvector, scaled to a sum of one: growth a year and composition in the long run.
func dominant(tb testing.TB, m *mat.Dense) (growth float64, composition []float64) {
	tb.Helper()
	var e mat.Eigen
	if !e.Factorize(m, mat.EigenRight) {
		tb.Fatal("no eigenvalues")
	}
	var vectors mat.CDense
	e.VectorsTo(&vectors)
	best := 0
	for k, v := range e.Values(nil) {
		if real(v) > real(e.Values(nil)[best]) {
			best = k
		}
	}
	for i := range m.RawMatrix().Rows {
		composition = append(composition, real(vectors.At(i, best)))
	}
	total := sum(composition)
	for i := range composition {
		composition[i] /= total
	}
	return real(e.Values(nil)[best]), composition
}

// TestStable: with constant rates and a closed border, whatever the ages and places at the start, the expectation grows in the long run by the dominant
// eigenvalue of the Leslie matrix every year, in every town, sex and age, and has its eigenvector's composition: a shrinking country and a growing one.
func TestStable(t *testing.T) {
	long(t)
	for _, births := range []float64{1, 3.2} {
		cfg := closed(t, 2000000, 1, births)
		growth, composition := dominant(t, leslie(cfg))
		if (growth > 1) != (births > 1) {
			t.Errorf("births times %g: growth %.5f a year", births, growth)
		}
		e := people.NewExpect(yearly(cfg), nil, cfg.First)
		for range 1500 { // waves of one generation's length fade slowly
			e.Step()
		}
		before := residents(e, cfg.NumTowns)
		e.Step()
		after := residents(e, cfg.NumTowns)
		was, is := sum(before[1]), sum(after[1])
		if !(math.Abs(is/was-growth) <= 1e-6) { // levels and chances are in fixed point
			t.Errorf("births times %g: growth %.7f a year, eigenvalue %.7f", births, is/was, growth)
		}
		share, pace := 0.0, 0.0 // greatest misses
		for k, x := range composition {
			share = max(share, math.Abs(after[1][k]/is-x))
			for sex := range 2 {
				pace = max(pace, math.Abs(after[sex][k]/before[sex][k]-growth))
			}
		}
		if !(share <= 1e-7) {
			t.Errorf("births times %g: the women's composition misses the eigenvector by up to %.2g", births, share)
		}
		if !(pace <= 1e-6) {
			t.Errorf("births times %g: the growth of some town, sex and age misses the eigenvalue by %.2g", births, pace)
		}
	}
}

// residents are the expected residents by sex, and town times Ages plus age.
func residents(e *people.Expect, towns int) (n [2][]float64) {
	for i := range towns {
		for sex, ages := range e.Residents(i) {
			n[sex] = append(n[sex], ages[:]...)
		}
	}
	return n
}

func sum(v []float64) (total float64) {
	for _, x := range v {
		total += x
	}
	return total
}

// TestLotka: in one town the intrinsic rate r of the yearly steps satisfies Lotka's equation in continuous time (Lotka 1939), the integral over exact age of
// exp(-r x) l(x) m(x) = 1 with l from the life table at constant hazard within an age and m daughters per woman and year: rounding ages to calendar years, as
// the engine does by averaging two ages' rates, biases nothing that matters.
func TestLotka(t *testing.T) {
	long(t)
	for _, births := range []float64{1, 3.2} {
		cfg := closed(t, 2000000, 1, births)
		d := cfg.Demography
		for i := range 5 {
			d.DeathLevel[i], d.BirthLevel[i] = 1, 1
		}
		e := people.NewExpect(yearly(cfg), nil, cfg.First)
		for range 1500 {
			e.Step()
		}
		before := sum(e.Population())
		e.Step()
		r := math.Log(sum(e.Population()) / before)
		integral, l := 0.0, 1.0
		for a := range people.Ages - 1 {
			hazard := -math.Log(1 - d.Death[0][1][a])
			x := (1 - math.Exp(-r-hazard)) / (r + hazard) // integral over the year of age
			integral += math.Exp(-r*float64(a)) * l * x * d.Birth[0][a] * (1 - d.MaleBirth)
			l *= 1 - d.Death[0][1][a]
		}
		if generation := 32.0; !(math.Abs(math.Log(integral))/generation <= 1e-5) { // a change of r by x changes the logarithm by a generation of x
			t.Errorf("births times %g: r = %.6f gives Lotka's integral %.6f, want 1", births, r, integral)
		}
	}
}

// TestStableAgents: a country of agents that starts in the stable composition keeps it over 30 years and grows as the eigenvalue says. Every count is within 4.5
// standard deviations, taken as Poisson's, which is more than a closed branching population of these rates has.
func TestStableAgents(t *testing.T) {
	long(t)
	const years = 30
	cfg := closed(t, 100000, years, 1)
	growth, composition := dominant(t, leslie(cfg))
	const size = 400000.0
	for i := range cfg.NumTowns {
		for a := range people.Ages {
			x, d := size*composition[i*people.Ages+a], cfg.Demography
			d.Population[i][1][a], d.Population[i][0][a] = int32(x+0.5), int32(x+0.5) // men bear nobody
		}
	}
	w, err := sim.New(cfg, sim.Layout{})
	if err != nil {
		t.Fatal(err)
	}
	for range years {
		if _, err := w.Year(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	var count [5][4]float64
	w.Persons(func(q sim.Person) {
		if q.Sex == 1 {
			count[q.Home][broad(cfg.First+years-1-q.Birth)]++
		}
	})
	for i := range count {
		var want [4]float64
		for a := range people.Ages {
			want[broad(a)] += size * composition[i*people.Ages+a] * math.Pow(growth, years)
		}
		for b, x := range want {
			if z := (count[i][b] - x) / math.Sqrt(x); !(math.Abs(z) <= 4.5) {
				t.Errorf("town %d, ages %d: %.0f women after %d years, want %.1f (z = %.1f)", i, b, count[i][b], years, x, z)
			}
		}
	}
}

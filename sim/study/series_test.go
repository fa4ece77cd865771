package study

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// near compares series, NaN with NaN.
func near(a, b []float64, by float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool {
		return math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) <= by*(1+math.Abs(y))
	})
}

// TestQuantile: type 7 of Hyndman, Fan 1996, the default of R: quantile(c(1,2,4,8), c(0,.1,.5,.9,1)) is 1, 1.3, 3, 6.8, 8.
func TestQuantile(t *testing.T) {
	x := []float64{8, 1, 4, 2}
	for p, want := range map[float64]float64{0: 1, 0.1: 1.3, 0.5: 3, 0.9: 6.8, 1: 8} {
		if got := Quantile(x, p); math.Abs(got-want) > 1e-12 {
			t.Errorf("quantile %g: got %g, want %g", p, got, want)
		}
	}
	if !math.IsNaN(Quantile(nil, 0.5)) || Quantile([]float64{3}, 0.2) != 3 || x[0] != 8 {
		t.Error("edges of the quantile")
	}
	if b := Central([]float64{0, 1, 2, 3, 4}, 0.5); b != (Band{1, 3}) {
		t.Errorf("the central half of 0..4 is %v, want 1 to 3", b)
	}
}

// TestCoverage: of three counts two lie in the half bands 1 to 3 (one on its end); the fourth is unknown.
func TestCoverage(t *testing.T) {
	x := []float64{0, 1, 2, 3, 4}
	if got := Coverage([][]float64{x, x, x, x, nil}, []float64{3, 2, 3.5, math.NaN(), 1}, 0.5); math.Abs(got-2.0/3) > 1e-15 {
		t.Errorf("got %g, want 2/3", got)
	}
	if got := Coverage(nil, nil, 0.5); !math.IsNaN(got) {
		t.Errorf("coverage of nothing is %g", got)
	}
}

// TestCRPS by hand: {0, 2} against 1: mean miss 1, half the mean distance of two different members 1; {1, 2, 6} against 3: misses 2+1+3 over 3 = 2,
// distances 1+5+4 over 3x2 = 10/6.
func TestCRPS(t *testing.T) {
	for _, c := range []struct {
		x       []float64
		y, want float64
	}{{[]float64{2, 0}, 1, 0}, {[]float64{6, 1, 2}, 3, 2 - 10.0/6}, {[]float64{4}, 1, 3}, {[]float64{5, 5, 5}, 5, 0}, {[]float64{5, 5, 5}, 7, 2}} {
		if got := CRPS(c.x, c.y); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v against %g: got %g, want %g", c.x, c.y, got, c.want)
		}
	}
	if !math.IsNaN(CRPS(nil, 1)) {
		t.Error("an empty sample has a score")
	}
}

// TestCRPSFair: for a standard normal forecast the score at y is y (2 Phi(y) - 1) + 2 phi(y) - 1/sqrt(pi) (Gneiting, Raftery 2007, J. Am. Stat. Assoc. 102,
// eq. 21): at 0 it is 0.2337. The mean over many small samples comes to it, whatever their size.
func TestCRPSFair(t *testing.T) {
	for _, n := range []int{2, 5, 20} {
		mean, rounds := 0.0, 100000/n
		for r := range rounds {
			x := make([]float64, n)
			for i := range x {
				x[i] = normal(uint64(n), uint64(r), uint64(i))
			}
			mean += CRPS(x, 0) / float64(rounds)
		}
		if math.Abs(mean-0.2337) > 0.01 {
			t.Errorf("samples of %d: mean score %.4f, want 0.2337", n, mean)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(-100, 100), 2, 12).Draw(t, "x")
		y := rapid.Float64Range(-100, 100).Draw(t, "y")
		miss, spread, n := 0.0, 0.0, float64(len(x))
		for i := range x {
			miss += math.Abs(x[i]-y) / n
			for k := range i {
				spread += math.Abs(x[i]-x[k]) / n / (n - 1)
			}
		}
		if got := CRPS(x, y); math.Abs(got-(miss-spread)) > 1e-9 {
			t.Fatalf("got %g, the definition gives %g", got, miss-spread)
		}
	})
}

// TestNaiveRules by hand.
func TestNaiveRules(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name      string
		got, want []float64
	}{
		{"persistence", Persistence([]float64{1, 5}, 3), []float64{5, 5, 5}},
		{"persistence of nothing", Persistence(nil, 2), []float64{nan, nan}},
		{"growth by half", LastGrowth([]float64{9, 4, 6}, 2), []float64{9, 13.5}},
		{"growth from nothing", LastGrowth([]float64{0, 6}, 2), []float64{nan, nan}},
		{"growth of one", LastGrowth([]float64{6}, 1), []float64{nan}},
		{"trend doubles", LogTrend([]float64{7, 1, 2, 4}, 3, 2), []float64{8, 16}},
		{"trend of 1, 1, 8: logs (0, 0, 3) log 2, slope 1.5, mean 1", LogTrend([]float64{1, 1, 8}, 3, 1), []float64{16}},
		{"trend too short", LogTrend([]float64{1, 2}, 3, 1), []float64{nan}},
		{"trend of zero", LogTrend([]float64{1, 0, 2}, 3, 1), []float64{nan}},
		{"trend of one", LogTrend([]float64{1, 2}, 1, 1), []float64{nan}},
	} {
		if !near(c.got, c.want, 1e-12) {
			t.Errorf("%s: got %v, want %v", c.name, c.got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		start, growth := rapid.Float64Range(1, 1000).Draw(t, "start"), rapid.Float64Range(0.5, 2).Draw(t, "growth")
		var x []float64
		for i := range 8 {
			x = append(x, start*math.Pow(growth, float64(i)))
		}
		if !near(LastGrowth(x[:5], 3), x[5:], 1e-9) || !near(LogTrend(x[:5], 5, 3), x[5:], 1e-9) {
			t.Fatalf("steady growth by %g is not continued", growth)
		}
	})
}

// TestBass: at p = 0.03, q = 0.38 (the averages of Sultan, Farley, Lehmann 1990) the curve is found again from the years up to its peak, which is at
// log(q/p)/(p+q) = 6.2; half the market (1 - e) = (1 + q/p e) / 2 has adopted at t = log(2 + q/p)/(p+q) = 6.54.
func TestBass(t *testing.T) {
	b := Bass{Market: 1000, Innovation: 0.03, Imitation: 0.38}
	if half := b.share(math.Log(2+0.38/0.03) / 0.41); math.Abs(half-0.5) > 1e-12 {
		t.Errorf("half the market: %g", half)
	}
	rapid.Check(t, func(t *rapid.T) {
		b := Bass{rapid.Float64Range(10, 1e6).Draw(t, "market"), rapid.Float64Range(0.002, 0.05).Draw(t, "p"), rapid.Float64Range(0.2, 0.9).Draw(t, "q"), 0}
		n := int(math.Log(b.Imitation/b.Innovation)/(b.Innovation+b.Imitation)) + 4
		var x []float64
		for i := range n {
			x = append(x, b.At(i+1))
		}
		fit, err := FitBass(x)
		if err != nil {
			t.Fatal(err)
		}
		if !near([]float64{fit.Market, fit.Innovation, fit.Imitation, fit.At(n + 5)}, []float64{b.Market, b.Innovation, b.Imitation, b.At(n + 5)}, 1e-3) {
			t.Fatalf("from %d years: got %+v, want %+v", n, fit, b)
		}
	})
}

// TestBassNoFit: every reason is told.
func TestBassNoFit(t *testing.T) {
	for _, c := range []struct {
		x    []float64
		want string
	}{
		{[]float64{1, 2, 3}, "at least four"},
		{[]float64{1, 2, 3, 2}, "not cumulative"},
		{[]float64{math.NaN(), 2, 3, 4}, "not cumulative"},
		{[]float64{0, 0, 0, 0}, "nobody"},
		{[]float64{1, 2, 4, 8, 16, 32}, "not bent"},
		{[]float64{1, 2, 3, 4, 5, 6}, "not bent"},
		{[]float64{0, 0, 0, 1000, 1000, 1000}, "edge"},
	} {
		if fit, err := FitBass(c.x); err == nil || !strings.HasPrefix(err.Error(), "no fit") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: got %+v, %v; want no fit: %s", c.x, fit, err, c.want)
		}
	}
}

// TestConcentration by hand. Gini of {1, 3}: |1-3| / (2 x mean x 2) = 0.25; of one who has all among four: 3/4. Hill of {8, 4, 2, 1} with k = 2: 2 / (log 4
// + log 2) = 2 / log 8. Spearman with ties: ranks (1, 2.5, 2.5, 4) against (1, 2, 3, 4) have covariance 4.5, squares 4.5 and 5: sqrt(0.9).
func TestConcentration(t *testing.T) {
	nan := math.NaN()
	for name, c := range map[string][2]float64{
		"Gini of equals":            {Gini([]float64{2, 2, 2}), 0},
		"Gini of two":               {Gini([]float64{3, 1}), 0.25},
		"Gini of one with all":      {Gini([]float64{0, 0, 5, 0}), 0.75},
		"Gini of nothing":           {Gini(nil), nan},
		"Gini of zeros":             {Gini([]float64{0, 0}), nan},
		"Gini of a debt":            {Gini([]float64{-1, 3}), nan},
		"top 2":                     {TopShare([]float64{1, 4, 2, 3}, 2), 0.7},
		"top 9 of 4":                {TopShare([]float64{1, 4, 2, 3}, 9), 1},
		"top 0":                     {TopShare([]float64{1, 4}, 0), 0},
		"top of nothing":            {TopShare([]float64{0}, 1), nan},
		"Hill":                      {Hill([]float64{1, 8, 2, 4}, 2), 2 / math.Log(8)},
		"Hill of all":               {Hill([]float64{1, 8, 2, 4}, 4), nan},
		"Hill of equals":            {Hill([]float64{1, 1, 1}, 2), nan},
		"Hill of zeros":             {Hill([]float64{1, 0, 0}, 1), nan},
		"Spearman of a copy":        {Spearman([]float64{1, 5, 2}, []float64{10, 5000, 11}), 1},
		"Spearman of the reverse":   {Spearman([]float64{1, 5, 2}, []float64{3, 1, 2}), -1},
		"Spearman with ties":        {Spearman([]float64{1, 7, 7, 9}, []float64{1, 2, 3, 4}), math.Sqrt(0.9)},
		"Spearman with a constant":  {Spearman([]float64{1, 1, 1}, []float64{1, 2, 3}), nan},
		"Spearman of one unit only": {Spearman([]float64{1}, []float64{1}), nan},
	} {
		if !near(c[:1], c[1:], 1e-12) {
			t.Errorf("%s: got %g, want %g", name, c[0], c[1])
		}
	}
}

// TestConcentrationProperties: Gini by its definition over all pairs; no measure depends on the order or the unit; the tail of exact Pareto quantiles has
// their exponent.
func TestConcentrationProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(0.1, 1000), 2, 30).Draw(t, "x")
		y := rapid.SliceOfN(rapid.Float64Range(0.1, 1000), len(x), len(x)).Draw(t, "y")
		pairs, sum, n := 0.0, 0.0, float64(len(x))
		for _, a := range x {
			sum += a
			for _, b := range x {
				pairs += math.Abs(a - b)
			}
		}
		if g := Gini(x); math.Abs(g-pairs/(2*n*sum)) > 1e-9 {
			t.Fatalf("Gini %g, by pairs %g", g, pairs/(2*n*sum))
		}
		measure := func(x, y []float64) []float64 {
			return []float64{Gini(x), TopShare(x, 3), Hill(x, 2), Spearman(x, y), Spearman(y, x)}
		}
		want := measure(x, y)
		u, v := slices.Clone(x), slices.Clone(y)
		slices.Reverse(u)
		slices.Reverse(v)
		for i := range u {
			u[i] *= 1000
		}
		if got := measure(u, v); !near(got, want, 1e-9) {
			t.Fatalf("reversed and in another unit: %v, want %v", got, want)
		}
		if len(x) > 3 && (want[1] < 3/n-1e-12 || want[1] > 1) {
			t.Fatalf("the top three of %g have %g", n, want[1])
		}
	})
	var pareto []float64
	for i := range 20000 {
		pareto = append(pareto, math.Pow((float64(i)+0.5)/20000, -1/1.5))
	}
	if h := Hill(pareto, 1000); math.Abs(h-1.5) > 0.01 {
		t.Errorf("exponent %.3f, want 1.5", h)
	}
}

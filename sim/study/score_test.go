package study

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestScore: three towns of 100, 200 and 1,000 persons, forecast 110, 190 and 1,000: relative errors 10 %, 5 % and 0.
func TestScore(t *testing.T) {
	counted := []float64{100, 200, 1000, 50}
	e := Score([]float64{110, 190, 1000, math.NaN()}, counted, counted)
	want := Errors{Units: 3, Median: 0.05, Weighted: 20.0 / 1300, Bias: 0, Near: 2.0 / 3, Worst: 0, Furthest: 0.1}
	if math.Abs(e.Weighted-want.Weighted) > 1e-15 || e.Units != want.Units || e.Median != want.Median || e.Bias != want.Bias || e.Near != want.Near || e.Worst != 0 || e.Furthest != 0.1 {
		t.Errorf("got %+v, want %+v", e, want)
	}
	even := Score([]float64{110, 190}, counted[:2], counted[:2])
	if math.Abs(even.Median-0.075) > 1e-15 {
		t.Errorf("the median of 10 %% and 5 %% is %g, want 7.5 %%", even.Median)
	}
	net := Score([]float64{5}, []float64{-5}, []float64{1000}) // net moves, relative to the residents
	if net.Median != 0.01 || net.Bias != 0.01 {
		t.Errorf("got %+v, want 1 %% of the residents too many", net)
	}
	if none := Score([]float64{math.NaN(), 3}, []float64{1, 0}, []float64{1, 0}); none.Units != 0 || !math.IsNaN(none.Median) || none.Worst != -1 {
		t.Errorf("a forecast of nobody has no errors: %+v", none)
	}
}

// TestSkill: half the naive rule's error is a skill of one half; a perfect forecast has skill one.
func TestSkill(t *testing.T) {
	for _, c := range []struct{ model, naive, want float64 }{{1, 2, 0.5}, {2, 2, 0}, {0, 2, 1}, {3, 2, -0.5}, {0, 0, 0}} {
		if got := Skill(Errors{Weighted: c.model}, Errors{Weighted: c.naive}); got != c.want {
			t.Errorf("skill of %g against %g: got %g, want %g", c.model, c.naive, got, c.want)
		}
	}
	if got := Skill(Errors{Weighted: 1}, Errors{}); !math.IsInf(got, -1) {
		t.Errorf("against a rule without error: got %g, want -Inf", got)
	}
}

// TestScoreProperties: a perfect forecast has no error; errors do not depend on the order of the units or on the unit of measurement; |bias| <= weighted.
func TestScoreProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "n")
		counted := rapid.SliceOfN(rapid.Float64Range(1, 1e6), n, n).Draw(t, "counted")
		forecast := rapid.SliceOfN(rapid.Float64Range(0, 1e6), n, n).Draw(t, "forecast")
		if e := Score(counted, counted, counted); e.Median != 0 || e.Weighted != 0 || e.Bias != 0 || e.Near != 1 {
			t.Fatalf("a perfect forecast: %+v", e)
		}
		e := Score(forecast, counted, counted)
		if math.Abs(e.Bias) > e.Weighted+1e-9 || e.Median > math.Abs(e.Furthest)+1e-12 {
			t.Fatalf("bias beyond the error, or median beyond the worst: %+v", e)
		}
		f, c := make([]float64, n), make([]float64, n)
		for i := range n {
			f[n-1-i], c[n-1-i] = 1024*forecast[i], 1024*counted[i]
		}
		o := Score(f, c, c)
		if o.Median != e.Median || math.Abs(o.Weighted-e.Weighted) > 1e-9*(1+e.Weighted) || o.Near != e.Near || o.Furthest != e.Furthest {
			t.Fatalf("reversed and in another unit: %+v, want %+v", o, e)
		}
	})
}

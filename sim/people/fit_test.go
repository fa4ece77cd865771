package people

import (
	"math"
	"testing"
)

// TestFit: one town holds most of its province. Unadjusted, the flows miss their targets because its own movers cannot choose it; fitted, expected moves into
// every town and between provinces are what the tables say.
func TestFit(t *testing.T) {
	c := Country{Provinces: 2, ProvinceOf: []int{0, 0, 0, 1, 1, 1}}
	target := [][]float64{{0.6, 0.4}, {0.5, 0.5}}
	share := []float64{0.7, 0.2, 0.1, 0.3, 0.3, 0.4}
	out := []float64{600, 250, 150, 300, 300, 400}
	od, a := copyRows(target), append([]float64(nil), share...)
	f := &Yearly{Country: c, Tables: &Tables{Population: make([][2][Ages]int32, 6)}}
	m := &moveTables{}
	m.od[2], m.share[2] = od, a
	f.fit(m, 2, out)
	flow := func(od [][]float64, a []float64) (in []float64, between [2][2]float64) {
		in = make([]float64, len(a))
		for i, p := range c.ProvinceOf {
			for j, q := range c.ProvinceOf {
				if i == j {
					continue
				}
				x := out[i] * od[p][q] * a[j] / (1 - od[p][p]*a[i])
				in[j] += x
				between[p][q] += x
			}
		}
		return in, between
	}
	in, between := flow(od, a)
	moves := []float64{1000, 1000}
	for p := range target {
		for q := range target[p] {
			if want := target[p][q] * moves[p]; !(math.Abs(between[p][q]/want-1) <= 1e-4) {
				t.Errorf("moves from province %d to %d: %.1f, want %.1f", p, q, between[p][q], want)
			}
		}
	}
	into := []float64{1100, 900}
	for j, q := range c.ProvinceOf {
		if want := share[j] * into[q]; !(math.Abs(in[j]/want-1) <= 1e-4) {
			t.Errorf("moves into town %d: %.1f, want %.1f", j, in[j], want)
		}
	}
	before, _ := flow(copyRows(target), share)
	if before[0] > 0.95*share[0]*into[0] {
		t.Errorf("unadjusted, the dominant town gets %.1f of %.1f: this test would not notice a fit that does nothing", before[0], share[0]*into[0])
	}
}

// TestFitReturns: in the first year moves into every town and between provinces are what the tables say, whatever the tie to the place of origin.
func TestFitReturns(t *testing.T) {
	first := func(odds float64) *Counts {
		f, o := loose()
		f.Options.Return = odds
		return NewExpect(f, o, 2023).Step()
	}
	want := first(0)
	for _, odds := range []float64{0.5, 5, 100, 1000} {
		got := first(odds)
		for i := range want.In {
			if !(math.Abs(got.In[i]/want.In[i]-1) <= 2e-4 && math.Abs(got.Out[i]/want.Out[i]-1) <= 1e-6) {
				t.Errorf("odds %g, town %d: %.2f moves in, %.2f out, want %.2f and %.2f", odds, i, got.In[i], got.Out[i], want.In[i], want.Out[i])
			}
		}
		for p := range want.Within {
			if !(math.Abs(got.Within[p]/want.Within[p]-1) <= 2e-4) {
				t.Errorf("odds %g: %.2f moves within province %d, want %.2f", odds, got.Within[p], p, want.Within[p])
			}
		}
	}
}

package people

import (
	"math"
	"testing"
)

// TestRoom: in the first year moves into every town and between provinces are what the tables say, whatever the tie to the place of origin.
func TestRoom(t *testing.T) {
	first := func(odds float64) *Counts {
		f, o := uneven()
		for g := range f.Tables.OD {
			f.Tables.OD[g] = [][]float64{{0.8, 0.2}, {0.7, 0.3}}
		}
		f.Options.Return = odds
		return NewExpect(f, o, 2023).Step()
	}
	want := first(0)
	for _, odds := range []float64{0.5, 5, 100, 1000} {
		got := first(odds)
		for i := range want.In {
			if math.Abs(got.In[i]/want.In[i]-1) > 2e-3 || math.Abs(got.Out[i]/want.Out[i]-1) > 1e-9 {
				t.Errorf("odds %g, town %d: %.2f moves in, %.2f out, want %.2f and %.2f", odds, i, got.In[i], got.Out[i], want.In[i], want.Out[i])
			}
		}
		for p := range want.Within {
			if math.Abs(got.Within[p]/want.Within[p]-1) > 2e-3 {
				t.Errorf("odds %g: %.2f moves within province %d, want %.2f", odds, got.Within[p], p, want.Within[p])
			}
		}
	}
}

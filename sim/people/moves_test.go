package people

import (
	"fmt"
	"math"
	"testing"

	"gohyang/sim/draw"
)

// pulls are the towns of the tests below: 0, 1, 2 in province 0 and 3, 4 in province 1, with unequal pull; most moves stay in the province.
// The country has no base population to fit the move tables to, so they are used as they are (fit.go has its own test).
func pulls() *Yearly {
	f := plain(0, 0, 0, 1, 1)
	for i, w := range []float64{4, 1, 3, 2, 5} {
		for g := range Groups {
			f.Tables.Attract[i][g] = w
		}
	}
	for g := range Groups {
		f.Tables.OD[g] = [][]float64{{0.8, 0.2}, {0.4, 0.6}}
	}
	return f
}

// weights is where movers from a town should go, from the tables alone: province by the matrix, town by its pull times its growth, not their own town,
// and 1 + R_o times the odds for the place of origin (E24).
func weights(f *Yearly, home, origin int, growth []float64) []float64 {
	sum := make([]float64, f.Country.Provinces)
	for i, r := range f.Country.ProvinceOf {
		sum[r] += f.Tables.Attract[i][2] * growth[i]
	}
	out := make([]float64, len(growth))
	for i, r := range f.Country.ProvinceOf {
		out[i] = f.Tables.OD[2][f.Country.ProvinceOf[home]][r] * f.Tables.Attract[i][2] * growth[i] / sum[r]
		if i == origin {
			out[i] *= 1 + f.Options.Return
		}
	}
	out[home] = 0
	return out
}

// goings sends n persons from home and counts where they arrive.
func goings(f *Yearly, pop []int64, home, origin uint16, n int) []float64 {
	f.Prepare(2023, []int64{100, 100, 100, 100, 100}, &[2][Ages]int64{}, 1) // the start, from which growth counts
	y := f.Prepare(2024, pop, &[2][Ages]int64{}, 1)
	count := make([]float64, len(pop))
	for i := range uint64(n) {
		if to := y.destination(i*draw.Golden, home, origin, 2); to != None {
			count[to]++
		}
	}
	return count
}

var (
	level = []int64{100, 100, 100, 100, 100}
	even  = []float64{1, 1, 1, 1, 1}
)

func TestDestination(t *testing.T) {
	f := pulls()
	for home := range 5 {
		for _, origin := range []uint16{uint16(home), None, 1} {
			fits(t, fmt.Sprintf("from %d, origin %d, no return", home, origin), goings(f, level, uint16(home), origin, 100000), weights(f, home, int(origin), even))
		}
	}
}

// TestReturn: the odds of the place of origin are (1+R_o) times those of a mover from elsewhere, wherever he lives; his own town is no choice at all, so it
// must not dilute them. Those who live where they were born, and those from abroad, have no such place.
func TestReturn(t *testing.T) {
	f := pulls()
	for _, r := range []float64{1, 5, 20} {
		f.Options.Return = r
		for _, c := range [][2]int{{0, 1}, {0, 4}, {1, 0}, {3, 4}, {4, 2}, {2, 2}, {2, None}} {
			got := goings(f, level, uint16(c[0]), uint16(c[1]), 100000)
			fits(t, fmt.Sprintf("R_o %g, from %d, origin %d", r, c[0], c[1]), got, weights(f, c[0], c[1], even))
		}
	}
}

// TestCrowding: a town's pull follows its growth since the start with elasticity b_p; with the odds of return it is still 1 + R_o times.
func TestCrowding(t *testing.T) {
	f := pulls()
	f.Options.Crowding = 1
	pop, growth := []int64{100, 200, 50, 100, 400}, []float64{1, 200.5 / 100.5, 50.5 / 100.5, 1, 400.5 / 100.5} // half a person keeps logs finite
	for home := range 5 {
		fits(t, fmt.Sprintf("growth, from %d", home), goings(f, pop, uint16(home), None, 100000), weights(f, home, None, growth))
	}
	f.Options.Return = 5
	fits(t, "growth and return", goings(f, pop, 3, 2, 100000), weights(f, 3, 2, growth))
}

// TestNowhere: who can only move to the own town stays.
func TestNowhere(t *testing.T) {
	f := plain(0, 1)
	for g := range Groups {
		f.Tables.OD[g] = [][]float64{{1, 0}, {0, 1}}
	}
	y := f.Prepare(2023, []int64{1, 1}, &[2][Ages]int64{}, 1)
	for i := range uint64(1000) {
		if to := y.destination(i, 0, None, 2); to != None {
			t.Fatalf("went to %d", to)
		}
	}
}

// TestExpectNowhere: nobody who can only move to the own town is lost to the expectation either; nobody moves.
func TestExpectNowhere(t *testing.T) {
	f := born(0.1, 0, 1)
	for g := range Groups {
		f.Tables.OD[g] = [][]float64{{1, 0}, {0, 1}}
	}
	e := NewExpect(f, nil, 2023)
	was := e.Population()
	c, is := e.Step(), e.Population()
	for i := range was {
		if !(was[i] > 0 && is[i] == was[i]-c.Deaths[i] && c.Out[i] == 0 && c.In[i] == 0) {
			t.Errorf("town %d: of %g persons %g are left, after %g moves out, %g in and %g deaths", i, was[i], is[i], c.Out[i], c.In[i], c.Deaths[i])
		}
	}
	if s := f.UTurn(nil, 5, 0); !(math.Abs(s.Never-1) <= 1e-12) {
		t.Errorf("of persons who have nowhere to go %.12f stayed", s.Never)
	}
}

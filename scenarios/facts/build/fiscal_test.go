package build

import (
	"math"
	"testing"
)

// TestFitNeed: slopes are found again where need follows them exactly, and bodies that do not tell are left out.
func TestFitNeed(t *testing.T) {
	want := []float64{15, -0.8, 0.04, 2, 1}
	var bodies []body
	for n := 1000.0; n < 1e6; n *= 1.7 {
		for k := range 5 {
			b := body{fitted: true, people: [3]float64{n * (0.08 + 0.01*float64(k*k%5)), n * 0.6, n * (0.2 + 0.03*float64(k))}}
			b.need = int64(math.Round(math.Exp(product(want, b.traits())) * b.residents()))
			bodies = append(bodies, b, body{need: 1, people: b.people})
		}
	}
	f, err := fitNeed(bodies, 5)
	if err != nil {
		t.Fatal(err)
	}
	for k := range want {
		if math.Abs(f.coefficients[k]-want[k]) > 1e-4 {
			t.Errorf("slope %d: got %g, want %g", k, f.coefficients[k], want[k])
		}
	}
	if f.bodies != len(bodies)/2 || f.r2 < 1-1e-9 || f.spread > 1e-5 {
		t.Errorf("got %d bodies, R2 %g, spread %g", f.bodies, f.r2, f.spread)
	}
	if got := f.of(&bodies[0]) / float64(bodies[0].need); math.Abs(got-1) > 1e-5 {
		t.Errorf("the fit gives %.6f of the need", got)
	}
}

// TestAllocation: who may not receive gets nothing, nor who has no gap.
func TestAllocation(t *testing.T) {
	for _, c := range []struct {
		b    body
		want int64
	}{{body{need: 5, capacity: 3, receiving: true}, 2}, {body{need: 5, capacity: 3}, 0}, {body{need: 3, capacity: 5, receiving: true}, 0}} {
		if got := c.b.allocation(); got != c.want {
			t.Errorf("%+v: got %d, want %d", c.b, got, c.want)
		}
	}
}

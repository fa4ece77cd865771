package build

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"gohyang/sim/draw"
)

// table makes the flows between places of given sizes and coordinates under given coefficients; noise multiplies each flow.
func table(size, x, y []float64, coefficient [4]float64, noise func() float64) (out []Flow) {
	for i := range size {
		for j := range size {
			if i == j {
				continue
			}
			f := Flow{Origin: math.Log(size[i]), Destination: math.Log(size[j]), Distance: math.Log(math.Hypot(x[i]-x[j], y[i]-y[j]))}
			f.Movers = noise() * math.Exp(coefficient[0]+coefficient[1]*f.Origin+coefficient[2]*f.Destination+coefficient[3]*f.Distance)
			out = append(out, f)
		}
	}
	return out
}

// TestFitGravity: the coefficients of a table made with them come back, exactly without noise and nearly with it.
func TestFitGravity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const n = 12
		var size, x, y []float64
		for i := range n {
			size = append(size, rapid.Float64Range(1e5, 1e7).Draw(t, "size")*float64(i+1))
			x = append(x, float64(i%4)*100+rapid.Float64Range(0, 50).Draw(t, "x"))
			y = append(y, float64(i/4)*100+rapid.Float64Range(0, 50).Draw(t, "y"))
		}
		want := [4]float64{rapid.Float64Range(-10, 0).Draw(t, "constant"), rapid.Float64Range(0.3, 1).Draw(t, "origin"),
			rapid.Float64Range(0.3, 1).Draw(t, "destination"), rapid.Float64Range(-2, -0.3).Draw(t, "distance")}
		g, err := FitGravity(table(size, x, y, want, func() float64 { return 1 }))
		if err != nil {
			t.Fatal(err)
		}
		for i, term := range g.Terms {
			if math.Abs(term.Value-want[i]) > 1e-6 || term.StdError > 1e-4 {
				t.Fatalf("%s: got %g (%g), want %g", term.Name, term.Value, term.StdError, want[i])
			}
		}
		seed, k := rapid.Uint64().Draw(t, "seed"), uint64(0)
		g, err = FitGravity(table(size, x, y, want, func() float64 { // independent noise: what rapid draws is not, it looks for the worst
			k++
			return 0.8 + 0.4*draw.Unit(draw.Hash(seed, k))
		}))
		if err != nil {
			t.Fatal(err)
		}
		for i, term := range g.Terms[1:] { // the constant is worth nothing by itself: sizes of millions are far from one
			if i++; math.Abs(term.Value-want[i]) > max(7*term.StdError, 0.25) { // a few large pairs carry the fit
				t.Fatalf("%s with noise: got %g (%g), want %g", term.Name, term.Value, term.StdError, want[i])
			}
		}
	})
}

// TestFitGravityRefuses: too few flows, and sizes that are all the same.
func TestFitGravityRefuses(t *testing.T) {
	if _, err := FitGravity(make([]Flow, 4)); err == nil {
		t.Error("four flows for four terms: got no error")
	}
	same := table([]float64{100, 100, 100, 100}, []float64{0, 1, 5, 9}, []float64{0, 3, 1, 7}, [4]float64{1, 1, 1, -1}, func() float64 { return 1 })
	if _, err := FitGravity(same); err == nil {
		t.Error("places of one size: got no error")
	}
}

// TestKoreaGravity compares the fit with the estimates of others (facts.csv K82 without contiguity, K83; the year 2019), within three standard errors, and with
// itself from year to year.
func TestKoreaGravity(t *testing.T) {
	g, err := KoreaGravity(referenceFolder(t))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{math.NaN(), 0.74, 0.66, -0.84} {
		if term := g.Terms[i]; i > 0 && math.Abs(term.Value-want) > 3*term.StdError {
			t.Errorf("%s: got %.3f (%.3f), want %.2f", term.Name, term.Value, term.StdError, want)
		}
		for _, year := range g.ByYear {
			if i > 0 && math.Abs(year.Terms[i].Value-g.Terms[i].Value) > 0.13 {
				t.Errorf("%s in %d: got %.3f, want %.3f within 0.13", year.Terms[i].Name, year.Years[0], year.Terms[i].Value, g.Terms[i].Value)
			}
		}
	}
	if len(g.ByYear) != 10 || g.Deviance < 0.9 {
		t.Errorf("got %d years and a share of %.3f explained, want 10 and 0.9 or more", len(g.ByYear), g.Deviance)
	}
}

package study

import (
	"math"
	"testing"
)

// TestSobol: the known indices of Ishigami and Sobol-g are met within 0.02 with 32,768 base rows, and within four of their own standard errors.
func TestSobol(t *testing.T) {
	for _, c := range []struct {
		name    string
		space   Space
		f       func([]float64) float64
		indices func() (first, total []float64)
	}{
		{"Ishigami", ishigamiSpace(), ishigami, ishigamiIndices},
		{"Sobol-g", unitSpace("a", "b", "c", "d"), sobolG, sobolIndices},
	} {
		got, err := Sobol(c.space, outputsOf(SobolDesign(c.space, 32768, 1), c.f))
		if err != nil {
			t.Fatal(err)
		}
		first, total := c.indices()
		for j, i := range got {
			if math.Abs(i.First-first[j]) > min(0.02, 4*i.FirstSD) || math.Abs(i.Total-total[j]) > min(0.02, 4*i.TotalSD+1e-3) || i.Name != c.space[j].Name {
				t.Errorf("%s: got %+v, want first %.4f and total %.4f", c.name, i, first[j], total[j])
			}
		}
	}
}

// TestIndices pins the formulae of the test functions to the published numbers: Ishigami 0.3139, 0.4424, 0 and 0.5576, 0.4424, 0.2437 (Saltelli et al. 2008).
func TestIndices(t *testing.T) {
	first, total := ishigamiIndices()
	if !near(first, []float64{0.3139, 0.4424, 0}, 1e-4) || !near(total, []float64{0.5576, 0.4424, 0.2437}, 1e-4) {
		t.Errorf("got %v and %v", first, total)
	}
}

// TestSobolEdges: a number of outputs that is no design is refused; a constant output has no indices.
func TestSobolEdges(t *testing.T) {
	s := unitSpace("a", "b")
	if _, err := Sobol(s, make([]float64, 9)); err == nil {
		t.Error("nine outputs for a design of multiples of four")
	}
	got, err := Sobol(s, make([]float64, 40))
	if err != nil || !math.IsNaN(got[0].First) {
		t.Errorf("a constant output: %+v, %v", got, err)
	}
}

// TestMorris: for a line every elementary effect is its slope over the whole range; for Ishigami the mean sizes are those of all steps of the grid, enumerated.
func TestMorris(t *testing.T) {
	s := Space{{"a", 0, 10, Linear}, {"b", 1, 100, Log}, {"idle", 0, 1, Linear}}
	points := MorrisDesign(s, 10, 1)
	got, err := Morris(s, points, outputsOf(points, func(x []float64) float64 { return 3*x[0] - math.Log10(x[1]) }))
	if err != nil {
		t.Fatal(err)
	}
	for j, want := range []float64{30, -2, 0} {
		if e := got[j]; math.Abs(e.Mean-want) > 1e-9 || math.Abs(e.Size-math.Abs(want)) > 1e-9 || e.SD > 1e-9 {
			t.Errorf("got %+v, want %g without spread", e, want)
		}
	}
	s = ishigamiSpace()
	points = MorrisDesign(s, 2000, 2)
	if got, err = Morris(s, points, outputsOf(points, ishigami)); err != nil {
		t.Fatal(err)
	}
	for j, e := range got {
		size, steps := 0.0, 0.0
		for k := range Levels * Levels * Levels {
			l := []int{k % Levels, k / Levels % Levels, k / Levels / Levels}
			if l[j] >= Levels/2 {
				continue
			}
			low := ishigami(s.Point(onGrid(l)))
			l[j] += Levels / 2
			size += math.Abs(ishigami(s.Point(onGrid(l)))-low) * (Levels - 1) / (Levels / 2)
			steps++
		}
		if want := size / steps; math.Abs(e.Size-want) > 0.05*want+1e-9 {
			t.Errorf("%s: size %.3f, the whole grid gives %.3f", e.Name, e.Size, want)
		}
	}
	if _, err := Morris(s, points, make([]float64, 5)); err == nil {
		t.Error("five outputs for 8,000 points")
	}
	for i := range points {
		points[i] = points[i/4*4]
	}
	if _, err := Morris(s, points, make([]float64, len(points))); err == nil {
		t.Error("points that do not move are no Morris design")
	}
}

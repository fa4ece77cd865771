package study

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// linear is a model with a posterior known in closed form: outputs a + b and a - b with normal noise; the prior is flat and wide.
func linear(p []float64, noise uint64) []float64 {
	return []float64{p[0] + p[1] + 0.05*normal(noise, 1), p[0] - p[1] + 0.05*normal(noise, 2)}
}

// linearRuns are runs of linear over the prior.
func linearRuns(s Space, n int) (points, outputs [][]float64) {
	points = LatinHypercube(s, n, 21, 1)
	for i, p := range points {
		outputs = append(outputs, linear(p, uint64(i)))
	}
	return points, outputs
}

// TestABCKnown: with target s.d. r and noise 0.05 the posterior of (a, b) around (0.1, -0.2) is normal with s.d. sqrt((r^2 + 0.05^2) / 2) each, independent.
// It is recovered with enough runs near by (r = 0.15) and when the targets are so sharp that they must be widened and adjusted (r = 0.02).
func TestABCKnown(t *testing.T) {
	s := Space{{"a", -1, 1, Linear}, {"b", -1, 1, Linear}}
	points, outputs := linearRuns(s, 6000)
	for _, c := range []struct {
		r, least float64
		widened  bool
	}{{0.15, 100, false}, {0.02, 300, true}} {
		targets := []Target{{"sum", -0.1, c.r, 0}, {"difference", 0.3, 0, c.r}}
		p, err := ABC(s, targets, points, outputs, c.least)
		if err != nil {
			t.Fatal(err)
		}
		if (p.Widening > 1) != c.widened || p.Effective < c.least-1 {
			t.Errorf("r = %g: widened %.2f times to %.0f effective runs", c.r, p.Widening, p.Effective)
		}
		want := math.Sqrt((c.r*c.r + 0.05*0.05) / 2)
		x, y := Column(p.Points, 0), Column(p.Points, 1)
		for j, centre := range []float64{0.1, -0.2} {
			mean, squares := 0.0, 0.0
			for i, w := range p.Weights {
				mean += w * p.Points[i][j]
			}
			for i, w := range p.Weights {
				squares += w * (p.Points[i][j] - mean) * (p.Points[i][j] - mean)
			}
			sd := math.Sqrt(squares)
			if math.Abs(mean-centre) > 0.25*want || math.Abs(sd/want-1) > 0.15 {
				t.Errorf("r = %g, %s: %.4f ± %.4f, want %.4f ± %.4f", c.r, s[j].Name, mean, sd, centre, want)
			}
			if q := p.Quantile(j, 0.95); math.Abs(q-centre-1.645*want) > 0.4*want {
				t.Errorf("r = %g, %s: 95 %% quantile %.4f, want %.4f", c.r, s[j].Name, q, centre+1.645*want)
			}
		}
		if len(x) != len(y) || len(p.Runs) != len(p.Weights) {
			t.Errorf("%d points, %d runs, %d weights", len(x), len(p.Runs), len(p.Weights))
		}
		for i, d := range p.Distances {
			if d < p.Distances[p.Nearest] {
				t.Errorf("run %d at distance %g is nearer than the chosen %g", i, d, p.Distances[p.Nearest])
			}
		}
	}
}

// TestABCRanks is simulation-based calibration (Talts et al. 2018): the rank of the true parameter in the posterior of data made from it is uniform over
// draws from the prior. 300 draws in 10 bins of expected 30: the 0.001 quantile of chi-square with 9 degrees is 27.9.
func TestABCRanks(t *testing.T) {
	s := Space{{"a", -1, 1, Linear}, {"b", -1, 1, Linear}}
	points, outputs := linearRuns(s, 2000)
	const draws = 300
	for _, r := range []float64{0.2, 0.05} {
		bins := make([]int, 10)
		for k, truth := range LatinHypercube(s, draws, 77, 1) {
			counted := linear(truth, uint64(1e6+k))
			targets := []Target{
				{"sum", counted[0] + r*normal(5, uint64(k)), r, 0},
				{"difference", counted[1] + r*normal(6, uint64(k)), r, 0},
			}
			p, err := ABC(s, targets, points, outputs, 100)
			if err != nil {
				t.Fatal(err)
			}
			below := 0.0
			for i, w := range p.Weights {
				if p.Points[i][0] < truth[0] {
					below += w
				}
			}
			bins[min(int(10*below), 9)]++
		}
		chi := 0.0
		for _, n := range bins {
			chi += math.Pow(float64(n)-draws/10, 2) / (draws / 10)
		}
		if t.Logf("r = %g: ranks %v, chi-square %.1f", r, bins, chi); chi > 27.9 {
			t.Errorf("r = %g: ranks %v are not even, chi-square %.1f", r, bins, chi)
		}
	}
}

// TestABCRefuses: bad input is named; runs with outputs that are not finite weigh nothing.
func TestABCRefuses(t *testing.T) {
	s := Space{{"a", -1, 1, Linear}, {"b", -1, 1, Linear}}
	points, outputs := linearRuns(s, 50)
	targets := []Target{{"sum", 0, 0.3, 0}, {"difference", 0, 0.3, 0}}
	outputs[7] = []float64{math.NaN(), 0}
	outputs[0] = []float64{math.Inf(1), 0}
	p, err := ABC(s, targets, points, outputs, 20)
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(p.Runs, 7) || slices.Contains(p.Runs, 0) || !math.IsInf(p.Distances[7], 1) {
		t.Errorf("a run without finite output counts: %v", p.Runs)
	}
	if _, err := ABC(s, targets, points, outputs, 49); err == nil {
		t.Error("49 effective runs of 48")
	}
	if _, err := ABC(s, targets, points[1:], outputs, 20); err == nil {
		t.Error("points and outputs of different number")
	}
	if _, err := ABC(s, []Target{targets[0], {"difference", 0, 0, 0}}, points, outputs, 20); err == nil {
		t.Error("a target without standard deviation")
	}
	if _, err := ABC(s, targets[:1], points, outputs, 20); err == nil {
		t.Error("one target for two outputs")
	}
}

// TestPosteriorDraw: members come in proportion to their weights, to within one.
func TestPosteriorDraw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.SliceOfN(rapid.Float64Range(0.01, 1), 1, 20).Draw(t, "weights")
		n := rapid.IntRange(1, 100).Draw(t, "n")
		sum := 0.0
		for _, w := range raw {
			sum += w
		}
		p := Posterior{}
		for i, w := range raw {
			p.Points, p.Weights = append(p.Points, []float64{float64(i)}), append(p.Weights, w/sum)
		}
		count := make([]float64, len(raw))
		for _, m := range p.Draw(n, rapid.Uint64().Draw(t, "seed")) {
			count[int(m[0])]++
		}
		for i, c := range count {
			if math.Abs(c-float64(n)*p.Weights[i]) > 1+1e-9 {
				t.Fatalf("member %d of weight %.3f came %g times of %d", i, p.Weights[i], c, n)
			}
		}
	})
}

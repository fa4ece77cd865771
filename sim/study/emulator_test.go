package study

import (
	"math"
	"runtime"
	"testing"
)

// explains is 1 - mean squared error / variance of an emulator at fresh points.
func explains(t *testing.T, e *Emulator, s Space, f func([]float64) float64) float64 {
	t.Helper()
	fresh := LatinHypercube(s, 1000, 99, 1)
	y := outputsOf(fresh, f)
	_, sd := moments(y)
	squares := 0.0
	for i, x := range fresh {
		m, v := e.Predict(x)
		if !(v >= 0) {
			t.Fatalf("variance %g at %v", v, x)
		}
		squares += (m - y[i]) * (m - y[i]) / float64(len(y))
	}
	return 1 - squares/sd/sd
}

// TestEmulatorInterpolates: a smooth function without noise is met at the runs, where nothing is unknown, and between them.
func TestEmulatorInterpolates(t *testing.T) {
	s := Space{{"a", 1, 100, Log}, {"b", -2, 2, Linear}}
	f := func(x []float64) float64 { return 50 + 10*math.Sin(math.Log(x[0])) + x[1]*x[1] }
	points := LatinHypercube(s, 40, 3, 1)
	e, err := Emulate(s, points, outputsOf(points, f))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range points {
		if m, v := e.Predict(x); math.Abs(m-f(x)) > 1e-3 || v > 1e-5 {
			t.Errorf("at the run %v: %g with variance %g, want %g", x, m, v, f(x))
		}
	}
	if q := explains(t, e, s, f); q < 0.9999 {
		t.Errorf("explains %.6f of the variance between the runs", q)
	}
	if e.Noise() > 1e-4 {
		t.Errorf("found noise of variance %g where there is none", e.Noise())
	}
	middle, _ := e.Predict([]float64{10, 0})
	if math.Abs(middle-f([]float64{10, 0})) > 0.02 {
		t.Errorf("at the middle %g, want %g", middle, f([]float64{10, 0}))
	}
}

// TestEmulatorRecovers: 250 runs of Ishigami leave less than 2 % of the variance unexplained, as many of Sobol-g, which has kinks, less than 10 %; the
// leave-one-out residuals are those of an emulator that knows what it does not know.
func TestEmulatorRecovers(t *testing.T) {
	for _, c := range []struct {
		name  string
		space Space
		f     func([]float64) float64
		runs  int
		least float64
	}{
		{"Ishigami", ishigamiSpace(), ishigami, 250, 0.98},
		{"Sobol-g", unitSpace("a", "b", "c", "d"), sobolG, 250, 0.9},
	} {
		points := LatinHypercube(c.space, c.runs, 3, 1)
		e, err := Emulate(c.space, points, outputsOf(points, c.f))
		if err != nil {
			t.Fatal(err)
		}
		q := explains(t, e, c.space, c.f)
		loo := e.LeaveOneOut()
		_, sd := moments(loo.Standard)
		t.Logf("%s: explains %.4f (left out %.4f), residuals %.2f, outside %.3f, lengths %.2f", c.name, q, loo.Explains, sd, loo.Outside, e.Lengths())
		if q < c.least || math.Abs(loo.Explains-q) > 0.05 {
			t.Errorf("%s: explains %.4f at fresh points, %.4f of the runs left out", c.name, q, loo.Explains)
		}
		if sd < 0.6 || sd > 1.4 || loo.Outside > 0.05 {
			t.Errorf("%s: standardised residuals have s.d. %.2f, %.3f beyond 3", c.name, sd, loo.Outside)
		}
	}
}

// TestEmulatorNoise: the noise is told from the function (s.d. 0.5 within a fifth), nine in ten fresh means lie within two s.d. of their predictions at
// least, and a parameter that does nothing has a long length.
func TestEmulatorNoise(t *testing.T) {
	s := unitSpace("a", "b", "idle")
	f := func(x []float64) float64 { return 10*x[0] + 3*math.Sin(6*x[1]) }
	points := LatinHypercube(s, 150, 4, 1)
	y := outputsOf(points, f)
	for i := range y {
		y[i] += 0.5 * normal(8, uint64(i))
	}
	e, err := Emulate(s, points, y)
	if err != nil {
		t.Fatal(err)
	}
	if sd := math.Sqrt(e.Noise()); math.Abs(sd-0.5) > 0.1 {
		t.Errorf("noise of s.d. %.3f, want 0.5", sd)
	}
	in := 0
	for _, x := range LatinHypercube(s, 500, 5, 1) {
		if m, v := e.Predict(x); math.Abs(m-f(x)) < 2*math.Sqrt(v) {
			in++
		}
	}
	if in < 450 {
		t.Errorf("%d of 500 means lie within two s.d.", in)
	}
	if l := e.Lengths(); l[2] < 1.5 || l[1] > 1 {
		t.Errorf("lengths %.2f: want the second short and the third long", l)
	}
}

// TestEmulatorExact compares with the definition: leaving a run out by fitting all others gives the analytic leave-one-out mean, and the bound of the
// variance holds.
func TestEmulatorExact(t *testing.T) {
	s := unitSpace("a", "b")
	points := LatinHypercube(s, 25, 6, 1)
	y := outputsOf(points, func(x []float64) float64 { return math.Sin(5*x[0]) + x[1] })
	e, err := Emulate(s, points, y)
	if err != nil {
		t.Fatal(err)
	}
	e.fit = e.gp.solve(theta{[]float64{0.4, 0.9}, 1e-3})
	e.settle()
	loo := e.LeaveOneOut()
	for _, out := range []int{0, 7, 24} {
		var rest [][]float64
		var standard []float64
		for i := range points {
			if i != out {
				rest, standard = append(rest, points[i]), append(standard, e.gp.y.AtVec(i))
			}
		}
		o := &Emulator{space: s, shift: e.shift, unit: e.unit, gp: newProcess(s.places(rest), standard)}
		o.fit = o.gp.solve(e.fit.theta)
		o.settle()
		o.s2 = e.s2
		m, v := o.Predict(points[out])
		if math.Abs(m-loo.Mean[out]) > 1e-9 || math.Abs(math.Sqrt(v+e.Noise())-loo.SD[out]) > 1e-9 {
			t.Errorf("run %d left out: %.12g ± %.12g, want %.12g ± %.12g", out, loo.Mean[out], loo.SD[out], m, math.Sqrt(v+e.Noise()))
		}
	}
	for _, x := range LatinHypercube(s, 50, 7, 1) {
		_, v := e.Predict(x)
		if g := e.glance(x); g.most < v {
			t.Errorf("variance %g at %v, at most %g", v, x, g.most)
		}
	}
}

// TestLikelihoodSlope compares the analytic gradient with differences.
func TestLikelihoodSlope(t *testing.T) {
	points := LatinHypercube(unitSpace("a", "b"), 20, 6, 1)
	p := newProcess(points, outputsOf(points, func(x []float64) float64 { return math.Sin(5*x[0]) + x[1]*x[0] }))
	at := func(v [3]float64) *solution {
		return p.solve(theta{[]float64{math.Exp(v[0]), math.Exp(v[1])}, math.Exp(v[2])})
	}
	v := [3]float64{-0.7, 0.2, -4}
	grad := p.slope(at(v))
	for k := range v {
		up, down := v, v
		up[k], down[k] = v[k]+1e-5, v[k]-1e-5
		if want := (at(up).loss - at(down).loss) / 2e-5; math.Abs(grad[k]-want) > 1e-5*(1+math.Abs(want)) {
			t.Errorf("slope %d is %.8g, differences give %.8g", k, grad[k], want)
		}
	}
}

// TestEmulatorEdges: constant outputs, repeated points and linear functions are emulated; too few runs and bad numbers are refused.
func TestEmulatorEdges(t *testing.T) {
	s := unitSpace("a", "b")
	points := LatinHypercube(s, 20, 6, 1)
	e, err := Emulate(s, points, outputsOf(points, func([]float64) float64 { return 7 }))
	if err != nil {
		t.Fatal(err)
	}
	if m, v := e.Predict([]float64{0.3, 0.3}); math.Abs(m-7) > 1e-9 || !(v >= 0) || v > 1e-9 {
		t.Errorf("a constant: %g with variance %g", m, v)
	}
	if e, err = Emulate(s, points, outputsOf(points, func(x []float64) float64 { return 2 - 3*x[0] })); err != nil {
		t.Fatal(err)
	}
	if m, _ := e.Predict([]float64{1.5, 0}); math.Abs(m+2.5) > 1e-3 {
		t.Errorf("a line beyond its range: %g, want -2.5", m)
	}
	twice := append(points[:10:10], points[:10]...)
	y := make([]float64, 20)
	for i := range y {
		y[i] = twice[i][0] + 0.1*normal(3, uint64(i))
	}
	if e, err = Emulate(s, twice, y); err != nil || e.Noise() < 1e-3 {
		t.Errorf("repeated points: %v", err)
	}
	if _, err := Emulate(s, points[:5], y[:5]); err == nil {
		t.Error("five runs were enough for two parameters")
	}
	y[3] = math.NaN()
	if _, err := Emulate(s, twice, y); err == nil {
		t.Error("NaN was emulated")
	}
}

// TestEmulateAll: outputs are fitted side by side with the same result to the bit, whatever the number of workers and processors
// (150 runs are more than one block of gonum's parallel products).
func TestEmulateAll(t *testing.T) {
	s := unitSpace("a", "b")
	points := LatinHypercube(s, 150, 6, 1)
	var outputs [][]float64
	for i, x := range points {
		outputs = append(outputs, []float64{x[0] * x[1], math.Exp(x[0]) + 0.1*normal(1, uint64(i))})
	}
	fit := func(workers, processors int) (all [4]float64) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		e, err := EmulateAll(t.Context(), s, points, outputs, workers)
		if err != nil {
			t.Fatal(err)
		}
		all[0], all[1] = e[0].Predict([]float64{0.2, 0.7})
		all[2], all[3] = e[1].Predict([]float64{0.2, 0.7})
		return all
	}
	one := fit(1, 1)
	if two := fit(2, 4); one != two {
		t.Errorf("one worker on one processor says %v, two on four %v", one, two)
	}
	outputs[3] = outputs[3][:1]
	if _, err := EmulateAll(t.Context(), s, points, outputs, 2); err == nil {
		t.Error("a run without its second output was accepted")
	}
}

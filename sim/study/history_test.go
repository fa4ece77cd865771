package study

import (
	"context"
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// TestImplausibility by hand: a miss of 6 with variances 4 + 1 + 3 + 1 = 9 is two standard deviations.
func TestImplausibility(t *testing.T) {
	for _, c := range []struct{ mean, emulator, noise, want float64 }{{16, 3, 1, 2}, {4, 3, 1, 2}, {10, 0, 0, 0}, {10 + math.Sqrt(5)*3, 0, 0, 3}} {
		got := Target{Value: 10, Observation: 2, Discrepancy: 1}.Implausibility(c.mean, c.emulator, c.noise)
		if math.Abs(got-c.want) > 1e-12 {
			t.Errorf("mean %g: got %g, want %g", c.mean, got, c.want)
		}
	}
	if got := (Target{Value: 1}).Implausibility(2, 0, 0); !math.IsInf(got, 1) {
		t.Errorf("a miss without any variance is %g, want +Inf", got)
	}
}

// emulated makes a history of one wave whose emulators follow the functions.
func emulated(t *testing.T, s Space, targets []Target, rank int, f ...func([]float64) float64) History {
	t.Helper()
	points := LatinHypercube(s, 15*len(s), 1, 1)
	h := History{Space: s, Targets: targets, Waves: []Wave{{Rank: rank}}}
	for _, g := range f {
		e, err := Emulate(s, points, outputsOf(points, g))
		if err != nil {
			t.Fatal(err)
		}
		h.Waves[0].Emulators = append(h.Waves[0].Emulators, e)
	}
	return h
}

func coordinate(j int) func([]float64) float64 { return func(x []float64) float64 { return x[j] } }

// TestSearchBox: where the outputs are the parameters themselves, what is left is a box of known volume. Two targets of s.d. 0.05 and 0.02 leave 0.3 x 0.12
// of the square; by the second-largest rule the cross 0.3 + 0.12 - 2 x 0.3 x 0.12 + 0.3 x 0.12; without a wave all.
func TestSearchBox(t *testing.T) {
	s := unitSpace("a", "b")
	targets := []Target{{"a", 0.5, 0.05, 0}, {"b", 0.4, 0, 0.02}}
	for _, c := range []struct {
		rank int
		want float64
	}{{1, 0.036}, {2, 0.3 + 0.12 - 0.036}} {
		h := emulated(t, s, targets, c.rank, coordinate(0), coordinate(1))
		l, err := h.Search(t.Context(), Search{Points: 100, Candidates: 20000, Workers: 2, Seed: 1, Wave: 2})
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(l.Share/c.want-1) > 4*l.Error || l.Error > 0.05 || len(l.Points) != 100 {
			t.Errorf("rank %d: share %.4f ± %.1f %%, want %.4f", c.rank, l.Share, 100*l.Error, c.want)
		}
		for _, p := range l.Points {
			if h.Level(p) >= 1 {
				t.Errorf("rank %d: %v has level %g", c.rank, p, h.Level(p))
			}
		}
		if c.rank == 1 {
			if r := l.Ranges; math.Abs(r[0].Ratio-0.3) > 0.02 || math.Abs(r[1].Ratio-0.12) > 0.01 || math.Abs(r[0].Low-0.35) > 0.01 || math.Abs(r[1].High-0.46) > 0.01 {
				t.Errorf("ranges left: %+v", r)
			}
		}
	}
	l, err := History{Space: s}.Search(t.Context(), Search{Points: 10, Candidates: 50})
	if err != nil || l.Share != 1 || len(l.Points) != 10 {
		t.Errorf("without waves: %+v, %v", l, err)
	}
}

// TestSearchSmall: five targets of s.d. w/6 leave a cube of side w = 0.05, 3e-7 of the volume. It is found by closing in, and its points fill it evenly.
func TestSearchSmall(t *testing.T) {
	s := unitSpace("a", "b", "c", "d", "e")
	var targets []Target
	var f []func([]float64) float64
	for j := range s {
		targets = append(targets, Target{Name: s[j].Name, Value: 0.25 + 0.1*float64(j), Observation: 0.05 / 6})
		f = append(f, coordinate(j))
	}
	h := emulated(t, s, targets, 1, f...)
	l, err := h.Search(t.Context(), Search{Points: 400, Candidates: 1000, Workers: 2, Seed: 3, Wave: 2})
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(math.Log10(l.Share)-5*math.Log10(0.05)) > 0.3 {
		t.Errorf("share %.3g, want 3.1e-7", l.Share)
	}
	for j, r := range l.Ranges {
		x := Column(l.Points, j)
		mean, sd := moments(x)
		if want := 0.25 + 0.1*float64(j); math.Abs(r.Ratio-0.05) > 0.005 || math.Abs(mean-want) > 0.004 || math.Abs(sd-0.05/math.Sqrt(12)) > 0.002 {
			t.Errorf("%s: ratio %.3f, mean %.3f, s.d. %.4f; want an even 0.05 around %.2f", r.Name, r.Ratio, mean, sd, want)
		}
	}
	if len(l.Pairs) != 0 {
		t.Errorf("independent parameters are called alike: %+v", l.Pairs)
	}
}

// TestSearchWorkers: the number of workers changes nothing, here where the search closes in on 1e-4 of the space.
func TestSearchWorkers(t *testing.T) {
	s := unitSpace("a", "b")
	h := emulated(t, s, []Target{{"a", 0.3, 0.01 / 6, 0}, {"b", 0.6, 0.01 / 6, 0}}, 1, coordinate(0), coordinate(1))
	var lefts []Left
	for _, workers := range []int{1, 3} {
		l, err := h.Search(t.Context(), Search{Points: 50, Candidates: 400, Workers: workers, Seed: 3, Wave: 2})
		if err != nil {
			t.Fatal(err)
		}
		lefts = append(lefts, l)
	}
	if !reflect.DeepEqual(lefts[0], lefts[1]) {
		t.Errorf("one worker found %+v, three %+v", lefts[0], lefts[1])
	}
	if share := lefts[0].Share; math.Abs(math.Log10(share)+4) > 0.2 {
		t.Errorf("share %.3g, want 1e-4", share)
	}
}

// TestSearchAlike: data that see only the product of two parameters cannot tell them apart; the third stays free.
func TestSearchAlike(t *testing.T) {
	s := Space{{"a", 0.1, 10, Log}, {"b", 0.1, 10, Log}, {"free", 0, 1, Linear}}
	h := emulated(t, s, []Target{{"product", 0, 0.15, 0}}, 1, func(x []float64) float64 { return math.Log(x[0] * x[1]) })
	l, err := h.Search(t.Context(), Search{Points: 50, Candidates: 4000, Workers: 2, Seed: 3, Wave: 2})
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Pairs) != 1 || l.Pairs[0].A != "a" || l.Pairs[0].B != "b" || l.Pairs[0].Correlation > -0.9 {
		t.Errorf("pairs %+v, want a and b with correlation near -1", l.Pairs)
	}
	if r := l.Ranges; r[0].Ratio < 0.8 || math.Abs(r[2].Ratio-1) > 0.05 {
		t.Errorf("ranges %+v: neither parameter is bounded", r)
	}
}

// TestBelow: the short cut agrees with the level at every place, for both ranks and several waves.
func TestBelow(t *testing.T) {
	s := unitSpace("a", "b")
	targets := []Target{{"a", 0.5, 0.05, 0}, {"b", 0.4, 0, 0.02}, {"ab", 0.2, 0.1, 0}}
	wavy := func(x []float64) float64 { return math.Sin(6*x[0]) * x[1] }
	h := emulated(t, s, targets, 2, coordinate(0), coordinate(1), wavy)
	rough := emulated(t, s, targets, 1, wavy, wavy, coordinate(1)).Waves[0]
	rough.Emulators[1] = nil
	h.Waves = append(h.Waves, rough)
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.SliceOfN(rapid.Float64Range(0, 1), 2, 2).Draw(t, "at")
		level := h.level(at)
		for _, bound := range []float64{rapid.Float64Range(0, 6).Draw(t, "bound"), level, math.Nextafter(level, 9)} {
			if got := h.below(at, bound); got != (level < bound) {
				t.Fatalf("level %g at %v, below %g: %t", level, at, bound, got)
			}
		}
	})
}

// TestSearchEmpty: targets no point can meet leave nothing, and the report shows the nearest miss.
func TestSearchEmpty(t *testing.T) {
	s := unitSpace("a", "b")
	h := emulated(t, s, []Target{{"a", 2, 0.1, 0}}, 1, coordinate(0))
	l, err := h.Search(t.Context(), Search{Points: 50, Candidates: 500, Workers: 2, Seed: 3, Wave: 2})
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Points) != 0 || l.Share != 0 || l.Nearest[0] < 0.99 || math.Abs(l.Level-10/Cut) > 0.1 {
		t.Errorf("got %+v, want nothing left and ten standard deviations to go from a = 1", l)
	}
}

// TestHistoryCheck: waves must fit targets.
func TestHistoryCheck(t *testing.T) {
	s := unitSpace("a", "b")
	good := emulated(t, s, []Target{{"a", 2, 0.1, 0}}, 1, coordinate(0))
	for what, h := range map[string]History{
		"no emulators":    {Space: s, Targets: good.Targets, Waves: []Wave{{Rank: 1}}},
		"rank 2 of 1":     {Space: s, Targets: good.Targets, Waves: []Wave{{Emulators: good.Waves[0].Emulators, Rank: 2}}},
		"rank 0":          {Space: s, Targets: good.Targets, Waves: []Wave{{Emulators: good.Waves[0].Emulators}}},
		"NaN":             {Space: s, Targets: []Target{{"a", math.NaN(), 1, 1}}},
		"infinite s.d.":   {Space: s, Targets: []Target{{"a", 1, math.Inf(1), 1}}},
		"space of nought": {},
	} {
		if _, err := h.Search(t.Context(), Search{Points: 5, Candidates: 5}); err == nil {
			t.Errorf("%s: accepted", what)
		}
	}
	if _, err := good.Search(t.Context(), Search{Points: 5, Candidates: 4}); err == nil {
		t.Error("more points than candidates were promised")
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := good.Search(ctx, Search{Points: 5, Candidates: 50}); err == nil {
		t.Error("a stopped search went on")
	}
	if i := good.Implausibility([]float64{0.5, 0.5}); math.Abs(i[0]-15) > 0.1 {
		t.Errorf("implausibility %g, want 15", i[0])
	}
}

// TestCalibration goes all the way with a noisy toy model of two parameters whose true values are known: three waves and ABC come back to them.
func TestCalibration(t *testing.T) {
	s := Space{{"rate", 0.01, 1, Log}, {"level", 0, 10, Linear}, {"idle", 0, 1, Linear}}
	truth := []float64{0.2, 3, 0.5}
	model := func(p []float64, noise uint64) []float64 {
		return []float64{
			p[1] + 0.05*normal(noise, 1),
			p[1]*math.Exp(-3*p[0]) + 0.05*normal(noise, 2),
			p[1]*math.Exp(-10*p[0]) + 0.05*normal(noise, 3),
		}
	}
	h := History{Space: s}
	for k, v := range model(truth, 1) {
		h.Targets = append(h.Targets, Target{[]string{"start", "middle", "end"}[k], v, 0.03, 0.04})
	}
	share := 1.0
	var points, outputs [][]float64
	for wave := 1; wave <= 3; wave++ {
		l, err := h.Search(t.Context(), Search{Points: 60, Candidates: 2000, Workers: 2, Seed: 11, Wave: wave})
		if err != nil || len(l.Points) != 60 || l.Share > share {
			t.Fatalf("wave %d: share %g after %g, %d points, %v", wave, l.Share, share, len(l.Points), err)
		}
		share, points = l.Share, l.Points
		outputs, err = Run(t.Context(), points, 2, nil, func(_ context.Context, i int, p []float64) ([]float64, error) {
			return model(p, uint64(100*wave+i)), nil
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		emulators, err := EmulateAll(t.Context(), s, points, outputs, 2)
		if err != nil {
			t.Fatal(err)
		}
		h.Waves = append(h.Waves, Wave{Emulators: emulators, Rank: 1})
		t.Logf("wave %d: %.4f of the space left", wave, share)
	}
	if h.Level(truth) >= 1 {
		t.Errorf("the truth was ruled out: %.2f", h.Implausibility(truth))
	}
	l, err := h.Search(t.Context(), Search{Points: 400, Candidates: 2000, Workers: 2, Seed: 11, Wave: 4})
	if err != nil || l.Share > 0.02 {
		t.Fatalf("%.4f of the space left, %v", l.Share, err)
	}
	outputs = outputs[:0]
	for i, p := range l.Points {
		outputs = append(outputs, model(p, uint64(1000+i)))
	}
	post, err := ABC(s, h.Targets, l.Points, outputs, 50)
	if err != nil {
		t.Fatal(err)
	}
	for j := range 2 {
		if low, high := post.Quantile(j, 0.025), post.Quantile(j, 0.975); truth[j] < low || truth[j] > high || (high-low) > 0.5*truth[j] {
			t.Errorf("%s: 95 %% between %.3f and %.3f, truth %g", s[j].Name, low, high, truth[j])
		}
	}
	if low, high := post.Quantile(2, 0.05), post.Quantile(2, 0.95); high-low < 0.7 {
		t.Errorf("the idle parameter was bounded to %.2f to %.2f", low, high)
	}
}

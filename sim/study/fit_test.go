package study

import (
	"context"
	"errors"
	"math"
	"reflect"
	"testing"
)

// ledger keeps the runs of a fit, and stops it after a number of them.
type ledger struct {
	runs  map[string]map[int][]float64
	fresh int
	most  int // 0 = no end
}

var errStopped = errors.New("stopped")

func (l *ledger) bench(model func(point []float64, noise float64) []float64) Bench {
	return Bench{
		Model: func(_ context.Context, stage string, i int, point []float64) ([]float64, error) {
			sd := 0.02
			if stage == Last {
				sd = 0.005
			}
			return model(point, sd*normal(uint64(len(stage)), uint64(stage[len(stage)-1]), uint64(i))), nil
		},
		Finished: func(stage string, _ [][]float64) map[int][]float64 { return l.runs[stage] },
		Done: func(stage string, i int, _, outputs []float64) error {
			if l.runs[stage] == nil {
				l.runs[stage] = map[int][]float64{}
			}
			l.runs[stage][i] = outputs
			if l.fresh++; l.most > 0 && l.fresh >= l.most {
				return errStopped
			}
			return nil
		},
	}
}

func newLedger(most int) *ledger { return &ledger{runs: map[string]map[int][]float64{}, most: most} }

// curved is a model of two parameters with two outputs, the truth being at (0.3, 0.7).
func curved(x []float64, noise float64) []float64 {
	return []float64{x[0] + x[1]*x[1] + noise, math.Exp(x[0]) - x[1] + noise}
}

func toyPlan(workers int) Plan {
	truth := curved([]float64{0.3, 0.7}, 0)
	return Plan{Space: unitSpace("a", "b"), Targets: []Target{{"first", truth[0], 0.02, 0.02}, {"second", truth[1], 0.02, 0.02}}, Waves: 2, Points: 25,
		Ranks: []int{2, 1}, Candidates: 2000, Sample: 60, Effective: 10, Finalists: 8, Seed: 5, Workers: workers}
}

// TestFit: the fit finds the truth of a small model, its sample is about as wide as it must be, and neither workers nor a stop in between changes a bit of it.
func TestFit(t *testing.T) {
	whole := newLedger(0)
	out, err := Fit(context.Background(), toyPlan(1), whole.bench(curved))
	if err != nil {
		t.Fatal(err)
	}
	chosen := out.Final.Points[out.Chosen]
	if math.Abs(chosen[0]-0.3) > 0.1 || math.Abs(chosen[1]-0.7) > 0.1 {
		t.Errorf("chosen %v, the truth is 0.3, 0.7", chosen)
	}
	for j, truth := range []float64{0.3, 0.7} {
		if k := len(out.Posterior.Runs) / 2; out.Posterior.Points[k][j] != out.Sample.Points[out.Posterior.Runs[k]][j] {
			t.Error("the posterior has points that were not run")
		}
		low, high := out.Posterior.Quantile(j, 0.02), out.Posterior.Quantile(j, 0.98)
		if truth < low || truth > high || high-low > 0.5 {
			t.Errorf("parameter %d: posterior from %.3f to %.3f, the truth is %.1f", j, low, high, truth)
		}
	}
	if last := out.Matches[1]; last.Relaxed != 0 || last.Left.Share >= out.Matches[0].Left.Share || last.Left.Share > 0.3 {
		t.Errorf("shares left %.3f and %.3f, relaxed by %d", out.Matches[0].Left.Share, last.Left.Share, last.Relaxed)
	}
	if n := whole.fresh; n != 25+25+60+len(out.Final.Points) {
		t.Errorf("%d runs", n)
	}
	parts := newLedger(37)
	if _, err := Fit(context.Background(), toyPlan(2), parts.bench(curved)); !errors.Is(err, errStopped) {
		t.Fatalf("got %v, want the stop", err)
	}
	parts.most = 0
	again, err := Fit(context.Background(), toyPlan(2), parts.bench(curved))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(again, out) {
		t.Error("a stopped fit with two workers ends with another outcome")
	}
}

// TestFitWithoutSolution: a target that no point can meet does not stop the fit of the other, and the outcome says that the rule was relaxed.
func TestFitWithoutSolution(t *testing.T) {
	p := toyPlan(2)
	p.Targets[1].Value, p.Ranks = 9, []int{1}
	out, err := Fit(context.Background(), p, newLedger(0).bench(curved))
	if err != nil {
		t.Fatal(err)
	}
	if m := out.Matches[0]; m.Relaxed != 1 || m.Rank != 2 || m.Nearest[1] < Cut {
		t.Errorf("relaxed by %d to rank %d, implausibility of the impossible target %.1f", m.Relaxed, m.Rank, m.Nearest[1])
	}
}

// TestFitRefuses a model that gives another number of outputs, or numbers that are none.
func TestFitRefuses(t *testing.T) {
	for _, wrong := range [][]float64{{1}, {1, math.NaN()}} {
		if _, err := Fit(context.Background(), toyPlan(1), newLedger(0).bench(func([]float64, float64) []float64 { return wrong })); err == nil {
			t.Errorf("outputs %v are accepted", wrong)
		}
	}
}

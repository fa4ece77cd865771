package study

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// square is a model whose output depends on run and point.
func square(_ context.Context, i int, p []float64) ([]float64, error) {
	return []float64{p[0] * p[0], float64(i)}, nil
}

// TestRun: any number of workers gives the same outputs, and every run is told once.
func TestRun(t *testing.T) {
	points := LatinHypercube(unitSpace("a"), 40, 1, 1)
	want, err := Run(t.Context(), points, 1, nil, square, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, workers := range []int{0, 2, 7, 100} {
		told := make([]int, len(points))
		got, err := Run(t.Context(), points, workers, nil, square, func(i int, o []float64) error { told[i]++; return nil })
		if err != nil || !slices.EqualFunc(got, want, slices.Equal[[]float64]) {
			t.Errorf("%d workers: %v, error %v", workers, got, err)
		}
		if slices.Min(told) != 1 || slices.Max(told) != 1 {
			t.Errorf("%d workers: runs were told %v times", workers, told)
		}
	}
}

// TestRunResumes: a study stopped in the middle continues with what it kept, and computes nothing twice.
func TestRunResumes(t *testing.T) {
	points := LatinHypercube(unitSpace("a"), 40, 1, 1)
	want, _ := Run(t.Context(), points, 3, nil, square, nil)
	ctx, stop := context.WithCancel(t.Context())
	kept := map[int][]float64{}
	part, err := Run(ctx, points, 3, nil, square, func(i int, o []float64) error {
		if kept[i] = o; len(kept) == 15 {
			stop()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || len(kept) < 15 || len(kept) > 18 {
		t.Fatalf("stopped after %d runs with %v", len(kept), err)
	}
	for i, o := range part {
		if !slices.Equal(o, kept[i]) {
			t.Errorf("run %d: returned %v, told %v", i, o, kept[i])
		}
	}
	var computed atomic.Int64
	all, err := Run(t.Context(), points, 2, kept, func(ctx context.Context, i int, p []float64) ([]float64, error) {
		computed.Add(1)
		return square(ctx, i, p)
	}, nil)
	if err != nil || !slices.EqualFunc(all, want, slices.Equal[[]float64]) {
		t.Errorf("continued to %v, error %v", all, err)
	}
	if n := int(computed.Load()); n != len(points)-len(kept) {
		t.Errorf("%d runs were computed again", n-len(points)+len(kept))
	}
}

// TestRunFails: an error names its run and stops the study; so does an error of done; finished runs must belong to points.
func TestRunFails(t *testing.T) {
	points := LatinHypercube(unitSpace("a"), 10, 1, 1)
	broken := errors.New("broken")
	_, err := Run(t.Context(), points, 1, nil, func(ctx context.Context, i int, p []float64) ([]float64, error) {
		if i == 4 {
			return nil, broken
		}
		return square(ctx, i, p)
	}, nil)
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "run 4") {
		t.Errorf("got %v", err)
	}
	if _, err := Run(t.Context(), points, 2, nil, square, func(int, []float64) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if _, err := Run(t.Context(), points, 2, map[int][]float64{10: {1}}, square, nil); err == nil {
		t.Error("a finished run of no point was accepted")
	}
}

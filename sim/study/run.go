package study

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Model computes the outputs of run i at a point, always the same for the same (i, point). It is called from several goroutines at once.
type Model func(ctx context.Context, i int, point []float64) ([]float64, error)

// Run computes a model at all points, workers at a time (at least one), and returns the outputs by point. Points in finished are not computed again: a stopped
// study continues with the outputs it had kept. done, which may be nil, is told every newly finished run, one at a time, in the order in which they finish
// (not that of the points); an error of it stops the study. With an error or a cancelled context, Run returns what has been finished, nil where nothing has.
// The outputs do not depend on the number of workers.
func Run(ctx context.Context, points [][]float64, workers int, finished map[int][]float64, model Model, done func(int, []float64) error) ([][]float64, error) {
	all := make([][]float64, len(points))
	for _, i := range slices.Sorted(maps.Keys(finished)) {
		if i < 0 || i >= len(points) {
			return all, fmt.Errorf("finished run %d belongs to no point; there are %d", i, len(points))
		}
		all[i] = finished[i]
	}
	var todo []int
	for i := range points {
		if all[i] == nil {
			todo = append(todo, i)
		}
	}
	var told sync.Mutex
	err := each(ctx, len(todo), workers, func(ctx context.Context, k int) error {
		i := todo[k]
		outputs, err := model(ctx, i, points[i])
		if err != nil {
			return fmt.Errorf("run %d: %w", i, err)
		}
		if outputs == nil {
			outputs = []float64{}
		}
		told.Lock()
		defer told.Unlock()
		all[i] = outputs
		if done == nil {
			return nil
		}
		return done(i, outputs)
	})
	return all, err
}

// each calls f for 0 to n-1, at most workers at a time, until one fails or the context ends.
func each(ctx context.Context, n, workers int, f func(ctx context.Context, i int) error) error {
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(max(workers, 1))
	for i := range n {
		if inner.Err() != nil {
			break
		}
		group.Go(func() error {
			if err := inner.Err(); err != nil {
				return err
			}
			return f(inner, i)
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

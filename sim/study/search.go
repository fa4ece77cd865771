package study

import (
	"context"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"gohyang/sim/draw"
)

// Search says how to look for the points that are not ruled out.
type Search struct {
	Points     int    // wanted
	Candidates int    // Latin hypercube tried first; if it leaves too few, the search closes in on them
	Workers    int    // goroutines; they do not change the result
	Seed       uint64 // with Wave the key of all draws
	Wave       int    // the wave the points are for
}

// Closing in: subset simulation (Au, Beck 2001, Prob. Eng. Mech. 16). A stage keeps the best fifth of its points and spreads copies of them evenly over the
// region they bound; volumes multiply.
const (
	keep      = 0.2  // share of points a stage keeps
	leastStep = 400  // points of a stage at least
	stages    = 40   // at most: volumes down to 1e-28
	stall     = 1e-3 // a stage that lowers the level by less than this share has found the bottom
	reach     = 3.0  // half the length of a step's segment, in standard deviations of the region
)

// place is a point of the unit cube with its level.
type placed struct {
	at    []float64
	level float64
}

// Search samples the space that is not ruled out, evenly on the parameters' scales, and measures what is left. Without waves that is the whole space, and the
// points are a Latin hypercube: the design of the first wave.
//
// Candidates from a Latin hypercube are tried first. If fewer than wanted remain, the search goes on from the least implausible ones by slice sampling along
// random directions shaped like the region they fill (Neal 2003, Ann. Stat. 31; Andrianakis et al. 2017, J. R. Stat. Soc. C 66, for history matching). An
// empty space is no error: Left then has no points, Share 0, and Nearest shows how far off the model is.
func (h History) Search(ctx context.Context, s Search) (Left, error) {
	if err := h.Check(); err != nil {
		return Left{}, err
	}
	if s.Points < 1 || s.Candidates < s.Points {
		return Left{}, fmt.Errorf("%d points of %d candidates: at least one point, and no fewer candidates than points", s.Points, s.Candidates)
	}
	if len(h.Waves) == 0 {
		s.Candidates = s.Points
	}
	all := make([]placed, s.Candidates)
	for i, at := range hypercube(s.Candidates, len(h.Space), s.Seed, s.Wave) {
		all[i].at = at
	}
	err := each(ctx, len(all), s.Workers, func(_ context.Context, i int) error {
		all[i].level = h.level(all[i].at)
		return nil
	})
	if err != nil {
		return Left{}, err
	}
	share, variance, last := 1.0, 0.0, math.Inf(1)
	nearest := closest(all)
	for stage := range stages {
		inside := within(all, 1)
		if f := float64(len(inside)) / float64(len(all)); len(inside) >= s.Points || f == 1 {
			variance += (1 - f) / (f * float64(len(all)))
			return h.left(inside, s.Points, share*f, math.Sqrt(variance), nearest), nil
		}
		bound := max(1, quantileOfLevels(all, keep))
		if bound > 1 && bound > last*(1-stall) {
			break
		}
		last = bound
		kept := within(all, bound)
		f := float64(len(kept)) / float64(len(all))
		if len(kept) == 0 {
			break
		}
		share, variance = share*f, variance+(1-f)/(f*float64(len(all)))
		if all, err = h.spread(ctx, kept, bound, s, stage); err != nil {
			return Left{}, err
		}
		if c := closest(all); c.level < nearest.level {
			nearest = c
		}
	}
	return Left{Nearest: h.Space.Point(nearest.at), Level: nearest.level, Error: math.NaN()}, nil
}

// within are the places below a level.
func within(all []placed, bound float64) []placed {
	var some []placed
	for _, p := range all {
		if p.level < bound {
			some = append(some, p)
		}
	}
	return some
}

// closest is the first place of the lowest level.
func closest(all []placed) placed {
	return slices.MinFunc(all, func(a, b placed) int {
		if a.level < b.level {
			return -1
		}
		if a.level > b.level {
			return 1
		}
		return 0
	})
}

// quantileOfLevels is the level below which a share of the places lies.
func quantileOfLevels(all []placed, share float64) float64 {
	levels := make([]float64, len(all))
	for i, p := range all {
		levels[i] = p.level
	}
	slices.Sort(levels)
	return levels[min(int(share*float64(len(all))), len(all)-1)]
}

// spread starts a walk from each kept place in turn and returns where the walks end: an even sample of the region below the bound.
func (h History) spread(ctx context.Context, kept []placed, bound float64, s Search, stage int) ([]placed, error) {
	shape := shapeOf(kept)
	all := make([]placed, max(s.Points, leastStep))
	err := each(ctx, len(all), s.Workers, func(_ context.Context, i int) error {
		key := draw.Hash(s.Seed, uint64(s.Wave), uint64(stage), uint64(i))
		at := h.walk(kept[i%len(kept)].at, bound, shape, key)
		all[i] = placed{at, h.level(at)}
		return nil
	})
	return all, err
}

// shapeOf is the Cholesky factor, lower, of the places' covariance; of its diagonal alone if there are too few places.
func shapeOf(all []placed) *mat.TriDense {
	d := len(all[0].at)
	cov := mat.NewSymDense(d, nil)
	mean := make([]float64, d)
	for _, p := range all {
		for j, v := range p.at {
			mean[j] += v / float64(len(all))
		}
	}
	for j := range d {
		for k := range j + 1 {
			c := 0.0
			for _, p := range all {
				c += float64((p.at[j] - mean[j]) * (p.at[k] - mean[k]))
			}
			if c /= float64(len(all)); j == k {
				c += 1e-10
			} else if len(all) < 3*d {
				c = 0
			}
			cov.SetSym(j, k, c)
		}
	}
	var chol mat.Cholesky
	var l mat.TriDense
	if !chol.Factorize(cov) {
		for j := range d {
			for k := range j {
				cov.SetSym(j, k, 0)
			}
		}
		chol.Factorize(cov)
	}
	chol.LTo(&l)
	return &l
}

// walk takes slice-sampling steps, twice as many as there are parameters and at least ten, that keep the uniform distribution below the bound: draw a
// direction, lay a segment at random around the place, draw on the segment and shorten it to the drawn place until one lies below the bound.
func (h History) walk(at []float64, bound float64, shape *mat.TriDense, key uint64) []float64 {
	d := len(at)
	at = slices.Clone(at)
	way, next := make([]float64, d), make([]float64, d)
	for step := range max(10, 2*d) {
		for j := range way {
			way[j] = 0
			for k := range j + 1 {
				way[j] += float64(shape.At(j, k) * draw.Quantile(open(cell(direction, key, 0, step, k))))
			}
		}
		from := float64(-2 * reach * open(cell(bracket, key, 0, step, 0)))
		to := from + 2*reach
		for try := range 60 {
			t := from + float64((to-from)*open(cell(along, key, 0, step, try)))
			inside := true
			for j := range next {
				next[j] = at[j] + float64(t*way[j])
				inside = inside && next[j] >= 0 && next[j] <= 1
			}
			if inside && h.below(next, bound) {
				copy(at, next)
				break
			}
			if t < 0 {
				from = t
			} else {
				to = t
			}
		}
	}
	return at
}

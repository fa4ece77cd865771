package study

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"gohyang/sim/draw"
)

// ridge is the penalty of the regression adjustment, as a share of each output's own variance: it keeps coefficients finite when outputs say the same.
const ridge = 1e-3

// negligible is the weight, relative to the largest, below which a run is left out of the posterior.
const negligible = 1e-6

// Posterior is a weighted sample of the parameters given the targets.
type Posterior struct {
	Space     Space
	Points    [][]float64 // adjusted parameters, in their units
	Weights   []float64   // sum to one
	Runs      []int       // the run each comes from: index of the points given
	Distances []float64   // by point given: root of the sum of squared misses in standard deviations of the targets; +Inf if an output is not finite
	Nearest   int         // the chosen point: index of the point given, as run, with the smallest distance
	Widening  float64     // factor by which the targets' standard deviations were widened to keep enough runs; 1 = none
	Effective float64     // effective number of runs, 1 / sum of squared weights
}

// ABC weighs runs of the true model by how well they meet the targets. outputs[run][target]; points must be an even sample of the prior, or of what history
// matching has left of it.
//
// With the targets' standard deviations s a run has weight exp(-distance^2 / 2), which is exact if observation and model errors are normal (Wilkinson 2013,
// Stat. Appl. Genet. Mol. Biol. 12(2)). If that leaves an effective number of runs below least, all s are widened by the smallest factor w that does not,
// and the parameters are regressed on the outputs among the weighted runs and moved to where the outputs' misses are w times smaller (Beaumont, Zhang,
// Balding 2002, Genetics 162), on the parameters' scales; a move beyond the end of a range is reflected there (a logit instead gave ranks too often extreme
// in TestABCRanks). For a linear model with normal errors this undoes the widening.
func ABC(space Space, targets []Target, points, outputs [][]float64, least float64) (Posterior, error) {
	misses, err := missesOf(space, targets, points, outputs)
	if err != nil {
		return Posterior{}, err
	}
	p := Posterior{Space: space, Distances: make([]float64, len(points)), Widening: 1}
	finite := 0
	for i, m := range misses {
		if p.Distances[i] = distance(m); !math.IsInf(p.Distances[i], 1) {
			finite++
		}
		if p.Distances[i] < p.Distances[p.Nearest] {
			p.Nearest = i
		}
	}
	if float64(finite) < least || finite < 2 {
		return Posterior{}, fmt.Errorf("%d runs with finite outputs are too few for an effective number of %g", finite, max(least, 2))
	}
	weights := p.widen(least)
	var kept []float64
	for i, w := range weights {
		if w >= negligible {
			p.Runs, kept = append(p.Runs, i), append(kept, w)
		}
	}
	total := 0.0
	for _, w := range kept {
		total += w
	}
	squares := 0.0
	for i := range kept {
		kept[i] /= total
		squares += float64(kept[i] * kept[i])
	}
	p.Weights, p.Effective = kept, 1/squares
	return p, p.adjust(points, misses)
}

// missesOf are the outputs' misses in standard deviations of the targets, by run.
func missesOf(space Space, targets []Target, points, outputs [][]float64) ([][]float64, error) {
	if err := space.Check(); err != nil {
		return nil, err
	}
	if len(points) != len(outputs) || len(points) == 0 {
		return nil, fmt.Errorf("%d points and %d runs", len(points), len(outputs))
	}
	for _, t := range targets {
		if !(t.variance() > 0) {
			return nil, fmt.Errorf("target %s has no standard deviation; nothing would ever meet it", t.Name)
		}
	}
	misses := make([][]float64, len(points))
	for i, o := range outputs {
		if len(o) != len(targets) {
			return nil, fmt.Errorf("run %d has %d outputs for %d targets", i, len(o), len(targets))
		}
		misses[i] = make([]float64, len(targets))
		for t := range targets {
			misses[i][t] = (o[t] - targets[t].Value) / math.Sqrt(targets[t].variance())
		}
	}
	return misses, nil
}

// distance is the length of a run's misses.
func distance(misses []float64) float64 {
	squares := 0.0
	for _, m := range misses {
		squares += float64(m * m)
	}
	if math.IsNaN(squares) {
		return math.Inf(1)
	}
	return math.Sqrt(squares)
}

// widen finds the smallest widening that keeps an effective number of runs, by bisection, and gives the weights relative to the nearest run's.
func (p *Posterior) widen(least float64) []float64 {
	near := p.Distances[p.Nearest]
	weigh := func(w float64) (weights []float64, effective float64) {
		weights = make([]float64, len(p.Distances))
		sum, squares := 0.0, 0.0
		for i, d := range p.Distances {
			weights[i] = draw.Exp(-(d - near) / w * (d + near) / w / 2)
			if math.IsInf(d, 1) {
				weights[i] = 0
			}
			sum, squares = sum+weights[i], squares+float64(weights[i]*weights[i])
		}
		return weights, sum * sum / squares
	}
	weights, effective := weigh(1)
	if effective >= least {
		return weights
	}
	low, high := 0.0, draw.Log(1e9) // with a factor of 1e9 all weigh the same
	for range 60 {
		middle := (low + high) / 2
		if _, effective = weigh(draw.Exp(middle)); effective >= least {
			high = middle
		} else {
			low = middle
		}
	}
	p.Widening = draw.Exp(high)
	weights, _ = weigh(p.Widening)
	return weights
}

// adjust moves the parameters of the runs that count to where the outputs' misses are Widening times smaller.
func (p *Posterior) adjust(points, misses [][]float64) error {
	p.Points = make([][]float64, len(p.Runs))
	if p.Widening == 1 {
		for k, i := range p.Runs {
			p.Points[k] = slices.Clone(points[i])
		}
		return nil
	}
	places, near := make([][]float64, len(p.Runs)), make([][]float64, len(p.Runs))
	for k, i := range p.Runs {
		places[k], near[k] = p.Space.Place(points[i]), misses[i]
	}
	slopes, err := slopesOf(near, places, p.Weights)
	if err != nil {
		return err
	}
	for k := range p.Runs {
		for j := range places[k] {
			for t, m := range near[k] {
				places[k][j] -= float64((1 - 1/p.Widening) * float64(m*slopes.At(t, j)))
			}
			places[k][j] = mirrored(places[k][j])
		}
		p.Points[k] = p.Space.Point(places[k])
	}
	return nil
}

// mirrored brings a place beyond the ends of the unit interval back inside.
func mirrored(u float64) float64 {
	if u = math.Abs(u); u > 1 {
		u = 2 - u
	}
	return max(u, 0)
}

// slopesOf regresses y[run][parameter] on x[run][output] with weights, intercept and ridge: slopes by output and parameter.
func slopesOf(x, y [][]float64, weights []float64) (*mat.Dense, error) {
	m, d := len(x[0]), len(y[0])
	mx, my := weightedMeans(x, weights), weightedMeans(y, weights)
	xx, xy := mat.NewSymDense(m, nil), mat.NewDense(m, d, nil)
	for i, w := range weights {
		for t := range m {
			u := w * (x[i][t] - mx[t])
			for s := range t + 1 {
				xx.SetSym(t, s, xx.At(t, s)+float64(u*(x[i][s]-mx[s])))
			}
			for j := range d {
				xy.Set(t, j, xy.At(t, j)+float64(u*(y[i][j]-my[j])))
			}
		}
	}
	for t := range m {
		xx.SetSym(t, t, float64(xx.At(t, t)*(1+ridge))+1e-12)
	}
	var chol mat.Cholesky
	var slopes mat.Dense
	if !chol.Factorize(xx) {
		return nil, fmt.Errorf("the outputs are too alike to regress the parameters on them")
	}
	if err := chol.SolveTo(&slopes, xy); err != nil && !tolerable(err) {
		return nil, fmt.Errorf("regression of the parameters on the outputs: %w", err)
	}
	return &slopes, nil
}

// weightedMeans by column; the weights sum to one.
func weightedMeans(rows [][]float64, weights []float64) []float64 {
	means := make([]float64, len(rows[0]))
	for i, w := range weights {
		for j, v := range rows[i] {
			means[j] += float64(w * v)
		}
	}
	return means
}

// Quantile of parameter j: the smallest value whose weight together with all smaller ones reaches p.
func (p Posterior) Quantile(j int, share float64) float64 {
	order := make([]int, len(p.Points))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.Points[a][j], p.Points[b][j]) })
	sum := 0.0
	for _, i := range order {
		if sum += p.Weights[i]; sum >= share {
			return p.Points[i][j]
		}
	}
	return p.Points[order[len(order)-1]][j]
}

// Draw takes n members of equal weight (systematic resampling, one uniform draw keyed by the seed): the parameters to run for a forecast's bands.
func (p Posterior) Draw(n int, seed uint64) [][]float64 {
	offset, sum, i := open(cell(resample, seed, 0, 0, 0)), p.Weights[0], 0
	members := make([][]float64, n)
	for k := range members {
		for at := (float64(k) + offset) / float64(n); sum < at && i < len(p.Weights)-1; {
			i++
			sum += p.Weights[i]
		}
		members[k] = slices.Clone(p.Points[i])
	}
	return members
}

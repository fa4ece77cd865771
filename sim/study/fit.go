package study

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// Plan is a whole fit: waves of history matching, a posterior sample from what they leave, and a last round from which the point to go on with is chosen.
type Plan struct {
	Space      Space
	Targets    []Target
	Waves      int
	Points     int     // runs of a wave
	Ranks      []int   // of the waves, the last repeated, see Wave.Rank
	Candidates int     // tried for what is left after a wave, see Search
	Sample     int     // runs of the posterior sample
	Effective  float64 // least effective number of them, see ABC
	Finalists  int     // points of the last round
	Seed       uint64
	Workers    int
}

// Names of the stages of a fit beside wave-1, wave-2 and so on.
const (
	Sampled = "sample" // evenly from what the waves have left: the runs of ABC
	Last    = "final"  // the best points so far, run with more replicates
)

// Bench is where the model of a fit is run.
type Bench struct {
	Model    func(ctx context.Context, stage string, i int, point []float64) ([]float64, error) // as Model, for run i of a stage
	Finished func(stage string, points [][]float64) map[int][]float64                           // runs of a stage that need no computing, by index
	Done     func(stage string, i int, point, outputs []float64) error                          // told of every new run, one at a time
}

// Stage is the runs of one round.
type Stage struct {
	Name            string
	Points, Outputs [][]float64
}

// Match is what one wave has learnt.
type Match struct {
	Stage     Stage
	Rank      int       // of the target that rules a point out, after any relaxing
	Relaxed   int       // by how much the rank was raised, because nothing was left under the planned one
	Explained []float64 // by target: how much of its variation the emulator explains, see LeftOut; NaN = the emulator was not trusted
	Nearest   []float64 // by target: implausibility at the least implausible point met
	Left      Left      // after this wave
}

// Outcome is a finished fit.
type Outcome struct {
	Matches   []Match
	Sample    Stage
	Posterior Posterior // of points as they were run
	Final     Stage     // points rounded to Digits significant digits
	Distances []float64 // of the final points, see Posterior
	Chosen    int       // the final point of the smallest distance
}

// Digits is how many significant digits the chosen values have.
const Digits = 4

// trusted is the largest share of left-out runs beyond three standard deviations with which an emulator is believed.
const trusted = 0.1

// Fit carries out a plan. It is a function of plan and model alone: stopped and gone on with from finished runs it comes to the same outcome, with any number
// of workers.
//
// The posterior's points are those that were run, with the weights of ABC, and not the ones that ABC moves by regression: with a dozen parameters and a few hundred
// runs the widening is large and the moves go beyond what was run. Run again, Japan's moved points missed the receipts by a third, the others by a few per cent.
// The sample is therefore as much wider than the targets ask for as Widening says. A wave's emulators are fitted to its runs and to those of earlier waves that nothing has ruled out since.
func Fit(ctx context.Context, p Plan, b Bench) (Outcome, error) {
	var out Outcome
	h := History{Space: p.Space, Targets: p.Targets}
	left, err := h.Search(ctx, Search{Points: p.Points, Candidates: max(p.Candidates, p.Points), Workers: p.Workers, Seed: p.Seed})
	if err != nil {
		return out, err
	}
	for w := range p.Waves {
		stage, err := b.run(ctx, p, "wave-"+strconv.Itoa(w+1), left.Points)
		if err != nil {
			return out, err
		}
		m, err := h.match(ctx, p, stage, out.Matches)
		if err != nil {
			return out, fmt.Errorf("%s: %w", stage.Name, err)
		}
		out.Matches, left = append(out.Matches, m), m.Left
	}
	if out.Sample, err = b.run(ctx, p, Sampled, left.Points); err != nil {
		return out, err
	}
	if out.Posterior, err = ABC(p.Space, p.Targets, out.Sample.Points, out.Sample.Outputs, min(p.Effective, float64(len(left.Points)))); err != nil {
		return out, err
	}
	if out.Final, err = b.run(ctx, p, Last, h.finalists(p, &out)); err != nil {
		return out, err
	}
	for k, i := range out.Posterior.Runs { // as they were run, see Outcome.Posterior
		out.Posterior.Points[k] = slices.Clone(out.Sample.Points[i])
	}
	misses, err := missesOf(p.Space, p.Targets, out.Final.Points, out.Final.Outputs)
	if err != nil {
		return out, err
	}
	for i, m := range misses {
		out.Distances = append(out.Distances, distance(m))
		if out.Distances[i] < out.Distances[out.Chosen] {
			out.Chosen = i
		}
	}
	return out, nil
}

// run computes the runs of a stage that are not finished.
func (b Bench) run(ctx context.Context, p Plan, name string, points [][]float64) (Stage, error) {
	model := func(ctx context.Context, i int, point []float64) ([]float64, error) {
		o, err := b.Model(ctx, name, i, point)
		if err == nil && len(o) != len(p.Targets) {
			err = fmt.Errorf("got %d outputs for %d targets", len(o), len(p.Targets))
		}
		return o, err
	}
	var done func(int, []float64) error
	if b.Done != nil {
		done = func(i int, o []float64) error { return b.Done(name, i, points[i], o) }
	}
	var finished map[int][]float64
	if b.Finished != nil {
		finished = b.Finished(name, points)
	}
	outputs, err := Run(ctx, points, p.Workers, finished, model, done)
	if err != nil {
		return Stage{}, fmt.Errorf("%s: %w", name, err)
	}
	return Stage{name, points, outputs}, nil
}

// match fits the emulators of a wave and looks for what they leave. If nothing is left, the next worst target decides instead: what no point can meet must not
// stop the fit of the rest; Match says so.
func (h *History) match(ctx context.Context, p Plan, stage Stage, before []Match) (Match, error) {
	m := Match{Stage: stage}
	w := len(before)
	pool := Stage{Points: slices.Clone(stage.Points), Outputs: slices.Clone(stage.Outputs)}
	for _, earlier := range before {
		for i, point := range earlier.Stage.Points {
			if h.Level(point) < 1 {
				pool.Points, pool.Outputs = append(pool.Points, point), append(pool.Outputs, earlier.Stage.Outputs[i])
			}
		}
	}
	emulators, err := EmulateAll(ctx, p.Space, pool.Points, pool.Outputs, p.Workers)
	if err != nil {
		return m, err
	}
	used := 0
	for t, e := range emulators {
		l := e.LeaveOneOut()
		m.Explained = append(m.Explained, l.Explains)
		if l.Outside > trusted {
			m.Explained[t], emulators[t] = math.NaN(), nil
			continue
		}
		used++
	}
	if used == 0 {
		return m, fmt.Errorf("no emulator can be trusted; more points are needed")
	}
	planned := min(p.rank(w), used)
	points := p.Points
	if w == p.Waves-1 {
		points = p.Sample
	}
	waves := h.Waves
	for m.Rank = planned; ; m.Rank++ {
		h.Waves = append(slices.Clone(waves), Wave{emulators, m.Rank})
		m.Left, err = h.Search(ctx, Search{Points: points, Candidates: max(p.Candidates, points), Workers: p.Workers, Seed: p.Seed, Wave: w + 1})
		if err != nil {
			return m, err
		}
		if len(m.Left.Points) > 0 || m.Rank == used {
			break
		}
	}
	m.Relaxed = m.Rank - planned
	if len(m.Left.Points) == 0 {
		return m, fmt.Errorf("nothing of the space is left, whichever target decides: the least implausible point is %.1f times beyond the limit", m.Left.Level)
	}
	m.Nearest = h.Implausibility(m.Left.Nearest)
	return m, nil
}

// rank of wave w, from 0.
func (p Plan) rank(w int) int {
	if len(p.Ranks) == 0 {
		return 1
	}
	return p.Ranks[min(w, len(p.Ranks)-1)]
}

// finalists are the points of the last round: half of them the best of all runs, whose replicates may have been lucky, the others those that the last
// emulators expect to be best among what is left. All are rounded, so that what is run is what is written down.
func (h *History) finalists(p Plan, out *Outcome) [][]float64 {
	type ranked struct {
		at   []float64
		miss float64
	}
	var runs, hoped []ranked
	stages := []Stage{out.Sample}
	for _, m := range out.Matches {
		stages = append(stages, m.Stage)
	}
	for _, s := range stages {
		misses, err := missesOf(p.Space, p.Targets, s.Points, s.Outputs)
		for i := range misses {
			if err == nil {
				runs = append(runs, ranked{s.Points[i], distance(misses[i])})
			}
		}
	}
	emulators := h.Waves[len(h.Waves)-1].Emulators
	for _, point := range slices.Concat(out.Sample.Points, out.Posterior.Points) {
		miss := 0.0
		for t, e := range emulators {
			if e != nil {
				mean, _ := e.Predict(point)
				r := p.Targets[t].Implausibility(mean, 0, 0)
				miss += float64(r * r)
			}
		}
		hoped = append(hoped, ranked{point, miss})
	}
	var points [][]float64
	for k, list := range [][]ranked{runs, hoped} {
		slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(a.miss, b.miss) })
		for _, r := range list {
			at := p.Space.rounded(r.at)
			if len(points) == (k+1)*p.Finalists/2 && len(points) > 0 {
				break
			}
			if !slices.ContainsFunc(points, func(q []float64) bool { return slices.Equal(q, at) }) {
				points = append(points, at)
			}
		}
	}
	return points
}

// rounded is a point in Digits significant digits, inside the ranges.
func (s Space) rounded(point []float64) []float64 {
	out := make([]float64, len(point))
	for j, v := range point {
		r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', Digits, 64), 64)
		if err != nil {
			r = v
		}
		out[j] = min(max(r, s[j].Low), s[j].High)
	}
	return out
}

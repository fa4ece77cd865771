package main

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strconv"
	"sync"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/sim"
	"gohyang/sim/draw"
	"gohyang/sim/study"
)

// trials run a calibration's scenario at points of its parameters.
type trials struct {
	c        *scenarios.Calibration
	flags    *runFlags
	scenario *scenarios.Scenario // as it is without the parameters that are fitted
	places   bool                // some target is about places
	facts    string              // digest of the fact tables

	mu     sync.Mutex
	values map[trialRun]tried
}

// tried is every target's value over the replicates of a run, in its own unit, checks included: their mean, and the standard deviation of one of them.
type tried struct{ mean, sd []float64 }

// trialRun is one point of a stage.
type trialRun struct {
	stage string
	i     int
}

// newTrials loads the scenario once, so that what is wrong with it shows before the first run, and with it the facts.
func newTrials(c *scenarios.Calibration, flags *runFlags) (*trials, error) {
	t := &trials{c: c, flags: flags, values: map[trialRun]tried{}}
	for _, x := range c.Targets {
		t.places = t.places || x.Places != nil
	}
	var err error
	if t.scenario, err = t.load(nil); err != nil {
		return nil, err
	}
	country, err := flags.country(c.Country, t.scenario.Run.Base)
	if err != nil {
		return nil, invalid(err)
	}
	t.facts = country.Digest
	return t, nil
}

// load reads the scenario with the settings of the calibration and, at a point, of its parameters.
func (t *trials) load(point []float64) (*scenarios.Scenario, error) {
	set := slices.Concat(t.c.Set, []string{fmt.Sprintf("run.years=[%d, %d]", t.c.Years[0], t.c.Years[1]), "run.scale=" + asSetting(t.c.Scale)})
	for j, v := range point {
		set = append(set, t.c.Parameters[j].Key+"="+asSetting(v))
	}
	return load(t.c.Scenario, &runFlags{set: set, loaded: t.flags.loaded})
}

// asSetting is a value as a setting, exact and with a decimal point.
func asSetting(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// runs is how many points are run in all, those of the last round counted as planned.
func (t *trials) runs() int { return t.c.Waves*t.c.Points + t.c.Sample + t.c.Finalists }

// workersOf is the number of workers asked for, or one per processor.
func workersOf(v workersValue) int {
	if v == 0 {
		return runtime.GOMAXPROCS(0)
	}
	return int(v)
}

// plan is the calibration as a plan of study.Fit.
func (t *trials) plan(workers int) study.Plan {
	p := study.Plan{Waves: t.c.Waves, Points: t.c.Points, Ranks: t.c.Ranks, Candidates: t.c.Candidates, Sample: t.c.Sample, Effective: t.c.Effective,
		Finalists: t.c.Finalists, Seed: t.c.Seed, Workers: workers}
	for _, x := range t.c.Parameters {
		scale := study.Linear
		if x.Scale == "log" {
			scale = study.Log
		}
		p.Space = append(p.Space, study.Param{Name: x.Key, Low: x.Low, High: x.High, Scale: scale})
	}
	for _, x := range t.c.Targets {
		if !x.Check {
			p.Targets = append(p.Targets, study.Target{Name: x.Name, Value: onScale(&x, x.Value), Observation: x.Observation, Discrepancy: x.Discrepancy})
		}
	}
	return p
}

// least is the share of a target below which a value on a log scale counts as that share: nothing at all has no logarithm.
const least = 0.001

// onScale is a value on the scale of its target.
func onScale(x *scenarios.Target, v float64) float64 {
	if x.Scale != "log" {
		return v
	}
	return math.Log(max(v, least*x.Value))
}

// fitted are the values of the targets that are fitted, on their scales.
func (t *trials) fitted(values []float64) (out []float64) {
	for k := range t.c.Targets {
		if !t.c.Targets[k].Check {
			out = append(out, onScale(&t.c.Targets[k], values[k]))
		}
	}
	return out
}

// model is the mean of each target over the runs at a point, on the target's scale. Every point has random numbers of its own, so that emulators see their
// noise, but for the last round, whose points share them, so that their differences show.
func (t *trials) model(ctx context.Context, stage string, i int, point []float64) ([]float64, error) {
	s, err := t.load(point)
	if err != nil {
		return nil, err
	}
	cfg, err := configure(s)
	if err != nil {
		return nil, err
	}
	seeds, own := t.c.Seeds, uint64(i)
	if stage == study.Last {
		seeds, own = t.c.FinalSeeds, 0
	}
	for _, letter := range []byte(stage) {
		own = draw.Hash(own, uint64(letter))
	}
	var runs [][]float64
	for r := range seeds {
		each := *cfg
		each.Seed = draw.Hash(t.c.Seed, own, uint64(r))
		values, err := t.once(ctx, &each)
		if err != nil {
			return nil, err
		}
		runs = append(runs, values)
	}
	m := summary(runs)
	t.mu.Lock()
	t.values[trialRun{stage, i}] = m
	t.mu.Unlock()
	return t.fitted(m.mean), nil
}

// summary is the mean and the standard deviation of every value of some replicates.
func summary(runs [][]float64) tried {
	m := tried{make([]float64, len(runs[0])), make([]float64, len(runs[0]))}
	n := float64(len(runs))
	for _, values := range runs {
		for k, v := range values {
			m.mean[k] += v / n
		}
	}
	for _, values := range runs {
		for k, v := range values {
			m.sd[k] += (v - m.mean[k]) * (v - m.mean[k]) / max(n-1, 1)
		}
	}
	for k, v := range m.sd {
		m.sd[k] = math.Sqrt(v)
	}
	return m
}

// once is one run.
func (t *trials) once(ctx context.Context, cfg *sim.Config) ([]float64, error) {
	c, err := trial(ctx, cfg, t.places)
	if err != nil {
		return nil, err
	}
	values := make([]float64, len(t.c.Targets))
	for k, x := range t.c.Targets {
		v, ok := c.Measure(output.Cut{Metric: x.Metric, Year: x.Year, Places: x.Places, Ages: x.AgeBands, Amounts: x.MoneyBands, As: x.As})
		if ok {
			values[k] = v // without donors there is no share: none
		}
	}
	return values, nil
}

// valuesOf are the values of a run in the targets' units.
func (t *trials) valuesOf(stage string, i int) []float64 { return t.triedAt(stage, i).mean }

func (t *trials) triedAt(stage string, i int) tried {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.values[trialRun{stage, i}]
}

package main

import (
	"context"
	"errors"
	"fmt"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/scenarios/facts"
	"gohyang/sim/giving"
	"gohyang/sim/study"
)

// givingRun is what is kept of one replicate, by year from the first.
type givingRun struct {
	years    []output.YearRow
	received [][]float64            // by year and place
	records  [][]float64            // by year and amount band: donors
	ages     [][]float64            // by year and age band: donors
	flows    [][2][2]float64        // by year: amount by origin and destination, the capital region first
	extra    map[string][][]float64 // other measures of places that were observed, by metric, year and place
}

// givingRuns are all replicates of a hindcast of giving.
type givingRuns struct {
	plan    scenarios.Giving
	facts   *facts.Country
	codes   []string // of places, in the order of received
	last    int
	barred  map[int][]string // by year: codes of places that the law lets receive nothing
	free    []*givingRun     // from the start of the run
	told    []*givingRun     // told every year what places received: one year ahead
	scale   float64
	from    string // parameters: shipped, posterior, or the name of a file
	origins string // the same in words
	workers int
}

// index is the position of a year in what is kept of a replicate.
func (r *givingRuns) index(year int) int { return year - r.plan.First }

// runGiving makes the replicates: seeds 1 to n, each with a member of the posterior sample if there is one and no parameters are given, each once free and once
// told. One worker a run.
func runGiving(ctx context.Context, r *givingRuns, o *observations, f *hindcastFlags, settings []scenarios.Setting, done func()) error {
	sets, err := r.parameters(f, settings)
	if err != nil {
		return err
	}
	first, err := r.plan.Load(r.facts, r.last, 1, r.scale, sets(0))
	if err != nil {
		return invalid(scenarios.Placed(err, settings))
	}
	cfg, err := configure(first)
	if err != nil {
		return err
	}
	for _, p := range cfg.Places {
		r.codes = append(r.codes, p.Code)
	}
	for i, l := range cfg.Laws {
		r.barred[cfg.First+i] = l.Rules.Gift.Exclude
	}
	n := f.seeds
	r.free, r.told = make([]*givingRun, n), make([]*givingRun, n)
	model := func(ctx context.Context, i int, _ []float64) ([]float64, error) {
		one, err := r.replicate(ctx, i%n, i >= n, sets(i%n), o)
		if err != nil {
			return nil, err
		}
		if i < n {
			r.free[i] = one
		} else {
			r.told[i-n] = one
		}
		return nil, nil
	}
	_, err = await(ctx, func() (bool, error) {
		_, err := study.Run(ctx, make([][]float64, 2*n), r.workers, nil, model, func(int, []float64) error { done(); return nil })
		return true, err
	})
	if err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return failed("hindcast: interrupted; nothing was written")
	}
	return err
}

// parameters says which parameters replicate i has.
func (r *givingRuns) parameters(f *hindcastFlags, settings []scenarios.Setting) (func(i int) []string, error) {
	if len(settings) > 0 {
		r.from, r.origins = f.params, "the parameters of "+f.params
		return func(int) []string { return scenarios.Texts(settings) }, nil
	}
	sample, err := scenarios.ReadPosterior(r.plan.Country)
	if err != nil {
		return nil, invalid(err)
	}
	if sample == nil {
		r.from, r.origins = "shipped", "the shipped parameters; no posterior sample is shipped, so that the bands hold the chance of replicates alone"
		return func(int) []string { return nil }, nil
	}
	members := sample.Spread(f.seeds)
	r.from, r.origins = "posterior", fmt.Sprintf("the posterior sample of %d sets", len(sample.Sets))
	return func(i int) []string { return sample.Settings(members[i]) }, nil
}

// replicate is one run.
func (r *givingRuns) replicate(ctx context.Context, i int, told bool, sets []string, o *observations) (*givingRun, error) {
	s, err := r.plan.Load(r.facts, r.last, uint64(i+1), r.scale, sets)
	if err != nil {
		return nil, err
	}
	cfg, err := configure(s)
	if err != nil {
		return nil, err
	}
	if told {
		scenarios.Tell(cfg, o.towns[amountMetric])
	}
	c, err := trial(ctx, cfg, true)
	if err != nil {
		return nil, err
	}
	return r.digest(c, o), nil
}

// digest keeps what is scored of a run's tables.
func (r *givingRuns) digest(c *output.Collection, o *observations) *givingRun {
	n := len(c.Years)
	g := &givingRun{years: c.Years, received: make([][]float64, n), records: make([][]float64, n), ages: make([][]float64, n), flows: make([][2][2]float64, n),
		extra: map[string][][]float64{}}
	for y := range n {
		g.received[y], g.records[y], g.ages[y] = make([]float64, len(r.codes)), make([]float64, giving.AmountBands), make([]float64, giving.AgeBands)
	}
	for i := range c.Towns {
		t := &c.Towns[i]
		g.received[i/len(r.codes)][i%len(r.codes)] = float64(t.ReceivedAmount)
	}
	for metric := range o.towns {
		if metric == amountMetric {
			continue
		}
		rows := make([][]float64, n)
		for i := range c.Towns {
			v, _ := c.Towns[i].Value(metric)
			rows[i/len(r.codes)] = append(rows[i/len(r.codes)], v)
		}
		g.extra[metric] = rows
	}
	for _, d := range c.Donors {
		y := r.index(int(d.Year))
		g.records[y][d.AmountBand] += float64(d.Donors)
		g.ages[y][d.AgeBand] += float64(d.Donors)
	}
	province := r.provinces()
	for _, f := range c.Flows {
		g.flows[r.index(int(f.Year))][beyondCapital(f.Origin)][beyondCapital(province[f.Destination])] += float64(f.Amount)
	}
	return g
}

// provinces is the code of the province of every place.
func (r *givingRuns) provinces() map[string]string {
	of := map[string]string{}
	for _, list := range [][]facts.Place{r.facts.Towns, r.facts.Provinces} {
		for _, p := range list {
			of[p.Code] = r.facts.Provinces[p.Province].Code
		}
	}
	return of
}

// beyondCapital is 0 for a province of Korea's capital region and 1 for others.
func beyondCapital(province string) int {
	switch province {
	case "11000", "28000", "41000": // Seoul, Incheon, Gyeonggi
		return 0
	}
	return 1
}

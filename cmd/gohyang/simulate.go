package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/sim"
)

// job is how and where one scenario is simulated.
type job struct {
	target string // result directory to make
	csv    bool
	ages   bool // residents by single age too
	flags  *runFlags
	screen io.Writer // progress, when it is a terminal
}

// simulate runs a scenario and leaves its results at the target, whole or not at all. It returns the text of summary.txt.
func simulate(ctx context.Context, s *scenarios.Scenario, j job) (string, error) {
	if err := output.CheckTarget(j.target); err != nil {
		return "", err
	}
	years := s.Run.Years[1] - s.Run.Years[0] + 1
	bar := newProgress(j.screen, !j.flags.quiet && isTerminal(j.screen), s.Name, years, s.Run.Scale, patience)
	defer bar.remove()
	country, err := j.flags.country(string(s.Country), s.Run.Base)
	if err != nil {
		return "", invalid(err)
	}
	cfg, err := await(ctx, func() (*sim.Config, error) { return configure(s) })
	if err != nil {
		return "", interrupted(ctx, err, s, j.target, 0)
	}
	record, err := output.Create(j.target, frame(cfg), j.csv)
	if err != nil {
		return "", err
	}
	defer record.Abort()
	if j.ages {
		if err := record.WithPersons(j.csv); err != nil {
			return "", err
		}
	}
	world, err := await(ctx, func() (*sim.World, error) { return sim.New(cfg, sim.Layout{Workers: int(j.flags.workers)}) })
	if err != nil {
		return "", interrupted(ctx, err, s, j.target, 0)
	}
	if err := world.Run(ctx, record, bar); err != nil {
		return "", interrupted(ctx, err, s, j.target, len(record.Years()))
	}
	if err := record.Close(manifest(s, cfg, country.Digest)); err != nil {
		return "", err
	}
	return record.Summary(), nil
}

// configure turns a scenario into the engine's configuration. What fails here is a fault of scenario, facts or law.
func configure(s *scenarios.Scenario) (*sim.Config, error) {
	cfg, err := scenarios.Build(s)
	if err != nil {
		return nil, invalid(err)
	}
	return cfg, nil
}

// await is the result of work that cannot be stopped half-way, or the end of ctx if that comes first. The work is then left alone: the program ends.
func await[T any](ctx context.Context, work func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := work()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// interrupted says what became of a run that Ctrl-C or SIGTERM stopped; another error is passed on.
func interrupted(ctx context.Context, err error, s *scenarios.Scenario, target string, done int) error {
	if ctx.Err() == nil || !errors.Is(err, ctx.Err()) {
		return err
	}
	all := s.Run.Years[1] - s.Run.Years[0] + 1
	return &ending{exitFailed, fmt.Errorf("%s: interrupted after %d of %d years; nothing was kept, the partial results of %s were removed; "+
		"the same command gives the same numbers from the start", s.Name, done, all, target)}
}

package main

import (
	"context"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/sim"
)

// trial runs a scenario in memory on one worker and returns its tables; with places the rows of every place and of the flows too. It is for work on many runs at a
// time, each of which has a processor. The numbers are those of a run of the same scenario into files.
func trial(ctx context.Context, s *scenarios.Scenario, places bool) (*output.Collection, error) {
	cfg, err := configure(s)
	if err != nil {
		return nil, err
	}
	c := output.NewCollection(frame(cfg), places)
	world, err := sim.New(cfg, sim.Layout{Workers: 1})
	if err != nil {
		return nil, err
	}
	return c, world.Run(ctx, c)
}

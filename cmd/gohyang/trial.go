package main

import (
	"context"

	"gohyang/output"
	"gohyang/sim"
)

// trial makes a run in memory on one worker and returns its tables; with places the rows of every place and of the flows too. It is for work on many runs at a
// time, each of which has a processor. The numbers are those of the same run into files.
func trial(ctx context.Context, cfg *sim.Config, places bool) (*output.Collection, error) {
	c := output.NewCollection(frame(cfg), places)
	world, err := sim.New(cfg, sim.Layout{Workers: 1})
	if err != nil {
		return nil, err
	}
	return c, world.Run(ctx, c)
}

package main

import (
	"context"
	"testing"

	"gohyang/sim"
	"gohyang/sim/giving"
	"gohyang/sim/people"
)

// lastYear keeps of a run's last year how many adults there were and how many of them considered and gave.
type lastYear struct{ adults, considering, donors float64 }

func (l *lastYear) Observe(r *sim.Record) error {
	*l = lastYear{}
	for i := range r.Towns {
		l.considering, l.donors = l.considering+float64(r.Towns[i].Considering), l.donors+float64(r.Towns[i].Donors)
	}
	for i := range r.Ages {
		for sex := range 2 {
			for age := giving.Adult; age < people.Ages; age++ {
				l.adults += float64(r.Ages[i][sex][age])
			}
		}
	}
	return nil
}

// TestStartAttention: shock.start, the share of adults that consider without giving, of those who do not give, and shock.ready, the share that gives, are what the
// calibrated run comes to at the end of the year before a start that is younger than the scheme: Japan's standard start, and Korea's first one after the launch.
func TestStartAttention(t *testing.T) {
	for _, c := range []struct{ scenario, base, years, scale string }{
		{"jp-baseline", "2008", "2008-2019", "0.004"},
		{"kr-baseline", "2023", "2023-2023", "0.02"},
	} {
		p := prepare(t, c.scenario, "--set", "run.base="+c.base, "--years", c.years, "--scale", c.scale)
		w, err := sim.New(p.cfg, sim.Layout{})
		if err != nil {
			t.Fatal(err)
		}
		var last lastYear
		if err := w.Run(context.Background(), &last); err != nil {
			t.Fatal(err)
		}
		start, ready := (last.considering-last.donors)/(last.adults-last.donors), last.donors/last.adults
		t.Logf("%s: %.4f of those who do not give consider it, %.4f of adults give", c.scenario, start, ready)
		shock := p.cfg.Giving.Shock
		if start < 0.95*shock.Start || start > 1.05*shock.Start || ready < 0.95*shock.Ready || ready > 1.05*shock.Ready {
			t.Errorf("%s: the run ends with %.4f and %.4f, shock.start is %.4f and shock.ready %.4f", c.scenario, start, ready, shock.Start, shock.Ready)
		}
	}
}

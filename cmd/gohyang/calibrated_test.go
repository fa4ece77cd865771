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

// TestStartOfJapan: shock.start of Japan, the share of adults that consider without giving when a run starts in 2020, is what the calibrated run from 2008 comes
// to at the end of 2019, of those who do not give.
func TestStartOfJapan(t *testing.T) {
	p := prepare(t, "jp-baseline", "--set", "run.base=2008", "--years", "2008-2019", "--scale", "0.004")
	w, err := sim.New(p.cfg, sim.Layout{})
	if err != nil {
		t.Fatal(err)
	}
	var last lastYear
	if err := w.Run(context.Background(), &last); err != nil {
		t.Fatal(err)
	}
	got := (last.considering - last.donors) / (last.adults - last.donors)
	t.Logf("%.4f of %.0f adults who do not give consider it", got, last.adults)
	if want := p.cfg.Giving.Shock.Start; got < 0.95*want || got > 1.05*want {
		t.Errorf("the run from 2008 ends 2019 with %.4f, shock.start is %.4f", got, want)
	}
}

package sim_test

import (
	"context"
	"math"
	"testing"

	"gohyang/sim"
)

// receivedBy is what a run received by year and place.
type receivedBy [][]float64

func (r *receivedBy) Observe(rec *sim.Record) error {
	row := make([]float64, len(rec.Towns))
	for i := range row {
		row[i] = float64(rec.Towns[i].ReceivedAmount)
	}
	*r = append(*r, row)
	return nil
}

// told is a run of the rich country whose market is told receipts at the end of some years.
func told(t *testing.T, receipts map[int][]float64, workers int) receivedBy {
	t.Helper()
	cfg := rich(t, 40_000, 4)
	cfg.Events = nil
	cfg.Giving.Quality.Persist, cfg.Giving.Quality.Shock, cfg.Giving.Quality.Young = 0.99, 0, 0
	cfg.Giving.Attention.Launch, cfg.Giving.Motive.Gift, cfg.Giving.Motive.Tie = 0.5, 1, 0
	cfg.Start.Told = receipts
	w, err := sim.New(cfg, sim.Layout{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	var r receivedBy
	if err := w.Run(context.Background(), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestTold: a run that is told nothing, or something after its last year, is the same to the last donation; one that is told that half of the receipts of its second
// year went to one place is the same until then, and in the third year that place receives about half, for quality and habit have learnt it. Workers make no difference.
func TestTold(t *testing.T) {
	plain := told(t, nil, 1)
	first := demo(t, 1, 4).First
	receipts := make([]float64, len(plain[0]))
	for i := range receipts {
		receipts[i] = 1
	}
	const star = 100
	receipts[star] = float64(len(receipts))
	equal := func(a, b []float64) bool {
		for i := range a {
			if a[i] != b[i] {
				return false
			}
		}
		return true
	}
	later, one, two := told(t, map[int][]float64{first + 9: receipts}, 1), told(t, map[int][]float64{first + 1: receipts}, 1), told(t, map[int][]float64{first + 1: receipts}, 2)
	for y := range plain {
		if !equal(plain[y], later[y]) {
			t.Errorf("year %d: told after the end, the run differs", y)
		}
		if !equal(one[y], two[y]) {
			t.Errorf("year %d: one and two workers differ", y)
		}
		if y < 2 && !equal(plain[y], one[y]) {
			t.Errorf("year %d: the run differs before it is told", y)
		}
	}
	share := func(r []float64) float64 {
		sum := 0.0
		for _, x := range r {
			sum += x
		}
		return r[star] / sum
	}
	if before, after := share(one[1]), share(one[2]); before > 0.1 || math.Abs(after-0.5) > 0.06 {
		t.Errorf("share of the place: %.3f before and %.3f after it is told to be 0.5", before, after)
	}
}

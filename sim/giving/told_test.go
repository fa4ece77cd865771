package giving

import (
	"math"
	"testing"

	"gohyang/sim/towns"
)

// TestTold: a market that is told receipts has their shares and their quality: the class mean of log shares and the deviation from it; a barred place has the
// mean of the others. Of three places of a class with shares 0.1, 0.1 and 0.8 the last is barred: the mean is log 0.1 and nothing deviates. Without the bar the mean is
// (2 log 0.1 + log 0.8)/3 = log 0.2, and the last deviates by log 4.
func TestTold(t *testing.T) {
	places := make([]towns.Place, 4)
	for i := range 3 {
		places[i] = towns.Place{Class: "town", Recipient: true}
	}
	start := &Start{Receipts: []float64{1, 1, 1, 0}}
	p := &Params{}
	for _, c := range []struct {
		barred bool
		level  float64
		xi     [3]float64
	}{
		{false, math.Log(0.2), [3]float64{-math.Log(2), -math.Log(2), math.Log(4)}},
		{true, math.Log(0.1), [3]float64{}},
	} {
		m := NewMarket(p, places, 3, 1, start)
		m.barred[2] = c.barred
		m.Told([]float64{10, 10, 80, 0})
		for i, want := range c.xi {
			if math.Abs(m.level[i]-c.level) > 1e-9 || math.Abs(m.xi[i]-want) > 1e-9 {
				t.Errorf("barred %t, place %d: level %.4f, deviation %.4f, want %.4f and %.4f", c.barred, i, m.level[i], m.xi[i], c.level, want)
			}
		}
		if got := m.share[2]; math.Abs(got-0.8) > 1e-9 {
			t.Errorf("share of the last place: got %.4f, want 0.8", got)
		}
	}
}

// TestMemory: with shares 0.1, 0.1 and 0.8 told, 60 donors to the first place of 100 keep their destination with chance 10/60, those of the others all do, and what
// moves goes to the places that lack donors: the second has 30 and should have 10, the third has 10 and should have 80.
func TestMemory(t *testing.T) {
	places := make([]towns.Place, 4)
	for i := range 3 {
		places[i] = towns.Place{Class: "town", Recipient: true}
	}
	m := NewMarket(&Params{}, places, 3, 1, &Start{Receipts: []float64{10, 10, 80, 0}})
	r := m.NewMemory(1, 2020, []int64{60, 30, 10, 0})
	for i, want := range []float64{1.0 / 6, 1.0 / 3, 1, 0} {
		if got := float64(r.keep[i]) / (1 << 64); math.Abs(got-want) > 1e-9 {
			t.Errorf("place %d keeps %.4f of its donors, want %.4f", i, got, want)
		}
	}
	for u := range uint64(1000) {
		if to := r.lack.At(0, u*0x9E3779B97F4A7C15); to != 2 {
			t.Fatalf("a donor moves to place %d, want 2, the only one that lacks some", to)
		}
	}
}

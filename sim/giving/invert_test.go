package giving

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"gohyang/sim/law"
	"gohyang/sim/people"
)

// TestInversion: whatever the nests, homes, origins and the rule on where residents may give, the expected shares at the quality that is found are the observed ones, and
// those who live away give to their origin in the wanted mean (E9, E8).
func TestInversion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit, size := rapid.Float64Range(0.05, 1), rapid.Float64Range(5, 20)
		p := eager()
		p.Motive.Gift = unit.Draw(t, "gift")
		p.Motive.Tie = (1 - p.Motive.Gift) * unit.Draw(t, "tie")
		p.Choice.Origin, p.Choice.Distance, p.Choice.Decline = rapid.Float64Range(0.05, 0.7).Draw(t, "origin"), unit.Draw(t, "distance"), rapid.Float64Range(1, 5).Draw(t, "decline")
		p.Attention.Local = rapid.Float64Range(0, 0.5).Draw(t, "local")
		d := newLand(p, 1, []int{0}, []int{40})
		for i, known := range d.receipts {
			if known > 0 {
				d.receipts[i] = size.Draw(t, "receipts")
			}
		}
		g := &Givers{Away: [][]float64{make([]float64, seats), make([]float64, seats)}}
		for range 6 {
			g.Home = append(g.Home, size.Draw(t, "givers"))
		}
		for r := range 2 {
			left := g.Home[3*r] + g.Home[3*r+1] + g.Home[3*r+2]
			for i, known := range d.receipts {
				if known > 0 {
					g.Away[r][i] = left * unit.Draw(t, "away") / 8
				}
			}
		}
		excluded := rapid.SampledFrom([]string{"none", "town"}).Draw(t, "excluded")
		m := NewMarket(&p, d.places, 6, 2, &Start{Receipts: d.receipts, Givers: g, Excluded: excluded})
		log := make([]float64, seats)
		for i := range log {
			log[i] = m.level[i] + m.xi[i]
		}
		v := m.newInversion()
		total := v.expect(log, m.barred)
		for i, s := range m.share {
			if math.Abs(v.out[i]/total-s) > 1e-4 {
				t.Errorf("place %d: expected share %.6f, observed %.6f", i, v.out[i]/total, s)
			}
		}
		if math.Abs(v.pull-p.Choice.Origin) > 1e-4 {
			t.Errorf("of those who live away %.6f give to their origin, want %.6f", v.pull, p.Choice.Origin)
		}
	})
}

// TestStart: donors who come from where the market takes them to come from give in the observed shares, all nests and the rule on residence together, though
// many have a tie to a place. Here residents of 0 and 1 come from 3, those of 5 from 2.
func TestStart(t *testing.T) {
	p := eager()
	p.Motive = Motive{Gift: 0.4, Tie: 0.35}
	p.Choice.Origin, p.Choice.Distance, p.Choice.Decline = 0.5, 0.5, 3
	from := map[uint16]uint16{0: 3, 1: 3, 5: 2}
	for _, excluded := range []string{"none", "town", "province"} {
		d := newLand(p, 30000, []int{0, 1, 5}, []int{40})
		g := &Givers{Home: []float64{1, 1, 0, 0, 0, 1}, Away: [][]float64{{0, 0, 0, 2, 0, 0, 0, 0}, {0, 0, 1, 0, 0, 0, 0, 0}}}
		d.market = NewMarket(&d.params, d.places, 6, 2, &Start{Receipts: d.receipts, Givers: g, Excluded: excluded})
		d.yearly.Market = d.market
		d.consider(false, 0)
		d.each(func(s uint32) {
			d.persons.Origin[s] = d.persons.Home[s]
			if o, ok := from[d.persons.Home[s]]; ok {
				d.persons.Origin[s] = o
			}
		})
		fits(t, "barred: "+excluded, d.received(residency(t, excluded)), d.shares())
	}
}

// TestLocal: what a province's own governments received a giver raises the hazard from outside the peer group by the power gamma, relative to the mean of givers; peers do
// not count twice, and without gamma all provinces are alike.
func TestLocal(t *testing.T) {
	p := eager()
	p.Attention = Attention{External: 0.02, Peer: 0.5, Local: 0.3}
	d := newLand(p, 1, []int{0}, []int{40})
	l := lawOf(t, law.Korea, 2023)
	g := &Givers{Home: []float64{60, 10, 10, 5, 5, 10}, Away: [][]float64{make([]float64, seats), make([]float64, seats)}}
	// Province 0 (towns 0-2, government 6) received 39 and has 80 givers, province 1 received 53 and has 20.
	a, b := math.Pow(39.0/80, 0.3), math.Pow(53.0/20, 0.3)
	mean := 0.8*a + 0.2*b
	peers := make([][AgeBands]float64, 2)
	peers[0][2], peers[1][2] = 0.1, 0.1
	for gamma, want := range map[float64][2]float64{0: {0.02, 0.02}, 0.3: {0.02 * a / mean, 0.02 * b / mean}} {
		d.params.Attention.Local = gamma
		d.market = NewMarket(&d.params, d.places, 6, 2, &Start{Receipts: d.receipts, Givers: g})
		d.yearly.Market = d.market
		y := d.prepare(2023, l, true, peers)
		for r, w := range want {
			if got := -math.Log(1 - float64(y.attend[r][2])/(1<<64)); math.Abs(got-w-0.05) > 1e-9 {
				t.Errorf("gamma %g, province %d: hazard %.6f, want %.6f", gamma, r, got, w+0.05)
			}
		}
	}
}

// TestClasses: while the scheme is young the mean log quality of a class nears that of all places by rho a year, from 2023 to 2024 as that of Korea's gu and gun did;
// once it is mature the difference stays (E9).
func TestClasses(t *testing.T) {
	p := eager()
	p.Quality.Persist, p.Quality.Settled, p.Quality.Young = 0.7, 0.95, 2
	d := newLand(p, 1, []int{0}, []int{40})
	for i := range d.places {
		d.places[i].Class = []string{"gun", "gu"}[i%2]
	}
	d.market = NewMarket(&d.params, d.places, 6, 2, &Start{Receipts: d.receipts, Launch: 2023})
	l := lawOf(t, law.Korea, 2023)
	apart := d.market.level[0] - d.market.level[1]
	for y, want := range []float64{1, 0.7, 0.7, 0.7} {
		d.market.Prepare(seed, 2023+y, y == 0, l, nil)
		if got := d.market.level[0] - d.market.level[1]; math.Abs(got-want*apart) > 1e-9 {
			t.Errorf("year %d: classes lie %.4f apart, want %.4f", y, got, want*apart)
		}
	}
}

// TestNovelGlow: of warm-glow donors, amount.novelty give up to the kink after the first year of the scheme; nobody else changes. A person's own type moves only
// from warm glow to kink.
func TestNovelGlow(t *testing.T) {
	p := eager()
	p.Amount.NoLoss, p.Amount.Kink, p.Amount.WarmGlow, p.Amount.Novelty = 0.1, 0.5, 0.3, 0.4
	launch, later := newTables(&p, true), newTables(&p, false)
	p.Amount.Novelty = 0
	null := newTables(&p, false)
	moved := 0
	for u := range uint64(1 << 16) {
		a, b := launch.kindOf(u), later.kindOf(u)
		if null.kindOf(u) != a {
			t.Fatalf("trait %d: %d in the launch year, %d without novelty", u, a, null.kindOf(u))
		}
		if a != b {
			moved++
			if a != glow || b != kink {
				t.Fatalf("trait %d: type %d becomes %d", u, a, b)
			}
		}
	}
	if want := 0.4 * 0.3 * 65536; math.Abs(float64(moved)-want) > 2 {
		t.Errorf("%d of 65536 become kink donors, want %.0f", moved, want)
	}
}

// TestNovelMonths: of the launch year's records timing.novelty are spread evenly, the others and later years have the usual December.
func TestNovelMonths(t *testing.T) {
	p := eager()
	p.Timing = Timing{December: 0.5, Autumn: 0.2, Novelty: 0.25}
	for launch, want := range map[int]float64{2023: 0.75*0.5 + 0.25/12, 2022: 0.5} {
		d := newLand(p, 60000, []int{0}, []int{40})
		d.yearly.Launch = launch
		d.consider(false, 0)
		w := d.give(d.prepare(2023, residency(t, "town"), true, nil), 2023)
		all := int64(0)
		for _, m := range w.Months {
			all += m.Records
		}
		near(t, fmt.Sprintf("launched in %d: records in December", launch), w.Months[11].Records, float64(all), want)
	}
}

// TestHomingCoupled: more quality at one place moves tie donors from there to it, and of the others none to a place of origin that they had not.
func TestHomingCoupled(t *testing.T) {
	p := eager()
	p.Motive = Motive{Tie: 1}
	p.Choice.Origin, p.Choice.Distance = 0.4, 1
	last := [2]map[uint32]uint16{{}, {}}
	for k, lasting := range []float64{0, 0.5} {
		d := newLand(p, 20000, []int{0}, []int{40})
		d.consider(false, 0)
		d.each(func(s uint32) { d.persons.Origin[s] = uint16(1 + 2*(s%2)) })
		d.market.lasting[3] = lasting
		d.received(residency(t, "town"))
		d.each(func(s uint32) { last[k][s] = d.persons.Last[s] })
	}
	gained := 0
	for s, to := range last[0] {
		if now := last[1][s]; now != to {
			if now == 3 {
				gained++
			} else if to == people.None || now == uint16(1+2*(s%2)) {
				t.Fatalf("slot %d moves from %d to %d", s, to, now)
			}
		}
	}
	if gained < 500 {
		t.Errorf("only %d move to the place of more appeal", gained)
	}
}

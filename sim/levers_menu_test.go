package sim_test

import (
	"reflect"
	"testing"

	"gohyang/sim"
	"gohyang/sim/law"
	"gohyang/sim/people"
)

// declining is the first of the stylised country's declining places, see rich; those after it decline too, but for the two governments at the end.
const declining = 151

// weak sums a year's receipts of declining places and of all others.
func weak(o outcome) (in, out int64) {
	for i, a := range o.received {
		if i >= declining && i < 226 {
			in += a
		} else {
			out += a
		}
	}
	return in, out
}

// TestDecliningLever (R3): the higher rate for depopulation areas is seen by who gives beyond the kink. He gives more there, and if he compares offers he is
// turned there: other places lose. Nobody starts or stops giving, for below the kink everything comes back anyway. At the tiers' own rate nothing moves; without
// donors who compare offers only amounts move, and other places receive to the won what they did.
func TestDecliningLever(t *testing.T) {
	bonus := func(r *law.Rules) { r.Credit.Declining = 0.5 }
	generous := func(c *sim.Config, _ *law.Rules) { c.Giving.Amount.WarmGlow, c.Giving.Amount.Kink = 0.3, 0.5 }
	idle(t, "a credit for declining places at the tiers' rate", false, generous, func(r *law.Rules) { r.Credit.Declining = 0.165 })
	idle(t, "a credit for declining places without donors beyond the kink", false,
		func(c *sim.Config, _ *law.Rules) {
			c.Giving.Amount.Kink, c.Giving.Amount.NoLoss, c.Giving.Amount.WarmGlow = 1, 0, 0
		}, bonus)

	before, _, _ := lives(t, false, generous)
	after, _, _ := lives(t, false, func(c *sim.Config, r *law.Rules) { generous(c, r); bonus(r) })
	for y := range before {
		in, out := weak(before[y])
		more, less := weak(after[y])
		within(t, "what declining places receive", over(more, in), 1.05, 2.5)
		if y == 0 && (less >= out || after[y].donors != before[y].donors) {
			t.Errorf("others receive %d of %d by %d donors of %d, want less by as many", less, out, after[y].donors, before[y].donors)
		}
		if r := after[y].relief - before[y].relief; r <= 0 {
			t.Errorf("year %d: relief rises by %d", y, r)
		}
	}

	loyal := func(c *sim.Config, r *law.Rules) { generous(c, r); c.Giving.Motive.Gift = 0 }
	before, _, _ = lives(t, false, loyal)
	after, _, _ = lives(t, false, func(c *sim.Config, r *law.Rules) { loyal(c, r); bonus(r) })
	in, _ := weak(before[0])
	more, _ := weak(after[0])
	if !reflect.DeepEqual(after[0].received[:declining], before[0].received[:declining]) || more <= in {
		t.Errorf("donors by tie and empathy: declining places receive %d, before %d; or others receive something else", more, in)
	}
}

// TestDecliningCoupling (R3): the rate moves gift donors beyond the kink to declining places and nobody else: who gave to such a place stays with it.
func TestDecliningCoupling(t *testing.T) {
	lived := func(rate float64) map[uint64]sim.Person {
		cfg := steady(t, false, func(c *sim.Config, r *law.Rules) {
			c.Giving.Amount.WarmGlow, c.Giving.Amount.Kink, r.Credit.Declining = 0.3, 0.5, rate
			c.Last = c.First
		})
		return persons(must(live(t, cfg, sim.Layout{})))
	}
	a, b := lived(0), lived(0.5)
	moved := 0
	for id, p := range a {
		q := b[id]
		if p.Last == q.Last {
			continue
		}
		moved++
		if p.Last >= declining && p.Last < 226 || q.Last < declining || q.Last >= 226 {
			t.Errorf("%+v became %+v", p, q)
		}
	}
	if moved == 0 {
		t.Error("nobody is turned: nothing is tested")
	}
}

// yearBook is one year of the accounts.
type yearBook struct {
	towns  []sim.Town
	ledger []sim.Line
}

type shelf []yearBook

func (s *shelf) Observe(r *sim.Record) error {
	*s = append(*s, yearBook{append([]sim.Town(nil), r.Towns...), append([]sim.Line(nil), r.Ledger...)})
	return nil
}

// paid sums a kind of entry by place, between two sectors ("" = any).
func (b yearBook) paid(entry, from, to string) (sum int64, by map[int]int64) {
	by = map[int]int64{}
	for _, l := range b.ledger {
		if l.Entry == entry && (from == "" || l.From == from) && (to == "" || l.To == to) {
			sum += l.Amount
			by[l.Place] += l.Amount
		}
	}
	return sum, by
}

// TestHomeShare (R4): where everybody's origin is in the other of two provinces, each provincial government gets exactly the home share of what the residents of
// the other give, in the first year, before anybody moves; recipients pay it in proportion to what they received, and giving does not change. Without origins nothing moves.
func TestHomeShare(t *testing.T) {
	const x = 0.25
	settle := func(share float64, origins bool) yearBook {
		var s shelf
		live(t, steady(t, false, func(c *sim.Config, r *law.Rules) {
			c.Last, r.Redistribution = c.First, law.Redistribution{HomeShare: share}
			if c.Origins = nil; origins {
				c.Origins = &people.Origins{Province: [][]float64{{0, 1}, {1, 0}}, Town: []float64{0, 0}}
			}
		}), sim.Layout{}, &s)
		return s[0]
	}
	with, without := settle(x, true), settle(0, true)
	paid, by := with.paid("redistribution.home", "", "pool")
	got, home := with.paid("redistribution.home", "pool", "provinces")
	received, given := int64(0), [2]int64{}
	for i := range with.towns {
		a, b := &with.towns[i], &without.towns[i]
		received += a.ReceivedAmount
		if i < 226 {
			given[i%2] += a.GivenAmount
		}
		if a.ReceivedAmount != b.ReceivedAmount || a.GivenAmount != b.GivenAmount || a.Net-b.Net != a.Redistribution {
			t.Fatalf("place %d: %+v with the home share, %+v without", i, a, b)
		}
		within(t, "what a recipient pays, off by", float64(by[i])-x*float64(a.ReceivedAmount), -1, 1)
	}
	if paid != got || received == 0 {
		t.Errorf("recipients pay %d and provinces get %d", paid, got)
	}
	for r := range given {
		within(t, "what a province gets, off by", float64(home[226+r])-x*float64(given[1-r]), -1, 1)
	}
	if n, _ := settle(x, false).paid("redistribution.home", "", ""); n != 0 {
		t.Errorf("%d moves without origins", n)
	}
}

// TestCorporationsLever (L16): corporations of a province give the stated share of its local tax, all of it to recipients of the other province; the deduction is
// borne in the next year by the state and the province, as stated. No person gives a won more or less, to anybody.
func TestCorporationsLever(t *testing.T) {
	run := func(admit bool) shelf {
		var s shelf
		live(t, steady(t, false, policy(func(r *law.Rules) { r.Donors.Corporations = admit })), sim.Layout{}, &s)
		return s
	}
	with, without := run(true), run(false)
	want := [2]int64{} // of province 0 by corporations of 1: a hundredth of local tax, see everything
	for i, p := range steady(t, false, asIs).Places {
		want[(i+1)%2] += p.LocalTax / 100
		if p.Province != i%2 {
			t.Fatal("provinces do not alternate")
		}
	}
	for y := range with {
		got := [2]int64{}
		for i := range with[y].towns {
			a, b := &with[y].towns[i], &without[y].towns[i]
			got[i%2] += a.Corporate
			if a.ReceivedAmount != b.ReceivedAmount || a.GivenAmount != b.GivenAmount || a.Donors != b.Donors || a.Relief != b.Relief || b.Corporate != 0 || b.CorporateRelief != 0 ||
				a.ReliefState != b.ReliefState || a.ReliefTown != b.ReliefTown || a.Gifts != b.Gifts {
				t.Fatalf("place %d: %+v with corporations, %+v without", i, a, b)
			}
		}
		if got != want {
			t.Errorf("year %d: provinces receive %v, want %v", y, got, want)
		}
		state, _ := with[y].paid("relief.corporate.state", "state", "donors")
		own, _ := with[y].paid("relief.corporate", "provinces", "donors")
		if due := min(int64(y), 1) * (want[0] + want[1]); state != due/5 || own != due/50 {
			t.Errorf("year %d: the deduction costs the state %d and provinces %d, want a fifth and a fiftieth of last year's %d", y, state, own, due)
		}
	}
}

// TestMenuLayout: the credit for declining places, the home share and corporations give the same records and the same world for any layout.
func TestMenuLayout(t *testing.T) {
	menu := func() *sim.Config {
		return steady(t, false, func(c *sim.Config, r *law.Rules) {
			c.Giving.Amount.WarmGlow, c.Giving.Amount.Kink = 0.3, 0.5
			r.Credit.Declining, r.Donors.Corporations, r.Redistribution.HomeShare = 0.5, true, 0.25
		})
	}
	var want trace
	_, digests := live(t, menu(), sim.Layout{Workers: 1}, &want)
	for _, l := range []sim.Layout{{Workers: 2}, {Workers: 3, Tile: 3, Block: 64 * 3, Slack: 40}, {Workers: 16, Tile: 1, Block: 64}} {
		var got trace
		if _, d := live(t, menu(), l, &got); d != digests || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v: another world", l)
		}
	}
}

package sim_test

import (
	"reflect"
	"testing"

	"gohyang/sim"
	"gohyang/sim/law"
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

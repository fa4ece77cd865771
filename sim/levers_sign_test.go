package sim_test

import (
	"reflect"
	"testing"

	"gohyang/sim"
	"gohyang/sim/giving"
	"gohyang/sim/law"
	"gohyang/sim/people"
)

// outcome is what a lever is judged by: the sums of a year, and each place's receipts.
type outcome struct {
	donors, records, amount, relief, gifts, fees, operating, above int64
	received                                                       []int64
}

func (o outcome) kept() float64 {
	return float64(o.amount-o.gifts-o.fees-o.operating) / float64(o.amount)
}

// outcomes sums the records of a run; above counts donors of more than the kink of 100,000.
type outcomes []outcome

func (out *outcomes) Observe(r *sim.Record) error {
	o := outcome{}
	for i := range r.Towns {
		t := &r.Towns[i]
		o.donors, o.records, o.amount, o.relief = o.donors+t.Donors, o.records+t.GivenRecords, o.amount+t.GivenAmount, o.relief+t.Relief
		o.gifts, o.fees, o.operating = o.gifts+t.Gifts, o.fees+t.Fees, o.operating+t.Operating
		o.received = append(o.received, t.ReceivedAmount)
	}
	for _, d := range r.Donors {
		if d.Amount > 1 {
			o.above += d.Donors
		}
	}
	*out = append(*out, o)
	return nil
}

// steady is the rich country under a law that stays, in which everybody's lever has something to hold: portals that all towns list on, two bands of amount
// around the kink, no dated push or deadline, and no events but those a test adds.
func steady(tb testing.TB, ceiling bool, change func(*sim.Config, *law.Rules)) *sim.Config {
	tb.Helper()
	cfg := everything(tb, ceiling)
	cfg.Deadlines, cfg.Events, cfg.Giving.Shock.Push, cfg.Giving.Listing = nil, nil, 0, giving.Listing{Start: 1}
	cfg.Effects, cfg.Ties.Resident = people.Effects{}, 0 // giving moves nobody
	cfg.Giving.Quality.Imitate, cfg.Giving.Quality.Respond = 0, 0
	cfg.Giving.Quality.Shock, cfg.Giving.Quality.Calm = 0.2, 0.2
	cfg.Bands.Amount = [giving.AmountBands - 1]int64{99999, 100000, 5e5, 1e6, 5e6, 1e7, 1e8}
	for i, l := range cfg.Laws {
		r := l.Rules
		r.Gift.Limit, r.Gift.Exclude = cfg.Laws[0].Rules.Gift.Limit, nil
		change(cfg, &r)
		compiled, err := law.Compile(cfg.Country, cfg.First+i, r)
		if err != nil {
			tb.Fatal(err)
		}
		cfg.Laws[i] = compiled
	}
	cfg.Laws = cfg.Laws[:cfg.Last-cfg.First+1]
	return cfg
}

func asIs(*sim.Config, *law.Rules) {}

// policy is a change of the law alone.
func policy(f func(*law.Rules)) func(*sim.Config, *law.Rules) {
	return func(_ *sim.Config, r *law.Rules) { f(r) }
}

// lives runs the steady country after a change.
func lives(t *testing.T, ceiling bool, change func(*sim.Config, *law.Rules)) (outcomes, trace, *sim.World) {
	t.Helper()
	var out outcomes
	var got trace
	w, _ := live(t, steady(t, ceiling, change), sim.Layout{}, &out, &got)
	return out, got, w
}

// pair is the steady country with and without a change.
func pair(t *testing.T, ceiling bool, change func(*law.Rules)) (before, after outcomes) {
	t.Helper()
	before, _, _ = lives(t, ceiling, asIs)
	after, _, _ = lives(t, ceiling, policy(change))
	return before, after
}

// idle fails if a change of the law moves a single byte of the records.
func idle(t *testing.T, what string, ceiling bool, set func(*sim.Config, *law.Rules), change func(*law.Rules)) {
	t.Helper()
	_, want, _ := lives(t, ceiling, set)
	_, got, _ := lives(t, ceiling, func(c *sim.Config, r *law.Rules) { set(c, r); change(r) })
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s does not bind, but changes the records", what)
	}
}

// within fails if a ratio lies outside a range.
func within(t *testing.T, what string, got, lo, hi float64) {
	t.Helper()
	if !(got >= lo && got <= hi) {
		t.Errorf("%s: %.4f, want %.4f to %.4f", what, got, lo, hi)
	}
}

func over(a, b int64) float64 { return float64(a) / float64(b) }

// TestCapLever (L1): a cap is a bound, not a price. It takes what warm-glow donors give above it and moves nobody else: the offer up to the kink is the same,
// so that every donor stays. A cap below the kink halves the gift of whoever sees only the kink, and makes it less worth the trouble. P10: at 5 million nobody
// is held.
func TestCapLever(t *testing.T) {
	idle(t, "a cap of 20 million where nobody gives five", false, asIs, func(r *law.Rules) { r.Cap = 20e6 })
	before, after := pair(t, false, func(r *law.Rules) { r.Cap = 300000 })
	for y := range before {
		if before[y].donors != after[y].donors {
			t.Errorf("year %d: a cap above the kink changes donors from %d to %d", y, before[y].donors, after[y].donors)
		}
		within(t, "amount under a cap of three kinks", over(after[y].amount, before[y].amount), 0.75, 0.995)
	}
	before, after = pair(t, false, func(r *law.Rules) { r.Cap, r.Credit.Tiers = 50000, []law.Tier{{Upto: 50000, Rate: 1}} })
	within(t, "donors under a cap of half the kink", over(after[0].donors, before[0].donors), 0.6, 0.999)
	within(t, "amount under a cap of half the kink", over(after[0].amount, before[0].amount), 0.25, 0.5)
}

// TestTierLever (L2): who gives up to the kink follows it: twice the line, twice the gift, and more donors because the valued gift is worth twice as much
// against the same hassle: at most by Phi(ln 2)/Phi(0) = 1.51, where half would give before. A part-credit of 44% beyond the kink leaves 1 - 0.44 - 0.3 to pay, so
// an optimiser stays where he was (model.md 5.1): only the no-loss and warm-glow donors, 7%, move.
func TestTierLever(t *testing.T) {
	wide := func(_ *sim.Config, r *law.Rules) {
		r.Cap, r.Credit.Tiers = 20e6, []law.Tier{{Upto: 100000, Rate: 1}, {Upto: 20e6, Rate: 0.165}}
	}
	idle(t, "the credit on a slice above every donation", false, wide, func(r *law.Rules) {
		r.Credit.Tiers = []law.Tier{{Upto: 100000, Rate: 1}, {Upto: 10e6, Rate: 0.165}, {Upto: 20e6, Rate: 0.5}}
	})
	before, after := pair(t, false, func(r *law.Rules) {
		r.Credit.Tiers = []law.Tier{{Upto: 200000, Rate: 1}, {Upto: 5e6, Rate: 0.165}}
	})
	within(t, "amount after doubling the line", over(after[0].amount, before[0].amount), 1.8, 2.9)
	within(t, "donors after doubling the line", over(after[0].donors, before[0].donors), 1.05, 1.51)
	before, after = pair(t, false, func(r *law.Rules) {
		r.Credit.Tiers = []law.Tier{{Upto: 100000, Rate: 1}, {Upto: 200000, Rate: 0.44}, {Upto: 5e6, Rate: 0.165}}
	})
	within(t, "donors after a credit of 44% on the next slice", over(after[0].donors, before[0].donors), 1, 1.02)
	within(t, "donors above the line after a credit of 44% on the next slice", over(after[0].above, before[0].above), 1, 1.1)
	within(t, "amount after a credit of 44% on the next slice", over(after[0].amount, before[0].amount), 1, 1.15)
	if a, b := after[0].donors-after[0].above, before[0].donors-before[0].above; a > b {
		t.Errorf("%d donors stop at or below the line after the 44%%, %d before", a, b)
	}
}

// TestFloorLever (L3): the floor is a fixed cost of taking part, 3,000 more of a surplus of a fifth or more of the gift: a few marginal donors stop, nobody starts,
// and the relief per donor falls by about the difference. Without a ceiling law there is no floor.
func TestFloorLever(t *testing.T) {
	idle(t, "the floor under a tiers law", false, asIs, func(r *law.Rules) { r.Credit.Floor = 5000 })
	before, after := pair(t, true, func(r *law.Rules) { r.Credit.Floor = 5000 })
	within(t, "donors under a floor of 5,000 instead of 2,000", over(after[0].donors, before[0].donors), 0.9, 0.9999)
	own := func(o outcome) float64 { return float64(o.amount-o.relief) / float64(o.donors) }
	within(t, "what a donor pays himself, difference", own(after[0])-own(before[0]), 1500, 4500)
}

// TestCeilingLever (L4): donors measure by their limit, so twice the rate is twice the gift, and nobody who gave stops, for he is offered more. An absolute
// ceiling above every limit does nothing.
func TestCeilingLever(t *testing.T) {
	idle(t, "an absolute ceiling above every limit", true, asIs, func(r *law.Rules) { r.Credit.CeilingAbsolute = 1e9 })
	before, _, a := lives(t, true, onlyFirst(asIs))
	after, _, b := lives(t, true, onlyFirst(policy(func(r *law.Rules) { r.Credit.CeilingRate = 0.4 })))
	within(t, "amount under twice the ceiling", over(after[0].amount, before[0].amount), 1.7, 2.5)
	within(t, "donors under twice the ceiling", over(after[0].donors, before[0].donors), 1, 1.5)
	now, stopped := persons(b), 0
	for id, p := range persons(a) {
		if p.Donor && !now[id].Donor {
			stopped++
		}
	}
	if stopped > 0 {
		t.Errorf("%d donors stop when they are offered twice the ceiling", stopped)
	}
	before, after = pair(t, true, func(r *law.Rules) { r.Credit.CeilingAbsolute = 400000 })
	within(t, "amount under an absolute ceiling of a third of the usual limit", over(after[0].amount, before[0].amount), 0.2, 0.8)
}

// onlyFirst ends the run after its first year, where a comparison of persons needs the same start.
func onlyFirst(change func(*sim.Config, *law.Rules)) func(*sim.Config, *law.Rules) {
	return func(c *sim.Config, r *law.Rules) {
		change(c, r)
		c.Last, c.Start.Donors = c.First, nil // last year's donors are drawn from those who would give under the first law
	}
}

// TestGiftLever (L5): a third less gift is a third less surplus at the kink: donors fall, by far less than a third because the hassle of most lies well below
// (national elasticity 0 to 0.74, section 6). Towns keep the difference, 10% of receipts times the take-up of 75%; where they may promote instead, part of it goes
// there (E13), the more the cheaper promotion is, so that net revenue does not rise by the arithmetic of the limit. A limit above what towns want does nothing.
func TestGiftLever(t *testing.T) {
	modest := func(c *sim.Config, _ *law.Rules) { // wants 0.9 - 1/(1.5 (1-s)), below the limit of 0.3
		c.Giving.Choice.GiftWeight, c.Giving.Quality.Respond, c.Giving.Quality.Start = 1.5, 0.5, 0.1
	}
	idle(t, "a gift limit above what towns want", false, modest, func(r *law.Rules) { r.Gift.Limit = 0.28 })
	cut := func(theta float64, limit float64) outcomes {
		out, _, _ := lives(t, false, func(c *sim.Config, r *law.Rules) {
			c.Giving.Quality.Respond, c.Giving.Quality.Adjust, c.Giving.Quality.Effort = 1, 1, theta
			r.Gift.Limit = limit
		})
		return out
	}
	before, after := cut(0, 0.3), cut(0, 0.2)
	within(t, "donors under a gift limit of 0.2 instead of 0.3", over(after[0].donors, before[0].donors), 0.75, 0.995)
	within(t, "what towns keep more", after[3].kept()-before[3].kept(), 0.0749, 0.0751)
}

// TestPromotionResponse (E13): the limit falls in the second year. Without promotion towns keep the whole 7.5% that gifts no longer take; the
// cheaper promotion is, the more of it goes into operation; and a law that limits operation to what it is leaves no room to move.
func TestPromotionResponse(t *testing.T) {
	run := func(theta, limit, operating float64) outcome {
		cfg := steady(t, false, func(c *sim.Config, r *law.Rules) {
			c.Giving.Quality.Respond, c.Giving.Quality.Adjust, c.Giving.Quality.Effort = 1, 1, theta
			r.Cost.Operating = operating
		})
		for _, l := range cfg.Laws[1:] {
			l.Rules.Gift.Limit = limit
		}
		var out outcomes
		live(t, cfg, sim.Layout{}, &out)
		return out[len(out)-1]
	}
	last := 1.0
	for _, theta := range []float64{0, 0.5, 2, 8} {
		before, after := run(theta, 0.3, 1), run(theta, 0.2, 1)
		gain := after.kept() - before.kept()
		if gain >= last || gain <= 0 {
			t.Errorf("theta %g: towns keep %.4f more of each won, want less than %.4f and more than nothing", theta, gain, last)
		}
		if theta > 0 && after.operating*before.amount <= before.operating*after.amount {
			t.Errorf("theta %g: operation takes %.4f after %.4f, want more", theta, over(after.operating, after.amount), over(before.operating, before.amount))
		}
		last = gain
	}
	within(t, "cheap promotion: part of the 7.5% that towns keep", last/0.075, 0, 0.6)
	gain := run(8, 0.2, 0.1).kept() - run(8, 0.3, 0.1).kept()
	within(t, "operation limited to what it is: towns keep", gain, 0.0749, 0.0751)
	if a, b := run(0, 0.3, 1), run(8, 0.3, 1); !reflect.DeepEqual(a, b) {
		t.Error("promotion matters although the limit never changes: the observed cost of operation contains it")
	}
}

// TestExclusionLever (L5, P5): giving is for the relief and the gift of any town; where one town is shut, its donors go elsewhere and nobody stops. The rest of
// the country gains what the town loses, and no other donor moves. Shutting a place that takes no donations does nothing.
func TestExclusionLever(t *testing.T) {
	idle(t, "excluding a government that takes no donations", false, asIs, func(r *law.Rules) { r.Gift.Exclude = []string{"99000"} })
	before, _, a := lives(t, false, onlyFirst(asIs))
	after, _, b := lives(t, false, onlyFirst(policy(func(r *law.Rules) { r.Gift.Exclude = []string{code(100)} })))
	if before[0].donors != after[0].donors || before[0].amount != after[0].amount || after[0].received[100] != 0 || before[0].received[100] == 0 {
		t.Errorf("donors %d and amount %d became %d and %d, the town's receipts %d became %d; want the same, and none", before[0].donors, before[0].amount,
			after[0].donors, after[0].amount, before[0].received[100], after[0].received[100])
	}
	now := persons(b)
	for id, p := range persons(a) {
		if q := now[id]; p.Donor != q.Donor || p.Last != 100 && p.Last != q.Last {
			t.Fatalf("%+v became %+v though he did not give to the excluded town", p, q)
		}
	}
}

// TestConvenienceLever (L8): each easier way to the relief costs the donor a smaller part of the hassle of a return (0.6, 0.3 here), so donors rise in the order
// return, one-stop, automatic, by less than the surplus-to-hassle ratio and with unchanged amounts. The number of bodies binds only who would give to more.
func TestConvenienceLever(t *testing.T) {
	idle(t, "the number of bodies where relief is automatic", false, asIs, func(r *law.Rules) { r.Convenience.Bodies = 3 })
	idle(t, "as many bodies as records", true, func(c *sim.Config, r *law.Rules) { r.Convenience.Bodies = 0 },
		func(r *law.Rules) { r.Convenience.Bodies = 6 })
	last := int64(0)
	var one, none outcomes
	for _, way := range []string{"return", "one_stop", "automatic"} {
		out, _, _ := lives(t, true, func(c *sim.Config, r *law.Rules) {
			c.Giving.Hassle.Median = 300000
			r.Convenience.Filing = way
		})
		if way == "one_stop" {
			one = out
		}
		if last > 0 {
			within(t, "donors of "+way+" over the harder way", over(out[0].donors, last), 1.02, 2.5)
		}
		last = out[0].donors
	}
	none, _, _ = lives(t, true, func(c *sim.Config, r *law.Rules) { c.Giving.Hassle.Median, r.Convenience.Bodies = 300000, 0 })
	if one[0].donors != none[0].donors || one[0].amount != none[0].amount || one[0].records >= none[0].records {
		t.Errorf("five bodies: %+v; any number: %+v; want the same donors and amount in fewer records", one[0], none[0])
	}
}

// TestPlatformLever (L9): portals that may list bring donors in (m_platform) and take a fee: more is given, less of each won is kept. Points are a gift to the
// donor: 5% of the donation on top of a gift of 30% raises donors a little. A portal's fee by law below what portals take anyway does nothing, and
// without their push and their fee portals are only another counter.
func TestPlatformLever(t *testing.T) {
	idle(t, "portals without push and fee", false, func(c *sim.Config, _ *law.Rules) { c.Giving.Attention.Platform, c.Giving.Quality.Fee = 0, 0 },
		func(r *law.Rules) { r.Platform.Private = true })
	idle(t, "a fee by law below the usual one", true, asIs, func(r *law.Rules) { r.Platform.Fee = 0.05 })
	before, after := pair(t, false, func(r *law.Rules) { r.Platform.Private = true })
	for y := range before {
		within(t, "donors with portals", over(after[y].donors, before[y].donors), 1.01, 1.6)
		within(t, "what towns keep less", before[y].kept()-after[y].kept(), 0.0999, 0.1001)
	}
	before, after = pair(t, false, func(r *law.Rules) { r.Platform.Points = 0.05 })
	within(t, "donors with points of 5%", over(after[0].donors, before[0].donors), 1.001, 1.15)
}

// TestDisasterLever (L12): the higher rate holds for gifts above the first tier to a struck place within its months: it raises relief, and what
// warm-glow donors give there: their price falls from 1 - 0.165 - 0.3 to 1 - 0.33 - 0.3, so they give (0.535/0.37)^0.5 - 1 = 20% more at an elasticity of -0.5,
// and nobody else moves. Where gifts go does not change, for the empathy comes from the disaster, not the credit (section 7: most gifts lie below the
// kink). Without a disaster, at the usual rate, or under a ceiling law there is no effect.
func TestDisasterLever(t *testing.T) {
	boost := func(r *law.Rules) { r.Disaster.Rate, r.Disaster.Months = 0.33, 3 }
	struck := func(c *sim.Config, _ *law.Rules) {
		c.Events = []sim.Event{{Year: 2026, Month: 3, Kind: sim.Disaster, Place: 0, Severity: 200}}
		c.Giving.Amount.WarmGlow, c.Giving.Amount.Kink = 0.3, 0.5
	}
	idle(t, "the credit for disaster areas without a disaster", false, asIs, boost)
	idle(t, "a credit for disaster areas at the usual rate", false, struck, func(r *law.Rules) { r.Disaster.Rate, r.Disaster.Months = 0.165, 3 })
	idle(t, "the credit for disaster areas under a ceiling law", true, struck, boost)
	before, _, _ := lives(t, false, struck)
	after, _, _ := lives(t, false, func(c *sim.Config, r *law.Rules) { struck(c, r); boost(r) })
	for y := range before {
		more := after[y].relief - before[y].relief
		if after[y].donors != before[y].donors || y == 0 && !reflect.DeepEqual(after[y], before[y]) ||
			y == 1 && !reflect.DeepEqual(after[y].received[1:], before[y].received[1:]) {
			t.Errorf("year %d: the credit moves donors, or donations to other places", y)
		}
		gain := after[y].received[0] - before[y].received[0]
		if most := int64(0.165*float64(before[y].received[0]) + 0.33*float64(gain)); y == 1 && (more <= 0 || more > most) {
			t.Errorf("year %d: relief rises by %d, want something and at most %d", y, more, most)
		}
		if y == 1 {
			within(t, "what the struck place receives", over(after[y].received[0], before[y].received[0]), 1.02, 1.2)
		}
	}
}

// TestBeforeTheRun: what a scenario changes from the first year on changes neither who gave in the year before nor the relief they have yet to get.
func TestBeforeTheRun(t *testing.T) {
	type inherited struct{ state, borne int64 }
	first := func(change func(*law.Rules)) (inherited, int64) {
		var due inherited
		given := int64(0)
		b := kept(t, true, func(c *sim.Config, r *law.Rules) {
			c.Start.Before = 1e9
			if c.Before == nil {
				c.Before = c.Laws[0]
			}
			change(r)
		})
		for _, p := range b.towns[0] {
			due.state, due.borne, given = due.state+p.ReliefState, due.borne+p.ReliefTown, given+p.GivenAmount
		}
		return due, given
	}
	base, given := first(func(*law.Rules) {})
	if base.borne == 0 {
		t.Fatal("nothing is due from the year before")
	}
	for name, change := range map[string]func(*law.Rules){
		"no gifts":      func(r *law.Rules) { r.Gift.Limit = 0 },
		"lower ceiling": func(r *law.Rules) { r.Credit.CeilingRate /= 2 },
		"all local":     func(r *law.Rules) { r.Burden.StateTax = !r.Burden.StateTax },
	} {
		due, now := first(change)
		if due != base {
			t.Errorf("%s: %+v of the year before come due, want %+v", name, due, base)
		}
		if name != "all local" && now >= given {
			t.Errorf("%s: %d given in the first year, %d without: a reform that takes from donors brings more", name, now, given)
		}
	}
}

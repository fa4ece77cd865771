package giving

import (
	"slices"

	"gohyang/sim/draw"
	"gohyang/sim/law"
)

// What the special rates of the law do to donors who give beyond the kink (R3, L12): to the amount, where they know the recipient's standing, and for the rate
// for declining places, which lasts, to the choice of the recipient too.

// prefer prepares the special rates of a year: whether any holds, and the share of declining places among what gift donors choose.
func (y *Year) prefer(l *law.Law) {
	y.relieved = int(l.Rules.Disaster.Months)
	if l.Rules.Credit.Kind != "tiers" {
		return
	}
	if l.Rules.Credit.Declining > 0 {
		y.declining = y.market.market.Share(0, func(i int) bool { return y.places[i].Declining && !y.market.barred[i] })
	}
	boosted := y.relieved > 0 && l.Rules.Disaster.Rate > 0 && slices.ContainsFunc(y.market.struck, func(m uint8) bool { return m > 0 })
	y.special = boosted || y.declining > 0
}

// lure is the chance, of 65536, that the rate for declining places turns a donor who chooses by offers to one of them. What he would give there brings a bonus
// of r a won or yen more relief, which counts as gifts do: the weight of declining places, share s, rises by the factor e^(b_g r). A choice between weights so
// changed is the choice between the old ones or, with chance (e^(b_g r) - 1) s / (1 + (e^(b_g r) - 1) s), one among declining places alone: who is not turned
// stays where he was.
func (y *Year) lure(inc int, g *gift, word uint64) uint32 {
	if y.declining == 0 || g.nest >= y.tables.nest[0] {
		return 0
	}
	c := y.classes
	d, _ := c.donation(&c.of[inc], g.kind, law.Declining, word, y.tables, y.params)
	bonus := c.saved(&c.tax[inc], d, law.Declining) - c.saved(&c.tax[inc], d, law.Ordinary)
	if d <= 0 || bonus <= 0 {
		return 0
	}
	pull := float64((draw.Exp(float64(y.params.Choice.GiftWeight*(float64(bonus)/float64(d)))) - 1) * y.declining)
	return uint32(pull / (1 + pull) * 65536)
}

// standing is that of a gift to a place in a month.
func (y *Year) standing(to, month int) law.Standing {
	s := int(y.market.struck[to])
	return y.classes.law.Standing(y.places[to].Declining, s > 0 && month >= s-1 && month < s-1+y.relieved)
}

// destined is the standing of a donor's first record, the only one under a tiers law.
func (y *Year) destined(id uint64, g *gift) law.Standing {
	key := draw.Mix(draw.At(id, y.keyRecord))
	to := y.choose(key, g)
	return y.standing(to, y.monthOf(key, to, g))
}

package law

import (
	"math"
	"math/bits"
)

// Relief is what a year's donations to ordinary places save, by who gives up the tax. donated is the year's total to all recipients; filing says
// that the donor files a return (of no matter under kind tiers); bigCity that the donor's municipality shares by burden.big_city: a designated city
// (Japan), a district of a metropolitan city, Sejong or Jeju (Korea), whose metropolitan or provincial government holds the local income tax. Amounts
// above the cap earn nothing. The whole never exceeds the donation nor the tax due (t.Due + t.Local). It does not allocate.
//
// Under kind tiers the split between state and local is by burden.state, a rule of account: with an extreme share either part may exceed the tax of that
// level, though never both together.
func (l *Law) Relief(t *Taxpayer, donated int64, filing, bigCity bool) Relief {
	return l.Disaster(t, donated, 0, filing, bigCity)
}

// Disaster is Relief where toDisaster of the donated sum went to special disaster areas within their months (L12; the months are the caller's to count).
func (l *Law) Disaster(t *Taxpayer, donated, toDisaster int64, filing, bigCity bool) Relief {
	d := clamp(donated)
	zone := min(clamp(toDisaster), d)
	return l.Special(t, Split{Ordinary: d - zone, Struck: zone}, filing, bigCity)
}

// Special is Relief of donations split by the standing of who received them. Under kind tiers what lies above the first tier then earns the rate of the
// standing, credit.declining_rate or disaster.rate, where that is more than its tier's rate. Ordinary donations fill the lower slices first, then those to
// declining places: neither that order nor which rate holds where a tier already gives more (44% on 100,000-200,000 won from 2026) was seen in the law
// (judgement, in the donor's favour). Kind ceiling has no such rates: there a standing is without effect.
func (l *Law) Special(t *Taxpayer, s Split, filing, bigCity bool) Relief {
	s = s.within(l.Rules.Cap)
	if l.byTier {
		credit := min(l.tierCredit(s), t.Due+t.Local)
		state := l.state.of(credit)
		return l.bear(state, credit-state, bigCity)
	}
	return l.Bearers(l.parts(t, s.total(), 0, filing), bigCity)
}

// Bearers says who gives up the parts of a relief of kind ceiling.
func (l *Law) Bearers(p Parts, bigCity bool) Relief {
	return l.bear(p.State, p.Basic+p.Special+p.Deemed, bigCity)
}

// tierCredit is E1 before the bound by the tax due, rounded down to whole money: each part of the split lies on top of the ones before.
func (l *Law) tierCredit(s Split) int64 {
	credit, from := int64(0), int64(0)
	for k, part := range s {
		credit += l.zones[k].micros(from+part) - l.zones[k].micros(from)
		from += part
	}
	return credit / million
}

// bear splits the local part between municipality (rounded down) and province (the rest).
func (l *Law) bear(state, local int64, bigCity bool) Relief {
	part := l.town
	if bigCity {
		part = l.city
	}
	town := part.of(local)
	return Relief{State: state, Town: town, Province: local - town}
}

// Parts are the parts of a relief of kind ceiling, in whole money. Without a return State is zero and Deemed stands for it.
type Parts struct {
	State   int64 // income tax saved by filing (寄附金控除)
	Basic   int64 // basic credit of the resident tax (基本分)
	Special int64 // special credit of the resident tax (特例分)
	Deemed  int64 // credit of the resident tax in place of the income tax, one-stop (申告特例控除)
}

// Parts is the relief of kind ceiling part by part, as a tax notice shows it. plain of the donated sum went to governments without designation
// (gift.exclude), which earns the income-tax part and the basic credit of any donation but no special credit; such a donor must file. Under kind tiers there
// are no such parts: the zero Parts.
func (l *Law) Parts(t *Taxpayer, donated, plain int64, filing bool) Parts {
	if l.byTier {
		return Parts{}
	}
	d := clamp(donated)
	if l.Rules.Cap > 0 {
		d = min(d, l.Rules.Cap)
	}
	return l.parts(t, d, min(clamp(plain), d), filing)
}

// parts is E2. Everything is in millionths until it is rounded once.
func (l *Law) parts(t *Taxpayer, d, plain int64, filing bool) Parts {
	f := l.Rules.Credit.Floor
	if d <= f || t.Local == 0 && t.Due == 0 {
		return Parts{}
	}
	x := &l.tax
	income := x.income(t.Gross)
	margin := min(t.Margin, l.top)
	ceiling := l.ceiling(t)
	special := max(d-plain-f, 0) * (l.top - margin)
	capped := special > ceiling*million
	returns := filing && l.returns
	state := max(min(d, income*x.stateMax/million)-f, 0) * margin // what lowers the income tax
	if returns {
		state = min(state, t.Due*million)
	} else if capped { // one-stop: the special credit carries the income-tax part along
		state = min(state, ratio(ceiling*million, margin, l.top-margin))
	}
	basic := max(min(d, income*x.residentMax/million)-f, 0) * x.basic

	p := Parts{State: halfUp(state), Basic: halfUp(state+basic) - halfUp(state)}
	if capped {
		p.Special = ceiling
	} else {
		p.Special = halfUp(state+basic+special) - halfUp(state+basic)
	}
	if !returns {
		p.State, p.Deemed = 0, p.State
	}
	return l.bound(t, p)
}

// ratio is x * num / den, rounded down; num is less than den times a few, so that it fits.
func ratio(x, num, den int64) int64 {
	high, low := bits.Mul64(uint64(x), uint64(num))
	if high >= uint64(den) {
		return math.MaxInt64
	}
	q, _ := bits.Div64(high, low, uint64(den))
	return int64(min(q, math.MaxInt64))
}

// ceiling is theta * L, rounded down, or the absolute ceiling.
func (l *Law) ceiling(t *Taxpayer) int64 {
	c := l.levy(t) * l.theta / million
	if a := l.Rules.Credit.CeilingAbsolute; a > 0 {
		c = min(c, a)
	}
	return c
}

// levy is L: the income levy or, where there is none, the share of taxable income that stands for it.
func (l *Law) levy(t *Taxpayer) int64 {
	if l.tax.levy > 0 {
		return t.Local
	}
	return t.Taxable * l.tax.notional / million
}

// bound keeps the relief within the tax there is. With an income levy each level gives up its own tax only; where the levy is notional, the two together.
func (l *Law) bound(t *Taxpayer, p Parts) Parts {
	room := t.Local
	if l.tax.levy == 0 {
		room = t.Due + t.Local - p.State
	}
	p.Basic = min(p.Basic, room)
	p.Special = min(p.Special, room-p.Basic)
	p.Deemed = min(p.Deemed, room-p.Basic-p.Special)
	return p
}

// limit is the largest donation whose credit is complete. Kind tiers: the whole donation comes back, up to the last edge of the leading slices of rate one,
// the tax due and the cap. Kind ceiling: all above the floor comes back (全額控除上限額), rounded down; 0 for who has no tax. That is MIC's formula, which
// supposes an income tax large enough for the income-tax part: with a taxable income of a few thousand yen some yen of it are lost.
func (l *Law) limit(t *Taxpayer) int64 {
	most := int64(most)
	if l.Rules.Cap > 0 {
		most = l.Rules.Cap
	}
	if l.byTier {
		edge := int64(0)
		for _, k := range l.Rules.Credit.Tiers {
			if k.Rate < 1 {
				break
			}
			edge = k.Upto
		}
		return min(edge, t.Due+t.Local, most)
	}
	ceiling := l.ceiling(t)
	if ceiling == 0 || t.Due+t.Local == 0 {
		return 0
	}
	f := l.Rules.Credit.Floor
	margin := min(t.Margin, l.top-1)
	return min(ceiling*million/(l.top-margin)+f, t.Due+t.Local+f, most)
}

// Kinks appends to buf, in ascending order, the donations at which the price of the next won or yen changes and which an optimiser should therefore try: kind
// tiers: the upper edges below cap and tax due, then where the credit exhausts the tax due, then the cap; kind ceiling: the limit. With room for
// len(tiers)+2 amounts in buf it does not allocate.
func (l *Law) Kinks(t *Taxpayer, buf []int64) []int64 {
	if !l.byTier {
		if t.Limit > 0 {
			buf = append(buf, t.Limit)
		}
		return buf
	}
	due := (t.Due + t.Local) * million
	for i, k := range l.Rules.Credit.Tiers {
		upto := k.Upto
		if c := l.Rules.Cap; c > 0 {
			upto = min(upto, c)
		}
		if l.tiers.micros(upto) >= due { // the tax runs out in this slice
			p := l.tiers[i]
			if p.rate > 0 && due > p.base {
				buf = append(buf, p.over+(due-p.base+p.rate-1)/p.rate)
			}
			return buf
		}
		buf = append(buf, upto)
		if upto < k.Upto {
			return buf
		}
	}
	return buf
}

package giving

import (
	"gohyang/sim/draw"
	"gohyang/sim/law"
	"gohyang/sim/people"
)

// Amount types of E7, in the order of a person's trait; he keeps it for life. Who is one of kink donors' neighbours is warm-glow in the launch year only, see
// amount.novelty.
const (
	noLoss = iota
	kink
	glow
	token
	types
)

// class is the offer that the law and the gifts of one year make to an income class, by amount type.
type class struct {
	relief  [2]law.Relief // kind tiers: of the full amount at ordinary places, by whether the donor lives in a big city
	amount  [types]int64  // donation; kind ceiling, kink: the limit, before utilisation; glow: the least amount
	surplus [types]int64  // private surplus before hassle
	most    int64         // most that warm glow gives
	offer   [3]offer      // beyond the kink, by standing of the recipient (R3, L12)
}

// offer is what the law's rate for recipients of one standing makes of donations beyond the kink.
type offer struct {
	even int64   // largest donation that relief and gift still pay for
	glow float64 // price response p^eps of warm glow, p the net price of a won or yen
}

// classes are all income classes of one year.
type classes struct {
	law  *law.Law
	unit int64 // amounts are multiples of this
	tax  []law.Taxpayer
	of   []class
	gain [types][people.Classes]uint32 // surplus of type and class, 0 where it is negative
}

// newClasses prices giving for every income class under a year's law; gift is the mean gift ratio on offer, share of the donation.
func newClasses(l *law.Law, p *Params, gift float64) *classes {
	c := &classes{law: l, unit: 1000, tax: make([]law.Taxpayer, people.Classes), of: make([]class, people.Classes)}
	if l.Country == law.Korea {
		c.unit = 10000
	}
	worth := float64(p.Amount.GiftValue*gift) + l.Rules.Platform.Points
	for i := range c.of {
		c.tax[i] = l.Taxpayer(people.Gross(i), law.Household{})
		if c.tax[i].Limit > 0 {
			c.of[i] = c.price(&c.tax[i], p, worth, gift+l.Rules.Platform.Points)
		}
		for k, s := range c.of[i].surplus {
			c.gain[k][i] = clamp32(s)
		}
	}
	return c
}

// price fills one class; worth is what a won or yen of donation brings in valued gifts and points, market at market value.
func (c *classes) price(t *law.Taxpayer, p *Params, worth, market float64) (o class) {
	full := c.capped(t.Limit - t.Limit%c.unit)
	o.amount[kink], o.amount[glow] = full, full
	if !c.ceiling() {
		o.relief = [2]law.Relief{c.law.Relief(t, full, true, false), c.law.Relief(t, full, true, true)}
	}
	o.most = int64(float64(p.Amount.GlowLimit * float64(t.Gross)))
	at := full
	if c.ceiling() {
		at = int64(float64(full) * p.Amount.UseMean)
	}
	o.surplus[kink] = c.surplus(t, at, worth)
	o.surplus[glow] = o.surplus[kink]
	o.amount[noLoss] = c.breakEven(t, full, market, law.Ordinary)
	o.surplus[noLoss] = max(c.surplus(t, o.amount[noLoss], worth), o.surplus[kink])
	o.amount[token] = int64(p.Amount.Token)
	o.surplus[token] = c.surplus(t, o.amount[token], worth)
	for s := range o.offer {
		o.offer[s] = c.beyond(t, p, full, worth, market, law.Standing(s))
	}
	return o
}

// beyond is the offer for gifts to recipients of one standing; full is the kink.
func (c *classes) beyond(t *law.Taxpayer, p *Params, full int64, worth, market float64, s law.Standing) offer {
	step := 10 * c.unit
	more := c.saved(t, full+step, s) - c.saved(t, full, s)
	net := max(1-float64(more)/float64(step)-worth, 0.01)
	return offer{c.breakEven(t, full, market, s), draw.Exp(float64(p.Amount.Elasticity * draw.Log(net)))}
}

// clamp32 keeps an amount within 0 and 4,294,967,295.
func clamp32(x int64) uint32 { return uint32(min(max(x, 0), 1<<32-1)) }

func (c *classes) ceiling() bool { return c.law.Rules.Credit.Kind == "ceiling" }

func (c *classes) capped(d int64) int64 {
	if c.law.Rules.Cap > 0 {
		return min(d, c.law.Rules.Cap)
	}
	return d
}

// saved is the relief of a donation given whole to recipients of one standing.
func (c *classes) saved(t *law.Taxpayer, d int64, s law.Standing) int64 {
	var split law.Split
	split[s] = d
	return c.law.Special(t, split, true, false).Total()
}

// surplus is what a donation to an ordinary place leaves the donor, before hassle (E3).
func (c *classes) surplus(t *law.Taxpayer, d int64, worth float64) int64 {
	return c.saved(t, d, law.Ordinary) - d + int64(float64(d)*worth)
}

// breakEven is the largest multiple of the unit from full up to ten times full that relief and gift still pay for.
func (c *classes) breakEven(t *law.Taxpayer, full int64, market float64, s law.Standing) int64 {
	low, high := full/c.unit, c.capped(10*full)/c.unit
	for low < high {
		mid := (low + high + 1) / 2
		if d := mid * c.unit; c.saved(t, d, s)-d+int64(float64(d)*market) >= 0 {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return max(low*c.unit, full)
}

// tables are the parameters compiled to integers: hassle by rank, warm-glow size by quantile.
type tables struct {
	hassle  [4096]int64 // cost of filing by rank
	glow    [4096]int64 // warm-glow amount at a net price of one
	kind    [types]uint32
	nest    [2]uint32 // upper bounds of gift and tie, of 65536
	oneStop uint32    // Q16 factors on hassle
	auto    uint32
	habit   uint32
}

func newTables(p *Params, launch bool) *tables {
	t := &tables{oneStop: draw.Q16(p.Hassle.OneStop), auto: draw.Q16(p.Hassle.Automatic), habit: draw.Q16(p.Hassle.Habit)}
	for i := range t.hassle {
		q := (float64(i) + 0.5) / 4096
		t.hassle[i] = int64(float64(p.Hassle.Median * draw.Exp(float64(p.Hassle.SD*draw.Quantile(q)))))
		if p.Amount.GlowTail > 0 {
			t.glow[i] = int64(min(float64(p.Amount.GlowScale*draw.Exp(-draw.Log(1-q)/p.Amount.GlowTail)), 1e12))
		}
	}
	sum, novel := 0.0, float64(p.Amount.Novelty*p.Amount.WarmGlow)
	if launch {
		novel = 0
	}
	for i, share := range [types]float64{noLoss: p.Amount.NoLoss, kink: p.Amount.Kink + novel, glow: p.Amount.WarmGlow - novel, token: 1} {
		sum = min(sum+share, 1)
		t.kind[i] = uint32(sum * 65536)
	}
	t.nest[0] = uint32(min(p.Motive.Gift, 1) * 65536)
	t.nest[1] = uint32(min(p.Motive.Gift+p.Motive.Tie, 1) * 65536)
	return t
}

// Traits of a person: 16 bits each of the word drawn once for life.
func rankOf(word uint64) uint32   { return uint32(word >> 48) }
func hassleOf(word uint64) uint32 { return uint32(word >> 32 & 0xffff) }
func nestOf(word uint64) uint32   { return uint32(word >> 16 & 0xffff) }

func (t *tables) kindOf(word uint64) int {
	x := uint32(word & 0xffff)
	for k := range types - 1 {
		if x < t.kind[k] {
			return k
		}
	}
	return token
}

// donation is what a person of a class and type would give to a recipient of a standing and in how many records, with a word for his own luck of the year.
// Under a tiers law a year is one record (Korea: records are taken as donors, assumption A8).
func (c *classes) donation(o *class, kind int, to law.Standing, word uint64, t *tables, p *Params) (amount int64, records int) {
	amount = o.amount[kind]
	switch kind {
	case kink:
		if c.ceiling() {
			u := draw.Unit(word) + draw.Unit(draw.Mix(word)) - 1 // triangular on (-1, 1)
			use := min(max(p.Amount.UseMean+float64(u*p.Amount.UseSpread), 0.01), 1)
			amount = int64(float64(amount) * use)
		}
	case noLoss:
		amount = o.offer[to].even
	case glow:
		d := float64(t.glow[word>>52]) * o.offer[to].glow
		amount = max(amount, min(int64(min(d, 1e12)), o.most))
	case token:
		amount = min(int64(float64(amount)*(0.2+float64(1.6*draw.Unit(word)))), o.amount[kink]-c.unit)
	}
	amount = c.capped(amount - amount%c.unit)
	if !c.ceiling() {
		return amount, 1
	}
	records = int(float64(amount)/p.Amount.RecordSize + draw.Unit(draw.Mix(word+1)))
	return amount, min(max(records, 1), int(p.Amount.MaxRecords))
}

package law

import "slices"

// Slice is one piece of a donor's price schedule: above From, up to the next slice, a further won or yen given costs Price after the credit.
type Slice struct {
	From  int64 // whole won or yen
	Price int64 // millionths: 0 = all comes back, 1,000,000 = nothing does
}

// Schedule is the price of the next won or yen over the whole range of a year's donations to ordinary places: every kink of the credit, exact but for the
// rounding to whole money. It starts at 0; the last slice has no end.
func (l *Law) Schedule(t *Taxpayer, filing bool) []Slice {
	s := schedule{{0, million}}
	switch {
	case t.Due+t.Local == 0:
	case l.byTier:
		s = l.tierSlices(t, s)
	default:
		s = l.ceilingSlices(t, filing, s)
	}
	if c := l.Rules.Cap; c > 0 {
		s = slices.DeleteFunc(s, func(x Slice) bool { return x.From > c })
		s = s.add(c, million)
	}
	return s
}

// Price is the price of the next won or yen for who has given donated so far, in millionths.
func (l *Law) Price(t *Taxpayer, donated int64, filing bool) int64 {
	s := l.Schedule(t, filing)
	i := len(s) - 1
	for i > 0 && s[i].From > donated {
		i--
	}
	return s[i].Price
}

type schedule []Slice

// add appends a slice; one at the same amount replaces the last, one of the same price continues it.
func (s schedule) add(from, price int64) schedule {
	if n := len(s); n > 0 && s[n-1].From == from {
		s = s[:n-1]
	}
	if n := len(s); n > 0 && s[n-1].Price == price {
		return s
	}
	return append(s, Slice{from, price})
}

func (l *Law) tierSlices(t *Taxpayer, s schedule) schedule {
	due := (t.Due + t.Local) * million
	for i, p := range l.tiers {
		s = s.add(p.over, million-p.rate)
		if p.rate == 0 {
			continue
		}
		if empty := p.over + up(due-p.base, p.rate); i == len(l.tiers)-1 || empty <= l.tiers[i+1].over {
			return s.add(empty, million) // the tax is used up
		}
	}
	return s
}

// up is x / y rounded up, not below zero.
func up(x, y int64) int64 { return max((x+y-1)/y, 0) }

// ramp is one part of the credit: it rises at rate per won or yen between from and upto.
type ramp struct{ from, upto, rate int64 }

func (r ramp) at(d int64) int64 { return max(min(d, r.upto)-r.from, 0) * r.rate }

func (r ramp) slope(d int64) int64 {
	if d < r.from || d >= r.upto {
		return 0
	}
	return r.rate
}

// ceilingSlices follows parts: state, basic, special and deemed credit each rise and stop; the tax of the level that gives them up stops them together.
func (l *Law) ceilingSlices(t *Taxpayer, filing bool, s schedule) schedule {
	x, f := &l.tax, l.Rules.Credit.Floor
	income := x.income(t.Gross)
	margin := min(t.Margin, l.top)
	lowers := income * x.stateMax / million
	ceiling := f + up(l.ceiling(t)*million, max(l.top-margin, 1))
	local := []ramp{{f, income * x.residentMax / million, x.basic}, {f, ceiling, l.top - margin}}
	var state []ramp
	switch {
	case margin == 0:
	case filing && l.returns:
		state = []ramp{{f, min(lowers, f+up(t.Due*million, margin)), margin}}
	default:
		local = append(local, ramp{f, min(lowers, ceiling), margin})
	}
	groups := []group{{state, t.Due * million}, {local, t.Local * million}}
	if x.levy == 0 { // no levy of its own: both levels give up what there is together
		groups = []group{{append(state, local...), (t.Due + t.Local) * million}}
	}
	edges := []int64{f}
	for _, g := range groups {
		edges = append(edges, g.edges()...)
	}
	slices.Sort(edges)
	for _, d := range edges {
		if d < f {
			continue
		}
		rate := int64(0)
		for _, g := range groups {
			rate += g.slope(d)
		}
		s = s.add(d, max(million-rate, 0))
	}
	return s
}

// group are the parts that one level of government gives up, at most room in millionths.
type group struct {
	parts []ramp
	room  int64
}

func (g group) at(d int64) (v int64) {
	for _, r := range g.parts {
		v += r.at(d)
	}
	return v
}

func (g group) slope(d int64) (rate int64) {
	if g.at(d) >= g.room {
		return 0
	}
	for _, r := range g.parts {
		rate += r.slope(d)
	}
	return rate
}

// edges are where a part starts or stops, and where the room is used up.
func (g group) edges() (edges []int64) {
	for _, r := range g.parts {
		edges = append(edges, r.from, max(r.upto, r.from))
	}
	slices.Sort(edges)
	for i := 1; i < len(edges); i++ {
		a, b := edges[i-1], edges[i]
		if rate := g.slope(a); rate > 0 && g.at(b) > g.room {
			return append(edges, min(a+up(g.room-g.at(a), rate), b))
		}
	}
	return edges
}

// Band is one line of a credit of kind tiers: a slice of the year's donations and what it earns.
type Band struct {
	From, Upto int64 // of the year's donations
	Rate       int64 // millionths
	Zone       bool  // given to special disaster areas within their months
	Credit     int64 // before the bound by the tax due; the lines add up to the whole credit
}

// Bands is the credit of kind tiers line by line, before the bound by the tax due: ordinary donations first, then those to special disaster areas, as Disaster
// has it. Under kind ceiling there are none.
func (l *Law) Bands(donated, toDisaster int64) []Band {
	if !l.byTier {
		return nil
	}
	d := clamp(donated)
	if c := l.Rules.Cap; c > 0 {
		d = min(d, c)
	}
	zone := min(clamp(toDisaster), d)
	var bands []Band
	sum := int64(0)
	add := func(c curve, from, upto int64, inZone bool) {
		for i, p := range c {
			b := Band{From: max(from, p.over), Upto: upto, Rate: p.rate, Zone: inZone}
			if i+1 < len(c) {
				b.Upto = min(upto, c[i+1].over)
			}
			if b.Upto > b.From {
				inside := max(b.Upto-(d-zone), 0)
				credit := l.tierCredit(Split{Ordinary: b.Upto - inside, Struck: inside})
				b.Credit, sum = credit-sum, credit
				bands = append(bands, b)
			}
		}
	}
	add(l.tiers, 0, d-zone, false)
	add(l.zones[Struck], d-zone, d, true)
	return bands
}

package people

import (
	"sort"

	"gohyang/sim/draw"
)

// Born gives slots to the year's newborns, which come in the order of their mothers' slots, and lets those die who do not live to the next 1 January.
// add is told each child that lives to the end of the year.
func (y *Year) Born(p *Persons, children []Newborn, block int, w *Tally, add func(sex int, home uint16)) {
	for sex := range 2 {
		n := 0
		for i := range children {
			if int(children[i].Sex) == sex {
				n++
			}
		}
		slot := p.admit(n, block, y.year, sex)
		for i := range children {
			c := &children[i]
			if int(c.Sex) != sex {
				continue
			}
			p.Home[slot], p.Origin[slot] = c.Home, c.Home
			p.Key[slot-p.KeyFrom] = c.Key
			p.enter(slot)
			if draw.At(c.Key, y.keyInfant) < draw.Scale(y.infant[sex], y.death[c.Home]) {
				p.Alive[slot>>6] &^= 1 << (slot & 63)
				w.Towns[c.Home].Deaths++
			} else {
				add(sex, c.Home)
			}
			slot++
		}
	}
}

// admit makes room for n keyed persons of one birth year and sex and returns the first slot.
func (p *Persons) admit(n, block, birth, sex int) uint32 {
	from := p.grow(n)
	p.Key = extend(p.Key, (n+63)&^63)
	p.block(from, n, block, birth, sex, true)
	return from
}

// Arrive adds the year's persons from abroad where net international migration of a sex and age is positive (E25). The number of agents of each
// sex and age is the scaled net with the remainder carried on from a drawn start; towns get them by systematic sampling of their shares from a keyed start, and a
// person's key is made of (town, year, sex, age, ordinal). add is told each arrival.
func (y *Year) Arrive(p *Persons, scale, factor float64, block int, add func(sex, birth int, home uint16)) {
	net := &y.tables.Arrivals[at(y.tables.First, len(y.tables.Arrivals), y.year)]
	share := cumulative(y.tables.ArrivalShare)
	owed := draw.Unit(draw.Mix(draw.Key(y.seed, y.year, draw.Arrival))) // so that fractions are right on average
	for sex := range 2 {
		for age := range Ages {
			if x := float64(float64(net[sex][age]*scale) * factor * y.abroad); x > 0 {
				owed += x
			}
			n := int(owed)
			if n <= 0 {
				continue
			}
			owed -= float64(n)
			y.arrive(p, share, n, sex, age, block, add)
		}
	}
}

func (y *Year) arrive(p *Persons, share []float64, n, sex, age, block int, add func(sex, birth int, home uint16)) {
	key := draw.Hash(draw.Key(y.seed, y.year, draw.Arrival), uint64(sex), uint64(age))
	birth := y.year - 1 - age
	slot := p.admit(n, block, birth, sex)
	u, total := draw.Unit(draw.Mix(key)), share[len(share)-1]
	last, ordinal := -1, uint64(0)
	for i := range n {
		home := sort.SearchFloat64s(share, float64((float64(i)+u)/float64(n)*total))
		home = min(home, len(share)-1)
		if home != last {
			last, ordinal = home, 0
		}
		ordinal++
		p.Home[slot], p.Origin[slot] = uint16(home), None
		p.Key[slot-p.KeyFrom] = draw.Hash(key, uint64(home), ordinal)
		p.enter(slot)
		add(sex, birth, uint16(home))
		slot++
	}
}

func cumulative(share []float64) []float64 {
	out := make([]float64, len(share))
	sum := 0.0
	for i, v := range share {
		sum += v
		out[i] = sum
	}
	return out
}

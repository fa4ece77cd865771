package giving

import (
	"gohyang/sim/draw"
	"gohyang/sim/law"
	"gohyang/sim/people"
)

type reliefOf = law.Relief

// choose draws the destination of one record (E8): last year's place by habit, else by the donor's motive. The key is the record's own.
func (y *Year) choose(key uint64, home, last, origin uint16, nest uint32, was bool) int {
	province := y.places[home].Province
	if was && last != people.None && uint32(key&0xffff) < y.habit && y.may(home, province, int(last)) {
		return int(last)
	}
	k := draw.Mix(key)
	row, from := 0, y.market.cause
	switch {
	case nest < y.tables.nest[0]:
		from = y.market.market
	case nest < y.tables.nest[1]:
		if origin != home && origin != people.None && uint32(key>>16&0xffff) < y.origin {
			if to := y.government(int(origin)); y.may(home, province, to) {
				return to
			}
		}
		row, from = province, y.market.nearby
	}
	for a := range draw.Attempts {
		if to, ok := from.Try(row, k, a); ok && y.may(home, province, to) {
			return to
		}
	}
	if to := from.Exact(row, draw.Mix(k), func(to int) bool { return y.may(home, province, to) }); to >= 0 {
		return to
	}
	return y.anywhere(k, home, province)
}

// government is the place that receives donations meant for a town: itself, or its province's government where the town has none of its own.
func (y *Year) government(town int) int {
	if y.places[town].Recipient {
		return town
	}
	return y.towns + y.places[town].Province
}

// may says whether the law and the recipient allow a donation (L5, L7).
func (y *Year) may(home uint16, province, to int) bool {
	if y.market.barred[to] {
		return false
	}
	if y.ownTown && to == int(home) {
		return false
	}
	return !y.ownProv || to != y.towns+province
}

// anywhere is the next allowed place after a drawn one, when a motive has none left.
func (y *Year) anywhere(k uint64, home uint16, province int) int {
	n := len(y.places)
	start := draw.Intn(draw.Mix(k+1), n)
	for i := range n {
		if to := (start + i) % n; y.may(home, province, to) {
			return to
		}
	}
	return start // nobody may receive: the loader refuses such a law
}

// monthOf draws the month of a record; what empathy gives to a struck place it gives in the month of the disaster.
func (y *Year) monthOf(u uint32, to int, nest uint32) int {
	if s := y.market.struck[to]; s > 0 && nest >= y.tables.nest[1] {
		return int(s) - 1
	}
	return int(y.month[u>>4&(monthSteps-1)])
}

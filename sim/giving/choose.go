package giving

import (
	"gohyang/sim/draw"
	"gohyang/sim/law"
	"gohyang/sim/people"
	"gohyang/sim/towns"
)

type reliefOf = law.Relief

// visitor is the least stage of a bond, see ties, that counts as a relation of its own; donors and repeat donors are habit.
const visitor = 3

// gift is one donor's year.
type gift struct {
	home, before, last, origin, bond uint16
	stage                            uint8 // of the bond
	kind                             int
	nest                             uint32
	was                              bool // gave last year
	amount                           int64
	records                          int
	lure                             uint32 // chance that the rate for declining places turns him to one of them, of 65536
}

// choose draws the destination of one record (E8): last year's place by habit, else by the donor's motive. The key is the record's own.
func (y *Year) choose(key uint64, g *gift) int {
	home, origin, nest := g.home, g.origin, g.nest
	province := y.places[home].Province
	if g.was && g.last != people.None && uint32(key&0xffff) < y.habit && y.may(home, province, int(g.last)) {
		return int(g.last)
	}
	k := draw.Mix(key)
	row, from, weak := 0, y.market.cause, false
	switch {
	case nest < y.tables.nest[0]:
		from, weak = y.market.market, uint32(draw.Mix(key-draw.Golden)>>48) < g.lure
	case nest < y.tables.nest[1]:
		if g.stage >= visitor && uint32(draw.Mix(key^draw.Golden)>>48) < y.relation[g.stage&7] && y.may(home, province, int(g.bond)) {
			return int(g.bond)
		}
		if origin != home && origin != people.None {
			if to := y.government(int(origin)); uint32(key>>16&0xffff) < y.market.homing[province][to] && y.may(home, province, to) {
				return to
			}
		}
		if g.before != home && g.before != people.None && uint32(draw.Mix(key+draw.Golden)>>48) < y.previous {
			if to := y.government(int(g.before)); y.may(home, province, to) {
				return to
			}
		}
		row, from = province, y.market.nearby
	}
	for a := range draw.Attempts {
		if to, ok := from.Try(row, k, a); ok && y.may(home, province, to) && (!weak || y.places[to].Declining) {
			return to
		}
	}
	if to := from.Exact(row, draw.Mix(k), func(to int) bool { return y.may(home, province, to) && (!weak || y.places[to].Declining) }); to >= 0 {
		return to
	}
	return y.anywhere(k, home, province)
}

// government is the place that receives donations meant for a town.
func (y *Year) government(town int) int { return towns.Government(y.places, y.towns, town) }

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

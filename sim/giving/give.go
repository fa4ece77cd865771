package giving

import (
	"gohyang/sim/draw"
	"gohyang/sim/law"
	"gohyang/sim/people"
)

// Attend updates who considers donating: lapse and forgetting first, then new attention (E4).
func (y *Year) Attend(t *people.Tile) {
	if t.Age < Adult {
		return
	}
	from := t.Base / 64
	aware, donor := t.P.Aware[from:], t.P.Donor[from:]
	var who [draw.MaxTile]uint64
	some := uint64(0)
	for i, a := range t.Alive {
		who[i] = a & aware[i]
		some |= who[i]
	}
	if some != 0 {
		y.leave(t, aware, donor, who[:])
	}
	for i, a := range t.Alive {
		who[i] = a &^ aware[i]
	}
	band := BandOf(t.Age)
	n := t.Screen(&y.keyAttend, y.attendBound[band], who[:])
	for q := range n {
		i := t.List[q]
		if t.U[q] < y.attend[y.places[t.Home[i]].Province][band] {
			aware[i>>6] |= 1 << (i & 63)
		}
	}
}

// leave lets last year's donors lapse and other considering persons forget.
func (y *Year) leave(t *people.Tile, aware, donor, who []uint64) {
	n := t.Screen(&y.keyLapse, y.leaveBound, who)
	for q := range n {
		i := t.List[q]
		bit := uint64(1) << (i & 63)
		if donor[i>>6]&bit == 0 {
			if t.U[q] < y.forget {
				aware[i>>6] &^= bit
			}
		} else if t.U[q] < y.lapse {
			aware[i>>6] &^= bit
			donor[i>>6] &^= bit
			t.P.Habit[t.Base+uint32(i)] = 0
		}
	}
}

// Give lets those who consider donating decide, choose and give (E5-E10). Afterwards the Donor plane says who gave this year.
func (y *Year) Give(t *people.Tile, w *Tally) {
	if t.Age < Adult {
		return
	}
	considering := t.Among(t.P.Aware)
	if considering == 0 {
		return
	}
	donor := t.P.Donor[t.Base/64:]
	n := y.willing(t, donor, considering, w)
	var gave [draw.MaxTile]uint64
	for q := range n {
		i := t.Hit[q]
		if y.decide(t, i, t.U[i], donor[i>>6]>>(i&63)&1 != 0, w) {
			gave[i>>6] |= 1 << (i & 63)
		}
	}
	for i, m := range t.Mask[:t.Words] {
		donor[i] = donor[i]&^m | gave[i]
	}
}

// willing lists in t.Hit those of the n considering persons in t.List whose surplus exceeds the hassle of the easiest way to the relief, and leaves in
// t.U, by position, their traits with the income class in place of the rank. Most considering persons end here, so it is one short loop over compact tables.
func (y *Year) willing(t *people.Tile, donor []uint64, n int, w *Tally) int {
	hits := 0
	least := &y.least
	for q := range n {
		i := t.List[q]
		home := t.Home[i]
		traits := draw.At(t.ID(i), y.keyTraits)
		kind := y.tables.kindOf(traits)
		inc := y.earnings.Class(home, t.Sex, t.Age, rankOf(traits))
		was := donor[i>>6] >> (i & 63) & 1
		w.Towns[home].Considering++
		t.U[i] = traits&(1<<48-1) | uint64(inc)<<48
		t.Hit[hits] = i
		hits += draw.Below(uint64(least[was&1][hassleOf(traits)>>4]), uint64(y.classes.gain[kind&3][inc]))
	}
	return hits
}

// decide is one willing person's year: he gives if it leaves him more than the hassle costs (E5, E6). Who would give in more records than the one-stop notice
// covers files a return if that is still worth it, and else keeps to as many recipients as it covers (L8).
func (y *Year) decide(t *people.Tile, i uint16, traits uint64, was bool, w *Tally) bool {
	id := t.ID(i)
	home := t.Home[i]
	inc := int(traits >> 48)
	class := &y.classes.of[inc]
	kind := y.tables.kindOf(traits)
	slot := t.Base + uint32(i)
	g := gift{home: home, before: t.P.Before[slot], last: t.P.Last[slot], origin: t.P.Origin[slot], bond: t.P.Bond[slot], stage: t.P.Tie[slot] & 7,
		kind: kind, nest: nestOf(traits), was: was}
	word, to := draw.At(id, y.keyAmount), law.Ordinary
	if y.special && (kind == glow || kind == noLoss) {
		g.lure = y.lure(inc, &g, word)
		to = y.destined(id, &g)
	}
	amount, records, filing := y.donation(class, kind, to, word, traits, was)
	if amount <= 0 {
		return false
	}
	g.amount, g.records = amount, records
	relief := y.relief(class, inc, y.send(t, slot, id, &g, w), filing, y.places[home].BigCity)
	y.book(t, w, home, inc, amount, records, relief, !was)
	if h := &t.P.Habit[slot]; *h < 255 {
		*h++
	}
	return true
}

// relief is what a donor of a class saves. Most give the full amount to ordinary places, and under tiers that is known beforehand.
func (y *Year) relief(class *class, inc int, given law.Split, filing, bigCity bool) law.Relief {
	if y.tiers && given == (law.Split{law.Ordinary: class.amount[kink]}) {
		if bigCity {
			return class.relief[1]
		}
		return class.relief[0]
	}
	return y.classes.law.Special(&y.classes.tax[inc], given, filing, bigCity)
}

// donation is what a willing person gives, in how many records, and whether he files a return for the relief.
func (y *Year) donation(class *class, kind int, to law.Standing, word, traits uint64, was bool) (amount int64, records int, filing bool) {
	amount, records = y.classes.donation(class, kind, to, word, y.tables, y.params)
	filing = y.filing == "return"
	if y.filing == "one_stop" && records > y.bodies && y.bodies > 0 {
		if filing = class.surplus[kind] > y.hassle(hassleOf(traits), true, was); !filing {
			records = y.bodies
		}
	}
	return amount, records, filing
}

// hassle is the effort cost of a rank, by the way relief is claimed and by habit.
func (y *Year) hassle(rank uint32, filing, was bool) int64 {
	cost := y.tables.hassle[rank>>4]
	switch {
	case y.filing == "automatic":
		cost = cost * int64(y.tables.auto) >> 16
	case !filing:
		cost = cost * int64(y.tables.oneStop) >> 16
	}
	if was {
		cost = cost * int64(y.tables.habit) >> 16
	}
	return cost
}

// book counts one donor's year where he lives. Bearers: see law.Relief.
func (y *Year) book(t *people.Tile, w *Tally, home uint16, inc int, amount int64, records int, r reliefOf, isNew bool) {
	g := &w.Towns[home]
	g.Donors++
	g.Records += int64(records)
	g.Amount += amount
	g.State += r.State
	g.Province += r.Province
	g.Town += r.Town
	if isNew {
		g.New++
	}
	band := BandOf(t.Age)
	w.Peers[y.places[home].Province][band]++
	c := &w.Donors[band][y.incomeOf[inc]][bandOf(amount, y.bands.Amount[:])]
	c.Donors++
	c.Given += amount
	c.Relief += r.Total()
}

// roots is the government of a donor's province of origin; -1 where that is unknown or the province he lives in (R4).
func (y *Year) roots(g *gift) int {
	if g.origin == people.None || y.places[g.origin].Province == y.places[g.home].Province {
		return -1
	}
	return y.towns + y.places[g.origin].Province
}

// send splits a donor's amount into records and sends each to a place and month. It returns what recipients of each standing got.
func (y *Year) send(t *people.Tile, slot uint32, id uint64, g *gift, w *Tally) (given law.Split) {
	flows := w.Flows[y.places[g.home].Province*len(y.places):]
	each := g.amount / int64(g.records)
	each -= each % y.classes.unit
	if each == 0 {
		each = g.amount / int64(g.records)
	}
	own := draw.At(id, y.keyRecord)
	first := uint16(people.None)
	roots := y.roots(g)
	for r := range g.records {
		sum := each
		if r == 0 {
			sum = g.amount - each*int64(g.records-1)
		}
		key := draw.Mix(own + uint64(r)*draw.Golden)
		to := y.choose(key, g)
		m := y.monthOf(key, to, g)
		if g.was && uint16(to) == g.last {
			w.Places[to].Repeat++
		}
		if g.nest >= y.tables.nest[1] {
			w.Places[to].Cause += sum
		}
		if roots >= 0 {
			w.Places[to].Away += sum
			w.Places[roots].Home += sum
		}
		given[y.standing(to, m)] += sum
		flows[to].Records++
		flows[to].Amount += sum
		w.Months[m].Records++
		w.Months[m].Amount += sum
		if first == people.None {
			first = uint16(to)
		}
	}
	t.P.Last[slot] = first
	return given
}

package giving

import (
	"gohyang/sim/draw"
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
	for i, a := range t.Alive {
		who[i] = a & aware[i] & donor[i]
	}
	n := t.Screen(&y.keyLapse, draw.Bound(y.params.Hassle.Lapse), who[:])
	for q := range n {
		if i := t.List[q]; t.U[q] < y.lapse {
			aware[i>>6] &^= 1 << (i & 63)
			donor[i>>6] &^= 1 << (i & 63)
			t.P.Habit[t.Base+uint32(i)] = 0
		}
	}
	for i, a := range t.Alive {
		who[i] = a & aware[i] &^ donor[i]
	}
	n = t.Screen(&y.keyForget, draw.Bound(y.params.Attention.Forget), who[:])
	for q := range n {
		if i := t.List[q]; t.U[q] < y.forget {
			aware[i>>6] &^= 1 << (i & 63)
		}
	}
	for i, a := range t.Alive {
		who[i] = a &^ aware[i]
	}
	band := BandOf(t.Age)
	n = t.Screen(&y.keyAttend, y.attendBound[band], who[:])
	for q := range n {
		i := t.List[q]
		if t.U[q] < y.attend[y.places[t.Home[i]].Province][band] {
			aware[i>>6] |= 1 << (i & 63)
		}
	}
}

// Give lets those who consider donating decide, choose and give (E5-E10). Afterwards the Donor plane says who gave this year.
func (y *Year) Give(t *people.Tile, w *Tally) {
	if t.Age < Adult {
		return
	}
	from := t.Base / 64
	aware, donor := t.P.Aware[from:], t.P.Donor[from:]
	some := uint64(0)
	for i, a := range t.Alive {
		t.Mask[i] = a & aware[i]
		some |= t.Mask[i]
	}
	if some == 0 {
		return
	}
	n := t.Decode()
	for q := range n {
		i := t.List[q]
		bit := uint64(1) << (i & 63)
		was := donor[i>>6]&bit != 0
		w.Towns[t.Home[i]].Considering++
		if y.decide(t, i, was, w) {
			donor[i>>6] |= bit
		} else {
			donor[i>>6] &^= bit
		}
	}
}

// decide is one considering person's year: he gives if it leaves him more than the hassle costs (E5, E6).
func (y *Year) decide(t *people.Tile, i uint16, was bool, w *Tally) bool {
	id := t.ID(i)
	traits := draw.At(id, y.keyTraits)
	home := t.Home[i]
	inc := y.earnings.Class(home, t.Sex, t.Age, rankOf(traits))
	class := &y.classes.of[inc]
	kind := y.tables.kindOf(traits)
	gain := class.surplus[kind]
	if gain <= 0 {
		return false
	}
	amount, records := y.classes.donation(class, kind, draw.At(id, y.keyAmount), y.tables, y.params)
	filing := y.filing == "return" || y.filing == "one_stop" && records > y.bodies && y.bodies > 0
	if gain <= y.hassle(hassleOf(traits), filing, was) || amount <= 0 {
		return false
	}
	relief := y.classes.law.Relief(&y.classes.tax[inc], amount, filing, y.places[home].BigCity)
	y.book(t, w, home, inc, amount, records, relief, !was)
	y.send(t, i, id, nestOf(traits), amount, records, was, w)
	if h := &t.P.Habit[t.Base+uint32(i)]; *h < 255 {
		*h++
	}
	return true
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

// send splits a donor's amount into records and sends each to a place and month.
func (y *Year) send(t *people.Tile, i uint16, id uint64, nest uint32, amount int64, records int, was bool, w *Tally) {
	slot := t.Base + uint32(i)
	home, last := t.Home[i], t.P.Last[slot]
	flows := w.Flows[y.places[home].Province*len(y.places):]
	each := amount / int64(records)
	each -= each % y.classes.unit
	if each == 0 {
		each = amount / int64(records)
	}
	first := uint16(people.None)
	for r := range records {
		sum := each
		if r == 0 {
			sum = amount - each*int64(records-1)
		}
		key := draw.Mix(draw.At(id, y.keyRecord) + uint64(r)*draw.Golden)
		to := y.choose(key, home, last, t.P.Origin[slot], nest, was)
		m := y.monthOf(uint32(key>>32)&0xffff, to, nest)
		d := &w.Places[to]
		d.Records++
		d.Amount += sum
		if was && uint16(to) == last {
			d.Repeat++
		}
		if nest >= y.tables.nest[1] {
			d.Cause += sum
		}
		flows[to].Records++
		flows[to].Amount += sum
		w.Months[m].Records++
		w.Months[m].Amount += sum
		if first == people.None {
			first = uint16(to)
		}
	}
	t.P.Last[slot] = first
}

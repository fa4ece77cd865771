package sim

import (
	"math"

	"gohyang/sim/draw"
	"gohyang/sim/giving"
)

// Digest is one number for the whole state between two years. Persons enter as a set: their order in memory does not matter, but everything about them
// does. Two runs with the same digest will live the same future.
func (w *World) Digest() uint64 {
	p := w.persons
	sum := uint64(0)
	for _, b := range p.Blocks {
		for s := b.From; s < b.From+b.N; s++ {
			bit := func(plane []uint64) uint64 { return plane[s>>6] >> (s & 63) & 1 }
			if bit(p.Alive) == 0 {
				continue
			}
			sum += draw.Hash(p.ID(s), uint64(b.Birth)<<1|uint64(b.Sex), bit(p.Aware)<<2|bit(p.Donor)<<1|bit(p.Bound),
				uint64(p.Home[s])<<48|uint64(p.Origin[s])<<32|uint64(p.Last[s])<<16|uint64(p.Bond[s]), uint64(p.Before[s])<<16|uint64(p.Tie[s])<<8|uint64(p.Habit[s]))
		}
	}
	h := draw.Hash(sum, uint64(w.year))
	for _, row := range w.pop {
		for _, n := range row {
			h = draw.Mix(h ^ uint64(n))
		}
	}
	for _, p := range w.projects {
		h = draw.Hash(h, uint64(p.raised), uint64(p.done))
	}
	for _, r := range w.peers {
		for b := range giving.AgeBands {
			h = draw.Mix(h ^ math.Float64bits(r[b]))
		}
	}
	return draw.Hash(h, w.market.Digest(), w.books.Digest())
}

// Person is what can be seen of one living person.
type Person struct {
	ID                               uint64
	Birth, Sex                       int
	Home, Before, Origin, Last, Bond uint16
	Stage                            uint8
	Considering, Donor               bool
}

// Persons calls f with every living person, in no particular order.
func (w *World) Persons(f func(Person)) {
	p := w.persons
	for _, b := range p.Blocks {
		for s := b.From; s < b.From+b.N; s++ {
			word, bit := s>>6, uint64(1)<<(s&63)
			if p.Alive[word]&bit == 0 {
				continue
			}
			f(Person{ID: p.ID(s), Birth: b.Birth, Sex: b.Sex, Home: p.Home[s], Before: p.Before[s], Origin: p.Origin[s], Last: p.Last[s], Bond: p.Bond[s], Stage: p.Tie[s] & 7,
				Considering: p.Aware[word]&bit != 0, Donor: p.Donor[word]&bit != 0})
		}
	}
}

// Memory is the size of the persons' columns in bytes and the number of slots they hold.
func (w *World) Memory() (bytes, slots int) { return w.persons.Bytes(), w.persons.Slots() }

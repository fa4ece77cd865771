// Package ties grows and fades related population (관계인구, 関係人口): the bond between a person and one place elsewhere (model.md 5.9, E18).
//
// The ladder: 0 none, 1 donor, 2 repeat donor, 3 visitor (a stay in the year), 4 regular (eight days a year or more), 5 second base. Becoming a resident
// ends the bond. Yearly steps, given that the person gave or is bound:
//
//	0 -> 1  gave to the place                      1 -> 2  gave to it again in a later year
//	1,2 -> 3  chi h_13 a year                      3 -> 4  h_34      4 -> 5  h_45, each times the registration factor (L17)
//	k -> k-1  decay, unless the person gave to the place this year
//
// Only chi of the gross hazard counts: donors had often been there before (self-selection). chi is 0 by default, because no causal estimate exists.
package ties

import (
	"gohyang/sim/draw"
	"gohyang/sim/people"
)

// Stages is the number of stages, 0 to 5.
const Stages = 6

// The stages of the ladder.
const (
	none = iota
	donor
	repeat
	visitor
	regular
	base
)

// Tally counts bound persons by place and stage.
type Tally struct {
	Places [][Stages]int64
}

// NewTally makes an empty tally.
func NewTally(places int) *Tally { return &Tally{Places: make([][Stages]int64, places)} }

// Add merges another tally and empties it.
func (t *Tally) Add(o *Tally) {
	for i := range o.Places {
		for s := range o.Places[i] {
			t.Places[i][s] += o.Places[i][s]
		}
		o.Places[i] = [Stages]int64{}
	}
}

// Year holds the hazards of one year.
type Year struct {
	up              [Stages]uint64 // threshold of rising from a stage
	decay           uint64
	keyUp, keyDecay uint64
}

// NewYear prepares a year.
func NewYear(p *Params, seed uint64, year int) *Year {
	f := p.Register
	y := &Year{decay: draw.Fix(p.Decay), keyUp: draw.Key(seed, year, draw.Climb), keyDecay: draw.Key(seed, year, draw.Decay)}
	visit := draw.Fix(float64(p.Net*p.Visit) * f)
	y.up[donor], y.up[repeat] = visit, visit
	y.up[visitor], y.up[regular] = draw.Fix(float64(p.Regular*f)), draw.Fix(float64(p.Base*f))
	return y
}

// Climb updates the bonds of a tile's living persons who gave this year or are bound, and counts them.
func (y *Year) Climb(t *people.Tile, w *Tally) {
	from := t.Base / 64
	gave, bound := t.P.Donor[from:], t.P.Bound[from:]
	some := uint64(0)
	for i, a := range t.Alive {
		t.Mask[i] = a & (gave[i] | bound[i])
		some |= t.Mask[i]
	}
	if some == 0 {
		return
	}
	n := t.Decode()
	for q := range n {
		i := t.List[q]
		slot, bit := t.Base+uint32(i), uint64(1)<<(i&63)
		stage := y.step(t, slot, t.ID(i), t.Home[i], gave[i>>6]&bit != 0)
		if stage == none {
			bound[i>>6] &^= bit
			continue
		}
		bound[i>>6] |= bit
		w.Places[t.P.Bond[slot]][stage]++
	}
}

// step moves one person's bond by a year and returns the new stage.
func (y *Year) step(t *people.Tile, slot uint32, id uint64, home uint16, gave bool) uint8 {
	p := t.P
	stage, years := p.Tie[slot]&7, p.Tie[slot]>>3
	old := stage
	gave = gave && p.Last[slot] != home // a gift at home binds nobody to a place elsewhere
	again := gave && stage != none && p.Last[slot] == p.Bond[slot]
	switch {
	case stage != none && p.Bond[slot] == home: // moved there
		stage = none
	case stage == none:
		if gave {
			p.Bond[slot] = p.Last[slot]
			stage = donor
		}
	case stage == donor && again:
		stage = repeat
	case y.up[stage] > 0 && draw.At(id, y.keyUp) < y.up[stage]:
		stage = max(stage, repeat) + 1
	case !again && draw.At(id, y.keyDecay) < y.decay:
		stage--
	}
	if stage == none {
		p.Bond[slot], p.Tie[slot] = people.None, 0
		return none
	}
	if stage != old {
		years = 0
	} else {
		years = min(years+1, 31)
	}
	p.Tie[slot] = stage | years<<3
	return stage
}

// Stays is how many visits a year a stage stands for, relative to a visitor's: regular and second-base residents come more often (judgement).
func Stays(stage int) int64 { return [Stages]int64{visitor: 1, regular: 4, base: 10}[stage] }

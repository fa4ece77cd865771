package ties

import (
	"gohyang/sim/draw"
	"gohyang/sim/people"
	"gohyang/sim/towns"
)

// Ladder prepares the years of a run one after the other.
type Ladder struct {
	Params *Params
	Places []towns.Place
	Towns  int // how many of the places are towns; they come first, then the governments of the provinces
	Seed   uint64
}

// Year holds the hazards of one year.
type Year struct {
	params *Params
	places []towns.Place
	towns  int
	struck []bool // by place: a disaster in the year
	open   bool   // related residents may register (L17)

	up                                           [Stages]float64 // chance of rising from a stage, before the person's factors
	most                                         [Stages]uint64  // threshold that nobody's chance exceeds
	decay, enter, enrol, experience              uint64
	keyUp, keyDecay, keyEnter, keyEnrol, keyGift uint64
}

// Prepare makes the tables of a year. struck says which places a disaster hit, open whether related residents may register.
func (l *Ladder) Prepare(year int, struck []bool, open bool) *Year {
	p := l.Params
	y := &Year{params: p, places: l.Places, towns: l.Towns, struck: struck, open: open}
	y.decay, y.enter, y.enrol, y.experience = draw.Fix(p.Decay), draw.Fix(p.Disaster), draw.Fix(p.Enrol), draw.Fix(p.Experience)
	y.keyUp, y.keyDecay, y.keyEnter = draw.Key(l.Seed, year, draw.Climb), draw.Key(l.Seed, year, draw.Decay), draw.Key(l.Seed, year, draw.Enter)
	y.keyEnrol, y.keyGift = draw.Key(l.Seed, 0, draw.Enrol), draw.Key(l.Seed, 0, draw.Experience)
	visit := float64(p.Net * p.Visit)
	y.up = [Stages]float64{donor: visit, repeat: visit, visitor: p.Regular, regular: p.Base}
	factor := max(p.Young, 1, p.Old)
	factor = float64(factor * max(p.Origin, 1))
	factor = float64(factor * max(p.Register, 1))
	for s := range y.up {
		f := factor
		if s < visitor {
			f = float64(f * max(p.Lure, 1))
		}
		y.most[s] = draw.Fix(float64(y.up[s] * f))
	}
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
		id := t.ID(i)
		stage := y.step(t, slot, id, t.Home[i], gave[i>>6]&bit != 0)
		if stage == none {
			bound[i>>6] &^= bit
			continue
		}
		bound[i>>6] |= bit
		w.Places[t.P.Bond[slot]][stage]++
		if y.open && y.registered(id) {
			w.Registered[t.P.Bond[slot]]++
		}
	}
}

// step moves one person's bond by a year and returns the new stage.
func (y *Year) step(t *people.Tile, slot uint32, id uint64, home uint16, gave bool) uint8 {
	p := t.P
	stage, years := p.Tie[slot]&7, p.Tie[slot]>>3
	old := stage
	gave = gave && !y.own(home, p.Last[slot]) // a gift at home binds nobody to a place elsewhere
	again := gave && stage != none && p.Last[slot] == p.Bond[slot]
	switch {
	case stage != none && y.own(home, p.Bond[slot]): // moved there
		stage = none
	case stage == none:
		if gave && y.enters(id, p.Last[slot]) {
			p.Bond[slot] = p.Last[slot]
			stage = donor
		}
	case stage == donor && again:
		stage = repeat
	case y.rises(t, slot, id, home, stage):
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

// own says whether a place is the town where somebody lives or the government of its province: a resident is not related from elsewhere.
func (y *Year) own(home, place uint16) bool {
	return place == home || int(place) == y.towns+y.places[home].Province
}

// native says whether a bond is with a person's place of origin: the town, or its province's government where the town receives no donations of its own.
func (y *Year) native(origin, bond uint16) bool {
	return origin == bond || origin != people.None && int(bond) == towns.Government(y.places, y.towns, int(origin))
}

// enters says whether a new donor to a place starts a bond with it.
func (y *Year) enters(id uint64, place uint16) bool {
	return !y.struck[place] || draw.At(id, y.keyEnter) < y.enter
}

// registered says whether a bound person registers, where he may.
func (y *Year) registered(id uint64) bool { return draw.At(id, y.keyEnrol) < y.enrol }

// rises says whether a bond rises by a stage. Few persons pass the first test, so the factors need no tables.
func (y *Year) rises(t *people.Tile, slot uint32, id uint64, home uint16, stage uint8) bool {
	if y.most[stage] == 0 {
		return false
	}
	u := draw.At(id, y.keyUp)
	return u < y.most[stage] && u < draw.Fix(float64(y.up[stage]*y.factor(t, slot, id, home, stage)))
}

// factor is the product of a person's factors on a step up from a stage.
func (y *Year) factor(t *people.Tile, slot uint32, id uint64, home uint16, stage uint8) float64 {
	p, bond := y.params, t.P.Bond[slot]
	f := 1.0
	switch {
	case t.Age < 40:
		f = p.Young
	case t.Age >= 65:
		f = p.Old
	}
	if y.native(t.P.Origin[slot], bond) {
		f = float64(f * p.Origin)
	}
	if y.open && y.registered(id) {
		f = float64(f * p.Register)
	}
	if stage < visitor && draw.Mix(draw.At(id, y.keyGift)+uint64(bond)) < y.experience {
		f = float64(f * p.Lure)
	}
	if p.Distance > 0 {
		d := towns.Distance(&y.places[home], &y.places[bond])
		f = float64(f * draw.Exp(float64(-p.Distance*draw.Log(1+d/100))))
	}
	return f
}

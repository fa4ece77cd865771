package giving

import (
	"gohyang/sim/draw"
	"gohyang/sim/law"
	"gohyang/sim/people"
)

// Would counts, by town of residence, the adults of a tile who would give as repeat donors if they considered it, and as considering those to whom a first
// donation is not worth its hassle.
func (y *Year) Would(t *people.Tile, w *Tally) {
	y.adults(t, func(i uint16, id uint64) {
		first, again := y.would(t, i, id)
		if again {
			w.Towns[t.Home[i]].Donors++
		}
		if !first {
			w.Towns[t.Home[i]].Considering++
		}
	})
}

// Begin marks last year's donors so that each town has the observed share of them: chance[town] is that share over the share of residents who would
// give; their last destination is drawn as any other. Of the other adults some consider donating already: held of those to whom a first donation is not worth its
// hassle, who considered it and did not give, and ready of those to whom it is.
func (y *Year) Begin(t *people.Tile, chance []uint64, held, ready uint64) {
	key := draw.Key(y.seed, 0, draw.Start)
	from := t.Base / 64
	y.adults(t, func(i uint16, id uint64) {
		u := draw.At(id, key)
		bit := uint64(1) << (i & 63)
		first, again := y.would(t, i, id)
		if u < chance[t.Home[i]] && again {
			t.P.Aware[from+uint32(i>>6)] |= bit
			t.P.Donor[from+uint32(i>>6)] |= bit
			slot := t.Base + uint32(i)
			g := gift{home: t.Home[i], before: people.None, last: people.None, origin: t.P.Origin[slot], nest: nestOf(draw.At(id, y.keyTraits))}
			t.P.Last[slot] = uint16(y.choose(draw.Mix(u), &g))
			t.P.Habit[slot] = 1
			return
		}
		share := held
		if first {
			share = ready
		}
		if draw.Mix(u) < share {
			t.P.Aware[from+uint32(i>>6)] |= bit
		}
	})
}

// Owed adds up, by town of residence, what last year's donors of a tile gave and the relief they have yet to get for it, all at the rates of an ordinary place.
func (y *Year) Owed(t *people.Tile, w *Tally) {
	for q := range t.Among(t.P.Donor) {
		i := t.List[q]
		id, home := t.ID(i), t.Home[i]
		traits := draw.At(id, y.keyTraits)
		inc := y.earnings.Class(home, t.Sex, t.Age, rankOf(traits))
		amount, _, filing := y.donation(&y.classes.of[inc], y.tables.kindOf(traits), law.Ordinary, draw.At(id, y.keyAmount), traits, true)
		relief := y.classes.law.Relief(&y.classes.tax[inc], amount, filing, y.places[home].BigCity)
		g := &w.Towns[home]
		g.Amount += amount
		g.State += relief.State
		g.Province += relief.Province
		g.Town += relief.Town
	}
}

// adults calls f with every living adult of a tile.
func (y *Year) adults(t *people.Tile, f func(i uint16, id uint64)) {
	if t.Age < Adult {
		return
	}
	copy(t.Mask[:], t.Alive)
	n := t.Decode()
	for q := range n {
		f(t.List[q], t.ID(t.List[q]))
	}
}

// would says whether a person would give if he considered it, under this year's prices: for the first time, or again.
func (y *Year) would(t *people.Tile, i uint16, id uint64) (first, again bool) {
	traits := draw.At(id, y.keyTraits)
	class := &y.classes.of[y.earnings.Class(t.Home[i], t.Sex, t.Age, rankOf(traits))]
	surplus, filing := class.surplus[y.tables.kindOf(traits)], y.filing == "return"
	return surplus > y.hassle(hassleOf(traits), filing, false), surplus > y.hassle(hassleOf(traits), filing, true)
}

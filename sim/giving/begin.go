package giving

import (
	"gohyang/sim/draw"
	"gohyang/sim/people"
)

// Would counts, by town of residence, the adults of a tile who would give as repeat donors if they considered it.
func (y *Year) Would(t *people.Tile, w *Tally) {
	y.adults(t, func(i uint16, id uint64) {
		if y.would(t, i, id) {
			w.Towns[t.Home[i]].Donors++
		}
	})
}

// Begin marks last year's donors so that each town has the observed share of them: chance[town] is that share over the share of residents who would
// give; their last destination is drawn as any other. Of the other adults, a share already considers donating.
func (y *Year) Begin(t *people.Tile, chance []uint64, considering uint64) {
	key := draw.Key(y.seed, 0, draw.Start)
	from := t.Base / 64
	y.adults(t, func(i uint16, id uint64) {
		u := draw.At(id, key)
		bit := uint64(1) << (i & 63)
		if u < chance[t.Home[i]] && y.would(t, i, id) {
			t.P.Aware[from+uint32(i>>6)] |= bit
			t.P.Donor[from+uint32(i>>6)] |= bit
			slot := t.Base + uint32(i)
			g := gift{home: t.Home[i], before: people.None, last: people.None, origin: t.P.Origin[slot], nest: nestOf(draw.At(id, y.keyTraits))}
			t.P.Last[slot] = uint16(y.choose(draw.Mix(u), &g))
			t.P.Habit[slot] = 1
		} else if draw.Mix(u) < considering {
			t.P.Aware[from+uint32(i>>6)] |= bit
		}
	})
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

// would says whether a person would give again if he considered it, under this year's prices.
func (y *Year) would(t *people.Tile, i uint16, id uint64) bool {
	traits := draw.At(id, y.keyTraits)
	class := &y.classes.of[y.earnings.Class(t.Home[i], t.Sex, t.Age, rankOf(traits))]
	return class.surplus[y.tables.kindOf(traits)] > y.hassle(hassleOf(traits), y.filing == "return", true)
}

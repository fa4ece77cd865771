package giving

import (
	"gohyang/sim/draw"
	"gohyang/sim/people"
	"gohyang/sim/towns"
)

// sharesOf are the shares of receipts from which quality is read. A place with none gets a tenth of the smallest positive share: it is not excluded, only
// unknown. Without any receipts all are alike.
func sharesOf(receipts []float64, places []towns.Place) []float64 {
	share := make([]float64, len(places))
	least, sum := 0.0, 0.0
	for i, r := range receipts {
		if r > 0 && places[i].Recipient && (least == 0 || r < least) {
			least = r
		}
	}
	for i := range places {
		if !places[i].Recipient {
			continue
		}
		share[i] = max(receipts[i], least/10)
		if least == 0 {
			share[i] = 1
		}
		sum += share[i]
	}
	for i := range share {
		share[i] /= sum
	}
	return share
}

// Told replaces the shares and the log quality of places by those of observed receipts, at the end of a year, as a run starts from them (E9): what follows is a
// forecast by one who knows them. A place that the law barred in the year has the quality of its class: what it received says nothing of its appeal.
func (m *Market) Told(receipts []float64) {
	copy(m.share, sharesOf(receipts, m.places))
	m.invert(m.barred, false)
}

// Memory moves the last destinations of donors to those of observed receipts, with as few moves as that takes: of the donors to a place that has too many,
// the part that is too many draws a place that has too few.
type Memory struct {
	keep []uint64 // by place: chance to stay
	lack *draw.Table
	key  uint64
}

// NewMemory prepares the moves of a year. donors counts this year's donors by their last destination.
func (m *Market) NewMemory(seed uint64, year int, donors []int64) *Memory {
	sum := 0.0
	for _, n := range donors {
		sum += float64(n)
	}
	lack := make([]float64, len(donors))
	out := &Memory{keep: make([]uint64, len(donors)), key: draw.Key(seed, year, draw.Recall)}
	for i, n := range donors {
		want := float64(m.share[i] * sum)
		lack[i] = max(want-float64(n), 0)
		if n > 0 {
			out.keep[i] = draw.Fix(want / float64(n))
		}
	}
	out.lack = draw.NewTable(1, len(donors), func(_, i int) float64 { return lack[i] })
	return out
}

// Count adds a tile's donors of the year to the counts by last destination.
func Count(t *people.Tile, donors []int64) {
	remembering(t, func(slot uint32, _ uint64) { donors[t.P.Last[slot]]++ })
}

// Recall moves the last destinations of a tile's donors.
func (r *Memory) Recall(t *people.Tile) {
	remembering(t, func(slot uint32, id uint64) {
		if u := draw.At(id, r.key); u >= r.keep[t.P.Last[slot]] {
			t.P.Last[slot] = uint16(r.lack.At(0, draw.Mix(u)))
		}
	})
}

// remembering calls f with every living donor of the year of a tile.
func remembering(t *people.Tile, f func(slot uint32, id uint64)) {
	for q := range t.Among(t.P.Donor) {
		i := t.List[q]
		if slot := t.Base + uint32(i); t.P.Last[slot] != people.None {
			f(slot, t.ID(i))
		}
	}
}

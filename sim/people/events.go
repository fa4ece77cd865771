package people

import "gohyang/sim/draw"

// Tile is one worker's view of up to 1,024 persons of one block: the drawing workspace and the columns' parts they lie in.
type Tile struct {
	draw.Tile
	P     *Persons
	Block *Block
	Base  uint32 // slot of the first person
	Age   int    // completed age on 1 January, at most 110
	Sex   int
	Row   int // row of the cohort in the population table
	Home  []uint16
	Alive []uint64
}

// Among lists in List the living persons of the tile whose bit is set in a plane of the population, leaves their bits in Mask and returns their number.
func (t *Tile) Among(plane []uint64) int {
	part := plane[t.Base/64:]
	for i, a := range t.Alive {
		t.Mask[i] = a & part[i]
	}
	return t.Decode()
}

// Count is what happened in one town, in agents.
type Count struct {
	Births, Deaths, In, Out, Arrivals, Departures int64
	Related                                       int64 // of those who moved in, drawn by their bond with the town
}

// Newborn is a child of this year, waiting to be given a slot.
type Newborn struct {
	Key  uint64
	Home uint16
	Sex  uint8
}

// Tally is what one worker counts in a year. Change is by cohort row (see Row) and town: the change of the number of residents.
type Tally struct {
	Towns  []Count
	Change [][]int32
	Born   []Newborn
}

// NewTally makes an empty tally for a number of cohort rows and towns.
func NewTally(rows, towns int) *Tally {
	t := &Tally{Towns: make([]Count, towns), Change: make([][]int32, rows)}
	for i := range t.Change {
		t.Change[i] = make([]int32, towns)
	}
	return t
}

// Add merges another tally, newborns apart, and empties it.
func (t *Tally) Add(o *Tally) {
	for i := range o.Towns {
		a, b := &t.Towns[i], &o.Towns[i]
		a.Births, a.Deaths, a.In, a.Out = a.Births+b.Births, a.Deaths+b.Deaths, a.In+b.In, a.Out+b.Out
		a.Arrivals, a.Departures, a.Related = a.Arrivals+b.Arrivals, a.Departures+b.Departures, a.Related+b.Related
		*b = Count{}
	}
	for r := range o.Change {
		for i, n := range o.Change[r] {
			t.Change[r][i] += n
			o.Change[r][i] = 0
		}
	}
	o.Born = o.Born[:0]
}

// Die lets the persons of a tile die (E21).
func (y *Year) Die(t *Tile, w *Tally) {
	r := &y.byAge[t.Sex][t.Age]
	change := w.Change[t.Row]
	n := t.Screen(&y.keyDeath, r.deathBound, t.Alive)
	for q := range n {
		i := t.List[q]
		h := t.Home[i]
		if t.U[q] < draw.Scale(r.death, y.death[h]) {
			t.Alive[i>>6] &^= 1 << (i & 63)
			change[h]--
			w.Towns[h].Deaths++
		}
	}
}

// Depart lets persons leave the country, where net international migration of their sex and age is negative (E25).
func (y *Year) Depart(t *Tile, w *Tally) {
	r := &y.byAge[t.Sex][t.Age]
	n := t.Screen(&y.keyDepart, r.departBound, t.Alive)
	for q := range n {
		i := t.List[q]
		if t.U[q] < r.depart {
			h := t.Home[i]
			t.Alive[i>>6] &^= 1 << (i & 63)
			w.Change[t.Row][h]--
			w.Towns[h].Departures++
		}
	}
}

// Bear lets the women of a tile bear children with half a year's rate: second is false before deaths and moves and true after (E22).
func (y *Year) Bear(t *Tile, w *Tally, second bool) {
	r := &y.byAge[t.Sex][t.Age]
	if r.birth == 0 {
		return
	}
	keys, half := &y.keyFirst, uint64(1)
	if second {
		keys, half = &y.keySecond, 2
	}
	level := y.birthLevel(t.Age)
	n := t.Screen(keys, r.birthBound, t.Alive)
	for q := range n {
		i := t.List[q]
		h := t.Home[i]
		if t.U[q] >= draw.Scale(r.birth, level[h]) {
			continue
		}
		key := draw.Mix(draw.At(t.ID(i), y.keyChild) + half)
		sex := uint8(1)
		if draw.Mix(key+1) < y.male {
			sex = 0
		}
		w.Towns[h].Births++
		w.Born = append(w.Born, Newborn{Key: key, Home: h, Sex: sex})
	}
}

// Move lets persons move to another town (E23, E24).
func (y *Year) Move(t *Tile, w *Tally) {
	r := &y.byAge[t.Sex][t.Age]
	g := GroupOf(t.Age)
	level := y.move[g]
	change := w.Change[t.Row]
	n := t.Screen(&y.keyMove, r.moveBound, t.Alive)
	for q := range n {
		i := t.List[q]
		h := t.Home[i]
		if t.U[q] >= draw.Scale(r.move, level[h]) {
			continue
		}
		slot, id := t.Base+uint32(i), t.ID(i)
		to := uint16(None)
		if y.related > 0 {
			to = y.bondDraws(id, h, t.P.Origin[slot], t.P.Bond[slot], t.P.Tie[slot]&7, g)
		}
		if to != None {
			w.Towns[to].Related++
		} else if to = y.destination(id, h, t.P.Origin[slot], g); to == None {
			continue
		}
		t.Home[i] = to
		t.P.Before[slot] = h
		change[h]--
		change[to]++
		w.Towns[h].Out++
		w.Towns[to].In++
	}
}

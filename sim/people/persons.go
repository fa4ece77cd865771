package people

import "gohyang/sim/draw"

// None marks an absent place in a column.
const None = 0xffff

// Block is a run of slots of one birth year and sex.
type Block struct {
	From  uint32 // first slot, a multiple of 64
	N     uint32 // slots in use
	Birth int    // birth year
	Sex   int    // 0 male, 1 female
	Keyed bool   // born or arrived during the run: identity is Persons.Key, not the slot
}

// Persons is the population, a column for each attribute, indexed by slot. Bit planes hold 64 persons to a word.
type Persons struct {
	Home   []uint16 // town of residence
	Origin []uint16 // town of origin (birth), None for persons from abroad
	Before []uint16 // town of residence before the last move of the run, None if there was none
	Last   []uint16 // place of last year's donation, None if there was none
	Bond   []uint16 // related place, None if there is none
	Tie    []uint8  // stage of the bond in the low 3 bits, years in the stage above
	Habit  []uint8  // years as a donor, at most 255

	Alive []uint64
	Aware []uint64 // considers donating
	Donor []uint64 // gave last year
	Bound []uint64 // has a bond

	KeyFrom uint32   // first keyed slot
	Key     []uint64 // identity of slot KeyFrom+i
	Blocks  []Block
}

// Bytes is the memory of the columns, in bytes.
func (p *Persons) Bytes() int {
	return cap(p.Home)*2*5 + cap(p.Tie)*2 + cap(p.Alive)*8*4 + cap(p.Key)*8
}

// Slots is the number of slots in use.
func (p *Persons) Slots() int { return len(p.Home) }

// grow extends the columns by n slots, rounded up to whole words, and returns the first new slot.
func (p *Persons) grow(n int) uint32 {
	from := len(p.Home)
	n = (n + 63) &^ 63
	p.Home = extend(p.Home, n)
	p.Origin = extend(p.Origin, n)
	p.Before = extend(p.Before, n)
	p.Last = extend(p.Last, n)
	p.Bond = extend(p.Bond, n)
	p.Tie = extend(p.Tie, n)
	p.Habit = extend(p.Habit, n)
	p.Alive = extend(p.Alive, n/64)
	p.Aware = extend(p.Aware, n/64)
	p.Donor = extend(p.Donor, n/64)
	p.Bound = extend(p.Bound, n/64)
	return uint32(from)
}

func extend[T any](s []T, n int) []T {
	if len(s)+n <= cap(s) {
		return s[:len(s)+n]
	}
	t := make([]T, len(s)+n, (len(s)+n)*9/8)
	copy(t, s)
	return t
}

// reserve makes room for n slots, of which keyed are born or arrive during the run.
func (p *Persons) reserve(n, keyed int) {
	p.Home = make([]uint16, 0, n)
	p.Origin = make([]uint16, 0, n)
	p.Before = make([]uint16, 0, n)
	p.Last = make([]uint16, 0, n)
	p.Bond = make([]uint16, 0, n)
	p.Tie = make([]uint8, 0, n)
	p.Habit = make([]uint8, 0, n)
	p.Alive = make([]uint64, 0, n/64+1)
	p.Aware = make([]uint64, 0, n/64+1)
	p.Donor = make([]uint64, 0, n/64+1)
	p.Bound = make([]uint64, 0, n/64+1)
	p.Key = make([]uint64, 0, keyed)
}

// ID is the identity of the person in a slot: constant over life and the same in every scenario.
func (p *Persons) ID(slot uint32) uint64 {
	if slot >= p.KeyFrom {
		return p.Key[slot-p.KeyFrom]
	}
	return uint64(slot) * draw.Golden
}

// block appends blocks of at most size slots for n persons of one birth year and sex from a slot on.
func (p *Persons) block(from uint32, n, size, birth, sex int, keyed bool) {
	for b := 0; b < n; b += size {
		p.Blocks = append(p.Blocks, Block{From: from + uint32(b), N: uint32(min(size, n-b)), Birth: birth, Sex: sex, Keyed: keyed})
	}
}

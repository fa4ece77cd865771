package draw

import "math/bits"

const (
	digits  = 8            // leading binary digits of a uniform that the screen looks at
	rest    = 64 - digits  // digits drawn only for candidates
	MaxTile = 16           // words of 64 persons in a tile
	Persons = MaxTile * 64 // persons in a tile
)

// Keys are the keys of one screened decision in one year.
type Keys struct {
	decision Decision
	word     [digits]uint64 // one per leading digit, for 64 persons at a time
	ref      uint64         // the remaining digits, person by person
}

// NewKeys derives the keys of a screened decision.
func NewKeys(seed uint64, year int, d Decision) Keys {
	k := Keys{decision: d, ref: Key(seed, year, d)}
	for j := range k.word {
		k.word[j] = Hash(k.ref, uint64(j)+1)
	}
	return k
}

// Tile is one worker's workspace for up to 1,024 persons: 64 to a word, from the word First of the slot numbering. For keyed persons (born or
// arrived during the run) Keyed holds their keys and the leading digits of all eight screened decisions come from one hash per person and year.
type Tile struct {
	First uint64   // index of the first word
	Words int      // words in use, at most MaxTile
	Keyed []uint64 // keys of the persons, nil for the base population
	Slack uint32   // added to every bound; must not change any result

	Mask [MaxTile]uint64     // candidates, one bit a person
	List [Persons + 8]uint16 // candidates as positions in the tile, after Decode
	U    [Persons + 8]uint64 // uniforms of the candidates, after Uniforms
	Hit  [Persons + 8]uint16 // scratch for the positions that pass an exact test
	d    [MaxTile][digits]uint64
	hash [Persons]uint64
}

// Load points the tile at the words from first on and, for keyed persons, hashes them once for the year. year is Key(seed, year, Screen).
func (t *Tile) Load(first uint64, words int, keyed []uint64, year uint64) {
	t.First, t.Words, t.Keyed = first, words, keyed
	for i, k := range keyed {
		t.hash[i] = Mix(k + year)
	}
}

// ID is the identity of the person at a position of the tile.
func (t *Tile) ID(i uint16) uint64 {
	if t.Keyed != nil {
		return t.Keyed[i]
	}
	return (t.First*64 + uint64(i)) * Golden
}

// Bound is the least screening bound that keeps every person with probability up to p.
func Bound(p float64) uint32 {
	if !(p > 0) {
		return 0
	}
	if p >= 1 {
		return 1 << digits
	}
	return min(uint32(p*(1<<digits))+1, 1<<digits)
}

// Screen sets Mask to the persons of alive whose leading digits lie below bound, decodes them into List, draws their full uniforms into U, and
// returns how many there are. alive has a word per tile word. A bound of 0 gives no candidates.
func (t *Tile) Screen(k *Keys, bound uint32, alive []uint64) int {
	if bound == 0 {
		return 0
	}
	bound = min(bound+t.Slack, 1<<digits)
	if t.Keyed != nil {
		t.screenKeyed(k, bound)
	} else {
		t.screenSlots(k, bound)
	}
	for i, a := range alive[:t.Words] {
		t.Mask[i] &= a
	}
	n := t.Decode()
	t.uniforms(k, bound, n)
	return n
}

// screenSlots compares eight bit-sliced digits of 64 persons at a time with the digits of bound, least significant first. A stored digit is the
// complement of the uniform's digit.
func (t *Tile) screenSlots(k *Keys, bound uint32) {
	var tb [digits]uint64
	for j := range tb {
		tb[j] = -(uint64(bound) >> (digits - 1 - j) & 1)
	}
	x := t.First * Golden
	for i := 0; i < t.Words && i < MaxTile; i++ {
		t.Mask[i] = below(&t.d[i], &k.word, &tb, x)
		x += Golden
	}
	if bound == 1<<digits {
		for i := 0; i < t.Words && i < MaxTile; i++ {
			t.Mask[i] = ^uint64(0)
		}
	}
}

func below(d, k, tb *[digits]uint64, x uint64) uint64 {
	r := Mix(k[7] + x)
	d[7] = r
	lt := tb[7] & r
	r = Mix(k[6] + x)
	d[6] = r
	lt = r&lt | tb[6]&(r|lt)
	r = Mix(k[5] + x)
	d[5] = r
	lt = r&lt | tb[5]&(r|lt)
	r = Mix(k[4] + x)
	d[4] = r
	lt = r&lt | tb[4]&(r|lt)
	r = Mix(k[3] + x)
	d[3] = r
	lt = r&lt | tb[3]&(r|lt)
	r = Mix(k[2] + x)
	d[2] = r
	lt = r&lt | tb[2]&(r|lt)
	r = Mix(k[1] + x)
	d[1] = r
	lt = r&lt | tb[1]&(r|lt)
	r = Mix(k[0] + x)
	d[0] = r
	return r&lt | tb[0]&(r|lt)
}

func (t *Tile) screenKeyed(k *Keys, bound uint32) {
	shift := uint(8 * k.decision)
	for i := 0; i < t.Words && i < MaxTile; i++ {
		h := (*[64]uint64)(t.hash[i*64:])
		m := uint64(0)
		for j := 63; j >= 0; j-- {
			m = m<<1 | (h[j]>>shift&0xff-uint64(bound))>>63
		}
		t.Mask[i] = m
	}
}

// Decode writes the positions of the set bits of Mask into List and returns their number.
func (t *Tile) Decode() int {
	n := 0
	for i := 0; i < t.Words && i < MaxTile; i++ {
		m := t.Mask[i]
		if m == 0 {
			continue
		}
		base, count := uint16(i*64), bits.OnesCount64(m)
		o := (*[8]uint16)(t.List[n:])
		for j := range o { // eight at a time without a branch; positions past the count are overwritten
			o[j] = base + uint16(bits.TrailingZeros64(m))
			m &= m - 1
		}
		for q := n + 8; m != 0; q++ {
			t.List[q] = base + uint16(bits.TrailingZeros64(m))
			m &= m - 1
		}
		n += count
	}
	return n
}

// uniforms completes the uniforms of the n candidates in List: eight leading digits from the screen, the others from a hash of the person.
func (t *Tile) uniforms(k *Keys, bound uint32, n int) {
	if t.Keyed != nil {
		shift := uint(8 * k.decision)
		for q := range n {
			i := t.List[q]
			t.U[q] = t.hash[i]>>shift<<rest | Mix(t.Keyed[i]+k.ref)>>digits
		}
		return
	}
	low := digits - bits.Len32(bound-1) // digits above are zero for every candidate
	x := t.First*64*Golden + k.ref
	for q := range n {
		i := uint64(t.List[q])
		d := &t.d[i>>6&(MaxTile-1)]
		v := uint64(0)
		for j := low; j < digits; j++ {
			v = v<<1 | (^d[j&7]>>(i&63))&1
		}
		t.U[q] = v<<rest | Mix(x+i*Golden)>>digits
	}
}

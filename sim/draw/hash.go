package draw

import "math/bits"

// Golden is 2^64 divided by the golden ratio, the step of the SplitMix sequence.
const Golden = 0x9E3779B97F4A7C15

// Mix is the SplitMix64 finaliser: a bijection of 64-bit words that passes as random.
func Mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xBF58476D1CE4E5B9
	x ^= x >> 27
	x *= 0x94D049BB133111EB
	return x ^ x>>31
}

// Hash folds words into one key, each through the mixer, so that no two inputs cancel.
func Hash(words ...uint64) uint64 {
	h := uint64(Golden)
	for _, w := range words {
		h = Mix(h+Golden) ^ Mix(w+Golden)
		h = Mix(h)
	}
	return h
}

// Decision names one random decision of a person's year; its number is part of every key and never changes meaning.
type Decision uint64

// The decisions. The first eight are screened (see Tile); the others are drawn only for persons who reach them.
const (
	Death Decision = iota
	Move
	BirthFirst
	BirthSecond
	Attend
	Depart
	Lapse // a donor stops, or a considering non-donor stops considering
	_
	Amount      // token size, utilisation, number of records
	Record      // destination and month of one donation record
	MoveTo      // where a mover goes
	Child       // sex and key of a newborn
	InfantDeath // death in the calendar year of birth
	Climb       // a bond rises
	Decay       // a bond fades
	Traits      // income rank, hassle rank, motive, amount type; never changes over life
	Origin      // place of origin of the base population
	Start       // considering or giving when the run starts
	Arrival     // persons from abroad
	Quality     // a town's yearly shock
	Respond     // a town re-optimises its gift ratio
	Screen      // the one hash a year that screens a keyed person's decisions
	List        // a town lists its gifts on the portals
	Imitate     // a town follows its most successful peer
	Recall      // a donor's last destination when observed receipts are learnt
	Enter       // a new donor to a struck place enters the ladder
	Enrol       // registers as a related resident where the law lets him; never changes over life
	Experience  // gifts of a place to a person are experiences there; never changes over life
	Related     // a mover goes to the place of his bond
)

// Screened is how many decisions may be screened.
const Screened = 8

// Key is the hash of (seed, year, decision), to be combined with a person by At.
func Key(seed uint64, year int, d Decision) uint64 {
	return Hash(seed, uint64(year), uint64(d))
}

// At is the uniform 64-bit word of person id under a key.
func At(id, key uint64) uint64 { return Mix(id + key) }

// Below reports 1 if a < b and 0 otherwise, without a branch.
func Below(a, b uint64) int {
	_, c := bits.Sub64(a, b, 0)
	return int(c)
}

// Fix turns a probability into a 64-bit threshold: an event happens when the uniform word lies below it. Values outside [0,1] are clamped.
func Fix(p float64) uint64 {
	if !(p > 0) {
		return 0
	}
	if p >= 1 {
		return 1<<64 - 1
	}
	return uint64(p * 18446744073709551616)
}

// Q16 is a factor in fixed point with 16 binary digits, clamped to [0, 65535].
func Q16(f float64) uint32 {
	if !(f > 0) {
		return 0
	}
	if f >= 65535 {
		return 65535 << 16
	}
	return uint32(f*65536 + 0.5)
}

// Scale multiplies a threshold by a Q16 factor, saturating at certainty.
func Scale(p uint64, f uint32) uint64 {
	hi, lo := bits.Mul64(p, uint64(f))
	if hi>>16 != 0 {
		return 1<<64 - 1
	}
	return hi<<48 | lo>>16
}

// Unit turns a uniform word into a float64 in [0, 1).
func Unit(u uint64) float64 { return float64(u>>11) / (1 << 53) }

// Intn turns a uniform word into an integer in [0, n).
func Intn(u uint64, n int) int {
	hi, _ := bits.Mul64(u, uint64(n))
	return int(hi)
}

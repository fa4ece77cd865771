// Package ties grows and fades related population (관계인구, 関係人口): the bond between a person and one place elsewhere (model.md 5.9, E18).
//
// The ladder: 0 none, 1 donor, 2 repeat donor, 3 visitor (a stay in the year), 4 regular (eight days a year or more), 5 second base. Becoming a resident
// ends the bond, with the town and with the government of its province alike. Yearly steps, given that the person gave or is bound:
//
//	0 -> 1  gave to the place; of new donors to a place struck in the year only the share chi_d
//	1 -> 2  gave to it again in a later year
//	1,2 -> 3  chi h_13 f l      3 -> 4  h_34 f      4 -> 5  h_45 f
//	k -> k-1  decay, unless the person gave to the place this year
//	k -> 6  a mover goes to the place with odds 1 + chi R_r k times those of others (people, E24)
//
// The person's factor f is the product of those of age (young, old), origin (the bond is with the place of origin, or with the government that receives donations for it), distance (1 + d/100 km)^-distance and, of
// registered persons, register (L17); l is lure where the gifts are experiences.
//
// Only chi of what follows a donation counts: donors had often been there before (self-selection). A visitor of this ladder is one by chi already, so his later
// steps are not multiplied by it again. chi is 0 by default, because no causal estimate exists; then nobody becomes a visitor.
package ties

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

// Tally counts bound persons by place.
type Tally struct {
	Places     [][Stages]int64 // by stage
	Registered []int64         // of them, registered as related residents
}

// NewTally makes an empty tally.
func NewTally(places int) *Tally {
	return &Tally{Places: make([][Stages]int64, places), Registered: make([]int64, places)}
}

// Add merges another tally and empties it.
func (t *Tally) Add(o *Tally) {
	for i := range o.Places {
		for s := range o.Places[i] {
			t.Places[i][s] += o.Places[i][s]
		}
		t.Registered[i] += o.Registered[i]
	}
	o.Reset()
}

// Reset empties the tally.
func (t *Tally) Reset() {
	clear(t.Places)
	clear(t.Registered)
}

// Stays is how many visits a year a stage stands for, relative to a visitor's: regular and second-base residents come more often (judgement).
func Stays(stage int) int64 { return [Stages]int64{visitor: 1, regular: 4, base: 10}[stage] }

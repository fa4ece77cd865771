package ties

import (
	"fmt"
	"math"
	"testing"

	"gohyang/sim/draw"
	"gohyang/sim/people"
	"gohyang/sim/towns"
)

// places of the tests: persons live in town 0 and are bound to, or give to, town 1 or 2.
const (
	places = 3
	home   = 0
	bond   = 1
	other  = 2
)

// land is n persons of town 0 in one sex and age.
func land(n int32) *people.Persons {
	agents := make([][2][people.Ages]int32, places)
	agents[home][1][40] = n
	return people.Start(agents, 2023, 16384, 0)
}

// scene is what a year of the ladder needs beside the persons: where the places are, which are struck, whether registration is open.
type scene struct {
	places [places]towns.Place
	struck [places]bool
	open   bool
	age    int
	towns  int // 0 = all places
}

// climb lives one year of the ladder and returns the counts of bound persons by place and stage.
func climb(p *people.Persons, h *Params, year int) *Tally {
	return (&scene{age: 40}).climb(p, h, year)
}

func (s *scene) climb(p *people.Persons, h *Params, year int) *Tally {
	ladder := &Ladder{Params: h, Places: s.places[:], Towns: places, Seed: 17}
	if s.towns > 0 {
		ladder.Towns = s.towns
	}
	y, w, t := ladder.Prepare(year, s.struck[:], s.open), NewTally(places), &people.Tile{P: p, Age: s.age}
	for i := range p.Blocks {
		b := &p.Blocks[i]
		t.Block = b
		words := int(b.N+63) / 64
		for at := 0; at < words; at += draw.MaxTile {
			n := min(draw.MaxTile, words-at)
			t.Base = b.From + uint32(at*64)
			first := int(t.Base / 64)
			t.Alive, t.Home = p.Alive[first:first+n], p.Home[t.Base:int(t.Base)+n*64]
			t.Load(uint64(first), n, nil, 0)
			y.Climb(t, w)
		}
	}
	return w
}

// bind puts everybody in a stage of a bond to a place.
func bind(p *people.Persons, to uint16, stage uint8) {
	copy(p.Bound, p.Alive)
	for s := range p.Home {
		p.Bond[s], p.Tie[s] = to, stage
	}
}

// donate makes everybody a donor of this year, to a place.
func donate(p *people.Persons, to uint16) {
	copy(p.Donor, p.Alive)
	for s := range p.Home {
		p.Last[s] = to
	}
}

func near(t *testing.T, what string, got int64, n, p float64) {
	t.Helper()
	if z := (float64(got) - n*p) / math.Sqrt(n*p*(1-p)+1e-9); math.Abs(z) > 4.5 {
		t.Errorf("%s: %d of %.0f, want %.1f (z = %.1f)", what, got, n, n*p, z)
	}
}

// Hazards well above any plausible one, so that frequencies show.
var hazards = Params{Net: 0.5, Visit: 0.4, Regular: 0.3, Base: 0.15, Decay: 0.25, Register: 1, Lure: 1, Origin: 1, Young: 1, Old: 1}

// none at all: the factors are one.
var still = Params{Register: 1, Lure: 1, Origin: 1, Young: 1, Old: 1}

// TestLadder is E18 step by step: from every stage, with a gift to the place, to another place, or none, where persons stand a year later.
func TestLadder(t *testing.T) {
	const n = 60000
	h := hazards
	up := [Stages]float64{donor: 0.2, repeat: 0.2, visitor: 0.3, regular: 0.15} // chi h_13 = 0.5 x 0.4
	for stage := uint8(donor); stage < Stages; stage++ {
		for _, gift := range []string{"none", "to the place", "elsewhere"} {
			p := land(n)
			bind(p, bond, stage)
			switch gift {
			case "to the place":
				donate(p, bond)
			case "elsewhere":
				donate(p, other)
			}
			var want [Stages]float64
			above := max(stage, repeat) + 1
			switch {
			case stage == donor && gift == "to the place":
				want[repeat] = 1
			case gift == "to the place":
				want[stage] = 1 - up[stage]
			default:
				want[stage-1] = (1 - up[stage]) * h.Decay
				want[stage] = (1 - up[stage]) * (1 - h.Decay)
			}
			if above < Stages && want[repeat] < 1 {
				want[above] += up[stage]
			}
			w := climb(p, &h, 2023)
			counted := int64(0)
			for s := donor; s < Stages; s++ {
				near(t, fmt.Sprintf("stage %d, gift %s: then stage %d", stage, gift, s), w.Places[bond][s], n, want[s])
				counted += w.Places[bond][s]
			}
			near(t, fmt.Sprintf("stage %d, gift %s: bond ends", stage, gift), n-counted, n, want[none])
			if w.Places[home] != [Stages]int64{} || w.Places[other] != [Stages]int64{} || w.Places[bond][none] != 0 {
				t.Errorf("stage %d, gift %s: bonds to other places: %v", stage, gift, w.Places)
			}
		}
	}
}

// TestFirstGift: a first gift makes a donor's bond for certain, whatever the hazards.
func TestFirstGift(t *testing.T) {
	for _, h := range []Params{hazards, still, {Decay: 1}} {
		p := land(1000)
		donate(p, other)
		if w := climb(p, &h, 2023); w.Places[other][donor] != 1000 {
			t.Errorf("%+v: %v, want 1000 donors bound", h, w.Places)
		}
	}
}

// TestNoEffect: chi = 0 means no donor ever becomes a visitor because of his donation; not in forty years of giving to the same place.
func TestNoEffect(t *testing.T) {
	h := hazards
	h.Net = 0
	p := land(2000)
	donate(p, bond)
	for year := 2023; year < 2063; year++ {
		w := climb(p, &h, year)
		for s := visitor; s < Stages; s++ {
			if w.Places[bond][s] != 0 {
				t.Fatalf("%d: %d persons in stage %d without any effect of giving", year, w.Places[bond][s], s)
			}
		}
		if year > 2023 && w.Places[bond][repeat] != 2000 {
			t.Fatalf("%d: %v, want 2000 repeat donors", year, w.Places[bond])
		}
	}
}

// TestFactors: each factor of a person multiplies every step up (the lure of experiences only that to a visitor) and nothing else; a certain step stays one.
func TestFactors(t *testing.T) {
	const n = 60000
	far := func(s *scene) { s.places[bond].Lat = 100 / 6371.0 * 180 / math.Pi } // 100 km north of home
	for _, c := range []struct {
		name   string
		set    func(*Params, *scene)
		factor float64
		visits bool // only the step to a visitor
	}{
		{"all registered", func(h *Params, s *scene) { h.Register, h.Enrol, s.open = 2, 1, true }, 2, false},
		{"a certain step", func(h *Params, s *scene) { h.Register, h.Enrol, s.open = 10, 1, true }, 10, false},
		{"registration is not open", func(h *Params, _ *scene) { h.Register, h.Enrol = 2, 1 }, 1, false},
		{"nobody registers", func(h *Params, s *scene) { h.Register, s.open = 2, true }, 1, false},
		{"half register", func(h *Params, s *scene) { h.Register, h.Enrol, s.open = 1.8, 0.5, true }, 1.4, false},
		{"young", func(h *Params, s *scene) { h.Young, s.age = 1.5, 39 }, 1.5, false},
		{"old", func(h *Params, s *scene) { h.Old, s.age = 0.5, 65 }, 0.5, false},
		{"neither", func(h *Params, s *scene) { h.Young, h.Old, s.age = 2, 0.5, 64 }, 1, false},
		{"another origin", func(h *Params, _ *scene) { h.Origin = 3 }, 1, false},
		{"100 km away", func(h *Params, s *scene) { h.Distance = 1; far(s) }, 0.5, false},
		{"no decay", func(_ *Params, s *scene) { far(s) }, 1, false},
		{"experiences", func(h *Params, _ *scene) { h.Lure, h.Experience = 2, 1 }, 2, true},
		{"a quarter are experiences", func(h *Params, _ *scene) { h.Lure, h.Experience = 2, 0.25 }, 1.25, true},
		{"all at once", func(h *Params, s *scene) {
			h.Lure, h.Experience, h.Distance, h.Young, s.age = 1.5, 1, 1, 1.6, 30
			far(s)
		}, 0.8, false},
	} {
		for stage, base := range map[uint8]float64{repeat: 0.2, visitor: 0.3, regular: 0.15} {
			h, s := hazards, &scene{age: 50}
			c.set(&h, s)
			p := land(n)
			bind(p, bond, stage)
			up := min(base*c.factor, 1)
			switch {
			case c.visits && stage != repeat:
				up = base
			case c.name == "all at once" && stage == repeat:
				up *= 1.5
			}
			w := s.climb(p, &h, 2023)
			near(t, fmt.Sprintf("%s, stage %d: up", c.name, stage), w.Places[bond][stage+1], n, up)
			near(t, fmt.Sprintf("%s, stage %d: down", c.name, stage), w.Places[bond][stage-1], n, (1-up)*h.Decay)
		}
	}
}

// TestOriginBond: those bound to where they were born come closer faster.
func TestOriginBond(t *testing.T) {
	const n = 60000
	h := hazards
	h.Origin = 2
	p := land(n)
	bind(p, bond, repeat)
	for s := range p.Origin {
		p.Origin[s] = bond
	}
	near(t, "up with the place of origin", climb(p, &h, 2023).Places[bond][visitor], n, 0.4)
}

// TestRegistered: where it is open the enrolled share of the bound registers, the same persons every year; else nobody does.
func TestRegistered(t *testing.T) {
	const n = 60000
	h := still
	h.Enrol = 0.3
	p := land(n)
	bind(p, bond, repeat)
	s := &scene{open: true, age: 40}
	first := s.climb(p, &h, 2023).Registered
	near(t, "registered", first[bond], n, 0.3)
	if second := s.climb(p, &h, 2024).Registered; second[bond] != first[bond] || second[home]+second[other] != 0 {
		t.Errorf("registered %v, a year later %v", first, second)
	}
	s.open = false
	if w := s.climb(p, &h, 2025); w.Registered[bond] != 0 {
		t.Errorf("%d registered though the law has no register", w.Registered[bond])
	}
}

// TestDisaster: of new donors to a struck place the share chi_d enters the ladder; of donors elsewhere, and of those bound already, all.
func TestDisaster(t *testing.T) {
	const n = 60000
	h := hazards
	h.Disaster = 0.3
	s := &scene{age: 40}
	s.struck[bond] = true
	for to, want := range map[uint16]float64{bond: 0.3, other: 1} {
		p := land(n)
		donate(p, to)
		w := s.climb(p, &h, 2023)
		near(t, fmt.Sprintf("new donors to %d", to), w.Places[to][donor], n, want)
		if w.Places[to][donor]+w.Places[to][none] != sum(w) {
			t.Errorf("%v: more than donors", w.Places)
		}
	}
	p := land(n)
	bind(p, bond, donor)
	donate(p, bond)
	if w := s.climb(p, &h, 2023); w.Places[bond][repeat] != n {
		t.Errorf("%v: donors of old are repeat donors, disaster or not", w.Places)
	}
}

func sum(w *Tally) (n int64) {
	for i := range w.Places {
		for _, x := range w.Places[i] {
			n += x
		}
	}
	return n
}

// TestNet: the net share multiplies visits: chi and 2 chi are h_13 and 2 h_13, person by person those of the smaller are among those of the larger. A visitor is one
// by chi already: his later steps do not depend on it.
func TestNet(t *testing.T) {
	const n = 60000
	visitors := func(chi float64, stage uint8) map[int]bool {
		h := hazards
		h.Net = chi
		p := land(n)
		bind(p, bond, stage)
		climb(p, &h, 2023)
		up := map[int]bool{}
		for s := range n {
			if p.Tie[s]&7 > stage {
				up[s] = true
			}
		}
		return up
	}
	low, high := visitors(0.25, repeat), visitors(0.5, repeat)
	near(t, "a quarter", int64(len(low)), n, 0.1)
	near(t, "a half", int64(len(high)), n, 0.2)
	for s := range low {
		if !high[s] {
			t.Fatalf("slot %d visits at a net share of 0.25 and not at 0.5", s)
		}
	}
	if a, b := visitors(0, visitor), visitors(0.5, visitor); len(a) != len(b) {
		t.Errorf("%d visitors become regulars at chi 0, %d at 0.5", len(a), len(b))
	}
}

// TestDecay: without gifts and steps up, bonds fall one stage at a time with the yearly chance; after k years the number of falls is binomial, and what falls below
// stage 1 is gone for good.
func TestDecay(t *testing.T) {
	const n = 60000
	h := still
	h.Decay = 0.25
	p := land(n)
	bind(p, bond, base)
	var w *Tally
	const years = 8
	for year := range years {
		w = climb(p, &h, 2023+year)
	}
	choose, gone := 1.0, 1.0
	for falls := range 5 {
		share := choose * math.Pow(0.25, float64(falls)) * math.Pow(0.75, float64(years-falls))
		near(t, fmt.Sprintf("%d falls", falls), w.Places[bond][base-falls], n, share)
		gone -= share
		choose = choose * float64(years-falls) / float64(falls+1)
	}
	bound := int64(0)
	for s := range n {
		if p.Bound[s>>6]>>(s&63)&1 != 0 {
			bound++
		} else if p.Tie[s] != 0 || p.Bond[s] != people.None {
			t.Fatalf("slot %d: no bond, yet place %d and stage %d", s, p.Bond[s], p.Tie[s]&7)
		}
	}
	near(t, "bonds gone", n-bound, n, gone)
}

// TestMovedThere: moving to the place ends the bond, in any stage, also in a year with a gift to it; a bond elsewhere survives the move.
func TestMovedThere(t *testing.T) {
	h := still
	for stage := uint8(donor); stage < Stages; stage++ {
		p := land(1000)
		bind(p, bond, stage)
		if stage%2 == 0 {
			donate(p, other)
		}
		for s := range p.Home {
			if s%2 == 0 {
				p.Home[s] = bond
			} else {
				p.Home[s] = other
			}
		}
		w := climb(p, &h, 2023)
		if w.Places[bond][stage] != 500 {
			t.Errorf("stage %d: %v, want 500 bonds of those who moved elsewhere", stage, w.Places)
		}
		for s := range 1000 {
			if bound := p.Bound[s>>6]>>(s&63)&1 != 0; bound == (s%2 == 0) {
				t.Fatalf("stage %d, slot %d, home %d: bound %v", stage, s, p.Home[s], bound)
			}
		}
	}
}

// TestOwnTown: where the law lets residents give to their own town (Japan, L7 none), that makes nobody related from elsewhere.
func TestOwnTown(t *testing.T) {
	h := hazards
	p := land(1000)
	donate(p, home)
	if w := climb(p, &h, 2023); w.Places[home] != [Stages]int64{} {
		t.Errorf("residents who gave at home are counted as bound to it from elsewhere: %v", w.Places[home])
	}
}

// TestOwnProvince: where town 0 and town 1 lie in a province with a government of its own, place 2, no resident of either is related to it from elsewhere: a gift to it
// makes no bond, and a bond made elsewhere ends on moving into the province.
func TestOwnProvince(t *testing.T) {
	h := hazards
	for _, c := range []struct {
		name  string
		towns int
		bound int64
	}{{"the province's government", 2, 0}, {"another town", 3, 1000}} {
		s := &scene{age: 40, towns: c.towns}
		p := land(1000)
		donate(p, other)
		if w := s.climb(p, &h, 2023); sum(w) != c.bound {
			t.Errorf("%s: %v bound by a gift, want %d", c.name, w.Places, c.bound)
		}
		p = land(1000)
		bind(p, other, visitor)
		if w := s.climb(p, &still, 2023); sum(w) != c.bound {
			t.Errorf("%s: %v bound after moving in, want %d", c.name, w.Places, c.bound)
		}
	}
}

// TestOwnElsewhere: the government of another province is elsewhere.
func TestOwnElsewhere(t *testing.T) {
	s := &scene{age: 40, towns: 1}
	s.places[bond].Province, s.places[home].Province = 0, 1 // the governments of provinces 0 and 1 are places 1 and 2
	for to, want := range map[uint16]int64{bond: 1000, other: 0} {
		p := land(1000)
		donate(p, to)
		if w := s.climb(p, &still, 2023); w.Places[to][donor] != want {
			t.Errorf("%d bound to the government %d, want %d", w.Places[to][donor], to, want)
		}
	}
}

// TestOriginGovernment: town 1 and its government, place 2, are in another province than home, whose government is not in the scene. A bond with the government is one
// with the place of origin where the town receives nothing itself, as in Sejong and Jeju, and only there.
func TestOriginGovernment(t *testing.T) {
	const n = 60000
	h := hazards
	h.Origin = 2
	for _, c := range []struct {
		recipient bool
		origin    uint16
		up        float64
	}{{false, bond, 0.4}, {true, bond, 0.2}, {false, home, 0.2}, {false, people.None, 0.2}} {
		s := &scene{age: 40, towns: 2}
		s.places[home].Province, s.places[home].Recipient, s.places[bond].Recipient = 1, true, c.recipient
		p := land(n)
		bind(p, other, repeat)
		for k := range p.Origin {
			p.Origin[k] = c.origin
		}
		near(t, fmt.Sprintf("%+v: up", c), s.climb(p, &h, 2023).Places[other][visitor], n, c.up)
	}
}

// TestCounts: over decades of changing gifts and moves, the tally is at every time the number of living persons with that bond and stage; no stage leaves the
// ladder, and the dead and the unbound are not counted.
func TestCounts(t *testing.T) {
	const n = 3000
	h := hazards
	p := land(n)
	seen := [Stages]int64{}
	was := make([]uint8, n)
	for year := 2023; year < 2063; year++ {
		for s := range uint32(n) {
			u := draw.Hash(uint64(year), uint64(s))
			bit := uint64(1) << (s & 63)
			p.Donor[s>>6] &^= bit
			if u>>20%50 == 0 {
				p.Home[s] = uint16(u >> 30 % places)
			}
			if u%10 < 3 {
				p.Donor[s>>6] |= bit
				p.Last[s] = uint16(u >> 8 % places)
				if p.Last[s] == p.Home[s] {
					p.Last[s] = uint16((p.Home[s] + 1) % places)
				}
			}
			if u>>40%200 == 0 {
				p.Alive[s>>6] &^= bit
			}
		}
		w := climb(p, &h, year)
		var want [places][Stages]int64
		for s := range uint32(n) {
			stage := p.Tie[s] & 7
			if stage > base {
				t.Fatalf("%d: slot %d in stage %d", year, s, stage)
			}
			if stage > max(was[s], donor)+1 && !(was[s] == donor && stage == visitor) {
				t.Fatalf("%d: slot %d skips from stage %d to %d", year, s, was[s], stage) // a donor who visits has no need to give again first
			}
			was[s] = stage
			if p.Alive[s>>6]&p.Bound[s>>6]>>(s&63)&1 == 0 {
				continue
			}
			if stage == none || p.Bond[s] == p.Home[s] {
				t.Fatalf("%d: slot %d of town %d is bound to %d in stage %d", year, s, p.Home[s], p.Bond[s], stage)
			}
			want[p.Bond[s]][stage]++
			seen[stage]++
		}
		for i := range want {
			if w.Places[i] != want[i] {
				t.Fatalf("%d: place %d counts %v, its bound persons are %v", year, i, w.Places[i], want[i])
			}
		}
	}
	for s := donor; s < Stages; s++ {
		if seen[s] == 0 {
			t.Errorf("nobody ever in stage %d: the test sees too little", s)
		}
	}
}

// TestAdd: tallies merge by addition and leave the other empty.
func TestAdd(t *testing.T) {
	a, b := NewTally(2), NewTally(2)
	a.Places[0][donor], b.Places[0][donor], b.Places[1][base], b.Registered[1] = 3, 4, 5, 2
	a.Add(b)
	if a.Places[0][donor] != 7 || a.Places[1][base] != 5 || b.Places[0][donor]+b.Places[1][base]+b.Registered[1] != 0 || a.Registered[1] != 2 {
		t.Errorf("merged %v, left %v", a.Places, b.Places)
	}
}

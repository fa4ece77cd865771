package ties

import (
	"fmt"
	"math"
	"testing"

	"gohyang/sim/draw"
	"gohyang/sim/people"
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

// climb lives one year of the ladder and returns the counts of bound persons by place and stage.
func climb(p *people.Persons, h *Params, year int) *Tally {
	y, w, t := NewYear(h, 17, year), NewTally(places), &people.Tile{P: p}
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
var hazards = Params{Net: 0.5, Visit: 0.4, Regular: 0.3, Base: 0.15, Decay: 0.25, Register: 1}

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
	for _, h := range []Params{hazards, {Register: 1}, {Register: 1, Decay: 1}} {
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

// TestRegister: registration (L17) multiplies every step up and nothing else; a certain step stays one.
func TestRegister(t *testing.T) {
	const n = 60000
	for _, factor := range []float64{0.5, 2, 10} {
		h := hazards
		h.Register = factor
		for stage, base := range map[uint8]float64{repeat: 0.2, visitor: 0.3, regular: 0.15} {
			p := land(n)
			bind(p, bond, stage)
			w := climb(p, &h, 2023)
			up := min(base*factor, 1)
			near(t, fmt.Sprintf("factor %g, stage %d: up", factor, stage), w.Places[bond][stage+1], n, up)
			near(t, fmt.Sprintf("factor %g, stage %d: down", factor, stage), w.Places[bond][stage-1], n, (1-up)*h.Decay)
		}
	}
}

// TestDecay: without gifts and steps up, bonds fall one stage at a time with the yearly chance; after k years the number of falls is binomial, and what falls below
// stage 1 is gone for good.
func TestDecay(t *testing.T) {
	const n = 60000
	h := Params{Decay: 0.25, Register: 1}
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
	h := Params{Register: 1}
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

// TestCounts: over decades of changing gifts and moves, the tally is at every time the number of living persons with that bond and stage; no stage leaves the
// ladder, and the dead and the unbound are not counted.
func TestCounts(t *testing.T) {
	const n = 3000
	h := hazards
	p := land(n)
	seen := [Stages]int64{}
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
	a.Places[0][donor], b.Places[0][donor], b.Places[1][base] = 3, 4, 5
	a.Add(b)
	if a.Places[0][donor] != 7 || a.Places[1][base] != 5 || b.Places[0][donor]+b.Places[1][base] != 0 {
		t.Errorf("merged %v, left %v", a.Places, b.Places)
	}
}

package giving

import (
	"fmt"
	"math"
	"testing"

	"gohyang/sim/law"
	"gohyang/sim/people"
	"gohyang/sim/towns"
)

// considering counts adults and those who consider giving, by home and age band.
func (d *land) considering() (n, aware [6][AgeBands]int64) {
	for _, b := range d.persons.Blocks {
		for s := b.From; s < b.From+b.N; s++ {
			n[d.persons.Home[s]][BandOf(2022-b.Birth)]++
			if has(d.persons.Aware, s) {
				aware[d.persons.Home[s]][BandOf(2022-b.Birth)]++
			}
		}
	}
	return n, aware
}

// TestAttend: who does not consider giving starts with 1 - exp(-(p_e + q n + m)) (E4): n is the share of donors of the own age band and province, m holds what
// the law of the year allows and the launch. Nobody under age starts.
func TestAttend(t *testing.T) {
	p := eager()
	p.Attention = Attention{External: 0.01, Peer: 0.57, Launch: 0.03, Platform: 0.04, Promote: 0.05}
	peers := [][AgeBands]float64{{0, 0.1, 0.3}, {0.2, 0, 0.5}}
	for _, c := range []struct {
		name             string
		private, launch  bool
		rule             string
		platform, extras float64
	}{
		{"public portal, strict", false, false, "strict", 0, 0},
		{"launch", false, true, "strict", 0, 0.03},
		{"private portals", true, false, "strict", 0.04, 0},
		{"relaxed promotion", false, false, "relaxed", 0, 0.05},
		{"free promotion, private, launch", true, true, "free", 0.04, 0.08},
	} {
		d := newLand(p, 15000, []int{0, 3}, []int{17, 25, 35, 45})
		l := lawOf(t, law.Korea, 2023, func(r *law.Rules) { r.Platform.Private, r.Promotion.Rule = c.private, c.rule })
		if c.launch {
			d.yearly.Launch = 2023
		}
		y := d.prepare(2023, l, true, peers)
		d.tiles(2023, y.Attend)
		n, aware := d.considering()
		minors := int64(0)
		d.tiles(2023, func(t *people.Tile) {
			if t.Age == 17 {
				for i := range t.Alive {
					if d.persons.Aware[int(t.Base/64)+i] != 0 {
						minors++
					}
				}
			}
		})
		if minors != 0 {
			t.Errorf("%s: persons under age consider giving", c.name)
		}
		for home, province := range map[int]int{0: 0, 3: 1} {
			n[home][0] /= 2 // half of the youngest band here is under age
			for band := range 3 {
				want := 1 - math.Exp(-(0.01 + c.platform + c.extras + 0.57*peers[province][band]))
				near(t, fmt.Sprintf("%s, province %d, band %d", c.name, province, band), aware[home][band], float64(n[home][band]), want)
			}
		}
	}
}

// TestPortalEra: portals push attention by m_platform times the share of recipients that list on them, from the year they work in, if the law lets them; a run that
// starts later finds all listed (E4, E12). A dated push adds to the hazard in its years alone.
func TestPortalEra(t *testing.T) {
	p := eager()
	p.Attention = Attention{External: 0.01, Platform: 0.04}
	p.Listing = Listing{From: 2024, Start: 0.5}
	p.Shock = Shock{Push: 0.1, From: 2025, Until: 2026}
	l := lawOf(t, law.Korea, 2023, func(r *law.Rules) { r.Platform.Private = true })
	hazard := func(d *land, year int, first bool) float64 {
		y := d.prepare(year, l, first, nil)
		return -math.Log(1 - float64(y.attend[0][1])/(1<<64))
	}
	d := newLand(p, 1, []int{0}, []int{40})
	for year, push := range map[int]float64{2023: 0, 2025: 0.1, 2026: 0.1, 2027: 0} {
		d := newLand(p, 1, []int{0}, []int{40})
		want := 0.01 + push
		if year >= 2024 {
			want += 0.04
		}
		if got := hazard(d, year, true); math.Abs(got-want) > 1e-9 {
			t.Errorf("a run from %d: hazard %.5f, want %.5f", year, got, want)
		}
	}
	hazard(d, 2023, true)
	got, listed := hazard(d, 2024, false), d.market.Listed()
	if listed <= 0 || listed >= 1 || math.Abs(got-(0.01+0.04*listed)) > 1e-9 {
		t.Errorf("%.2f of recipients listed: hazard %.5f, want %.5f and some but not all listed", listed, got, 0.01+0.04*listed)
	}
}

// TestEnter: places that did not list when the portals opened enter at 1 - exp(-h_enter) a year, whatever anybody lost or gained, and stay (E12).
func TestEnter(t *testing.T) {
	const n = 4000
	p := eager()
	p.Listing = Listing{From: 2024, Start: 0.3, Enter: 0.5}
	places, receipts := make([]towns.Place, n+1), make([]float64, n+1)
	for i := range n {
		places[i].Recipient, receipts[i] = true, 1
	}
	m := NewMarket(&p, places, n, 1, &Start{Receipts: receipts})
	l := lawOf(t, law.Korea, 2023, func(r *law.Rules) { r.Platform.Private = true })
	out := 1.0
	for y, stay := range []float64{1, 0.7, math.Exp(-0.5), math.Exp(-0.5)} {
		m.Prepare(seed, 2023+y, y == 0, l, nil)
		out *= stay
		near(t, fmt.Sprintf("places on portals in %d", 2023+y), int64(math.Round(m.Listed()*n)), n, 1-out)
	}
}

// TestForget: a donor lapses with delta_L and then no longer considers giving; who considered without giving forgets with delta_A; nothing else changes.
func TestForget(t *testing.T) {
	p := eager()
	p.Hassle.Lapse, p.Attention.Forget = 0.3, 0.1
	l := lawOf(t, law.Korea, 2023)
	for _, donors := range []bool{true, false} {
		d := newLand(p, 30000, []int{1}, []int{40})
		d.consider(donors, 2)
		y := d.prepare(2023, l, true, nil)
		d.tiles(2023, y.Attend)
		n, aware := d.considering()
		want := 1 - p.Attention.Forget
		if donors {
			want = 1 - p.Hassle.Lapse
		}
		near(t, fmt.Sprintf("still considering, donors %v", donors), aware[1][2], float64(n[1][2]), want)
		d.each(func(s uint32) {
			if has(d.persons.Donor, s) != (donors && has(d.persons.Aware, s)) {
				t.Fatalf("slot %d: a lapsed donor still counts as one, or a donor was made", s)
			}
		})
	}
}

// TestBands: age bands of peers and tables are decades, the youngest to 29, the oldest from 80.
func TestBands(t *testing.T) {
	for age, want := range map[int]int{18: 0, 29: 0, 30: 1, 39: 1, 40: 2, 79: 5, 80: 6, 110: 6} {
		if got := BandOf(age); got != want {
			t.Errorf("age %d: band %d, want %d", age, got, want)
		}
	}
}

// TestPeersCounted: the tally's peers are the year's donors by province of residence and age band, the n of next year's attention.
func TestPeersCounted(t *testing.T) {
	d := newLand(eager(), 500, []int{0, 1, 4}, []int{25, 52})
	d.consider(false, 0)
	w := d.give(d.prepare(2023, lawOf(t, law.Korea, 2023), true, nil), 2023)
	var want [2][AgeBands]int64
	for _, b := range d.persons.Blocks {
		for s := b.From; s < b.From+b.N; s++ {
			if has(d.persons.Donor, s) {
				want[d.places[d.persons.Home[s]].Province][BandOf(2022-b.Birth)]++
			}
		}
	}
	for r := range want {
		if w.Peers[r] != want[r] {
			t.Errorf("province %d: peers %v, want %v", r, w.Peers[r], want[r])
		}
	}
	if g := total(w); g.Donors == 0 || g.Donors != g.New || g.Considering != 6000 {
		t.Errorf("all adults consider and all donors are new: %+v", g)
	}
}

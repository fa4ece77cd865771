package people

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"gohyang/sim/draw"
)

// served is what donations added to services in the five towns of pulls.
var served = &Gain{General: []float64{0.5, 0, 0.1, 0.2, 0}, Children: []float64{0, 0.4, 0.1, 0, 1}}

// destinations sends n persons of an age group from home and keeps where each arrives.
func destinations(f *Yearly, home, origin, bond uint16, stage uint8, g, n int) []uint16 {
	y := f.Prepare(2024, level, &[2][Ages]int64{}, 1)
	out := make([]uint16, n)
	for i := range out {
		id := uint64(i) * draw.Golden
		if out[i] = y.bondDraws(id, home, origin, bond, stage, g); out[i] == None {
			out[i] = y.destination(id, home, origin, g)
		}
	}
	return out
}

func counted(to []uint16) []float64 {
	count := make([]float64, 5)
	for _, t := range to {
		if t != None {
			count[t]++
		}
	}
	return count
}

// TestAttraction (E24): the odds of every town, in all provinces, are those without the effect times 1 + e_m dS, those of the place of origin 1 + R_o times as
// high again; age groups that do not move with children go where they went. A town that lost services loses odds likewise, down to a hundredth.
func TestAttraction(t *testing.T) {
	const n = 100000
	family, single := GroupOf(30), GroupOf(22)
	less := &Gain{General: served.General, Children: []float64{0, -0.4, 0.1, 0, -1}}
	for _, c := range []struct {
		r    float64
		gain *Gain
	}{{0, served}, {5, served}, {0, less}, {5, less}} {
		off, on, r := pulls(), pulls(), c.r
		off.Options.Return, on.Options.Return = r, r
		on.Effects, on.Gain = Effects{In: 1.5}, c.gain
		for home := range uint16(5) {
			was, is := destinations(off, home, 2, None, 0, family, n), destinations(on, home, 2, None, 0, family, n)
			want := weights(off, int(home), 2, even)
			for i := range want {
				want[i] *= max(1+1.5*c.gain.Children[i], least)
			}
			fits(t, fmt.Sprintf("from %d, R_o %g", home, r), counted(is), want)
			kept := 0
			for i := range was {
				if was[i] == is[i] {
					kept++
				}
			}
			if kept < n/2 && c.gain == served || kept < n/3 { // whoever went where nobody goes any more goes elsewhere
				t.Errorf("from %d, R_o %g: only %d of %d go where they went: the draws are not coupled", home, r, kept, n)
			}
			a, b := destinations(off, home, 2, None, 0, single, n), destinations(on, home, 2, None, 0, single, n)
			for i := range a {
				if a[i] != b[i] {
					t.Fatalf("from %d, R_o %g: services for children moved someone of 22", home, r)
				}
			}
		}
	}
}

// TestAttractionKeepsNobody: at the largest effect (20), with gains and losses as large as they act, refused draws keep no mover at home: as many move as without the
// effect, and where its odds say; a province whose towns all lost is left by those who have elsewhere to go.
func TestAttractionKeepsNobody(t *testing.T) {
	const n = 50000
	family := GroupOf(30)
	for name, children := range map[string][]float64{"one town gains": {0, 1, 0, 0, 0}, "a province loses": {-1, -1, -1, 0, 1}, "own town gains": {1, 0, -0.5, 0.1, -1}, "all lose": {-1, -1, -1, -1, -1}} {
		on := pulls()
		for p := range on.Tables.OD[family] { // most draws are one's own province, and town 0 most of it
			on.Tables.OD[family][p] = []float64{0.98, 0.02}
		}
		on.Tables.Attract[0][family] = 40
		on.Effects, on.Gain = Effects{In: 20}, &Gain{General: make([]float64, 5), Children: children}
		for home := range uint16(5) {
			sum, want := [2]float64{}, make([]float64, 5)
			for i, p := range on.Country.ProvinceOf {
				sum[p] += on.Tables.Attract[i][family]
			}
			for i, p := range on.Country.ProvinceOf {
				want[i] = on.Tables.OD[family][0][p] * on.Tables.Attract[i][family] / sum[p] * max(1+20*children[i], least)
			}
			want[home] = 0
			got := counted(destinations(on, home, None, None, 0, family, n))
			if moved := got[0] + got[1] + got[2] + got[3] + got[4]; moved != n {
				t.Errorf("%s: of %d movers from %d %.0f moved", name, n, home, moved)
			}
			fits(t, fmt.Sprintf("%s, from %d", name, home), got, want)
		}
	}
}

// TestAttractionOff: without an effect, or with one and nothing added, everybody goes where he went, also after a year in which it was otherwise.
func TestAttractionOff(t *testing.T) {
	const n = 20000
	off := pulls()
	off.Options.Return = 5
	want := destinations(off, 0, 2, None, 0, GroupOf(30), n)
	for name, gain := range map[string]*Gain{"nil": nil, "none": {General: make([]float64, 5), Children: make([]float64, 5)}} {
		f := pulls()
		f.Options.Return = 5
		f.Effects, f.Gain = Effects{Births: 3, In: 1.5, Out: 0.1}, served
		f.Prepare(2023, level, &[2][Ages]int64{}, 1)
		f.Gain = gain
		for i, to := range destinations(f, 0, 2, None, 0, GroupOf(30), n) {
			if to != want[i] {
				t.Fatalf("gain %s: person %d goes to %d, want %d", name, i, to, want[i])
			}
		}
	}
}

// TestBond (E24): the odds of the place of a bond are 1 + R_r stage times what they would be, those of the origin 1 + R_o times, both where they are the same;
// whom the bond does not draw goes where he would go without it. A bond with a provincial government (5 and 6) leads to each of the towns it stands for, here those of
// province 1; one that stands for none, or no bond, draws nobody.
func TestBond(t *testing.T) {
	const n = 100000
	for _, c := range []struct {
		bond   uint16
		stage  uint8
		origin uint16
	}{{1, 1, None}, {4, 3, None}, {4, 5, 2}, {2, 4, 2}, {5, 5, 2}, {None, 0, 2}, {0, 3, 2}, {3, 0, 2},
		{6, 1, None}, {6, 5, 2}, {6, 3, 4}} {
		off, on := pulls(), pulls()
		off.Options.Return, on.Options.Return, on.Related = 3, 3, 2
		on.Country.StandsFor = [][]uint16{nil, {3, 4}}
		was, is := destinations(off, 0, c.origin, None, 0, 2, n), destinations(on, 0, c.origin, c.bond, c.stage, 2, n)
		want := weights(off, 0, int(c.origin), even)
		leads := map[uint16][]uint16{1: {1}, 2: {2}, 3: {3}, 4: {4}, 6: {3, 4}}[c.bond]
		for _, to := range leads {
			want[to] *= 1 + 2*float64(c.stage)
		}
		fits(t, fmt.Sprintf("%+v", c), counted(is), want)
		for i := range was {
			if was[i] != is[i] && !slices.Contains(leads, is[i]) {
				t.Fatalf("%+v: person %d went to %d, now to %d", c, i, was[i], is[i])
			}
		}
	}
}

// TestCare (E22): each tenth more of services for children adds e_f births a year per 1,000 women of 25 to 39, in a town of any level; no woman of another age, and
// none of a town without a gain, bears a child more. Services that lose a tenth cost as many births, those that lose all leave none.
func TestCare(t *testing.T) {
	const n, effect = 40000, 20.0
	year := func(gain []float64, age int) *Tally {
		f := plain(0, 0, 0)
		f.Tables.BirthLevel = []float64{1, 1.5, 1}
		for a := 15; a < 50; a++ {
			f.Tables.Birth[0][a] = 0.06
		}
		f.Effects = Effects{Births: effect}
		if gain != nil {
			f.Gain = &Gain{General: make([]float64, 3), Children: gain}
		}
		p := settled(3, n, [2]int{1, age})
		y, w := prepare(f, 2023, p, 1), NewTally(1, 3)
		tiles(p, f.Seed, 2023, func(t *Tile) { y.Bear(t, w, false); y.Bear(t, w, true) })
		return w
	}
	for _, age := range []int{24, 25, 32, 39, 40} {
		off, on, less := year(nil, age), year([]float64{0.1, 0.2, 0}, age), year([]float64{-0.1, -1, 0}, age)
		for i, more := range []float64{effect / 1000, 2 * effect / 1000, 0} {
			if age < 25 || age > 39 {
				more = 0
			}
			got := on.Towns[i].Births - off.Towns[i].Births
			if want := more * n; math.Abs(float64(got)-want) > 4.5*math.Sqrt(want) {
				t.Errorf("age %d, town %d: %d births more, want %.0f", age, i, got, want)
			}
			fewer := off.Towns[i].Births - less.Towns[i].Births
			want := min([]float64{more, 10 * effect / 1000, 0}[i]*n, float64(off.Towns[i].Births))
			if more == 0 {
				want = 0
			}
			if math.Abs(float64(fewer)-want) > 4.5*math.Sqrt(want) {
				t.Errorf("age %d, town %d: %d births fewer with less, want %.0f", age, i, fewer, want)
			}
		}
	}
}

// TestLeaving (E23): moves out of a town fall by e_o dS, never below none, and rise where services were lost, to no more than all; a town without a gain loses as many as before.
func TestLeaving(t *testing.T) {
	const n = 60000
	year := func(e float64, gain *Gain) *Tally {
		f := pulls()
		for sex := range 2 {
			for a := range Ages {
				f.Tables.MoveAge[sex][a] = 0.2
			}
		}
		f.Effects, f.Gain = Effects{Out: e}, gain
		p := settled(5, n, [2]int{0, 30})
		y, w := prepare(f, 2023, p, 1), NewTally(1, 5)
		tiles(p, f.Seed, 2023, func(t *Tile) { y.Move(t, w) })
		return w
	}
	for i, c := range year(0, served).Towns {
		near(t, fmt.Sprintf("no effect, town %d", i), c.Out, n, 0.2)
	}
	lost := &Gain{General: []float64{-0.5, 0, -0.1, -1, 0.2}, Children: make([]float64, 5)}
	for _, gain := range []*Gain{served, lost} {
		for _, e := range []float64{0.5, 5} {
			in, out, on := int64(0), int64(0), year(e, gain)
			for i, c := range on.Towns {
				left := 0.2 * max(1-e*gain.General[i], 0)
				near(t, fmt.Sprintf("e_o %g, town %d, gain %g", e, i, gain.General[i]), c.Out, n, min(left, 1))
				in, out = in+c.In, out+c.Out
			}
			if in != out {
				t.Errorf("e_o %g: %d moved in, %d out", e, in, out)
			}
		}
	}
}

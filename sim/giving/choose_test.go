package giving

import (
	"fmt"
	"math"
	"testing"

	"gohyang/sim/draw"
	"gohyang/sim/law"
	"gohyang/sim/people"
	"gohyang/sim/towns"
)

// residency compiles Korea's law of 2023 with another rule on where residents may give (L7), and with places barred (L5).
func residency(t *testing.T, excluded string, barred ...string) *law.Law {
	return lawOf(t, law.Korea, 2023, func(r *law.Rules) { r.Residency.Excluded, r.Gift.Exclude = excluded, barred })
}

// received is the number of records by place after everybody has given once.
func (d *land) received(l *law.Law, pulls ...Pull) []float64 {
	w := d.give(d.prepare(2023, l, true, nil, pulls...), 2023)
	out := make([]float64, seats)
	for i, p := range w.Places {
		out[i] = float64(p.Records)
	}
	return out
}

// shares are the observed receipts' shares of places that may receive, the weight of every motive before anything else. A recipient without receipts would get a
// tenth of the smallest; town 4 is no recipient.
func (d *land) shares(not ...int) []float64 {
	out := append([]float64(nil), d.receipts...)
	for _, i := range append(not, 4) {
		out[i] = 0
	}
	return out
}

// TestGiftNest: gift donors choose by market share where all gifts are alike; the law and the recipient's own decision take places out (L5, L7) and leave the
// proportions of the others as they were.
func TestGiftNest(t *testing.T) {
	for _, c := range []struct {
		excluded string
		home     int
		barred   []string
		not      []int
	}{
		{"none", 0, nil, nil},
		{"town", 0, nil, []int{0}},
		{"province", 0, nil, []int{0, 6}},
		{"province", 5, nil, []int{5, 7}},
		{"province", 4, nil, []int{7}},
		{"town", 3, []string{"10001", "10007"}, []int{1, 3, 7}},
		{"province", 1, []string{"10000"}, []int{0, 1, 6}},
	} {
		d := newLand(eager(), 15000, []int{c.home}, []int{40})
		d.consider(false, 0)
		got := d.received(residency(t, c.excluded, c.barred...))
		fits(t, fmt.Sprintf("living in %d, barred by residency: %s, by law: %v", c.home, c.excluded, c.barred), got, d.shares(c.not...))
	}
}

// TestGiftSlope: gift donors' weights are market share x exp(b_g phi (g - 0.3)); here towns have answered the market once, so that each offers its own ratio.
func TestGiftSlope(t *testing.T) {
	p := eager()
	p.Quality.Start, p.Quality.Respond, p.Quality.Adjust, p.Quality.Persist = 0.1, 1, 1, 1
	p.Choice.GiftWeight = 6
	l := lawOf(t, law.Korea, 2023, func(r *law.Rules) { r.Gift.Limit, r.Residency.Excluded = 1, "none" })
	d := newLand(p, 40000, []int{0}, []int{40})
	d.consider(false, 0)
	d.prepare(2023, l, true, nil)
	y := d.prepare(2024, l, false, nil)
	want := d.shares()
	low, high := 1.0, 0.0
	for i := range want {
		g := d.market.Gift(i)
		want[i] *= math.Exp(6 * 0.8 * (g - 0.3))
		if want[i] > 0 {
			low, high = min(low, g), max(high, g)
		}
	}
	if high-low < 0.05 {
		t.Fatalf("gift ratios from %.3f to %.3f: nothing to see", low, high)
	}
	w := d.give(y, 2024)
	got := make([]float64, seats)
	for i, p := range w.Places {
		got[i] = float64(p.Records)
	}
	fits(t, "towns with gifts of their own", got, want)
}

// TestZeroGiftWeight: where donors do not look at the ratio (b_g = 0), the ratio does not matter to where anybody gives, and towns have nothing to answer.
func TestZeroGiftWeight(t *testing.T) {
	var last [2][]uint16
	for k, start := range []float64{0.1, 0.3} {
		p := eager()
		p.Choice.GiftWeight, p.Quality.Start, p.Quality.Respond, p.Quality.Adjust = 0, start, 1, 1
		d := newLand(p, 5000, []int{0, 3}, []int{40})
		d.consider(false, 0)
		for i := range 3 {
			d.give(d.prepare(2023+i, residency(t, "town"), i == 0, nil), 2023+i)
		}
		for i := range seats {
			if g := d.market.Gift(i); i != 4 && g != start {
				t.Errorf("place %d answers with %.3f to donors who do not look", i, g)
			}
		}
		d.each(func(s uint32) { last[k] = append(last[k], d.persons.Last[s]) })
	}
	for i := range last[0] {
		if last[0][i] != last[1][i] {
			t.Fatalf("person %d gives to %d at a ratio of 0.1, to %d at 0.3", i, last[0][i], last[1][i])
		}
	}
}

// nearby is the weight of every place for residents of a province, receipts times (1+d)^-b_d from the seat of its government.
func (d *land) nearby(province int, not ...int) []float64 {
	out := d.shares(not...)
	for i := range out {
		out[i] *= math.Pow(1+towns.Distance(&d.places[6+province], &d.places[i]), -d.params.Choice.Distance)
	}
	return out
}

// origin is the chance that a tie donor of a province gives to a place for its being his origin: B w/(B w + sum of w) with the weights w of nearby places and B such
// that the mean over all pairs of province and place is choice.origin, as nothing is known of where donors come from.
func (d *land) origin(province, place int) float64 {
	chance := func(b float64, r, i int) float64 {
		w, sum := d.nearby(r), 0.0
		for _, x := range w {
			sum += x
		}
		return b * w[i] / (b*w[i] + sum)
	}
	low, high := 0.0, 1e6
	for range 200 {
		b, mean, n := (low+high)/2, 0.0, 0.0
		for r := range 2 {
			for i := range seats {
				if d.places[i].Recipient {
					mean, n = mean+chance(b, r, i), n+1
				}
			}
		}
		if mean/n < d.params.Choice.Origin {
			low = b
		} else {
			high = b
		}
	}
	return chance(low, province, place)
}

// TestTieNest: a tie donor living away gives to the place of origin, the more so the greater its appeal, else, as everybody who lives where he was born, to nearby
// places. An origin that receives nothing itself stands for its province's government.
func TestTieNest(t *testing.T) {
	p := eager()
	p.Motive = Motive{Tie: 1}
	p.Choice.Origin, p.Choice.Distance = 0.65, 1
	for _, c := range []struct {
		home, to int
		origin   uint16
		excluded string
		not      []int
	}{
		{0, -1, 0, "none", nil},
		{0, -1, 0, "province", []int{0, 6}},
		{0, -1, people.None, "town", []int{0}},
		{0, 3, 3, "province", []int{0, 6}},
		{1, 7, 4, "province", []int{1, 6}},
		{3, -1, 4, "province", []int{3, 7}}, // the origin's government is his own province's, where he may not give
		{5, 2, 2, "town", []int{5}},
	} {
		d := newLand(p, 20000, []int{c.home}, []int{40})
		d.consider(false, 0)
		d.each(func(s uint32) { d.persons.Origin[s] = c.origin })
		province := d.places[c.home].Province
		want := d.nearby(province, c.not...)
		sum := 0.0
		for _, x := range want {
			sum += x
		}
		for i := range want {
			want[i] /= sum
			if c.to >= 0 {
				want[i] *= 1 - d.origin(province, c.to)
			}
		}
		if c.to >= 0 {
			want[c.to] += d.origin(province, c.to)
		}
		fits(t, fmt.Sprintf("living in %d, origin %d, barred: %s", c.home, c.origin, c.excluded), d.received(residency(t, c.excluded)), want)
	}
}

// TestEmpathyNest: empathy donors weigh depopulation areas with a factor, and struck or project towns with theirs.
func TestEmpathyNest(t *testing.T) {
	p := eager()
	p.Motive = Motive{}
	p.Choice.Decline = 3
	for _, pulls := range [][]Pull{nil, {{Place: 1, Month: 3, Factor: 25}}, {{Place: 5, Factor: 2}, {Place: 1, Month: 8, Factor: 1.3}, {Place: 5, Factor: 4}}} {
		d := newLand(p, 20000, []int{0}, []int{40})
		d.consider(false, 0)
		want := d.shares(0, 6)
		want[5] *= 3
		for _, f := range pulls {
			want[f.Place] *= f.Factor
		}
		fits(t, fmt.Sprintf("pulls %v", pulls), d.received(residency(t, "province"), pulls...), want)
	}
	gift := eager()
	d := newLand(gift, 20000, []int{0}, []int{40})
	d.consider(false, 0)
	fits(t, "gift donors look past a disaster", d.received(residency(t, "town"), Pull{Place: 1, Month: 3, Factor: 25}), d.shares(0))
}

// TestMotiveShares: the nests mix in the shares of motives. All ties lead to the origin 3 here and all empathy to the struck town 2.
func TestMotiveShares(t *testing.T) {
	p := eager()
	p.Motive = Motive{Gift: 0.35, Tie: 0.4}
	p.Choice.Origin, p.Choice.Distance = 1, 1
	const far = 1e9
	d := newLand(p, 20000, []int{0}, []int{40})
	d.consider(false, 0)
	d.each(func(s uint32) { d.persons.Origin[s] = 3 })
	got := d.received(residency(t, "town", "10001"), Pull{Place: 2, Month: 3, Factor: far})
	rest := d.shares(0, 1)
	sum := 0.0
	for _, x := range rest {
		sum += x
	}
	want := make([]float64, seats)
	for i := range want {
		want[i] = 0.35 * rest[i] / sum
	}
	want[3] += 0.4
	want[2] += 0.25
	fits(t, "gift 0.35, tie 0.4, empathy 0.25", got, want)
}

// TestHabit: of last year's donors' records a share goes to last year's place whatever the motive; the rest choose afresh. Barred places lose their habit too, and
// those who did not give last year have none.
func TestHabit(t *testing.T) {
	p := eager()
	p.Choice.Habit = 0.47
	for _, c := range []struct {
		name   string
		donors bool
		barred []string
		not    []int
		stay   float64
	}{
		{"last year's donors of 2", true, nil, []int{0}, 0.47},
		{"place 2 is barred this year", true, []string{"10002"}, []int{0, 2}, 0},
		{"gave to 2 in an earlier year only", false, nil, []int{0}, 0},
	} {
		d := newLand(p, 20000, []int{0}, []int{40})
		d.consider(c.donors, 2)
		d.each(func(s uint32) { d.persons.Last[s] = 2 })
		want := d.shares(c.not...)
		sum := 0.0
		for _, x := range want {
			sum += x
		}
		for i := range want {
			want[i] *= (1 - c.stay) / sum
		}
		want[2] += c.stay
		w := d.give(d.prepare(2023, residency(t, "town", c.barred...), true, nil), 2023)
		got := make([]float64, seats)
		for i, r := range w.Places {
			got[i] = float64(r.Records)
			repeat := int64(0)
			if i == 2 && c.donors {
				repeat = r.Records
			}
			if r.Repeat != repeat {
				t.Errorf("%s: %d of the %d records of place %d counted as repeated, want %d", c.name, r.Repeat, r.Records, i, repeat)
			}
		}
		fits(t, c.name, got, want)
		d.each(func(s uint32) {
			if has(d.persons.Donor, s) && (d.persons.Last[s] >= seats || got[d.persons.Last[s]] == 0) {
				t.Fatalf("slot %d: last place %d received nothing", s, d.persons.Last[s])
			}
		})
	}
}

// TestOneLeft: when all but one place are barred, everybody gives there, also those whose motive knows no such place.
func TestOneLeft(t *testing.T) {
	for _, m := range []Motive{{Gift: 1}, {Tie: 1}, {}} {
		p := eager()
		p.Motive = m
		d := newLand(p, 500, []int{3}, []int{40})
		d.receipts[2] = 1e-9
		d.market = NewMarket(&d.params, d.places, 6, 2, &Start{Receipts: d.receipts})
		d.yearly.Market = d.market
		d.consider(false, 0)
		got := d.received(residency(t, "town", "10000", "10001", "10005", "10006", "10007"))
		for i, n := range got {
			if (i == 2) != (n > 0) {
				t.Errorf("motive %+v: place %d receives %.0f records", m, i, n)
			}
		}
	}
}

// TestMonthOfPrevious: whether a record goes to where the donor lived before says nothing about its month. With half of the donors going there, each month's share
// is the same among them and among the others.
func TestMonthOfPrevious(t *testing.T) {
	const n = 40000
	p := eager()
	p.Motive, p.Choice.Previous, p.Timing.December = Motive{Tie: 1}, 0.5, 0.4
	d := newLand(p, n, []int{0}, []int{40})
	y := d.prepare(2023, residency(t, "town"), true, nil)
	g := gift{home: 0, before: 2, last: people.None, origin: people.None, bond: people.None, nest: y.tables.nest[0]}
	var count [2][12]float64
	var all [2]float64
	for i := range uint64(2 * n) {
		key, back := draw.Hash(i), 0
		if y.choose(key, &g) == 2 {
			back = 1
		}
		count[back][y.monthOf(key, 2, &g)]++
		all[back]++
	}
	if all[1] < n || all[0] < n/2 {
		t.Fatalf("%.0f records go to where the donor lived before, %.0f elsewhere", all[1], all[0])
	}
	for m := range 12 {
		share := (count[0][m] + count[1][m]) / (all[0] + all[1])
		sd := math.Sqrt(share * (1 - share) * (1/all[0] + 1/all[1]))
		if a, b := count[0][m]/all[0], count[1][m]/all[1]; math.Abs(a-b) > 4.5*sd {
			t.Errorf("month %d: %.4f of the records to the previous home, %.4f of the others", m+1, b, a)
		}
	}
}

package giving

import (
	"fmt"
	"math"
	"testing"

	"gohyang/sim/law"
	"gohyang/sim/people"
)

// amounts is what each donor gave, from tiles in which one person at a time is alive.
func (d *land) amounts(y *Year, year, most int) (out []int64, records []int64) {
	d.tiles(year, func(t *people.Tile) {
		all := append([]uint64(nil), t.Alive...)
		for i := 0; i < t.Words*64 && len(out) < most; i++ {
			clear(t.Alive)
			t.Alive[i>>6] = all[i>>6] & (1 << (i & 63))
			w := NewTally(seats, 6, 2)
			y.Give(t, w)
			if g := total(w); g.Donors > 0 {
				out, records = append(out, g.Amount), append(records, g.Records)
			}
		}
		copy(t.Alive, all)
	})
	return out, records
}

// kinds are the amount types of E7, each with the parameters that make everybody of that type.
func kinds() map[string]Params {
	out := map[string]Params{}
	for name, share := range map[string][3]float64{"kink": {1, 0, 0}, "no loss": {0, 1, 0}, "glow": {0, 0, 1}, "token": {0, 0, 0}} {
		p := eager()
		p.Amount.Kink, p.Amount.NoLoss, p.Amount.WarmGlow = share[0], share[1], share[2]
		p.Amount.Elasticity, p.Amount.GlowScale, p.Amount.GlowTail = -0.5, 200000, 1.5
		out[name] = p
	}
	return out
}

// TestKoreanAmounts are the amounts that Korea's schedule makes of the two types that calculate. Kink: the end of the full credit. No loss: the largest amount,
// by 10,000 won, that relief and gift still pay for. At a gift of 0.3 that is in 2023 0.3 D + 100,000 + 0.165 (D - 100,000) = D, D = 83,500/0.535 = 156,075;
// in 2026, with 44% from 100,000 to 200,000: 0.3 D + 144,000 + 0.165 (D - 200,000) = D, D = 111,000/0.535 = 207,477.
func TestKoreanAmounts(t *testing.T) {
	for _, c := range []struct {
		kind string
		year int
		gift float64
		want int64
	}{
		{"kink", 2023, 0.3, 100000},
		{"kink", 2026, 0.3, 100000}, // an optimiser still stops there: 0.44 + 0.3 < 1 (model description, E3)
		{"no loss", 2023, 0.3, 150000},
		{"no loss", 2023, 0.2, 130000}, // 83,500/0.635 = 131,496
		{"no loss", 2023, 0.1, 110000}, // 83,500/0.735 = 113,605
		{"no loss", 2023, 0.05, 100000},
		{"no loss", 2026, 0.3, 200000},
		{"no loss", 2026, 0.2, 150000}, // 0.2 D + 100,000 + 0.44 (D - 100,000) = D at 56,000/0.36 = 155,556
	} {
		p := kinds()[c.kind]
		p.Quality.Start = c.gift
		d := newLand(p, 300, []int{0}, []int{40})
		d.consider(false, 0)
		got, _ := d.amounts(d.prepare(c.year, lawOf(t, law.Korea, c.year), true, nil), 2023, 200)
		for _, x := range got {
			if x != c.want {
				t.Fatalf("%s, law of %d, gift %g: %d won, want %d", c.kind, c.year, c.gift, x, c.want)
			}
		}
		if len(got) < 200 {
			t.Errorf("%s: only %d donors", c.kind, len(got))
		}
	}
}

// TestSmallTax: the credit is bounded by the tax due, and so is the kink: with a tax due of 65,000 won (the pay is searched, not looked up) the donor gives
// 60,000. An income class is 0.4% wide, which is less than 5,000 won of tax at such a pay.
func TestSmallTax(t *testing.T) {
	l := lawOf(t, law.Korea, 2023)
	gross := int64(12e6)
	for ; l.Taxpayer(gross, law.Household{}).Limit < 65000; gross += 1000 {
		if gross > 30e6 {
			t.Fatal("no pay with a tax due of 65,000 won")
		}
	}
	d := newLand(kinds()["kink"], 300, []int{0}, []int{40})
	in := &people.Income{SD: 1e-5, EarnerLevel: make([]float64, 6), Town: make([]float64, 6)}
	for i := range 6 {
		in.EarnerLevel[i], in.Town[i] = 1, math.Log(float64(gross))
	}
	for a := range people.Ages {
		in.EarnerShare[0][a], in.EarnerShare[1][a] = 1, 1
	}
	d.yearly.Earnings = people.NewEarnings(in)
	d.consider(false, 0)
	got, _ := d.amounts(d.prepare(2023, l, true, nil), 2023, 100)
	for _, x := range got {
		if x != 60000 {
			t.Fatalf("%d won given with a tax due of about 65,000, want 60,000", x)
		}
	}
	if len(got) == 0 {
		t.Error("nobody gives")
	}
}

// TestCap: no donor gives more than the cap (L1), whatever his type.
func TestCap(t *testing.T) {
	for name, p := range kinds() {
		p.Amount.GlowScale, p.Amount.GlowTail = 2e6, 0.5
		for _, limit := range []int64{110000, 300000, 5000000} {
			d := newLand(p, 300, []int{0}, []int{40})
			d.consider(false, 0)
			got, _ := d.amounts(d.prepare(2023, lawOf(t, law.Korea, 2023, func(r *law.Rules) { r.Cap = limit }), true, nil), 2023, 300)
			at := 0
			for _, x := range got {
				if x > limit || x <= 0 {
					t.Fatalf("%s: %d won given under a cap of %d", name, x, limit)
				}
				if x == limit {
					at++
				}
			}
			if name == "glow" && at == 0 {
				t.Errorf("warm glow from 2 million won: nobody gives the cap of %d", limit)
			}
		}
	}
}

// TestToken: tokens are whole 10,000s around the mean, from a fifth of it to nine fifths, and mostly below the kink.
func TestToken(t *testing.T) {
	d := newLand(kinds()["token"], 2000, []int{0}, []int{40})
	d.consider(false, 0)
	got, _ := d.amounts(d.prepare(2023, lawOf(t, law.Korea, 2023), true, nil), 2023, 2000)
	count := make([]float64, 8)
	for _, x := range got {
		if x%10000 != 0 || x > 72000 {
			t.Fatalf("token of %d won", x)
		}
		count[x/10000]++
	}
	// uniform on 8,000 to 72,000, rounded down; below 10,000 nobody gives
	fits(t, "tokens by 10,000 won", count, []float64{0, 10, 10, 10, 10, 10, 10, 2})
}

// TestWarmGlow: beyond the kink a donor gives D1 p^eps, D1 Pareto from glow_scale with exponent glow_tail, p the price of the next won after relief and gift
// (E7). Medians over the same persons of two price regimes have the ratio of the price response; the lower end of the Pareto law is the median over 2^(1/tail).
func TestWarmGlow(t *testing.T) {
	median := func(eps, gift, rate float64) float64 {
		p := kinds()["glow"]
		p.Amount.Elasticity, p.Quality.Start, p.Amount.GlowScale = eps, gift, 1e6
		d := newLand(p, 3000, []int{0}, []int{40})
		d.consider(false, 0)
		l := lawOf(t, law.Korea, 2023, func(r *law.Rules) {
			r.Cap, r.Credit.Tiers = 1e12, []law.Tier{{Upto: 100000, Rate: 1}, {Upto: 1e12, Rate: rate}}
		})
		got, _ := d.amounts(d.prepare(2023, l, true, nil), 2023, 2500)
		n := 0
		for _, x := range got { // the share above the median expected
			if float64(x) > 1e6*math.Pow(1-rate-0.8*gift, eps)*math.Pow(2, 1/1.5) {
				n++
			}
		}
		return float64(n) / float64(len(got))
	}
	for _, c := range [][3]float64{{-0.5, 0.3, 0.165}, {-1.6, 0.3, 0.165}, {-0.2, 0.3, 0.165}, {-1, 0, 0.165}, {-1, 0.3, 0.44}, {0, 0.3, 0.165}} {
		if got := median(c[0], c[1], c[2]); math.Abs(got-0.5) > 0.045 { // four standard errors of 2,500, and 10,000 won
			t.Errorf("eps %g, gift %g, credit %g: %.3f give more than the median of D1 p^eps", c[0], c[1], c[2], got)
		}
	}
}

// TestTypeShares: persons are of the amount types in the shares given (E7); amounts tell the types apart.
func TestTypeShares(t *testing.T) {
	p := eager()
	p.Amount.Kink, p.Amount.NoLoss, p.Amount.WarmGlow = 0.5, 0.2, 0.1
	p.Amount.Elasticity, p.Amount.GlowScale, p.Amount.GlowTail = -0.5, 1e6, 5
	d := newLand(p, 4000, []int{0}, []int{40})
	d.consider(false, 0)
	got, _ := d.amounts(d.prepare(2023, lawOf(t, law.Korea, 2023), true, nil), 2023, 8000)
	count := make([]float64, 4)
	for _, x := range got {
		switch {
		case x == 100000:
			count[0]++
		case x == 150000:
			count[1]++
		case x > 150000:
			count[2]++
		default:
			count[3]++
		}
	}
	fits(t, "types", count, []float64{0.5, 0.2, 0.1, 0.2 * 62 / 64}) // tokens under 10,000 won are none
}

// TestJapaneseAmounts: under a ceiling the kink is the donor's own limit times a utilisation, triangular around its mean, by 1,000 yen, split into records.
func TestJapaneseAmounts(t *testing.T) {
	p := kinds()["kink"]
	p.Amount.UseMean, p.Amount.UseSpread, p.Amount.RecordSize, p.Amount.MaxRecords = 0.75, 0.2, 300000, 50
	d := newLand(p, 2000, []int{0}, []int{40})
	d.consider(false, 0)
	l := lawOf(t, law.Japan, 2020)
	got, records := d.amounts(d.prepare(2020, l, true, nil), 2023, 3000)
	x := l.Taxpayer(60e6, law.Household{})
	limit := float64(x.Limit)
	sum, square, perRecord := 0.0, 0.0, 0.0
	for i, a := range got {
		use := float64(a) / limit
		if a%1000 != 0 || use < 0.54 || use > 0.96 { // a per cent of income class on each side
			t.Fatalf("%d yen given, %.3f of the limit", a, use)
		}
		sum += use
		square += (use - 0.75) * (use - 0.75)
		perRecord += float64(a)/300000 - float64(records[i])
	}
	n := float64(len(got))
	if mean := sum / n; math.Abs(mean-0.75) > 0.01 {
		t.Errorf("mean utilisation %.4f, want 0.75", mean)
	}
	if sd, want := math.Sqrt(square/n), 0.2/math.Sqrt(6); math.Abs(sd/want-1) > 0.1 { // a triangle of half-width 0.2
		t.Errorf("standard deviation of utilisation %.4f, want %.4f", sd, want)
	}
	if diff := perRecord / n; math.Abs(diff) > 0.05 {
		t.Errorf("records differ from amount / 300,000 by %.3f on average, want 0", diff)
	}
}

// TestRecordsAddUp: the records of a donor add up to his amount, in the tally of places, flows and months alike.
func TestRecordsAddUp(t *testing.T) {
	p := kinds()["kink"]
	p.Amount.UseMean, p.Amount.UseSpread, p.Amount.RecordSize, p.Amount.MaxRecords = 0.75, 0.2, 70000, 7
	d := newLand(p, 500, []int{0, 4}, []int{40, 50})
	d.consider(false, 0)
	w := d.give(d.prepare(2020, lawOf(t, law.Japan, 2020), true, nil), 2023)
	var given, places, flows, months, table [2]int64
	for _, g := range w.Towns {
		given[0], given[1] = given[0]+g.Records, given[1]+g.Amount
	}
	for _, g := range w.Places {
		places[0], places[1] = places[0]+g.Records, places[1]+g.Amount
	}
	for _, f := range w.Flows {
		flows[0], flows[1] = flows[0]+f.Records, flows[1]+f.Amount
	}
	for _, f := range w.Months {
		months[0], months[1] = months[0]+f.Records, months[1]+f.Amount
	}
	table[0] = given[0]
	relief := int64(0)
	for a := range w.Donors {
		for i := range w.Donors[a] {
			for _, c := range w.Donors[a][i] {
				table[1] += c.Given
				relief += c.Relief
			}
		}
	}
	if given[0] != 7*total(w).Donors || places != given || flows != given || months != given || table != given {
		t.Errorf("records and amounts: given %v, places %v, flows %v, months %v, donors table %v", given, places, flows, months, table)
	}
	bearers := int64(0)
	for _, g := range w.Towns {
		bearers += g.State + g.Province + g.Town
	}
	if bearers != relief || relief == 0 {
		t.Errorf("relief %d by bearer, %d in the donors table", bearers, relief)
	}
}

// TestMonths: the twelve months' shares (E10), and empathy donations to a struck place in the month of the disaster.
func TestMonths(t *testing.T) {
	p := eager()
	p.Timing = Timing{December: 0.45, Autumn: 0.2}
	want := make([]float64, 12)
	for m := range want {
		want[m] = 0.35 / 9
	}
	want[9], want[10], want[11] = 0.1, 0.1, 0.45
	for _, struck := range []bool{false, true} {
		name := fmt.Sprintf("struck %v", struck)
		var pulls []Pull
		if struck {
			pulls = []Pull{{Place: 1, Month: 3, Factor: 1000}}
			p.Motive = Motive{}
		}
		d := newLand(p, 20000, []int{0}, []int{40})
		d.consider(false, 0)
		w := d.give(d.prepare(2023, lawOf(t, law.Korea, 2023), true, nil, pulls...), 2023)
		count := make([]float64, 12)
		for m, f := range w.Months {
			count[m] = float64(f.Records)
		}
		if struck {
			if w.Places[1].Records*10 < total(w).Records*9 || count[2] < float64(w.Places[1].Records) {
				t.Errorf("%d of %d records to the struck place, %.0f in its month", w.Places[1].Records, total(w).Records, count[2])
			}
			continue
		}
		fits(t, name, count, want)
	}
}

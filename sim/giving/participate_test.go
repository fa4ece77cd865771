package giving

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"gohyang/sim/law"
	"gohyang/sim/people"
)

// participation is E3, E5 and E6 in closed form: the share of earners whose lognormal hassle, times the ease of the channel and the discount of habit, lies
// below the surplus.
func participation(surplus, median, sd, ease float64) float64 {
	return distuv.UnitNormal.CDF(math.Log(surplus/(median*ease)) / sd)
}

// TestParticipation: a considering person gives if relief - D + phi g D exceeds his hassle. At Korea's kink of 100,000 won of 2023 relief equals D, so what is
// left is the gift as the donor values it, 0.8 x 0.3 x 100,000 = 24,000 won. The factors are those of the model description, section 6.
func TestParticipation(t *testing.T) {
	const n = 20000
	for _, c := range []struct {
		name            string
		filing          string
		donors          bool
		gift, value, sd float64
		surplus, ease   float64
	}{
		{"return, new", "return", false, 0.3, 0.8, 0.96, 24000, 1},
		{"return, last year's donor", "return", true, 0.3, 0.8, 0.96, 24000, 0.45},
		{"one-stop", "one_stop", false, 0.3, 0.8, 0.96, 24000, 0.64},
		{"one-stop, last year's donor", "one_stop", true, 0.3, 0.8, 0.96, 24000, 0.64 * 0.45},
		{"automatic", "automatic", false, 0.3, 0.8, 0.96, 24000, 0.1},
		{"automatic, last year's donor", "automatic", true, 0.3, 0.8, 0.96, 24000, 0.045},
		{"half the gift", "return", false, 0.15, 0.8, 0.96, 12000, 1},
		{"gift valued in full", "return", false, 0.3, 1, 0.96, 30000, 1},
		{"less spread", "return", false, 0.3, 0.8, 0.3, 24000, 1},
	} {
		p := eager()
		p.Quality.Start, p.Amount.GiftValue = c.gift, c.value
		p.Hassle = Hassle{Median: 30000, SD: c.sd, OneStop: 0.64, Automatic: 0.1, Habit: 0.45}
		d := newLand(p, n, []int{0}, []int{40})
		d.consider(c.donors, 1)
		l := lawOf(t, law.Korea, 2023, func(r *law.Rules) { r.Convenience.Filing = c.filing })
		w := d.give(d.prepare(2023, l, true, nil), 2023)
		near(t, c.name, total(w).Donors, 2*n, earners*participation(c.surplus, 30000, c.sd, c.ease))
		if g := total(w); g.Amount != 100000*g.Donors || c.donors == (g.New > 0) {
			t.Errorf("%s: %+v, want 100,000 won a donor and new donors only among those who did not give before", c.name, g)
		}
	}
}

// TestNobodyWithoutTax: who has no earnings owes no tax, gets no relief and does not give for the gift's sake.
func TestNobodyWithoutTax(t *testing.T) {
	d := newLand(eager(), 20000, []int{2}, []int{40})
	d.consider(false, 0)
	w := d.give(d.prepare(2023, lawOf(t, law.Korea, 2023), true, nil), 2023)
	near(t, "donors", total(w).Donors, 40000, earners)
}

// TestOneStopBodies: who would give to more recipients than the one-stop notice covers files a return if it is worth the full hassle, and else keeps to as many
// as it covers (L8, E5): the bound costs records, not donors, and shifts relief to the residence's tax. In Japan's law of 2020, 60 million yen of pay give a limit
// of many records of 20,000 yen, cut at ten here; five bodies is the law.
func TestOneStopBodies(t *testing.T) {
	p := eager()
	p.Hassle = Hassle{Median: 1e6, SD: 0.8, OneStop: 0.1, Automatic: 1, Habit: 1}
	p.Amount.MaxRecords = 10
	give := func(bodies int64) Given {
		d := newLand(p, 10000, []int{0}, []int{40})
		d.consider(false, 0)
		l := lawOf(t, law.Japan, 2020, func(r *law.Rules) { r.Convenience.Bodies = bodies })
		return total(d.give(d.prepare(2020+3, l, true, nil), 2023))
	}
	five, any, ten := give(5), give(0), give(10)
	if any != ten {
		t.Errorf("ten records: %+v with ten bodies allowed, %+v without a limit", ten, any)
	}
	if five.Donors != any.Donors || five.Amount != any.Amount {
		t.Errorf("%+v with five bodies allowed, %+v without a limit, want the same donors and amounts", five, any)
	}
	if five.State == 0 || any.State != 0 {
		t.Errorf("national tax bears %d with five bodies, %d without a limit; want some by those who file, and none", five.State, any.State)
	}
	tax := lawOf(t, law.Japan, 2020)
	x := tax.Taxpayer(60e6, law.Household{})
	surplus := (0.24+0.05)*float64(x.Limit) - 2000 // all above the floor of 2,000 yen comes back, and portals gave 5% in points
	near(t, "donors", any.Donors, 20000, earners*participation(surplus, 1e6, 0.8, 0.1))
	near(t, "donors who file", (five.Records-5*five.Donors)/5, 20000, earners*participation(surplus, 1e6, 0.8, 1))
}

// years lives n years of attention and giving, with last year's peers, and returns who gave in each.
func (d *land) years(n int, l *law.Law) []map[uint32]bool {
	var out []map[uint32]bool
	adults := map[[2]int]float64{}
	for _, b := range d.persons.Blocks {
		for s := b.From; s < b.From+b.N; s++ {
			adults[[2]int{d.places[d.persons.Home[s]].Province, BandOf(2022 - b.Birth)}]++
		}
	}
	peers := make([][AgeBands]float64, 2)
	for i := range n {
		y := d.prepare(2023+i, l, i == 0, peers)
		d.tiles(2023+i, y.Attend)
		w := d.give(y, 2023+i)
		for r := range peers {
			for b := range peers[r] {
				if a := adults[[2]int{r, b}]; a > 0 {
					peers[r][b] = float64(w.Peers[r][b]) / a
				}
			}
		}
		out = append(out, d.donors())
	}
	return out
}

// TestMonotone: with the same seed, person by person and year by year, more relief or a better gift loses no donor, and more hassle gains none. Towns' gifts
// do not answer here (a_br = 0), and the ages keep clear of a change of band.
func TestMonotone(t *testing.T) {
	base := eager()
	base.Attention = Attention{External: 0.05, Peer: 0.57, Forget: 0.06}
	base.Hassle = Hassle{Median: 60000, SD: 0.96, OneStop: 0.64, Automatic: 0.3, Habit: 0.45, Lapse: 0.06}
	base.Amount.Kink, base.Amount.NoLoss, base.Amount.WarmGlow, base.Amount.Elasticity, base.Amount.GlowScale = 0.7, 0.1, 0.1, -0.5, 200000
	base.Motive = Motive{Gift: 0.4, Tie: 0.35}
	run := func(p Params, change func(*law.Rules)) []map[uint32]bool {
		return newLand(p, 4000, []int{0, 1, 3}, []int{31, 52}).years(5, lawOf(t, law.Korea, 2023, change))
	}
	same := func(*law.Rules) {}
	start := run(base, same)
	tiers := func(edge int64) func(*law.Rules) {
		return func(r *law.Rules) { r.Credit.Tiers = []law.Tier{{Upto: edge, Rate: 1}, {Upto: 5e6, Rate: 0.165}} }
	}
	param := func(f func(*Params)) Params { p := base; f(&p); return p }
	for _, c := range []struct {
		name string
		more []map[uint32]bool
		less []map[uint32]bool
	}{
		{"full relief up to 200,000", run(base, tiers(200000)), start},
		{"full relief up to 300,000 against 200,000", run(base, tiers(300000)), run(base, tiers(200000))},
		{"gift ratio 0.3 against 0.2", start, run(base, func(r *law.Rules) { r.Gift.Limit = 0.2 })},
		{"relief without effort", start, run(base, func(r *law.Rules) { r.Convenience.Filing = "return" })},
		{"one-stop", run(base, func(r *law.Rules) { r.Convenience.Filing = "one_stop" }), run(base, func(r *law.Rules) { r.Convenience.Filing = "return" })},
		{"higher hassle", start, run(param(func(p *Params) { p.Hassle.Median = 90000 }), same)},
		{"more attention", run(param(func(p *Params) { p.Attention.External = 0.08 }), same), start},
		{"fewer lapses", run(param(func(p *Params) { p.Hassle.Lapse = 0.02 }), same), start},
	} {
		gained := 0
		for i := range c.less {
			for s := range c.less[i] {
				if !c.more[i][s] {
					t.Fatalf("%s: person %d gives in year %d with less, not with more", c.name, s, i)
				}
			}
			gained += len(c.more[i]) - len(c.less[i])
		}
		if gained == 0 {
			t.Errorf("%s: nobody reacts", c.name)
		}
	}
}

// TestBegin: of the residents of a town who would give, as many are last year's donors at the start as observed; of the others a share considers giving, one share of
// those to whom a first donation is worth its hassle and another of those to whom it is not.
func TestBegin(t *testing.T) {
	p := eager()
	p.Hassle = Hassle{Median: 30000, SD: 0.96, OneStop: 1, Automatic: 1, Habit: 0.45}
	const n = 30000
	d := newLand(p, n, []int{0, 3}, []int{16, 40})
	y := d.prepare(2023, lawOf(t, law.Korea, 2023), true, nil)
	w := NewTally(seats, 6, 2)
	d.tiles(2023, func(t *people.Tile) { y.Would(t, w) })
	would := earners * participation(24000, 30000, 0.96, 0.45)
	near(t, "would give again", w.Towns[0].Donors, 2*n, would)
	first := earners * participation(24000, 30000, 0.96, 1)
	near(t, "would not give for the first time", w.Towns[0].Considering, 2*n, 1-first)
	chance := make([]uint64, 6)
	chance[0] = 1 << 62 // a quarter of those who would
	d.tiles(2023, func(t *people.Tile) { y.Begin(t, chance, 1<<61, 1<<62) })
	var donors, aware [6]int64
	d.each(func(s uint32) {
		h := d.persons.Home[s]
		if has(d.persons.Donor, s) {
			donors[h]++
			if !has(d.persons.Aware, s) || d.persons.Last[s] >= seats || d.persons.Habit[s] != 1 || int(d.persons.Last[s]) == int(h) {
				t.Fatalf("slot %d: a donor of last year with aware %v, place %d, habit %d", s, has(d.persons.Aware, s), d.persons.Last[s], d.persons.Habit[s])
			}
		} else if has(d.persons.Aware, s) {
			aware[h]++
		}
	})
	near(t, "donors of town 0", donors[0], 2*n, would/4)
	others := 1 - would/4 - 0.75*first // of town 0, who neither gave nor would
	near(t, "considering in town 0", aware[0], 2*n, 0.125*others+0.25*0.75*first)
	near(t, "considering in town 3", aware[3], 2*n, 0.125*(1-first)+0.25*first)
	if donors[3] != 0 {
		t.Errorf("%d donors in a town that had none", donors[3])
	}
}

// TestFullRelief: what is tabulated for the full amount is what the law says of it, for every class, under Korea's laws with and without a second tier; any other
// split of the donation is computed.
func TestFullRelief(t *testing.T) {
	for _, at := range []int{2023, 2026} {
		d := newLand(eager(), 10, []int{0}, []int{40})
		y := d.prepare(at, lawOf(t, law.Korea, at), true, nil)
		for inc := range y.classes.of {
			c := &y.classes.of[inc]
			for _, big := range []bool{false, true} {
				for _, given := range []law.Split{{law.Ordinary: c.amount[kink]}, {law.Ordinary: 30000}, {law.Struck: c.amount[kink]}} {
					if got, want := y.relief(c, inc, given, false, big), y.classes.law.Special(&y.classes.tax[inc], given, true, big); got != want {
						t.Fatalf("%d, class %d, big city %v, %v: relief %+v, want %+v", at, inc, big, given, got, want)
					}
				}
			}
		}
	}
}

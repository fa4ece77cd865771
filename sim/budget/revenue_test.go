package budget_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"gohyang/sim/budget"
	"gohyang/sim/draw"
	"gohyang/sim/law"
	"gohyang/sim/towns"
)

// fiscal is a place with a need of 500,000 and a capacity of 300,000 that lives on 400,000 of tax (half of it levied on earnings), 50,000 of fees, 200,000 of
// allocation tax and 350,000 of other grants.
func fiscal() towns.Place {
	return towns.Place{LocalTax: 400_000, EarnedTax: 200_000, OtherOwn: 50_000, Need: 500_000, Capacity: 300_000, Revenue: 1_000_000, Receiving: true}
}

// nation is eight places, the one of the test among them; the other towns hold 900 residents, 300 of them old and 100 young.
func nation(f budget.Flows) []budget.Flows {
	in := make([]budget.Flows, 8)
	in[0] = budget.Flows{Population: 900, Young: 100, Old: 300, Earnings: 1e9}
	in[3] = f
	return in
}

// TestRevenue: tax on earnings follows residents' earnings; other tax, fees and grants their number; capacity follows all local tax, need the residents, and
// allocation tax fills the gap. All slopes are zero here: need per resident is constant.
func TestRevenue(t *testing.T) {
	places := make([]towns.Place, 8)
	places[3] = fiscal()
	s := open(&budget.Params{}, places)
	for k, c := range []struct {
		population int64
		earnings   float64
		want       string // tax, own, need, capacity, allocation, grants, revenue
	}{
		{100, 5e6, "400000 450000 500000 300000 200000 350000 1000000"},
		{50, 5e6, "300000 325000 250000 225000 25000 175000 525000"},
		{100, 10e6, "600000 650000 500000 450000 50000 350000 1050000"}, // 200,000 of tax more, 150,000 of allocation tax less
		{100, 50e6, "2200000 2250000 500000 1650000 0 350000 2600000"},  // capacity above need: no allocation tax
		{0, 0, "0 0 0 0 0 0 0"},
	} {
		r := settle(t, s, &law.Law{}, 2023+k, nation(budget.Flows{Population: c.population, Young: c.population / 10, Old: c.population / 4, Earnings: c.earnings})).Places[3]
		if got := fmt.Sprint(r.LocalTax, r.Own, r.Need, r.Capacity, r.Allocation, r.Grants, r.Revenue); got != c.want {
			t.Errorf("%d persons, earnings %g: got %s, want %s", c.population, c.earnings, got, c.want)
		}
	}
}

// TestNeed: need moves along the cross-section. By hand: half the residents need 2^-(1+size) x exp(curve x difference of squares) of it; a place that ages by
// ten points more than the nation needs exp(old x 0.1) of it; the nation's own ageing moves nobody's need.
func TestNeed(t *testing.T) {
	k := budget.Need{Size: -0.8, Curve: 0.05, Old: 2, Young: 1, Province: -0.3}
	square := func(n float64) float64 { return math.Log(n) * math.Log(n) }
	start := budget.Flows{Population: 1000, Young: 100, Old: 300}
	for _, c := range []struct {
		name string
		then func(in []budget.Flows)
		want float64 // of the start's need
	}{
		{"as it was", func([]budget.Flows) {}, 1},
		{"half the residents of each age", func(in []budget.Flows) { in[3] = budget.Flows{Population: 500, Young: 50, Old: 150} },
			math.Pow(0.5, 0.2) * math.Exp(0.05*(square(500)-square(1000)))},
		{"a province of half the residents", func(in []budget.Flows) { in[7].Population = 500 }, math.Pow(0.5, 0.7)},
		{"all age alike", func(in []budget.Flows) {
			for i := range in {
				in[i].Old += in[i].Population / 10
			}
		}, 1},
		{"ages by ten points, the nation of six such towns by 1.7", func(in []budget.Flows) { in[3].Old += 100 }, math.Exp(2 * (0.1 - 0.1/6))},
		{"ten points fewer children", func(in []budget.Flows) { in[3].Young = 0 }, math.Exp(-(0.1 - 0.1/6))},
		{"nobody left", func(in []budget.Flows) { in[3] = budget.Flows{} }, 0},
	} {
		places := make([]towns.Place, 8)
		places[3], places[7] = fiscal(), fiscal()
		s := open(&budget.Params{Need: k}, places)
		in := make([]budget.Flows, 8)
		for i := range in {
			in[i] = start
		}
		settle(t, s, &law.Law{}, 2023, in)
		c.then(in)
		i := 3
		if in[7].Population != start.Population {
			i = 7
		}
		got := float64(settle(t, s, &law.Law{}, 2024, in).Places[i].Need)
		if math.Abs(got-500_000*c.want) > 1 {
			t.Errorf("%s: need %.0f, want %.0f", c.name, got, 500_000*c.want)
		}
	}
}

// TestApart: donations, their costs and the relief they bring move neither tax nor need, capacity, allocation tax and strength: they are no standard revenue
// (policy.md section 3), and what relief takes is refunded as compensation.
func TestApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := make([]towns.Place, 8)
		for i := range places {
			places[i] = fiscal()
			places[i].Receiving = rapid.Bool().Draw(t, "receiving")
		}
		p := &budget.Params{Need: budget.Need{Size: -0.5, Old: 2}}
		without, with := open(p, places), open(p, places)
		for year := 2023; year < 2027; year++ {
			plain, given := make([]budget.Flows, 8), make([]budget.Flows, 8)
			for i := range plain {
				n := rapid.Int64Range(1, 1e6).Draw(t, "residents")
				plain[i] = budget.Flows{Population: n, Old: n / 3, Earnings: rapid.Float64Range(0, 1e12).Draw(t, "earnings")}
				given[i] = plain[i]
				given[i].Received, given[i].Relief = rapid.Int64Range(0, 1e9).Draw(t, "received"), rapid.Int64Range(0, 1e9).Draw(t, "relief")
			}
			a, b := settle(t, without, &law.Law{}, year, plain).Places, settle(t, with, &law.Law{}, year, given).Places
			for i := range a {
				x, y := a[i], b[i]
				if x.LocalTax != y.LocalTax || x.Own != y.Own || x.Need != y.Need || x.Capacity != y.Capacity || x.Allocation != y.Allocation ||
					x.Grants != y.Grants || x.Strength != y.Strength {
					t.Fatalf("%d, place %d: donations move standard revenue: %+v, then %+v", year, i, x, y)
				}
				if y.Revenue-y.Net != x.Revenue-x.Net {
					t.Fatalf("%d, place %d: revenue without net is %d, then %d", year, i, x.Revenue-x.Net, y.Revenue-y.Net)
				}
			}
		}
	})
}

// TestStrength: the index is the mean of three years; those before the run are as its start.
func TestStrength(t *testing.T) {
	places := make([]towns.Place, 8)
	places[3] = fiscal() // 0.6 at the start
	s := open(&budget.Params{}, places)
	for k, c := range []struct {
		earnings, want float64
	}{{1e6, 0.6}, {2e6, (0.6 + 0.6 + 0.9) / 3}, {2e6, (0.6 + 0.9 + 0.9) / 3}, {2e6, 0.9}, {1e6, (0.9 + 0.9 + 0.6) / 3}} {
		r := settle(t, s, &law.Law{}, 2023+k, nation(budget.Flows{Population: 100, Earnings: c.earnings})).Places[3]
		if math.Abs(r.Strength-c.want) > 1e-12 {
			t.Errorf("year %d: strength %.4f, want %.4f", k, r.Strength, c.want)
		}
	}
	if draw.Exp(0) != 1 {
		t.Error("e to the 0 is not 1: need at the start is not what it is")
	}
}

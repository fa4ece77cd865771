package budget_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"gohyang/sim/budget"
	"gohyang/sim/law"
	"gohyang/sim/towns"
)

// numTowns of the places below are towns; the rest are provincial governments.
const numTowns = 6

// country draws eight governments, some of which receive allocation tax.
func country(t *rapid.T) []towns.Place {
	places := make([]towns.Place, 8)
	for i := range places {
		places[i] = towns.Place{Receiving: rapid.Bool().Draw(t, "receiving"), LocalTax: rapid.Int64Range(0, 1e12).Draw(t, "local tax"),
			Revenue: rapid.Int64Range(0, 2e12).Draw(t, "revenue")}
	}
	return places
}

// flows draws a year: receipts up to a trillion, cost shares that may each be anything.
func flows(t *rapid.T) []budget.Flows {
	in := make([]budget.Flows, 8)
	money, share := rapid.Int64Range(0, 1e12), rapid.Float64Range(0, 0.5)
	for i := range in {
		in[i] = budget.Flows{Received: money.Draw(t, "received"), Borne: money.Draw(t, "borne"), GiftShare: share.Draw(t, "gift"), FeeShare: share.Draw(t, "fee"),
			CostShare: share.Draw(t, "cost"), Visits: money.Draw(t, "visits"), Population: rapid.Int64Range(0, 1e7).Draw(t, "population"),
			Earnings: rapid.Float64Range(0, 1e14).Draw(t, "earnings")}
	}
	return in
}

// rules draws the levers of accounts.
func rules(t *rapid.T) *law.Law {
	share := rapid.Float64Range(0, 1)
	return &law.Law{Rules: law.Rules{Cost: law.Cost{Limit: share.Draw(t, "cost limit")},
		Compensation: law.Compensation{Rate: share.Draw(t, "rate"), Pool: share.Draw(t, "pool")}}}
}

func params(t *rapid.T) *budget.Params {
	share := rapid.Float64Range(0, 1)
	return &budget.Params{Multiplier: rapid.Float64Range(0, 3).Draw(t, "multiplier"), Execute: share.Draw(t, "execute"), Flypaper: share.Draw(t, "flypaper"),
		Depreciate: share.Draw(t, "depreciate")}
}

// TestBooks: for any country, law and three years of flows: every entry sums to zero; each place's net follows from its parts; the fund is what it was, plus what
// was kept, less what was spent; the ledger repeats the places; and the allocation pool's loss is shared to the last won, among those who receive it.
func TestBooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := country(t)
		s := budget.NewState(params(t), places, numTowns)
		fund := make([]int64, 8)
		for year := 2023; year < 2026; year++ {
			l, in, state := rules(t), flows(t), rapid.Int64Range(0, 1e13).Draw(t, "state")
			out, ledger, err := s.Settle(l, year, in, state)
			if err != nil {
				t.Fatal(err)
			}
			books(t, ledger)
			compensation := int64(0)
			for i, r := range out {
				kept := in[i].Received - r.Gifts - r.Fees - r.Operating
				if r.Net != kept-in[i].Borne+r.Compensation {
					t.Fatalf("place %d: net %d does not follow from its parts: %+v, %+v", i, r.Net, in[i], r)
				}
				if r.Fund != fund[i]+max(kept, 0)-r.Spent || r.Fund < 0 || r.Spent < 0 {
					t.Fatalf("place %d: fund %d + kept %d - spent %d is not %d", i, fund[i], kept, r.Spent, r.Fund)
				}
				fund[i] = r.Fund
				if r.Compensation != 0 && !places[i].Receiving {
					t.Fatalf("place %d receives no allocation tax, yet %d of compensation", i, r.Compensation)
				}
				compensation += r.Compensation
			}
			follows(t, ledger, in, out, state)
			refund := refunds(l, places, in)
			if pooled := compensation - refund; pooled != pool(l, places, state) {
				t.Fatalf("the pool shares out %d, want %d", pooled, pool(l, places, state))
			}
		}
	})
}

// books: every entry sums to zero.
func books(t *rapid.T, ledger []budget.Entry) {
	for _, e := range ledger {
		if d := e.Donors + e.Towns + e.Provinces + e.State + e.Producers + e.Platforms + e.Suppliers; d != 0 {
			t.Fatalf("entry %s sums to %d: %+v", e.Entry, d, e)
		}
	}
}

// follows: what the ledger says of towns, provinces, donors and the state is the sum of the places' results.
func follows(t *rapid.T, ledger []budget.Entry, in []budget.Flows, out []budget.Result, state int64) {
	var net, booked [2]int64
	received, borne := int64(0), int64(0)
	for i, r := range out {
		k := 0
		if i >= numTowns {
			k = 1
		}
		net[k] += r.Net
		received += in[i].Received
		borne += in[i].Borne
	}
	donors, national := int64(0), int64(0)
	for _, e := range ledger {
		if e.Entry == "fund.spending" {
			continue
		}
		booked[0], booked[1] = booked[0]+e.Towns, booked[1]+e.Provinces
		donors += e.Donors
		national += e.State
	}
	if net != booked {
		t.Fatalf("towns and provinces gained %v, the ledger books %v", net, booked)
	}
	compensation := int64(0)
	for _, r := range out {
		compensation += r.Compensation
	}
	if donors != state+borne-received || national != -state-compensation {
		t.Fatalf("donors gain %d, want relief %d less gifts of money %d; the state %d, want %d", donors, state+borne, received, national, -state-compensation)
	}
}

// refunds is the direct compensation of receiving municipalities (Japan).
func refunds(l *law.Law, places []towns.Place, in []budget.Flows) (sum int64) {
	for i := range places {
		if places[i].Receiving {
			sum += int64(l.Rules.Compensation.Rate * float64(in[i].Borne))
		}
	}
	return sum
}

// pool is the loss of the allocation pool, if anybody receives from it beyond his own tax.
func pool(l *law.Law, places []towns.Place, state int64) int64 {
	for _, p := range places {
		if p.Receiving && p.Revenue > p.LocalTax {
			return -int64(math.Round(l.Rules.Compensation.Pool * float64(state)))
		}
	}
	return 0
}

// TestPoolShares: each receiving place loses in proportion to what it receives beyond its own tax, within one won or yen.
func TestPoolShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places, state := country(t), rapid.Int64Range(0, 1e13).Draw(t, "state")
		l := &law.Law{Rules: law.Rules{Cost: law.Cost{Limit: 1}, Compensation: law.Compensation{Pool: 0.1924}}} // Korea, 지방교부세법 제4조
		out, _, err := budget.NewState(&budget.Params{}, places, numTowns).Settle(l, 2023, make([]budget.Flows, 8), state)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, p := range places {
			if p.Receiving {
				sum += float64(max(p.Revenue-p.LocalTax, 0))
			}
		}
		for i, p := range places {
			want := 0.0
			if p.Receiving && sum > 0 {
				want = -0.1924 * float64(state) * float64(max(p.Revenue-p.LocalTax, 0)) / sum
			}
			if math.Abs(float64(out[i].Compensation)-want) > 1.5 {
				t.Fatalf("place %d: %d, want %.1f", i, out[i].Compensation, want)
			}
		}
	})
}

// TestCostLimit: gifts, fees and operation never cost more than the law allows, whatever a town had in mind (L6).
func TestCostLimit(t *testing.T) {
	for _, c := range []struct {
		gift, fee, cost, limit float64
		want                   int64
	}{
		{0.225, 0.13, 0.08, 0.5, 435_000}, // Japan's usual shares under its limit of half: no bite
		{0.3, 0.13, 0.2, 0.5, 500_000},    // operation gives way
		{0.3, 0.13, 0.2, 0.43, 430_000},   // all of it
		{0.3, 0.13, 0.2, 0.4, 400_000},    // gifts and fees alone exceed it
		{0.3, 0, 0.1, 0.2, 200_000},
		{0.5, 0.2, 0.5, 1, 1_000_000},
	} {
		in := make([]budget.Flows, 8)
		in[2] = budget.Flows{Received: 1_000_000, GiftShare: c.gift, FeeShare: c.fee, CostShare: c.cost}
		l := &law.Law{Rules: law.Rules{Cost: law.Cost{Limit: c.limit}}}
		out, _, err := budget.NewState(&budget.Params{}, make([]towns.Place, 8), numTowns).Settle(l, 2023, in, 0)
		if err != nil {
			t.Fatal(err)
		}
		r := out[2]
		if got := r.Gifts + r.Fees + r.Operating; math.Abs(float64(got-c.want)) > 2 {
			t.Errorf("gifts %g, fees %g, operation %g under a limit of %g: cost %d of a million, want %d", c.gift, c.fee, c.cost, c.limit, got, c.want)
		}
	}
}

// TestCompensation: Japan gives back 75% of the lost municipal tax to those who receive allocation tax, not to others, not to prefectures (J60).
func TestCompensation(t *testing.T) {
	places := make([]towns.Place, 8)
	places[0].Receiving, places[7].Receiving = true, true
	in := make([]budget.Flows, 8)
	for i := range in {
		in[i].Borne = 1_000_000
	}
	l := &law.Law{Rules: law.Rules{Cost: law.Cost{Limit: 0.5}, Compensation: law.Compensation{Rate: 0.75}}}
	out, ledger, err := budget.NewState(&budget.Params{}, places, numTowns).Settle(l, 2020, in, 400_000)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range out {
		want := int64(0)
		if i == 0 || i == 7 { // a receiving municipality, a receiving prefecture
			want = 750_000
		}
		if r.Compensation != want || r.Net != want-1_000_000 {
			t.Errorf("place %d: compensation %d, net %d, want %d and %d", i, r.Compensation, r.Net, want, want-1_000_000)
		}
	}
	for _, e := range ledger {
		if e.Entry == "relief.state" && (e.State != -400_000 || e.Donors != 400_000) || e.Entry == "compensation" && e.State != -1_500_000 {
			t.Errorf("%+v", e)
		}
	}
}

// TestStill: without donations and with the people of the start, nothing moves: services stay at one, the fund empty, revenue what it was.
func TestStill(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := country(t)
		s := budget.NewState(params(t), places, numTowns)
		in := make([]budget.Flows, 8)
		for i := range in {
			in[i].Population, in[i].Earnings = int64(1000*i), 1e9*float64(i)
		}
		for year := 2023; year < 2030; year++ {
			out, _, err := s.Settle(rules(t), year, in, 0)
			if err != nil {
				t.Fatal(err)
			}
			for i, r := range out {
				if r.Services != 1 || r.Fund != 0 || r.Spent != 0 || r.LocalIncome != 0 || r.Net != 0 {
					t.Fatalf("%d, place %d: %+v without donations", year, i, r)
				}
				if r.LocalTax != places[i].LocalTax || r.Revenue != max(places[i].Revenue, places[i].LocalTax) {
					t.Fatalf("%d, place %d: tax %d and revenue %d, want %d and %d", year, i, r.LocalTax, r.Revenue, places[i].LocalTax, places[i].Revenue)
				}
			}
		}
	})
}

// TestServices: a place that spends the same share of its revenue from donations every year approaches 1 + flypaper x share, by the depreciation rate of the gap a
// year (E20); local income is the multiplier on gifts, spending and visitors (E19).
func TestServices(t *testing.T) {
	places := make([]towns.Place, 8)
	places[1].Revenue = 1_000_000
	in := make([]budget.Flows, 8)
	in[1] = budget.Flows{Received: 100_000, GiftShare: 0.3, Visits: 7_000, Population: 10}
	s := budget.NewState(&budget.Params{Multiplier: 1.3, Execute: 1, Flypaper: 0.8, Depreciate: 0.1}, places, numTowns)
	l := &law.Law{Rules: law.Rules{Cost: law.Cost{Limit: 1}}}
	level := 1 + 0.8*70_000/1_000_000.0 // revenue without the 70,000 kept
	for k := 1; k <= 40; k++ {
		out, _, err := s.Settle(l, 2022+k, in, 0)
		if err != nil {
			t.Fatal(err)
		}
		want := level - (level-1)*math.Pow(0.9, float64(k))
		if got := out[1].Services; math.Abs(got-want) > 1e-12 {
			t.Fatalf("year %d: services %.6f, want %.6f", k, got, want)
		}
		if out[1].LocalIncome != 139_100 { // 1.3 x (30,000 + 70,000 + 7,000)
			t.Fatalf("local income %d, want 139,100", out[1].LocalIncome)
		}
	}
}

// TestFund: a fund spent at a constant rate x settles where spending equals what is kept: a stock of kept (1 - x)/x. Goseong had spent 1.09 of 7.9 eok (K71); at
// the default of 0.3 the stock is 7/3 of a year's money.
func TestFund(t *testing.T) {
	for _, x := range []float64{0.1, 0.3, 0.8, 1} {
		in := make([]budget.Flows, 8)
		in[0].Received = 1_000_000
		s := budget.NewState(&budget.Params{Execute: x}, make([]towns.Place, 8), numTowns)
		fund := int64(0)
		for year := range 200 {
			out, _, err := s.Settle(&law.Law{Rules: law.Rules{Cost: law.Cost{Limit: 1}}}, 2023+year, in, 0)
			if err != nil {
				t.Fatal(err)
			}
			fund = out[0].Fund
		}
		if want := 1e6 * (1 - x) / x; math.Abs(float64(fund)-want) > 20 {
			t.Errorf("execution %g: the fund settles at %d, want %.0f", x, fund, want)
		}
	}
}

// TestRevenue: local tax follows residents' earnings and the rest of revenue their number.
func TestRevenue(t *testing.T) {
	places := make([]towns.Place, 8)
	places[3] = towns.Place{LocalTax: 400_000, Revenue: 1_000_000}
	s := budget.NewState(&budget.Params{}, places, numTowns)
	l := &law.Law{Rules: law.Rules{Cost: law.Cost{Limit: 1}}}
	for k, c := range []struct {
		population int64
		earnings   float64
		tax, all   int64
	}{{100, 5e6, 400_000, 1_000_000}, {50, 5e6, 400_000, 700_000}, {100, 10e6, 800_000, 1_400_000}, {0, 0, 0, 0}} {
		in := make([]budget.Flows, 8)
		in[3] = budget.Flows{Population: c.population, Earnings: c.earnings}
		out, _, err := s.Settle(l, 2023+k, in, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(out[3].LocalTax, out[3].Revenue); got != fmt.Sprint(c.tax, c.all) {
			t.Errorf("%d persons, earnings %g: tax and revenue %s, want %d %d", c.population, c.earnings, got, c.tax, c.all)
		}
	}
}

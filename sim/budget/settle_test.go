package budget_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"gohyang/sim/budget"
	"gohyang/sim/law"
	"gohyang/sim/towns"
)

// numTowns of the places below are towns; the rest are provincial governments.
const numTowns = 6

// open opens the accounts of a scheme that starts with the run.
func open(p *budget.Params, places []towns.Place) *budget.State {
	return budget.NewState(p, places, numTowns, budget.Opening{})
}

// settle closes a year or fails the test.
func settle(t interface{ Fatal(...any) }, s *budget.State, l *law.Law, year int, in []budget.Flows) *budget.Books {
	books, err := s.Settle(l, year, in)
	if err != nil {
		t.Fatal(err)
	}
	return books
}

// country draws eight governments of two provinces, some of which receive donations or allocation tax.
func country(t *rapid.T) []towns.Place {
	places := make([]towns.Place, 8)
	for i := range places {
		places[i] = towns.Place{Province: i % 2, Recipient: rapid.Bool().Draw(t, "recipient"), Receiving: rapid.Bool().Draw(t, "receiving"),
			LocalTax: rapid.Int64Range(0, 1e12).Draw(t, "local tax"), Revenue: rapid.Int64Range(0, 2e12).Draw(t, "revenue"),
			Need: rapid.Int64Range(0, 1e12).Draw(t, "need"), Capacity: rapid.Int64Range(0, 1e12).Draw(t, "capacity")}
	}
	return places
}

// flows draws a year: receipts up to a trillion, costs that may be anything, corporations whose relief stands with provincial governments, and donors' origins that are
// the same money by place and by province.
func flows(t *rapid.T) []budget.Flows {
	in := make([]budget.Flows, 8)
	money, home := rapid.Int64Range(0, 1e12), int64(0)
	for i := range in {
		in[i] = budget.Flows{Received: money.Draw(t, "received"), Gifts: money.Draw(t, "gifts") / 3, Fees: money.Draw(t, "fees") / 9, Operating: money.Draw(t, "operating") / 9,
			Points: money.Draw(t, "points") / 20, State: money.Draw(t, "state"), Relief: money.Draw(t, "relief"), Visits: money.Draw(t, "visits"),
			Population: rapid.Int64Range(0, 1e7).Draw(t, "population"), Old: rapid.Int64Range(0, 1e6).Draw(t, "old"), Women: rapid.Int64Range(0, 1e6).Draw(t, "women"),
			Earnings: float64(rapid.Int64Range(0, 1e14).Draw(t, "earnings"))}
		in[i].Corporate = money.Draw(t, "corporate") / 5
		if i >= numTowns {
			in[i].CorporateState, in[i].CorporateRelief = money.Draw(t, "corporate state"), money.Draw(t, "corporate relief")
		}
		in[i].Shipping = rapid.Int64Range(0, in[i].Operating).Draw(t, "shipping")
		in[i].Homeward = rapid.Int64Range(0, in[i].Received).Draw(t, "homeward")
		home += in[i].Homeward
	}
	in[6].Home = rapid.Int64Range(0, home).Draw(t, "home")
	in[7].Home = home - in[6].Home
	return in
}

// rules draws the levers of accounts, half of them without redistribution.
func rules(t *rapid.T) *law.Law {
	share := rapid.Float64Range(0, 1)
	r := law.Rules{Cost: law.Cost{Limit: share.Draw(t, "cost limit")}, Compensation: law.Compensation{Rate: share.Draw(t, "rate"), All: rapid.Bool().Draw(t, "all"),
		Pool: share.Draw(t, "pool"), PoolLag: rapid.Int64Range(0, law.PoolLag).Draw(t, "lag")}}
	if rapid.Bool().Draw(t, "redistribution") {
		r.Redistribution = law.Redistribution{PoolRate: share.Draw(t, "pool rate"), PoolPopulation: rapid.Float64Range(0, 2).Draw(t, "exponent"),
			PerResident: rapid.Int64Range(0, 1e6).Draw(t, "per resident"), HomeShare: share.Draw(t, "home share"), Floor: share.Draw(t, "floor")}
	}
	return &law.Law{Rules: r}
}

func params(t *rapid.T) *budget.Params {
	share := rapid.Float64Range(0, 1)
	return &budget.Params{Multiplier: rapid.Float64Range(0, 3).Draw(t, "multiplier"), Execute: share.Draw(t, "execute"), Flypaper: share.Draw(t, "flypaper"),
		Depreciate: share.Draw(t, "depreciate")}
}

// TestBooks: for any country, law and four years of flows: every entry sums to zero; each place's net follows from its parts; the fund never falls by anything but
// spending; the ledger repeats the places, flow by flow.
func TestBooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := country(t)
		s := open(params(t), places)
		fund := make([]int64, 8)
		for year := 2023; year < 2027; year++ {
			l, in := rules(t), flows(t)
			books := settle(t, s, l, year, in)
			zero(t, books)
			for i, r := range books.Places {
				kept := kept(&in[i])
				if r.Net != kept-r.Borne-r.CorporateBorne+r.Compensation-r.PoolLoss+r.Redistribution {
					t.Fatalf("place %d: net %d does not follow from its parts: %+v, %+v", i, r.Net, in[i], r)
				}
				added := r.Fund + r.Spent - fund[i]
				if l.Rules.Redistribution == (law.Redistribution{}) && (added != max(kept, 0) || r.Redistribution != 0) || added < 0 || r.Fund < 0 || r.Spent < 0 {
					t.Fatalf("place %d: fund %d + kept %d - spent %d is not %d", i, fund[i], kept, r.Spent, r.Fund)
				}
				fund[i] = r.Fund
				if r.Compensation != 0 && !places[i].Receiving && !l.Rules.Compensation.All {
					t.Fatalf("place %d receives no allocation tax, yet %d of compensation", i, r.Compensation)
				}
			}
			traced(t, books, in)
		}
	})
}

// zero: every entry sums to zero, nothing is left in the clearing account, and no line is empty or backwards.
func zero(t *rapid.T, books *budget.Books) {
	for _, e := range books.Entries {
		sum := int64(0)
		for _, x := range e.Gain {
			sum += x
		}
		if sum != 0 || e.Gain[budget.Pool] != 0 {
			t.Fatalf("entry %v sums to %d: %+v", e.Kind, sum, e)
		}
	}
	for _, l := range books.Lines {
		if l.Amount <= 0 || l.From == l.To {
			t.Fatalf("line %+v", l)
		}
	}
}

// traced adds up the lines by place and kind and finds every column of the places again, one by one; and their sums in the entries.
func traced(t *rapid.T, books *budget.Books, in []budget.Flows) {
	var got [8][budget.NumKinds]int64
	for _, l := range books.Lines {
		own := budget.Towns
		if l.Place >= numTowns {
			own = budget.Provinces
		}
		switch { // what the kind is to the place, as the tables count it
		case l.Kind == budget.ReliefState || l.Kind == budget.ReliefCorporateState || l.Kind == budget.Points, l.To == own:
			got[l.Place][l.Kind] += l.Amount
		case l.From == own:
			got[l.Place][l.Kind] -= l.Amount
		default:
			t.Fatalf("line %+v neither pays nor is paid by its place", l)
		}
	}
	var sum [budget.NumKinds]int64
	for i, r := range books.Places {
		g := &got[i]
		want := [][2]int64{{g[budget.Donation], in[i].Received}, {g[budget.Corporate], in[i].Corporate}, {g[budget.ReliefCorporateState], r.CorporateState}, {-g[budget.ReliefCorporate], r.CorporateBorne},
			{-g[budget.Gift], in[i].Gifts}, {-g[budget.Fee], in[i].Fees}, {-g[budget.Shipping], in[i].Shipping}, {-g[budget.Operation] - g[budget.Shipping], in[i].Operating},
			{g[budget.Points], in[i].Points}, {g[budget.ReliefState], r.ReliefState}, {-g[budget.ReliefTown] - g[budget.ReliefProvince], r.Borne},
			{g[budget.Compensation], r.Compensation}, {-g[budget.PoolLoss], r.PoolLoss}, {-g[budget.Spending], r.Spent},
			{g[budget.Home] + g[budget.Ceiling] + g[budget.Shared] + g[budget.Floor], r.Redistribution}}
		for k, w := range want {
			if w[0] != w[1] {
				t.Fatalf("place %d, column %d: the ledger says %d, the place %d", i, k, w[0], w[1])
			}
		}
		for k, x := range g {
			sum[k] += x
		}
	}
	for k, e := range books.Entries {
		booked := e.Gain[budget.Towns] + e.Gain[budget.Provinces]
		if e.Kind == budget.ReliefState || e.Kind == budget.ReliefCorporateState || e.Kind == budget.Points {
			booked = e.Gain[budget.Donors]
		}
		if booked != sum[k] {
			t.Fatalf("entry %v: %d by sector, %d by place", e.Kind, booked, sum[k])
		}
	}
}

// TestPoolShares: each receiving place loses in proportion to its allocation tax of the start, within one won or yen, and the pool's loss in all.
func TestPoolShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places, in := country(t), flows(t)
		l := &law.Law{Rules: law.Rules{Compensation: law.Compensation{Pool: 0.1924}}} // Korea, 지방교부세법 제4조; no lag
		s := open(&budget.Params{}, places)
		settle(t, s, l, 2023, in)
		books := settle(t, s, l, 2024, make([]budget.Flows, 8))
		sum, state, lost := 0.0, int64(0), int64(0)
		for i, p := range places {
			state += in[i].State + in[i].CorporateState
			sum += float64(p.Allocation())
		}
		for i, p := range places {
			want := 0.0
			if sum > 0 {
				want = 0.1924 * float64(state) * float64(p.Allocation()) / sum
			}
			if lost += books.Places[i].PoolLoss; math.Abs(float64(books.Places[i].PoolLoss)-want) > 1.5 {
				t.Fatalf("place %d: %d, want %.1f", i, books.Places[i].PoolLoss, want)
			}
		}
		if want := int64(math.Round(0.1924 * float64(state))); sum > 0 && lost != want {
			t.Fatalf("the pool loses %d, want %d", lost, want)
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
		l := &law.Law{Rules: law.Rules{Cost: law.Cost{Limit: c.limit}}}
		gifts, fees, operating := budget.Costs(l, 1_000_000, c.gift, c.fee, c.cost)
		if got := gifts + fees + operating; math.Abs(float64(got-c.want)) > 2 {
			t.Errorf("gifts %g, fees %g, operation %g under a limit of %g: cost %d of a million, want %d", c.gift, c.fee, c.cost, c.limit, got, c.want)
		}
	}
}

// TestCompensation: Japan gives back 75% of the lost municipal tax, in the year in which it is lost, to those who receive allocation tax, not to others (J60); all
// get it where the lever says so (R5).
func TestCompensation(t *testing.T) {
	places := make([]towns.Place, 8)
	places[0].Receiving, places[7].Receiving = true, true
	in := make([]budget.Flows, 8)
	for i := range in {
		in[i].Relief, in[i].State = 1_000_000, 50_000
	}
	for _, all := range []bool{false, true} {
		l := &law.Law{Rules: law.Rules{Compensation: law.Compensation{Rate: 0.75, All: all}}}
		s := open(&budget.Params{}, places)
		settle(t, s, l, 2020, in)
		books := settle(t, s, l, 2021, make([]budget.Flows, 8))
		refunded := int64(0)
		for i, r := range books.Places {
			want := int64(0)
			if all || i == 0 || i == 7 { // a receiving municipality, a receiving prefecture
				want = 750_000
			}
			refunded += want
			if r.Compensation != want || r.Net != want-1_000_000 {
				t.Errorf("place %d: compensation %d, net %d, want %d and %d", i, r.Compensation, r.Net, want, want-1_000_000)
			}
		}
		if got := books.Entries[budget.ReliefState].Gain; got[budget.Treasury] != -400_000 || got[budget.Donors] != 400_000 {
			t.Errorf("relief of the state: %v", got)
		}
		if got := books.Entries[budget.Compensation].Gain[budget.Treasury]; got != -refunded {
			t.Errorf("the state refunds %d, want %d", -got, refunded)
		}
	}
}

// TestStill: without donations and with the people of the start, nothing moves: services stay at one, the fund empty, revenue what it was.
func TestStill(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := country(t)
		s := open(params(t), places)
		in := make([]budget.Flows, 8)
		for i := range in {
			in[i].Population, in[i].Earnings = int64(1000*i), 1e9*float64(i)
		}
		for year := 2023; year < 2030; year++ {
			for i, r := range settle(t, s, rules(t), year, in).Places {
				if r.Services != 1 || r.Fund != 0 || r.Spent != 0 || r.LocalIncome != 0 || r.Net != 0 {
					t.Fatalf("%d, place %d: %+v without donations", year, i, r)
				}
				if r.LocalTax != places[i].LocalTax || r.Revenue != max(places[i].Revenue, places[i].LocalTax+places[i].Allocation()) {
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
	in[1] = budget.Flows{Received: 100_000, Gifts: 30_000, Visits: 7_000, Population: 10}
	s := open(&budget.Params{Multiplier: 1.3, Execute: 1, Flypaper: 0.8, Depreciate: 0.1}, places)
	l := &law.Law{}
	level := 1 + 0.8*70_000/1_000_000.0 // revenue without the 70,000 kept
	for k := 1; k <= 40; k++ {
		out := settle(t, s, l, 2022+k, in).Places
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
		s := open(&budget.Params{Execute: x}, make([]towns.Place, 8))
		fund := int64(0)
		for year := range 200 {
			fund = settle(t, s, &law.Law{}, 2023+year, in).Places[0].Fund
		}
		if want := 1e6 * (1 - x) / x; math.Abs(float64(fund)-want) > 20 {
			t.Errorf("execution %g: the fund settles at %d, want %.0f", x, fund, want)
		}
	}
}

package budget_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"gohyang/sim/budget"
	"gohyang/sim/law"
	"gohyang/sim/towns"
)

// under is a law with nothing but one redistribution.
func under(r law.Redistribution) *law.Law { return &law.Law{Rules: law.Rules{Redistribution: r}} }

// moved is what a place got (above zero) and paid (below) in entries of one kind.
func moved(b *budget.Books, k budget.Kind) (paid, got [8]int64) {
	for _, l := range b.Lines {
		switch {
		case l.Kind != k:
		case l.To == budget.Pool:
			paid[l.Place] += l.Amount
		default:
			got[l.Place] += l.Amount
		}
	}
	return paid, got
}

func sum(x [8]int64) (s int64) {
	for _, v := range x {
		s += v
	}
	return s
}

func kept(f *budget.Flows) int64 { return f.Received + f.Corporate - f.Gifts - f.Fees - f.Operating }

// TestPoolConserves (R1): the pool takes its share of what each recipient keeps, never of a loss, and gives out what it took, to the won, to who may receive.
func TestPoolConserves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places, in, rate := country(t), flows(t), rapid.Float64Range(0.01, 1).Draw(t, "rate")
		books := settle(t, open(&budget.Params{}, places), under(law.Redistribution{PoolRate: rate, PoolPopulation: 1}), 2023, in)
		paid, got := moved(books, budget.Shared)
		if sum(paid) != sum(got) {
			t.Fatalf("the pool takes %d and gives %d", sum(paid), sum(got))
		}
		for i := range in {
			if want := int64(rate * float64(max(kept(&in[i]), 0))); sum(paid) > 0 && paid[i] != want {
				t.Fatalf("place %d pays %d, want %d", i, paid[i], want)
			}
			if !places[i].Recipient && got[i] != 0 {
				t.Fatalf("place %d may not receive donations and gets %d", i, got[i])
			}
			if net := kept(&in[i]) + got[i] - paid[i]; books.Places[i].Net != net {
				t.Fatalf("place %d: net %d, want %d", i, books.Places[i].Net, net)
			}
		}
	})
}

// TestPoolWeights (R1): the pool goes by decline index x residents^a / local tax per resident, worked out by hand for four towns alike but for one thing each.
func TestPoolWeights(t *testing.T) {
	places, in := make([]towns.Place, 8), make([]budget.Flows, 8)
	for i := range 4 {
		places[i] = towns.Place{Recipient: true, LocalTax: 1_000_000}
		in[i] = budget.Flows{Population: 1000, Old: 200, Women: 100, Earnings: 1}
	}
	in[1].Old = 600                                          // index 6, not 2
	places[2].LocalTax = 2_000_000                           // twice the tax per resident
	in[3].Population, places[3].LocalTax = 4000, 4*1_000_000 // four times as large, the same tax per resident
	in[4].Received, places[4].Recipient = 1_000_000, false   // pays only
	in[5] = budget.Flows{Population: 9, Old: 9, Women: 0}    // may not receive
	for a, want := range map[float64][4]int64{0: {2, 6, 1, 2}, 0.5: {2, 6, 1, 4}, 1: {2, 6, 1, 8}} {
		books := settle(t, open(&budget.Params{}, places), under(law.Redistribution{PoolRate: 1, PoolPopulation: a}), 2023, in)
		_, got := moved(books, budget.Shared)
		all := want[0] + want[1] + want[2] + want[3]
		for i, w := range want {
			if exact := 1e6 * float64(w) / float64(all); math.Abs(float64(got[i])-exact) > 1 {
				t.Errorf("a = %g, town %d gets %d, want %.1f", a, i, got[i], exact)
			}
		}
	}
}

// TestPoolProvince: a provincial government shares only where no municipality of its province may receive (Sejong, Jeju).
func TestPoolProvince(t *testing.T) {
	places, in := make([]towns.Place, 8), make([]budget.Flows, 8)
	for i := range places {
		places[i].Province, in[i] = i%2, budget.Flows{Population: 100, Old: 20, Women: 10, Received: 1000}
	}
	places[0].Recipient, places[6].Recipient, places[7].Recipient = true, true, true // province 0 has a town that may, province 1 has none
	_, got := moved(settle(t, open(&budget.Params{}, places), under(law.Redistribution{PoolRate: 0.5}), 2023, in), budget.Shared)
	if got[6] != 0 || got[7] == 0 || got[0] == 0 || got[1] != 0 {
		t.Errorf("got %v, want shares of town 0 and province 1 only", got)
	}
}

// TestCeilingBinds (R2, also with R1): who keeps more than the ceiling per resident pays all of it above; what is shared, to the won, fills nobody beyond the ceiling
// as long as somebody who may share has room, and who is above it at the start ends at most at it. Without R1 it ends exactly there.
func TestCeilingBinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places, in, most := country(t), flows(t), rapid.Int64Range(1, 1e6).Draw(t, "ceiling")
		places[0].Recipient, in[0].Population, in[0].Old = true, 1000, 1 // somebody shares
		rate := rapid.SampledFrom([]float64{0, 0.33, 1}).Draw(t, "rate")
		books := settle(t, open(&budget.Params{}, places), under(law.Redistribution{PerResident: most, PoolRate: rate}), 2023, in)
		paid, got := moved(books, budget.Ceiling)
		share, shared := moved(books, budget.Shared)
		if sum(paid) != sum(got) || sum(share) != sum(shared) {
			t.Fatalf("overflow %d, shared %d; pool %d, shared %d", sum(paid), sum(got), sum(share), sum(shared))
		}
		full, towns := true, [2]bool{} // whoever shares; provinces with a town that may
		for i := range in {
			final, province := kept(&in[i])+books.Places[i].Redistribution, places[i].Province
			towns[province] = towns[province] || i < numTowns && places[i].Recipient
			if places[i].Recipient && (i < numTowns || !towns[province]) && in[i].Population > 0 && (in[i].Old > 0 || in[i].Women == 0) {
				full = full && final >= most*in[i].Population
			} else if final > kept(&in[i]) {
				t.Fatalf("place %d has no share in the pool, yet ends at %d of %d", i, final, kept(&in[i]))
			}
		}
		for i := range in {
			have, room := max(kept(&in[i]), 0), most*in[i].Population
			if paid[i] != max(have-room, 0) {
				t.Fatalf("place %d pays %d of %d, the ceiling is %d", i, paid[i], have, room)
			}
			final := kept(&in[i]) + books.Places[i].Redistribution
			if final > room && !full {
				t.Fatalf("place %d ends at %d of %d, above its ceiling of %d", i, final, have, room)
			}
			if rate == 0 && have > room && final != room && !full {
				t.Fatalf("place %d above the ceiling of %d ends at %d", i, room, final)
			}
		}
	})
}

// TestCeilingSpills (R2): four towns with weights of 1 and a ceiling of 1,000 for ten residents each: what one cannot take the others get, and what nobody has room for
// goes back to those who paid.
func TestCeilingSpills(t *testing.T) {
	for _, c := range []struct {
		kept, want [8]int64
		rate       float64
	}{
		{[8]int64{1900, 0, 0, 0}, [8]int64{1000, 300, 300, 300}, 0},
		{[8]int64{2000, 900, 0, 0}, [8]int64{1000, 1000, 450, 450}, 0},
		{[8]int64{2500, 900, 800, 0}, [8]int64{1000, 1000, 1000, 1000}, 0.0}, // 1,500 for rooms of 100, 200 and 1,000: 200 go back
		{[8]int64{1000, 1000, 1000, 1000}, [8]int64{1000, 1000, 1000, 1000}, 0.5},
		{[8]int64{2000, 0, 0, 0}, [8]int64{625, 458, 459, 458}, 0.5}, // 333, 333, 334 by the ceiling, 500 of the rest in four
	} {
		places, in := make([]towns.Place, 8), make([]budget.Flows, 8)
		for i := range 4 {
			places[i] = towns.Place{Recipient: true, LocalTax: 10}
			in[i] = budget.Flows{Received: c.kept[i], Population: 10, Old: 1, Women: 1, Earnings: 1}
		}
		books := settle(t, open(&budget.Params{}, places), under(law.Redistribution{PerResident: 100, PoolRate: c.rate}), 2023, in)
		back := max(sum(c.kept)-4000, 0)
		for i, want := range c.want[:4] {
			if i == 0 {
				want += back
			}
			if d := books.Places[i].Net - want; d < -1 || d > 1 {
				t.Errorf("%v at a rate of %g: town %d ends at %d, want %d", c.kept, c.rate, i, books.Places[i].Net, want)
			}
		}
	}
}

// TestHomeShare (R4): exactly x of what donors with an origin elsewhere gave leaves the recipients and reaches the provinces of origin, each its part within two won.
func TestHomeShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places, in, x := country(t), flows(t), rapid.Float64Range(0.001, 1).Draw(t, "share")
		paid, got := moved(settle(t, open(&budget.Params{}, places), under(law.Redistribution{HomeShare: x}), 2023, in), budget.Home)
		total := int64(0)
		for i := range in {
			total += in[i].Homeward
			for what, pair := range map[string][2]int64{"pays": {paid[i], in[i].Homeward}, "gets": {got[i], in[i].Home}} {
				if want := x * float64(pair[1]); math.Abs(float64(pair[0])-want) > 1.5 {
					t.Fatalf("place %d %s %d, want %.1f", i, what, pair[0], want)
				}
			}
		}
		if want := int64(math.Round(x * float64(total))); sum(paid) != want || sum(got) != want {
			t.Fatalf("%d leaves, %d arrives, want %d", sum(paid), sum(got), want)
		}
	})
}

// TestHomeTallies: what donors from elsewhere gave by place and by origin must be the same money, or the year stops.
func TestHomeTallies(t *testing.T) {
	in := make([]budget.Flows, 8)
	in[0].Received, in[0].Homeward, in[7].Home = 100, 50, 49
	_, err := open(&budget.Params{}, make([]towns.Place, 8)).Settle(&law.Law{}, 2023, in)
	if want := "the books of 2023 do not close: donors from elsewhere gave 50 by place, 49 by province of origin"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestFloorCaps (R7): no place loses more, relief of persons and corporations less compensation, than the floor's share of its local tax; the state pays just the rest, and nothing where
// the floor does not bind.
func TestFloorCaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places, in, x := country(t), flows(t), rapid.Float64Range(0.0001, 1).Draw(t, "floor")
		l := under(law.Redistribution{Floor: x})
		l.Rules.Compensation.Rate = rapid.Float64Range(0, 1).Draw(t, "rate")
		s := open(&budget.Params{}, places)
		settle(t, s, l, 2023, in)
		books := settle(t, s, l, 2024, in)
		_, paid := moved(books, budget.Floor)
		for i, r := range books.Places {
			loss, most := r.Borne+r.CorporateBorne-r.Compensation, int64(x*float64(places[i].LocalTax))
			if loss-paid[i] > most || paid[i] != max(loss-most, 0) || r.Redistribution != paid[i] {
				t.Fatalf("place %d loses %d, is paid %d, the floor is %d", i, loss, paid[i], most)
			}
		}
		if got := books.Entries[budget.Floor].Gain[budget.Treasury]; got != -sum(paid) {
			t.Fatalf("the state pays %d, places get %d", -got, sum(paid))
		}
	})
}

// TestStateBearsAll (R6): a refund of everything to everybody leaves no local loss, for persons' donations or corporations', with an allocation pool (Korea) and without (Japan).
func TestStateBearsAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places, l := country(t), &law.Law{Rules: law.Rules{Compensation: law.Compensation{Rate: 1, All: true, PoolLag: 1}}}
		if rapid.Bool().Draw(t, "pool") {
			l.Rules.Compensation.Pool = 0.1924
		}
		s := open(params(t), places)
		for year := range 4 {
			in := flows(t)
			for i, r := range settle(t, s, l, 2023+year, in).Places {
				if r.Net != kept(&in[i]) {
					t.Fatalf("place %d loses: net %d of %d kept; %+v", i, r.Net, kept(&in[i]), r)
				}
			}
		}
	})
}

// TestOffIsNothing: at zero no lever moves money, whatever the exponent of the weights is.
func TestOffIsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		books := settle(t, open(&budget.Params{}, country(t)), under(law.Redistribution{PoolPopulation: 1.5}), 2023, flows(t))
		for _, k := range []budget.Kind{budget.Home, budget.Ceiling, budget.Shared, budget.Floor} {
			if paid, got := moved(books, k); sum(paid) != 0 || sum(got) != 0 {
				t.Fatalf("%v moves %v to %v", k, paid, got)
			}
		}
	})
}

// TestRedistributionIsLocal: R1, R2 and R4 move money between governments and leave their sum, the state and donors as they are.
func TestRedistributionIsLocal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places, l, in := country(t), rules(t), flows(t)
		l.Rules.Redistribution.Floor = 0
		off := *l
		off.Rules.Redistribution = law.Redistribution{}
		with, without := settle(t, open(&budget.Params{}, places), l, 2023, in), settle(t, open(&budget.Params{}, places), &off, 2023, in)
		net := int64(0)
		for i := range in {
			net += with.Places[i].Net - without.Places[i].Net
		}
		for _, e := range with.Entries {
			for _, sector := range []budget.Sector{budget.Donors, budget.Treasury} {
				if e.Kind != budget.Spending && e.Gain[sector] != without.Entries[e.Kind].Gain[sector] {
					t.Fatalf("%v: %v gain %d, without redistribution %d", e.Kind, sector, e.Gain[sector], without.Entries[e.Kind].Gain[sector])
				}
			}
		}
		if net != 0 {
			t.Fatalf("governments gain %d by redistribution", net)
		}
	})
}

package budget_test

import (
	"testing"

	"pgregory.net/rapid"

	"gohyang/sim/budget"
	"gohyang/sim/law"
	"gohyang/sim/towns"
)

// accrual is what a place would gain if everything that a year's donations bring about were booked in their own year, as the accounts once did.
func accrual(l *law.Law, receiving bool, f *budget.Flows) int64 {
	net := kept(f) - f.Relief - f.CorporateRelief
	if receiving {
		net += int64(l.Rules.Compensation.Rate * float64(f.Relief))
	}
	return net
}

// TestConstantGiving: when every year brings the same, the books of any year in which all lags have run are those of an account without lags.
func TestConstantGiving(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places, in := country(t), flows(t)
		l := &law.Law{Rules: law.Rules{Compensation: law.Compensation{Rate: rapid.Float64Range(0, 1).Draw(t, "rate"), Pool: 0.1924,
			PoolLag: rapid.Int64Range(0, law.PoolLag).Draw(t, "lag")}}}
		s, pool := open(params(t), places), int64(0)
		var books *budget.Books
		for year := range 2 + int(l.Rules.Compensation.PoolLag) {
			if books = settle(t, s, l, 2023+year, in); year == 0 && (borne(books) != 0 || books.Entries[budget.PoolLoss].Gain[budget.Treasury] != 0) {
				t.Fatalf("the scheme's first year bears %d of relief", borne(books))
			}
		}
		for i, r := range books.Places {
			pool += r.PoolLoss
			if want := accrual(l, places[i].Receiving, &in[i]) - r.PoolLoss; r.Net != want || r.Borne != in[i].Relief || r.ReliefState != in[i].State {
				t.Fatalf("place %d: net %d, without lags %d; %+v", i, r.Net, want, r)
			}
		}
		if got := books.Entries[budget.PoolLoss].Gain[budget.Treasury]; got != pool {
			t.Fatalf("the pool loses %d, its places %d", got, pool)
		}
	})
}

// borne is the relief of the year, by all governments.
func borne(b *budget.Books) (sum int64) {
	for _, r := range b.Places {
		sum += r.Borne + r.ReliefState + r.CorporateBorne + r.CorporateState
	}
	return sum
}

// TestLagsLoseNothing: over any years, what was given up plus what is still due is the relief of all donations; and the pool's loss follows the national tax.
func TestLagsLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := country(t)
		for i := range places {
			places[i].Receiving, places[i].Need = true, places[i].Capacity+1
		}
		s := open(params(t), places)
		var given, booked, lost, pool int64
		for year := range rapid.IntRange(1, 9).Draw(t, "years") {
			l, in := rules(t), flows(t)
			l.Rules.Compensation.Pool = 1 // the pool loses what national tax loses
			books := settle(t, s, l, 2023+year, in)
			for i := range in {
				given += in[i].Relief + in[i].State + in[i].CorporateRelief + in[i].CorporateState
				lost += books.Places[i].ReliefState + books.Places[i].CorporateState
				pool += books.Places[i].PoolLoss
			}
			booked += borne(books)
		}
		state, local, coming := s.Due()
		if given != booked+state+local {
			t.Fatalf("relief %d, booked %d, due %d and %d", given, booked, state, local)
		}
		if lost != pool+coming {
			t.Fatalf("national tax lost %d, pool %d, coming %d", lost, pool, coming)
		}
	})
}

// TestOpening: a run that starts after its scheme begins with the relief that the donations of the year before bring; the pool feels as
// many years as the scheme is old.
func TestOpening(t *testing.T) {
	for _, c := range []struct {
		name          string
		before        int64 // relief of the year before at the cost of the town
		age           int
		lag           int64
		borne, lost   int64 // of the first year; pool rate 1
		second, third int64 // pool losses of the next years
	}{
		{"with the scheme", 0, 0, 1, 0, 0, 0, 1000},
		{"a year old", 50, 1, 1, 50, 0, 500, 1000},
		{"two years old", 50, 2, 1, 50, 500, 500, 1000},
		{"two years old, lag 2", 50, 2, 2, 50, 0, 500, 500},
		{"old, lag 2", 50, 9, 2, 50, 500, 500, 500},
		{"old, no lag", 50, 9, 0, 50, 500, 1000, 1000},
		{"nothing known", 0, 9, 1, 0, 0, 0, 1000},
	} {
		t.Run(c.name, func(t *testing.T) {
			places := make([]towns.Place, 8)
			places[3].Receiving, places[3].Need = true, 1
			o := budget.Opening{Age: c.age}
			if c.before > 0 {
				o.State, o.Own = make([]int64, 8), make([]int64, 8)
				o.State[1], o.Own[1] = 10*c.before, c.before
			}
			s := budget.NewState(&budget.Params{}, places, numTowns, o)
			l := &law.Law{Rules: law.Rules{Compensation: law.Compensation{Pool: 1, PoolLag: c.lag}}}
			in := make([]budget.Flows, 8)
			in[1], in[2].Received = budget.Flows{Received: 1500, Relief: 100, State: 1000}, 500
			first := settle(t, s, l, 2020, in).Places
			if first[1].Borne != c.borne || first[1].ReliefState != 10*c.borne || first[3].PoolLoss != c.lost {
				t.Errorf("first year: borne %d and %d, pool %d, want %d, %d, %d", first[1].Borne, first[1].ReliefState, first[3].PoolLoss, c.borne, 10*c.borne, c.lost)
			}
			if got := settle(t, s, l, 2021, in).Places; got[1].Borne != 100 || got[3].PoolLoss != c.second {
				t.Errorf("second year: borne %d, pool %d, want 100, %d", got[1].Borne, got[3].PoolLoss, c.second)
			}
			if got := settle(t, s, l, 2022, in).Places; got[3].PoolLoss != c.third {
				t.Errorf("third year: pool %d, want %d", got[3].PoolLoss, c.third)
			}
		})
	}
}

// TestDigestKnowsWhatIsDue: two accounts that differ only in what is still due have different digests.
func TestDigestKnowsWhatIsDue(t *testing.T) {
	digest := func(relief, state int64, lag int64) uint64 {
		s := open(&budget.Params{}, make([]towns.Place, 8))
		in := make([]budget.Flows, 8)
		in[1] = budget.Flows{Relief: relief, State: state}
		l := &law.Law{Rules: law.Rules{Compensation: law.Compensation{Pool: 1, PoolLag: lag}}}
		settle(t, s, l, 2023, in)
		settle(t, s, l, 2024, in)
		return s.Digest()
	}
	seen := map[uint64]bool{digest(1, 1, 1): true, digest(2, 1, 1): true, digest(1, 2, 1): true, digest(1, 1, 2): true}
	if len(seen) != 4 {
		t.Errorf("%d different digests of four states", len(seen))
	}
}

// TestDigestKnowsTheStart: what the first year was like is part of the state, as later years are measured against it.
func TestDigestKnowsTheStart(t *testing.T) {
	digest := func(first budget.Flows) uint64 {
		s := open(&budget.Params{}, make([]towns.Place, 8))
		in := make([]budget.Flows, 8)
		in[1] = first
		settle(t, s, &law.Law{}, 2023, in)
		in[1] = budget.Flows{Population: 100, Young: 10, Old: 20, Earnings: 1000}
		settle(t, s, &law.Law{}, 2024, in)
		return s.Digest()
	}
	seen := map[uint64]bool{}
	for _, f := range []budget.Flows{{Population: 100, Young: 10, Old: 20, Earnings: 1000}, {Population: 101, Young: 10, Old: 20, Earnings: 1000},
		{Population: 100, Young: 11, Old: 20, Earnings: 1000}, {Population: 100, Young: 10, Old: 21, Earnings: 1000}, {Population: 100, Young: 10, Old: 20, Earnings: 1001}} {
		seen[digest(f)] = true
	}
	if len(seen) != 5 {
		t.Errorf("%d different digests of five states", len(seen))
	}
}

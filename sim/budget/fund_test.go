package budget_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"gohyang/sim/budget"
	"gohyang/sim/law"
	"gohyang/sim/towns"
)

// year settles a year of one place with projects, each given so much.
func year(t testing.TB, s *budget.State, in []budget.Flows, raised ...int64) []budget.Result {
	t.Helper()
	for k, x := range raised {
		s.Earmark(k, x)
	}
	return settle(t, s, &law.Law{}, 2024, in).Places
}

// TestEarmarks: money given to a project carries its share of gifts and costs, goes into the project's purse and leaves it at the execution rate, for nothing else;
// fund and purses together gain what is kept and lose what is spent, to the won; the ledger books free and earmarked spending apart.
func TestEarmarks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := make([]towns.Place, 8)
		s := open(&budget.Params{Execute: rapid.Float64Range(0, 1).Draw(t, "execute"), Children: 0.1}, places)
		s.Designate([]budget.Project{{Place: 2, Theme: budget.Children}, {Place: 2, Theme: budget.Culture}, {Place: 7, Theme: budget.Elderly}})
		stock := int64(0)
		purses := [3]int64{}
		for range 5 {
			in := flows(t)
			in[2].Received, in[7].Received = in[2].Received+3, in[7].Received+1
			a := rapid.Int64Range(0, in[2].Received).Draw(t, "a")
			raised := []int64{a, rapid.Int64Range(0, in[2].Received-a).Draw(t, "b"), in[7].Received}
			for k, x := range raised {
				s.Earmark(k, x)
			}
			books := settle(t, s, &law.Law{}, 2024, in)
			out, f := books.Places, &in[2]
			r := &out[2]
			stock += max(f.Received-f.Gifts-f.Fees-f.Operating, 0) - r.Spent
			if r.Fund != stock || r.Earmarked != s.Spent(0)+s.Spent(1) || r.Spent < r.Earmarked {
				t.Fatalf("fund %d, want %d; spent %d, on projects %d: %d and %d", r.Fund, stock, r.Spent, r.Earmarked, s.Spent(0), s.Spent(1))
			}
			for k := range purses {
				if purses[k] += raised[k] - s.Spent(k); purses[k] < 0 {
					t.Fatalf("project %d spends more than was given to it, by %d", k, -purses[k])
				}
			}
			if out[7].Spent != out[7].Earmarked || out[7].Earmarked != s.Spent(2) {
				t.Fatalf("all was given to the project, yet of %d spent only %d is on it", out[7].Spent, out[7].Earmarked)
			}
			free, marked := int64(0), int64(0)
			for i := range out {
				free, marked = free+out[i].Spent-out[i].Earmarked, marked+out[i].Earmarked
			}
			if a, b := books.Entries[budget.Spending].Gain[budget.Suppliers], books.Entries[budget.Earmarked].Gain[budget.Suppliers]; a != free || b != marked {
				t.Fatalf("the ledger books %d free and %d earmarked, want %d and %d", a, b, free, marked)
			}
		}
	})
}

// TestServicesByTheme (E20) by hand: of 1,000 kept with a standard revenue of 10,000, all spent; flypaper 0.8, a tenth of spending for children.
func TestServicesByTheme(t *testing.T) {
	for _, c := range []struct {
		name              string
		theme             budget.Theme
		raised            int64
		waste             float64
		general, children float64
	}{
		{"free money", budget.Culture, 0, 0, 1 + 0.8*1000/10_000, 1 + 0.8*1000*0.1/1000},
		{"all for culture", budget.Culture, 1000, 0, 1 + 1000/10_000.0, 1},
		{"all for children", budget.Children, 1000, 0, 1 + 1000/10_000.0, 1 + 1000/1000.0},
		{"half for children", budget.Children, 500, 0, 1 + (0.8*500+500)/10_000, 1 + (0.8*500*0.1+500)/1000},
		{"waste of a half at receipts of a tenth of revenue", budget.Children, 1000, 0.5, 1 + 0.95*1000/10_000, 1 + 0.95*1000/1000},
	} {
		places := make([]towns.Place, 8)
		places[1].Revenue = 10_000
		s := open(&budget.Params{Execute: 1, Flypaper: 0.8, Depreciate: 1, Children: 0.1, Waste: c.waste}, places)
		s.Designate([]budget.Project{{Place: 1, Theme: c.theme}})
		in := make([]budget.Flows, 8)
		in[1] = budget.Flows{Received: 1000, Population: 10}
		out := year(t, s, in, c.raised)
		if g, k := out[1].Services, out[1].ServicesChildren; math.Abs(g-c.general) > 1e-12 || math.Abs(k-c.children) > 1e-12 {
			t.Errorf("%s: services %.4f and %.4f, want %.4f and %.4f", c.name, g, k, c.general, c.children)
		}
		if g, k := s.Services(1); g != out[1].Services || k != out[1].ServicesChildren {
			t.Errorf("%s: the state says %g, %g", c.name, g, k)
		}
	}
}

// TestNobodyToServe: a place without residents has no services that money could raise.
func TestNobodyToServe(t *testing.T) {
	s := open(&budget.Params{Execute: 1, Flypaper: 1, Depreciate: 1, Children: 0.1}, make([]towns.Place, 8))
	in := make([]budget.Flows, 8)
	in[1] = budget.Flows{Received: 1_000_000}
	if out := year(t, s, in); out[1].Services != 1 || out[1].ServicesChildren != 1 {
		t.Errorf("services %g and %g", out[1].Services, out[1].ServicesChildren)
	}
}

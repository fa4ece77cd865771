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
// fund and purses together gain what is kept and lose what is spent, to the won; of what corporations give nothing is a project's; the ledger books free and earmarked spending apart.
func TestEarmarks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := make([]towns.Place, 8)
		s := open(&budget.Params{Execute: rapid.Float64Range(0, 1).Draw(t, "execute"), Children: 0.1}, places)
		s.Designate([]budget.Project{{Place: 2, Theme: budget.Children}, {Place: 2, Theme: budget.Culture}, {Place: 7, Theme: budget.Elderly}})
		stock := int64(0)
		purses, mine := [3]int64{}, [3]int64{}
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
			stock += max(kept(f), 0) - r.Spent
			if r.Fund != stock || r.Earmarked != s.Spent(0)+s.Spent(1) || r.Spent < r.Earmarked {
				t.Fatalf("fund %d, want %d; spent %d, on projects %d: %d and %d", r.Fund, stock, r.Spent, r.Earmarked, s.Spent(0), s.Spent(1))
			}
			for k, i := range []int{2, 2, 7} {
				own := min(max(kept(&in[i])-in[i].Corporate, 0), max(kept(&in[i]), 0))
				if purses[k] += raised[k] - s.Spent(k); purses[k] < 0 {
					t.Fatalf("project %d spends more than was given to it, by %d", k, -purses[k])
				}
				if mine[k] += own - s.Spent(k); mine[k] < 0 {
					t.Fatalf("project %d spends more than its place kept of persons' gifts, by %d", k, -mine[k])
				}
			}
			if out[7].Earmarked != s.Spent(2) {
				t.Fatalf("of %d spent %d is on the project, want %d", out[7].Spent, out[7].Earmarked, s.Spent(2))
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

// TestProjectsShareGifts: what corporations gave, the pool brought or the home share sent is free money: a project that persons gave a half of their money gets a
// half of what is kept of it, and the rest goes to the fund; where the pools left less than that, it shares in what is there.
func TestProjectsShareGifts(t *testing.T) {
	for _, c := range []struct {
		name                  string
		corporate, home, want int64
		redistribution        law.Redistribution
	}{
		{"persons alone", 0, 0, 350, law.Redistribution{}},
		{"corporations", 5000, 0, 350, law.Redistribution{}},
		{"money sent home", 0, 5000, 350, law.Redistribution{HomeShare: 1}},
		{"a pool that takes four fifths", 0, 0, 70, law.Redistribution{PoolRate: 0.8}},
	} {
		places, in := make([]towns.Place, 8), make([]budget.Flows, 8)
		places[0] = towns.Place{Recipient: true, LocalTax: 10}
		in[0] = budget.Flows{Population: 10, Old: 1, Women: 1, Earnings: 1, Received: c.home, Homeward: c.home}
		in[6] = budget.Flows{Received: 1000, Gifts: 200, Fees: 100, Corporate: c.corporate, Home: c.home}
		s := open(&budget.Params{Execute: 1, Children: 0.1}, places)
		s.Designate([]budget.Project{{Place: 6, Theme: budget.Children}})
		s.Earmark(0, 500)
		r := settle(t, s, under(c.redistribution), 2024, in).Places[6]
		if s.Spent(0) != c.want || r.Earmarked != c.want || r.Spent != max(700+c.corporate+r.Redistribution, 0) {
			t.Errorf("%s: of %d spent %d is on the project, want %d", c.name, r.Spent, s.Spent(0), c.want)
		}
	}
}

// TestServicesFall (E20): relief borne, the pool's loss and corporations' relief lower services by the flypaper share of what compensation and floor leave of them;
// a place with neither receipts nor losses stays at exactly one, one that gets as much as it loses too, and nothing falls below zero.
func TestServicesFall(t *testing.T) {
	const flypaper, revenue = 0.8, 10_000.0
	for _, c := range []struct {
		name  string
		in    budget.Flows
		rules law.Rules
		lost  float64
	}{
		{"nothing", budget.Flows{}, law.Rules{}, 0},
		{"relief", budget.Flows{Relief: 500}, law.Rules{}, 500},
		{"relief of corporations", budget.Flows{CorporateRelief: 300}, law.Rules{}, 300},
		{"compensated by three quarters", budget.Flows{Relief: 500}, law.Rules{Compensation: law.Compensation{Rate: 0.75, All: true}}, 125},
		{"all compensated", budget.Flows{Relief: 500, CorporateRelief: 300}, law.Rules{Compensation: law.Compensation{Rate: 1, All: true}}, 0},
		{"a floor of two per cent of tax", budget.Flows{Relief: 500}, law.Rules{Redistribution: law.Redistribution{Floor: 0.02}}, 200},
		{"more than there is", budget.Flows{Relief: 100_000}, law.Rules{}, revenue / flypaper},
	} {
		places, in := make([]towns.Place, 8), make([]budget.Flows, 8)
		places[1] = towns.Place{LocalTax: revenue, Revenue: revenue}
		c.in.Population = 10
		in[1] = c.in
		s := open(&budget.Params{Execute: 1, Flypaper: flypaper, Depreciate: 1, Children: 0.1}, places)
		settle(t, s, &law.Law{Rules: c.rules}, 2023, in)
		r := settle(t, s, &law.Law{Rules: c.rules}, 2024, in).Places[1]
		want := 1 - flypaper*c.lost/revenue
		if math.Abs(r.Services-want) > 1e-12 || math.Abs(r.ServicesChildren-want) > 1e-12 || c.lost == 0 && (r.Services != 1 || r.ServicesChildren != 1) {
			t.Errorf("%s: services %g and %g, want %g", c.name, r.Services, r.ServicesChildren, want)
		}
	}
}

// TestServicesSign (E20): where all is spent at once and nothing wasted or earmarked, whoever loses by donations has services below one and whoever gains above.
func TestServicesSign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := country(t)
		s := open(&budget.Params{Execute: 1, Flypaper: 0.8, Depreciate: 1, Children: 0.1}, places)
		before, in := flows(t), flows(t) // the year before brings nothing but relief
		for i, f := range before {
			before[i] = budget.Flows{State: f.State, Relief: f.Relief, CorporateState: f.CorporateState, CorporateRelief: f.CorporateRelief, Population: f.Population, Earnings: f.Earnings}
		}
		settle(t, s, rules(t), 2023, before)
		for i := range in {
			in[i].Population++
			places[i].Recipient = true // has accounts of its own
		}
		for i, r := range settle(t, s, rules(t), 2024, in).Places {
			revenue := float64(max(r.Revenue-r.Net, 1))
			gap, gross := 0.8*float64(r.Net)/revenue, float64(r.Spent+max(r.Spent-r.Net, 0))/revenue
			if want := max(1+gap, 0); math.Abs(r.Services-want) > 1e-12*max(1, gross) {
				t.Fatalf("place %d: net %d, services %g, want %g", i, r.Net, r.Services, want)
			}
		}
	})
}

// TestServicesOfProvince: residents of a town whose province's government alone may receive donations (Sejong, Jeju) have the services that it pays for; other towns
// have their own.
func TestServicesOfProvince(t *testing.T) {
	places, in := make([]towns.Place, 8), make([]budget.Flows, 8)
	for i := range places {
		places[i] = towns.Place{Province: i % 2, Recipient: i != 1, Revenue: 10_000}
		in[i] = budget.Flows{Population: 10}
	}
	in[0].Received, in[7].Received = 1000, 2000
	s := open(&budget.Params{Execute: 1, Flypaper: 0.5, Depreciate: 1, Children: 0.1}, places)
	out := settle(t, s, &law.Law{}, 2024, in).Places
	for i, want := range []float64{1.05, 1.1, 1, 1, 1, 1, 1, 1.1} {
		general, children := s.Services(i)
		if math.Abs(general-want) > 1e-12 || general != out[i].Services || children != out[i].ServicesChildren || math.Abs(children-want) > 1e-12 {
			t.Errorf("place %d: services %g and %g, in the books %g, want %g", i, general, children, out[i].Services, want)
		}
	}
}

package sim_test

import (
	"context"
	"math"
	"reflect"
	"testing"

	"gohyang/sim"
	"gohyang/sim/law"
)

// years lives through a configuration and keeps copies of its records' places and ledgers.
func years(t *testing.T, cfg *sim.Config) (places [][]sim.Town, ledgers [][]sim.Line) {
	t.Helper()
	w, err := sim.New(cfg, sim.Layout{})
	if err != nil {
		t.Fatal(err)
	}
	for range cfg.Laws {
		r, err := w.Year(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		places, ledgers = append(places, append([]sim.Town(nil), r.Towns...)), append(ledgers, append([]sim.Line(nil), r.Ledger...))
	}
	return places, ledgers
}

// TestLedgerTraces: what the lines of the ledger say by place and entry is what the places' own columns say, in every year of a run with every lever at work.
func TestLedgerTraces(t *testing.T) {
	cfg := rich(t, 30000, 4)
	places, ledgers := years(t, cfg)
	seen := map[string]bool{}
	for y, lines := range ledgers {
		type cell struct {
			place int
			entry string
		}
		paid := map[cell]int64{} // to the place's government, or, of what governments do not touch, to donors
		for _, l := range lines {
			own := "towns"
			if l.Place >= cfg.NumTowns {
				own = "provinces"
			}
			seen[l.Entry] = true
			if l.From == own {
				paid[cell{l.Place, l.Entry}] -= l.Amount
			} else {
				paid[cell{l.Place, l.Entry}] += l.Amount
			}
		}
		for i, p := range places[y] {
			at := func(entries ...string) (sum int64) {
				for _, e := range entries {
					sum += paid[cell{i, e}]
				}
				return sum
			}
			for what, pair := range map[string][2]int64{
				"received": {at("donation"), p.ReceivedAmount}, "gifts": {-at("gift"), p.Gifts}, "fees": {-at("fee"), p.Fees}, "shipping": {-at("shipping"), p.Shipping}, "operation": {-at("operation") - at("shipping"), p.Operating},
				"points": {at("points"), p.Points}, "state": {at("relief.state"), p.ReliefState}, "borne": {-at("relief.town", "relief.province"), p.ReliefTown},
				"compensation": {at("compensation"), p.Compensation}, "pool": {-at("pool"), p.PoolLoss}, "spent": {-at("fund.spending", "fund.earmarked"), p.Spent}, "earmarked": {-at("fund.earmarked"), p.Earmarked},
				"redistribution": {at("redistribution.home", "redistribution.ceiling", "redistribution.pool", "redistribution.floor"), p.Redistribution},
			} {
				if pair[0] != pair[1] {
					t.Fatalf("%d, place %d, %s: the ledger says %d, the place %d", cfg.First+y, i, what, pair[0], pair[1])
				}
			}
		}
	}
	for _, e := range []string{"donation", "gift", "operation", "points", "relief.state", "relief.town", "compensation", "pool", "redistribution.ceiling",
		"redistribution.pool", "redistribution.floor", "fund.spending"} {
		if !seen[e] {
			t.Errorf("no line of %s in a run that should have all", e)
		}
	}
}

// TestReliefComesDue: the relief that donations of a year bring is borne in the next, by each town's own tax and by the state; a run that starts after its scheme
// begins with what its first donors are owed, as much of the receipts of the year before as of the first year's, or nearly; one that starts with it begins with nothing.
func TestReliefComesDue(t *testing.T) {
	for _, age := range []int{0, 1} {
		cfg := rich(t, 30000, 3)
		cfg.Start.Launch, cfg.Start.Before = cfg.First-age, 1e8
		for range age * cfg.NumTowns {
			cfg.Start.Donors = append(cfg.Start.Donors, 0.02)
		}
		places, _ := years(t, cfg)
		total := func(y int) (relief, due, received int64) {
			for _, p := range places[y] {
				relief += p.Relief
				due += p.ReliefState + p.ReliefTown
				received += p.ReceivedAmount
			}
			return relief, due, received
		}
		relief, due, received := total(0)
		want := float64(age) * float64(relief) * 1e8 / float64(received)
		if relief == 0 || math.Abs(float64(due)-want) > 0.2*want { // others give in the first year
			t.Errorf("a scheme of age %d starts with %d due, want %.0f", age, due, want)
		}
		for y := 1; y < len(places); y++ {
			_, due, _ := total(y)
			if due != relief {
				t.Errorf("year %d: %d comes due, donations of the year before brought %d", y, due, relief)
			}
			relief, _, _ = total(y)
		}
	}
}

// TestAccountsMoveNobody: levers of accounts change who pays, and nothing that persons do or feel.
func TestAccountsMoveNobody(t *testing.T) {
	base, _ := years(t, apart(t, 20000, 4))
	other := apart(t, 20000, 4)
	for _, l := range other.Laws {
		l.Rules.Redistribution, l.Rules.Compensation = law.Redistribution{}, law.Compensation{Rate: 1, All: true}
	}
	changed, _ := years(t, other)
	differ := 0
	for y := range base {
		for i := range base[y] {
			a, b := base[y][i], changed[y][i]
			if a.Net != b.Net {
				differ++
			}
			for _, p := range []*sim.Town{&a, &b} {
				p.Compensation, p.PoolLoss, p.Redistribution, p.Net, p.Revenue, p.Fund, p.Spent, p.LocalIncome, p.Services = 0, 0, 0, 0, 0, 0, 0, 0, 0
				p.Earmarked, p.IncomeNet, p.ServicesChildren = 0, 0, 0
			}
			if !reflect.DeepEqual(a, b) {
				t.Fatalf("%d, place %d: %+v, under other accounts %+v", other.First+y, i, a, b)
			}
		}
	}
	if differ == 0 {
		t.Error("no place's net differs: the levers do nothing")
	}
}

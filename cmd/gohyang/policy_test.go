package main

import (
	"math"
	"testing"
)

// What a policy must do to giving, whatever the parameters: signs on the shipped scenarios, with the same seed, so that the difference is the policy's.

// ofYears runs two scenarios with the same arguments and calls check for the row of every year from 2027 (or another first year) on.
func ofYears(t *testing.T, a, b map[string]grid, from string, check func(year string, row int, x, y grid)) {
	t.Helper()
	x, y := a["years"], b["years"]
	seen := 0
	for row := range x.rows {
		if year := x.text(row, "year"); year >= from {
			seen++
			check(year, row, x, y)
		}
	}
	if seen < 2 {
		t.Fatalf("got %d years from %s on, want at least 2", seen, from)
	}
}

// TestFullCreditRaisesGiving (Q1): when every won up to 200,000 comes back, more is given, by no fewer donors, and the relief costs more.
func TestFullCreditRaisesGiving(t *testing.T) {
	args := []string{"--scale", "0.005", "--years", "2025-2029"}
	base := prepare(t, "kr-baseline", args...).tables(t)
	reform := prepare(t, "kr-full-credit-200k", args...).tables(t)
	ofYears(t, base, reform, "2027", func(year string, row int, x, y grid) {
		for _, metric := range []string{"donations.given.amount", "donors", "relief"} {
			if a, b := x.whole(t, row, metric), y.whole(t, row, metric); b <= a {
				t.Errorf("%s: %s is %d under the law and %d with full credit, want more", year, metric, a, b)
			}
		}
	})
	further := prepare(t, "kr-full-credit-300k", args...).tables(t)
	ofYears(t, reform, further, "2027", func(year string, row int, x, y grid) {
		if a, b := x.whole(t, row, "donations.given.amount"), y.whole(t, row, "donations.given.amount"); b <= a {
			t.Errorf("%s: %d is given with full credit to 200,000 and %d with 300,000, want more", year, a, b)
		}
	})
}

// TestCapBindsAbove (Q2): with the cap of 5 million won kept nobody gives more than that; those who would, give 5 million; all other bands of amount stay as
// they are in the year the cap would have risen.
func TestCapBindsAbove(t *testing.T) {
	args := []string{"--scale", "0.02", "--years", "2024-2027"}
	base := prepare(t, "kr-baseline", args...).tables(t)
	capped := prepare(t, "kr-cap-5m", args...).tables(t)
	x, y := base["donors"], capped["donors"]
	amount := "donations.given.amount"
	free, kept := x.sums(t, amount, "year", "amount.label"), y.sums(t, amount, "year", "amount.label")
	above, at := " above 5,000,000", " 5,000,000"
	for _, year := range []string{"2025", "2026", "2027"} {
		if kept[year+above] != 0 {
			t.Errorf("%s: %d is given above the cap", year, kept[year+above])
		}
		if free[year+above] == 0 {
			t.Errorf("%s: nobody gives above 5 million without the cap: nothing is tested", year)
		}
		if top, under := free[year+above]+free[year+at], kept[year+above]+kept[year+at]; under > top {
			t.Errorf("%s: donors of 5 million and more give %d with the cap and %d without", year, under, top)
		}
	}
	for key, want := range free {
		if year := key[:4]; year == "2025" && key != year+above && key != year+at && kept[key] != want {
			t.Errorf("%s: %d with the cap, %d without; below it nothing should change in the first year", key, kept[key], want)
		}
	}
	ofYears(t, base, capped, "2025", func(year string, row int, x, y grid) {
		if a, b := x.whole(t, row, amount), y.whole(t, row, amount); b > a {
			t.Errorf("%s: %d is given with the cap and %d without", year, b, a)
		}
	})
}

// TestLowerGiftsCostLess (Q9): gifts of at most 20% take a smaller share of receipts, and attract no more donors.
func TestLowerGiftsCostLess(t *testing.T) {
	args := []string{"--scale", "0.001", "--years", "2026-2029"}
	base := prepare(t, "jp-baseline", args...).tables(t)
	reform := prepare(t, "jp-gift-20", args...).tables(t)
	ofYears(t, base, reform, "2027", func(year string, row int, x, y grid) {
		share := func(g grid) float64 {
			return float64(g.whole(t, row, "gifts.cost")) / float64(g.whole(t, row, "donations.received.amount"))
		}
		if a, b := share(x), share(y); b >= a || b > 0.2 {
			t.Errorf("%s: gifts take %.4f of receipts under the law and %.4f at the lower limit", year, a, b)
		}
		if a, b := x.whole(t, row, "donors"), y.whole(t, row, "donors"); b > a {
			t.Errorf("%s: %d donors under the law and %d with smaller gifts", year, a, b)
		}
	})
}

// TestStateBearsAll (R6): with a full refund of every local loss each government keeps what it raised, in both countries; the state alone bears relief and pool.
func TestStateBearsAll(t *testing.T) {
	for name, years := range map[string]string{"kr-baseline": "2023-2026", "jp-baseline": "2020-2021"} {
		tables := prepare(t, name, "--scale", "0.001", "--years", years, "--set", "policy.compensation.rate=1.0", "--set", "policy.compensation.all=true").tables(t)
		g, borne := tables["towns"], int64(0)
		for row := range g.rows {
			kept := g.whole(t, row, "donations.received.amount") - g.whole(t, row, "gifts.cost") - g.whole(t, row, "fees.cost") - g.whole(t, row, "operating.cost")
			borne += g.whole(t, row, "relief.borne")
			if net := g.whole(t, row, "net"); net != kept {
				t.Errorf("%s %s: net %d of %d kept", name, g.key(row), net, kept)
			}
		}
		if borne == 0 {
			t.Errorf("%s: no relief was borne, the test proves nothing", name)
		}
	}
}

// TestRedistributionTraces: with every lever of the menu on, the books of both countries still close and trace, and the same people live the same lives.
func TestRedistributionTraces(t *testing.T) {
	for name, years := range map[string]string{"kr-baseline": "2023-2025", "jp-baseline": "2020-2021"} {
		args := []string{"--scale", "0.001", "--years", years}
		base := prepare(t, name, args...).tables(t)
		for _, lever := range []string{"pool_rate=0.2", "per_resident=1000", "home_share=0.3", "floor=0.0005"} {
			args = append(args, "--set", "policy.redistribution."+lever)
		}
		with := prepare(t, name, args...).tables(t)
		ledgerTraces(t, with)
		tablesAgree(t, with)
		for _, table := range []string{"flows", "donors", "months"} {
			if d := difference(base[table], with[table], 3); d != "" {
				t.Errorf("%s: redistribution changes %s:\n%s", name, table, d)
			}
		}
		moved := with["ledger"].sums(t, "amount", "entry", "to")
		for _, entry := range []string{"redistribution.pool", "redistribution.ceiling"} {
			if in, out := moved[entry+" pool"], moved[entry+" towns"]+moved[entry+" provinces"]; in == 0 || in != out {
				t.Errorf("%s, %s: %d paid into the pool, %d out of it", name, entry, in, out)
			}
		}
		if moved["redistribution.floor towns"]+moved["redistribution.floor provinces"] == 0 {
			t.Errorf("%s: the floor never binds", name)
		}
	}
}

// TestReliefOfTheYearBefore: Japan's start of 2020 begins with the relief of the donations of 2019, derived (see budget.Opening): the resident tax deduction of levy
// FY2020 was 339.1 billion yen (facts row J30, MIC), which the estimate should meet within a sixth at a small scale. Korea's start has nothing due.
func TestReliefOfTheYearBefore(t *testing.T) {
	borne := func(name, years string) int64 {
		g := prepare(t, name, "--scale", "0.001", "--years", years).tables(t)["years"]
		return g.whole(t, 0, "relief.borne")
	}
	if got := float64(borne("jp-baseline", "2020-2020")) / 339.1e9; math.Abs(got-1) > 1.0/6 {
		t.Errorf("2020 begins with %.3f of the observed deduction", got)
	}
	if got := borne("kr-baseline", "2023-2023"); got != 0 {
		t.Errorf("Korea's first year bears %d of relief", got)
	}
}

// TestNoCompensationIsExact (Q10): without the refund of lost tax every municipality's net is lower by exactly its refund, only those that receive the allocation
// tax had one, and nobody's giving changes.
func TestNoCompensationIsExact(t *testing.T) {
	args := []string{"--scale", "0.001", "--years", "2026-2028"}
	law := prepare(t, "jp-baseline", args...)
	base, reform := law.tables(t), prepare(t, "jp-no-compensation", args...).tables(t)
	receiving := map[string]bool{}
	for _, p := range law.cfg.Places {
		receiving[p.Code] = p.Receiving
	}
	x, y := base["towns"], reform["towns"]
	refunded := 0
	for row := range x.rows {
		if x.text(row, "year") < "2027" {
			continue
		}
		refund := x.whole(t, row, "compensation")
		if lost := x.whole(t, row, "net") - y.whole(t, row, "net"); lost != refund || y.whole(t, row, "compensation") != 0 {
			t.Errorf("%s: net falls by %d without the refund of %d; %s is still refunded", x.key(row), lost, refund, y.text(row, "compensation"))
		}
		if refund != 0 && !receiving[x.text(row, "code")] {
			t.Errorf("%s: got a refund of %d though it receives no allocation tax", x.key(row), refund)
		}
		if refund > 0 {
			refunded++
		}
		for _, metric := range []string{"donors", "donations.given.amount", "donations.received.amount", "relief.borne"} {
			if a, b := x.text(row, metric), y.text(row, metric); a != b {
				t.Errorf("%s, %s: %s with the refund, %s without", x.key(row), metric, a, b)
			}
		}
	}
	if refunded < 1000 {
		t.Errorf("only %d rows were refunded, want most municipalities in two years", refunded)
	}
}

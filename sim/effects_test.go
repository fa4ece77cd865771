package sim_test

import (
	"reflect"
	"testing"

	"gohyang/sim"
	"gohyang/sim/budget"
	"gohyang/sim/people"
)

// history keeps copies of the towns and the projects of every year.
type history struct {
	towns    [][]sim.Town
	projects [][]sim.ProjectRow
	accounts [][]sim.Account
}

func (h *history) Observe(r *sim.Record) error {
	h.towns = append(h.towns, append([]sim.Town(nil), r.Towns...))
	h.projects = append(h.projects, append([]sim.ProjectRow(nil), r.Projects...))
	h.accounts = append(h.accounts, append([]sim.Account(nil), r.Accounts...))
	return nil
}

// lived runs the rich country after a change.
func lived(tb testing.TB, years int, change func(*sim.Config)) (*history, string) {
	tb.Helper()
	cfg := apart(tb, size(60000, 100000), years)
	change(cfg)
	h := &history{}
	_, digests := live(tb, cfg, sim.Layout{}, h)
	return h, digests
}

func total(towns []sim.Town, of func(*sim.Town) int64) (n int64) {
	for i := range towns {
		n += of(&towns[i])
	}
	return n
}

var (
	births   = func(t *sim.Town) int64 { return t.Births }
	movesIn  = func(t *sim.Town) int64 { return t.MovesIn }
	movesOut = func(t *sim.Town) int64 { return t.MovesOut }
)

// TestEffectsOff: services have no effect at zero, whatever they are; donations then change nobody's life.
func TestEffectsOff(t *testing.T) {
	base, _ := lived(t, 4, func(*sim.Config) {})
	rich, _ := lived(t, 4, func(c *sim.Config) { c.Budget.Execute, c.Budget.Flypaper = 1, 1 })
	for y := range base.towns {
		for i := range base.towns[y] {
			a, b := base.towns[y][i], rich.towns[y][i]
			if a.Births != b.Births || a.MovesIn != b.MovesIn || a.MovesOut != b.MovesOut || a.ByAge != b.ByAge {
				t.Fatalf("year %d, town %d: services changed lives without an effect", y, i)
			}
		}
	}
}

// TestEffects: the three effects one by one, in the first year that feels them. Births rise only in towns whose services for children gained, and fall only
// where they lost; with e_m, at its largest, as many move as before, to other towns; with e_o fewer leave the towns that gained, more those that lost. Whoever moves out moves in somewhere.
func TestEffects(t *testing.T) {
	base, _ := lived(t, 3, func(*sim.Config) {})
	for name, e := range map[string]people.Effects{"births": {Births: 20}, "in": {In: 20}, "out": {Out: 1}} {
		on, _ := lived(t, 3, func(c *sim.Config) { c.Effects = e })
		if !reflect.DeepEqual(on.towns[0], base.towns[0]) {
			t.Errorf("%s: the first year has no last year's services", name)
		}
		was, is, before := base.towns[1], on.towns[1], base.towns[0]
		changed := 0
		for i := range was {
			gained, lost := before[i].ServicesChildren > 1, before[i].ServicesChildren < 1 // so did services in general
			if was[i].Births != is[i].Births || was[i].MovesOut != is[i].MovesOut || was[i].MovesIn != is[i].MovesIn {
				changed++
			}
			if d := is[i].Births - was[i].Births; name == "births" && (d < 0 && !lost || d > 0 && !gained) || name == "in" && max(d, -d) > 1 { // who moves elsewhere may bear there
				t.Errorf("%s: %d births more in town %d, gained %v", name, d, i, gained)
			}
			if d := is[i].MovesOut - was[i].MovesOut; name == "out" && (d > 0 && !lost || d < 0 && !gained) || name != "out" && d != 0 {
				t.Errorf("%s: %d moves out more of town %d, gained %v", name, d, i, gained)
			}
		}
		if changed == 0 {
			t.Errorf("%s: no town changes", name)
		}
		if b := total(is, births) - total(was, births); (name == "births") != (b > 0) && name != "out" {
			t.Errorf("%s: %d births more", name, b)
		}
		for y := range on.towns {
			if in, out := total(on.towns[y], movesIn), total(on.towns[y], movesOut); in != out {
				t.Errorf("%s, year %d: %d moved in, %d out", name, y, in, out)
			}
		}
	}
}

// TestResidents (E24): a bond draws movers only where it is net of what would have happened anyway (chi), as often as odds say, and by reallocation: as many move as
// before.
func TestResidents(t *testing.T) {
	drawn := func(net, odds float64) (n, moves int64) {
		h, _ := lived(t, 3, func(c *sim.Config) { c.Ties.Net, c.Ties.Resident = net, odds })
		for y := range h.towns {
			n += total(h.towns[y], func(t *sim.Town) int64 { return t.Related })
		}
		return n, total(h.towns[0], movesIn)
	}
	none, moves := drawn(0.3, 0)
	null, _ := drawn(0, 200)
	some, same := drawn(0.3, 200)
	more, _ := drawn(0.6, 200)
	if none != 0 || null != 0 || some == 0 || more <= some || moves != same {
		t.Errorf("drawn by bonds: %d without odds, %d without net share, %d, %d with twice the share; moves %d and %d", none, null, some, more, moves, same)
	}
}

// TestChiZero: at a net share of zero no donor becomes a visitor, whatever the other hazards.
func TestChiZero(t *testing.T) {
	h, _ := lived(t, 4, func(c *sim.Config) { c.Ties.Net, c.Ties.Visit, c.Ties.Lure = 0, 1, 5 })
	for y := range h.towns {
		for i, town := range h.towns[y] {
			if town.Ties[3]+town.Ties[4]+town.Ties[5] > 0 {
				t.Fatalf("year %d, town %d: %v", y, i, town.Ties)
			}
		}
	}
}

// TestDiverted (E19): of local income the share 1 - dvt is the nation's gain: none at one.
func TestDiverted(t *testing.T) {
	for _, divert := range []float64{1, 0.5, 0} {
		h, _ := lived(t, 2, func(c *sim.Config) { c.Budget.Divert = divert })
		for i, town := range h.towns[1] {
			if want := int64((1 - divert) * float64(town.LocalIncome)); town.IncomeNet != want {
				t.Errorf("diverted %g, town %d: %d of %d left, want %d", divert, i, town.IncomeNet, town.LocalIncome, want)
			}
		}
	}
}

// entry sums what local governments gain by an entry of a year.
func entry(a []sim.Account, name string) (n int64) {
	for _, e := range a {
		if e.Entry == name {
			n += e.Towns + e.Provinces
		}
	}
	return n
}

// TestProjects (L11): money for a project is money received by its place, is spent on it alone, and no more of it than was raised; the year of completion is that in
// which the target is reached, and after it nothing more is given to it. Two projects of a place share; a closed law gives none.
func TestProjects(t *testing.T) {
	const place = 190
	project := func(theme budget.Theme, target int64, month int) sim.Event {
		return sim.Event{Year: 2025, Month: month, Kind: sim.Project, Place: place, Theme: theme, Target: target}
	}
	run := func(open bool, events ...sim.Event) *history {
		h, _ := lived(t, 6, func(c *sim.Config) {
			c.Events, c.Giving.Motive.Gift, c.Giving.Motive.Tie, c.Giving.Attention.External = events, 0.1, 0.1, 0.3
			for _, l := range c.Laws {
				l.Rules.Projects.Open = open
			}
		})
		return h
	}
	h := run(true, project(budget.Children, 3e6, 1), project(budget.Elderly, 1e12, 1), project(budget.Culture, 1e12, 7))
	raised, spent := [3]int64{}, [3]int64{}
	for y, rows := range h.projects {
		year, paid := int64(0), int64(0)
		for k, p := range rows {
			before := raised[k]
			raised[k], spent[k] = raised[k]+p.Raised, spent[k]+p.Spent
			year, paid = year+p.Raised, paid+p.Spent
			if p.Total != raised[k] || p.Raised < 0 || spent[k] > raised[k] {
				t.Errorf("year %d, project %d: %+v after %d raised and %d spent", y, k, p, raised[k], spent[k])
			}
			if done := raised[k] >= 3e6 && k == 0; done != (p.Completed > 0) || before >= 3e6 && k == 0 && p.Raised != 0 {
				t.Errorf("year %d, project %d: %+v, %d raised before", y, k, p, before)
			}
		}
		if town := h.towns[y][place]; year > town.ReceivedAmount || town.Earmarked != paid || town.Spent < paid || -entry(h.accounts[y], "fund.earmarked") != paid {
			t.Errorf("year %d: %d raised of %d received, %d of %d spent on projects, want %d", y, year, town.ReceivedAmount, town.Earmarked, town.Spent, paid)
		}
	}
	if raised[0] == 0 || raised[1] == 0 || raised[2] == 0 || h.projects[0][2].Raised >= h.projects[0][1].Raised {
		t.Errorf("raised %v, in the first year %+v: want something for all, less for the one open from July", raised, h.projects[0])
	}
	closed := run(false, project(budget.Children, 3e6, 1))
	for y, rows := range closed.projects {
		if rows[0].Raised != 0 || closed.towns[y][place].Earmarked != 0 {
			t.Errorf("year %d: %+v where the law has no projects", y, rows[0])
		}
	}
	care, other := run(true, project(budget.Children, 1e12, 1)).towns, run(true, project(budget.Elderly, 1e12, 1)).towns
	if a, b := care[3][place].ServicesChildren, other[3][place].ServicesChildren; a <= b {
		t.Errorf("services for children are %g with a project for them, %g with another", a, b)
	}
}

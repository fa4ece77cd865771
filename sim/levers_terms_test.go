package sim_test

import (
	"context"
	"math"
	"reflect"
	"testing"

	"gohyang/sim"
	"gohyang/sim/budget"
	"gohyang/sim/giving"
	"gohyang/sim/law"
	"gohyang/sim/people"
)

// books keeps copies of what a test compares place by place and month by month.
type books struct {
	towns  [][]sim.Town
	months [][12]sim.Month
	donors [][]sim.DonorRow
}

func (b *books) Observe(r *sim.Record) error {
	b.towns = append(b.towns, append([]sim.Town(nil), r.Towns...))
	b.months = append(b.months, r.Months)
	b.donors = append(b.donors, append([]sim.DonorRow(nil), r.Donors...))
	return nil
}

// kept runs the steady country after a change and keeps its books.
func kept(t *testing.T, ceiling bool, change func(*sim.Config, *law.Rules), after ...func(*sim.Config)) *books {
	t.Helper()
	cfg := steady(t, ceiling, change)
	for _, f := range after {
		f(cfg)
	}
	b := &books{}
	live(t, cfg, sim.Layout{}, b)
	return b
}

// alike counts the years at the start in which two runs have the same books.
func (b *books) alike(o *books) int {
	for y := range b.towns {
		if !reflect.DeepEqual(b.towns[y], o.towns[y]) || b.months[y] != o.months[y] {
			return y
		}
	}
	return len(b.towns)
}

// TestDeadlineLever (E10): points end in October. What is given, by whom and to whom stays; of the records due from October on a share psi moves to September,
// and no other month changes. A change within the year that leaves donors as much, or a deadline in January, moves nothing.
func TestDeadlineLever(t *testing.T) {
	const psi = 0.3
	points := func(c *sim.Config, r *law.Rules) { c.Giving.Timing.Pull, r.Platform.Points = psi, 0.05 }
	due := func(month int, change func(*law.Rules)) func(*sim.Config) {
		return func(c *sim.Config) {
			next := c.Laws[1].Rules
			change(&next)
			c.Deadlines = []giving.Deadline{{}, {Month: month, Next: &next}}
		}
	}
	without := kept(t, true, points)
	for name, f := range map[string]func(*sim.Config){
		"a better offer": due(10, func(r *law.Rules) { r.Platform.Points = 0.06 }), "the same offer": due(10, func(r *law.Rules) { r.Gift.Limit = 0.5 }),
		"January": due(1, func(r *law.Rules) { r.Platform.Points = 0 }),
	} {
		if n := kept(t, true, points, f).alike(without); n != len(without.towns) {
			t.Errorf("%s: months move in year %d", name, n)
		}
	}
	with := kept(t, true, points, due(10, func(r *law.Rules) { r.Platform.Points = 0 }))
	if !reflect.DeepEqual(with.towns, without.towns) || with.months[0] != without.months[0] || with.months[2] != without.months[2] {
		t.Error("a deadline changes more than the months of its year")
	}
	a, b := without.months[1], with.months[1]
	due1, moved := int64(0), int64(0)
	for m := range 12 {
		switch {
		case m < 8 && a[m] != b[m]:
			t.Errorf("month %d changes from %+v to %+v", m+1, a[m], b[m])
		case m > 8:
			due1, moved = due1+a[m].Records, moved+a[m].Records-b[m].Records
		}
	}
	if b[8].Records-a[8].Records != moved {
		t.Errorf("September gains %d records, later months lose %d", b[8].Records-a[8].Records, moved)
	}
	within(t, "share pulled forward", over(moved, due1), psi-0.03, psi+0.03)
	half := kept(t, true, points, due(10, func(r *law.Rules) { r.Platform.Points = 0.025 })).months[1]
	within(t, "half the loss, half the pull", over(half[8].Records-a[8].Records, moved), 0.4, 0.6)
}

// TestDecemberDrift (E10): December's share is d + rush (k' - k), k' the share of kink donors of the year and k the parameter: above d, since kink donors have more
// to gain than token donors and so take part more.
func TestDecemberDrift(t *testing.T) {
	const rush = 0.3
	share := func(rush float64) (december, kinked float64) {
		b := kept(t, false, func(c *sim.Config, _ *law.Rules) {
			c.Giving.Timing.Rush = rush
			c.Giving.Amount.Kink, c.Giving.Amount.NoLoss, c.Giving.Amount.WarmGlow = 0.4, 0, 0
		})
		all, last, of, at := int64(0), int64(0), int64(0), int64(0)
		for y := range b.months {
			for m, x := range b.months[y] {
				all += x.Records
				if m == 11 {
					last += x.Records
				}
			}
			for _, d := range b.donors[y] {
				of += d.Donors
				if d.Amount == 1 {
					at += d.Donors
				}
			}
		}
		return over(last, all), over(at, of)
	}
	before, _ := share(0)
	after, kinked := share(rush)
	if kinked < 0.45 {
		t.Fatalf("kink donors are %.3f of donors, want more than their 0.4 of persons", kinked)
	}
	within(t, "drift of December", after-before, rush*(kinked-0.4)-0.03, rush*(kinked-0.4)+0.03)
}

// TestPushLever (E4): a push of 2% a year in two years brings about 2% of those who do not consider yet to do so in each; before it nothing changes, after it
// its donors fade with lapse but stay above for some years.
func TestPushLever(t *testing.T) {
	push := func(by float64) func(*sim.Config, *law.Rules) {
		return func(c *sim.Config, _ *law.Rules) {
			c.Giving.Shock = giving.Shock{Start: 0.02, Push: by, From: int64(c.First + 1), Until: int64(c.First + 1)}
		}
	}
	without, with := kept(t, false, push(0)), kept(t, false, push(0.02))
	if n := with.alike(without); n != 1 {
		t.Errorf("the first %d years are alike, want 1", n)
	}
	considering := func(b *books, y int) (n, all int64) {
		for _, p := range b.towns[y] {
			n, all = n+p.Considering, all+p.Population-p.ByAge[0]
		}
		return n, all
	}
	for y := 1; y < 4; y++ {
		a, all := considering(without, y)
		b, _ := considering(with, y)
		within(t, "more who consider, share of adults", over(b-a, all), 0.01, 0.022)
	}
}

// TestEntrants (E12): towns list on the portals the sooner the more tax they lose and the more their listed peers keep, and none leaves: with a higher
// hazard the listed are a superset. Gift donors see them first, so the listed receive more than they would if all were listed. If all list at once,
// hazards and appeal are without effect.
func TestEntrants(t *testing.T) {
	listing := func(l giving.Listing) func(*sim.Config, *law.Rules) {
		return func(c *sim.Config, _ *law.Rules) { c.Giving.Listing, l.From = l, int64(c.First+1) }
	}
	on := func(b *books, y int) (out []bool) {
		for _, p := range b.towns[y] {
			out = append(out, p.Fees > 0)
		}
		return out
	}
	count := func(x []bool) (n int) {
		for _, v := range x {
			if v {
				n++
			}
		}
		return n
	}
	all := giving.Listing{Start: 1}
	some := giving.Listing{From: 2026, Start: 0.3, Loss: 1, Peers: 0.5}
	same, other := kept(t, true, listing(all)), kept(t, true, listing(giving.Listing{Start: 1, Loss: 3, Peers: 2, Appeal: 2}))
	if n := other.alike(same); n != 4 {
		t.Errorf("all towns listed: hazards and appeal matter from year %d", n)
	}
	slow := kept(t, true, func(c *sim.Config, r *law.Rules) { c.Giving.Listing = some })
	var more [2]*books
	for i, l := range []giving.Listing{{From: 2026, Start: 0.3, Loss: 5, Peers: 0.5}, {From: 2026, Start: 0.3, Loss: 1, Peers: 5}} {
		more[i] = kept(t, true, func(c *sim.Config, _ *law.Rules) { c.Giving.Listing = l })
	}
	if n := count(on(slow, 0)); n != 0 {
		t.Errorf("%d towns pay portals before there are any", n)
	}
	for y := 2; y < 4; y++ {
		base := count(on(slow, y))
		if base <= count(on(slow, y-1)) {
			t.Errorf("year %d: %d listed towns, no more than the year before", y, base)
		}
		for i := range more {
			if n := count(on(more[i], y)); n <= base {
				t.Errorf("year %d: %d listed towns under the higher hazard %d, %d under the lower", y, n, i, base)
			}
		}
	}
	seen := some
	seen.Appeal, seen.Loss, seen.Peers = 1, 0, 0
	blind := seen
	blind.Appeal = 0
	a, b := kept(t, true, func(c *sim.Config, _ *law.Rules) { c.Giving.Listing = blind }), kept(t, true, func(c *sim.Config, _ *law.Rules) { c.Giving.Listing = seen })
	sum := func(b *books) (n int64) {
		for i, v := range on(a, 1) {
			if v {
				n += b.towns[1][i].ReceivedAmount
			}
		}
		return n
	}
	within(t, "receipts of listed towns that gift donors see first", over(sum(b), sum(a)), 1.05, 2)
}

// TestMaturity (E9): when the scheme turns mature in its third year, the towns' appeal calms down: two runs are alike until then, and with persistence of
// 0.999 and no shocks receipts move less from the third to the fourth year than under the young scheme's shocks.
func TestMaturity(t *testing.T) {
	run := func(young int64) *books {
		return kept(t, false, func(c *sim.Config, _ *law.Rules) {
			c.Giving.Quality.Shock, c.Giving.Quality.Persist, c.Giving.Quality.Young, c.Giving.Quality.Settled, c.Giving.Quality.Calm = 1.2, 0.7, young, 0.999, 0
			c.Giving.Attention.External = 0.5
		})
	}
	young, mature := run(0), run(2)
	if n := mature.alike(young); n != 2 {
		t.Errorf("the first %d years are alike, want 2", n)
	}
	change := func(b *books) (sum float64) {
		for i, p := range b.towns[3][:200] {
			sum += math.Abs(math.Log(float64(p.ReceivedRecords+1) / float64(b.towns[2][i].ReceivedRecords+1)))
		}
		return sum / 200
	}
	if a, b := change(young), change(mature); b > 0.6*a {
		t.Errorf("log receipts change by %.3f in a mature scheme, %.3f in a young one", b, a)
	}
}

// TestRelation (E8): a visitor's bond draws his gift back to the place, as habit does; where nobody is more than a donor it does nothing.
func TestRelation(t *testing.T) {
	run := func(share, net float64) *books {
		return kept(t, false, func(c *sim.Config, _ *law.Rules) {
			c.Giving.Choice.Relation, c.Giving.Choice.Habit, c.Giving.Choice.Origin, c.Ties.Net = share, 0, 0, net
			c.Giving.Motive.Gift, c.Giving.Motive.Tie = 0, 1
		})
	}
	if n := run(1, 0).alike(run(0, 0)); n != 4 {
		t.Errorf("without visitors the weight of a relation matters from year %d", n)
	}
	repeat := func(b *books) (n, all int64) {
		for _, y := range b.towns[2:] {
			for _, p := range y {
				n, all = n+p.Repeat, all+p.ReceivedRecords
			}
		}
		return n, all
	}
	a, all := repeat(run(0, 0.8))
	b, _ := repeat(run(1, 0.8))
	within(t, "more records to last year's place, share of all", over(b-a, all), 0.03, 0.6)
}

// TestLasting (E11, P7): a struck town on the portals keeps part of its new appeal the year after, in all motives, by e^dxi, then
// e^(rho dxi); without portals, or without a
// disaster, nothing lasts.
func TestLasting(t *testing.T) {
	run := func(ceiling bool, dxi, severity float64) *books {
		return kept(t, ceiling, func(c *sim.Config, _ *law.Rules) {
			c.Giving.Choice.Lasting, c.Giving.Choice.Habit, c.Giving.Quality.Persist, c.Giving.Quality.Young = dxi, 0, 0.7, 0
			c.Giving.Attention.External, c.Giving.Choice.Origin = 0.2, 0
			c.Events = []sim.Event{{Year: c.First + 1, Month: 3, Kind: sim.Disaster, Place: 1, Severity: severity}}
		})
	}
	if n := run(false, 1, 1).alike(run(false, 0, 1)); n != 4 {
		t.Errorf("without portals a disaster lasts from year %d", n)
	}
	if n := run(true, 1, 0).alike(run(true, 0, 0)); n != 4 {
		t.Errorf("without a disaster something lasts from year %d", n)
	}
	with, without := run(true, 1, 1), run(true, 0, 1)
	if n := with.alike(without); n != 2 {
		t.Errorf("a disaster of the second year lasts from year %d, want 2, the year after", n)
	}
	received := func(y int) float64 {
		return over(with.towns[y][1].ReceivedRecords, without.towns[y][1].ReceivedRecords)
	}
	within(t, "receipts the year after over those without", received(2), 0.85*math.E, 1.15*math.E)
	within(t, "receipts two years after over those without", received(3), 0.85*math.Exp(0.7), 1.15*math.Exp(0.7))
}

// TestTheme (5.6): a project for children draws more sympathy than another of the same target, until it is complete; without the pull of projects a theme moves no
// donor, and among the others it is only a word.
func TestTheme(t *testing.T) {
	const large = 6 // receipts ten times those of town 0
	run := func(theme budget.Theme, project float64, target int64) *books {
		return kept(t, false, func(c *sim.Config, r *law.Rules) {
			c.Giving.Choice.Project, c.Giving.Choice.Children, c.Giving.Motive = project, 3, giving.Motive{}
			c.Events = []sim.Event{{Year: c.First, Month: 1, Kind: sim.Project, Place: large, Theme: theme, Target: target}}
			r.Projects.Open = true
		})
	}
	clinic, laundry := run(budget.Children, 3, 1e12), run(budget.Elderly, 3, 1e12)
	records := func(b *books) (n int64) {
		for _, y := range b.towns {
			n += y[large].ReceivedRecords
		}
		return n
	}
	within(t, "sympathy for a clinic over a laundry", over(records(clinic), records(laundry)), 1.2, 3)
	for y, towns := range run(budget.Children, 0, 1e12).towns {
		if a, b := towns[large].ReceivedAmount, run(budget.Elderly, 0, 1e12).towns[y][large].ReceivedAmount; a != b {
			t.Errorf("year %d: a theme without pull moves donors: %d and %d", y, a, b)
		}
	}
	if n := laundry.alike(run(budget.Culture, 3, 1e12)); n != 4 {
		t.Errorf("which theme but children's matters from year %d", n)
	}
	small := run(budget.Children, 3, 1)
	within(t, "a completed project over an open one", over(small.towns[1][large].ReceivedAmount, clinic.towns[1][large].ReceivedAmount), 0.2, 0.9)
}

// TestPreviousHome (E8, b_par): with the weight at one, tie donors who moved during the run, and have no other tie, give where they lived before.
func TestPreviousHome(t *testing.T) {
	run := func(share float64) (left, moved int) {
		cfg := rich(t, 30000, 4)
		cfg.Giving.Choice.Previous, cfg.Giving.Choice.Habit, cfg.Giving.Choice.Origin = share, 0, 0
		cfg.Giving.Motive.Gift, cfg.Giving.Motive.Tie, cfg.Giving.Attention.External = 0, 1, 0.5
		cfg.Options.Level = 3
		w, err := sim.New(cfg, sim.Layout{})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Run(context.Background()); err != nil {
			t.Fatal(err)
		}
		w.Persons(func(p sim.Person) {
			if p.Donor && p.Before != people.None && p.Before != p.Last && p.Before != p.Home {
				moved++
			}
			if p.Donor && p.Before != people.None && p.Before == p.Last && p.Before != p.Home {
				left++
			}
		})
		return left, moved
	}
	back, others := run(1)
	few, many := run(0)
	// Who moved in the last year gave before he did: some others remain.
	if share, was := float64(back)/float64(back+others), float64(few)/float64(few+many); share < 0.4 || was > 0.2 {
		t.Errorf("donors who moved and give where they lived before: %.2f of %d, want most; without the weight %.2f", share, back+others, was)
	}
}

// TestConsideringAtStart: those who consider donating without giving are there at the start only if the scheme is older than the run. Where both start
// together, only the hazards of the first year bring people to consider.
func TestConsideringAtStart(t *testing.T) {
	first := func(launch func(*sim.Config) int) (considering, adults int64) {
		b := kept(t, false, func(c *sim.Config, _ *law.Rules) {
			c.Giving.Shock.Start, c.Giving.Attention = 0.2, giving.Attention{}
			c.Start.Donors, c.Start.Launch = nil, launch(c)
		})
		for _, p := range b.towns[0] {
			considering, adults = considering+p.Considering, adults+p.Population-p.ByAge[0]
		}
		return considering, adults
	}
	if n, _ := first(func(c *sim.Config) int { return c.First }); n != 0 {
		t.Errorf("%d consider donating when the scheme starts with the run, want none", n)
	}
	n, adults := first(func(c *sim.Config) int { return c.First - 1 })
	within(t, "considering where the scheme is a year older, share of those over 14", over(n, adults), 0.15, 0.2)
}

package sim_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"gohyang/sim"
	"gohyang/sim/law"
	"gohyang/sim/people"
)

// rich turns the stylised country into one where every stage and lever has something to do: two provinces, arrivals and departures, return migration,
// motives, habit, records, bonds, a disaster, a project, a one-off gift, excluded towns.
func rich(tb testing.TB, n, years int) *sim.Config {
	cfg := demo(tb, n, years)
	cfg.NumTowns = 226
	cfg.Places = append(cfg.Places, cfg.Places[226])
	cfg.Places[227].Code, cfg.Places[227].Province, cfg.Places[227].Recipient = "98000", 1, true
	cfg.Start.Receipts = append(cfg.Start.Receipts, 5)
	for i := range 226 {
		cfg.Places[i].Lon = 126 + float64(i%15)/5
		cfg.Places[i].Lat = 34.5 + float64(i/15)/5
		cfg.Places[i].Province = i % 2
		cfg.Places[i].Declining = i > 150
		p := &cfg.Places[i]
		p.Receiving, p.Need, p.Capacity = i > 20, 3e9, 1e9
		if i%2 == 0 {
			p.LocalTax, p.Revenue = 2e6, 2e6 // lives on donations, so that services change
		}
	}
	cfg.Places[226].Lon, cfg.Places[227].Lon = 126.5, 128.5
	d := cfg.Demography
	for g := range people.Groups {
		d.OD[g] = [][]float64{{3, 1}, {1, 3}}
	}
	d.Arrivals = append(d.Arrivals, d.Arrivals[0])
	for a := 15; a < 40; a++ {
		d.Arrivals[1][0][a], d.Arrivals[1][1][a] = float64(n)/5e4, -float64(n)/1e5
	}
	cfg.Options.Return = 5
	cfg.Origins = &people.Origins{Province: [][]float64{{0.7, 0.3}, {0.2, 0.8}}, Town: []float64{0.5, 0.6}}
	g := &cfg.Giving
	g.Attention.Peer, g.Attention.Launch, g.Attention.Forget = 0.57, 0.03, 0.06
	g.Hassle.Median, g.Hassle.SD, g.Hassle.Automatic, g.Hassle.Habit, g.Hassle.Lapse = 100000, 1, 0.3, 0.5, 0.06
	g.Amount.Kink, g.Amount.NoLoss, g.Amount.WarmGlow, g.Amount.Elasticity = 0.8, 0.03, 0.04, -0.5
	g.Amount.GlowTail, g.Amount.GlowScale, g.Amount.Token = 1.2, 200000, 50000
	g.Amount.GlowLimit = 0.05
	g.Motive.Gift, g.Motive.Tie = 0.4, 0.35
	g.Choice.GiftWeight, g.Choice.Origin, g.Choice.Distance, g.Choice.Habit, g.Choice.Decline = 4.5, 0.5, 1, 0.5, 2
	g.Choice.Disaster, g.Choice.Fade, g.Choice.Project = 24, 0.8, 3
	g.Quality.Persist, g.Quality.Shock, g.Quality.Respond, g.Quality.Adjust, g.Quality.TakeUp = 0.7, 1.2, 0.2, 0.5, 0.75
	g.Quality.Operate = 0.1
	g.Shock.Start = 0.02
	cfg.Ties.Net, cfg.Ties.Visit, cfg.Ties.Regular, cfg.Ties.Base, cfg.Ties.Decay, cfg.Ties.Spend = 0.3, 0.2, 0.1, 0.05, 0.2, 60000
	cfg.Ties.Disaster, cfg.Ties.Resident, cfg.Ties.Distance, cfg.Ties.Origin, cfg.Ties.Young, cfg.Ties.Old = 0.3, 20, 0.5, 2, 1.5, 0.7
	cfg.Ties.Experience, cfg.Ties.Lure, cfg.Ties.Enrol, cfg.Ties.Register = 0.3, 2, 0.2, 1.5
	cfg.Budget.Shipping = 0.3
	cfg.Budget.Execute, cfg.Budget.Flypaper, cfg.Budget.Depreciate = 0.3, 0.8, 0.1
	cfg.Start.Before = 1e8
	cfg.Budget.Divert, cfg.Budget.Waste, cfg.Budget.Children = 0.8, 0.1, 0.1
	cfg.Effects = people.Effects{Births: 20, In: 5, Out: 1}
	cfg.Events = []sim.Event{
		{Year: 2026, Month: 3, Kind: sim.Disaster, Place: 7, Severity: 1},
		{Year: 2025, Kind: sim.Project, Place: 190, Theme: "elderly", Target: 5e7},
		{Year: 2027, Kind: sim.Gift, Place: 3, Target: 1e8},
	}
	for _, l := range cfg.Laws {
		l.Rules.Projects.Open, l.Rules.Registration.Open = true, true
		l.Rules.Gift.Exclude = []string{cfg.Places[5].Code}
		l.Rules.Residency.Excluded = "province"
		l.Rules.Platform.Points = 0.01
		l.Rules.Compensation = law.Compensation{Rate: 0.5, Pool: 0.2, PoolLag: 1}
		l.Rules.Redistribution = law.Redistribution{PoolRate: 0.1, PoolPopulation: 0.5, PerResident: 300, HomeShare: 0.1, Floor: 1e-6}
	}
	return cfg
}

// trace keeps the records of a run as text, so that two runs can be compared field by field.
type trace []string

func (t *trace) Observe(r *sim.Record) error {
	b, err := json.Marshal(r)
	*t = append(*t, string(b))
	return err
}

// live runs a configuration and returns the digest after every year, with an audit of persons each year.
func live(tb testing.TB, cfg *sim.Config, l sim.Layout, observers ...sim.Observer) (*sim.World, string) {
	tb.Helper()
	w, err := sim.New(cfg, l)
	if err != nil {
		tb.Fatal(err)
	}
	out := ""
	for year := cfg.First; year <= cfg.Last; year++ {
		r, err := w.Year(context.Background())
		if err != nil {
			tb.Fatal(err)
		}
		if err := w.Audit(); err != nil {
			tb.Fatal(err)
		}
		for _, o := range observers {
			if err := o.Observe(r); err != nil {
				tb.Fatal(err)
			}
		}
		out += fmt.Sprintf("%d:%x ", year, w.Digest())
	}
	return w, out
}

func size(short, long int) int {
	if testing.Short() {
		return short
	}
	return long
}

// TestMatrix is the determinism contract: the same digest every year, and the same records, for any number of workers, block and tile size, loose screening
// bounds, and with or without a recorder.
func TestMatrix(t *testing.T) {
	n := size(20000, 120000)
	var want trace
	_, digest := live(t, rich(t, n, 5), sim.Layout{Workers: 1}, &want)
	for _, workers := range []int{1, 2, 3, 16} {
		for _, shape := range [][2]int{{16384, 16}, {1024, 16}, {64, 1}, {65536, 4}} {
			for _, slack := range []int{0, 9, 255} {
				l := sim.Layout{Workers: workers, Block: shape[0], Tile: shape[1], Slack: slack}
				var got trace
				if slack == 0 {
					if _, d := live(t, rich(t, n, 5), l, &got); d != digest {
						t.Errorf("%+v: digests %s, want %s", l, d, digest)
					}
					for i := range want {
						if got[i] != want[i] {
							t.Errorf("%+v: record %d differs", l, i)
						}
					}
				} else if _, d := live(t, rich(t, n, 5), l); d != digest {
					t.Errorf("%+v without recorder: digests %s, want %s", l, d, digest)
				}
			}
		}
	}
}

// TestSeedMatters: another seed is another life, so that the matrix does not compare constants.
func TestSeedMatters(t *testing.T) {
	cfg := rich(t, 20000, 2)
	_, a := live(t, cfg, sim.Layout{})
	cfg = rich(t, 20000, 2)
	cfg.Seed = 2
	if _, b := live(t, cfg, sim.Layout{}); a == b {
		t.Error("seed 1 and seed 2 have the same digests")
	}
}

// persons is the living population by identity.
func persons(w *sim.World) map[uint64]sim.Person {
	out := map[uint64]sim.Person{}
	w.Persons(func(p sim.Person) { out[p.ID] = p })
	return out
}

// apart is the rich country without the effects of giving on lives, as the default parameters have it: neither services nor bonds move anybody.
func apart(tb testing.TB, n, years int) *sim.Config {
	cfg := rich(tb, n, years)
	cfg.Effects, cfg.Ties.Resident = people.Effects{}, 0
	return cfg
}

// TestCommonRandomNumbers: a lever nobody can feel changes nobody; a small lever changes few donors, and nobody's life.
func TestCommonRandomNumbers(t *testing.T) {
	n := size(30000, 150000)
	base, digest := live(t, apart(t, n, 4), sim.Layout{})
	felt := apart(t, n, 4)
	for _, l := range felt.Laws {
		l.Rules.Convenience.Bodies = 7 // limits one-stop notices; relief is automatic here
	}
	if _, d := live(t, felt, sim.Layout{}); d != digest {
		t.Errorf("a lever that nobody feels changed the digests: %s, want %s", d, digest)
	}
	small := apart(t, n, 4)
	small.Start.Receipts = append([]float64(nil), small.Start.Receipts...)
	small.Giving.Attention.External *= 1.02
	a, b := persons(base), persons(must(live(t, small, sim.Layout{})))
	lives, donors, moved := 0, 0, 0
	for id, p := range a {
		q, ok := b[id]
		if !ok || p.Home != q.Home || p.Origin != q.Origin {
			lives++
		}
		if p.Donor != q.Donor {
			donors++
		}
		if p.Donor && q.Donor && p.Last != q.Last {
			moved++
		}
	}
	if lives > 0 || len(a) != len(b) {
		t.Errorf("2%% more attention changed %d lives and the population from %d to %d", lives, len(a), len(b))
	}
	if donors == 0 || donors > len(a)/200 {
		t.Errorf("2%% more attention changed the giving of %d of %d persons, want some and at most 0.5%%", donors, len(a))
	}
	if moved > donors {
		t.Errorf("2%% more attention sent %d donations elsewhere, more than the %d donors won or lost", moved, donors)
	}
}

func must(w *sim.World, _ string) *sim.World { return w }

// TestExcluded: a barred town receives nothing (L5), and no resident of a province gives to its government (L7).
func TestExcluded(t *testing.T) {
	cfg := rich(t, 40000, 3)
	w, err := sim.New(cfg, sim.Layout{})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		r, err := w.Year(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Towns[5].ReceivedRecords; got != 0 {
			t.Errorf("%d: the excluded town received %d records", r.Year, got)
		}
		given, received := int64(0), int64(0)
		for _, f := range r.Flows {
			if f.Dest == 226+f.Origin {
				t.Errorf("%d: province %d gave %d records to its own government", r.Year, f.Origin, f.Records)
			}
			received += f.Amount
		}
		for i := range r.Towns {
			given += r.Towns[i].GivenAmount
		}
		if given != received || given == 0 {
			t.Errorf("%d: given %d, received %d", r.Year, given, received)
		}
	}
}

// TestLedger: every entry sums to zero and the recipients' books follow from their parts.
func TestLedger(t *testing.T) {
	w, err := sim.New(rich(t, 30000, 3), sim.Layout{})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		r, err := w.Year(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range r.Accounts {
			if s := a.Donors + a.Towns + a.Provinces + a.State + a.Producers + a.Platforms + a.Suppliers; s != 0 {
				t.Errorf("%d: entry %s sums to %d", r.Year, a.Entry, s)
			}
		}
		for i, p := range r.Towns {
			if p.Net != p.ReceivedAmount-p.Gifts-p.Fees-p.Operating-p.ReliefTown+p.Compensation-p.PoolLoss+p.Redistribution {
				t.Errorf("%d: place %d: net %d does not follow from its parts %+v", r.Year, i, p.Net, p)
			}
		}
		if r.Year == 2027 && r.Towns[3].ReceivedAmount < 1e8 {
			t.Errorf("2027: the one-off gift of 100 million is missing: %d", r.Towns[3].ReceivedAmount)
		}
	}
}

// TestDisaster: the struck town's receipts of empathy donors rise in its month and year, and only then.
func TestDisaster(t *testing.T) {
	with, without := rich(t, 150000, 3), rich(t, 150000, 3)
	without.Events = without.Events[1:]
	var got [2][3]int64
	for k, cfg := range []*sim.Config{with, without} {
		w, err := sim.New(cfg, sim.Layout{})
		if err != nil {
			t.Fatal(err)
		}
		for y := range 3 {
			r, err := w.Year(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			got[k][y] = r.Towns[7].ReceivedAmount
		}
	}
	if got[0][0] != got[1][0] {
		t.Errorf("before the disaster: %d with, %d without", got[0][0], got[1][0])
	}
	if got[0][1] <= got[1][1] {
		t.Errorf("in the year of the disaster: %d with, %d without", got[0][1], got[1][1])
	}
}

// TestCancel: a cancelled context stops a large year at once.
func TestCancel(t *testing.T) {
	w, err := sim.New(demo(t, size(200000, 2000000), 30), sim.Layout{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	start := time.Now()
	err = w.Run(ctx)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the context's error", err)
	}
	if d := time.Since(start); d > time.Second {
		t.Errorf("stopped after %v, want within a second", d)
	}
}

// TestBadConfig: what the loader must have refused is refused again, in plain words.
func TestBadConfig(t *testing.T) {
	for name, change := range map[string]func(*sim.Config, *sim.Layout){
		"scale": func(c *sim.Config, _ *sim.Layout) { c.Scale = 0 },
		"years": func(c *sim.Config, _ *sim.Layout) { c.Last = c.First - 1 },
		"tile":  func(_ *sim.Config, l *sim.Layout) { l.Tile = 17 },
		"block": func(_ *sim.Config, l *sim.Layout) { l.Block = 1000 },
	} {
		cfg, l := demo(t, 1000, 2), sim.Layout{}
		change(cfg, &l)
		if _, err := sim.New(cfg, l); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

package sim_test

import (
	"reflect"
	"testing"

	"gohyang/sim"
	"gohyang/sim/budget"
	"gohyang/sim/giving"
	"gohyang/sim/law"
	"gohyang/sim/people"
)

// ceilingLaw is a Japanese law on the stylised country: everything above 2,000 up to a fifth of a resident levy of a tenth, one-stop up to five bodies.
func ceilingLaw(tb testing.TB) *law.Law {
	tb.Helper()
	r := law.Rules{
		Credit: law.Credit{Kind: "ceiling", Floor: 2000, CeilingRate: 0.2},
		Gift:   law.Gift{Limit: 0.6}, Cost: law.Cost{Limit: 0.9, Operating: 1}, Residency: law.Residency{Excluded: "town"},
		Convenience: law.Convenience{Filing: "one_stop", Bodies: 5}, Platform: law.Platform{Private: true}, Promotion: law.Promotion{Rule: "free"},
		Projects: law.Projects{Open: true}, Burden: law.Burden{State: 0, Town: 0.6, BigCity: 0.8, StateTax: true}, Compensation: law.Compensation{Rate: 0.75},
		Tax: law.Tax{Brackets: []law.Bracket{{Over: 0, Rate: 0.1}}, Round: law.Round{Base: 1, Due: 1, Levy: 1}, Local: law.Local{Levy: 0.1},
			Donation: law.Donation{StateMax: 0.4, ResidentMax: 0.3, Basic: 0.1}},
	}
	l, err := law.Compile(law.Japan, 2025, r)
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

// everything is the rich country under a tiers law, or under a ceiling law with portals.
func everything(tb testing.TB, ceiling bool) *sim.Config {
	cfg := rich(tb, 30000, 4)
	g := &cfg.Giving
	g.Attention.Platform, g.Attention.Promote, g.Quality.Fee = 0.01, 0.01, 0.1
	g.Hassle.OneStop, g.Amount.UseMean, g.Amount.UseSpread, g.Amount.RecordSize, g.Amount.MaxRecords = 0.6, 0.8, 0.2, 120000, 6
	g.Timing.December, g.Timing.Autumn = 0.4, 0.2
	cfg.Ties.Net, cfg.Ties.Visit, cfg.Ties.Regular, cfg.Ties.Base = 0.8, 0.9, 0.5, 0.5
	cfg.Start.Launch = cfg.First
	cfg.Budget.Execute, cfg.Budget.Depreciate, cfg.Budget.Shipping = 0.8, 0.8, 0.1
	cfg.Effects = people.Effects{Births: 20, In: 20, Out: 0.9}
	for range cfg.NumTowns {
		cfg.Start.Donors = append(cfg.Start.Donors, 0.03)
	}
	g.Timing.Rush, g.Timing.Pull = 0.1, 0.3
	g.Quality.Young, g.Quality.Settled, g.Quality.Calm, g.Quality.Imitate, g.Quality.Effort = 2, 0.9, 0.5, 0.1, 1
	g.Quality.Respond = 0.5
	g.Listing = giving.Listing{From: int64(cfg.First + 1), Start: 0.3, Enter: 0.3, Loss: 0.3, Peers: 0.2, Appeal: 1}
	g.Attention.Local, g.Amount.Novelty, g.Timing.Novelty = 0.2, 0.4, 0.2
	g.Shock.Push, g.Shock.From, g.Shock.Until = 0.01, int64(cfg.First+1), int64(cfg.First+2)
	g.Choice.Relation, g.Choice.Lasting, g.Choice.Previous = 0.5, 0.3, 0.3
	for i := range cfg.Places {
		p := &cfg.Places[i]
		p.LocalTax, p.EarnedTax, p.Need, p.Capacity, p.Receiving = 1e8, 5e7, 3e8, 8e7, true
		if i%2 == 0 {
			p.LocalTax, p.EarnedTax = 2e6, 1e6
		}
	}
	g.Choice.Children = 2
	cfg.Events[0].Severity, cfg.Events[1].Theme = 20, budget.Children
	if ceiling {
		cfg.Country = law.Japan
		cfg.Start.Launch = cfg.First - 1 // as in Japan's start of 2020 the scheme is older than the run
		for i := range cfg.Laws {
			cfg.Laws[i] = ceilingLaw(tb)
		}
	}
	for _, l := range cfg.Laws[3:] {
		l.Rules.Gift.Limit = 0.25
	}
	for _, l := range cfg.Laws[2:] {
		l.Rules.Donors.Corporations = true
	}
	g.Corporate = giving.Corporate{Rate: 0.01, State: 0.2, Local: 0.02}
	next := cfg.Laws[1].Rules
	next.Gift.Limit = 0.1
	cfg.Deadlines = []giving.Deadline{{}, {Month: 10, Next: &next}}
	return cfg
}

// TestEveryParameterMatters changes each behavioural parameter a little, one at a time: each must change the results under at least one of two laws. A
// parameter that changes nothing is a promise to the reader of the sheet that the model does not keep.
func TestEveryParameterMatters(t *testing.T) {
	var base [2]trace
	for k := range base {
		live(t, everything(t, k == 1), sim.Layout{}, &base[k])
	}
	groups := map[string]func(*sim.Config) reflect.Value{
		"giving":  func(c *sim.Config) reflect.Value { return reflect.ValueOf(&c.Giving).Elem() },
		"ties":    func(c *sim.Config) reflect.Value { return reflect.ValueOf(&c.Ties).Elem() },
		"budget":  func(c *sim.Config) reflect.Value { return reflect.ValueOf(&c.Budget).Elem() },
		"effects": func(c *sim.Config) reflect.Value { return reflect.ValueOf(&c.Effects).Elem() },
		"people":  func(c *sim.Config) reflect.Value { return reflect.ValueOf(&c.Options).Elem() },
	}
	for name, of := range groups {
		for _, path := range numbers(of(everything(t, false)).Type(), nil) {
			field := of(everything(t, false)).Type().FieldByIndex(path).Name
			if !matters(t, base, func(c *sim.Config) { nudge(of(c).FieldByIndex(path)) }) {
				t.Errorf("%s: parameter %s (%v) changes nothing", name, field, path)
			}
		}
	}
}

func matters(t *testing.T, base [2]trace, change func(*sim.Config)) bool {
	for k := range base {
		cfg := everything(t, k == 1)
		change(cfg)
		var got trace
		live(t, cfg, sim.Layout{}, &got)
		if !reflect.DeepEqual(got, base[k]) {
			return true
		}
	}
	return false
}

// numbers are the paths of all number fields of a struct of structs.
func numbers(t reflect.Type, path []int) (out [][]int) {
	for i := range t.NumField() {
		at := append(append([]int(nil), path...), i)
		switch t.Field(i).Type.Kind() {
		case reflect.Struct:
			out = append(out, numbers(t.Field(i).Type, at)...)
		case reflect.Float64, reflect.Int64:
			out = append(out, at)
		}
	}
	return out
}

func nudge(v reflect.Value) {
	if v.Kind() == reflect.Int64 {
		v.SetInt(v.Int() / 2)
		return
	}
	if v.Float() == 0 {
		v.SetFloat(0.1)
		return
	}
	v.SetFloat(v.Float() * 0.8)
}

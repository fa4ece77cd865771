package scenarios_test

import (
	"math"
	"testing"

	"gohyang/scenarios"
	"gohyang/scenarios/facts"
	"gohyang/sim/budget"
	"gohyang/sim/law"
)

// TestNeedIsEstimated: the slopes of need are those that gohyang estimate wrote into estimates.csv, to the four digits of the parameter file.
func TestNeedIsEstimated(t *testing.T) {
	for _, code := range []string{"kr", "jp"} {
		s, c := real(t, code+"-baseline"), country(t, code)
		provinces := map[string]string{"kr": "fiscal need, provinces", "jp": "fiscal need, prefectures"}[code]
		n := s.Budget.Need
		for _, x := range []struct {
			group, key string
			got        float64
		}{
			{"fiscal need", "log residents", n.Size}, {"fiscal need", "log residents squared", n.Curve}, {"fiscal need", "share 65 and over", n.Old},
			{"fiscal need", "share 0-14", n.Young}, {provinces, "log residents", n.Province},
		} {
			if want := estimate(t, c, x.group, x.key); math.Abs(x.got/want-1) > 1e-3 {
				t.Errorf("%s: %s, %s: %g shipped, %g fitted", code, x.group, x.key, x.got, want)
			}
		}
		if r2 := estimate(t, c, "fiscal need", "R2"); r2 < 0.8 {
			t.Errorf("%s: the cross-section explains %.2f of need: too little to carry it over decades", code, r2)
		}
	}
}

func country(t *testing.T, code string) *facts.Country {
	t.Helper()
	c, err := facts.Load(code)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func estimate(t *testing.T, c *facts.Country, group, key string) float64 {
	t.Helper()
	for _, e := range c.Estimates {
		if e.Group == group && e.Key == key {
			return e.Value
		}
	}
	t.Fatalf("%s has no estimate %s, %s", c.Code, group, key)
	return 0
}

// TestStartIsPublished: without donations the first year's accounts are the published ones. Japan: the fiscal strength index of every municipality and prefecture, a
// mean of three years in hundredths (prefectures: the one year FY2021 beside that mean, within 0.08: the epidemic took four hundredths of capacity); revenue that of
// the settlement less donations. Korea: 재정자립도, own revenue over budget, to the two decimals of per cent in which it is published, and the budget to the won.
func TestStartIsPublished(t *testing.T) {
	for _, code := range []string{"kr", "jp"} {
		cfg, err := scenarios.Build(real(t, code+"-baseline"))
		if err != nil {
			t.Fatal(err)
		}
		c := country(t, code)
		in := make([]budget.Flows, len(cfg.Places))
		for i := range in {
			in[i] = budget.Flows{Population: 1000, Young: 100, Old: 300, Earnings: 1e9}
		}
		books, err := budget.NewState(&cfg.Budget, cfg.Places, cfg.NumTowns, budget.Opening{}).Settle(&law.Law{}, cfg.First, in)
		if err != nil {
			t.Fatal(err)
		}
		checked := 0
		for i, r := range books.Places {
			p, town := facts.Place{}, i < cfg.NumTowns
			if town {
				p = c.Towns[i]
			} else {
				p = c.Provinces[i-cfg.NumTowns]
			}
			if p.LocalTax == 0 {
				continue
			}
			checked++
			got, within := r.Strength, 0.0001
			switch {
			case code == "kr":
				got, within = float64(r.Own)/float64(r.Own+r.Allocation+r.Grants), 0.00006
				if r.Revenue != p.Revenue {
					t.Errorf("%s: revenue %d, the budget is %d", p.Name, r.Revenue, p.Revenue)
				}
			case !town:
				within = 0.08
			case r.Revenue != p.Standard || r.Grants == 0:
				t.Errorf("%s: revenue %d, the settlement without donations is %d", p.Name, r.Revenue, p.Standard)
			}
			if math.Abs(got-p.Strength) > within {
				t.Errorf("%s %s: got %.4f, published %.4f", code, p.Name, got, p.Strength)
			}
		}
		if want := map[string]int{"kr": 243, "jp": 1788}[code]; checked != want {
			t.Errorf("%s: checked %d governments, want %d", code, checked, want)
		}
	}
}

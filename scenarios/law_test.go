package scenarios_test

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gohyang/sim/law"
)

// TestCrossing: a scenario under the other country's law has every lever of that law but the tax code, the pool of the allocation tax and lists of codes, money
// converted; before the overlay its own.
func TestCrossing(t *testing.T) {
	home := []string{"compensation.pool", "compensation.pool_lag"}
	for _, c := range []struct {
		crossed, base, other string
		rate                 float64
	}{
		{"kr-under-japan-rules", "kr-baseline", "jp-baseline", 9},
		{"jp-under-korea-rules", "jp-baseline", "kr-baseline", 0.1111},
	} {
		got, own, foreign := load(t, c.crossed), load(t, c.base), load(t, c.other)
		for _, year := range []int{2026, 2027, 2050} {
			r, from, err := got.RulesFor(year)
			if err != nil {
				t.Fatal(err)
			}
			o, f := rules(t, own, year), rules(t, foreign, year)
			for _, k := range law.Keys() {
				v, _ := r.Get(k.Name)
				want, _ := o.Get(k.Name)
				if year >= 2027 && !strings.HasPrefix(k.Name, "tax.") && k.Name != "gift.exclude" && !slices.Contains(home, k.Name) {
					want, _ = f.Get(k.Name)
					want = converted(want, k, c.rate)
					if src := from[k.Name]; src.At.File != c.crossed+".toml" || !strings.Contains(src.Source, "law of "+c.other[:2]) {
						t.Errorf("%s %d: %s comes from %+v", c.crossed, year, k.Name, src)
					}
				}
				if !reflect.DeepEqual(v, want) {
					t.Errorf("%s %d: %s is %v, want %v", c.crossed, year, k.Name, v, want)
				}
			}
		}
	}
}

// converted is the test's own conversion of money.
func converted(v any, k law.Key, rate float64) any {
	times := func(x int64) int64 { return int64(math.Round(float64(x) * rate)) }
	switch v := v.(type) {
	case int64:
		if strings.HasPrefix(k.Unit, "money") {
			return times(v)
		}
	case []law.Tier:
		out := make([]law.Tier, len(v))
		for i, t := range v {
			out[i] = law.Tier{Upto: times(t.Upto), Rate: t.Rate}
		}
		return out
	}
	return v
}

// TestFrozenLaw: a country's own law of one year can be kept, and further keys of the overlay apply after it.
func TestFrozenLaw(t *testing.T) {
	s := load(t, write(t, t.TempDir(), "frozen.toml", `extends = "kr-baseline"
[[policy]]
from = 2025
law = "kr"
law_year = 2024
gift.limit = 0.2
`))
	r, old := rules(t, s, 2040), rules(t, s, 2024)
	if r.Cap != 5_000_000 || !reflect.DeepEqual(r.Credit, old.Credit) || r.Platform != old.Platform {
		t.Errorf("law of 2040: cap %d, credit %+v, platform %+v; want those of 2024", r.Cap, r.Credit, r.Platform)
	}
	if r.Compensation != old.Compensation {
		t.Errorf("compensation of 2040 is %+v, want that of the country's own law, %+v", r.Compensation, old.Compensation)
	}
	if r.Gift.Limit != 0.2 || old.Gift.Limit != 0.3 {
		t.Errorf("gift limit %v in 2040, %v in 2024", r.Gift.Limit, old.Gift.Limit)
	}
}

// TestLevers: the shipped reforms do what their titles say, from their year on and not before.
func TestLevers(t *testing.T) {
	for _, c := range []struct {
		name  string
		year  int
		value func(law.Rules) any
		want  any
	}{
		{"kr-baseline", 2024, func(r law.Rules) any { return r.Cap }, int64(5_000_000)},
		{"kr-baseline", 2025, func(r law.Rules) any { return r.Cap }, int64(20_000_000)},
		{"kr-cap-5m", 2050, func(r law.Rules) any { return r.Cap }, int64(5_000_000)},
		{"kr-full-credit-200k", 2026, func(r law.Rules) any { return r.Credit.Tiers[0] }, law.Tier{Upto: 100_000, Rate: 1}},
		{"kr-full-credit-200k", 2027, func(r law.Rules) any { return r.Credit.Tiers[0] }, law.Tier{Upto: 200_000, Rate: 1}},
		{"kr-full-credit-300k", 2027, func(r law.Rules) any { return r.Credit.Tiers[0] }, law.Tier{Upto: 300_000, Rate: 1}},
		{"jp-gift-20", 2026, func(r law.Rules) any { return r.Gift.Limit }, 0.3},
		{"jp-gift-20", 2027, func(r law.Rules) any { return r.Gift.Limit }, 0.2},
		{"jp-baseline", 2027, func(r law.Rules) any { return r.Credit.CeilingAbsolute }, int64(1_930_000)},
		{"jp-no-ceiling-2027", 2027, func(r law.Rules) any { return r.Credit.CeilingAbsolute }, int64(0)},
		{"jp-no-compensation", 2026, func(r law.Rules) any { return r.Compensation.Rate }, 0.75},
		{"jp-no-compensation", 2027, func(r law.Rules) any { return r.Compensation.Rate }, 0.0},
	} {
		if got := c.value(rules(t, load(t, c.name), c.year)); got != c.want {
			t.Errorf("%s in %d: got %v, want %v", c.name, c.year, got, c.want)
		}
	}
}

// TestHomeShareWarning: a home share that leaves less than the costs the law allows is valid, and the reader is told once, with its first year.
func TestHomeShareWarning(t *testing.T) {
	for name, want := range map[string]string{"kr-baseline": "from 2024: with costs of up to 0.45 ", "jp-baseline": "from 2020: with costs of up to 0.5 "} {
		s := load(t, name, "policy.redistribution.home_share=0.9")
		if len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0], "redistribution.home_share = 0.9 "+want) {
			t.Errorf("%s: warnings %q, want one that has %q", name, s.Warnings, want)
		}
		if s := load(t, name, "policy.redistribution.home_share=0.2"); len(s.Warnings) != 0 {
			t.Errorf("%s with a fifth: warnings %q", name, s.Warnings)
		}
	}
}

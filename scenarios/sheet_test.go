package scenarios_test

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"gohyang/scenarios"
	"gohyang/sim/law"
)

// TestSheetComplete: every lever of the law in every year, and every parameter, stands in the sheet exactly once, each with a source, a file and a line unless it is a default.
func TestSheetComplete(t *testing.T) {
	for _, name := range []string{"kr-baseline", "jp-baseline", "kr-under-japan-rules", "jp-gift-20"} {
		s := load(t, name)
		years := map[string]int{}
		count := map[string]int{}
		for _, e := range s.Sheet() {
			if e.Source == "" || (e.File == "") != (e.Status == "default") || e.Value == "" || e.Status == "" {
				t.Errorf("%s: %s has source %q, file %q, value %q, status %q", name, e.Key, e.Source, e.File, e.Value, e.Status)
			}
			if e.Line == 0 && !strings.HasPrefix(e.Key, "facts.") && e.Status != "default" {
				t.Errorf("%s: %s has no line", name, e.Key)
			}
			count[e.Key]++
			if e.Years != "" {
				years[e.Key] += length(t, e.Years)
			}
		}
		for _, k := range law.Keys() {
			if got, want := years["law."+k.Name], s.Run.Years[1]-s.Run.Years[0]+1; got != want {
				t.Errorf("%s: law.%s stands for %d years, want %d", name, k.Name, got, want)
			}
		}
		keys := 0
		for table, v := range map[string]any{"behaviour": s.Giving, "ties": s.Ties, "budget": s.Budget, "effects": s.Effects, "demography": s.Demography} {
			for _, key := range leaves(reflect.TypeOf(v), table) {
				keys++
				if count[key] != 1 {
					t.Errorf("%s: %s stands %d times, want once", name, key, count[key])
				}
			}
		}
		if keys < 50 {
			t.Errorf("only %d parameters looked for", keys)
		}
	}
}

// leaves lists the dotted keys of a tagged struct, written apart from the loader's own list.
func leaves(typ reflect.Type, prefix string) []string {
	var out []string
	for i := range typ.NumField() {
		f := typ.Field(i)
		key := prefix + "." + f.Tag.Get("toml")
		if f.Type.Kind() == reflect.Struct {
			out = append(out, leaves(f.Type, key)...)
		} else {
			out = append(out, key)
		}
	}
	return out
}

// length is the number of years of a period.
func length(t *testing.T, years string) int {
	t.Helper()
	first, last, ok := strings.Cut(years, "-")
	if !ok {
		last = first
	}
	a, err := strconv.Atoi(first)
	b, err2 := strconv.Atoi(last)
	if err != nil || err2 != nil || b < a {
		t.Fatalf("period %q", years)
	}
	return b - a + 1
}

// TestRoundTrip: a scenario written anew from the sheet of another, parameter by parameter and lever by lever, has the same digest.
func TestRoundTrip(t *testing.T) {
	for _, name := range []string{"kr-full-credit-200k", "kr-under-japan-rules", "jp-gift-20"} {
		s := load(t, name)
		path := write(t, t.TempDir(), "again.toml", rewritten(t, s))
		again := load(t, path)
		if s.Digest() != again.Digest() {
			t.Errorf("%s: the digest changed; differences %+v", name, scenarios.Diff(s, again))
		}
		if d := scenarios.Diff(s, again); len(d) != 0 {
			t.Errorf("%s: differences %+v", name, d)
		}
	}
}

// rewritten is a scenario without a parent that says all that the sheet says.
func rewritten(t *testing.T, s *scenarios.Scenario) string {
	t.Helper()
	var tables, policies strings.Builder
	for _, e := range s.Sheet() {
		table, key, _ := strings.Cut(e.Key, ".")
		switch {
		case table == "law":
			first, last, ok := strings.Cut(e.Years, "-")
			if !ok {
				last = first
			}
			fmt.Fprintf(&policies, "[[policy]]\nfrom = %s\nto = %s\n%s = %s\n", first, last, key, e.Value)
		case table == "facts" || table == "expect":
		case key == "":
			fmt.Fprintf(&tables, "%s = %s\n", table, e.Value)
		default:
			fmt.Fprintf(&tables, "%s = %s\n", e.Key, e.Value)
		}
	}
	text := "title = \"again\"\n" + tables.String() + policies.String()
	for _, e := range s.Expect { // expectations are no part of the digest, but of Diff
		text += fmt.Sprintf("[[expect]]\nmetric = %q\nyear = %d\nwithin = [%v, %v]\nof = %v\nsource = %q\n", e.Metric, e.Year, e.Within[0], e.Within[1], e.Of, e.Source)
	}
	return text
}

// TestDigest: what shapes results changes the digest, what does not leaves it.
func TestDigest(t *testing.T) {
	base := load(t, "kr-baseline").Digest()
	if len(base) != 64 {
		t.Errorf("digest %q is no SHA-256", base)
	}
	for _, set := range []string{"title=\"another\"", "outputs.csv=true", "run.seed=2", "behaviour.amount.gift_value=0.8"} {
		if load(t, "kr-baseline", set).Digest() != base {
			t.Errorf("%s changes the digest", set)
		}
	}
	for _, set := range []string{"run.scale=0.01", "behaviour.attention.peer=0.58", "policy.gift.limit=0.29", "run.years=[2023, 2049]"} {
		if load(t, "kr-baseline", set).Digest() == base {
			t.Errorf("%s leaves the digest", set)
		}
	}
}

// TestDiff names what differs and when.
func TestDiff(t *testing.T) {
	base := load(t, "kr-baseline")
	if d := scenarios.Diff(base, base); len(d) != 0 {
		t.Errorf("a scenario differs from itself: %+v", d)
	}
	got := scenarios.Diff(base, load(t, "kr-cap-5m"))
	want := []scenarios.Difference{{Key: "law.cap", Years: "2025-2050", A: "20000000", B: "5000000"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	got = scenarios.Diff(base, load(t, "kr-disaster", "run.seed=2"))
	want = []scenarios.Difference{
		{Key: "run.seed", A: "1", B: "2"},
		{Key: "event", B: `2028-03 disaster at 46770, severity 1, theme "", target 0`},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestExpectBand: a band is read from factors or limits, whichever way the sign goes.
func TestExpectBand(t *testing.T) {
	five := 5.0
	for _, c := range []struct {
		e        scenarios.Expect
		met, not float64
	}{
		{scenarios.Expect{Within: [2]float64{0.9, 1.1}, Of: 100}, 110, 110.5},
		{scenarios.Expect{Within: [2]float64{0.9, 1.1}, Of: -100}, -95, -111},
		{scenarios.Expect{Min: &five}, 5, 4.9},
		{scenarios.Expect{Max: &five}, 5, 5.1},
	} {
		if !c.e.Met(c.met) || c.e.Met(c.not) {
			lo, hi := c.e.Band()
			t.Errorf("band %v to %v of %+v: met by %v %v, by %v %v", lo, hi, c.e, c.met, c.e.Met(c.met), c.not, c.e.Met(c.not))
		}
	}
}

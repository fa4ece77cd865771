package scenarios_test

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"gohyang/sim/law"
)

// TestReplayAsScenario: a scenario that keeps last year's law and lays this year's reform over it, as a user writes it, has this year's law. Every reform from the first
// simulated year on is replayed; the earlier ones are replayed in sim/law.
func TestReplayAsScenario(t *testing.T) {
	for _, c := range []struct {
		country     string
		first, last int
		reforms     int // years in which the law of giving changes
	}{{"kr", 2024, 2027, 3}, {"jp", 2021, 2031, 5}} {
		base := load(t, c.country+"-baseline")
		years := 0
		for year := c.first; year <= c.last; year++ {
			before, after := rules(t, base, year-1), rules(t, base, year)
			var overlay strings.Builder
			fmt.Fprintf(&overlay, "extends = %q\n[[policy]]\nfrom = %d\nlaw = %q\nlaw_year = %d\nnote = \"replay\"\n", c.country+"-baseline", year, c.country, year-1)
			changed := 0
			for _, k := range law.Keys() {
				old, _ := before.Get(k.Name)
				now, _ := after.Get(k.Name)
				if !strings.HasPrefix(k.Name, "tax.") && !reflect.DeepEqual(old, now) {
					changed++
					fmt.Fprintf(&overlay, "%s = %s\n", k.Name, written(t, now))
				}
			}
			if changed == 0 {
				continue
			}
			years++
			replayed := load(t, write(t, t.TempDir(), "replay.toml", overlay.String()))
			if got := rules(t, replayed, year); !reflect.DeepEqual(got, after) {
				t.Errorf("%s %d: the overlay\n%smakes\n%+v\nwant\n%+v", c.country, year, overlay.String(), got, after)
			}
			if got := rules(t, replayed, year-1); !reflect.DeepEqual(got, before) {
				t.Errorf("%s %d: the overlay changes the year before", c.country, year)
			}
		}
		if years < c.reforms {
			t.Errorf("%s: %d years with a reform, want at least %d", c.country, years, c.reforms)
		}
	}
}

// written is a lever's value as a scenario file has it.
func written(t *testing.T, v any) string {
	t.Helper()
	switch v := v.(type) {
	case int64, bool:
		return fmt.Sprint(v)
	case float64:
		s := strconv.FormatFloat(v, 'f', -1, 64)
		if !strings.Contains(s, ".") {
			s += ".0"
		}
		return s
	case string:
		return strconv.Quote(v)
	case []string:
		quoted := make([]string, len(v))
		for i, s := range v {
			quoted[i] = strconv.Quote(s)
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	case []law.Tier:
		tiers := make([]string, len(v))
		for i, x := range v {
			tiers[i] = fmt.Sprintf("{upto = %d, rate = %s}", x.Upto, written(t, x.Rate))
		}
		return "[" + strings.Join(tiers, ", ") + "]"
	}
	t.Fatalf("%T: not a lever's value", v)
	return ""
}

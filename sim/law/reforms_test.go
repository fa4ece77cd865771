package law

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// reform is one change of the law of giving, in the form in which an overlay of a scenario states it.
type reform struct {
	country Country
	day     string
	key     string
	value   any
}

func tiers(upto ...any) []any {
	var list []any
	for i := 0; i < len(upto); i += 2 {
		list = append(list, map[string]any{"upto": int64(upto[i].(int)), "rate": upto[i+1]})
	}
	return list
}

func names(codes ...string) []any {
	list := []any{}
	for _, c := range codes {
		list = append(list, c)
	}
	return list
}

// reforms is every change of the law of giving since its first day, transcribed by hand from the timelines of ../shared/reference/kr/policy.md and jp/policy.md (and, for
// the designations of 2020 to 2024 and the steps of the cost limit, from the notes of the law file: memory and judgement). The tax tables have their own tests.
func reforms() []reform {
	tokyo := "13000"
	return []reform{
		{Korea, "2024-01-01", "cost.operating", 0.15},
		{Korea, "2024-06-04", "projects.open", true},
		{Korea, "2024-08-21", "promotion.rule", "relaxed"},
		{Korea, "2024-12-02", "platform.private", true},
		{Korea, "2025-01-01", "cap", int64(20_000_000)},
		{Korea, "2025-01-01", "credit.tiers", tiers(100_000, 1.0, 20_000_000, 0.165)},
		{Korea, "2025-01-01", "disaster.rate", 0.33},
		{Korea, "2025-01-01", "disaster.months", int64(3)},
		{Korea, "2026-01-01", "credit.tiers", tiers(100_000, 1.0, 200_000, 0.44, 20_000_000, 0.165)},
		{Korea, "2026-07-01", "residency.excluded", "province"}, // new boundaries, same rule
		{Japan, "2011-01-01", "credit.floor", int64(2_000)},
		{Japan, "2015-01-01", "credit.ceiling_rate", 0.2},
		{Japan, "2015-04-01", "convenience.filing", "one_stop"},
		{Japan, "2015-04-01", "convenience.bodies", int64(5)},
		{Japan, "2016-01-01", "platform.points", 0.05}, // judgement
		{Japan, "2017-01-01", "burden.big_city", 0.8},
		{Japan, "2019-06-01", "gift.limit", 0.3},
		{Japan, "2019-06-01", "cost.limit", 0.5},
		{Japan, "2019-06-01", "gift.exclude", names(tokyo, "22344", "27213", "30344", "41346")}, // Oyama, Izumisano, Koya, Miyaki
		{Japan, "2020-06-30", "gift.exclude", names(tokyo)},
		{Japan, "2020-07-23", "gift.exclude", names(tokyo, "39302")},
		{Japan, "2022-01-18", "gift.exclude", names(tokyo, "39302", "45406")},
		{Japan, "2022-05-01", "gift.exclude", names(tokyo, "28205", "39302", "45406")},
		{Japan, "2022-07-23", "gift.exclude", names(tokyo, "28205", "45406")},
		{Japan, "2023-10-01", "cost.limit", 0.5}, // counts more
		{Japan, "2024-01-18", "gift.exclude", names(tokyo, "28205")},
		{Japan, "2024-05-01", "gift.exclude", names(tokyo)},
		{Japan, "2024-10-01", "promotion.rule", "free"}, // no advertising that stresses gifts
		{Japan, "2025-09-30", "gift.exclude", names(tokyo, "33208", "41346", "42213", "43447")},
		{Japan, "2025-10-01", "platform.points", 0.0},
		{Japan, "2026-01-01", "registration.open", true}, // a pilot: lever L17
		{Japan, "2026-10-01", "cost.limit", 0.475},       // steps: judgement
		{Japan, "2027-01-01", "credit.ceiling_absolute", int64(1_930_000)},
		{Japan, "2027-09-30", "gift.exclude", names(tokyo)},
		{Japan, "2027-10-01", "cost.limit", 0.45},
		{Japan, "2028-10-01", "cost.limit", 0.425},
		{Japan, "2029-10-01", "cost.limit", 0.4},
	}
}

// TestReformsAreThoseOfTheBook: the law files hold the reforms of the list and no other, on their days.
func TestReformsAreThoseOfTheBook(t *testing.T) {
	for _, c := range []Country{Korea, Japan} {
		var got, want []string
		for _, r := range reforms() {
			if r.country == c {
				want = append(want, r.day+" "+r.key+" "+plainValue(r.value))
			}
		}
		for _, s := range shipped(t, c).Series {
			for i, v := range s.Values {
				if i > 0 && !strings.HasPrefix(s.Key, "tax.") {
					got = append(got, v.From.Format(time.DateOnly)+" "+s.Key+" "+plainValue(v.Value))
				}
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got\n%s\nwant\n%s", c, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// plainValue prints a decoded value; a list of tables is the same in either of the decoder's two types.
func plainValue(v any) string {
	if items, ok := list(v); ok {
		return fmt.Sprint(items)
	}
	return fmt.Sprint(v)
}

// TestReplay: on every day on which the law of either country changes, the law of the day before with the reform laid over it is the law of the day, and
// between two such days nothing changes. The law of giving is replayed from the list above, the taxes from the book.
func TestReplay(t *testing.T) {
	for _, c := range []Country{Korea, Japan} {
		book := shipped(t, c)
		changes := map[string][]reform{}
		for _, r := range reforms() {
			if r.country == c {
				changes[r.day] = append(changes[r.day], r)
			}
		}
		for _, s := range book.Series {
			for i, v := range s.Values {
				if day := v.From.Format(time.DateOnly); i > 0 && strings.HasPrefix(s.Key, "tax.") {
					changes[day] = append(changes[day], reform{c, day, s.Key, v.Value})
				}
			}
		}
		if len(changes) < 10 {
			t.Fatalf("%s: %d days of reform, want more", c, len(changes))
		}
		law, _, err := book.At(book.First())
		if err != nil {
			t.Fatal(err)
		}
		days := []string{}
		for day := range changes {
			days = append(days, day)
		}
		slices.Sort(days)
		for _, day := range days {
			at, err := time.Parse(time.DateOnly, day)
			if err != nil {
				t.Fatal(err)
			}
			before, _, err := book.At(at.AddDate(0, 0, -1))
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(before, law) {
				t.Errorf("%s: the law of the day before %s is not that after the reform before", c, day)
			}
			for _, r := range changes[day] {
				if err := law.Set(r.key, r.value); err != nil {
					t.Fatalf("%s %s %s: %v", c, day, r.key, err)
				}
			}
			after, _, err := book.At(at)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(after, law) {
				t.Errorf("%s: the reform of %s does not make the law of that day:\ngot  %+v\nwant %+v", c, day, law, after)
				law = after
			}
		}
	}
}

// TestCalendarYears: what decides the credit and the taxes of a year changes on 1 January only, so that the law of any day of a year prices the whole of it.
func TestCalendarYears(t *testing.T) {
	for _, c := range []Country{Korea, Japan} {
		for _, s := range shipped(t, c).Series {
			yearly := s.Key == "cap" || s.Key == "disaster.rate" || strings.HasPrefix(s.Key, "credit.") || strings.HasPrefix(s.Key, "burden.") || strings.HasPrefix(s.Key, "tax.")
			for _, v := range s.Values {
				if yearly && (v.From.Month() != time.January || v.From.Day() != 1) {
					t.Errorf("%s:%d: %s starts on %s, want a 1 January", c, v.Line, s.Key, v.From.Format(time.DateOnly))
				}
			}
		}
	}
}

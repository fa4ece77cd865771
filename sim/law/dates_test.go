package law

import (
	"reflect"
	"slices"
	"testing"
)

// The timelines of ../shared/reference/kr/policy.md and jp/policy.md, transcribed a second time by simulated year (law of 1 July): a change of the law files
// must be made here too.
func TestTimelines(t *testing.T) {
	four := []string{"13000", "22344", "27213", "30344", "41346"}
	for _, c := range []struct {
		country     Country
		first, last int
		key         string
		want        any
	}{
		{Korea, 2023, 2024, "cap", int64(5_000_000)},
		{Korea, 2025, 2072, "cap", int64(20_000_000)},
		{Korea, 2023, 2024, "credit.tiers", []Tier{{100_000, 1}, {5_000_000, 0.165}}},
		{Korea, 2025, 2025, "credit.tiers", []Tier{{100_000, 1}, {20_000_000, 0.165}}},
		{Korea, 2026, 2072, "credit.tiers", []Tier{{100_000, 1}, {200_000, 0.44}, {20_000_000, 0.165}}},
		{Korea, 2023, 2072, "gift.limit", 0.3},
		{Korea, 2023, 2072, "residency.excluded", "province"},
		{Korea, 2023, 2072, "convenience.filing", "automatic"},
		{Korea, 2023, 2024, "platform.private", false}, // 2024-12-02
		{Korea, 2025, 2072, "platform.private", true},
		{Korea, 2023, 2024, "promotion.rule", "strict"}, // 2024-08-21
		{Korea, 2025, 2072, "promotion.rule", "relaxed"},
		{Korea, 2023, 2023, "projects.open", false}, // 2024-06-04
		{Korea, 2024, 2072, "projects.open", true},
		{Korea, 2023, 2024, "disaster.rate", 0.0},
		{Korea, 2025, 2072, "disaster.rate", 0.33},
		{Korea, 2025, 2072, "disaster.months", int64(3)},
		{Korea, 2023, 2072, "compensation.pool", 0.1924},
		{Korea, 2023, 2072, "compensation.pool_lag", int64(1)},
		{Korea, 2023, 2072, "compensation.all", false},
		{Korea, 2023, 2072, "redistribution.pool_rate", 0.0},
		{Korea, 2023, 2072, "redistribution.floor", 0.0},
		{Japan, 2008, 2010, "credit.floor", int64(5_000)},
		{Japan, 2011, 2072, "credit.floor", int64(2_000)},
		{Japan, 2008, 2014, "credit.ceiling_rate", 0.1},
		{Japan, 2015, 2072, "credit.ceiling_rate", 0.2},
		{Japan, 2008, 2026, "credit.ceiling_absolute", int64(0)},
		{Japan, 2027, 2072, "credit.ceiling_absolute", int64(1_930_000)},
		{Japan, 2008, 2014, "convenience.filing", "return"},
		{Japan, 2015, 2072, "convenience.filing", "one_stop"}, // 2015-04-01
		{Japan, 2015, 2072, "convenience.bodies", int64(5)},
		{Japan, 2008, 2018, "gift.limit", 1.0},
		{Japan, 2019, 2072, "gift.limit", 0.3}, // 2019-06-01
		{Japan, 2008, 2018, "cost.limit", 1.0},
		{Japan, 2019, 2026, "cost.limit", 0.5},
		{Japan, 2030, 2072, "cost.limit", 0.4},
		{Japan, 2008, 2018, "gift.exclude", []string{}},
		{Japan, 2019, 2019, "gift.exclude", four},
		{Japan, 2020, 2020, "gift.exclude", []string{"13000"}},                                     // 2020-06-30
		{Japan, 2026, 2027, "gift.exclude", []string{"13000", "33208", "41346", "42213", "43447"}}, // 2025-09-30, two years
		{Japan, 2017, 2072, "burden.big_city", 0.8},
		{Japan, 2008, 2072, "compensation.rate", 0.75},
		{Japan, 2008, 2072, "compensation.all", false},
		{Japan, 2008, 2072, "redistribution.home_share", 0.0},
		{Japan, 2008, 2072, "redistribution.per_resident", int64(0)},
		{Japan, 2026, 2072, "platform.points", 0.0}, // 2025-10-01
		{Japan, 2013, 2047, "tax.surtax", 0.021},
	} {
		book := shipped(t, c.country)
		for year := c.first; year <= c.last; year++ {
			r, from, err := book.Rules(year)
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := r.Get(c.key); !reflect.DeepEqual(got, c.want) {
				t.Errorf("%s %d %s: got %v, want %v", c.country, year, c.key, got, c.want)
			}
			if o := from[c.key]; o.File == "" || o.Line == 0 || o.Article == "" || o.Source == "" || o.From.After(InForce(year)) {
				t.Errorf("%s %d %s: origin %+v", c.country, year, c.key, o)
			}
		}
	}
}

// What is from memory, announced or judged must say so.
func TestUnverifiedIsMarked(t *testing.T) {
	for _, c := range []Country{Korea, Japan} {
		for _, s := range shipped(t, c).Series {
			for _, v := range s.Values {
				if slices.Contains([]string{"memory", "judgement"}, v.Source) && v.Verified {
					t.Errorf("%s:%d: %s: verified, but its source is %q", c, v.Line, s.Key, v.Source)
				}
			}
		}
	}
}

// Second transcription of the rates, from the quick-deduction tables (속산표, 速算表) of the tax offices instead of the statutes' edges: tax = rate * base - constant.
func TestQuickTables(t *testing.T) {
	type quick struct{ upto, rate, less int64 } // rate in percent
	const open = most
	for _, c := range []struct {
		country     Country
		first, last int
		rows        []quick
	}{
		{Korea, 2023, 2040, []quick{{14_000_000, 6, 0}, {50_000_000, 15, 1_260_000}, {88_000_000, 24, 5_760_000}, {150_000_000, 35, 15_440_000}, {300_000_000, 38, 19_940_000},
			{500_000_000, 40, 25_940_000}, {1_000_000_000, 42, 35_940_000}, {open, 45, 65_940_000}}},
		{Japan, 2008, 2014, []quick{{1_950_000, 5, 0}, {3_300_000, 10, 97_500}, {6_950_000, 20, 427_500}, {9_000_000, 23, 636_000}, {18_000_000, 33, 1_536_000}, {open, 40, 2_796_000}}},
		{Japan, 2015, 2040, []quick{{1_950_000, 5, 0}, {3_300_000, 10, 97_500}, {6_950_000, 20, 427_500}, {9_000_000, 23, 636_000}, {18_000_000, 33, 1_536_000},
			{40_000_000, 40, 2_796_000}, {open, 45, 4_796_000}}},
	} {
		for year := c.first; year <= c.last; year++ {
			l := lawOf(t, c.country, year)
			for _, q := range c.rows {
				for _, base := range []int64{q.upto, q.upto - 1000, q.upto / 2} {
					i := slices.IndexFunc(c.rows, func(r quick) bool { return base <= r.upto })
					if got, want := l.tax.brackets.at(base), base*c.rows[i].rate/100-c.rows[i].less; got != want {
						t.Errorf("%s %d: tax on %d: got %d, want %d", c.country, year, base, got, want)
					}
				}
			}
		}
	}
}

// Second transcription of the employment-income deductions, as the tax offices print them.
func TestEmploymentTables(t *testing.T) {
	type row struct{ upto, rate, plus int64 } // deduction = rate percent * pay + plus
	korea := []row{{5_000_000, 70, 0}, {15_000_000, 40, 1_500_000}, {45_000_000, 15, 5_250_000}, {100_000_000, 5, 9_750_000}, {362_500_000, 2, 12_750_000}, {most, 0, 20_000_000}}
	old := []row{{1_625_000, 0, 650_000}, {1_800_000, 40, 0}, {3_600_000, 30, 180_000}, {6_600_000, 20, 540_000}, {10_000_000, 10, 1_200_000}}
	y2020 := []row{{1_625_000, 0, 550_000}, {1_800_000, 40, -100_000}, {3_600_000, 30, 80_000}, {6_600_000, 20, 440_000}, {8_500_000, 10, 1_100_000}, {most, 0, 1_950_000}}
	y2025 := []row{{1_900_000, 0, 650_000}, {3_600_000, 30, 80_000}, {6_600_000, 20, 440_000}, {8_500_000, 10, 1_100_000}, {most, 0, 1_950_000}}
	for _, c := range []struct {
		country     Country
		first, last int
		rows        []row
	}{
		{Korea, 2023, 2040, korea},
		{Japan, 2008, 2012, append(slices.Clone(old), row{most, 5, 1_700_000})},
		{Japan, 2013, 2015, append(slices.Clone(old), row{15_000_000, 5, 1_700_000}, row{most, 0, 2_450_000})},
		{Japan, 2016, 2016, append(slices.Clone(old), row{12_000_000, 5, 1_700_000}, row{most, 0, 2_300_000})},
		{Japan, 2017, 2019, append(slices.Clone(old), row{most, 0, 2_200_000})},
		{Japan, 2020, 2024, y2020},
		{Japan, 2025, 2040, y2025},
	} {
		for year := c.first; year <= c.last; year++ {
			l := lawOf(t, c.country, year)
			for i, r := range c.rows {
				for _, gross := range []int64{r.upto, r.upto - 100_000, r.upto/2 + 500_000} {
					i = slices.IndexFunc(c.rows, func(r row) bool { return gross <= r.upto })
					want := min(gross*c.rows[i].rate/100+c.rows[i].plus, gross)
					if got := gross - l.tax.income(gross); got != want {
						t.Errorf("%s %d: deduction on %d: got %d, want %d", c.country, year, gross, got, want)
					}
				}
			}
		}
	}
}

package scenarios_test

import (
	"testing"

	"gohyang/scenarios"
)

// TestDeadlines: Japan's ban on points of 1 October 2025 is known within 2025, the cost limits of later Octobers in their years, and the notice of October 2023
// changes no number; a lever that a scenario sets has no day; the last year of a run is treated as any other.
func TestDeadlines(t *testing.T) {
	for _, c := range []struct {
		name  string
		set   []string
		month map[int]int
	}{
		{"jp-baseline", nil, map[int]int{2022: 0, 2023: 0, 2024: 0, 2025: 10, 2026: 10, 2029: 10, 2030: 0}},
		{"jp-baseline", []string{"run.years=[2020, 2025]"}, map[int]int{2024: 0, 2025: 10}},
		{"jp-baseline", []string{"policy.platform.points=0.05"}, map[int]int{2025: 0, 2026: 10}},
		{"kr-baseline", nil, map[int]int{2023: 0, 2024: 0, 2025: 0, 2026: 0}},
	} {
		cfg, err := scenarios.Build(real(t, c.name, c.set...))
		if err != nil {
			t.Fatal(err)
		}
		for year, want := range c.month {
			d, now := cfg.Deadlines[year-cfg.First], cfg.Laws[year-cfg.First].Rules
			if d.Month != want || (d.Next == nil) != (want == 0) {
				t.Errorf("%s %v, %d: month %d, want %d", c.name, c.set, year, d.Month, want)
			}
			if year == 2025 && want == 10 && (d.Next.Platform.Points >= now.Platform.Points || d.Next.Cost != now.Cost) {
				t.Errorf("%s: next rules %+v after %+v, want fewer points and the same costs", c.name, d.Next.Platform, now.Platform)
			}
		}
	}
}

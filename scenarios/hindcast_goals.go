package scenarios

import (
	"gohyang/sim/law"
)

// Goal is what a hindcast was to reach, written down before any fit.
type Goal struct {
	Worst bool    // the limit is on the unit furthest off; otherwise on the median
	Limit float64 // largest absolute relative error
}

// goals of the population, by country, start (0 = the standard tables against the official projection), level and date. The official record of Japan is that of
// the projection of 2013 for 2015, half of the municipalities within 1.5 % at five years; the others were set with it.
var goals = []struct {
	country law.Country
	start   int
	level   string
	when    float64
	goal    Goal
}{
	{law.Japan, 2016, "town", 2020.75, Goal{Limit: 0.015}},
	{law.Japan, 2016, "province", 2020.75, Goal{Limit: 0.01}},
	{law.Japan, 2016, "nation", 2020.75, Goal{Limit: 0.005}},
	{law.Korea, 2023, "town", 2025, Goal{Limit: 0.015}},
	{law.Korea, 2023, "province", 2025, Goal{Limit: 0.01}},
	{law.Korea, 0, "nation", 2050.5, Goal{Limit: 0.02}},
	{law.Korea, 0, "province", 2050.5, Goal{Worst: true, Limit: 0.05}},
	{law.Japan, 0, "nation", 2050.75, Goal{Limit: 0.02}},
	{law.Japan, 0, "province", 2050.75, Goal{Worst: true, Limit: 0.05}},
}

// Goal is the goal of one of the hindcast's comparisons, if it has one.
func (h *Hindcast) Goal(c *Comparison) (Goal, bool) {
	start := h.Start
	if h.Kind == Ahead {
		start = 0
	}
	for _, g := range goals {
		if g.country == h.Country && g.start == start && g.level == c.Level && g.when == c.When && c.Measure == "population" {
			return g.goal, true
		}
	}
	return Goal{}, false
}

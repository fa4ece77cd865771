package scenarios

import (
	"fmt"
	"slices"
	"strconv"

	"gohyang/scenarios/facts"
	"gohyang/sim"
	"gohyang/sim/law"
)

// Periods of a hindcast of giving.
const (
	Calibrated = "calibration" // years that the parameters are fitted to
	Validated  = "validation"  // visible years that no parameter is fitted to
	Later      = "later"       // years that only a file of observations has
)

// Giving is a hindcast of giving: a run from the first year of the scheme, through every dated rule, over the years for which something was counted.
type Giving struct {
	Country        law.Country
	Base           int // start of the population, run.base; 0 = standard
	First          int // first year that is scored
	LastCalibrated int // last year that the parameters are fitted to
	LastVisible    int // last year of the shipped figures
}

// GivingHindcast is the hindcast of giving of a country.
func GivingHindcast(c law.Country) Giving {
	if c == law.Japan {
		return Giving{Country: c, Base: 2008, First: 2008, LastCalibrated: 2018, LastVisible: 2021}
	}
	return Giving{Country: c, First: 2023, LastCalibrated: 2024, LastVisible: 2024}
}

// Period tells what a year is to the parameters.
func (g Giving) Period(year int) string {
	switch {
	case year <= g.LastCalibrated:
		return Calibrated
	case year <= g.LastVisible:
		return Validated
	}
	return Later
}

// Facts are the facts of the country and start.
func (g Giving) Facts() (*facts.Country, error) { return builtIn(string(g.Country), g.Base) }

// Load reads the baseline of the country over the years of the hindcast to a last one, with settings laid over it.
func (g Giving) Load(f *facts.Country, last int, seed uint64, scale float64, settings []string) (*Scenario, error) {
	set := []string{fmt.Sprintf("run.years=[%d, %d]", g.First, last), fmt.Sprintf("run.seed=%d", seed),
		"run.scale=" + strconv.FormatFloat(scale, 'f', -1, 64)}
	if g.Base != 0 {
		set = append(set, fmt.Sprintf("run.base=%d", g.Base))
	}
	read := func(string, int) (*facts.Country, error) { return f, nil }
	return Load(string(g.Country)+"-baseline", Options{Metrics: baselineMetrics(), Facts: read, Set: slices.Concat(settings, set)})
}

// toldShare is the share of recipients that must have a count for a year's receipts to be told: fewer say too little of the others.
const toldShare = 0.9

// Tell makes a run forecast one year ahead: at the end of every year but its last it is told what each place received, by code, if that is known of nearly all.
// Chance in the quality of places is left out: the forecast is that of the middle.
func Tell(cfg *sim.Config, received map[int]map[string]float64) {
	told := map[int][]float64{}
	for year, by := range received {
		row, counted, recipients := make([]float64, len(cfg.Places)), 0, 0
		for i := range cfg.Places {
			if !cfg.Places[i].Recipient {
				continue
			}
			recipients++
			if x, ok := by[cfg.Places[i].Code]; ok {
				row[i] = x
				counted++
			}
		}
		if float64(counted) >= toldShare*float64(recipients) && year < cfg.Last {
			told[year] = row
		}
	}
	cfg.Start.Told = told
	cfg.Giving.Quality.Shock, cfg.Giving.Quality.Calm = 0, 0
}

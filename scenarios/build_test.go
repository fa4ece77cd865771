package scenarios_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"gohyang/scenarios"
)

// real loads a shipped scenario with the facts built in.
func real(t *testing.T, name string, set ...string) *scenarios.Scenario {
	t.Helper()
	s, err := scenarios.Load(name, scenarios.Options{Metrics: metrics, Set: set})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestBuild: what the engine gets is what the facts say.
func TestBuild(t *testing.T) {
	for _, c := range []struct {
		name                      string
		towns, provinces, receive int
		donors                    float64 // donors of the year before the run, donations_nation.csv
	}{
		{"kr-baseline", 229, 17, 243, 0},
		{"jp-baseline", 1741, 47, 1788, 4_140_000},
	} {
		cfg, err := scenarios.Build(real(t, c.name))
		if err != nil {
			t.Fatal(err)
		}
		receive := 0
		for _, p := range cfg.Places {
			if p.Recipient {
				receive++
			}
		}
		if cfg.NumTowns != c.towns || len(cfg.Places)-cfg.NumTowns != c.provinces || receive != c.receive {
			t.Errorf("%s: %d towns, %d provinces, %d recipients; want %+v", c.name, cfg.NumTowns, len(cfg.Places)-cfg.NumTowns, receive, c)
		}
		if len(cfg.Laws) != cfg.Last-cfg.First+1 || cfg.Laws[0].Year != cfg.First {
			t.Errorf("%s: %d laws for %d to %d", c.name, len(cfg.Laws), cfg.First, cfg.Last)
		}
		donors := 0.0
		for i, share := range cfg.Start.Donors {
			for sex := range 2 {
				for age := 18; age < 111; age++ {
					donors += share * float64(cfg.Demography.Population[i][sex][age])
				}
			}
		}
		if math.Abs(donors-c.donors) > 1 {
			t.Errorf("%s: starts with %.0f donors, want %.0f", c.name, donors, c.donors)
		}
	}
}

// TestBuildLater: a run that is reported from a later year is simulated from the base population on, under the law of every year.
func TestBuildLater(t *testing.T) {
	cfg, err := scenarios.Build(real(t, "kr-cap-5m", "run.years=[2026, 2027]"))
	if err != nil {
		t.Fatal(err)
	}
	if cfg.First != 2023 || cfg.Report != 2026 || cfg.Last != 2027 || cfg.Laws[2].Rules.Cap != 5_000_000 {
		t.Errorf("first %d, report %d, last %d, cap of 2025 %d", cfg.First, cfg.Report, cfg.Last, cfg.Laws[2].Rules.Cap)
	}
}

// TestBuildScale: too small a scale is a fault of the scenario, with its place.
func TestBuildScale(t *testing.T) {
	_, err := scenarios.Build(real(t, "kr-baseline", "run.scale=0.0000001"))
	var faults scenarios.Faults
	if !errors.As(err, &faults) || !strings.Contains(err.Error(), "run.scale: got 1e-07, want at least one agent in a million") {
		t.Errorf("got %v", err)
	}
}

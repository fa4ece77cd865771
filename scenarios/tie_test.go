package scenarios_test

import (
	"math"
	"os"
	"testing"

	"gohyang/scenarios"
)

// TestCountryTie: the shipped tie to the place of origin is what its source says, fitted anew to within one per cent: of those who ever left their province of birth
// 20.4 of 46.6 are back (IPSS, 8th National Survey on Migration 2016: adults of 18 and over; 20.4% returned, 26.2% elsewhere), the flows of the first year hold, and at
// the low end of the range 20.4% of everybody returned. Japan takes about a minute: it runs with GOHYANG_WHOLE_COUNTRIES=1.
func TestCountryTie(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	for _, name := range []string{"kr-baseline", "jp-baseline"} {
		if name == "jp-baseline" && os.Getenv("GOHYANG_WHOLE_COUNTRIES") == "" {
			continue
		}
		cfg, err := scenarios.Build(real(t, name))
		if err != nil {
			t.Fatal(err)
		}
		fit, err := yearlyOf(cfg).FitTie(cfg.Origins, 20.4/(20.4+26.2), 18)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %+v", name, fit)
		if shipped := cfg.Options.Return; !(math.Abs(shipped/fit.Odds-1) <= 0.01) {
			t.Errorf("%s: odds of %g shipped, %.1f fitted", name, shipped, fit.Odds)
		}
		if !(fit.Miss <= 2e-5) || fit.Odds != fit.Stock {
			t.Errorf("%s: flows off by %.1e of residents, odds of %.1f where the stock alone wants %.1f: the sources say otherwise", name, fit.Miss, fit.Odds, fit.Stock)
		}
		low := map[string]float64{"kr-baseline": 52, "jp-baseline": 320}[name]
		if s := yearlyOf(cfg).UTurn(cfg.Origins, low, 18); !(math.Abs(s.Returned-0.204) <= 0.002) {
			t.Errorf("%s: with odds of %g, %.1f%% returned, want 20.4%%", name, low, 100*s.Returned)
		}
	}
}

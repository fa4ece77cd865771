package scenarios_test

import (
	"math"
	"os"
	"testing"

	"gohyang/scenarios"
)

// TestCountryTie: the shipped tie to the place of origin is what its source says, fitted anew to within one per cent, and the flows of the first year hold. Japan
// takes about a minute: it runs with GOHYANG_WHOLE_COUNTRIES=1.
func TestCountryTie(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	for _, name := range []string{"kr-baseline", "jp-baseline"} {
		if name == "jp-baseline" && os.Getenv("GOHYANG_WHOLE_COUNTRIES") == "" {
			continue
		}
		s := real(t, name)
		fit, err := scenarios.FitTie(s)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %+v", name, fit)
		if shipped := s.Demography.Return; !(math.Abs(shipped/fit.Odds-1) <= 0.01) {
			t.Errorf("%s: odds of %g shipped, %.1f fitted", name, shipped, fit.Odds)
		}
		if !(fit.Miss <= 2e-5) || fit.Odds != fit.Stock {
			t.Errorf("%s: flows off by %.1e of residents, odds of %.1f where the stock alone wants %.1f: the sources say otherwise", name, fit.Miss, fit.Odds, fit.Stock)
		}
	}
}

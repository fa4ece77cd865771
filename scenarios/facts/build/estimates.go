package build

import (
	"math"
	"slices"
)

// estimatesHeader is the heading of estimates.csv.
const estimatesHeader = "estimate,key,value,unit,residual,source"

// estimates collects the rows of estimates.csv: fitted numbers, and the targets they were fitted to.
type estimates struct{ rows [][]string }

// value adds a fitted number.
func (e *estimates) value(estimate, key string, x float64, unit, source string) {
	e.rows = append(e.rows, []string{estimate, key, figure(x), unit, "", source})
}

// target adds a published figure with the fitted over the published value less one.
func (e *estimates) target(estimate, key string, x float64, unit string, residual float64, source string) {
	e.rows = append(e.rows, []string{estimate, "target: " + key, figure(x), unit, Num(residual, 5), source})
}

// figure prints five significant digits, or all of a whole number.
func figure(x float64) string {
	if x == math.Trunc(x) {
		return Num(x, 0)
	}
	return Num(x, max(2, 4-int(math.Floor(math.Log10(math.Abs(x))))))
}

// parameters adds those of a migration schedule, fitted or kept; rate is the unit of its level.
func (e *estimates) parameters(s Schedule, free []Parameter, rate string) {
	for _, p := range []Parameter{A1, Alpha1, A2, Alpha2, Mu2, Lambda2, C} {
		unit, from := rate, "kept: model schedule (Rogers and Castro 1981; model.md M04, M05)"
		switch p {
		case Alpha1, Alpha2, Lambda2:
			unit = "a year of age"
		case Mu2:
			unit = "years of age"
		}
		switch {
		case slices.Contains(free, p):
			from = "fitted"
		case slices.Contains(free, Size) && (p == A1 || p == A2):
			from = "fitted, a1 a third of a2 as in the model schedule"
		}
		e.value("rogers-castro", p.String(), *s.value(p), unit, from)
	}
}

package study

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/optimize"

	"gohyang/sim/draw"
)

// Bass is a diffusion curve (Bass 1969, Manage. Sci. 15): of a market of Market adopters,
//
//	F(t) = (1 - exp(-(p+q) t)) / (1 + q/p exp(-(p+q) t))
//
// have adopted by the end of period t = 1, 2, ..., with p the innovation and q the imitation a period.
type Bass struct {
	Market, Innovation, Imitation float64
	Miss                          float64 // root mean squared error of the fit, in adopters
}

// Bounds of a Bass fit. Meta-analysis finds p of 0.0007 to 0.03 and q of 0.2 to 0.8 a year (Sultan, Farley, Lehmann 1990, J. Mark. Res. 27).
const (
	leastP, mostP = 1e-6, 1.0
	leastQ, mostQ = 1e-4, 5.0
	farMarket     = 10.0 // a market this many times the last count is an extrapolation of something that has not bent yet (judgement)
)

// share of the market that has adopted by t.
func (b Bass) share(t float64) float64 {
	e := draw.Exp(-(b.Innovation + b.Imitation) * t)
	return (1 - e) / (1 + float64(b.Imitation/b.Innovation*e))
}

// At is the cumulative number of adopters at the end of period t; the first period fitted is 1.
func (b Bass) At(t int) float64 { return float64(b.Market * b.share(float64(t))) }

// FitBass fits the curve to cumulative adopters at the ends of periods 1, 2, ... by least squares. The error says why there is no fit: fewer than four
// periods, numbers that are not cumulative, or growth that has not bent yet, so that the market cannot be told.
func FitBass(cumulative []float64) (Bass, error) {
	n := len(cumulative)
	if n < 4 {
		return Bass{}, fmt.Errorf("no fit: %d periods for three parameters, at least four", n)
	}
	for i, y := range cumulative {
		if !(y >= 0) || math.IsInf(y, 0) || i > 0 && y < cumulative[i-1] {
			return Bass{}, fmt.Errorf("no fit: %g in period %d is not cumulative", y, i+1)
		}
	}
	last := cumulative[n-1]
	if last == 0 {
		return Bass{}, fmt.Errorf("no fit: nobody has adopted")
	}
	best := Bass{Miss: math.Inf(1)}
	loss := func(u []float64) float64 {
		b := bassAt(u, cumulative)
		if b.Miss < best.Miss {
			best = b
		}
		return b.Miss / last
	}
	for _, p := range []float64{0.001, 0.01, 0.1} {
		for _, q := range []float64{0.1, 0.4, 1} {
			start := []float64{unbounded(p, leastP, mostP), unbounded(q, leastQ, mostQ)}
			settings := &optimize.Settings{MajorIterations: 400, Converger: &optimize.FunctionConverge{Absolute: 1e-12, Iterations: 30}}
			if _, err := optimize.Minimize(optimize.Problem{Func: loss}, start, settings, &optimize.NelderMead{SimplexSize: 0.3}); err != nil {
				return Bass{}, fmt.Errorf("no fit: %w", err)
			}
		}
	}
	switch {
	case best.Market > farMarket*last:
		return best, fmt.Errorf("no fit: growth has not bent yet; a market of %.4g would be %.1f times the last number", best.Market, best.Market/last)
	case best.Imitation > 0.98*mostQ || best.Innovation > 0.98*mostP || best.Innovation < 1.02*leastP:
		return best, fmt.Errorf("no fit: innovation %.3g or imitation %.3g at the edge of what is possible", best.Innovation, best.Imitation)
	}
	return best, nil
}

// bassAt is the curve at unbounded coordinates of (p, q), with the market that fits best: it enters linearly.
func bassAt(u, cumulative []float64) Bass {
	var b Bass
	b.Innovation, _ = bounded(u[0], leastP, mostP)
	b.Imitation, _ = bounded(u[1], leastQ, mostQ)
	yf, ff := 0.0, 0.0
	for i, y := range cumulative {
		f := b.share(float64(i + 1))
		yf, ff = yf+float64(y*f), ff+float64(f*f)
	}
	b.Market = yf / ff
	squares := 0.0
	for i, y := range cumulative {
		r := y - b.At(i+1)
		squares += float64(r * r)
	}
	b.Miss = math.Sqrt(squares / float64(len(cumulative)))
	return b
}

package law

import "math"

// Compiled curves and integer arithmetic. A rate is a whole number of millionths; a product of money and rate is money in millionths ("micro").

const million = 1_000_000

// most is the largest amount of money the arithmetic takes, a trillion (10^12) won or yen: larger incomes or donations count as this one, so that no product
// with a rate of one overflows an int64.
const most = 1_000_000_000_000

func clamp(x int64) int64 { return min(max(x, 0), most) }

// micros is a rate as millionths, rounded to the nearest.
func micros(rate float64) int64 { return int64(math.Round(rate * million)) }

// halfUp rounds millionths to whole money, halves up.
func halfUp(x int64) int64 { return (x + million/2) / million }

// down rounds x down to a multiple of unit.
func down(x, unit int64) int64 { return x - x%unit }

// share is a fraction num/den. Shares of a law are fractions (10/11), which a decimal in a file only approximates.
type share struct{ num, den int64 }

// shareOf finds the simplest fraction within 10^-9 of x, 0 <= x <= 1, by continued fractions; without one of a denominator up to a million it is
// x in millionths.
func shareOf(x float64) share {
	const close = 1e-9
	h0, h1, k0, k1 := int64(0), int64(1), int64(1), int64(0) // previous and current convergent h/k
	rest := x
	for range 20 {
		a := math.Floor(rest)
		if a >= million {
			break
		}
		h0, h1 = h1, int64(a)*h1+h0
		k0, k1 = k1, int64(a)*k1+k0
		if k1 > million {
			break
		}
		if math.Abs(float64(h1)/float64(k1)-x) < close {
			return share{h1, k1}
		}
		if rest == a {
			break
		}
		rest = 1 / (rest - a)
	}
	return share{micros(x), million}
}

// of is the share of x, rounded down. x is at most a trillion, num at most a million: the product fits.
func (s share) of(x int64) int64 { return x * s.num / s.den }

// curve is a piecewise-linear function from money to money, continuous, zero at zero.
type curve []piece

type piece struct {
	over int64 // lower edge
	base int64 // value at the edge, millionths
	rate int64 // slope above it, millionths
}

// newCurve adds up brackets, which must ascend (Validate).
func newCurve(brackets []Bracket) curve {
	c := make(curve, 0, len(brackets))
	base := int64(0)
	for i, b := range brackets {
		if i > 0 {
			base += (b.Over - brackets[i-1].Over) * c[i-1].rate
		}
		c = append(c, piece{over: b.Over, base: base, rate: micros(b.Rate)})
	}
	return c
}

// at is the value at x, rounded down to whole money.
func (c curve) at(x int64) int64 {
	return c.micros(x) / million
}

// micros is the value at x in millionths.
func (c curve) micros(x int64) int64 {
	for i := len(c) - 1; i >= 0; i-- {
		if p := &c[i]; x > p.over {
			return p.base + (x-p.over)*p.rate
		}
	}
	return 0
}

// slope is the rate that holds at x: of the bracket x lies in, its upper edge included (the last won taxed, not the next).
func (c curve) slope(x int64) int64 {
	for i := len(c) - 1; i >= 0; i-- {
		if x > c[i].over {
			return c[i].rate
		}
	}
	return 0
}

// step is the step that holds at total income x; the first step (Over 0) holds at zero too.
func step(steps []Step, x int64) Step {
	for i := len(steps) - 1; i >= 0; i-- {
		if x > steps[i].Over || steps[i].Over == 0 {
			return steps[i]
		}
	}
	return Step{}
}

package facts

import (
	"math"
	"slices"
)

// Cubic is a monotone cubic through points: between two points it never leaves their interval, so a rising cumulative stays rising and the
// differences stay non-negative. Slopes are the weighted harmonic mean of Fritsch and Butland (SIAM J. Sci. Stat. Comput. 5(2), 1984), zero at
// a turning point; products are rounded one by one, so every processor gives the same bits.
type Cubic struct{ x, y, slope []float64 }

// NewCubic returns the curve through (x, y); x must rise. It panics with fewer than two points.
func NewCubic(x, y []float64) *Cubic {
	n := len(x)
	if n < 2 || len(y) != n {
		panic("facts: a cubic needs two points or more")
	}
	c := &Cubic{x: slices.Clone(x), y: slices.Clone(y), slope: make([]float64, n)}
	h, d := make([]float64, n-1), make([]float64, n-1)
	for i := range h {
		h[i] = x[i+1] - x[i]
		d[i] = (y[i+1] - y[i]) / h[i]
	}
	for i := 1; i < n-1; i++ {
		if float64(d[i-1]*d[i]) <= 0 {
			continue
		}
		w1, w2 := h[i]+h[i]+h[i-1], h[i]+h[i-1]+h[i-1]
		c.slope[i] = (w1 + w2) / (w1/d[i-1] + w2/d[i])
	}
	c.slope[0], c.slope[n-1] = d[0], d[n-2]
	if n > 2 {
		c.slope[0], c.slope[n-1] = endSlope(h[0], h[1], d[0], d[1]), endSlope(h[n-2], h[n-3], d[n-2], d[n-3])
	}
	return c
}

// endSlope is the three-point estimate at an end, limited so that the curve stays monotone.
func endSlope(h0, h1, d0, d1 float64) float64 {
	s := (float64((h0+h0+h1)*d0) - float64(h0*d1)) / (h0 + h1)
	switch {
	case float64(s*d0) <= 0:
		return 0
	case float64(d0*d1) <= 0 && math.Abs(s) > 3*math.Abs(d0):
		return 3 * d0
	}
	return s
}

// At returns the curve at x, clamped to the first and last point.
func (c *Cubic) At(x float64) float64 {
	n := len(c.x)
	if x <= c.x[0] {
		return c.y[0]
	}
	if x >= c.x[n-1] {
		return c.y[n-1]
	}
	i, found := slices.BinarySearch(c.x, x)
	if found {
		return c.y[i] // exact at the points: five-year sums are preserved to the last bit
	}
	i--
	h := c.x[i+1] - c.x[i]
	t := (x - c.x[i]) / h
	t2 := float64(t * t)
	t3 := float64(t2 * t)
	up := float64(3*t2) - float64(2*t3) // weight of the right end
	left := float64(float64(t3-float64(2*t2)+t)*h) * c.slope[i]
	right := float64(float64(t3-t2)*h) * c.slope[i+1]
	return c.y[i] + float64(up*(c.y[i+1]-c.y[i])) + float64(left) + float64(right)
}

// Apportion splits a whole number by weights with the largest remainder, ties to the lower index; the parts add up to total exactly.
// With no positive weight everything goes to the first part. Weights and total must not be negative.
func Apportion(total int64, weights []float64) []int64 {
	out := make([]int64, len(weights))
	var sum float64
	for _, w := range weights {
		sum += w
	}
	if sum <= 0 {
		if len(out) > 0 {
			out[0] = total
		}
		return out
	}
	rest := make([]float64, len(weights))
	order := make([]int, len(weights))
	left := total
	for i, w := range weights {
		share := float64(float64(total) * (w / sum)) // rounded before the remainder is taken, on every processor
		floor := math.Floor(share)
		out[i], rest[i], order[i] = int64(floor), share-floor, i
		left -= out[i]
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case rest[a] > rest[b]:
			return -1
		case rest[a] < rest[b]:
			return 1
		}
		return a - b
	})
	for k := 0; left > 0; k = (k + 1) % len(order) {
		out[order[k]]++
		left--
	}
	for k := len(order) - 1; left < 0; k-- { // rounding of the shares can overshoot by one
		if out[order[k]] > 0 {
			out[order[k]]--
			left++
		}
	}
	return out
}

// SplitAges turns age groups into single ages: groups [i] holds ages first[i] to first[i+1]-1, the last is open to 110. Within the closed groups
// ages follow a monotone cubic through the cumulative count; the open group follows tail, relative numbers of persons at ages first[last] to 110
// (a survivorship curve). Whole persons by largest remainder within each group, so every group sum is preserved exactly.
func SplitAges(first []int, groups []int64, tail []float64) [Ages]int32 {
	var out [Ages]int32
	x, y := make([]float64, len(first)), make([]float64, len(first))
	for i := range first {
		x[i] = float64(first[i])
		if i > 0 {
			y[i] = y[i-1] + float64(groups[i-1])
		}
	}
	put := func(from int, parts []int64) {
		for k, n := range parts {
			out[from+k] = int32(n)
		}
	}
	last := len(first) - 1
	if last > 0 {
		c := NewCubic(x, y)
		for i := range last {
			w := make([]float64, first[i+1]-first[i])
			for k := range w {
				w[k] = math.Max(0, c.At(float64(first[i]+k+1))-c.At(float64(first[i]+k)))
			}
			put(first[i], Apportion(groups[i], w))
		}
	}
	put(first[last], Apportion(groups[last], tail))
	return out
}

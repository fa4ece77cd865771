package study

import (
	"cmp"
	"math"
	"slices"
)

// Alike is the correlation, in size, from which the data cannot tell two parameters apart.
const Alike = 0.8

// Left is what is not ruled out of a space.
type Left struct {
	Points  [][]float64 // an even sample of it, as many as wanted
	Share   float64     // its share of the whole volume, on the parameters' scales
	Error   float64     // relative standard error of Share; too small when the search had to close in, whose walks are not independent
	Ranges  []Range     // by parameter
	Pairs   []Pair      // parameters the data cannot tell apart, most alike first
	Nearest []float64   // the least implausible point met
	Level   float64     // its implausibility over Cut; 1 or more: nothing is left
}

// Range is what is left of a parameter's range.
type Range struct {
	Name      string
	Low, High float64 // lowest and highest value met, in the parameter's unit
	Ratio     float64 // width of the central 90 % left over that of the prior, on the parameter's scale: near 1 = the data say nothing about it
}

// Pair is two parameters that move together in what is left.
type Pair struct {
	A, B        string
	Correlation float64 // on the parameters' scales
}

// left measures the places that are not ruled out.
func (h History) left(inside []placed, points int, share, relative float64, nearest placed) Left {
	l := Left{Share: share, Error: relative, Nearest: h.Space.Point(nearest.at), Level: nearest.level}
	for _, p := range inside[:min(points, len(inside))] {
		l.Points = append(l.Points, h.Space.Point(p.at))
	}
	columns := make([][]float64, len(h.Space))
	for j, p := range h.Space {
		c := make([]float64, len(inside))
		for i := range inside {
			c[i] = inside[i].at[j]
		}
		columns[j] = c
		low, high := slices.Clone(inside[0].at), slices.Clone(inside[0].at)
		low[j], high[j] = slices.Min(c), slices.Max(c)
		ratio := (Quantile(c, 0.95) - Quantile(c, 0.05)) / 0.9
		l.Ranges = append(l.Ranges, Range{p.Name, h.Space.Point(low)[j], h.Space.Point(high)[j], ratio})
	}
	l.Pairs = alike(h.Space, columns)
	return l
}

// alike finds the pairs of columns that are correlated beyond Alike.
func alike(space Space, columns [][]float64) []Pair {
	var pairs []Pair
	for a := range columns {
		for b := a + 1; b < len(columns); b++ {
			if r := pearson(columns[a], columns[b]); math.Abs(r) > Alike {
				pairs = append(pairs, Pair{space[a].Name, space[b].Name, r})
			}
		}
	}
	slices.SortStableFunc(pairs, func(p, q Pair) int { return cmp.Compare(math.Abs(q.Correlation), math.Abs(p.Correlation)) })
	return pairs
}

package study

import (
	"cmp"
	"slices"

	"gohyang/sim/draw"
)

// use names one kind of draw; its number is part of every key and never changes meaning.
type use uint64

const (
	stratum    use = iota + 1 // which row of a Latin hypercube gets which stratum
	inside                    // where in its stratum a row lies
	direction                 // direction of a step in the space left
	bracket                   // where the segment of a step lies around its start
	along                     // place on the segment
	trajectory                // start of a Morris trajectory
	turn                      // order of the parameters on it
	sign                      // up or down
	resample                  // offset of a posterior sample
)

// cell is the uniform word of one use at (seed, wave, row, column).
func cell(u use, seed uint64, wave, row, column int) uint64 {
	return draw.Hash(seed, uint64(wave), uint64(row), uint64(column), uint64(u))
}

// open turns a uniform word into a float64 in (0, 1).
func open(u uint64) float64 { return (float64(u>>11) + 0.5) / (1 << 53) }

// LatinHypercube is a design of n points over the space (McKay, Beckman, Conover 1979, Technometrics 21): each parameter's range is cut into n strata of
// equal width on its scale and every stratum holds exactly one point, at random inside it. Different waves give independent designs. The draws are pure
// functions of (seed, wave, row, column), so that designs are the same on every processor.
func LatinHypercube(space Space, n int, seed uint64, wave int) [][]float64 {
	points := hypercube(n, len(space), seed, wave)
	for i, place := range points {
		points[i] = space.Point(place)
	}
	return points
}

// hypercube is a Latin hypercube of n places in the unit cube. (gonum's samplemv needs a stateful source of math/rand and fuses products on some processors.)
func hypercube(n, columns int, seed uint64, wave int) [][]float64 {
	places := make([][]float64, n)
	for i := range places {
		places[i] = make([]float64, columns)
	}
	for j := range columns {
		for i, s := range shuffled(n, func(row int) uint64 { return cell(stratum, seed, wave, row, j) }) {
			places[i][j] = (float64(s) + open(cell(inside, seed, wave, i, j))) / float64(n)
		}
	}
	return places
}

// shuffled are the numbers 0 to n-1 in the order of their keys.
func shuffled(n int, key func(i int) uint64) []int {
	type keyed struct {
		key uint64
		i   int
	}
	all := make([]keyed, n)
	for i := range all {
		all[i] = keyed{key(i), i}
	}
	slices.SortFunc(all, func(a, b keyed) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.i, b.i)) })
	order := make([]int, n)
	for i, k := range all {
		order[i] = k.i
	}
	return order
}

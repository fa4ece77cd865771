package study

import (
	"fmt"
	"math"

	"gohyang/sim/draw"
)

// Index says how much of the variance of an output comes from one parameter, when all vary evenly over their ranges.
type Index struct {
	Name             string
	First, Total     float64 // share of the variance by itself alone, and with all its interactions
	FirstSD, TotalSD float64 // their Monte Carlo standard errors
}

// SobolDesign are the points at which a model must be run for Sobol: n (d+2) of them for d parameters. Rows 0 to n-1 are the base sample A, the next n a second
// sample B, and then for each parameter A with that parameter's column from B. The base is one Latin hypercube of 2d columns (gonum has no Sobol' sequence).
func SobolDesign(space Space, n int, seed uint64) [][]float64 {
	d := len(space)
	base := hypercube(n, 2*d, seed, 0)
	points := make([][]float64, 0, n*(d+2))
	for _, r := range base {
		points = append(points, space.Point(r[:d]))
	}
	for _, r := range base {
		points = append(points, space.Point(r[d:]))
	}
	for j := range d {
		for _, r := range base {
			place := append([]float64(nil), r[:d]...)
			place[j] = r[d+j]
			points = append(points, space.Point(place))
		}
	}
	return points
}

// Sobol estimates Sobol' indices from the outputs at the points of SobolDesign, in the same order: the first order by Saltelli et al. 2010 (Comput. Phys.
// Commun. 181, table 2 b), the total by Jansen 1999. Small indices may come out below zero by chance. All indices are NaN if the output does not vary.
func Sobol(space Space, outputs []float64) ([]Index, error) {
	d := len(space)
	n := len(outputs) / (d + 2)
	if n < 2 || len(outputs) != n*(d+2) {
		return nil, fmt.Errorf("%d outputs are no multiple of %d, two or more times", len(outputs), d+2)
	}
	mean, sd := moments(outputs[:2*n])
	variance := sd * sd * float64(2*n-1) / float64(2*n)
	all := make([]Index, d)
	alone, whole := make([]float64, n), make([]float64, n)
	for j := range all {
		for i := range n {
			a, b, ab := outputs[i], outputs[n+i], outputs[(j+2)*n+i]
			alone[i] = float64((b - mean) * (ab - a))
			whole[i] = float64((a-ab)*(a-ab)) / 2
		}
		first, firstSD := moments(alone)
		total, totalSD := moments(whole)
		root := math.Sqrt(float64(n))
		all[j] = Index{space[j].Name, first / variance, total / variance, firstSD / variance / root, totalSD / variance / root}
	}
	return all, nil
}

// Levels is how many values a parameter takes in a Morris design: the ends of its range and two between them.
const Levels = 4

// Effect is what a parameter does to an output when it crosses its whole range, by steps of two thirds of it from random places (Morris 1991, Technometrics 33;
// Campolongo, Cariboni, Saltelli 2007, Environ. Model. Softw. 22 for Size).
type Effect struct {
	Name string
	Mean float64 // mean effect
	Size float64 // mean size of the effect: what ranks parameters
	SD   float64 // standard deviation of the effect: large against Size = not linear, or interacts
}

// MorrisDesign are the points at which a model must be run for Morris: n trajectories of d+1 points for d parameters, on each of which every parameter moves
// once.
func MorrisDesign(space Space, n int, seed uint64) [][]float64 {
	d := len(space)
	const jump = Levels / 2 // levels a step crosses
	var points [][]float64
	for r := range n {
		level, up := make([]int, d), make([]bool, d)
		for j := range d {
			level[j] = draw.Intn(cell(trajectory, seed, 0, r, j), Levels-jump)
			if up[j] = cell(sign, seed, 0, r, j)>>63 == 1; !up[j] {
				level[j] += jump
			}
		}
		points = append(points, space.Point(onGrid(level)))
		for _, j := range shuffled(d, func(j int) uint64 { return cell(turn, seed, 0, r, j) }) {
			if up[j] {
				level[j] += jump
			} else {
				level[j] -= jump
			}
			points = append(points, space.Point(onGrid(level)))
		}
	}
	return points
}

func onGrid(level []int) []float64 {
	place := make([]float64, len(level))
	for j, l := range level {
		place[j] = float64(l) / (Levels - 1)
	}
	return place
}

// Morris computes elementary effects from the outputs at the points of MorrisDesign.
func Morris(space Space, points [][]float64, outputs []float64) ([]Effect, error) {
	d := len(space)
	n := len(outputs) / (d + 1)
	if len(points) != len(outputs) || n < 2 || len(outputs) != n*(d+1) {
		return nil, fmt.Errorf("%d points and %d outputs: want the same multiple of %d, two or more times", len(points), len(outputs), d+1)
	}
	effects := make([][]float64, d)
	for r := range n {
		for s := range d {
			i := r*(d+1) + s
			from, to := space.Place(points[i]), space.Place(points[i+1])
			j := 0
			for k := range d {
				if math.Abs(to[k]-from[k]) > math.Abs(to[j]-from[j]) {
					j = k
				}
			}
			effects[j] = append(effects[j], (outputs[i+1]-outputs[i])/(to[j]-from[j]))
		}
	}
	all := make([]Effect, d)
	for j, e := range effects {
		if len(e) != n {
			return nil, fmt.Errorf("parameter %s moves %d times in %d trajectories: not a Morris design", space[j].Name, len(e), n)
		}
		all[j].Name = space[j].Name
		all[j].Mean, all[j].SD = moments(e)
		for _, v := range e {
			all[j].Size += math.Abs(v) / float64(n)
		}
	}
	return all, nil
}

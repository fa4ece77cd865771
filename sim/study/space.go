package study

import (
	"fmt"
	"math"

	"gohyang/sim/draw"
)

// Scale says how a parameter's range is covered.
type Scale uint8

// The scales.
const (
	Linear Scale = iota // evenly over the range
	Log                 // evenly over the logarithms of the range, which must be positive
)

// Param is one uncertain quantity of a model: its range is its prior, even on its scale. The unit is the model's own.
type Param struct {
	Name      string
	Low, High float64 // Low < High
	Scale     Scale
}

// Space is the box of all parameters. A point is one value for each, in this order and in the parameters' own units; its place is the same point in the
// unit cube, 0 = Low and 1 = High on the parameter's scale.
type Space []Param

// Check says what is wrong with a space: no parameter, a name missing or used twice, a range that is empty, not finite or, on a log scale, not positive.
func (s Space) Check() error {
	if len(s) == 0 {
		return fmt.Errorf("no parameter is given")
	}
	seen := map[string]bool{}
	for i, p := range s {
		switch {
		case p.Name == "":
			return fmt.Errorf("parameter %d has no name", i+1)
		case seen[p.Name]:
			return fmt.Errorf("parameter %s is given twice", p.Name)
		case math.IsNaN(p.Low) || math.IsInf(p.Low, 0) || math.IsNaN(p.High) || math.IsInf(p.High, 0) || !(p.Low < p.High):
			return fmt.Errorf("parameter %s: the range %g to %g is empty or not finite", p.Name, p.Low, p.High)
		case p.Scale == Log && p.Low <= 0:
			return fmt.Errorf("parameter %s: a log scale needs a range above 0, got %g to %g", p.Name, p.Low, p.High)
		case p.Scale > Log:
			return fmt.Errorf("parameter %s: scale %d does not exist", p.Name, p.Scale)
		}
		seen[p.Name] = true
	}
	return nil
}

// Point is the point at a place of the unit cube.
func (s Space) Point(place []float64) []float64 {
	s.sized(place)
	point := make([]float64, len(s))
	for j, p := range s {
		v := p.Low + float64(place[j]*(p.High-p.Low))
		if p.Scale == Log {
			v = p.Low * draw.Exp(place[j]*draw.Log(p.High/p.Low))
		}
		point[j] = min(max(v, p.Low), p.High)
	}
	return point
}

// Place is where a point lies in the unit cube; beyond it if the point lies outside the ranges.
func (s Space) Place(point []float64) []float64 {
	s.sized(point)
	place := make([]float64, len(s))
	for j, p := range s {
		place[j] = (point[j] - p.Low) / (p.High - p.Low)
		if p.Scale == Log {
			place[j] = draw.Log(point[j]/p.Low) / draw.Log(p.High/p.Low)
		}
	}
	return place
}

// places are the places of several points.
func (s Space) places(points [][]float64) [][]float64 {
	all := make([][]float64, len(points))
	for i, p := range points {
		all[i] = s.Place(p)
	}
	return all
}

// Column is output j of all runs.
func Column(outputs [][]float64, j int) []float64 {
	column := make([]float64, len(outputs))
	for i, o := range outputs {
		column[i] = o[j]
	}
	return column
}

// sized stops a program that mixes up its spaces.
func (s Space) sized(values []float64) {
	if len(values) != len(s) {
		panic(fmt.Sprintf("study: got %d values for %d parameters", len(values), len(s)))
	}
}

// bounded maps the whole line onto the logarithms between low and high (logistic), and gives the slope of the map.
func bounded(u, low, high float64) (value, slope float64) {
	width, s := math.Log(high/low), 1/(1+math.Exp(-u))
	return low * math.Exp(width*s), width * s * (1 - s)
}

// unbounded is the inverse of bounded.
func unbounded(value, low, high float64) float64 {
	s := math.Log(value/low) / math.Log(high/low)
	return math.Log(s / (1 - s))
}

package study

import (
	"math"

	"gohyang/sim/draw"
)

// ishigami is the function of Ishigami, Homma 1990 with a = 7, b = 0.1 over [-pi, pi]^3; its indices are known (ishigamiIndices).
func ishigami(x []float64) float64 {
	return math.Sin(x[0]) + 7*math.Pow(math.Sin(x[1]), 2) + 0.1*math.Pow(x[2], 4)*math.Sin(x[0])
}

func ishigamiSpace() Space {
	return Space{{Name: "x1", Low: -math.Pi, High: math.Pi}, {Name: "x2", Low: -math.Pi, High: math.Pi}, {Name: "x3", Low: -math.Pi, High: math.Pi}}
}

// ishigamiIndices from the variances V1 = (1 + b pi^4/5)^2 / 2, V2 = a^2/8, V13 = b^2 pi^8 (1/18 - 1/50) (Saltelli et al. 2008, Global Sensitivity Analysis).
func ishigamiIndices() (first, total []float64) {
	const a, b = 7.0, 0.1
	v1 := math.Pow(1+b*math.Pow(math.Pi, 4)/5, 2) / 2
	v2 := a * a / 8
	v13 := b * b * math.Pow(math.Pi, 8) * (1.0/18 - 1.0/50)
	v := v1 + v2 + v13
	return []float64{v1 / v, v2 / v, 0}, []float64{(v1 + v13) / v, v2 / v, v13 / v}
}

// sobolG is Sobol's g function with the usual a = 0, 1, 4.5, 9 over the unit cube.
func sobolG(x []float64) float64 {
	y := 1.0
	for j, a := range sobolA() {
		y *= (math.Abs(4*x[j]-2) + a) / (1 + a)
	}
	return y
}

func sobolA() []float64 { return []float64{0, 1, 4.5, 9} }

func unitSpace(names ...string) Space {
	var s Space
	for _, n := range names {
		s = append(s, Param{Name: n, High: 1})
	}
	return s
}

// sobolIndices: V(j) = 1 / (3 (1 + a)^2), V = prod (1 + V(j)) - 1 (Saltelli, Sobol' 1995).
func sobolIndices() (first, total []float64) {
	all := 1.0
	var vs []float64
	for _, a := range sobolA() {
		v := 1 / (3 * (1 + a) * (1 + a))
		vs, all = append(vs, v), all*(1+v)
	}
	for _, v := range vs {
		first = append(first, v/(all-1))
		total = append(total, v*all/(1+v)/(all-1))
	}
	return first, total
}

// normal is a reproducible standard normal number.
func normal(words ...uint64) float64 { return draw.Quantile(open(draw.Hash(words...))) }

// outputsOf runs a function at points.
func outputsOf(points [][]float64, f func(x []float64) float64) []float64 {
	y := make([]float64, len(points))
	for i, x := range points {
		y[i] = f(x)
	}
	return y
}

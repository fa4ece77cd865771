package output

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Spread is the mean of paired differences with its 95 per cent interval.
type Spread struct {
	N         int     // pairs
	Mean      float64 // of the differences
	Low, High float64 // 95 per cent interval; both equal Mean when N is 1 and mean nothing then
}

// Noise tells that zero lies in the interval: the difference may be chance. It is false for one pair, of which nothing is known, and for differences
// that are all exactly zero.
func (s Spread) Noise() bool {
	return s.N > 1 && s.Low <= 0 && s.High >= 0 && !(s.Low == 0 && s.High == 0)
}

// spreadOf is the paired t interval: mean +- t(0.975, n-1) sd/sqrt(n), sd with n-1 in the denominator. Sums run in the order given.
func spreadOf(d []float64) Spread {
	s := Spread{N: len(d), Mean: mean(d)}
	s.Low, s.High = s.Mean, s.Mean
	if s.N < 2 {
		return s
	}
	squares := 0.0
	for _, x := range d {
		squares += float64((x - s.Mean) * (x - s.Mean))
	}
	n := float64(s.N)
	half := float64(distuv.StudentsT{Sigma: 1, Nu: n - 1}.Quantile(0.975) * math.Sqrt(squares/(n-1)/n))
	s.Low, s.High = s.Mean-half, s.Mean+half
	return s
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

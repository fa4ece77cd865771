package study

import (
	"fmt"
	"math"
	"slices"

	"gohyang/sim/draw"
)

// Quantile of a sample, interpolated between order statistics (type 7 of Hyndman, Fan 1996, Am. Stat. 50); NaN if the sample is empty.
func Quantile(sample []float64, p float64) float64 {
	if len(sample) == 0 {
		return math.NaN()
	}
	sorted := slices.Clone(sample)
	slices.Sort(sorted)
	at := float64(min(max(p, 0), 1) * float64(len(sorted)-1)) // rounded before the floor is taken off
	low := int(at)
	if low == len(sorted)-1 {
		return sorted[low]
	}
	return sorted[low] + float64((at-float64(low))*(sorted[low+1]-sorted[low]))
}

// Band is a central interval of a sample.
type Band struct{ Low, High float64 }

// Central is the band that holds the central share of a sample, such as 0.5 or 0.9.
func Central(sample []float64, share float64) Band {
	return Band{Quantile(sample, (1-share)/2), Quantile(sample, (1+share)/2)}
}

// Coverage is the share of counts inside the central bands of their samples, samples[unit][member]; the ends count as inside, units without sample or count
// (NaN) are left out. A good forecast covers about the share asked for. NaN if no unit is left.
func Coverage(samples [][]float64, counted []float64, share float64) float64 {
	if len(samples) != len(counted) {
		panic(fmt.Sprintf("study: got %d samples and %d counts", len(samples), len(counted)))
	}
	in, of := 0, 0
	for i, y := range counted {
		if len(samples[i]) == 0 || math.IsNaN(y) {
			continue
		}
		of++
		if b := Central(samples[i], share); b.Low <= y && y <= b.High {
			in++
		}
	}
	return float64(in) / float64(of)
}

// CRPS is the continuous ranked probability score of a sample x of n members against a count y, in the unit of y, lower is better:
//
//	mean |x(i) - y| - sum over i < j of |x(i) - x(j)| / (n (n-1))
//
// the fair version, whose expectation does not depend on n (Ferro 2014, Q. J. R. Meteorol. Soc. 140). It may be negative. One member scores its absolute error.
func CRPS(sample []float64, y float64) float64 {
	n := len(sample)
	if n == 0 {
		return math.NaN()
	}
	sorted := slices.Clone(sample)
	slices.Sort(sorted)
	miss, spread := 0.0, 0.0
	for i, x := range sorted {
		miss += math.Abs(x - y)
		spread += float64(float64(2*i-n+1) * x)
	}
	if n == 1 {
		return miss
	}
	return miss/float64(n) - spread/float64(n)/float64(n-1)
}

// Persistence forecasts the last count again and again.
func Persistence(past []float64, ahead int) []float64 {
	if len(past) == 0 {
		return silent(ahead)
	}
	return slices.Repeat([]float64{past[len(past)-1]}, ahead)
}

// LastGrowth forecasts that the last growth factor goes on. It says nothing (NaN) without two positive last counts.
func LastGrowth(past []float64, ahead int) []float64 {
	n := len(past)
	if n < 2 || !(past[n-1] > 0) || !(past[n-2] > 0) {
		return silent(ahead)
	}
	growth, v := past[n-1]/past[n-2], past[n-1]
	forecast := make([]float64, ahead)
	for i := range forecast {
		v *= growth
		forecast[i] = v
	}
	return forecast
}

// LogTrend forecasts the least-squares line through the logarithms of the last k counts. It says nothing (NaN) without k >= 2 positive ones.
func LogTrend(past []float64, k, ahead int) []float64 {
	if k < 2 || len(past) < k {
		return silent(ahead)
	}
	last := past[len(past)-k:]
	middle, mean := float64(k-1)/2, 0.0
	for _, v := range last {
		if !(v > 0) {
			return silent(ahead)
		}
		mean += draw.Log(v) / float64(k)
	}
	tops, squares := 0.0, 0.0
	for i, v := range last {
		t := float64(i) - middle
		tops, squares = tops+float64(t*draw.Log(v)), squares+float64(t*t)
	}
	forecast := make([]float64, ahead)
	for i := range forecast {
		forecast[i] = draw.Exp(mean + float64(tops/squares*(float64(k+i)-middle)))
	}
	return forecast
}

// silent is the forecast of a rule that says nothing.
func silent(ahead int) []float64 { return slices.Repeat([]float64{math.NaN()}, ahead) }

// moments are the mean and the standard deviation (over n-1) of numbers.
func moments(x []float64) (mean, sd float64) {
	for _, v := range x {
		mean += v
	}
	mean /= float64(len(x))
	squares := 0.0
	for _, v := range x {
		squares += float64((v - mean) * (v - mean))
	}
	return mean, math.Sqrt(squares / float64(len(x)-1))
}

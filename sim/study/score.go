package study

import (
	"fmt"
	"math"
	"slices"
)

// Near is the relative error within which a unit counts as met in Errors.Near.
const Near = 0.05

// Errors are how far a forecast lies from what was counted, over some units. Shares, not per cent.
type Errors struct {
	Units    int     // units with a forecast
	Median   float64 // median absolute error, relative to each unit's denominator
	Weighted float64 // sum of absolute errors over the sum of denominators
	Bias     float64 // sum of errors over the sum of denominators
	Near     float64 // share of units whose error is at most the constant Near
	Worst    int     // index of the unit with the largest relative error
	Furthest float64 // its error, with its sign
}

// Score compares a forecast with counts, unit by unit. per is what errors are relative to: the counts themselves, or another size of the units. Units whose
// forecast is NaN (the rule says nothing of them) or whose denominator is zero are left out; with no unit left all figures are NaN.
func Score(forecast, counted, per []float64) Errors {
	if len(forecast) != len(counted) || len(per) != len(counted) {
		panic(fmt.Sprintf("study: got %d forecasts, %d counts and %d denominators", len(forecast), len(counted), len(per)))
	}
	e := Errors{Worst: -1}
	var relative []float64
	misses, signed, size, near := 0.0, 0.0, 0.0, 0 // summed in the order of the units: gonum's sums differ between processors in the last bit
	for i, f := range forecast {
		if math.IsNaN(f) || per[i] <= 0 {
			continue
		}
		miss := f - counted[i]
		r := math.Abs(miss) / per[i]
		relative = append(relative, r)
		misses, signed, size = misses+math.Abs(miss), signed+miss, size+per[i]
		if r <= Near {
			near++
		}
		if e.Worst < 0 || r > math.Abs(e.Furthest) {
			e.Worst, e.Furthest = i, miss/per[i]
		}
	}
	e.Units = len(relative)
	if e.Units == 0 {
		nan := math.NaN()
		return Errors{Median: nan, Weighted: nan, Bias: nan, Near: nan, Worst: -1, Furthest: nan}
	}
	slices.Sort(relative)
	e.Median = (relative[(e.Units-1)/2] + relative[e.Units/2]) / 2
	e.Weighted, e.Bias, e.Near = misses/size, signed/size, float64(near)/float64(e.Units)
	return e
}

// Skill is how much of the naive rule's weighted error a forecast takes away: 1 without error, 0 as good as the rule, below 0 worse. Two perfect ones have
// skill 0.
func Skill(e, naive Errors) float64 {
	if naive.Weighted == 0 {
		if e.Weighted == 0 {
			return 0
		}
		return math.Inf(-1)
	}
	return 1 - e.Weighted/naive.Weighted
}

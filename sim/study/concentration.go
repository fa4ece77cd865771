package study

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gohyang/sim/draw"
)

// Gini coefficient of amounts >= 0: 0 if all are equal, (n-1)/n if one has all. With x sorted upwards, sum (2i - n - 1) x(i) / (n sum x). NaN if the sum is
// zero, there are no amounts, or one is negative.
func Gini(amounts []float64) float64 {
	sorted := slices.Clone(amounts)
	slices.Sort(sorted)
	n, sum, ranked := len(sorted), 0.0, 0.0
	for i, x := range sorted {
		sum += x
		ranked += float64(float64(2*i-n+1) * x)
	}
	if n == 0 || !(sum > 0) || sorted[0] < 0 {
		return math.NaN()
	}
	return ranked / float64(n) / sum
}

// TopShare is the share of the k largest amounts in the sum of all; NaN if the sum is not positive. With k of n or more it is 1.
func TopShare(amounts []float64, k int) float64 {
	sorted := slices.Clone(amounts)
	slices.SortFunc(sorted, func(a, b float64) int { return cmp.Compare(b, a) })
	top, sum := 0.0, 0.0
	for i, x := range sorted {
		sum += x
		if i < k {
			top = sum
		}
	}
	if !(sum > 0) {
		return math.NaN()
	}
	return top / sum
}

// Hill is the tail exponent of the k largest of more than k positive amounts (Hill 1975, Ann. Stat. 3): P(X > x) falls like x^-Hill, a small one means a few
// have almost all. k / sum over the k largest of log(x(i) / x(k+1)). NaN where it is not defined.
func Hill(amounts []float64, k int) float64 {
	if k < 1 || k >= len(amounts) {
		return math.NaN()
	}
	sorted := slices.Clone(amounts)
	slices.SortFunc(sorted, func(a, b float64) int { return cmp.Compare(b, a) })
	if !(sorted[k] > 0) {
		return math.NaN()
	}
	sum := 0.0
	for _, x := range sorted[:k] {
		sum += draw.Log(x / sorted[k])
	}
	if !(sum > 0) {
		return math.NaN()
	}
	return float64(k) / sum
}

// Spearman is the rank correlation of two series over the same units, ties at their mean rank; NaN if one of them is constant.
func Spearman(a, b []float64) float64 {
	if len(a) != len(b) {
		panic(fmt.Sprintf("study: got %d and %d numbers to rank", len(a), len(b)))
	}
	return pearson(ranks(a), ranks(b))
}

// ranks from 1, ties at their mean rank.
func ranks(x []float64) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, k int) int { return cmp.Compare(x[i], x[k]) })
	r := make([]float64, len(x))
	for i := 0; i < len(order); {
		end := i
		for end < len(order) && x[order[end]] == x[order[i]] {
			end++
		}
		end = max(end, i+1) // NaN equals nothing, itself included
		for k := i; k < end; k++ {
			r[order[k]] = float64(i+end+1) / 2
		}
		i = end
	}
	return r
}

// pearson correlation of two series of the same length; NaN if one of them is constant.
func pearson(a, b []float64) float64 {
	ma, sa := moments(a)
	mb, sb := moments(b)
	if !(sa > 0) || !(sb > 0) {
		return math.NaN()
	}
	sum := 0.0
	for i := range a {
		sum += float64((a[i] - ma) * (b[i] - mb))
	}
	return min(max(sum/float64(len(a)-1)/sa/sb, -1), 1)
}

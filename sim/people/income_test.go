package people

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// wages are two towns, one rich, with earners from 20 to 69 and pay that differs by sex and age.
func wages(sd float64) *Income {
	in := &Income{EarnerLevel: []float64{1, 1.5}, Town: []float64{math.Log(30e6), math.Log(60e6)}, SD: sd}
	for sex := range 2 {
		for a := 20; a < 70; a++ {
			in.EarnerShare[sex][a] = 0.6 - 0.2*float64(sex)
			in.Log[sex][a] = 0.01*float64(a-45) - 0.3*float64(sex)
		}
	}
	return in
}

// TestEarnings: over all ranks of a cell, the share of earners, the mean and the quantiles are those of the lognormal in closed form. The discrete ranks
// (4,096) cut the tail above their last midpoint, which costs the mean less than half a per cent up to a standard deviation of one.
func TestEarnings(t *testing.T) {
	for _, sd := range []float64{0.2, 0.6, 0.9} {
		in := wages(sd)
		e := NewEarnings(in)
		for _, c := range [][3]int{{0, 0, 45}, {1, 1, 45}, {1, 0, 60}, {0, 1, 25}} {
			town, sex, age := c[0], c[1], c[2]
			name := fmt.Sprintf("sd %g, town %d, sex %d, age %d", sd, town, sex, age)
			mu := in.Town[town] + in.Log[sex][age]
			earners, sum, below := 0, 0.0, [3]int{}
			quantiles := [3]float64{0.1, 0.5, 0.95}
			law := distuv.LogNormal{Mu: mu, Sigma: sd}
			last := 0
			for rank := range uint32(1 << 16) {
				k := e.Class(uint16(town), sex, age, rank)
				if k < last {
					t.Fatalf("%s: class falls from %d to %d at rank %d", name, last, k, rank)
				}
				last = k
				if k == 0 {
					continue
				}
				earners++
				sum += float64(Gross(k))
				for i, q := range quantiles {
					if float64(Gross(k)) < law.Quantile(q) {
						below[i]++
					}
				}
			}
			if got, want := float64(earners)/65536, min(in.EarnerShare[sex][age]*in.EarnerLevel[town], 0.98); math.Abs(got-want) > 1e-4 {
				t.Errorf("%s: share of earners %.5f, want %.5f", name, got, want)
			}
			if got, want := sum/float64(earners), law.Mean(); math.Abs(got/want-1) > 0.005 {
				t.Errorf("%s: mean %.0f, want %.0f", name, got, want)
			}
			for i, q := range quantiles {
				if got := float64(below[i]) / float64(earners); math.Abs(got-q) > 0.01 {
					t.Errorf("%s: %.4f earn less than the %g quantile", name, got, q)
				}
			}
		}
	}
}

// TestNoEarners: children, and cells without earners, have no class at any rank; a level that asks for more than everybody leaves some without.
func TestNoEarners(t *testing.T) {
	in := wages(0.5)
	in.EarnerLevel[1] = 100
	e := NewEarnings(in)
	for _, rank := range []uint32{0, 1 << 15, 65535} {
		if k := e.Class(0, 0, 10, rank); k != 0 || Gross(k) != 0 {
			t.Errorf("a child of rank %d is in class %d", rank, k)
		}
	}
	if e.Class(1, 0, 45, 0) != 0 || e.Class(1, 0, 45, 65535) == 0 {
		t.Error("with a level of 100: want the lowest rank without and the highest with earnings")
	}
}

// TestExpected: expected earnings are what the population drawn from ranks earns, town by town, and they are additive.
func TestExpected(t *testing.T) {
	in := wages(0.5)
	e := NewEarnings(in)
	for town := range 2 {
		var ages [2][Ages]int64
		sum, n := 0.0, int64(1<<12)
		for sex := range 2 {
			for _, a := range []int{5, 22, 45, 69, 80} {
				ages[sex][a] = n
				for i := range uint32(n) {
					sum += float64(Gross(e.Class(uint16(town), sex, a, i<<4+8)))
				}
			}
		}
		if got := e.Expected(town, &ages); math.Abs(got/sum-1) > 0.005 {
			t.Errorf("town %d: expected %.4g, its people earn %.4g", town, got, sum)
		}
		one := e.Expected(town, &ages)
		for sex := range 2 {
			for a := range ages[sex] {
				ages[sex][a] *= 3
			}
		}
		if got := e.Expected(town, &ages); math.Abs(got/(3*one)-1) > 1e-12 {
			t.Errorf("town %d: three times the people earn %.6g, want %.6g", town, got, 3*one)
		}
	}
}

// TestGross: classes are 0.4% wide (a 256th of a unit of log) and ascend.
func TestGross(t *testing.T) {
	for k := 2; k < Classes; k++ {
		if r := math.Log(float64(Gross(k)) / float64(Gross(k-1))); math.Abs(r-1.0/256) > 1e-5 {
			t.Fatalf("class %d earns %d, class %d %d: log ratio %.6f", k, Gross(k), k-1, Gross(k-1), r)
		}
	}
}

package people

import (
	"math"
	"testing"
)

// loose is the uneven country, but fewer moves stay in its second province, whose two towns have only each other to send them to: with a strong tie and many such
// moves the tables of the province become nearly all one town, which the rounds of the fit do not reach, and the first year's flows do not hold.
func loose() (*Yearly, *Origins) {
	f, o := uneven()
	for g := range f.Tables.OD {
		f.Tables.OD[g] = [][]float64{{0.8, 0.2}, {0.7, 0.3}}
	}
	return f, o
}

// TestFitTie: where flows allow it the fit meets the stock; where they do not it stops where the worst flow is off by what is allowed.
func TestFitTie(t *testing.T) {
	f, o := loose()
	target := f.UTurn(o, 100, 0).Returned
	got, err := f.FitTie(o, target, 0, FlowMiss)
	if err != nil || got.Odds != got.Stock || !(math.Abs(got.Odds/100-1) <= 1e-2 && got.Miss <= FlowMiss/10) {
		t.Errorf("fit %+v (%v), want odds of 100 with all flows", got, err)
	}
	f, o = uneven()
	const allowed = 3e-5 // with odds of 8 the worst flow is off by twice as much
	target = f.UTurn(o, 8, 0).Returned
	got, err = f.FitTie(o, target, 0, allowed)
	if err != nil || !(math.Abs(got.Stock/8-1) <= 2e-2 && got.Odds < got.Stock && got.Miss <= allowed && got.Miss > allowed*0.9) {
		t.Errorf("fit %+v (%v), want less than the odds of 8 that the stock wants, and flows just within %g", got, err, allowed)
	}
	if !(got.Shares.Returned < got.Met.Returned && math.Abs(got.Met.Returned-target) <= 1e-5) {
		t.Errorf("%.4f of persons back at the odds fitted, %.4f at those of the stock, want less and %.4f", got.Shares.Returned, got.Met.Returned, target)
	}
}

// TestFitReturn: the share of persons who are back rises with the odds, the fit gives back the odds that made the target, and a target that no odds meet is an
// error.
func TestFitReturn(t *testing.T) {
	f, o := loose()
	last := -1.0
	for _, odds := range []float64{0, 0.2, 1, 5, 50, 1000} {
		s := f.UTurn(o, odds, 0)
		if !(s.Returned > last) {
			t.Errorf("odds %g: %.6f of persons are back, want more than %.6f", odds, s.Returned, last)
		}
		last = s.Returned
		if sum := s.Never + s.Returned + s.Elsewhere; !(math.Abs(sum-1) <= 1e-12) {
			t.Errorf("odds %g: shares sum to %.15f", odds, sum)
		}
		if odds < 0.5 {
			continue
		}
		got, shares, err := f.FitReturn(o, s.Returned, 0)
		if err != nil || !(math.Abs(got/odds-1) <= 1e-2 && math.Abs(shares.Returned-s.Returned) <= 2e-5) {
			t.Errorf("fitted odds %.4f (%v) with %.6f back, want %g with %.6f", got, err, shares.Returned, odds, s.Returned)
		}
	}
	for _, target := range []float64{1e-6, 0.999} {
		if _, _, err := f.FitReturn(o, target, 0); err == nil {
			t.Errorf("target %g is accepted", target)
		}
	}
}

package people

import (
	"fmt"
	"math"

	"gohyang/sim/draw"
)

// FlowMiss is how far the tie to the place of origin may move the flows of the first year, as a share of the residents: of moves into any town, out of it,
// and within any province. 0.0005 is a twentieth of a per cent a year, in thirty years one and a half (judgement).
const FlowMiss = 0.0005

// Limits of the search for R_o, and how far it looks ahead for a bracket, in logarithms. Odds are stored as 16 binary digits before the point.
const leastOdds, mostOdds, stride = 0.1, 6e4, 2.302585092994046

// TieFit is the tie to the place of origin that meets a survey of migration histories as far as flows allow.
type TieFit struct {
	Odds   float64     // R_o: the largest, up to Stock, with which no flow of the first year is off by more than is allowed
	Shares UTurnShares // at Odds
	Miss   float64     // the worst flow at Odds, as FlowMiss counts it
	Stock  float64     // R_o at which the target is met, whatever the flows
	Met    UTurnShares // at Stock
}

// FitTie finds the return odds R_o as near as the flows of the first year allow to those at which the target share of all persons once left their province of birth
// and live in it now. Persons count from a first age on, see UTurn; allowed is how far flows may be off, FlowMiss unless there is a reason.
func (f *Yearly) FitTie(o *Origins, target float64, from int, allowed float64) (t TieFit, err error) {
	if t.Stock, t.Met, err = f.FitReturn(o, target, from); err != nil {
		return t, err
	}
	free := f.firstFlows(o, 0)
	miss := func(odds float64) float64 { return free.miss(f.firstFlows(o, odds), f.Country) }
	t.Odds, t.Shares, t.Miss = t.Stock, t.Met, miss(t.Stock)
	if t.Miss <= allowed {
		return t, nil
	}
	low, high := draw.Log(leastOdds), draw.Log(t.Stock)
	for high-low > 1e-3 {
		if x := (low + high) / 2; miss(draw.Exp(x)) > allowed {
			high = x
		} else {
			low = x
		}
	}
	t.Odds = draw.Exp(low)
	if t.Miss = miss(t.Odds); t.Miss > allowed {
		return t, fmt.Errorf("return odds: got flows off by %.5f of residents at odds of %g already, want at most %g", t.Miss, t.Odds, allowed)
	}
	t.Shares = f.UTurn(o, t.Odds, from)
	return t, nil
}

// firstFlows are the flows of the first year, and the residents by town.
type firstFlows struct {
	*Counts
	residents []float64
}

// firstFlows is what is expected of the first year with these odds.
func (f *Yearly) firstFlows(o *Origins, odds float64) firstFlows {
	own := &Yearly{Tables: f.Tables, Options: f.Options, Country: f.Country, Seed: f.Seed, Align: f.Align}
	own.Options.Return = odds
	e := NewExpect(own, o, f.Tables.First)
	pop := e.Population()
	return firstFlows{e.Step(), pop}
}

// miss is the largest difference of two firsts years' flows, over the residents of the town or province.
func (a firstFlows) miss(b firstFlows, c Country) (worst float64) {
	province := make([]float64, c.Provinces)
	for i, p := range c.ProvinceOf {
		province[p] += a.residents[i]
		if n := a.residents[i]; n > 0 {
			worst = max(worst, math.Abs(a.In[i]-b.In[i])/n, math.Abs(a.Out[i]-b.Out[i])/n)
		}
	}
	for p, n := range province {
		if n > 0 {
			worst = max(worst, math.Abs(a.Within[p]-b.Within[p])/n)
		}
	}
	return worst
}

// FitReturn finds the return odds R_o at which the target share of all persons once left their province of birth and live in it now (see UTurn), whatever the flows.
//
// Note: the other number a survey gives, the share of leavers who are back, would need odds several times as high. Everybody moves alike here, so that far more leave
// than in life, and to bring back the right share of them would make every third to second move a return.
//
// The share rises with the odds, until nobody leaves any more; the lowest solution is found on their logarithm by false position (Illinois), to 0.00001 of the share.
func (f *Yearly) FitReturn(o *Origins, target float64, from int) (odds float64, shares UTurnShares, err error) {
	at := func(x float64) float64 {
		odds = draw.Exp(x)
		shares = f.UTurn(o, odds, from)
		return shares.Returned - target
	}
	low, high := draw.Log(leastOdds), draw.Log(leastOdds)
	below := at(low)
	above := below
	for above < 0 && high < draw.Log(mostOdds) {
		low, below = high, above
		high = min(high+stride, draw.Log(mostOdds))
		above = at(high)
	}
	if !(below <= 0 && above >= 0) {
		return 0, shares, fmt.Errorf("return odds: got a target of %.4f, want between %.4f (no return tie) and %.4f (odds of %.3g)",
			target, below+target, above+target, odds)
	}
	for side := 0; ; {
		x := (low + high) / 2
		if above > below {
			x = float64(float64(low*above)-float64(high*below)) / (above - below)
		}
		miss := at(x)
		switch {
		case math.Abs(miss) < 1e-5 || high-low < 1e-9:
			return odds, shares, nil
		case miss < 0:
			if low, below = x, miss; side < 0 {
				above /= 2
			}
			side = -1
		default:
			if high, above = x, miss; side > 0 {
				below /= 2
			}
			side = 1
		}
	}
}

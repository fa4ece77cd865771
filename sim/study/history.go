package study

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Cut is the implausibility beyond which a point is ruled out: three standard deviations, by the rule of Pukelsheim (1994, Am. Stat. 48) for any distribution
// with one mode.
const Cut = 3.0

// Target is what one output of the model should be, in the output's own unit (logarithms, if the model gives logarithms).
type Target struct {
	Name        string
	Value       float64
	Observation float64 // s.d. of the counting
	Discrepancy float64 // s.d. of the model around the truth at its best point: what a model of this kind cannot get right
}

// variance of a target around the model's mean at its best point.
func (t Target) variance() float64 {
	return float64(t.Observation*t.Observation) + float64(t.Discrepancy*t.Discrepancy)
}

// Implausibility is the distance of a target from the emulated output in standard deviations,
//
//	|value - mean| / sqrt(emulator + observation^2 + discrepancy^2 + monteCarlo)
//
// with the variances of the emulator's mean and of single runs (Craig et al. 1997; Vernon, Goldstein, Bower 2010, Bayesian Anal. 5(4), eq. 15; McCulloch et
// al. 2022, JASSS 25(2) 1).
func (t Target) Implausibility(mean, emulator, monteCarlo float64) float64 {
	miss, variance := math.Abs(t.Value-mean), emulator+t.variance()+monteCarlo
	if miss == 0 {
		return 0
	}
	return miss / math.Sqrt(variance)
}

// Wave is one round of history matching: the emulators of that round and what they rule out.
type Wave struct {
	Emulators []*Emulator // by target; nil = this target is not used in this wave
	Rank      int         // 1: the largest implausibility must be below Cut, 2: only the second largest (safer while emulators are rough)
}

// History is what all waves together have learnt.
type History struct {
	Space   Space
	Targets []Target
	Waves   []Wave
}

// Check says what is wrong with a history.
func (h History) Check() error {
	if err := h.Space.Check(); err != nil {
		return err
	}
	for _, t := range h.Targets {
		if !(t.variance() >= 0) || math.IsInf(t.variance(), 0) || math.IsNaN(t.Value) || math.IsInf(t.Value, 0) {
			return fmt.Errorf("target %s: value %g, observation s.d. %g and discrepancy s.d. %g must be finite", t.Name, t.Value, t.Observation, t.Discrepancy)
		}
	}
	for w, wave := range h.Waves {
		if len(wave.Emulators) != len(h.Targets) {
			return fmt.Errorf("wave %d has %d emulators for %d targets", w+1, len(wave.Emulators), len(h.Targets))
		}
		used := 0
		for _, e := range wave.Emulators {
			if e != nil {
				used++
			}
		}
		if wave.Rank < 1 || wave.Rank > used {
			return fmt.Errorf("wave %d: rank %d among %d emulated targets", w+1, wave.Rank, used)
		}
	}
	return nil
}

// Implausibility of each target at a point, by the last wave that has an emulator for it; NaN if none has.
func (h History) Implausibility(point []float64) []float64 {
	all := make([]float64, len(h.Targets))
	for t := range all {
		all[t] = math.NaN()
		for w := len(h.Waves) - 1; w >= 0; w-- {
			if e := h.Waves[w].Emulators[t]; e != nil {
				mean, variance := e.Predict(point)
				all[t] = h.Targets[t].Implausibility(mean, variance, e.Noise())
				break
			}
		}
	}
	return all
}

// Level is how implausible a point is over all waves: the largest, over waves, of the implausibility of the wave's rank, over Cut. Points below 1 are not
// ruled out.
func (h History) Level(point []float64) float64 { return h.level(h.Space.Place(point)) }

func (h History) level(place []float64) float64 {
	worst := 0.0
	for _, w := range h.Waves {
		worst = max(worst, h.ranked(w, place))
	}
	return worst / Cut
}

// ranked is the implausibility of the wave's rank at a place.
func (h History) ranked(w Wave, place []float64) float64 {
	var all []float64
	for t, e := range w.Emulators {
		if e != nil {
			g := e.glance(place)
			all = append(all, h.Targets[t].Implausibility(g.mean, e.variance(g), e.Noise()))
		}
	}
	slices.SortFunc(all, func(a, b float64) int { return cmp.Compare(b, a) })
	return all[w.Rank-1]
}

// below says whether the level of a place is below a bound, as level does, but stops at the first wave that says no. Most targets fail already by the upper
// bound of the emulator's variance, which cannot make a place look worse than it is.
func (h History) below(place []float64, bound float64) bool {
	for i := len(h.Waves) - 1; i >= 0; i-- {
		w, beyond := h.Waves[i], 0
		for t, e := range w.Emulators {
			if e == nil {
				continue
			}
			g := e.glance(place)
			if h.Targets[t].Implausibility(g.mean, g.most, e.Noise())/Cut >= bound || h.Targets[t].Implausibility(g.mean, e.variance(g), e.Noise())/Cut >= bound {
				beyond++
			}
			if beyond == w.Rank {
				return false
			}
		}
	}
	return true
}

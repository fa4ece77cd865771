package build

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"gohyang/scenarios/facts"
)

// older is a population that thins out with age, as exposure for schedules.
func older() *[facts.Ages]float64 {
	var n [facts.Ages]float64
	for a := range n {
		n[a] = 1e6 * math.Exp(-math.Pow(float64(a)/80, 4))
	}
	return &n
}

// bands are rates a schedule gives in five-year ages to 45, then 45-64 and 65 and over.
func bands(s Schedule, persons *[facts.Ages]float64) (out []Mobility) {
	for a := 0; a < 45; a += 5 {
		out = append(out, Mobility{First: a, After: a + 5})
	}
	out = append(out, Mobility{First: 45, After: 65}, Mobility{First: 65, After: facts.Ages})
	for k := range out {
		out[k].Rate = s.mean(persons, out[k].First, out[k].After)
	}
	return out
}

// TestFitScheduleRecovers: from the model schedule the fit finds the schedule that made the targets.
func TestFitScheduleRecovers(t *testing.T) {
	persons := older()
	for _, want := range []Schedule{
		{.07, .2, .2, .09, 21, .4, .008}, {.05, .12, .12, .08, 23.5, .3, .012}, {.1, .28, .28, .12, 19, .5, .005}, {.03, .1, .3, .14, 24, .25, .015},
	} {
		fit, err := FitSchedule(bands(want, persons), persons, ModelSchedule(21), A1, Alpha1, A2, Alpha2, Mu2, Lambda2, C)
		if err != nil {
			t.Fatal(err)
		}
		for k, r := range fit.Residual {
			if math.Abs(r) > 1e-4 {
				t.Errorf("target %d: got a residual of %g for %+v, fitted %+v", k, r, want, fit.Schedule)
			}
		}
		for a := 1.0; a < 90; a++ {
			if got, want := fit.At(a), want.At(a); math.Abs(got/want-1) > 0.01 {
				t.Errorf("age %g: got %g, want %g", a, got, want)
			}
		}
	}
}

// TestFitScheduleProperty: a peak, its decline and a constant drawn at random are found again from four rates and the total.
func TestFitScheduleProperty(t *testing.T) {
	persons := older()
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string, low, high float64) float64 { return rapid.Float64Range(low, high).Draw(t, name) }
		want := ModelSchedule(21).with(Size, draw("size", .05, .3)).with(Alpha2, draw("alpha2", .05, .2)).with(C, draw("c", .002, .02))
		targets := []Mobility{{First: 20, After: 30}, {First: 30, After: 40}, {First: 60, After: 70}, {First: 70, After: 80}, {First: 0, After: facts.Ages}}
		for k := range targets {
			targets[k].Rate = want.mean(persons, targets[k].First, targets[k].After)
		}
		fit, err := FitSchedule(targets, persons, ModelSchedule(21), Size, Alpha2, C)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range fit.Free {
			if got, want := *fit.value(p), *want.value(p); math.Abs(got/want-1) > 1e-3 {
				t.Fatalf("%s: got %g, want %g", p, got, want)
			}
		}
	})
}

// TestFitScheduleKeeps: what is not free stays, Size keeps the ratio of a1 and a2, and the level of the targets is the level of the fit.
func TestFitScheduleKeeps(t *testing.T) {
	persons, start := older(), ModelSchedule(24)
	want := start.with(Size, 0.15).with(Alpha2, 0.07).with(C, 0.01)
	targets := []Mobility{{First: 20, After: 30}, {First: 30, After: 40}, {First: 60, After: 70}, {First: 70, After: 80}, {First: 0, After: facts.Ages}}
	for k := range targets {
		targets[k].Rate = want.mean(persons, targets[k].First, targets[k].After)
	}
	fit, err := FitSchedule(targets, persons, start, Size, Alpha2, C)
	if err != nil {
		t.Fatal(err)
	}
	if fit.Mu2 != 24 || fit.Lambda2 != start.Lambda2 || fit.Alpha1 != start.Alpha1 {
		t.Errorf("got %+v, want mu2, lambda2 and alpha1 as at the start", fit.Schedule)
	}
	if math.Abs(fit.A1/fit.A2-start.A1/start.A2) > 1e-12 || math.Abs(fit.A2-0.15) > 1e-4 || math.Abs(fit.Alpha2-0.07) > 1e-4 || math.Abs(fit.C-0.01) > 1e-4 {
		t.Errorf("got %+v, want a2 0.15 with a1 a third of it, alpha2 0.07 and c 0.01", fit.Schedule)
	}
}

// TestFitScheduleRefuses: more parameters than targets, or a parameter that has no logarithm.
func TestFitScheduleRefuses(t *testing.T) {
	persons := older()
	if _, err := FitSchedule([]Mobility{{First: 0, After: 10, Rate: 1}}, persons, ModelSchedule(21), A1, C); err == nil {
		t.Error("two parameters, one target: got no error")
	}
	if _, err := FitSchedule([]Mobility{{First: 0, After: 10, Rate: 1}}, persons, Schedule{A1: 1}, C); err == nil {
		t.Error("c of zero at the start: got no error")
	}
}

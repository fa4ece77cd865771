package build

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/optimize"

	"gohyang/scenarios/facts"
)

// Schedule is the seven-parameter migration schedule of Rogers and Castro (1981): childhood, the labour-force peak and a constant,
//
//	a1 exp(-alpha1 x) + a2 exp(-alpha2 (x-mu2) - exp(-lambda2 (x-mu2))) + c
//
// in moves per person-year at exact age x.
type Schedule struct{ A1, Alpha1, A2, Alpha2, Mu2, Lambda2, C float64 }

// ModelSchedule is the model schedule (model.md M04) with the labour-force peak at mu2 (M05: 21 in Japan, 24 in Korea).
func ModelSchedule(mu2 float64) Schedule {
	return Schedule{A1: 0.02, Alpha1: 0.1, A2: 0.06, Alpha2: 0.1, Mu2: mu2, Lambda2: 0.4, C: 0.003}
}

// At is the rate at an exact age; that of the completed age a is At(a + 0.5).
func (s Schedule) At(age float64) float64 {
	return s.A1*math.Exp(-s.Alpha1*age) + s.A2*math.Exp(-s.Alpha2*(age-s.Mu2)-math.Exp(-s.Lambda2*(age-s.Mu2))) + s.C
}

// Parameter is what a fit may change in a Schedule.
type Parameter int

// The parameters by name. Size is a1 and a2 together, their ratio kept: for data that do not tell children from young adults.
const (
	Size Parameter = iota
	A1
	Alpha1
	A2
	Alpha2
	Mu2
	Lambda2
	C
)

// String is the parameter's name in estimates.csv.
func (p Parameter) String() string {
	return [...]string{"size", "a1", "alpha1", "a2", "alpha2", "mu2", "lambda2", "c"}[p]
}

// value gives one parameter of a schedule; Size is its a2.
func (s *Schedule) value(p Parameter) *float64 {
	return [...]*float64{&s.A2, &s.A1, &s.Alpha1, &s.A2, &s.Alpha2, &s.Mu2, &s.Lambda2, &s.C}[p]
}

// with sets a parameter.
func (s Schedule) with(p Parameter, x float64) Schedule {
	if p == Size {
		s.A1 *= x / s.A2
	}
	*s.value(p) = x
	return s
}

// Mobility is one published rate: moves per person of the completed ages First to After-1 and year.
type Mobility struct {
	Name         string // 20-24, all
	First, After int
	Rate         float64
}

// ScheduleFit is a fitted schedule and what it gives for each target.
type ScheduleFit struct {
	Schedule
	Free     []Parameter
	Residual []float64 // by target: fitted over published rate minus one
}

// mean is the rate a schedule gives for ages first to after-1 of a population.
func (s Schedule) mean(persons *[facts.Ages]float64, first, after int) float64 {
	var moves, n float64
	for a := first; a < after; a++ {
		moves += float64(persons[a] * s.At(float64(a)+0.5))
		n += persons[a]
	}
	return moves / n
}

// The search of FitSchedule: how far from the start each parameter is tried first, and how often the simplex is set up anew at the best point, which frees
// one that has collapsed; a fit that has converged does not move any more.
const (
	scheduleSpread   = 1.3
	scheduleRestarts = 6
)

// FitSchedule finds the free parameters with which the schedule comes nearest to the targets: least squares of the log ratio of fitted and published rates,
// each target counting the same, over the residents by completed age. Parameters are fitted as logarithms, so that they stay positive, by the simplex of
// Nelder and Mead: from start and from points where one parameter is 1.3 times more or less, then on from the best of these, set up again where it ends.
// There is no chance in it. What is not free keeps the value of start.
func FitSchedule(targets []Mobility, persons *[facts.Ages]float64, start Schedule, free ...Parameter) (*ScheduleFit, error) {
	if len(free) == 0 || len(free) > len(targets) {
		return nil, fmt.Errorf("schedule: got %d free parameters and %d targets, want at least one and no more than the targets", len(free), len(targets))
	}
	x := make([]float64, len(free))
	for k, p := range free {
		if x[k] = math.Log(*start.value(p)); math.IsNaN(x[k]) || math.IsInf(x[k], 0) {
			return nil, fmt.Errorf("schedule: %s: got %g at the start, want a positive number", p, *start.value(p))
		}
	}
	at := func(x []float64) Schedule {
		s := start
		for k, p := range free {
			s = s.with(p, math.Exp(x[k]))
		}
		return s
	}
	problem := optimize.Problem{Func: func(x []float64) float64 {
		s, sum := at(x), 0.0
		for _, t := range targets {
			e := math.Log(s.mean(persons, t.First, t.After) / t.Rate)
			sum += float64(e * e)
		}
		return sum
	}}
	x, err := simplex(problem, x)
	if err != nil {
		return nil, fmt.Errorf("schedule: %w", err)
	}
	fit := &ScheduleFit{Schedule: at(x), Free: free}
	for _, t := range targets {
		r := fit.mean(persons, t.First, t.After)/t.Rate - 1
		if math.IsNaN(r) {
			return nil, errors.New("schedule: a target has no residents")
		}
		fit.Residual = append(fit.Residual, r)
	}
	return fit, nil
}

// simplex is the search of FitSchedule from x.
func simplex(problem optimize.Problem, x []float64) ([]float64, error) {
	var best *optimize.Result
	try := func(x []float64, patience int) error {
		settings := optimize.Settings{MajorIterations: 20000, Converger: &optimize.FunctionConverge{Absolute: 1e-15, Iterations: patience}}
		r, err := optimize.Minimize(problem, x, &settings, &optimize.NelderMead{})
		if err == nil && (best == nil || r.F < best.F) {
			best = r
		}
		return err
	}
	err := try(x, 50)
	for k := range x {
		for _, step := range []float64{math.Log(scheduleSpread), -math.Log(scheduleSpread)} {
			y := slices.Clone(x)
			y[k] += step
			err = errors.Join(err, try(y, 50))
		}
	}
	for range scheduleRestarts {
		if err == nil {
			err = try(best.X, 200)
		}
	}
	if err != nil {
		return nil, err
	}
	return best.X, nil
}

package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/sim/study"
)

// modelRule is the name of the model's lines on the scoreboard.
const modelRule = scenarios.Model

// givingBoard makes the scoreboard of giving from replicates and counts.
type givingBoard struct {
	r       *givingRuns
	o       *observations
	figures []scenarios.Figure
	rows    []output.GivingScore
}

// measure is what a line is about.
type measure struct {
	part, name, unit string
	year             int  // the last of from-year
	from             int  // first year of a line over a period; 0 = one year
	points           bool // errors are differences in percentage points, not relative
}

// line starts a line.
func (b *givingBoard) line(m measure, rule string) output.GivingScore {
	s := output.GivingScore{Country: string(b.r.plan.Country), Part: m.part, Measure: m.name, When: strconv.Itoa(m.year), Period: b.r.plan.Period(m.year), Rule: rule,
		Unit: m.unit, Scale: b.r.scale, Seeds: int32(len(b.r.free)), From: b.r.from}
	if m.from != 0 {
		s.When = strconv.Itoa(m.from) + "-" + s.When
	}
	return s
}

// miss is the error of a value, per cent of the count or in points, and its unit.
func (m measure) miss(value, counted float64) (float64, string) {
	if m.points {
		return 100 * (value - counted), "points"
	}
	return 100 * (value/counted - 1), "%"
}

// add puts a line on the board; the model's with its goal.
func (b *givingBoard) add(m measure, s output.GivingScore) {
	if goal, ok := scenarios.FindGivingGoal(b.r.plan.Country, m.part, m.name, m.year); ok && s.Rule == modelRule {
		number := func(p *float64) float64 {
			if p == nil {
				return math.NaN()
			}
			return *p
		}
		met := goal.Met(number(s.Value), number(s.Counted), number(s.Error), number(s.Skill))
		s.Goal, s.Met = goal.String(), &met
	}
	b.rows = append(b.rows, s)
}

// sample puts the line of a sample of forecasts on the board: median, bands, error of the median, CRPS.
func (b *givingBoard) sample(m measure, rule string, sample []float64, counted float64) {
	s := b.line(m, rule)
	sample = slices.DeleteFunc(slices.Clone(sample), math.IsNaN)
	median, half, most := study.Quantile(sample, 0.5), study.Central(sample, 0.5), study.Central(sample, 0.9)
	s.Units = 1
	s.Value, s.Counted = output.Significant(median), output.Significant(counted)
	s.Low50, s.High50, s.Low90, s.High90 = output.Significant(half.Low), output.Significant(half.High), output.Significant(most.Low), output.Significant(most.High)
	if len(sample) > 0 && !math.IsNaN(counted) {
		inside := most.Low <= counted && counted <= most.High
		s.Inside, s.CRPS = &inside, output.Significant(study.CRPS(sample, counted))
		e, unit := m.miss(median, counted)
		s.Error, s.ErrorOf = output.Significant(e), unit
	}
	b.add(m, s)
}

// point puts the line of a single forecast on the board; one that says nothing is left out.
func (b *givingBoard) point(m measure, rule string, value, counted float64) {
	if math.IsNaN(value) {
		return
	}
	s := b.line(m, rule)
	s.Units, s.Value, s.Counted = 1, output.Significant(value), output.Significant(counted)
	e, unit := m.miss(value, counted)
	s.Error, s.ErrorOf, s.CRPS = output.Significant(e), unit, output.Significant(math.Abs(value-counted))
	b.add(m, s)
}

// naiveRules are the rules that a forecast of a series must beat, in order.
var naiveRules = [...]string{"persistence", "last growth", "log trend", "Bass"}

// naiveForecasts are what the naive rules say of the years after the last of a series, which is without gaps: rule by rule, ahead years each, NaN = nothing.
func naiveForecasts(past []float64, ahead int) [][]float64 {
	return [][]float64{study.Persistence(past, ahead), study.LastGrowth(past, ahead), study.LogTrend(past, 5, ahead), bassForecast(past, ahead)}
}

// bassForecast fits a diffusion curve to the rising end of a series, as if each year's number were all who have adopted by then.
func bassForecast(past []float64, ahead int) []float64 {
	from := len(past)
	for from > 0 && (from == len(past) || past[from-1] <= past[from]) {
		from--
	}
	out := slices.Repeat([]float64{math.NaN()}, ahead)
	curve, err := study.FitBass(past[from:])
	if err != nil {
		return out
	}
	for k := range out {
		out[k] = curve.At(len(past) - from + 1 + k)
	}
	return out
}

// series are the counts up to a year, without gaps.
func series(counts map[int]float64, last int) (out []float64) {
	for year := last; ; year-- {
		x, ok := counts[year]
		if !ok {
			break
		}
		out = append(out, x)
	}
	slices.Reverse(out)
	return out
}

// periodsOf cuts years in order into runs of one period.
func (b *givingBoard) periodsOf(years []int) (out [][]int) {
	for i, y := range years {
		if i == 0 || b.r.plan.Period(y) != b.r.plan.Period(years[i-1]) {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], y)
	}
	return out
}

// forecasts are what rules say of a series in some years.
type forecasts struct {
	years   []int
	counted []float64
	model   [][]float64 // sample by year
	naive   [][]float64 // by rule and year, NaN = nothing
}

// overall puts lines over a period on the board: error of each rule over the years, over the sum of the counts,
// the model's with its CRPS, in the same unit, and its skill; and coverage.
func (b *givingBoard) overall(m measure, f *forecasts) {
	m.from = f.years[0]
	m.year = f.years[len(f.years)-1]
	medians := make([]float64, len(f.years))
	for i, sample := range f.model {
		medians[i] = study.Quantile(sample, 0.5)
	}
	total := m
	total.name, total.unit, total.points = "error "+m.name, "%", false
	line := func(rule string, values []float64) (output.GivingScore, study.Errors) {
		s := b.line(total, rule)
		e := study.Score(values, f.counted, f.counted)
		s.Units, s.Value = int32(e.Units), output.Significant(100*e.Weighted)
		return s, e
	}
	model, of := line(modelRule, medians)
	crps, sum := 0.0, 0.0
	for i := range f.years {
		crps, sum = crps+study.CRPS(f.model[i], f.counted[i]), sum+f.counted[i]
	}
	model.CRPS = output.Significant(100 * crps / sum)
	var rules []output.GivingScore
	var best *study.Errors
	for k, values := range f.naive {
		s, e := line(naiveRules[k], values)
		if e.Units == 0 {
			continue
		}
		if e.Units < len(f.years) {
			s.Note = fmt.Sprintf("%s says something of %d of the %d years and is not compared with the model.", s.Rule, e.Units, len(f.years))
		}
		rules = append(rules, s)
		if e.Units == len(f.years) && (best == nil || e.Weighted < best.Weighted) {
			best = &e
		}
	}
	if best != nil {
		model.Skill = output.Significant(study.Skill(of, *best))
	}
	b.add(total, model)
	b.rows = append(b.rows, rules...)
	if m.part != scenarios.Nation {
		return
	}
	for _, share := range []float64{0.5, 0.9} {
		cover := m
		cover.name, cover.unit = "coverage."+strconv.Itoa(int(math.Round(100*share)))+" "+m.name, "share of years"
		s := b.line(cover, modelRule)
		s.Units, s.Value = int32(len(f.years)), output.Significant(study.Coverage(f.model, f.counted, share))
		b.add(cover, s)
	}
}

package main

import (
	"maps"
	"math"
	"slices"

	"gohyang/output"
	"gohyang/scenarios"
)

// nation scores every national series that was counted.
func (b *givingBoard) nation() {
	first := []string{amountMetric, recordsMetric, donorsMetric}
	for _, metric := range slices.Sorted(maps.Keys(b.o.nation)) {
		if !slices.Contains(first, metric) {
			first = append(first, metric)
		}
	}
	for _, metric := range first {
		if len(b.o.nation[metric]) == 0 {
			continue
		}
		m := measure{part: scenarios.Nation, name: metric, unit: b.unit(metric)}
		m.points = m.unit == "share"
		b.fromStart(m)
		if !m.points {
			m.part = scenarios.Ahead1
			b.oneYearOn(m)
		}
	}
}

// unit is that of a metric, money by its name.
func (b *givingBoard) unit(metric string) string {
	found, _ := output.FindMetric(metric)
	if found.Unit == "money" {
		return moneyName(string(b.r.plan.Country))
	}
	return found.Unit
}

// moneyName is the name of a country's money.
func moneyName(country string) string {
	if country == "jp" {
		return "yen"
	}
	return "won"
}

// sampled are the model's numbers of a national metric in a year, one a replicate.
func (b *givingBoard) sampled(metric string, year int) []float64 {
	out := make([]float64, len(b.r.free))
	for i, run := range b.r.free {
		out[i] = math.NaN()
		if at := b.r.index(year); at >= 0 && at < len(run.years) {
			if x, ok := run.years[at].Value(metric); ok {
				out[i] = x
			}
		}
	}
	return out
}

// yearsOf are the years of a series that are scored.
func (b *givingBoard) yearsOf(metric string) []int {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(b.o.nation[metric])), func(y int) bool { return y < b.r.plan.First })
}

// origin is the last year that a naive forecast of a year may know: the last of the calibration for the visible years after it, the last visible one for later
// years; 0 for a year of the calibration itself.
func (b *givingBoard) origin(year int) int {
	switch b.r.plan.Period(year) {
	case scenarios.Calibrated:
		return 0
	case scenarios.Validated:
		return b.r.plan.LastCalibrated
	}
	return b.r.plan.LastVisible
}

// fromStart scores a series as the runs forecast it from their start, beside what naive rules said in the last year before the period.
func (b *givingBoard) fromStart(m measure) {
	counts := b.o.nation[m.name]
	for _, years := range b.periodsOf(b.yearsOf(m.name)) {
		f := &forecasts{years: years, naive: make([][]float64, len(naiveRules))}
		for _, y := range years {
			m.year = y
			sample := b.sampled(m.name, y)
			f.counted, f.model = append(f.counted, counts[y]), append(f.model, sample)
			b.sample(m, modelRule, sample, counts[y])
			from := b.origin(y)
			for k := range naiveRules {
				value := math.NaN()
				if past := series(counts, from); from != 0 && len(past) > 0 && !m.points {
					value = naiveForecasts(past, y-from)[k][y-from-1]
				}
				f.naive[k] = append(f.naive[k], value)
				b.point(m, naiveRules[k], value, counts[y])
			}
		}
		b.overall(m, f)
	}
}

// oneYearOn scores a series told the year before: the model's growth of each replicate on the last count, beside naive rules that know as much.
func (b *givingBoard) oneYearOn(m measure) {
	counts := b.o.nation[m.name]
	years := slices.DeleteFunc(b.yearsOf(m.name), func(y int) bool { return !(counts[y-1] > 0) || y == b.r.plan.First })
	for _, years := range b.periodsOf(years) {
		f := &forecasts{years: years, naive: make([][]float64, len(naiveRules))}
		for _, y := range years {
			m.year = y
			sample, before := b.sampled(m.name, y), b.sampled(m.name, y-1)
			for i := range sample {
				sample[i] *= counts[y-1] / before[i]
			}
			f.counted, f.model = append(f.counted, counts[y]), append(f.model, sample)
			b.sample(m, modelRule, sample, counts[y])
			for k, values := range naiveForecasts(series(counts, y-1), 1) {
				f.naive[k] = append(f.naive[k], values[0])
				b.point(m, naiveRules[k], values[0], counts[y])
			}
		}
		b.overall(m, f)
	}
}

package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/scenarios/facts"
)

// share is a series of a hindcast of giving, read off a replicate.
type share func(run *givingRun, y int) float64

// over is the sum of some cells over the sum of all.
func over(all []float64, cells ...int) float64 {
	part, sum := 0.0, 0.0
	for i, x := range all {
		sum += x
		if slices.Contains(cells, i) {
			part += x
		}
	}
	return part / sum
}

// shares are the series of published shares. Amount bands are those of the donors table: exactly 100,000 won is the second, exactly 5,000,000 the seventh.
func shares() map[string]share {
	out := map[string]share{
		"donors.at_100000":  func(r *givingRun, y int) float64 { return over(r.records[y], 1) },
		"donors.to_100000":  func(r *givingRun, y int) float64 { return over(r.records[y], 0, 1) },
		"donors.at_5000000": func(r *givingRun, y int) float64 { return over(r.records[y], 6) },
		"age.under_30":      func(r *givingRun, y int) float64 { return over(r.ages[y], 0) },
		"age.under_40":      func(r *givingRun, y int) float64 { return over(r.ages[y], 0, 1) },
		"age.30s":           func(r *givingRun, y int) float64 { return over(r.ages[y], 1) },
		"age.40s":           func(r *givingRun, y int) float64 { return over(r.ages[y], 2) },
		"age.50s":           func(r *givingRun, y int) float64 { return over(r.ages[y], 3) },
		"age.60_and_over":   func(r *givingRun, y int) float64 { return over(r.ages[y], 4, 5, 6) },
		"to_non_capital":    func(r *givingRun, y int) float64 { return over(flat(r.flows[y]), 1, 3) },
		decemberMetric: func(r *givingRun, y int) float64 {
			x, ok := r.years[y].Value(decemberMetric)
			if !ok {
				return math.NaN()
			}
			return x
		},
		"gifts.share": func(r *givingRun, y int) float64 {
			return float64(r.years[y].Gifts) / float64(r.years[y].ReceivedAmount)
		},
		"amount.per_donor": func(r *givingRun, y int) float64 {
			return float64(r.years[y].ReceivedAmount) / float64(r.years[y].Donors)
		},
		"records.per_donor": func(r *givingRun, y int) float64 {
			return float64(r.years[y].ReceivedRecords) / float64(r.years[y].Donors)
		},
	}
	for i, from := range []string{"capital", "non_capital"} {
		for k, to := range []string{"capital", "non_capital"} {
			out["flow."+from+"_to_"+to] = func(r *givingRun, y int) float64 { return over(flat(r.flows[y]), 2*i+k) }
		}
	}
	return out
}

func flat(f [2][2]float64) []float64 { return []float64{f[0][0], f[0][1], f[1][0], f[1][1]} }

// scoreFigures scores the published figures, and what the shipped tables say of the whole nation beside its series.
func (b *givingBoard) scoreFigures() error {
	known := shares()
	for _, f := range slices.Concat(b.figures, b.nationFigures()) {
		m := measure{part: scenarios.Shares, name: f.Series, unit: f.Unit, year: f.Year, points: strings.HasPrefix(f.Unit, "share")}
		of, ok := known[f.Series]
		if !ok {
			m.part = scenarios.Towns
			of, ok = b.placed(f.Series)
		}
		if !ok {
			return fmt.Errorf("figure %s of %d: no such series", f.Series, f.Year)
		}
		b.sample(m, modelRule, b.sampleOf(of, f.Year), f.Value)
	}
	b.order()
	return nil
}

// sampleOf is a series of the free runs in a year.
func (b *givingBoard) sampleOf(of share, year int) (out []float64) {
	for _, run := range b.r.free {
		out = append(out, of(run, b.r.index(year)))
	}
	return out
}

// nationFigures are gifts as a share of receipts and, where donors are counted, amount and records of a donor.
func (b *givingBoard) nationFigures() (out []scenarios.Figure) {
	money := moneyName(string(b.r.plan.Country))
	for _, n := range b.r.facts.Nation {
		if n.Year < b.r.plan.First {
			continue
		}
		if n.GiftShare > 0 {
			out = append(out, scenarios.Figure{Series: "gifts.share", Year: n.Year, Value: n.GiftShare, Unit: "share of amount"})
		}
		if n.Donors > 0 {
			out = append(out, scenarios.Figure{Series: "amount.per_donor", Year: n.Year, Value: float64(n.Amount) / float64(n.Donors), Unit: money})
			out = append(out, scenarios.Figure{Series: "records.per_donor", Year: n.Year, Value: float64(n.Count) / float64(n.Donors), Unit: "records"})
		}
	}
	slices.SortStableFunc(out, func(x, y scenarios.Figure) int { return strings.Compare(x.Series, y.Series) })
	return out
}

// placed is a series of some places: province.CODE, the receipts of a province and its municipalities, or mean.CLASS, the mean of a class of municipalities.
func (b *givingBoard) placed(series string) (share, bool) {
	kind, what, _ := strings.Cut(series, ".")
	var in []bool
	n := 0
	f := b.r.facts
	for k, list := range [][]facts.Place{f.Towns, f.Provinces} {
		for i := range list {
			p := &list[i]
			mine := p.Recipient && kind == "province" && f.Provinces[p.Province].Code == what
			if kind == "mean" && k == 0 && p.Recipient {
				mine = p.Class == what || what == "depopulation" && p.Depopulation == what || what == "others" && p.Depopulation != "depopulation"
			}
			in = append(in, mine)
			if mine {
				n++
			}
		}
	}
	if n == 0 {
		return nil, false
	}
	return func(r *givingRun, y int) float64 {
		sum := 0.0
		for i, x := range r.received[y] {
			if in[i] {
				sum += x
			}
		}
		if kind == "mean" {
			sum /= float64(n)
		}
		return sum
	}, true
}

// order scores by how many per cent the mean of depopulation areas lies above that of other municipalities.
func (b *givingBoard) order() {
	value := map[string]map[int]float64{"mean.depopulation": {}, "mean.others": {}}
	for _, f := range b.figures {
		if value[f.Series] != nil {
			value[f.Series][f.Year] = f.Value
		}
	}
	area, known := b.placed("mean.depopulation")
	others, also := b.placed("mean.others")
	for _, f := range b.figures {
		other := value["mean.others"][f.Year]
		if f.Series != "mean.depopulation" || !known || !also || other == 0 {
			continue
		}
		above := func(r *givingRun, y int) float64 { return 100 * (area(r, y)/others(r, y) - 1) }
		m := measure{part: scenarios.Towns, name: "mean.depopulation_over_others", unit: "% above", year: f.Year}
		b.difference(m, modelRule, b.sampleOf(above, f.Year), 100*(f.Value/other-1))
	}
}

// experiments scores what a change of law did, against the year before: Japan's gift rule and designation of June 2019.
func (b *givingBoard) experiments() {
	const year = 2019
	barred := b.r.barred[year]
	if b.r.plan.Country != "jp" || len(barred) == 0 || b.r.last < year {
		return
	}
	all := b.recipients()
	excluded := func(i int) bool { return slices.Contains(barred, b.r.codes[i]) }
	for _, x := range []struct {
		name string
		in   func(i int) bool
	}{
		{"nation", func(int) bool { return true }},
		{"excluded towns", excluded},
		{"all others", func(i int) bool { return !excluded(i) }},
	} {
		change := func(before, after []float64) float64 {
			a, c := 0.0, 0.0
			for k, i := range all {
				if x.in(i) {
					a, c = a+before[k], c+after[k]
				}
			}
			return 100 * (c/a - 1)
		}
		before, _ := b.countedBy(year-1, all)
		after, _ := b.countedBy(year, all)
		m := measure{part: scenarios.Experiment, name: "2019 gift rule: " + x.name, unit: "% change", year: year}
		for _, kind := range []struct {
			rule string
			runs []*givingRun
		}{{modelRule, b.r.free}, {"model, told the year before", b.r.told}} {
			var sample []float64
			for _, run := range kind.runs {
				y := b.r.index(year)
				sample = append(sample, change(at(run.received[y-1], all), at(run.received[y], all)))
			}
			b.difference(m, kind.rule, sample, change(before, after))
		}
	}
}

// difference is sample for a measure that is itself a change in per cent: its error is in points.
func (b *givingBoard) difference(m measure, rule string, sample []float64, counted float64) {
	n := len(b.rows)
	b.sample(m, rule, sample, counted)
	s := &b.rows[n]
	if s.Value != nil && s.Error != nil {
		s.Error, s.ErrorOf = output.Significant(*s.Value-*s.Counted), "points"
	}
}

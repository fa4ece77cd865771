package main

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/sim/study"
)

// recipients are the positions of the places that may receive, in the order of received.
func (b *givingBoard) recipients() (out []int) {
	may := map[string]bool{}
	for i := range b.r.facts.Towns {
		may[b.r.facts.Towns[i].Code] = b.r.facts.Towns[i].Recipient
	}
	for i := range b.r.facts.Provinces {
		may[b.r.facts.Provinces[i].Code] = b.r.facts.Provinces[i].Recipient
	}
	for i, code := range b.r.codes {
		if may[code] {
			out = append(out, i)
		}
	}
	return out
}

// townYears are the years whose receipts by place are scored.
func (b *givingBoard) townYears() []int {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(b.o.towns[amountMetric])), func(y int) bool { return y < b.r.plan.First })
}

// countedBy are the receipts counted in a year by place, at positions, and whether there are any of nearly all.
func (b *givingBoard) countedBy(year int, places []int) ([]float64, bool) {
	by := b.o.towns[amountMetric][year]
	out, n := make([]float64, len(places)), 0
	for k, i := range places {
		x, ok := by[b.r.codes[i]]
		if out[k] = x; ok {
			n++
		}
	}
	return out, 10*n >= 9*len(places)
}

// at are a replicate's numbers at positions.
func at(all []float64, places []int) []float64 {
	out := make([]float64, len(places))
	for k, i := range places {
		out[k] = all[i]
	}
	return out
}

// tail is how many places the Hill exponent is read off: the hundred largest of Japan's, the largest tenth of Korea's.
func (b *givingBoard) tail(places int) int {
	if places > 1000 {
		return 100
	}
	return places / 10
}

// concentration scores how receipts are spread over all recipients, in each replicate and in the counts.
func (b *givingBoard) concentration() {
	places := b.recipients()
	k := b.tail(len(places))
	for _, x := range []struct {
		name, unit string
		of         func(amounts, before []float64) float64
	}{
		{"donations.gini", "index", func(a, _ []float64) float64 { return study.Gini(a) }},
		{"donations.top20.share", "share", func(a, _ []float64) float64 { return study.TopShare(a, 20) }},
		{"donations.top100.share", "share", func(a, _ []float64) float64 { return study.TopShare(a, 100) }},
		{"hill.exponent", "exponent", func(a, _ []float64) float64 { return study.Hill(a, k) }},
		{"rank.next_year", "rank correlation", func(a, before []float64) float64 {
			if before == nil {
				return math.NaN()
			}
			return study.Spearman(before, a)
		}},
	} {
		for _, year := range b.townYears() {
			b.spread(measure{part: scenarios.Concentration, name: x.name, unit: x.unit, year: year}, places, x.of)
		}
	}
}

// spread scores one measure of concentration in a year.
func (b *givingBoard) spread(m measure, places []int, of func(amounts, before []float64) float64) {
	counted, whole := b.countedBy(m.year, places)
	before, also := b.countedBy(m.year-1, places)
	if !whole {
		return
	}
	if !also {
		before = nil
	}
	want := of(counted, before)
	if math.IsNaN(want) {
		return
	}
	var sample []float64
	for _, run := range b.r.free {
		y := b.r.index(m.year)
		var last []float64
		if y > 0 {
			last = at(run.received[y-1], places)
		}
		sample = append(sample, of(at(run.received[y], places), last))
	}
	n := len(b.rows)
	b.sample(m, modelRule, sample, want)
	b.rows[n].Units = int32(len(places))
	b.rows[n].Note = b.startNote(m.year)
	if own := len(b.scored(m.year)); own < len(places) {
		b.rows[n].Note += fmt.Sprintf("%d of %d places published their receipts of %d; the others' are derived from totals and more alike than they were. ",
			own, len(places), m.year)
	}
}

// startNote says of the year whose receipts the runs start from that it is no forecast of places.
func (b *givingBoard) startNote(year int) string {
	if year != b.r.plan.First {
		return ""
	}
	return fmt.Sprintf("The runs start from the shares of %d: of places it is no forecast. ", year)
}

// scored are the places whose own count of a year, and of the years before that a rule needs, is known: in Korea those that published it; receipts that were
// derived from totals are no test of anything.
func (b *givingBoard) scored(years ...int) (out []int) {
	for _, i := range b.recipients() {
		all := true
		for _, y := range years {
			all = all && b.o.direct[y][b.r.codes[i]]
		}
		if all {
			out = append(out, i)
		}
	}
	return out
}

// wape is the sum of absolute errors over the sum of counts; places that received nothing count too.
func wape(forecast, counted []float64) float64 {
	miss, sum := 0.0, 0.0
	for i, f := range forecast {
		miss, sum = miss+math.Abs(f-counted[i]), sum+counted[i]
	}
	if math.IsNaN(miss) || sum == 0 {
		return math.NaN()
	}
	return miss / sum
}

// scaled brings a forecast to the sum of the counts: all rules that are so scaled know the nation's total, none knows more.
func scaled(forecast, counted []float64) []float64 {
	want, have := 0.0, 0.0
	for i, f := range forecast {
		want, have = want+counted[i], have+f
	}
	out := make([]float64, len(forecast))
	for i, f := range forecast {
		out[i] = f * (want / have)
	}
	return out
}

// mean is the mean over replicates of what places received.
func (b *givingBoard) mean(runs []*givingRun, year int, places []int) []float64 {
	out := make([]float64, len(places))
	for _, run := range runs {
		for k, x := range at(run.received[b.r.index(year)], places) {
			out[k] += x / float64(len(runs))
		}
	}
	return out
}

// ruled is a forecast of places by a rule.
type ruled struct {
	name   string
	values []float64
}

// byPlace scores rules over places: the model first, the rules that it must beat after own.
func (b *givingBoard) byPlace(m measure, counted []float64, own int, rules ...ruled) {
	best := math.NaN()
	for _, r := range rules[own:] {
		if e := wape(r.values, counted); !math.IsNaN(e) && !(e >= best) {
			best = e
		}
	}
	for _, kind := range []string{"wape", "medape", "spearman"} {
		m.name, m.unit = kind, "%"
		if kind == "spearman" {
			m.unit = "rank correlation"
		}
		for _, r := range rules {
			s := b.line(m, r.name)
			e := study.Score(r.values, counted, counted)
			s.Units = int32(len(counted))
			switch kind {
			case "wape":
				w := wape(r.values, counted)
				if s.Value = output.Significant(100 * w); r.name == modelRule && best > 0 {
					s.Skill = output.Significant(1 - w/best)
				}
			case "medape":
				s.Units, s.Value = int32(e.Units), output.Significant(100*e.Median)
			default:
				s.Value = output.Significant(study.Spearman(r.values, counted))
			}
			if s.Value != nil {
				b.add(m, s)
			}
		}
	}
}

// towns scores receipts place by place, forecast from the start of the runs.
func (b *givingBoard) towns() {
	for _, year := range b.townYears() {
		places := b.scored(year)
		if len(places) < 2 {
			continue
		}
		counted, _ := b.countedBy(year, places)
		free := b.mean(b.r.free, year, places)
		rules := []ruled{{modelRule, scaled(free, counted)}, {"model, own level", free}}
		if from := b.origin(year); from != 0 {
			if last, whole := b.countedBy(from, places); whole {
				rules = append(rules, ruled{"last count", scaled(last, counted)})
			}
		}
		n := len(b.rows)
		b.byPlace(measure{part: scenarios.Towns, year: year}, counted, 2, rules...)
		b.rows[n].Note = b.startNote(year)
	}
}

// townsAhead scores receipts place by place, told the year before, beside naive rules that know as much.
func (b *givingBoard) townsAhead() {
	for _, year := range b.townYears() {
		if year == b.r.plan.First {
			continue
		}
		places := b.scored(year, year-1)
		before, whole := b.countedBy(year-1, places)
		if len(places) < 2 || !whole {
			continue
		}
		counted, _ := b.countedBy(year, places)
		told := b.mean(b.r.told, year, places)
		last := scaled(before, counted)
		rules := []ruled{{modelRule, scaled(told, counted)}, {"model, own level", told}, {"last year", last}, {"last year, unscaled", before}}
		if earlier, also := b.countedBy(year-2, places); also && b.o.direct[year-2] != nil {
			growth := make([]float64, len(places))
			both := make([]float64, len(places))
			for i, x := range before {
				if growth[i] = x; earlier[i] > 0 {
					growth[i] = x * x / earlier[i]
				}
			}
			growth = scaled(growth, counted)
			for i := range both {
				both[i] = (last[i] + growth[i]) / 2
			}
			rules = append(rules, ruled{"last growth", growth}, ruled{"mean of both", both})
		}
		m := measure{part: scenarios.Towns1, year: year}
		b.byPlace(m, counted, 2, rules...)
		b.left(m, places, counted)
	}
}

// left says what places that the law barred in a year received all the same, of the receipts of those scored: nobody in the model gives to them.
func (b *givingBoard) left(m measure, places []int, counted []float64) {
	barred, sum := 0.0, 0.0
	for k, i := range places {
		sum += counted[k]
		if slices.Contains(b.r.barred[m.year], b.r.codes[i]) {
			barred += counted[k]
		}
	}
	if barred == 0 {
		return
	}
	m.name, m.unit = "received by barred places", "%"
	s := b.line(m, "counted")
	s.Units, s.Counted = int32(len(b.r.barred[m.year])), output.Significant(100*barred/sum)
	s.Note = "before the bar within the year; the model has the law by whole years, so this much of the error remains"
	b.rows = append(b.rows, s)
}

// otherTowns scores measures of places that only a file of observations has, against the mean of the free runs and the last year before that the file has.
func (b *givingBoard) otherTowns() {
	for _, metric := range slices.Sorted(maps.Keys(b.o.towns)) {
		if metric == amountMetric {
			continue
		}
		for _, year := range slices.Sorted(maps.Keys(b.o.towns[metric])) {
			by := b.o.towns[metric][year]
			var counted, model, last []float64
			for i, code := range b.r.codes {
				x, ok := by[code]
				if !ok {
					continue
				}
				sum := 0.0
				for _, run := range b.r.free {
					sum += run.extra[metric][b.r.index(year)][i] / float64(len(b.r.free))
				}
				before, ok := b.o.towns[metric][year-1][code]
				if !ok {
					before = math.NaN()
				}
				counted, model, last = append(counted, x), append(model, sum), append(last, before)
			}
			n := len(b.rows)
			b.byPlace(measure{part: scenarios.Towns, year: year}, counted, 1, ruled{modelRule, model}, ruled{"last year", last})
			for k := n; k < len(b.rows); k++ {
				b.rows[k].Measure = metric + " " + b.rows[k].Measure
			}
		}
	}
}

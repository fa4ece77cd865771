package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/sim/study"
)

// report is the calibration in plain words.
func (t *trials) report(o *study.Outcome, date string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n", t.c.Title, strings.Join(t.provenance(o, date), "\n"))
	b.WriteString("What the waves left\n" + t.wavesTable(o).String())
	for w, m := range o.Matches {
		if m.Relaxed > 0 {
			fmt.Fprintf(&b, "Wave %d: under the planned rule nothing was left: no point meets all targets; the rule was relaxed by %d.\n", w+1, m.Relaxed)
		}
	}
	b.WriteString("\nParameters: prior, what is left of it, 90% of the posterior sample with its median, chosen value\n" + t.parametersTable(o).String())
	fmt.Fprintf(&b, "Posterior sample: %d runs count, as many as %.0f of equal weight", len(o.Posterior.Runs), o.Posterior.Effective)
	if o.Posterior.Widening > 1 {
		fmt.Fprintf(&b, "; for that all deviations were widened %.2f times: the sample is wider than the targets ask for", o.Posterior.Widening)
	}
	b.WriteString(".\n\n" + t.pairs(o))
	chosen, misses := t.chosenValues(o), 0
	b.WriteString("\nTargets: mean of the runs at the chosen point, and 90% of the posterior sample as it was run\n" + t.targetsTable(o).String())
	for k := range t.c.Targets {
		if x := &t.c.Targets[k]; !x.Check && math.Abs(missOf(x, chosen[k])) > study.Cut {
			misses++
		}
	}
	b.WriteString("\nWhat is not known, layer by layer: standard deviation of one run by chance (replicates at the chosen point), of the mean by the parameters (posterior\n" +
		"sample, the chance of its means taken off), and of the model around the truth as the plan puts it\n" + t.layersTable(o).String())
	fmt.Fprintf(&b, "%d of %d fitted targets are missed by more than %.0f standard deviations at the chosen point.\n", misses, len(t.fitted(chosen)), study.Cut)
	return b.String()
}

// provenance says what a result comes from.
func (t *trials) provenance(o *study.Outcome, date string) []string {
	id := t.identity()
	lines := []string{
		fmt.Sprintf("gohyang calibrate %s, seed %d, program %s %s", t.c.Country, t.c.Seed, id.Version, cmp.Or(id.Commit, "of unknown revision")),
		"calibration " + t.c.Digest, "facts " + t.facts, "scenario " + id.Scenario + " (" + t.c.Scenario + ", law and all parameters before the fit)",
		fmt.Sprintf("chosen: the nearest of %d points, run %d times each", len(o.Final.Points), t.c.FinalSeeds),
	}
	if date != "" {
		lines = append(lines, "date "+date)
	}
	return lines
}

// short is a number in four significant digits.
func short(v float64) string {
	if math.IsNaN(v) {
		return "-"
	}
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', study.Digits, 64), 64)
	if err != nil || math.Abs(r) >= 1e5 {
		return plain(v)
	}
	return strconv.FormatFloat(r, 'f', -1, 64)
}

func (t *trials) wavesTable(o *study.Outcome) *output.Table {
	table := output.NewTable(output.Left("wave"), output.Right("points"), output.Left("a point is ruled out by its"), output.Right("% of the space left"),
		output.Right("emulators not trusted"), output.Left("hardest targets at the best point: deviations"))
	for w, m := range o.Matches {
		var order []int
		bad := 0
		for k, v := range m.Nearest {
			if math.IsNaN(m.Explained[k]) {
				bad++
			}
			if !math.IsNaN(v) {
				order = append(order, k)
			}
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(m.Nearest[b], m.Nearest[a]) })
		var worst []string
		for _, k := range order[:min(3, len(order))] {
			worst = append(worst, fmt.Sprintf("%s %.1f", t.targets()[k].Name, m.Nearest[k]))
		}
		rule := map[int]string{1: "worst target", 2: "second worst target", 3: "third worst target"}[m.Rank]
		table.Add(strconv.Itoa(w+1), strconv.Itoa(len(m.Stage.Points)), cmp.Or(rule, fmt.Sprintf("%dth worst target", m.Rank)), short(100*m.Left.Share), strconv.Itoa(bad),
			strings.Join(worst, ", "))
	}
	return table
}

// targets are those that are fitted.
func (t *trials) targets() (out []*scenarios.Target) {
	for k := range t.c.Targets {
		if !t.c.Targets[k].Check {
			out = append(out, &t.c.Targets[k])
		}
	}
	return out
}

func (t *trials) parametersTable(o *study.Outcome) *output.Table {
	table := output.NewTable(output.Left("parameter"), output.Right("from"), output.Right("to"), output.Right("left from"), output.Right("to"),
		output.Right("width left"), output.Right("5%"), output.Right("median"), output.Right("95%"), output.Right("chosen"))
	ranges := o.Matches[len(o.Matches)-1].Left.Ranges
	for j, p := range t.c.Parameters {
		q := func(share float64) string { return short(o.Posterior.Quantile(j, share)) }
		table.Add(p.Key, short(p.Low), short(p.High), short(ranges[j].Low), short(ranges[j].High), output.Decimal(ranges[j].Ratio, 2), q(0.05), q(0.5), q(0.95),
			short(o.Final.Points[o.Chosen][j]))
	}
	return table
}

// pairs says which parameters the data cannot tell apart, or hardly.
func (t *trials) pairs(o *study.Outcome) string {
	left := o.Matches[len(o.Matches)-1].Left
	var b strings.Builder
	for _, p := range left.Pairs {
		fmt.Fprintf(&b, "The data cannot tell %s from %s: correlation %.2f in what is left.\n", p.A, p.B, p.Correlation)
	}
	if len(left.Pairs) == 0 {
		fmt.Fprintf(&b, "No two parameters are correlated by more than %.1f in what is left.\n", study.Alike)
	}
	var free []string
	for _, r := range left.Ranges {
		if r.Ratio > 0.8 {
			free = append(free, r.Name)
		}
	}
	if len(free) > 0 {
		fmt.Fprintf(&b, "The data say next to nothing about %s: more than 80%% of the prior's width is left.\n", strings.Join(free, ", "))
	}
	return b.String()
}

// missOf is how far a value lies from its target, in standard deviations.
func missOf(x *scenarios.Target, v float64) float64 {
	return (onScale(x, v) - onScale(x, x.Value)) / math.Hypot(x.Observation, x.Discrepancy)
}

// chosenValues are the targets' values at the chosen point.
func (t *trials) chosenValues(o *study.Outcome) []float64 { return t.valuesOf(study.Last, o.Chosen) }

func (t *trials) targetsTable(o *study.Outcome) *output.Table {
	table := output.NewTable(output.Left("target"), output.Right("observed"), output.Right("model"), output.Right("off"), output.Right("deviations"),
		output.Right("5%"), output.Right("95%"), output.Left(""))
	for k, v := range t.chosenValues(o) {
		x := &t.c.Targets[k]
		off := fmt.Sprintf("%+.1f %%", 100*(v/x.Value-1))
		if x.Scale == "linear" {
			off = strings.TrimSuffix(fmt.Sprintf("%+.4f", v-x.Value), "0")
		}
		low, high := t.spread(o, k)
		note := ""
		switch {
		case x.Check:
			note = "not fitted"
		case math.Abs(missOf(x, v)) > study.Cut:
			note = "missed"
		}
		table.Add(x.Name, plain(x.Value), plain(v), off, output.Decimal(missOf(x, v), 1), plain(low), plain(high), note)
	}
	return table
}

// spread is where the central 90% of the posterior sample has a target, as it was run.
func (t *trials) spread(o *study.Outcome, k int) (low, high float64) {
	order := make([]int, len(o.Posterior.Runs))
	value := func(n int) float64 { return t.valuesOf(study.Sampled, o.Posterior.Runs[n])[k] }
	for n := range order {
		order[n] = n
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(value(a), value(b)) })
	sum, low := 0.0, math.NaN()
	for _, n := range order {
		if sum += o.Posterior.Weights[n]; math.IsNaN(low) && sum >= 0.05 {
			low = value(n)
		}
		if sum >= 0.95 {
			return low, value(n)
		}
	}
	return low, value(order[len(order)-1])
}

// layersTable prints the three layers of uncertainty apart, targets on a log scale in per cent of what was counted.
func (t *trials) layersTable(o *study.Outcome) *output.Table {
	table := output.NewTable(output.Left("target"), output.Right("chance"), output.Right("parameters"), output.Right("structure"))
	for k := range t.c.Targets {
		x := &t.c.Targets[k]
		show := func(v float64) string { return short(v) }
		if x.Scale == "log" {
			show = func(v float64) string { return output.Decimal(100*v, 1) + " %" }
		}
		one := 1.0
		if x.Scale == "log" {
			one = x.Value
		}
		chance := t.triedAt(study.Last, o.Chosen).sd[k]
		table.Add(x.Name, show(chance/one), show(t.parametric(o, k)/one), show(x.Discrepancy))
	}
	return table
}

// parametric is the standard deviation of a target's mean over the posterior sample, without the chance that is left in the means of a few replicates.
func (t *trials) parametric(o *study.Outcome, k int) float64 {
	sum, mean, square := 0.0, 0.0, 0.0
	for n, i := range o.Posterior.Runs {
		w, v := o.Posterior.Weights[n], t.valuesOf(study.Sampled, i)[k]
		sum, mean, square = sum+w, mean+w*v, square+w*v*v
	}
	mean /= sum
	chance := t.triedAt(study.Last, o.Chosen).sd[k]
	return math.Sqrt(max(square/sum-mean*mean-chance*chance/float64(t.c.Seeds), 0))
}

// waves is wavesFile: what every wave has learnt, one fact a line.
func (t *trials) waves(o *study.Outcome) string {
	var b strings.Builder
	add := func(cells ...string) { b.WriteString(line(cells) + "\n") }
	g := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	add("wave", "kind", "name", "other", "low", "high", "value")
	for w, m := range o.Matches {
		n := strconv.Itoa(w + 1)
		add(n, "rank", "target that rules out", "", "", "", strconv.Itoa(m.Rank))
		add(n, "share left", "of the space", "", "", "", g(m.Left.Share))
		for k, x := range t.targets() {
			add(n, "explained by the emulator", x.Name, "", "", "", g(m.Explained[k]))
			add(n, "implausibility at the best point", x.Name, "", "", "", g(m.Nearest[k]))
		}
		for j, r := range m.Left.Ranges {
			add(n, "best point", r.Name, "", "", "", g(m.Left.Nearest[j]))
			add(n, "range left", r.Name, "", g(r.Low), g(r.High), g(r.Ratio))
		}
		for _, p := range m.Left.Pairs {
			add(n, "pair not told apart", p.A, p.B, "", "", g(p.Correlation))
		}
	}
	return b.String()
}

// posterior is posteriorFile: the weighted sample.
func (t *trials) posterior(o *study.Outcome) string {
	var b strings.Builder
	cells := []string{"run", "weight"}
	for _, p := range t.c.Parameters {
		cells = append(cells, p.Key)
	}
	b.WriteString(line(cells) + "\n")
	for n, i := range o.Posterior.Runs {
		cells = []string{strconv.Itoa(i), strconv.FormatFloat(o.Posterior.Weights[n], 'g', 8, 64)}
		for _, v := range o.Posterior.Points[n] {
			cells = append(cells, strconv.FormatFloat(v, 'g', 8, 64))
		}
		b.WriteString(line(cells) + "\n")
	}
	return b.String()
}

// chosen is chosenFile: a scenario with the chosen values.
func (t *trials) chosen(o *study.Outcome, date string) string {
	var b strings.Builder
	for _, l := range t.provenance(o, date) {
		b.WriteString("# " + l + "\n")
	}
	fmt.Fprintf(&b, "title   = %q\nextends = %q\n", t.c.Title+": the chosen point", t.c.Scenario)
	table := ""
	for j, p := range t.c.Parameters {
		head, key, _ := strings.Cut(p.Key, ".")
		if head != table {
			fmt.Fprintf(&b, "\n[%s]\n", head)
			table = head
		}
		fmt.Fprintf(&b, "%s = %s\n", key, asSetting(o.Final.Points[o.Chosen][j]))
	}
	return b.String()
}

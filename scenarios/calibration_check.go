package scenarios

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"gohyang/scenarios/facts"
	"gohyang/sim/giving"
	"gohyang/sim/law"
)

// calibrationReader is one call of ReadCalibration.
type calibrationReader struct {
	decoder
	root                *node
	parameters, targets []*node
	c                   Calibration
}

// decode fills the calibration from the file. What is wrong with one parameter or target leaves the others.
func (r *calibrationReader) decode() {
	top := map[string]*node{}
	for k, x := range r.root.table() {
		if k != "parameter" && k != "target" {
			top[k] = x
		}
	}
	r.table(&node{at: r.root.at, val: top}, reflect.ValueOf(&r.c).Elem(), "")
	r.top = nil
	r.needs(r.root, "", "title", "country", "scenario", "years", "scale", "seed", "seeds", "waves", "points", "candidates", "sample", "effective", "finalists",
		"final_seeds", "parameter", "target")
	list := func(key string) (nodes []*node) {
		if n := r.root.get(key); n != nil {
			r.nodes(n, reflect.ValueOf(&nodes).Elem(), key)
		}
		return nodes
	}
	r.parameters, r.targets = list("parameter"), list("target")
	r.c.Parameters, r.c.Targets = make([]Varied, len(r.parameters)), make([]Target, len(r.targets))
	for i, n := range r.parameters {
		r.table(n, reflect.ValueOf(&r.c.Parameters[i]).Elem(), "parameter")
	}
	for i, n := range r.targets {
		r.table(n, reflect.ValueOf(&r.c.Targets[i]).Elem(), "target")
	}
}

// needs reports keys that a table must have.
func (r *calibrationReader) needs(n *node, prefix string, keys ...string) {
	want := map[string]string{"parameter": "at least one [[parameter]]", "target": "at least one [[target]]", "source": "where the number comes from"}
	for _, k := range keys {
		if x := n.get(k); x != nil && x.val != "" {
			continue
		}
		w, special := want[k]
		if !special {
			w = "a value"
		}
		r.add(Fault{At: n.at, Key: dotted(prefix, k), Got: "nothing", Want: w})
	}
}

// check holds parameters and targets against what there is.
func (r *calibrationReader) check(known priors, f *facts.Country, metrics []string) {
	if r.c.Years[0] > r.c.Years[1] {
		got := fmt.Sprintf("%d to %d", r.c.Years[0], r.c.Years[1])
		r.add(Fault{At: r.root.key("years"), Key: "years", Got: got, Want: "the first and the last year"})
	}
	if most := max(r.c.Points, r.c.Sample); r.c.Candidates > 0 && r.c.Candidates < most {
		r.add(Fault{At: r.root.key("candidates"), Key: "candidates", Got: fmt.Sprint(r.c.Candidates), Want: fmt.Sprintf("at least %d, as many as points and sample", most)})
	}
	if r.c.Sample > 0 && float64(r.c.Sample) < r.c.Effective {
		r.add(Fault{At: r.root.key("effective"), Key: "effective", Got: show(r.c.Effective), Want: fmt.Sprintf("at most %d, the sample", r.c.Sample)})
	}
	if least := len(r.c.Parameters) + 4; r.c.Points > 0 && r.c.Points < least {
		r.add(Fault{At: r.root.key("points"), Key: "points", Got: fmt.Sprint(r.c.Points), Want: fmt.Sprintf("at least %d, four more than parameters", least)})
	}
	seen := map[string]bool{}
	for i := range r.c.Parameters {
		p := &r.c.Parameters[i]
		r.parameter(r.parameters[i], p, known)
		if seen[p.Key] && p.Key != "" {
			r.add(Fault{At: p.Where, Key: "parameter.key", Got: fmt.Sprintf("%q again", p.Key), Want: "each parameter once"})
		}
		seen[p.Key] = true
	}
	seen = map[string]bool{}
	fitted := 0
	for i := range r.c.Targets {
		t := &r.c.Targets[i]
		r.target(r.targets[i], t, f, metrics)
		if !t.Check {
			fitted++
		}
		if seen[t.Name] && t.Name != "" {
			r.add(Fault{At: t.Where, Key: "target", Got: fmt.Sprintf("%q again", t.Name), Want: "each target once", Hint: "two of one cut need names of their own"})
		}
		seen[t.Name] = true
	}
	if fitted == 0 && len(r.targets) > 0 {
		r.add(Fault{At: r.root.key("target"), Key: "target", Got: "only checks", Want: "at least one target that is fitted"})
	}
}

// parameter checks one [[parameter]].
func (r *calibrationReader) parameter(n *node, p *Varied, known priors) {
	r.needs(n, "parameter", "key", "low", "high", "scale", "source")
	var numbers []string
	for _, f := range settingsFields() {
		if f.typ.Kind() == reflect.Float64 {
			numbers = append(numbers, f.key)
		}
	}
	if p.Key == "" || n.get("low") == nil || n.get("high") == nil {
		return
	}
	if !slices.Contains(numbers, p.Key) {
		hint := didYouMean(p.Key, numbers)
		r.add(Fault{At: n.key("key"), Key: "parameter.key", Got: show(p.Key), Want: "the dotted key of a behaviour parameter that is a number", Hint: hint})
		return
	}
	prior := known[p.Key]
	switch {
	case !(p.Low < p.High):
		r.add(Fault{At: n.key("low"), Key: "parameter.low", Got: fmt.Sprintf("%s to %s", show(p.Low), show(p.High)), Want: "low below high"})
	case p.Scale == "log" && p.Low <= 0:
		r.add(Fault{At: n.key("low"), Key: "parameter.low", Got: show(p.Low), Want: "a number above 0 on a log scale"})
	case p.Low < prior.Range[0] || p.High > prior.Range[1]:
		r.add(Fault{At: n.key("low"), Key: "parameter.low", Got: fmt.Sprintf("%s to %s for %s", show(p.Low), show(p.High), p.Key),
			Want: fmt.Sprintf("inside %s to %s, its plausible range", show(prior.Range[0]), show(prior.Range[1])), Hint: "the range stands in " + prior.Where.File})
	}
}

// target checks one [[target]] and resolves its selection.
func (r *calibrationReader) target(n *node, t *Target, f *facts.Country, metrics []string) {
	r.needs(n, "target", "metric", "year", "value", "observation", "discrepancy", "scale", "source")
	if t.Metric != "" && metrics != nil && !slices.Contains(metrics, t.Metric) {
		want := ofGroup(t.Metric, metrics, "a metric of the results")
		r.add(Fault{At: n.key("metric"), Key: "target.metric", Got: show(t.Metric), Want: want, Hint: didYouMean(t.Metric, metrics)})
	}
	if t.Year != 0 && r.c.Years[1] != 0 && (t.Year < r.c.Years[0] || t.Year > r.c.Years[1]) {
		r.add(Fault{At: n.key("year"), Key: "target.year", Got: fmt.Sprint(t.Year), Want: fmt.Sprintf("a year of the run, %d to %d", r.c.Years[0], r.c.Years[1])})
	}
	if t.Scale == "log" && val(n.get("value")) != nil && t.Value <= 0 {
		r.add(Fault{At: n.key("value"), Key: "target.value", Got: show(t.Value), Want: "a number above 0 on a log scale"})
	}
	if zero(n.get("observation")) && zero(n.get("discrepancy")) {
		r.add(Fault{At: n.key("observation"), Key: "target.observation", Got: "no deviation at all", Want: "observation or discrepancy above 0: nothing meets a number exactly"})
	}
	r.selection(n, t, f)
	if !slices.ContainsFunc([][]int64{t.Ages, t.Amounts}, func(x []int64) bool { return x != nil && len(x) != 2 }) {
		t.Name = t.label()
	}
}

// zero tells whether a number is there and is 0.
func zero(n *node) bool { return val(n) == 0.0 || val(n) == int64(0) }

// selection checks and resolves which places or bands a target is about.
func (r *calibrationReader) selection(n *node, t *Target, f *facts.Country) {
	var used []string
	for _, k := range []string{"provinces", "outside", "class", "declining", "ages", "amounts"} {
		if n.get(k) != nil {
			used = append(used, k)
		}
	}
	bands := t.Ages != nil || t.Amounts != nil
	if len(used) > 1 && !(len(used) == 2 && t.Ages != nil && t.Amounts != nil) {
		r.add(Fault{At: n.at, Key: "target", Got: strings.Join(used, " and "), Want: "one of provinces, outside, class and declining, or ages, amounts or both"})
		return
	}
	if n.get("as") != nil && t.As != "total" && len(used) == 0 || bands && t.As == "mean" {
		r.add(Fault{At: n.key("as"), Key: "target.as", Got: show(t.As), Want: "share with places or bands, mean with places"})
	}
	switch {
	case bands:
		r.bands(n, t, f)
	case len(used) == 1:
		r.codes(n, append(slices.Clone(t.Provinces), t.Outside...), used[0], f)
		if t.Places = t.selected(f); len(t.Places) == 0 && len(r.faults) == 0 {
			r.add(Fault{At: n.key(used[0]), Key: "target." + used[0], Got: "no place", Want: "a selection that some recipient of the country is in"})
		}
	}
}

// codes checks that provinces exist.
func (r *calibrationReader) codes(n *node, codes []string, key string, f *facts.Country) {
	var known []string
	for _, p := range f.Provinces {
		known = append(known, p.Code)
	}
	for _, code := range codes {
		if !slices.Contains(known, code) {
			r.add(Fault{At: n.key(key), Key: "target." + key, Got: show(code), Want: "one of " + strings.Join(known, ", ")})
		}
	}
}

// bands turns ages and amounts into bands of the donors table, whose edges they must meet.
func (r *calibrationReader) bands(n *node, t *Target, f *facts.Country) {
	if !slices.Contains([]string{"donors", "donations.given.amount", "relief"}, t.Metric) {
		r.add(Fault{At: n.key("metric"), Key: "target.metric", Got: show(t.Metric), Want: "donors, donations.given.amount or relief, which are known by age and amount"})
	}
	uppers := []int64{29, 39, 49, 59, 69, 79, 120}
	t.AgeBands = r.between(n, "ages", t.Ages, append([]int64{giving.Adult}, next(uppers[:6])...), uppers)
	edges := bands(law.Country(f.Code)).Amount
	t.MoneyBands = r.between(n, "amounts", t.Amounts, append([]int64{0}, next(edges[:])...), append(slices.Clone(edges[:]), math.MaxInt64))
}

// next are the numbers after upper edges.
func next(edges []int64) []int64 {
	out := make([]int64, len(edges))
	for i, e := range edges {
		out[i] = e + 1
	}
	return out
}

// between are the bands from the one that starts with the first end to the one that closes with the second.
func (r *calibrationReader) between(n *node, key string, ends, starts, closes []int64) (out []int) {
	if ends == nil {
		return nil
	}
	if len(ends) != 2 {
		r.add(Fault{At: n.key(key), Key: "target." + key, Got: fmt.Sprintf("an array of %d", len(ends)), Want: "the first and the last"})
		return nil
	}
	from, to := slices.Index(starts, ends[0]), slices.Index(closes, ends[1])
	if from < 0 || to < from {
		r.add(Fault{At: n.key(key), Key: "target." + key, Got: fmt.Sprintf("%d to %d", ends[0], ends[1]),
			Want: fmt.Sprintf("a start of %s and an end of %s", listed(starts), listed(closes))})
		return nil
	}
	for b := from; b <= to; b++ {
		out = append(out, b)
	}
	return out
}

// listed writes numbers after one another; the open end is called open.
func listed(n []int64) string {
	words := make([]string, len(n))
	for i, x := range n {
		words[i] = fmt.Sprint(x)
		if x == math.MaxInt64 {
			words[i] = "more"
		}
	}
	return strings.Join(words, ", ")
}

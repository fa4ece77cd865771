package scenarios

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gohyang/scenarios/facts"
)

// check holds the decoded parts against the facts, the law and the metrics, and fills the scenario. Its error is a failure to read shipped data, not a
// fault of the scenario.
func (l *loader) check(s *Scenario, root *node, overlays []overlay, events []event, expects []expect) error {
	c, err := l.facts(s, root)
	if err != nil {
		return err
	}
	s.facts, s.since = c, c.BaseYear
	s.sources = c.Sources
	years := root.get("run", "years")
	if !l.years(s, years, c) {
		s.Run.Years = [2]int{c.BaseYear, c.FirstYear + len(c.Death) - 1} // a span for the other checks; the fault ends the load
		years = nil
	}
	w := window{loader: l, s: s, cut: fromCommandLine(years), known: years != nil}
	for _, o := range overlays {
		if w.overlaps(o.node, "policy.from", o.From, "policy.to", o.To) {
			s.Policies = append(s.Policies, o.Overlay)
		}
	}
	g := newGazetteer(c)
	for _, e := range events {
		if e.Place != "" {
			e.Place = l.place("event.place", e.Place, e.node.key("place"), g, e.Kind == "project" || e.Kind == "gift")
		}
		if w.overlaps(e.node, "event.year", e.Year, "event.year", e.Year) {
			s.Events = append(s.Events, e.Event)
		}
	}
	for _, e := range expects {
		if e.Place != "" {
			e.Place = l.place("expect.place", e.Place, e.node.key("place"), g, false)
		}
		if e.Metric != "" && !slices.Contains(l.opt.Metrics, e.Metric) {
			l.add(Fault{At: e.node.key("metric"), Key: "expect.metric", Got: strconv.Quote(e.Metric), Want: ofGroup(e.Metric, l.opt.Metrics, "the name of a metric"),
				Hint: didYouMean(e.Metric, l.opt.Metrics)})
		}
		if w.overlaps(e.node, "expect.year", e.Year, "expect.year", e.Year) {
			s.Expect = append(s.Expect, e.Expect)
		}
	}
	if err := l.align(s, root); err != nil {
		return err
	}
	return l.laws(s, overlays)
}

// facts are those of the scenario's country and start. A start that is not there is reported, and the standard one serves for the other checks.
func (l *loader) facts(s *Scenario, root *node) (*facts.Country, error) {
	load := l.opt.Facts
	if load == nil {
		load = builtIn
	}
	c, err := load(string(s.Country), s.Run.Base)
	var start *facts.StartError
	if !errors.As(err, &start) {
		return c, err
	}
	l.add(Fault{At: root.get("run", "base").at, Key: "run.base", Got: strconv.Itoa(s.Run.Base), Want: facts.Listed(start.Starts) + ", the years with a base population of their own",
		Hint: "leave it out for the standard start"})
	return load(string(s.Country), 0)
}

// years checks the span of the run against the facts.
func (l *loader) years(s *Scenario, n *node, c *facts.Country) bool {
	y := s.Run.Years
	if n == nil || y[0] == 0 || y[1] == 0 {
		return false // reported by the decoder
	}
	last := c.FirstYear + len(c.Death) - 1
	got := fmt.Sprintf("[%d, %d]", y[0], y[1])
	switch {
	case y[1] < y[0]:
		l.add(Fault{At: n.at, Key: "run.years", Got: got, Want: "the first year, then the last",
			Hint: fmt.Sprintf("did you mean [%d, %d]?", y[1], y[0])})
	case y[0] < c.BaseYear:
		l.add(Fault{At: n.at, Key: "run.years", Got: got, Want: fmt.Sprintf("%d as the first year at the earliest: the base population of %s stands on its 1 January", c.BaseYear, s.Country)})
	case y[1] > last:
		l.add(Fault{At: n.at, Key: "run.years", Got: got, Want: fmt.Sprintf("%d at the latest: the facts of %s end there", last, s.Country)})
	default:
		return true
	}
	return false
}

// window keeps what falls outside the years of the run apart.
type window struct {
	*loader
	s     *Scenario
	cut   bool // the years were set on the command line, so what falls outside is dropped with a message
	known bool // the years of the run are valid
}

// overlaps tells whether from..to (0 = open) touches the years of the run. If not, that is a fault of the table n, unless the years were set on the
// command line. The keys are those of from and to, with their table.
func (w window) overlaps(n *node, fromKey string, from int, toKey string, to int) bool {
	y := w.s.Run.Years
	if !strings.HasPrefix(fromKey, "expect") {
		y[0] = w.s.since // the years before the first one reported are simulated too
	}
	if !w.known || from == 0 || from <= y[1] && (to == 0 || to >= y[0]) {
		return true
	}
	key, year := fromKey, from
	if from <= y[1] {
		key, year = toKey, to
	}
	_, own, _ := strings.Cut(key, ".")
	at := n.key(own)
	if w.cut {
		w.s.Dropped = append(w.s.Dropped, fmt.Sprintf("%s: %s: %d is outside the years of the run, %d to %d: left out", at, key, year, y[0], y[1]))
		return false
	}
	w.add(Fault{At: at, Key: key, Got: strconv.Itoa(year), Want: fmt.Sprintf("a year of the run, %d to %d", y[0], y[1])})
	return false
}

// place resolves a place to its code.
func (l *loader) place(key, ref string, at Position, g gazetteer, recipient bool) string {
	p, f, ok := g.find(ref)
	if !ok {
		f.At, f.Key = at, key
		l.add(f)
		return ""
	}
	if recipient && !p.Recipient {
		l.add(Fault{At: at, Key: key, Got: fmt.Sprintf("%s (%s)", p.Code, p.Name), Want: "a government that may receive donations"})
	}
	return p.Code
}

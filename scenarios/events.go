package scenarios

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gohyang/scenarios/facts"
)

// overlays reads all [[policy]] tables and the overlay set on the command line (nil = none), which holds from the first year of the run.
func (d *decoder) overlays(nodes []*node, set *node, first int) []overlay {
	var out []overlay
	for _, n := range nodes {
		out = append(out, d.overlay(n, 0))
	}
	if set != nil {
		o := d.overlay(set, max(first, 1))
		if o.Note == "" {
			o.Note = "set on the command line"
		}
		out = append(out, o)
	}
	return out
}

// event is an Event that remembers its node, so that faults found later have the line of their key.
type event struct {
	Event
	node  *node
	whole bool // read without a fault
}

// expect is the same of an Expect.
type expect struct {
	Expect
	node  *node
	whole bool
}

// events reads all [[event]] tables.
func (d *decoder) events(nodes []*node) []event {
	var out []event
	for _, n := range nodes {
		e := event{node: n}
		before := len(d.faults)
		d.table(n, reflect.ValueOf(&e.Event).Elem(), "event")
		d.need(n, "event", "year", "month", "kind", "place")
		if want, ok := eventKeys[e.Kind]; ok {
			d.need(n, "event", want...)
			for _, k := range []string{"severity", "theme", "target", "name", "beneficiaries"} {
				if x := n.get(k); x != nil && !slices.Contains(want, k) && !(e.Kind == "project" && slices.Contains(mayHave, k)) {
					d.add(Fault{At: x.at, Key: "event." + k, Got: show(x.val), Want: fmt.Sprintf("none for kind %q", e.Kind)})
				}
			}
		}
		e.whole = len(d.faults) == before
		out = append(out, e)
	}
	return out
}

// eventKeys are the keys that a kind of event needs beside year, month, kind and place; others that only some kinds have are not its own.
var eventKeys = map[string][]string{
	"disaster": {"severity"},
	"project":  {"theme", "target"},
	"gift":     {"target"},
}

// mayHave are keys that a project may have too.
var mayHave = []string{"name", "beneficiaries"}

// wants says what a required key holds, where a value alone says too little.
var wants = map[string]string{
	"event.kind":  "one of disaster, project, gift",
	"event.month": "a month, 1 to 12",
	"event.year":  "a year of the run",
	"event.place": "a place, by its five-digit code or its name",
	"event.theme": ofEvent("Theme"), "event.severity": ofEvent("Severity"), "event.target": ofEvent("Target"),
}

// ofEvent says what a field of an event accepts.
func ofEvent(name string) string {
	f, _ := reflect.TypeFor[Event]().FieldByName(name)
	return wanted(f.Type, f.Tag)
}

// need reports keys that a table lacks or that are empty texts.
func (d *decoder) need(n *node, table string, keys ...string) {
	for _, k := range keys {
		if v := val(n.get(k)); v == nil || v == "" {
			key, want := table+"."+k, "a value"
			if w, ok := wants[key]; ok {
				want = w
			}
			d.add(Fault{At: n.key(k), Key: key, Got: "nothing", Want: want})
		}
	}
}

// expects reads all [[expect]] tables.
func (d *decoder) expects(nodes []*node) []expect {
	var out []expect
	for _, n := range nodes {
		e := expect{node: n}
		before := len(d.faults)
		d.table(n, reflect.ValueOf(&e.Expect).Elem(), "expect")
		d.need(n, "expect", "metric", "year", "source")
		d.band(n, e.Expect)
		e.whole = len(d.faults) == before
		out = append(out, e)
	}
	return out
}

// band checks that an expectation says exactly one range, the right way round.
func (d *decoder) band(n *node, e Expect) {
	factors := n.get("within") != nil || n.get("of") != nil
	limits := n.get("min") != nil || n.get("max") != nil
	switch {
	case factors == limits:
		got := "neither"
		if factors {
			got = "both"
		}
		d.add(Fault{At: n.at, Key: "expect", Got: got, Want: "within and of, or min, max or both"})
	case factors:
		d.need(n, "expect", "within", "of")
		if w := n.get("within"); w != nil && e.Within[0] > e.Within[1] {
			d.add(Fault{At: w.at, Key: "expect.within", Got: fmt.Sprintf("[%v, %v]", e.Within[0], e.Within[1]), Want: "the lower factor first"})
		}
	case e.Min != nil && e.Max != nil && *e.Min > *e.Max:
		d.add(Fault{At: n.get("min").at, Key: "expect.min", Got: fmt.Sprintf("%v", *e.Min), Want: fmt.Sprintf("at most %v (expect.max)", *e.Max)})
	}
}

// gazetteer finds places by code or name.
type gazetteer struct {
	places []facts.Place // provinces first
	codes  map[string]int
	names  map[string][]int
}

// newGazetteer indexes all places of a country.
func newGazetteer(c *facts.Country) gazetteer {
	g := gazetteer{places: append(slices.Clone(c.Provinces), c.Towns...), codes: map[string]int{}, names: map[string][]int{}}
	for i, p := range g.places {
		g.codes[p.Code] = i
		g.names[p.Name] = append(g.names[p.Name], i)
		if p.NameEn != p.Name {
			g.names[p.NameEn] = append(g.names[p.NameEn], i)
		}
	}
	return g
}

// find returns the place of a code or of a name that only one place has. Of places with the same name of which one alone may receive donations (a
// city that is a province of its own) it is that one. Otherwise the second result says what would be accepted.
func (g gazetteer) find(ref string) (facts.Place, Fault, bool) {
	if i, ok := g.codes[ref]; ok {
		return g.places[i], Fault{}, true
	}
	var hits, recipients []int
	for _, i := range g.names[ref] {
		hits = append(hits, i)
		if g.places[i].Recipient {
			recipients = append(recipients, i)
		}
	}
	if len(hits) > 1 && len(recipients) == 1 {
		hits = recipients
	}
	switch len(hits) {
	case 1:
		return g.places[hits[0]], Fault{}, true
	case 0:
		f := Fault{Got: strconv.Quote(ref), Want: "the code or name of a place"}
		f.Hint = didYouMean(ref, g.known(ref))
		return facts.Place{}, f, false
	}
	var list []string
	for _, i := range hits {
		list = append(list, g.places[i].Code)
	}
	return facts.Place{}, Fault{Got: strconv.Quote(ref) + ", which is the name of several places", Want: "one of the codes " + strings.Join(list, ", ")}, false
}

// known are the words a reference may have meant: codes for digits, names otherwise.
func (g gazetteer) known(ref string) []string {
	digits := strings.Trim(ref, "0123456789") == ""
	var out []string
	for _, p := range g.places {
		if digits {
			out = append(out, p.Code)
		} else {
			out = append(out, p.Name, p.NameEn)
		}
	}
	return out
}

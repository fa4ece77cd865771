package scenarios

import (
	"fmt"
	"reflect"
	"strings"
)

// Prior is what a file of params/ says of one parameter beside its value.
type Prior struct {
	Range  [2]float64 `toml:"range"`                                                           // plausible range, for sweeps and calibration; both zero where the parameter is a choice
	Status string     `toml:"status" enum:"published,calibrated,judgement,memory,provisional"` // provisional = to be fitted by the calibration
	Source string     `toml:"source"`                                                          // evidence code of the model description, or words
	Where  Position   `toml:"-"`
}

// priors are the priors of all parameters by dotted key.
type priors map[string]Prior

// readParams reads a parameter file: every key of settings exactly once, each with value, status, source and (for numbers) range.
func readParams(file, text string) (settings, priors, error) {
	var s settings
	root, err := parse(file, text)
	if err != nil {
		return s, nil, err
	}
	d := decoder{collector: &collector{}}
	out := priors{}
	fs := settingsFields()
	for _, f := range fs {
		n := root.get(strings.Split(f.key, ".")...)
		if n == nil {
			d.add(Fault{At: root.at, Key: f.key, Got: "nothing", Want: wanted(f.typ, f.tag)})
			continue
		}
		out[f.key] = d.parameter(n, f, f.of(&s))
	}
	d.strangers(root, "", fs)
	return s, out, d.err([]string{file})
}

// parameter decodes one { value, range, status, source }.
func (d decoder) parameter(n *node, f field, v reflect.Value) Prior {
	t := n.table()
	if t == nil {
		d.add(Fault{At: n.at, Key: f.key, Got: show(n.val), Want: "a table of value, range, status, source"})
		return Prior{}
	}
	before := len(d.faults)
	rest := map[string]*node{}
	for k, x := range t {
		if k == "value" {
			d.value(x, v, f.key, f.tag)
		} else {
			rest[k] = x
		}
	}
	if t["value"] == nil {
		d.add(Fault{At: n.at, Key: f.key, Got: "no value", Want: wanted(f.typ, f.tag)})
	}
	var p Prior
	d.table(&node{at: n.at, val: rest}, reflect.ValueOf(&p).Elem(), f.key)
	if p.Status == "" || p.Source == "" {
		d.add(Fault{At: n.at, Key: f.key, Got: "no status or no source", Want: "both"})
	}
	if len(d.faults) == before {
		d.inRange(n, f, v, p)
	}
	return p
}

// inRange checks the value against the plausible range, and the range against the tag.
func (d decoder) inRange(n *node, f field, v reflect.Value, p Prior) {
	x := 0.0
	switch v.Kind() {
	case reflect.Float64:
		x = v.Float()
	case reflect.Int64:
		x = float64(v.Int())
	default:
		return
	}
	if p.Range[0] > x || x > p.Range[1] || !within(p.Range[0], f.tag) || !within(p.Range[1], f.tag) {
		want := fmt.Sprintf("a range around the value %v and inside %s", x, wanted(f.typ, f.tag))
		d.add(Fault{At: n.at, Key: f.key, Got: fmt.Sprintf("range %v to %v", p.Range[0], p.Range[1]), Want: want})
	}
}

// strangers reports keys that are no parameters.
func (d decoder) strangers(n *node, prefix string, fs []field) {
	for _, k := range n.keys() {
		key := dotted(prefix, k)
		leaf, inside := false, false
		for _, f := range fs {
			leaf = leaf || f.key == key
			inside = inside || strings.HasPrefix(f.key, key+".")
		}
		switch {
		case leaf:
		case inside && n.table()[k].table() != nil:
			d.strangers(n.table()[k], key, fs)
		default:
			d.add(Fault{At: n.table()[k].at, Key: key, Got: "an unknown key", Want: "a parameter", Hint: didYouMean(key, keysOf(fs))})
		}
	}
}

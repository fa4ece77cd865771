package scenarios

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"gohyang/sim/law"
)

// policyTable are the keys of a [[policy]] beside the levers of the law.
type policyTable struct {
	From    int      `toml:"from" min:"1900" max:"2200"`
	To      int      `toml:"to" min:"1900" max:"2200"`
	Note    string   `toml:"note"`
	Law     string   `toml:"law" enum:"kr,jp"`
	LawYear int      `toml:"law_year" min:"1900" max:"2200"`
	LawRate float64  `toml:"law_rate" above:"0" max:"1000"`
	Where   Position `toml:"-"`
}

// overlay is an Overlay that remembers its nodes, so that a fault inside a list of tiers finds its line.
type overlay struct {
	Overlay
	node   *node
	values []*node // parallel to Changes
	whole  bool    // read without a fault
}

// overlay reads one [[policy]]. Without a from it is in force from the year since (of a setting of the command line); since 0 = from is required.
func (d *decoder) overlay(n *node, since int) overlay {
	before := len(d.faults)
	own, levers := map[string]*node{}, map[string]*node{}
	for k, x := range n.table() {
		if contains(policyTable{}, k) {
			own[k] = x
		} else {
			levers[k] = x
		}
	}
	t := policyTable{From: since}
	d.table(&node{at: n.at, val: own}, reflect.ValueOf(&t).Elem(), "policy")
	if t.From == 0 && own["from"] == nil {
		d.add(Fault{At: n.at, Key: "policy.from", Got: "nothing", Want: "the first year in force"})
	}
	o := overlay{node: n, Overlay: Overlay{From: t.From, To: t.To, Note: t.Note, Law: law.Country(t.Law), LawYear: t.LawYear, LawRate: t.LawRate, Where: n.at}}
	d.levers(&node{at: n.at, val: levers}, "", &o)
	if len(n.table()) > 0 && len(o.Changes) == 0 && o.Law == "" && len(d.faults) == before {
		d.add(Fault{At: n.at, Key: "policy", Got: "no change of the law", Want: "at least one lever, such as credit.tiers, or law"})
	}
	if o.To != 0 && o.To < o.From {
		d.add(Fault{At: n.key("to"), Key: "policy.to", Got: strconv.Itoa(o.To), Want: fmt.Sprintf("a year from %d (policy.from)", o.From)})
	}
	if o.Law == "" {
		for _, k := range []string{"law_year", "law_rate"} {
			if own[k] != nil {
				d.add(Fault{At: own[k].at, Key: "policy." + k, Got: show(own[k].val), Want: "none without policy.law"})
			}
		}
	}
	o.whole = len(d.faults) == before
	return o
}

// contains tells whether a tagged struct has a key.
func contains(s any, key string) bool {
	for _, f := range fields(reflect.TypeOf(s)) {
		if f.key == key {
			return true
		}
	}
	return false
}

// levers collects the law keys written below n.
func (d *decoder) levers(n *node, prefix string, o *overlay) {
	for _, k := range n.keys() {
		x, key := n.table()[k], dotted(prefix, k)
		leaf, inside := false, false
		for _, l := range law.Keys() {
			leaf = leaf || l.Name == key
			inside = inside || strings.HasPrefix(l.Name, key+".")
		}
		switch {
		case leaf:
			o.Changes = append(o.Changes, Change{Key: key, Value: plain(x), Where: x.at})
			o.values = append(o.values, x)
		case len(x.table()) > 0: // of a group that does not exist, every lever below it is reported
			d.levers(x, key, o)
		case inside:
			d.add(Fault{At: x.at, Key: "policy." + key, Got: show(x.val), Want: "a table of levers", Hint: "write " + key + ".<lever> = value"})
		default:
			d.add(Fault{At: x.at, Key: "policy." + key, Got: "an unknown key", Want: ofGroup(key, leverNames(), "a key of [[policy]] or a lever of the law"),
				Hint: didYouMean(key, policyKeys())})
		}
	}
}

// policyKeys are all keys a [[policy]] may have.
func policyKeys() []string {
	keys := keysOf(fields(reflect.TypeFor[policyTable]()))
	for _, l := range law.Keys() {
		keys = append(keys, l.Name)
	}
	return keys
}

// plain is the node's value as the TOML decoder gives it, without positions.
func plain(n *node) any {
	switch v := n.val.(type) {
	case map[string]*node:
		t := make(map[string]any, len(v))
		for k, x := range v {
			t[k] = plain(x)
		}
		return t
	case []*node:
		list := make([]any, len(v))
		for i, x := range v {
			list[i] = plain(x)
		}
		return list
	default:
		return v
	}
}

// indexed is one step of a law fault's key: a name with an optional index counted from 1.
var indexed = regexp.MustCompile(`^(.*)\[(\d+)\]$`)

// inside follows a law fault's key, such as credit.tiers[2].rate, from the node of the lever credit.tiers to the place at fault.
func inside(n *node, lever, key string) Position {
	rest := strings.TrimPrefix(strings.TrimPrefix(key, lever), ".")
	if !strings.HasPrefix(key, lever) || rest == "" {
		return n.at
	}
	for _, step := range strings.Split(rest, ".") {
		name, index := step, 0
		if m := indexed.FindStringSubmatch(step); m != nil {
			name = m[1]
			index, _ = strconv.Atoi(m[2])
		}
		next := n
		if name != "" {
			next = n.table()[name]
		}
		if list, ok := val(next).([]*node); ok && index > 0 && index <= len(list) {
			next = list[index-1]
		}
		if next == nil {
			return n.at
		}
		n = next
	}
	return n.at
}

// val is the value of a node that may be missing.
func val(n *node) any {
	if n == nil {
		return nil
	}
	return n.val
}

// leverNames are the dotted keys of all levers.
func leverNames() []string {
	var names []string
	for _, l := range law.Keys() {
		names = append(names, l.Name)
	}
	return names
}

package scenarios

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"sort"
	"strconv"
	"strings"
)

var (
	nodesType    = reflect.TypeFor[[]*node]()
	positionType = reflect.TypeFor[Position]()
)

// decoder writes nodes into tagged Go values. Tags: toml (key, "-" = not a key), min, max (inclusive), above (exclusive lower bound), enum (comma
// separated), unit (for the message). Values that are wrong leave the Go value as it was and add a fault.
type decoder struct {
	*collector
	full []string // every dotted key there is, for hints to keys written in the wrong table
	top  []string // keys of the top table that are decoded apart
}

// value decodes n, named key, into v by the rules of the field's tag.
func (d *decoder) value(n *node, v reflect.Value, key string, tag reflect.StructTag) {
	switch {
	case v.Type() == nodesType:
		d.nodes(n, v, key)
	case v.Kind() == reflect.Struct:
		d.table(n, v, key)
	case v.Kind() == reflect.Pointer:
		p := reflect.New(v.Type().Elem())
		before := len(d.faults)
		d.value(n, p.Elem(), key, tag)
		if len(d.faults) == before {
			v.Set(p)
		}
	case v.Kind() == reflect.Slice:
		d.slice(n, v, key, tag)
	case v.Kind() == reflect.Array:
		d.array(n, v, key, tag)
	default:
		d.scalar(n, v, key, tag)
	}
}

// table decodes a table into a struct. A field "Where Position" receives the table's position.
func (d *decoder) table(n *node, v reflect.Value, key string) {
	t := n.table()
	if t == nil {
		d.add(Fault{At: n.at, Key: key, Got: show(n.val), Want: "a table"})
		return
	}
	fields := map[string]int{}
	var known []string
	if key == "" {
		known = slices.Clone(d.top)
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Type == positionType {
			v.Field(i).Set(reflect.ValueOf(n.at))
		}
		if name := tomlName(f); name != "" {
			fields[name] = i
			known = append(known, name)
		}
	}
	for _, k := range n.keys() {
		i, ok := fields[k]
		if !ok {
			d.unknown(t[k], dotted(key, k), k, known)
			continue
		}
		d.value(t[k], v.Field(i), dotted(key, k), v.Type().Field(i).Tag)
	}
}

// unknown adds the fault of a key that does not exist, with the nearest key of the same table or of the whole scenario.
func (d *decoder) unknown(n *node, key, name string, known []string) {
	sort.Strings(known)
	f := Fault{At: n.at, Key: key, Got: "an unknown key", Want: "one of " + strings.Join(known, ", "), Hint: didYouMean(name, known)}
	if len(known) > 14 {
		f.Want = "a known key"
	}
	if x := n; f.Hint == "" && x.table() != nil {
		for leaf := key; f.Hint == "" && len(x.keys()) > 0; f.Hint = didYouMean(leaf, d.full) {
			x, leaf = x.table()[x.keys()[0]], dotted(leaf, x.keys()[0])
		}
	}
	if f.Hint == "" {
		for _, full := range d.full {
			if full != key && (full == name || strings.HasSuffix(full, "."+name)) {
				f.Hint = fmt.Sprintf("did you mean %s?", full)
				break
			}
		}
	}
	d.add(f)
}

// nodes keeps an array of tables undecoded.
func (d *decoder) nodes(n *node, v reflect.Value, key string) {
	list, ok := n.val.([]*node)
	for _, x := range list {
		ok = ok && x.table() != nil
	}
	if !ok {
		d.add(Fault{At: n.at, Key: key, Got: show(n.val), Want: "an array of tables", Hint: fmt.Sprintf("write [[%s]]", key)})
		return
	}
	v.Set(reflect.ValueOf(list))
}

// slice decodes an array of any length.
func (d *decoder) slice(n *node, v reflect.Value, key string, tag reflect.StructTag) {
	list, ok := n.val.([]*node)
	if !ok {
		f := Fault{At: n.at, Key: key, Got: show(n.val), Want: "an array"}
		if v.Type().Elem().Kind() == reflect.Struct {
			f.Want = "an array of tables"
		}
		d.add(f)
		return
	}
	out := reflect.MakeSlice(v.Type(), len(list), len(list))
	before := len(d.faults)
	for i, x := range list {
		d.value(x, out.Index(i), key, tag)
	}
	if len(d.faults) == before {
		v.Set(out)
	}
}

// array decodes an array of fixed length.
func (d *decoder) array(n *node, v reflect.Value, key string, tag reflect.StructTag) {
	list, ok := n.val.([]*node)
	if !ok || len(list) != v.Len() {
		d.add(Fault{At: n.at, Key: key, Got: show(n.val), Want: fmt.Sprintf("an array of %d", v.Len())})
		return
	}
	for i, x := range list {
		d.value(x, v.Index(i), key, tag)
	}
}

// scalar decodes a single value and checks its type and range.
func (d *decoder) scalar(n *node, v reflect.Value, key string, tag reflect.StructTag) {
	bad := Fault{At: n.at, Key: key, Got: show(n.val), Want: wanted(v.Type(), tag)}
	switch v.Kind() {
	case reflect.String:
		s, ok := n.val.(string)
		if enum := tag.Get("enum"); ok && enum != "" && !slices.Contains(strings.Split(enum, ","), s) {
			bad.Hint = didYouMean(s, strings.Split(enum, ","))
			ok = false
		}
		if !ok {
			d.add(bad)
			return
		}
		v.SetString(s)
	case reflect.Bool:
		b, ok := n.val.(bool)
		if !ok {
			d.add(bad)
			return
		}
		v.SetBool(b)
	case reflect.Int, reflect.Int64, reflect.Uint64:
		i, ok := n.val.(int64)
		if !ok || !within(float64(i), tag) || v.Kind() == reflect.Uint64 && i < 0 {
			d.add(bad)
			return
		}
		if v.Kind() == reflect.Uint64 {
			v.SetUint(uint64(i))
		} else {
			v.SetInt(i)
		}
	case reflect.Float64:
		f, ok := n.val.(float64)
		if i, isInt := n.val.(int64); isInt {
			f, ok = float64(i), true
		}
		if !ok || math.IsNaN(f) || math.IsInf(f, 0) || !within(f, tag) {
			d.add(bad)
			return
		}
		v.SetFloat(f)
	default:
		panic(fmt.Sprintf("scenarios: no decoding into %s", v.Type()))
	}
}

// within tells whether x is in the range of the tag.
func within(x float64, tag reflect.StructTag) bool {
	if m, ok := bound(tag, "min"); ok && x < m {
		return false
	}
	if m, ok := bound(tag, "max"); ok && x > m {
		return false
	}
	m, ok := bound(tag, "above")
	return !ok || x > m
}

// bound reads a numeric tag.
func bound(tag reflect.StructTag, name string) (float64, bool) {
	s, ok := tag.Lookup(name)
	if !ok {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil
}

// wanted describes what a field accepts.
func wanted(t reflect.Type, tag reflect.StructTag) string {
	var kind string
	switch t.Kind() {
	case reflect.String:
		if enum := tag.Get("enum"); enum != "" {
			return "one of " + strings.ReplaceAll(enum, ",", ", ")
		}
		return "text in quotes"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64, reflect.Uint64:
		kind = "an integer"
	default:
		kind = "a number"
	}
	lo, hasLo := tag.Lookup("min")
	hi, hasHi := tag.Lookup("max")
	above, hasAbove := tag.Lookup("above")
	switch {
	case hasLo && hasHi:
		kind += fmt.Sprintf(" from %s to %s", lo, hi)
	case hasAbove && hasHi:
		kind += fmt.Sprintf(" above %s and at most %s", above, hi)
	case hasAbove:
		kind += " above " + above
	case hasLo:
		kind += " of at least " + lo
	case hasHi:
		kind += " of at most " + hi
	case t.Kind() == reflect.Uint64:
		kind += " of at least 0"
	}
	if unit := tag.Get("unit"); unit != "" {
		kind += " (" + unit + ")"
	}
	return kind
}

// tomlName is the key of a struct field, "" if it has none.
func tomlName(f reflect.StructField) string {
	name := f.Tag.Get("toml")
	if name == "-" {
		return ""
	}
	return name
}

// dotted joins a key to the key of the table around it.
func dotted(table, key string) string {
	if table == "" {
		return key
	}
	return table + "." + key
}

package law

import (
	"math"
	"reflect"
	"slices"
	"sort"
	"strconv"
)

// Set sets one key, written with dots ("cap", "credit.tiers"), from a decoded TOML value: int64, float64, bool, string, []any or
// []map[string]any. A whole number may stand for a number. The error is Faults: every fault of the value at once; the rules are then unchanged.
func (r *Rules) Set(key string, value any) error {
	for _, k := range Keys() {
		if k.Name == key {
			if faults := r.set(k, value); len(faults) > 0 {
				return faults
			}
			return nil
		}
	}
	f := &Fault{Key: key, Got: "an unknown key", Want: "a key of the law"}
	if near := Nearest(key); near != "" {
		f.Hint = "did you mean " + near + "?"
	}
	return Faults{f}
}

// set is Set for a key already found: finding one walks the whole of Rules.
func (r *Rules) set(k Key, value any) Faults {
	field := reflect.ValueOf(r).Elem().FieldByIndex(k.index)
	v, faults := k.decode(k.Name, value, field.Type())
	if len(faults) == 0 {
		field.Set(v)
	}
	return faults
}

// Get is the value of one key as Set takes it for numbers, text and truth values; lists come as the typed slice ([]Tier, []Bracket). False = no such key.
func (r *Rules) Get(key string) (any, bool) {
	for _, k := range Keys() {
		if k.Name == key {
			return r.get(k), true
		}
	}
	return nil, false
}

func (r *Rules) get(k Key) any { return reflect.ValueOf(r).Elem().FieldByIndex(k.index).Interface() }

// decode turns a TOML value into a Go value of type t, checked against the key's tags. at is where it stands, for messages.
func (k Key) decode(at string, value any, t reflect.Type) (reflect.Value, Faults) {
	wrong := func() (reflect.Value, Faults) {
		return reflect.Value{}, Faults{{Key: at, Got: show(value), Want: k.Range()}}
	}
	switch t.Kind() {
	case reflect.Int64:
		if x, ok := value.(int64); ok && float64(x) >= k.Min && float64(x) <= k.Max {
			return reflect.ValueOf(x), nil
		}
	case reflect.Float64:
		x, ok := value.(float64)
		if i, whole := value.(int64); whole {
			x, ok = float64(i), true
		}
		if ok && !math.IsNaN(x) && x >= k.Min && x <= k.Max {
			return reflect.ValueOf(x), nil
		}
	case reflect.Bool:
		if x, ok := value.(bool); ok {
			return reflect.ValueOf(x), nil
		}
	case reflect.String:
		if x, ok := value.(string); ok && (k.Enum == nil || slices.Contains(k.Enum, x)) {
			return reflect.ValueOf(x), nil
		}
	case reflect.Slice:
		if items, ok := list(value); ok {
			return k.decodeList(at, items, t)
		}
	}
	return wrong()
}

// list gives the items of a TOML array, which the decoder returns in one of two types.
func list(value any) ([]any, bool) {
	switch x := value.(type) {
	case []any:
		return x, true
	case []map[string]any:
		items := make([]any, len(x))
		for i := range x {
			items[i] = x[i]
		}
		return items, true
	}
	return nil, false
}

func (k Key) decodeList(at string, items []any, t reflect.Type) (reflect.Value, Faults) {
	out := reflect.MakeSlice(t, len(items), len(items))
	var faults Faults
	for i, item := range items {
		here := at + "[" + strconv.Itoa(i+1) + "]"
		if len(k.Fields) > 0 {
			faults = append(faults, k.decodeItem(here, item, out.Index(i))...)
			continue
		}
		s, ok := item.(string)
		if !ok {
			faults = append(faults, &Fault{Key: here, Got: show(item), Want: "a text"})
			continue
		}
		out.Index(i).SetString(s)
	}
	return out, faults
}

// decodeItem fills one table of a list. Every field must be written: a missing number is never a silent zero.
func (k Key) decodeItem(at string, item any, into reflect.Value) Faults {
	table, ok := item.(map[string]any)
	if !ok {
		return Faults{{Key: at, Got: show(item), Want: "a table {" + k.Range()[len("a list of {"):]}}
	}
	var faults Faults
	names := make([]string, 0, len(k.Fields))
	for _, f := range k.Fields {
		names = append(names, f.Name)
		value, ok := table[f.Name]
		if !ok {
			faults = append(faults, &Fault{Key: at + "." + f.Name, Got: "nothing", Want: f.Range()})
			continue
		}
		v, fs := f.decode(at+"."+f.Name, value, into.FieldByIndex(f.index).Type())
		if len(fs) > 0 {
			faults = append(faults, fs...)
			continue
		}
		into.FieldByIndex(f.index).Set(v)
	}
	unknown := []string{}
	for name := range table {
		if !slices.Contains(names, name) {
			unknown = append(unknown, name)
		}
	}
	sort.Strings(unknown)
	for _, name := range unknown {
		f := &Fault{Key: at + "." + name, Got: "an unknown key", Want: k.Range()[len("a list of "):]}
		if near := nearest(name, names); near != "" {
			f.Hint = "did you mean " + near + "?"
		}
		faults = append(faults, f)
	}
	return faults
}

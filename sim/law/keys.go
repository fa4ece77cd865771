package law

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// Key is one lever of the law as files and flags name it.
type Key struct {
	Name   string   // dotted: "cap", "credit.tiers", "tax.local.levy"
	Type   string   // "whole number", "number", "true or false", "text", "list of text", "list of {upto, rate}"
	Unit   string   // "" = none
	Min    float64  // least value permitted, of numbers
	Max    float64  // greatest value permitted, of numbers; +Inf = no bound
	Enum   []string // values permitted, of text; nil = any
	Doc    string
	Fields []Key // of a list of tables: the keys of each item
	index  []int // reflect path in Rules, or in the item
}

// Range says in words what the key takes: "a whole number of money/year, 0 or more", "one of none, town, province".
func (k Key) Range() string {
	var b strings.Builder
	switch {
	case len(k.Enum) > 0:
		return "one of " + strings.Join(k.Enum, ", ")
	case len(k.Fields) > 0:
		names := make([]string, len(k.Fields))
		for i, f := range k.Fields {
			names[i] = f.Name
		}
		return "a list of {" + strings.Join(names, ", ") + "}"
	case k.Type == "true or false":
		return k.Type
	case k.Type == "text", k.Type == "list of text":
		return "a " + k.Type
	}
	b.WriteString("a " + k.Type)
	if k.Unit != "" {
		b.WriteString(" (" + k.Unit + ")")
	}
	if math.IsInf(k.Max, 1) {
		return b.String() + " of " + format(k.Min) + " or more"
	}
	return b.String() + " from " + format(k.Min) + " to " + format(k.Max)
}

func format(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// Keys lists every lever of Rules in the order of the struct, with what its tags say.
func Keys() []Key { return keysOf(reflect.TypeFor[Rules](), "", nil) }

func keysOf(t reflect.Type, prefix string, path []int) []Key {
	var keys []Key
	for i := range t.NumField() {
		f := t.Field(i)
		name := prefix + f.Tag.Get("toml")
		index := append(append([]int{}, path...), i)
		if f.Type.Kind() == reflect.Struct {
			keys = append(keys, keysOf(f.Type, name+".", index)...)
			continue
		}
		keys = append(keys, keyOf(f, name, index))
	}
	return keys
}

func keyOf(f reflect.StructField, name string, index []int) Key {
	k := Key{Name: name, Unit: f.Tag.Get("unit"), Doc: f.Tag.Get("doc"), Min: bound(f, "min", math.Inf(-1)), Max: bound(f, "max", math.Inf(1)), index: index}
	if e := f.Tag.Get("enum"); e != "" {
		k.Enum = strings.Split(e, ",")
	}
	switch f.Type.Kind() {
	case reflect.Int64:
		k.Type = "whole number"
		if strings.HasPrefix(k.Unit, "money") {
			k.Max = min(k.Max, most)
		}
	case reflect.Float64:
		k.Type = "number"
	case reflect.Bool:
		k.Type = "true or false"
	case reflect.String:
		k.Type = "text"
	case reflect.Slice:
		k.Type = "list of text"
		if item := f.Type.Elem(); item.Kind() == reflect.Struct {
			k.Fields = keysOf(item, "", nil)
			k.Type = strings.TrimPrefix(k.Range(), "a ")
		}
	default:
		panic("law: field " + name + " of a kind no file can hold: " + f.Type.String())
	}
	return k
}

// bound reads a min or max tag. A tag that is not a number is a fault of the program.
func bound(f reflect.StructField, tag string, otherwise float64) float64 {
	s, ok := f.Tag.Lookup(tag)
	if !ok {
		return otherwise
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic("law: field " + f.Name + ": tag " + tag + ": " + err.Error())
	}
	return x
}

// Fault is one thing wrong with the value of one key. Its text is "key: got X, want Y; hint".
type Fault struct {
	Key  string // dotted, items counted from 1: "credit.tiers[2].rate"
	Got  string
	Want string
	Hint string // may be empty
}

// Error renders the fault on one line.
func (f *Fault) Error() string {
	s := f.Key + ": got " + f.Got + ", want " + f.Want
	if f.Hint != "" {
		s += "; " + f.Hint
	}
	return s
}

// Faults are all faults found at once; never empty where it is an error.
type Faults []*Fault

// Error renders one fault a line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i := range f {
		lines[i] = f[i].Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the single faults to errors.As and errors.Is.
func (f Faults) Unwrap() []error {
	errs := make([]error, len(f))
	for i := range f {
		errs[i] = f[i]
	}
	return errs
}

// show renders a decoded TOML value as a reader would write it.
func show(v any) string {
	switch x := v.(type) {
	case nil:
		return "nothing"
	case string:
		return strconv.Quote(x)
	case float64:
		return format(x)
	case []any:
		return fmt.Sprintf("a list of %d", len(x))
	case []map[string]any:
		return fmt.Sprintf("a list of %d tables", len(x))
	case map[string]any:
		return "a table"
	}
	return fmt.Sprint(v)
}

// Nearest is the key of the law closest to the one written, or "" where none is close.
func Nearest(key string) string {
	names := []string{}
	for _, k := range Keys() {
		names = append(names, k.Name)
	}
	return nearest(key, names)
}

// nearest picks the name with the smallest edit distance, if that is small for the length of the name.
func nearest(key string, names []string) string {
	best, at := "", math.MaxInt
	for _, n := range names {
		if d := distance(key, n); d < at && d <= 1+min(len(key), len(n))/4 {
			best, at = n, d
		}
	}
	return best
}

// distance is the Levenshtein distance in bytes; keys are ASCII. A very long text is not compared.
func distance(a, b string) int {
	if len(a) > 100 {
		return math.MaxInt / 4
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

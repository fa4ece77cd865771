package scenarios

import "strings"

// Difference is one value in which two scenarios differ.
type Difference struct {
	Key   string
	Years string // law: the years, of those both scenarios run, in which the two values stand against each other
	A, B  string // values as the sheet prints them; "" = the scenario has none
}

// Diff lists all values in which two scenarios differ, in the order of the sheet. Law is compared in the years both run.
func Diff(a, b *Scenario) []Difference {
	var out []Difference
	x, y := a.plainValues(), b.plainValues()
	for _, key := range x.keys {
		if x.value[key] != y.value[key] {
			out = append(out, Difference{Key: key, A: x.value[key], B: y.value[key]})
		}
	}
	for _, key := range y.keys {
		if _, ok := x.value[key]; !ok {
			out = append(out, Difference{Key: key, B: y.value[key]})
		}
	}
	for _, f := range leversOf() {
		out = append(out, lawDifferences(a, b, f)...)
	}
	return out
}

// values are the sheet's values by key, in order.
type values struct {
	keys  []string
	value map[string]string
}

// plainValues are the entries that hold throughout. Of keys that repeat (event, expect) all values stand together.
func (s *Scenario) plainValues() values {
	v := values{value: map[string]string{}}
	for _, e := range s.Sheet() {
		if strings.HasPrefix(e.Key, "law.") {
			continue
		}
		old, ok := v.value[e.Key]
		if ok {
			v.value[e.Key] = old + "; " + e.Value
			continue
		}
		v.keys = append(v.keys, e.Key)
		v.value[e.Key] = e.Value
	}
	return v
}

// lawDifferences compares one lever year by year and joins years in a row with the same two values.
func lawDifferences(a, b *Scenario, f field) []Difference {
	var out []Difference
	start, end := 0, 0
	for year := max(a.Run.Years[0], b.Run.Years[0]); year <= min(a.Run.Years[1], b.Run.Years[1]); year++ {
		v, w := f.of(a.rules[year-a.since].rules), f.of(b.rules[year-b.since].rules)
		d := Difference{Key: "law." + f.key, A: literal(v.Interface()), B: literal(w.Interface())}
		if d.A == d.B {
			continue
		}
		if n := len(out); n > 0 && end == year-1 && out[n-1].A == d.A && out[n-1].B == d.B {
			end = year
			out[n-1].Years = span(start, end)
			continue
		}
		start, end = year, year
		d.Years = span(start, end)
		out = append(out, d)
	}
	return out
}

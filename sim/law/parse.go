package law

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// ParseBook reads a law file. The layout:
//
//	country = "kr"
//	title   = "..."
//	[[rule]]
//	key = "cap"
//	title = "annual cap (연간 상한)"
//	unit = "won/year"
//	[[rule.value]]
//	from = 2023-01-01
//	value = 5_000_000
//	article = "..."
//	source = "..."
//	verified = true
//	note = "..."                # the only key that may be missing
//
// It is strict and reports every fault at once, each "name:line: what: got X, want Y": syntax, unknown or missing keys, a rule that is no key of Rules or
// stands twice, undated values, dates that do not ascend, values of the wrong type or outside their range.
func ParseBook(name string, data []byte) (*Book, error) {
	var raw map[string]any
	if err := toml.Unmarshal(data, &raw); err != nil {
		var p toml.ParseError
		if errors.As(err, &p) {
			return nil, fmt.Errorf("%s:%d: %s", name, p.Position.Line, p.Message)
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	p := &parser{book: &Book{Name: name}, lines: scanLines(data), known: Keys()}
	p.top(raw)
	sort.SliceStable(p.faults, func(i, j int) bool { return p.faults[i].line < p.faults[j].line })
	errs := make([]error, len(p.faults))
	for i, f := range p.faults {
		errs[i] = fmt.Errorf("%s:%d: %w", name, f.line, f.Fault)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return p.book, nil
}

type lineFault struct {
	line int
	*Fault
}

type parser struct {
	book   *Book
	lines  map[string][]tableLines // by name, in file order
	known  []Key
	faults []lineFault
}

func (p *parser) fault(line int, key, got, want, hint string) {
	p.faults = append(p.faults, lineFault{line, &Fault{Key: key, Got: got, Want: want, Hint: hint}})
}

// table is where the n-th table of a name stands in the file.
func (p *parser) table(name string, n int) tableLines {
	if tables := p.lines[name]; n < len(tables) {
		return tables[n]
	}
	return tableLines{line: 1}
}

// keys reports the keys of a table that are unknown or missing, in the order of want.
func (p *parser) keys(table map[string]any, at tableLines, what string, want []string, optional ...string) {
	all := append(append([]string{}, want...), optional...)
	for _, key := range slices.Sorted(maps.Keys(table)) {
		if !slices.Contains(all, key) {
			hint := ""
			if near := nearest(key, all); near != "" {
				hint = "did you mean " + near + "?"
			}
			p.fault(at.of(key), what+key, "an unknown key", "one of "+strings.Join(all, ", "), hint)
		}
	}
	for _, key := range want {
		if _, ok := table[key]; !ok {
			p.fault(at.line, what+key, "nothing", "a value", "")
		}
	}
}

// text is a string that must be there and not be empty; keys reports it where it is missing.
func (p *parser) text(table map[string]any, at tableLines, what, key string) string {
	v, ok := table[key]
	if !ok {
		return ""
	}
	s, ok := v.(string)
	if !ok || s == "" {
		p.fault(at.of(key), what+key, show(v), "a text", "")
	}
	return s
}

func (p *parser) top(raw map[string]any) {
	at := p.table("", 0)
	p.keys(raw, at, "", []string{"country", "title", "rule"})
	p.book.Title = p.text(raw, at, "", "title")
	p.book.Country = Country(p.text(raw, at, "", "country"))
	if c := p.book.Country; c != "" && c != Korea && c != Japan {
		p.fault(at.of("country"), "country", show(string(c)), `"kr" or "jp"`, "")
	}
	if v, ok := raw["rule"]; ok {
		rules, ok := v.([]map[string]any)
		if !ok {
			p.fault(at.of("rule"), "rule", show(v), "[[rule]] tables", "")
			return
		}
		values := 0 // [[rule.value]] tables seen
		for i, rule := range rules {
			values += p.rule(rule, p.table("rule", i), values)
		}
	}
}

// rule reads one [[rule]] whose first value is the n-th [[rule.value]] of the file, and tells how many values it has.
func (p *parser) rule(rule map[string]any, at tableLines, n int) int {
	s := Series{Key: p.text(rule, at, "", "key"), Line: at.line}
	what := ""
	if s.Key != "" {
		what = s.Key + ": "
	}
	p.keys(rule, at, what, []string{"key", "title", "unit", "value"})
	s.Title, s.Unit = p.text(rule, at, what, "title"), p.text(rule, at, what, "unit")
	key := p.find(s.Key, at)
	values, ok := rule["value"].([]map[string]any)
	if v, has := rule["value"]; has && !ok {
		p.fault(at.of("value"), what+"value", show(v), "[[rule.value]] tables", "")
	}
	for i, table := range values {
		v := p.value(table, p.table("rule.value", n+i), key)
		if v.From.IsZero() {
			continue
		}
		if k := len(s.Values); k > 0 && !v.From.After(s.Values[k-1].From) {
			p.fault(p.table("rule.value", n+i).of("from"), what+"from", v.From.Format(time.DateOnly), "a day after "+s.Values[k-1].From.Format(time.DateOnly),
				"values stand in the order of their dates")
		}
		s.Values = append(s.Values, v)
	}
	if slices.ContainsFunc(p.book.Series, func(o Series) bool { return o.Key == s.Key }) {
		p.fault(at.of("key"), "key", show(s.Key), "one rule for each key", "")
	}
	p.book.Series = append(p.book.Series, s)
	return len(values)
}

// find is the key of Rules a rule is about.
func (p *parser) find(name string, at tableLines) Key {
	if name == "" {
		return Key{}
	}
	for _, k := range p.known {
		if k.Name == name {
			return k
		}
	}
	hint := ""
	if near := Nearest(name); near != "" {
		hint = "did you mean " + near + "?"
	}
	p.fault(at.of("key"), "key", show(name), "a key of the law", hint)
	return Key{}
}

// value reads one [[rule.value]]. A value without a proper date comes back with the zero date.
func (p *parser) value(table map[string]any, at tableLines, key Key) Value {
	what := ""
	if key.Name != "" {
		what = key.Name + ": "
	}
	p.keys(table, at, what, []string{"from", "value", "article", "source", "verified"}, "note")
	v := Value{Line: at.of("value"), Value: table["value"], Article: p.text(table, at, what, "article"), Source: p.text(table, at, what, "source"),
		Note: p.text(table, at, what, "note")}
	if x, ok := table["verified"]; ok {
		if v.Verified, ok = x.(bool); !ok {
			p.fault(at.of("verified"), what+"verified", show(x), "true or false", "")
		}
	}
	if x, ok := table["from"]; ok {
		v.From = p.day(x, at.of("from"), what)
	}
	if key.Name != "" && v.Value != nil {
		var scratch Rules
		for _, f := range scratch.set(key, v.Value) {
			p.faults = append(p.faults, lineFault{v.Line, f})
		}
	}
	return v
}

// day reads a local date (2023-01-01, no time of day).
func (p *parser) day(x any, line int, what string) time.Time {
	t, ok := x.(time.Time)
	if !ok || t.Location().String() != "date-local" {
		p.fault(line, what+"from", show(x), "a day like 2023-01-01", "")
		return time.Time{}
	}
	if t.Year() < 1900 || t.Year() > 2200 {
		p.fault(line, what+"from", t.Format(time.DateOnly), "a day between 1900 and 2200", "")
		return time.Time{}
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

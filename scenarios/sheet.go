package scenarios

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Entry is one line of the resolved sheet: a value of the run and where it comes from.
type Entry struct {
	Key    string // run.seed, behaviour.attention.peer, law.credit.tiers, event, expect, facts.population.csv
	Years  string // law: the years it holds, "2023-2024" or "2025"; empty for what holds throughout
	Value  string
	Unit   string
	Status string // parameters: published, calibrated, judgement, memory or provisional; "scenario" if overridden; run and outputs: "scenario" or "default"; law: "law" or "scenario"; facts: as their SOURCES
	Source string // article, evidence code, words; never empty
	File   string // "" for a default
	Line   int
}

// Sheet lists every value of the run with its origin, in a fixed order: run, behaviour parameters with the alignment in use, law by key and period, events, expectations, tables of facts.
func (s *Scenario) Sheet() []Entry {
	var out []Entry
	out = append(out, s.runEntries()...)
	out = append(out, s.parameterEntries()...)
	out = append(out, s.alignmentEntry()...)
	for _, f := range leversOf() {
		out = append(out, s.lawEntries(f)...)
	}
	for _, e := range s.Events {
		out = append(out, s.entry("event", e.text(), "", e.Where))
	}
	for _, e := range s.Expect {
		x := s.entry("expect", e.text(), "", e.Where)
		x.Source = e.Source
		out = append(out, x)
	}
	for _, f := range s.sources {
		out = append(out, Entry{Key: "facts." + f.File, Value: f.SHA256, Unit: f.Unit, Status: f.Status,
			Source: fmt.Sprintf("%s, %s, %s; %s", f.Publisher, f.Title, f.Year, f.Reference), File: "facts/" + f.Dir + "/" + f.File})
	}
	return out
}

// entry is a line for what the scenario itself says.
func (s *Scenario) entry(key, value, unit string, at Position) Entry {
	return Entry{Key: key, Value: value, Unit: unit, Status: "scenario", Source: "scenario", File: at.File, Line: at.Line}
}

// runEntries are country, run and outputs.
func (s *Scenario) runEntries() []Entry {
	entry := func(key, value, unit string) Entry {
		if at, ok := s.origins[key]; ok {
			return s.entry(key, value, unit, at)
		}
		return Entry{Key: key, Value: value, Unit: unit, Status: "default", Source: "default"}
	}
	return []Entry{
		entry("country", strconv.Quote(string(s.Country)), ""),
		entry("run.years", fmt.Sprintf("[%d, %d]", s.Run.Years[0], s.Run.Years[1]), "years"),
		entry("run.base", strconv.Itoa(s.Run.Base), fmt.Sprintf("year (start: 1 January %d)", s.since)),
		entry("run.seed", strconv.FormatUint(s.Run.Seed, 10), ""),
		entry("run.scale", literal(s.Run.Scale), "agents per person"),
		entry("outputs.csv", literal(s.Outputs.CSV), ""),
		entry("outputs.ages", literal(s.Outputs.Ages), ""),
	}
}

// parameterEntries are the behaviour parameters: the country's, unless the scenario overrides them.
func (s *Scenario) parameterEntries() []Entry {
	var out []Entry
	for _, f := range settingsFields() {
		p := s.country.priors[f.key]
		e := Entry{Key: f.key, Value: literal(f.of(s.settings).Interface()), Unit: f.tag.Get("unit"), Status: p.Status, Source: p.Source,
			File: p.Where.File, Line: p.Where.Line}
		if at, ok := s.origins[f.key]; ok {
			e.Status, e.Source, e.File, e.Line = "scenario", "scenario", at.File, at.Line
		}
		out = append(out, e)
	}
	return out
}

// lawEntries are the periods of one lever within the run: years in a row with the same value from the same place.
func (s *Scenario) lawEntries(f field) []Entry {
	var out []Entry
	var first int
	for i, y := range s.rules {
		o := y.origins[f.key]
		e := Entry{Key: "law." + f.key, Value: literal(f.of(y.rules).Interface()), Unit: f.tag.Get("unit"), Status: "law", Source: o.Source, File: o.At.File, Line: o.At.Line}
		if o.At.File != s.country.book.Name {
			e.Status = "scenario"
		}
		year := s.since + i
		if n := len(out); n > 0 {
			last := out[n-1]
			last.Years = ""
			if last == e {
				out[n-1].Years = span(first, year)
				continue
			}
		}
		first = year
		e.Years = span(first, year)
		out = append(out, e)
	}
	return out
}

// span writes a period of years.
func span(first, last int) string {
	if first == last {
		return strconv.Itoa(first)
	}
	return fmt.Sprintf("%d-%d", first, last)
}

// text is the event on one line.
func (e Event) text() string {
	text := fmt.Sprintf("%d-%02d %s at %s, severity %s, theme %q, target %d", e.Year, e.Month, e.Kind, e.Place, literal(e.Severity), e.Theme, e.Target)
	if e.Name != "" {
		text += fmt.Sprintf(", name %q", e.Name)
	}
	if e.Beneficiaries > 0 {
		text += fmt.Sprintf(", beneficiaries %d", e.Beneficiaries)
	}
	return text
}

// text is the expectation on one line.
func (e Expect) text() string {
	place := ""
	if e.Place != "" {
		place = " of " + e.Place
	}
	lo, hi := e.Band()
	return fmt.Sprintf("%s%s in %d from %s to %s", e.Metric, place, e.Year, literal(lo), literal(hi))
}

// literal writes a value as a scenario would.
func literal(v any) string {
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.String:
		return strconv.Quote(r.String())
	case reflect.Float64:
		return strconv.FormatFloat(r.Float(), 'f', -1, 64)
	case reflect.Slice:
		parts := make([]string, r.Len())
		for i := range parts {
			parts[i] = literal(r.Index(i).Interface())
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case reflect.Struct:
		var parts []string
		for _, f := range fields(r.Type()) {
			parts = append(parts, f.key+" = "+literal(f.of(v).Interface()))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	default:
		return fmt.Sprint(v)
	}
}

// Digest is the SHA-256, in hex, of all values of the sheet that shape results: key, years and value of every entry but expectations, outputs and
// the seed, so that replicates of a scenario share it. Scenarios that say the same in other words or files have the same digest.
func (s *Scenario) Digest() string {
	h := sha256.New()
	for _, e := range merged(s.Sheet()) {
		if e.Key != "expect" && e.Key != "run.seed" && !strings.HasPrefix(e.Key, "outputs.") {
			fmt.Fprintf(h, "%s\t%s\t%s\n", e.Key, e.Years, e.Value)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// merged joins neighbouring periods of one key with the same value, whatever their source.
func merged(sheet []Entry) []Entry {
	var out []Entry
	for _, e := range sheet {
		if n := len(out); n > 0 && e.Years != "" && out[n-1].Key == e.Key && out[n-1].Value == e.Value {
			first, _, _ := strings.Cut(out[n-1].Years, "-")
			_, last, ok := strings.Cut(e.Years, "-")
			if !ok {
				last = e.Years
			}
			out[n-1].Years = first + "-" + last
			continue
		}
		out = append(out, e)
	}
	return out
}

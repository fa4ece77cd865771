package law

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Book is the dated law of one country: for each key of Rules a series of values, each in force from a day on.
type Book struct {
	Name    string // file name, for messages
	Country Country
	Title   string
	Series  []Series // in the order of the file
}

// Series is one rule through time.
type Series struct {
	Key    string
	Title  string  // in plain words, with the term of the law
	Unit   string  // as in the tags of Rules; for the reader
	Values []Value // ascending by date
	Line   int
}

// Value is what a rule says from a day on.
type Value struct {
	From     time.Time // midnight UTC of the day it takes force
	Value    any       // decoded TOML, as Rules.Set takes it
	Article  string    // article of law, or why there is none
	Source   string    // where it was seen
	Note     string
	Verified bool // the value was seen in a source that can be opened; false = from memory or announced only
	Line     int
}

// Origin says where the value of a key comes from.
type Origin struct {
	File     string
	Line     int
	From     time.Time
	Article  string
	Source   string
	Note     string
	Verified bool
}

// InForce is the day whose law is the law of a simulated year: 1 July. A rule that starts in the first half of a year counts for the whole of it, one of the
// second half from the next year on.
func InForce(year int) time.Time { return time.Date(year, time.July, 1, 0, 0, 0, 0, time.UTC) }

// At is the value in force on a day; nil before the first.
func (s *Series) At(day time.Time) *Value {
	for i := len(s.Values) - 1; i >= 0; i-- {
		if !s.Values[i].From.After(day) {
			return &s.Values[i]
		}
	}
	return nil
}

// First is the first day on which every rule of the book has a value.
func (b *Book) First() time.Time {
	var first time.Time
	for _, s := range b.Series {
		if from := s.Values[0].From; from.After(first) {
			first = from
		}
	}
	return first
}

// Rules is the law of one simulated year, what is in force on its 1 July, with the origin of every key. It is complete or an error, as At.
func (b *Book) Rules(year int) (Rules, map[string]Origin, error) { return b.At(InForce(year)) }

// At is the law in force on a day, with the origin of every key. It is complete or an error: a key without a value in force, a value outside its range and
// rules that do not fit together are all reported at once, as "file:line: key: ...".
func (b *Book) At(day time.Time) (Rules, map[string]Origin, error) {
	var r Rules
	var errs []error
	from := make(map[string]Origin)
	for _, k := range Keys() {
		i := slices.IndexFunc(b.Series, func(s Series) bool { return s.Key == k.Name })
		if i < 0 {
			errs = append(errs, fmt.Errorf("%s: %s: got no rule, want %s", b.Name, k.Name, k.Range()))
			continue
		}
		s := &b.Series[i]
		v := s.At(day)
		if v == nil {
			errs = append(errs, fmt.Errorf("%s:%d: %s: got no value in force on %s, want %s; the first is of %s",
				b.Name, s.Line, k.Name, day.Format(time.DateOnly), k.Range(), s.Values[0].From.Format(time.DateOnly)))
			continue
		}
		if faults := r.set(k, v.Value); len(faults) > 0 {
			for _, f := range faults {
				errs = append(errs, fmt.Errorf("%s:%d: %w", b.Name, v.Line, f))
			}
			continue
		}
		from[k.Name] = Origin{File: b.Name, Line: v.Line, From: v.From, Article: v.Article, Source: v.Source, Note: v.Note, Verified: v.Verified}
	}
	if len(errs) == 0 {
		for _, err := range r.Validate() {
			errs = append(errs, fmt.Errorf("%s: law of %s: %w", b.Name, day.Format(time.DateOnly), err))
		}
	}
	return r, from, errors.Join(errs...)
}

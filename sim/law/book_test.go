package law

import (
	"os"
	"testing"
)

// shipped reads one of the law files the program ships.
func shipped(t testing.TB, c Country) *Book {
	t.Helper()
	name := "law/" + string(c) + ".toml"
	data, err := os.ReadFile("../../scenarios/" + name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := ParseBook(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// lawOf compiles the shipped law of a year, after changes, without the average deductions and credits: the law of one person.
func lawOf(t testing.TB, c Country, year int, change ...func(*Rules)) *Law {
	t.Helper()
	r, _, err := shipped(t, c).Rules(year)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range change {
		f(&r)
	}
	l, err := Compile(c, year, r)
	if err != nil {
		t.Fatal(err)
	}
	return l.Exact()
}

func TestEveryYearIsComplete(t *testing.T) {
	for c, first := range map[Country]int{Korea: 2023, Japan: 2008} {
		b := shipped(t, c)
		for year := first; year <= 2072; year++ {
			r, from, err := b.Rules(year)
			if err != nil {
				t.Fatal(err)
			}
			if len(from) != len(Keys()) {
				t.Fatalf("%s %d: %d origins, want one for each of %d keys", c, year, len(from), len(Keys()))
			}
			if _, err := Compile(c, year, r); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := b.Rules(first - 1); err == nil {
			t.Fatalf("%s %d: got rules before the first date, want an error", c, first-1)
		}
	}
}

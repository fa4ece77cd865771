package law

import (
	"os"
	"strings"
	"testing"
)

const good = `country = "kr"
title = "test"

[[rule]] # the cap
key = "cap"
title = "annual cap"
unit = "won/year"
[[rule.value]]
from = 2023-01-01
value = 5_000_000
article = "제8조"
source = "news"
verified = true

[[rule.value]]
from = 2025-01-01
value = 20_000_000
article = "제8조"
source = "news"
verified = false
note = """
[[rule]] is no header here
key = "nor a key" """

[[rule]]
key = "credit.tiers"
title = "tiers"
unit = "list"
[[rule.value]]
from = 2023-01-01
value = [
  { upto = 100_000, rate = 1.0 },
  { upto = 5_000_000, rate = 0.165 },
]
article = "제58조"
source = "news"
verified = true
`

func TestParseBook(t *testing.T) {
	b, err := ParseBook("x.toml", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	if b.Country != Korea || len(b.Series) != 2 || len(b.Series[0].Values) != 2 {
		t.Fatalf("%+v", b)
	}
	for _, c := range []struct {
		got, want int
	}{
		{b.Series[0].Line, 4}, {b.Series[0].Values[0].Line, 10}, {b.Series[0].Values[1].Line, 17}, {b.Series[1].Line, 25}, {b.Series[1].Values[0].Line, 31},
	} {
		if c.got != c.want {
			t.Errorf("line %d, want %d", c.got, c.want)
		}
	}
	s := &b.Series[0]
	for year, want := range map[int]any{2023: int64(5_000_000), 2024: int64(5_000_000), 2025: int64(20_000_000), 2050: int64(20_000_000)} {
		if v := s.At(InForce(year)); v == nil || v.Value != want {
			t.Errorf("%d: got %v, want %v", year, v, want)
		}
	}
	if v := s.At(InForce(2022)); v != nil {
		t.Errorf("2022: got %v, want nothing", v)
	}
	_, _, err = b.Rules(2024)
	if err == nil || !strings.Contains(err.Error(), "x.toml: gift.limit: got no rule, want a number (share of donation) from 0 to 1") {
		t.Errorf("an incomplete book: got %v", err)
	}
	_, _, err = b.Rules(2022)
	if err == nil || !strings.Contains(err.Error(), "x.toml:4: cap: got no value in force on 2022-07-01, want a whole number (money/year) from 0 to 1000000000000; the first is of 2023-01-01") {
		t.Errorf("a year before the law: got %v", err)
	}
}

func TestParseBookRefuses(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`country = "kr"`, `country = "de"`, `x.toml:1: country: got "de", want "kr" or "jp"`},
		{`country = "kr"`, ``, "x.toml:1: country: got nothing, want a value"},
		{`title = "test"`, `titel = "test"`, "x.toml:2: titel: got an unknown key, want one of country, title, rule; did you mean title?\nx.toml:1: title: got nothing, want a value"},
		{`key = "cap"`, `key = "capp"`, `x.toml:5: key: got "capp", want a key of the law; did you mean cap?`},
		{`key = "credit.tiers"`, `key = "cap"`, `x.toml:26: key: got "cap", want one rule for each key` + "\n" +
			"x.toml:31: cap: got a list of 2, want a whole number (money/year) from 0 to 1000000000000"},
		{"from = 2025-01-01\n", "", "x.toml:15: cap: from: got nothing, want a value"},
		{"from = 2025-01-01", "from = 2022-01-01", "x.toml:16: cap: from: got 2022-01-01, want a day after 2023-01-01; values stand in the order of their dates"},
		{"from = 2025-01-01", "from = 2023-01-01", "x.toml:16: cap: from: got 2023-01-01, want a day after 2023-01-01; values stand in the order of their dates"},
		{"from = 2025-01-01", "from = 2025", "x.toml:16: cap: from: got 2025, want a day like 2023-01-01"},
		{"from = 2025-01-01", `from = "2025-01-01"`, `x.toml:16: cap: from: got "2025-01-01", want a day like 2023-01-01`},
		{"from = 2025-01-01", `from = 2025-01-01T00:00:00Z`, `x.toml:16: cap: from: got 2025-01-01 00:00:00 +0000 UTC, want a day like 2023-01-01`},
		{"from = 2025-01-01", "from = 0001-01-01", "x.toml:16: cap: from: got 0001-01-01, want a day between 1900 and 2200"},
		{"from = 2025-01-01", "from = 2025-13-01", "x.toml:16: "},
		{"value = 20_000_000", `value = "20M"`, `x.toml:17: cap: got "20M", want a whole number (money/year) from 0 to 1000000000000`},
		{"value = 20_000_000\n", "", "x.toml:15: cap: value: got nothing, want a value"},
		{"upto = 100_000, rate = 1.0", "upto = 100_000, rate = 1.1", "x.toml:31: credit.tiers[1].rate: got 1.1, want a number (share) from 0 to 1"},
		{"verified = false", `verified = "no"`, `x.toml:20: cap: verified: got "no", want true or false`},
		{"verified = false\n", "", "x.toml:15: cap: verified: got nothing, want a value"},
		{`unit = "won/year"`, `unit = 3`, `x.toml:7: cap: unit: got 3, want a text`},
		{`unit = "won/year"`, `unit = ""`, `x.toml:7: cap: unit: got "", want a text`},
		{`unit = "list"`, `unit = "list"` + "\nvalue = 3\n[rule.x]", "x.toml:"},
		{`title = "tiers"`, `title = "tiers`, "x.toml:27: "},
		{`[[rule]] # the cap`, `[rule]`, "x.toml:"},
	} {
		text := strings.Replace(good, c.old, c.new, 1)
		if text == good {
			t.Fatalf("%q not found", c.old)
		}
		b, err := ParseBook("x.toml", []byte(text))
		switch {
		case err == nil || b != nil:
			t.Errorf("%s: accepted", c.new)
		case strings.HasSuffix(c.want, ":") || strings.HasSuffix(c.want, ": "): // syntax: the decoder's own words
			if !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("%s:\ngot  %v\nwant %v...", c.new, err, c.want)
			}
		case strings.HasPrefix(c.new, "titel"): // two faults of one file, in line order
			if lines := strings.Split(c.want, "\n"); err.Error() != lines[1]+"\n"+lines[0] {
				t.Errorf("%s:\ngot  %v", c.new, err)
			}
		case err.Error() != c.want:
			t.Errorf("%s:\ngot  %v\nwant %v", c.new, err, c.want)
		}
	}
}

// Whatever the bytes, ParseBook gives a book or an error, and a book it gives can be asked for any year.
func FuzzParseBook(f *testing.F) {
	f.Add([]byte(good))
	for _, name := range []string{"kr", "jp"} {
		data, err := os.ReadFile("../../scenarios/law/" + name + ".toml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, s := range []string{"", "rule = 1", "[[rule]]", "[[rule]]\nvalue = [1]", "rule = [{value = [{from = 2020-01-01}]}]", "[[rule]]\n[[rule.value]]\nfrom = 2020-01-01\nvalue = nan", "\x00", "a = '''", "[a]\n[a.b]\n\"]\" = 1"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := ParseBook("fuzz.toml", data)
		if (b == nil) == (err == nil) {
			t.Fatalf("got book %v and error %v", b != nil, err)
		}
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzz.toml") {
				t.Fatalf("an error without the file's name: %v", err)
			}
			return
		}
		for _, s := range b.Series {
			for i := 1; i < len(s.Values); i++ {
				if !s.Values[i].From.After(s.Values[i-1].From) {
					t.Fatalf("%s: dates do not ascend", s.Key)
				}
			}
		}
		if r, _, err := b.Rules(2026); err == nil {
			if _, err := Compile(b.Country, 2026, r); err != nil {
				t.Fatalf("complete rules that do not compile: %v", err)
			}
		}
	})
}

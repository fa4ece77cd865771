package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gohyang/output"
)

// TestTaxWords holds the three languages to the same texts with the same blanks: what is left in English in a Korean page, or a blank that is not filled,
// would only be seen by its reader.
func TestTaxWords(t *testing.T) {
	blank := regexp.MustCompile(`%(?:\[\d\])?[sd]`)
	for lang, words := range taxWords {
		if got, want := slices.Sorted(maps.Keys(words)), slices.Sorted(maps.Keys(taxEnglish)); !slices.Equal(got, want) {
			t.Errorf("%s: texts %q, want those of en", lang, got)
		}
		for id, text := range words {
			if got, want := len(blank.FindAllString(text, -1)), len(blank.FindAllString(taxEnglish[id], -1)); got != want {
				t.Errorf("%s: %s has %d blanks, want %d as in en", lang, id, got, want)
			}
			letters := regexp.MustCompile(`[A-Za-z]{4,}`).FindString(blank.ReplaceAllString(text, ""))
			if lang != "en" && letters != "" && letters != "scenarios" && letters != "iDeCo" {
				t.Errorf("%s: %s is not translated: %q", lang, id, text)
			}
		}
	}
}

// taxOf runs gohyang tax and wants it to succeed.
func taxOf(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(append([]string{"tax"}, args...), &out, &errs); code != exitOK || errs.Len() > 0 {
		t.Fatalf("%q: exit code %d: %s", args, code, errs.String())
	}
	return out.String()
}

// TestTaxPages prints many donors in every language: no page has an unfilled blank or breaks its alignment, and its totals are those of --json.
func TestTaxPages(t *testing.T) {
	donors := [][]string{
		{"jp", "--income", "0", "--year", "2008"},
		{"jp", "--income", "9000000", "--dependants", "3,16,17,20,30,75", "--spouse", "--donate", "300000", "--year", "2012"},
		{"jp", "--income", "200000000", "--donate", "9000000", "--year", "2027", "--home", "14100"},
		{"jp", "--income", "5000000", "--donate", "30000@27213:2019-07-01", "--donate", "20000@01100", "--year", "2019"},
		{"jp", "--income", "5000000", "--donate", "30000@01100:2024-05-01", "--one-stop", "--home", "13101"},
		{"kr", "--income", "15000000", "--donate", "100000", "--year", "2023", "--home", "26110"},
		{"kr", "--income", "90000000", "--spouse", "--dependants", "8,15,70", "--donate", "25000000", "--year", "2026"},
		{"kr", "--income", "30000000", "--donate", "500000@47170:2026-05-01", "--disaster", "47170:2026-03-01", "--home", "세종특별자치시"},
	}
	for _, args := range donors {
		var j taxJSON
		if err := json.Unmarshal([]byte(taxOf(t, append(args, "--json")...)), &j); err != nil {
			t.Fatal(err)
		}
		if b := j.Bearers; b.State+b.Prefecture+b.Municipality != j.TotalSaving || j.TotalSaving+j.SelfBurden != j.Donated {
			t.Errorf("%q: the parts do not add up: %+v", args, j)
		}
		for _, lang := range []string{"en", "ko", "ja"} {
			page := taxOf(t, append(args, "--lang", lang)...)
			if strings.Contains(page, "%!") || strings.Contains(page, "NaN") {
				t.Errorf("%q: %s", args, page)
			}
			for id, amount := range map[string]int64{"saving": j.TotalSaving, "self": j.SelfBurden, "limit": j.Limit} {
				checkLine(t, page, taxWords[lang][id], output.Int(amount))
			}
			if curve := taxOf(t, append(args, "--curve", "--lang", lang)...); strings.Contains(curve, "%!") || strings.Count(curve, "\n") < 5 {
				t.Errorf("%q: %s", args, curve)
			}
		}
	}
}

// checkLine wants a line that starts with the label and has the amount, which must end in the same column as the heading of amounts.
func checkLine(t *testing.T, page, label, amount string) {
	t.Helper()
	edge := 0
	for line := range strings.SplitSeq(page, "\n") {
		if i := headEnd(line); i > 0 {
			edge = i
		}
		if rest, found := strings.CutPrefix(line, label+" "); found {
			if strings.Fields(rest)[0] != amount || output.Width(line[:strings.Index(line, amount)+len(amount)]) != edge {
				t.Errorf("got %q, want %s, ending in column %d", line, amount, edge)
			}
			return
		}
	}
	t.Errorf("no line %q in\n%s", label, page)
}

// headEnd is the display column in which the heading of amounts ends; 0 for any other line.
func headEnd(line string) int {
	for _, words := range taxWords {
		head := words["head.amount"]
		if trimmed := strings.TrimLeft(line, " "); strings.HasPrefix(trimmed, head+"  ") {
			return len(line) - len(trimmed) + output.Width(head)
		}
	}
	return 0
}

// TestTaxIsThePublishedTable prices donors of the ministry's table of limits through the command line: at the published limit, rounded down to 1,000 yen, the
// donor bears 2,000 yen; 1,000 yen further, more.
func TestTaxIsThePublishedTable(t *testing.T) {
	for _, c := range []struct {
		income, limit int64
		household     []string
	}{
		{3_000_000, 28_000, nil}, {5_000_000, 61_000, nil}, {6_000_000, 69_000, []string{"--spouse"}}, {6_000_000, 43_000, []string{"--spouse", "--dependants", "20,17"}},
	} {
		for _, more := range []int64{0, 1_000} {
			var j taxJSON
			args := append([]string{"jp", "--year", "2024", "--json", "--income", fmt.Sprint(c.income), "--donate", fmt.Sprint(c.limit + more)}, c.household...)
			if err := json.Unmarshal([]byte(taxOf(t, args...)), &j); err != nil {
				t.Fatal(err)
			}
			if full := j.SelfBurden == 2_000; full != (more == 0) || j.Limit/1000*1000 != c.limit {
				t.Errorf("%q: bears %d, limit %d, want the published %d", args, j.SelfBurden, j.Limit, c.limit)
			}
		}
	}
}

// FuzzTaxFlags: whatever is typed, the verb prints a page or one paragraph that starts with what is wrong, and nothing panics.
func FuzzTaxFlags(f *testing.F) {
	f.Add("kr", "40000000", "17,20", "2025", "100000@46770:2025-04-02", "46770:2025-03-27", "고흥군", false)
	f.Add("jp", "6_000_000", "", "", "60000@泉佐野市:2019-06-01", "", "27100", true)
	f.Add("jp", "-1", "x", "0", "@:", ":", " ", true)
	f.Fuzz(func(t *testing.T, country, income, ages, year, donation, zone, home string, oneStop bool) {
		args := []string{"tax", "--income=" + income, "--dependants=" + ages, "--json"}
		for flag, value := range map[string]string{"year": year, "donate": donation, "disaster": zone, "home": home} {
			if value != "" {
				args = append(args, "--"+flag+"="+value)
			}
		}
		if oneStop {
			args = append(args, "--one-stop")
		}
		var out, errs bytes.Buffer
		switch code := run(append(args, "--", country), &out, &errs); code {
		case exitOK:
			if !json.Valid(out.Bytes()) || errs.Len() > 0 {
				t.Errorf("%q: %q, %q", args, out.String(), errs.String())
			}
		case exitUsage:
			if errs.Len() < 10 || out.Len() > 0 {
				t.Errorf("%q: %q, %q", args, out.String(), errs.String())
			}
		default:
			t.Errorf("%q: exit code %d, %q", args, code, errs.String())
		}
	})
}

package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestScoreboard: the scoreboards in the repository are what this program scores. They are the model's misses as well as its hits; a change is a question. -update
// rewrites them, with a "Numbers:" paragraph. Goals that are missed are listed here, so that a new miss, or one made good, is noticed.
func TestScoreboard(t *testing.T) {
	if testing.Short() {
		t.Skip("projects both countries from every start")
	}
	missed := map[string][]string{
		"kr": {"ahead 2023 province 2050-07-01"},
		"jp": {"forecast 2016 nation 2020-10-01", "ahead 2020 province 2050-10-01"},
	}
	for country, want := range missed {
		t.Run(country, func(t *testing.T) {
			kept := filepath.Join("..", "..", "scenarios", "scores", country+"-population.csv")
			fresh := filepath.Join(t.TempDir(), "scores.csv")
			var out, errs bytes.Buffer
			if code := run([]string{"hindcast", country, "--csv", fresh}, &out, &errs); code != exitOK {
				t.Fatalf("exit code %d: %s", code, errs.String())
			}
			got, err := os.ReadFile(fresh)
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(kept, got, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			before, err := os.ReadFile(kept)
			if err != nil {
				t.Fatal(err)
			}
			if line := firstDifference(string(got), string(before)); line != "" {
				t.Errorf("%s is not what the program scores; after a wanted change: go test ./cmd/gohyang -run TestScoreboard -update\n%s", kept, line)
			}
			checkScores(t, got, want)
		})
	}
}

// firstDifference shows the first line that differs.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(a), len(b)) {
		var x, y string
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			return "line " + strconv.Itoa(i+1) + "\n got " + x + "\nwant " + y
		}
	}
	return ""
}

// checkScores holds a scoreboard to what must be true of any: the model first among the rules of a comparison, errors that are no less than their bias, all units
// scored by the model, and the goals missed that are known to be.
func checkScores(t *testing.T, text []byte, missed []string) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\uFEFF")))).ReadAll()
	if err != nil || len(rows) < 50 {
		t.Fatalf("got %d rows: %v", len(rows), err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	var found []string
	last, units := "", ""
	for _, row := range rows[1:] {
		cell := func(name string) string { return row[at[name]] }
		number := func(name string) float64 {
			x, err := strconv.ParseFloat(cell(name), 64)
			if err != nil {
				t.Fatalf("%v: %s", row, err)
			}
			return x
		}
		head := strings.Join([]string{cell("start"), cell("kind"), cell("measure"), cell("level"), cell("when")}, " ")
		if head != last && cell("rule") != "model" {
			t.Errorf("%s: got the rule %q first, want the model", head, cell("rule"))
		}
		if head != last {
			units = cell("units")
		} else if cell("rule") == "constant" && cell("measure") == "population" && cell("units") != units {
			t.Errorf("%s: constant has %s units, the model %s", head, cell("units"), units)
		}
		last = head
		if bias, weighted := number("bias"), number("weighted_error"); bias > weighted+1e-3 || -bias > weighted+1e-3 {
			t.Errorf("%v: bias beyond the weighted error", row)
		}
		if cell("goal_met") == "false" {
			found = append(found, strings.Join([]string{cell("kind"), cell("start"), cell("level"), cell("when")}, " "))
		}
	}
	if got, want := strings.Join(found, "; "), strings.Join(missed, "; "); got != want {
		t.Errorf("goals missed: got %q, want %q", got, want)
	}
}

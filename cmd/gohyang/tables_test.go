package main

import (
	"encoding/csv"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gohyang/output"
)

// tableNames are the tables of a result.
var tableNames = []string{"accounts", "donors", "flows", "ledger", "months", "towns", "years"}

// grid is one CSV table of a result: a header and rows of text.
type grid struct {
	name   string
	header []string
	rows   [][]string
	column map[string]int
	keyed  []int // the key columns
}

// parseGrid reads the text of a CSV table, with or without byte order mark.
func parseGrid(name, text string) (grid, error) {
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil || len(lines) == 0 {
		return grid{}, fmt.Errorf("%s: %d lines: %w", name, len(lines), err)
	}
	g := grid{name: name, header: lines[0], rows: lines[1:], column: map[string]int{}}
	for i, c := range g.header {
		g.column[c] = i
		if m, ok := output.FindMetric(c); ok && m.Key {
			g.keyed = append(g.keyed, i)
		}
	}
	return g, nil
}

// tablesOf reads every CSV table of a result directory.
func tablesOf(t *testing.T, dir string) map[string]grid {
	t.Helper()
	all := map[string]grid{}
	for _, name := range tableNames {
		g, err := parseGrid(name, read(t, filepath.Join(dir, name+".csv")))
		if err != nil {
			t.Fatal(err)
		}
		if len(g.rows) == 0 {
			t.Fatalf("%s: the table of %s has no rows", dir, name)
		}
		all[name] = g
	}
	return all
}

// text is one cell; a column the table does not have is a fault of the test.
func (g grid) text(row int, column string) string {
	i, ok := g.column[column]
	if !ok {
		panic("table " + g.name + " has no column " + column)
	}
	return g.rows[row][i]
}

// whole is one cell that must be a whole number.
func (g grid) whole(t *testing.T, row int, column string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(g.text(row, column), 10, 64)
	if err != nil {
		t.Fatalf("%s %s, %s: %v", g.name, g.key(row), column, err)
	}
	return n
}

// key identifies a row by its key columns: "2024 46770 고흥군".
func (g grid) key(row int) string {
	var parts []string
	for _, i := range g.keyed {
		parts = append(parts, g.rows[row][i])
	}
	return strings.Join(parts, " ")
}

// sums adds a column up over the rows with the same values in the columns by.
func (g grid) sums(t *testing.T, column string, by ...string) map[string]int64 {
	t.Helper()
	out := map[string]int64{}
	for row := range g.rows {
		var key []string
		for _, b := range by {
			key = append(key, g.text(row, b))
		}
		out[strings.Join(key, " ")] += g.whole(t, row, column)
	}
	return out
}

// restrict is the text of a table of some columns of the rows of one year.
func (g grid) restrict(year string, columns []string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(columns) // a strings.Builder takes everything
	for row := range g.rows {
		if g.text(row, "year") != year {
			continue
		}
		var cells []string
		for _, c := range columns {
			cells = append(cells, g.text(row, c))
		}
		_ = w.Write(cells)
	}
	w.Flush()
	return b.String()
}

// difference says where two versions of a table differ, row by row of the same key: the first cells in words, then how many there are. It is empty when
// they hold the same numbers in the same order.
func difference(kept, now grid, most int) string {
	var b strings.Builder
	told, cells := 0, 0
	tell := func(format string, args ...any) {
		if told++; told <= most {
			fmt.Fprintf(&b, "  "+format+"\n", args...)
		}
	}
	for _, c := range missing(kept.header, now.header) {
		tell("column %s has gone", c)
	}
	for _, c := range missing(now.header, kept.header) {
		tell("column %s is new", c)
	}
	keptKeys, nowKeys := kept.keys(), now.keys()
	for _, k := range missing(keptKeys, nowKeys) {
		tell("row %s has gone", k)
	}
	for _, k := range missing(nowKeys, keptKeys) {
		tell("row %s is new", k)
	}
	at := map[string]int{}
	for row, k := range nowKeys {
		at[k] = row
	}
	for row, k := range keptKeys {
		other, ok := at[k]
		if !ok {
			continue
		}
		if other != row && len(keptKeys) == len(nowKeys) {
			tell("row %s stood at %d and stands at %d", k, row+1, other+1)
		}
		for i, c := range kept.header {
			j, ok := now.column[c]
			if ok && kept.rows[row][i] != now.rows[other][j] {
				cells++
				tell("%s, %s: kept %s, now %s%s", c, k, kept.rows[row][i], now.rows[other][j], change(kept.rows[row][i], now.rows[other][j]))
			}
		}
	}
	if told == 0 {
		return ""
	}
	fmt.Fprintf(&b, "  %d of %d cells differ", cells, len(kept.rows)*len(kept.header))
	if told > most {
		fmt.Fprintf(&b, "; %d lines left out", told-most)
	}
	return b.String()
}

// change is by how many per cent a number changed, in brackets; empty when it is no number.
func change(kept, now string) string {
	a, errA := strconv.ParseFloat(kept, 64)
	b, errB := strconv.ParseFloat(now, 64)
	if errA != nil || errB != nil || a == 0 {
		return ""
	}
	return fmt.Sprintf(" (%+.2f%%)", 100*(b-a)/a)
}

// keys are the keys of all rows.
func (g grid) keys() []string {
	out := make([]string, len(g.rows))
	for row := range g.rows {
		out[row] = g.key(row)
	}
	return out
}

// missing lists what of a is not in b.
func missing(a, b []string) (out []string) {
	have := map[string]bool{}
	for _, x := range b {
		have[x] = true
	}
	for _, x := range a {
		if !have[x] {
			out = append(out, x)
		}
	}
	return out
}

// TestDifference: a changed cell, row or column is named, the first of many only, and equal tables say nothing.
func TestDifference(t *testing.T) {
	kept := "year,code,donors,net\n2024,46770,100,-5\n2024,46780,50,7\n2025,46770,80,0\n"
	for _, c := range []struct{ now, want string }{
		{kept, ""},
		{"\ufeff" + strings.ReplaceAll(kept, "\n", "\r\n"), ""},
		{strings.Replace(kept, "80,0", "88,0", 1), "  donors, 2025 46770: kept 80, now 88 (+10.00%)\n  1 of 12 cells differ"},
		{strings.ReplaceAll(kept, "0,", "9,"), "  row 2024 46770 has gone\n  row 2024 46780 has gone\n  0 of 12 cells differ; 4 lines left out"},
		{strings.Replace(kept, "2025,46770,80,0\n", "", 1), "  row 2025 46770 has gone\n  0 of 12 cells differ"},
		{strings.Replace(kept, "net", "gain", 1), "  column net has gone\n  column gain is new\n  0 of 12 cells differ"},
	} {
		a, errA := parseGrid("towns", kept)
		b, errB := parseGrid("towns", c.now)
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		if got := difference(a, b, 2); got != c.want {
			t.Errorf("%q: got\n%s\nwant\n%s", c.now, got, c.want)
		}
	}
}

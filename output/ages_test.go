package output

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gohyang/sim"
)

// TestRiskClass: the bounds of the classes belong to the class above.
func TestRiskClass(t *testing.T) {
	for index, want := range map[float64]float64{0: 0, 0.1999: 0, 0.2: 1, 0.4999: 1, 0.5: 2, 0.9999: 2, 1: 3, 2.5: 3} {
		if got := riskClass(&index); got == nil || *got != want {
			t.Errorf("index %g: got %v, want %g", index, got, want)
		}
	}
	if riskClass(nil) != nil {
		t.Error("no index has a class")
	}
}

// TestMedian: worked by hand.
func TestMedian(t *testing.T) {
	var a, b, none sim.Ages
	a[0][10], a[1][20], a[0][30] = 4, 2, 4 // the fifth and sixth of ten are 20: half of them are 20.5 or younger
	b[1][40] = 1
	for _, c := range []struct {
		what string
		ages []sim.Ages
		want float64
	}{{"three ages", []sim.Ages{a}, 20.5}, {"one person", []sim.Ages{b}, 40.5}, {"two towns", []sim.Ages{b, a}, 20.75}} {
		if got := median(c.ages...); got == nil || math.Abs(*got-c.want) > 1e-12 {
			t.Errorf("%s: got %v, want %g", c.what, got, c.want)
		}
	}
	if median(none) != nil || median() != nil {
		t.Error("nobody has a median age")
	}
}

// TestPersonsTable: the table has the residents of every town and year, and only on request; the new ratios are what their parts say.
func TestPersonsTable(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	r, err := Create(dir, tinyFrame(), true)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Abort()
	if err := r.WithPersons(true); err != nil {
		t.Fatal(err)
	}
	for _, y := range []int{2023, 2024} {
		if err := r.Observe(tinyRecord(y, 0)); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(tinyManifest("tiny", 1)); err != nil {
		t.Fatal(err)
	}
	rows, err := readTable[PersonRow](dir, tablePersons)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2*3*5 || rows[0] != (PersonRow{2023, "46770", "male", 10, 6000}) || rows[4] != (PersonRow{2023, "46770", "female", 110, 5}) {
		t.Errorf("got %d rows, the first %+v, the fifth %+v", len(rows), rows[0], rows[4])
	}
	result, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range append(result.Places(2023), result.Places(2024)...) {
		sum := int64(0)
		for _, row := range rows {
			if row.Year == p.Year && row.Code == p.Code {
				sum += row.Population
			}
		}
		if sum != p.Population {
			t.Errorf("%d %s: %d persons by age, %d in the towns", p.Year, p.Code, sum, p.Population)
		}
	}
	if files := names(t, dir); !slices.Contains(files, "persons.csv") {
		t.Errorf("got %v, want persons.csv among them", files)
	}
	plain := filepath.Join(t.TempDir(), "p")
	recordTiny(t, plain, tinyManifest("tiny", 1), true, 0, 2023)
	if files := names(t, plain); slices.ContainsFunc(files, func(f string) bool { return strings.HasPrefix(f, "persons") }) {
		t.Errorf("got %v, want no table of persons unless asked for", files)
	}
}

// TestSummaryClasses: counts of classes in the first and the last year, and who changed.
func TestSummaryClasses(t *testing.T) {
	row := func(code string, class, women float64) TownRow {
		return TownRow{Code: code, Level: LevelMunicipality, RiskClass: &class, WomenChange: &women}
	}
	first := []TownRow{row("a", 2, 1), row("b", 1, 1), row("c", 1, 1), row("d", 0, 1)}
	last := []TownRow{row("a", 1, 0.7), row("b", 0, 0.5), row("c", 1, 0.4), row("d", 1, 1.2)}
	got := strings.Fields(classTable(first, last).String())
	want := strings.Fields(`extinction index first year last year fell into rose into
		high risk (below 0.2) 1 1 1 0
		risk (0.2 to 0.5) 2 3 1 1
		caution (0.5 to 1) 1 0 0 0
		low (1 and over) 0 0 0 0`)
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if n, of := halvedCount(last); n != 2 || of != 4 {
		t.Errorf("%d of %d municipalities halved, want 2 of 4", n, of)
	}
}

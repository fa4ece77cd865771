package output

import (
	"encoding/csv"
	"math"
	"reflect"
	"strings"
	"testing"
)

// TestSpread: t(0.975, 2) = 4.302653 and t(0.975, 9) = 2.262157 are from any printed table of Student's t.
func TestSpread(t *testing.T) {
	s := spreadOf([]float64{1, 2, 3}) // sd 1, half width 4.302653/sqrt(3)
	if half := 4.302653 / math.Sqrt(3); s.Mean != 2 || math.Abs(s.High-2-half) > 1e-6 || math.Abs(2-s.Low-half) > 1e-6 || !s.Noise() {
		t.Errorf("got %+v, want 2 +- %v and noise", s, half)
	}
	ten := make([]float64, 10)
	for i := range ten {
		ten[i] = 5 + float64(i%2*2-1) // 4 and 6: sd sqrt(10/9)
	}
	s = spreadOf(ten)
	if half := 2.262157 * math.Sqrt(10.0/9/10); math.Abs(s.High-5-half) > 1e-6 || s.Noise() {
		t.Errorf("got %+v, want 5 +- %v and no noise", s, half)
	}
	if s := spreadOf([]float64{4}); s.Noise() || s.Low != 4 || s.High != 4 {
		t.Errorf("one pair: got %+v", s)
	}
	if s := spreadOf([]float64{0, 0, 0}); s.Noise() {
		t.Errorf("identical: got %+v, want no noise", s)
	}
}

// sides are two scenarios over some seeds; B receives 100 million more, give or take what noise says by seed.
func sides(t *testing.T, noise []int64) (a, b []*Result) {
	for i, n := range noise {
		seed := uint64(i + 1)
		a = append(a, openTiny(t, tinyManifest("tiny", seed), n*3, 2023, 2024))
		b = append([]*Result{openTiny(t, tinyManifest("tiny-more", seed), n*3+100_000_000+n, 2023, 2024)}, b...) // in another order
	}
	return a, b
}

func find(t *testing.T, c *Comparison, metric string, year int) Difference {
	t.Helper()
	for _, d := range c.Nation {
		if d.Metric == metric && d.Year == year {
			return d
		}
	}
	t.Fatalf("no %s in %d", metric, year)
	return Difference{}
}

func TestCompareOneSeed(t *testing.T) {
	a, b := sides(t, []int64{0})
	c, err := Compare(a, b)
	if err != nil {
		t.Fatal(err)
	}
	d := find(t, c, "donations.received.amount", 2024)
	if d.A != 2e9 || d.B != 2.1e9 || d.Diff != 1e8 || *d.Percent != 5 || d.Spread.N != 1 {
		t.Errorf("got %+v", d)
	}
	if d := find(t, c, "population", 2023); d.Diff != 0 || *d.Percent != 0 {
		t.Errorf("population: got %+v, want no difference", d)
	}
	var text strings.Builder
	if err := c.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	golden(t, "compare-one.txt", text.String())
}

func TestCompareSeeds(t *testing.T) {
	a, b := sides(t, []int64{0, 1_000_000, -1_000_000})
	c, err := Compare(a, b)
	if err != nil {
		t.Fatal(err)
	}
	// Differences 100, 101 and 99 million, although the levels vary three times as much: pairing by seed removes that.
	d := find(t, c, "donations.received.amount", 2024)
	if half := 4.302653e6 / math.Sqrt(3); d.Diff != 1e8 || math.Abs(d.Spread.High-1e8-half) > 10 || d.Spread.Noise() {
		t.Errorf("got %+v, want 1e8 +- %v", d, half)
	}
	var text, sheet strings.Builder
	if err := c.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	golden(t, "compare-three.txt", text.String())
	if err := c.WriteCSV(&sheet); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(sheet.String(), bom+"code,name,metric,") || strings.Count(sheet.String(), "\n") != strings.Count(sheet.String(), "\r\n") {
		t.Error("CSV: want BOM and CRLF")
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(sheet.String(), bom))).ReadAll()
	if err != nil || len(rows) != 1+len(c.Nation)+len(c.Groups)+len(c.Towns) || len(c.Towns) < 5*len(placeMetrics()) || len(c.Towns)%5 != 0 {
		t.Errorf("CSV: %d rows of %d, %d and %d (%v)", len(rows), len(c.Nation), len(c.Groups), len(c.Towns), err)
	}
}

func TestCompareNoise(t *testing.T) {
	a, b := sides(t, []int64{0, 300_000_000, -300_000_000})
	c, err := Compare(a, b)
	if err != nil {
		t.Fatal(err)
	}
	if d := find(t, c, "donations.received.amount", 2024); !d.Spread.Noise() {
		t.Errorf("got %+v, want noise", d)
	}
	var text strings.Builder
	if err := c.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(text.String(), "\n") {
		if strings.HasPrefix(line, "donations.received.amount") && !strings.Contains(line, " ~ ") && !strings.HasSuffix(line, "[0.0, 0.0]") { // identical is no noise
			t.Errorf("no ~ in %q", line)
		}
		if strings.HasPrefix(line, "population ") && strings.Contains(line, "~") {
			t.Errorf("identical marked as noise in %q", line)
		}
	}
	if strings.Contains(text.String(), "Places with the largest difference in donations") {
		t.Error("a noisy place is listed as a large difference")
	}
}

func TestCompareNotes(t *testing.T) {
	a := []*Result{openTiny(t, tinyManifest("a", 1), 0, 2023, 2024), openTiny(t, tinyManifest("a", 2), 0, 2023, 2024)}
	m := tinyManifest("b", 1)
	m.Scale, m.FactsDigest, m.Version = 0.01, "other", "v9"
	c, err := Compare(a, []*Result{openTiny(t, m, 0, 2024, 2025)})
	if err != nil {
		t.Fatal(err)
	}
	notes := strings.Join(c.Notes, "\n")
	for _, want := range []string{
		"Left out, because the other side lacks the seed: A 2.", "scale differs: A 0.02, B 0.01 (seed 1)", "range of years differs: A 2023-2024, B 2024-2025",
		"facts digest differs: A bb22, B other", "program version differs", "1 seed: no interval",
	} {
		if !strings.Contains(notes, want) {
			t.Errorf("notes lack %q:\n%s", want, notes)
		}
	}
	if len(c.Years) != 1 || c.Years[0] != 2024 {
		t.Errorf("common years: got %v, want 2024", c.Years)
	}
}

func TestCompareErrors(t *testing.T) {
	one := openTiny(t, tinyManifest("a", 1), 0, 2023)
	abroad := *one
	abroad.Manifest.Country = "jp"
	for name, c := range map[string]struct {
		a, b []*Result
		want string
	}{
		"country": {[]*Result{one}, []*Result{&abroad}, "compare: A (a) is a result of Korea, B (a) of Japan: money and places"},
		"empty":   {nil, []*Result{one}, "compare: side A has no result"},
		"twice":   {[]*Result{one}, []*Result{one, one}, "compare: side B has seed 1 twice"},
		"mixed":   {[]*Result{one, openTiny(t, tinyManifest("b", 2), 0, 2023)}, []*Result{one}, "compare: side A holds several scenarios (a and b); name one"},
		"no seed": {[]*Result{one}, []*Result{openTiny(t, tinyManifest("a", 2), 0, 2023)}, "compare: no seed on both sides (only A 1, B 2)"},
		"no year": {[]*Result{one}, []*Result{openTiny(t, tinyManifest("a", 1), 0, 2024)}, "compare a a: no common year"},
	} {
		if _, err := Compare(c.a, c.b); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

// TestGroups: the rows of "For whom" add up to the nation's, whatever the policy, and a place stays in the row of its class in A's first year.
func TestGroups(t *testing.T) {
	a, b := sides(t, []int64{0})
	c, err := Compare(a, b)
	if err != nil {
		t.Fatal(err)
	}
	last := c.Years[len(c.Years)-1]
	for _, name := range groupMetrics() {
		var sum, nation Difference
		for _, d := range c.Groups {
			if d.Metric == name {
				sum.A, sum.B = sum.A+d.A, sum.B+d.B
			}
		}
		for _, d := range c.Nation {
			if d.Metric == name && d.Year == last {
				nation = d
			}
		}
		if sum.A != nation.A || sum.B != nation.B || nation.A == 0 {
			t.Errorf("%s: groups sum to %g and %g, the nation has %g and %g", name, sum.A, sum.B, nation.A, nation.B)
		}
	}
}

// TestDatedSettings: a lever that is written for other years on each side differs only in the years in which its value does.
func TestDatedSettings(t *testing.T) {
	set := func(kv ...string) (m Manifest) {
		for i := 0; i < len(kv); i += 2 {
			m.Settings = append(m.Settings, Setting{Key: kv[i], Value: kv[i+1]})
		}
		return m
	}
	a := set("law.cap 2025-2050", "20", "law.fee 2025-2050", "0.1", "run.scale", "0.02")
	b := set("law.cap 2025-2026", "20", "law.cap 2027", "5", "law.cap 2028-2029", "7", "law.cap 2030-2050", "20", "law.fee 2025", "0.1", "law.fee 2026-2050", "0.1", "run.scale", "0.05")
	want := []SettingDifference{{"law.cap 2027", "20", "5"}, {"law.cap 2028-2029", "20", "7"}, {"run.scale", "0.02", "0.05"}}
	if got := settingDifferences(a, b); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

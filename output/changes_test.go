package output

import (
	"strings"
	"testing"
)

// TestSummaryNamesChanges: what the command line changed stands under the title, and unfitted parameters are confessed.
func TestSummaryNamesChanges(t *testing.T) {
	m := tinyManifest("tiny", 7)
	m.Country, m.Changed, m.Parameters, m.Provisional = "kr", []string{"policy.cap = 1000000", "run.scale = 0.01"}, 50, 40
	m.Scale, m.Weight = 1.0/33, 33
	r := openTiny(t, m, 0, 2023)
	text := r.Summary()
	for _, want := range []string{
		"\nA tiny nation\nchanged: policy.cap = 1000000; run.scale = 0.01\n", "Scale 0.0303: one agent",
		"- Donations: 40 of 50 behaviour parameters are provisional or judgement (gohyang check tiny lists them), the others published or fitted (gohyang hindcast scores them).\n",
		"From recipients to local governments and the state (억원)", "top-20 share %",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the summary lacks %q:\n%s", want, text)
		}
	}
	if n := strings.Count(text, rankNote+"\n"); n != 2 {
		t.Errorf("got the note on ranks %d times, want it under both rankings", n)
	}
	m.Changed, m.Parameters, m.Provisional, m.Country = nil, 50, 0, "jp"
	text = Summarize(m, r.Years, r.Towns, r.Towns, nil)
	for _, no := range []string{"changed:", "Donations: ", "억원"} {
		if strings.Contains(text, no) {
			t.Errorf("the summary has %q:\n%s", no, text)
		}
	}
}

// TestCompareNamesChanges: two runs of one scenario that differ in a setting are told apart.
func TestCompareNamesChanges(t *testing.T) {
	m := tinyManifest("tiny", 1)
	m.Changed = []string{"policy.cap = 1000000"}
	m.Settings = []Setting{{"run.seed", "2", "flag"}, {"cap", "1000000", "flag"}, {"event", "one", ""}, {"event", "two", ""}, {"facts.a.csv", "cc", ""}}
	c, err := Compare([]*Result{openTiny(t, tinyManifest("tiny", 1), 0, 2023)}, []*Result{openTiny(t, m, 0, 2023)})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := c.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	want := "A: tiny\nB: tiny (changed: policy.cap = 1000000)\n\nSettings that differ\n" +
		"setting  A         B\ncap      20000000  1000000\nevent    -         one; two\n\nThe nation"
	if !strings.HasPrefix(text.String(), want) {
		t.Errorf("got %.400s, want %s", text.String(), want)
	}
}

// TestComparePeaks: a difference of one middle year is in no place of the last year, and among the peaks with its year.
func TestComparePeaks(t *testing.T) {
	a, b := openTiny(t, tinyManifest("a", 1), 0, 2023, 2024, 2025), openTiny(t, tinyManifest("b", 1), 0, 2023, 2024, 2025)
	b.Places(2024)[1].ReceivedAmount += 7_000_000
	b.Places(2023)[1].ReceivedAmount -= 6_000_000
	b.Places(2025)[3].ReceivedAmount += 1_000_000
	c, err := Compare([]*Result{a}, []*Result{b})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Peaks) != 2 || c.Peaks[0].Code != "01100" || c.Peaks[0].Year != 2024 || c.Peaks[0].Diff != 7_000_000 ||
		c.Peaks[1].Code != "11000" || c.Peaks[1].Year != 2025 {
		t.Errorf("got %+v, want 01100 in 2024 and 11000 in 2025", c.Peaks)
	}
	var text strings.Builder
	if err := c.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text.String(), "in any year, 2023-2025 (백만원)\nplace                year      A      B  B - A     %\n서울특별시 泉佐野市  2024  300.0  307.0    7.0  2.33\n") {
		t.Errorf("the peaks are not as they should be:\n%s", text.String())
	}
}

// TestDifferencePercent: a change in per cent of nothing, or of a loss, has no meaning. CSV cells are plain decimals.
func TestDifferencePercent(t *testing.T) {
	m, _ := FindMetric("perimeter.public")
	for base, want := range map[float64]string{-5e15: "", 0: "", 2e15: "50"} {
		d := difference(m, 2023, []float64{base}, []float64{base + 1e15})
		cells := csvCells("", "kr", d)
		if cells[8] != want || cells[7] != "1000000000000000" {
			t.Errorf("base %g: got per cent %q and difference %q, want %q and plain decimals", base, cells[8], cells[7], want)
		}
	}
}

func TestScale(t *testing.T) {
	for share, want := range map[float64]string{1: "1", 0.02: "0.02", 1.0 / 33: "0.0303", 1e-6: "0.000001", 1.0 / 3: "0.3333"} {
		if got := Scale(share); got != want {
			t.Errorf("Scale(%v): got %s, want %s", share, got, want)
		}
	}
}

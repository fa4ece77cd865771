package main

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/scenarios/facts"
	"gohyang/sim/law"
)

// hamlets is a country of two towns and a province that receives nothing, started in 2008.
func hamlets() *givingBoard {
	f := &facts.Country{Code: "jp", Provinces: []facts.Place{{Code: "01000"}},
		Towns: []facts.Place{{Code: "01100", Recipient: true}, {Code: "01200", Recipient: true}}}
	r := &givingRuns{plan: scenarios.GivingHindcast(law.Japan), facts: f, codes: []string{"01100", "01200", "01000"}, last: 2021, barred: map[int][]string{}}
	return &givingBoard{r: r, o: observed(f)}
}

func near6(t *testing.T, what string, got *float64, want float64) {
	t.Helper()
	if got == nil || math.Abs(*got-want) > 1e-5*math.Max(1, math.Abs(want)) {
		if got == nil {
			t.Errorf("%s: got nothing, want %g", what, want)
			return
		}
		t.Errorf("%s: got %g, want %g", what, *got, want)
	}
}

// TestSampleLine: of the sample 1, 2, 3, 4, 5 the median is 3, the central half 2 to 4, the central 90% 1.2 to 4.8. A count of 4 is within it, the error of the median
// -25%; mean |x - 4| is (3+2+1+0+1)/5 = 1.4, the mean difference of pairs 20/10 = 2, so that CRPS = 1.4 - 2/2 = 0.4. In points: 100 (3 - 4).
func TestSampleLine(t *testing.T) {
	b := hamlets()
	m := measure{part: scenarios.Nation, name: "anything", unit: "yen", year: 2019}
	b.sample(m, modelRule, []float64{5, 3, 1, 4, 2}, 4)
	m.points = true
	b.sample(m, modelRule, []float64{5, 3, 1, 4, 2, math.NaN()}, 4)
	s := b.rows[0]
	near6(t, "median", s.Value, 3)
	near6(t, "low 50", s.Low50, 2)
	near6(t, "high 50", s.High50, 4)
	near6(t, "low 90", s.Low90, 1.2)
	near6(t, "high 90", s.High90, 4.8)
	near6(t, "error", s.Error, -25)
	near6(t, "CRPS", s.CRPS, 0.4)
	near6(t, "error in points", b.rows[1].Error, -100)
	if !*s.Inside || s.Period != scenarios.Validated || s.When != "2019" {
		t.Errorf("got %+v, want inside the band, validation, 2019", s)
	}
}

// TestNaiveForecasts: after 1, 2, 4 the last stays 4, growth goes on to 8 and 16, five years for a trend and four for a Bass curve are not there. A Bass curve with
// p = 0.01, q = 0.5 and a market of 100 is found again from its first eight periods, a falling start left out.
func TestNaiveForecasts(t *testing.T) {
	got := naiveForecasts([]float64{1, 2, 4}, 2)
	for k, want := range [][]float64{{4, 4}, {8, 16}, {math.NaN(), math.NaN()}, {math.NaN(), math.NaN()}} {
		for i := range want {
			if got[k][i] != want[i] && !(math.IsNaN(got[k][i]) && math.IsNaN(want[i])) {
				t.Errorf("%s, %d ahead: got %g, want %g", naiveRules[k], i+1, got[k][i], want[i])
			}
		}
	}
	at := func(n float64) float64 { e := math.Exp(-0.51 * n); return 100 * (1 - e) / (1 + 50*e) }
	past := []float64{30}
	for n := 1; n <= 8; n++ {
		past = append(past, at(float64(n)))
	}
	if got := bassForecast(past, 2); math.Abs(got[0]-at(9)) > 0.2 || math.Abs(got[1]-at(10)) > 0.2 {
		t.Errorf("Bass: got %v, want %.2f and %.2f", got, at(9), at(10))
	}
	if got := series(map[int]float64{2010: 1, 2012: 3, 2013: 4, 2014: 5}, 2013); len(got) != 2 || got[0] != 3 || got[1] != 4 {
		t.Errorf("series up to 2013 without gaps: got %v, want 3, 4", got)
	}
}

// TestOneYearOn: the model grows by 3/2 in both replicates; told 100 donors in 2018 it says 150 of 2019. 120 were counted: 25% too many. Persistence says 100, an
// error of 16.7%, and last growth, 100/80, says 125, an error of 4.2%, which is the best of them: skill 1 - 25/4.17 = -5.
func TestOneYearOn(t *testing.T) {
	b := hamlets()
	b.o.nation[donorsMetric] = map[int]float64{2017: 80, 2018: 100, 2019: 120}
	for range 2 {
		run := &givingRun{years: make([]output.YearRow, 14)}
		run.years[10].Donors, run.years[11].Donors = 40, 60
		b.r.free = append(b.r.free, run)
	}
	b.oneYearOn(measure{part: scenarios.Ahead1, name: donorsMetric, unit: "persons"})
	found := 0
	for _, s := range b.rows {
		switch {
		case s.When == "2019" && s.Rule == modelRule:
			near6(t, "model", s.Value, 150)
			found++
		case s.When == "2019" && s.Rule == "last growth":
			near6(t, "last growth", s.Value, 125)
			found++
		case s.When == "2019-2019" && s.Rule == modelRule:
			near6(t, "error", s.Value, 25)
			near6(t, "skill", s.Skill, -5)
			found++
		}
	}
	if found != 3 {
		t.Errorf("got %d of the three lines: %+v", found, b.rows)
	}
}

// TestTownsAhead: 30 and 70 received in 2018, 60 and 60 in 2019. Last year scaled to 120 says 36 and 84: an error of 48/120 = 40%; unscaled 30 and 70, an error of
// 40/120 = 33.3%, the best rule. The model says 20 and 20, scaled 60 and 60: no error, skill 1. The second town is barred in 2019 and received half all the same.
func TestTownsAhead(t *testing.T) {
	b := hamlets()
	for year, amounts := range map[int][]float64{2018: {30, 70}, 2019: {60, 60}} {
		for i, x := range amounts {
			b.o.set(b.r.codes[i], amountMetric, year, x)
			b.o.mark(b.r.codes[i], year, true)
		}
	}
	b.r.barred[2019] = []string{"01200"}
	run := &givingRun{received: make([][]float64, 14)}
	run.received[11] = []float64{20, 20, 0}
	b.r.told = []*givingRun{run}
	b.townsAhead()
	want := map[string]float64{"wape model": 0, "wape model, own level": 200.0 / 3, "wape last year": 40, "wape last year, unscaled": 100.0 / 3}
	for _, s := range b.rows {
		if x, ok := want[s.Measure+" "+s.Rule]; ok {
			near6(t, s.Rule, s.Value, x)
			delete(want, s.Measure+" "+s.Rule)
		}
		if s.Measure == "wape" && s.Rule == modelRule {
			near6(t, "skill", s.Skill, 1)
			if s.Met == nil || !*s.Met {
				t.Errorf("the goal of %s is not met", s.When)
			}
		}
		if s.Measure == "received by barred places" {
			near6(t, "barred", s.Counted, 50)
		}
	}
	if len(want) > 0 {
		t.Errorf("not on the board: %v", want)
	}
}

// TestFiguresAreKnown: every published figure of both countries has a series of the model.
func TestFiguresAreKnown(t *testing.T) {
	for _, country := range []law.Country{law.Korea, law.Japan} {
		figures, err := scenarios.Figures(country)
		if err != nil || len(figures) == 0 {
			t.Fatalf("%s: got %d figures: %v", country, len(figures), err)
		}
		c, err := scenarios.GivingHindcast(country).Facts()
		if err != nil {
			t.Fatal(err)
		}
		b := &givingBoard{r: &givingRuns{plan: scenarios.GivingHindcast(country), facts: c}}
		known := shares()
		for _, f := range figures {
			if _, ok := b.placed(f.Series); known[f.Series] == nil && !ok {
				t.Errorf("%s: %s of %d: no such series", country, f.Series, f.Year)
			}
		}
	}
}

// TestGivingScoreboard: the scoreboards of giving in the repository are what this program scores, to the byte and with any number of workers. After a change of
// behaviour, law or facts: GOHYANG_LONG_SCORES=1 go test ./cmd/gohyang -run TestGivingScoreboard -update. Without the variable only the short form is compared, or
// renewed; the long one has the usual scale and replicates.
func TestGivingScoreboard(t *testing.T) {
	if testing.Short() {
		t.Skip("runs both countries many times")
	}
	for _, c := range []struct {
		file string
		long bool
		args string
	}{
		{"kr-giving.csv", false, "kr --scale 0.02 --seeds 10"},
		{"jp-giving.csv", false, "jp --scale 0.005 --seeds 8"},
		{"kr-giving-long.csv", true, "kr --scale 0.02 --seeds 20"},
		{"jp-giving-long.csv", true, "jp --scale 0.02 --seeds 20"},
	} {
		t.Run(c.file, func(t *testing.T) {
			if c.long && os.Getenv("GOHYANG_LONG_SCORES") == "" {
				t.Skip("GOHYANG_LONG_SCORES is not set")
			}
			got := giveScores(t, c.args)
			kept := filepath.Join("..", "..", "scenarios", "scores", c.file)
			if *update {
				if err := os.WriteFile(kept, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			before, err := os.ReadFile(kept)
			if err != nil {
				t.Fatal(err)
			}
			if line := firstDifference(got, string(before)); line != "" {
				t.Errorf("%s is not what the program scores; after a wanted change: go test ./cmd/gohyang -run TestGivingScoreboard -update\n%s", kept, line)
			}
			if c.file == "kr-giving.csv" {
				if line := firstDifference(giveScores(t, c.args+" --workers 1"), got); line != "" {
					t.Errorf("one worker scores otherwise\n%s", line)
				}
			}
		})
	}
}

// giveScores is the scoreboard of a hindcast of giving as CSV.
func giveScores(t *testing.T, args string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "scores.csv")
	var out, errs strings.Builder
	if code := run(append(strings.Fields("hindcast "+args+" --topic giving --csv"), file), &out, &errs); code != exitOK {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

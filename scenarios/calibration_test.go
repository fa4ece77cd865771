package scenarios_test

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gohyang/scenarios"
	"gohyang/scenarios/facts"
	"gohyang/sim/law"
)

// calibrated are metrics of the results that the shipped calibrations use.
var calibrated = []string{"donors", "donations.received.amount", "donations.received.records", "donations.given.amount", "donations.december.share",
	"donations.gini", "donations.top20.share", "donations.top100.share", "gifts.cost", "relief"}

// TestCalibrations: the shipped calibrations are valid, and what their targets say can be told from the fact tables is what these tables say.
func TestCalibrations(t *testing.T) {
	for _, code := range []law.Country{law.Korea, law.Japan} {
		c, err := scenarios.LoadCalibration(code, "", scenarios.Options{Metrics: calibrated})
		if err != nil {
			t.Fatal(err)
		}
		f, err := facts.Load(string(code))
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, x := range c.Targets {
			want, ok := tabled(f, &x)
			if !ok {
				continue
			}
			told++
			if math.Abs(x.Value/want-1) > 0.0007 {
				t.Errorf("%s: %s is %v, the fact tables say %v", code, x.Name, x.Value, want)
			}
		}
		if least := map[law.Country]int{law.Korea: 6, law.Japan: 40}[code]; told < least {
			t.Errorf("%s: only %d targets could be told from the fact tables, want %d", code, told, least)
		}
		last := map[law.Country]int{law.Korea: 2024, law.Japan: 2018}[code]
		if c.Years[1] != last {
			t.Errorf("%s: the calibration reaches %d, want %d: later years are held out", code, c.Years[1], last)
		}
	}
}

// tabled is a national target computed from the fact tables.
func tabled(f *facts.Country, x *scenarios.Target) (float64, bool) {
	if x.Places != nil || x.AgeBands != nil || x.MoneyBands != nil {
		return 0, false
	}
	var got []float64
	sum := 0.0
	for _, r := range f.Receipts {
		if r.Year == x.Year {
			got, sum = append(got, float64(r.Amount)), sum+float64(r.Amount)
		}
	}
	slices.Sort(got)
	top := func(k int) float64 {
		part := 0.0
		for _, v := range got[len(got)-k:] {
			part += v
		}
		return part / sum
	}
	for _, n := range f.Nation {
		switch {
		case n.Year != x.Year:
		case x.Metric == "donors":
			return float64(n.Donors), true
		case x.Metric == "donations.received.records":
			return float64(n.Count), true
		case x.Metric == "donations.received.amount":
			return float64(n.Amount), true
		case x.Metric == "donations.december.share":
			return n.December, true
		}
	}
	switch x.Metric {
	case "donations.top20.share":
		return top(20), true
	case "donations.top100.share":
		return top(100), true
	case "donations.gini": // mean difference of all pairs over twice the mean
		n, pairs := float64(len(got)), 0.0
		for i, v := range got {
			pairs += (2*float64(i+1) - n - 1) * v
		}
		return pairs / (n * sum), true
	}
	return 0, false
}

// TestBadCalibrations: each file of testdata/calibration is broken in one or more ways, and exactly the messages of its first lines are reported.
func TestBadCalibrations(t *testing.T) {
	files, err := filepath.Glob("testdata/calibration/*.toml")
	if err != nil || len(files) < 15 {
		t.Fatalf("got %d bad calibrations (%v), want at least 15", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, line := range strings.Split(string(text), "\n") {
			if w, ok := strings.CutPrefix(strings.TrimSuffix(line, "\r"), "# want: "); ok {
				want = append(want, w)
			}
		}
		_, err = scenarios.LoadCalibration(law.Korea, filepath.ToSlash(file), scenarios.Options{Metrics: calibrated})
		var faults scenarios.Faults
		if !errors.As(err, &faults) {
			t.Errorf("%s: got %v, want faults", file, err)
			continue
		}
		if got := faults.Error(); got != strings.Join(want, "\n") {
			t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
		}
	}
}

// FuzzCalibration: whatever a file says, the loader returns faults that name the file, or a calibration.
func FuzzCalibration(f *testing.F) {
	for _, code := range []law.Country{law.Korea, law.Japan} {
		text, err := os.ReadFile("calibration/" + string(code) + ".toml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text[len(text)/2:]))
		f.Add(string(text[:len(text)/3]))
	}
	files, _ := filepath.Glob("testdata/calibration/*.toml")
	for _, file := range files {
		if text, err := os.ReadFile(file); err == nil {
			f.Add(string(text))
		}
	}
	country, err := facts.Load("kr")
	if err != nil {
		f.Fatal(err)
	}
	read := func(string, int) (*facts.Country, error) { return country, nil }
	f.Fuzz(func(t *testing.T, text string) {
		c, err := scenarios.ReadCalibration(law.Korea, "fuzz.toml", text, scenarios.Options{Metrics: calibrated, Facts: read})
		var faults scenarios.Faults
		switch {
		case err == nil && (c == nil || len(c.Parameters) == 0 || len(c.Targets) == 0):
			t.Error("a calibration without parameters or targets")
		case err != nil && (!errors.As(err, &faults) || len(faults) == 0):
			t.Errorf("got %v, want faults", err)
		}
	})
}

// TestCalibratedParameters: the parameters of a country are the point that its calibration chose, inside the priors, and say so.
func TestCalibratedParameters(t *testing.T) {
	for _, code := range []law.Country{law.Korea, law.Japan} {
		c, err := scenarios.LoadCalibration(code, "", scenarios.Options{Metrics: calibrated})
		if err != nil {
			t.Fatal(err)
		}
		base := map[string]scenarios.Entry{}
		for _, e := range load(t, string(code)+"-baseline").Sheet() {
			base[e.Key] = e
		}
		chosen := map[string]string{}
		for _, e := range load(t, "calibration/"+string(code)+"-chosen.toml").Sheet() {
			if e.Status == "scenario" {
				chosen[e.Key] = e.Value
			}
		}
		sample, err := os.ReadFile("calibration/" + string(code) + "-posterior.csv")
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(string(sample), "\n")
		for _, p := range c.Parameters {
			e := base[p.Key]
			if e.Value != chosen[p.Key] || e.Value == "" {
				t.Errorf("%s: %s is %s, the calibration chose %q", code, p.Key, e.Value, chosen[p.Key])
			}
			if e.Status != "calibrated" || !strings.Contains(e.Source, "calibration/"+string(code)) {
				t.Errorf("%s: %s has status %s and source %q", code, p.Key, e.Status, e.Source)
			}
			if v, err := strconv.ParseFloat(e.Value, 64); err != nil || v < p.Low || v > p.High {
				t.Errorf("%s: %s is %s, outside its prior %v to %v", code, p.Key, e.Value, p.Low, p.High)
			}
			if !strings.Contains(","+head+",", ","+p.Key+",") {
				t.Errorf("%s: %s is not in the posterior sample", code, p.Key)
			}
		}
	}
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gohyang/scenarios"
	"gohyang/sim/law"
)

// atWork is a small calibration with a folder that has two finished runs.
func atWork(t *testing.T) (*trials, string) {
	t.Helper()
	c := &scenarios.Calibration{Country: "kr", Scenario: "kr-baseline", Years: [2]int{2023, 2024}, Scale: 0.0005, Digest: "0123456789abcdef",
		Parameters: []scenarios.Varied{{Key: "behaviour.attention.external", Low: 0.002, High: 0.03, Scale: "log"}},
		Targets: []scenarios.Target{{Name: "records, 2023", Value: 500_000, Scale: "log", Observation: 0.1}, {Name: "share", Value: 0.3, Scale: "linear", Check: true},
			{Name: "gini", Value: 0.5, Scale: "linear", Observation: 0.1}}}
	tr, err := newTrials(c, &runFlags{})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "calibration")
	f, err := openFolder(dir, tr)
	if err != nil {
		t.Fatal(err)
	}
	for i, point := range [][]float64{{0.0123456789012345678}, {0.02}} {
		tr.values[trialRun{"wave-1", i}] = tried{[]float64{float64(i) * 1e5 / 3, 0.1, 0.7}, []float64{1e3 / 7, 0.01, 0.02}}
		if err := f.keep("wave-1", i, point); err != nil {
			t.Fatal(err)
		}
	}
	f.close()
	if err := f.keep("wave-1", 0, []float64{1}); err == nil {
		t.Error("a closed folder takes runs")
	}
	return tr, dir
}

// TestFolder: finished runs come back to the bit, those at other points do not count, and a torn last line is dropped.
func TestFolder(t *testing.T) {
	tr, dir := atWork(t)
	path := filepath.Join(dir, runsFile)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(text, "wave-1,2,0.0"...), 0o666); err != nil {
		t.Fatal(err)
	}
	f, err := openFolder(dir, tr)
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	got := f.finished("wave-1", [][]float64{{0.0123456789012345678}, {0.03}, {0.01}})
	if len(got) != 1 || got[0][0] != onScale(&tr.c.Targets[0], 0) || got[0][1] != 0.7 || f.kept() != 2 {
		t.Errorf("finished runs %v of %d", got, f.kept())
	}
	if again, err := os.ReadFile(path); err != nil || string(again) != string(text) {
		t.Errorf("the torn line is still there: %q (%v)", again, err)
	}
}

// TestFolderRefuses what belongs to another calibration, is complete, or is damaged.
func TestFolderRefuses(t *testing.T) {
	for _, c := range []struct {
		name, want string
		code       int
		spoil      func(tr *trials, dir string) error
	}{
		{"another file", "calibration file was 0123456789ab, is other", exitUsage, func(tr *trials, _ string) error { tr.c.Digest = "other"; return nil }},
		{"complete", "holds a complete calibration", exitUsage, func(_ *trials, dir string) error { return os.WriteFile(filepath.Join(dir, completeFile), nil, 0o666) }},
		{"no identity", "is not empty and no folder of a calibration", exitUsage, func(_ *trials, dir string) error { return os.Remove(filepath.Join(dir, identityFile)) }},
		{"damaged identity", "calibration.json: is damaged", exitInvalid, func(_ *trials, dir string) error {
			return os.WriteFile(filepath.Join(dir, identityFile), []byte("{"), 0o666)
		}},
		{"damaged runs", "runs.csv:2: gini: got \"many\", want a number", exitInvalid, func(_ *trials, dir string) error {
			path := filepath.Join(dir, runsFile)
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return os.WriteFile(path, []byte(strings.Replace(string(text), "0.7,", "many,", 1)), 0o666)
		}},
	} {
		tr, dir := atWork(t)
		if err := c.spoil(tr, dir); err != nil {
			t.Fatal(err)
		}
		if _, err := openFolder(dir, tr); err == nil || !strings.Contains(err.Error(), c.want) || exitCode(err) != c.code {
			t.Errorf("%s: got %v (code %d), want %q (code %d)", c.name, err, exitCode(err), c.want, c.code)
		}
	}
}

// TestTrialSettings: a point reaches the engine to the bit, whatever its numbers look like.
func TestTrialSettings(t *testing.T) {
	c, err := scenarios.LoadCalibration(law.Korea, "", scenarios.Options{Metrics: verdictMetrics()})
	if err != nil {
		t.Fatal(err)
	}
	tr, err := newTrials(c, &runFlags{})
	if err != nil {
		t.Fatal(err)
	}
	var point []float64
	for _, p := range c.Parameters {
		point = append(point, p.Low+(p.High-p.Low)/3)
	}
	s, err := tr.load(point)
	if err != nil {
		t.Fatal(err)
	}
	if s.Giving.Attention.External != point[0] || s.Giving.Amount.GlowScale != point[6] || s.Run.Scale != c.Scale || s.Run.Years != c.Years {
		t.Errorf("loaded %+v, %+v, want %v", s.Giving, s.Run, point)
	}
}

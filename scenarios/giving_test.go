package scenarios

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gohyang/sim"
	"gohyang/sim/law"
	"gohyang/sim/towns"
)

// TestSpread: weights 1, 2, 1 give four members the sets 0, 1, 1, 2, eight each of these twice, and two members the sets 0 (at 1/4, where the first set's weight has
// just passed, so 1) and 1; equal weights give every set once.
func TestSpread(t *testing.T) {
	for _, c := range []struct {
		weight []float64
		n      int
		want   []int
	}{
		{[]float64{1, 2, 1}, 4, []int{0, 1, 1, 2}},
		{[]float64{1, 2, 1}, 8, []int{0, 0, 1, 1, 1, 1, 2, 2}},
		{[]float64{1, 2, 1}, 2, []int{1, 2}},
		{[]float64{3, 3, 3}, 3, []int{0, 1, 2}},
		{[]float64{0, 1}, 2, []int{1, 1}},
	} {
		p := &Posterior{Weight: c.weight}
		if got := p.Spread(c.n); !slices.Equal(got, c.want) {
			t.Errorf("%d of weights %v: got %v, want %v", c.n, c.weight, got, c.want)
		}
	}
}

// TestParsePosterior: weight and run are no parameters; unknown columns and cells that are no numbers are faults with their line.
func TestParsePosterior(t *testing.T) {
	p, err := parsePosterior("x.csv", []byte("run,weight,behaviour.attention.peer,behaviour.quality.young\n7,0.5,0.4,7\n9,0.5,0.6,8\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := p.Settings(1), []string{"behaviour.attention.peer=0.6", "behaviour.quality.young=8"}; !slices.Equal(got, want) || p.Weight[0] != 0.5 {
		t.Errorf("got %v with weights %v, want %v", got, p.Weight, want)
	}
	for text, want := range map[string]string{
		"weight,behaviour.attention.pear\n1,0.4\n":   `x.csv:1: got the column "behaviour.attention.pear"`,
		"weight,behaviour.attention.peer\n1,much\n":  `x.csv:2: behaviour.attention.peer: got "much", want a number`,
		"weight,behaviour.attention.peer\n-1,0.4\n":  `x.csv:2: weight: got "-1", want a number`,
		"behaviour.attention.peer\n0.4\n":            "want a column weight",
		"weight,behaviour.attention.peer\n":          "want a column weight",
		"weight,behaviour.attention.peer\n1,2,3,4\n": "wrong number of fields",
	} {
		if _, err := parsePosterior("x.csv", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

// TestReadSettings: plain values and values with their prior are the same; a whole shipped file of parameters can be read back.
func TestReadSettings(t *testing.T) {
	file := filepath.Join(t.TempDir(), "p.toml")
	text := "[behaviour]\nattention.peer = 0.4\nhassle.median = { value = 9_000, range = [1, 2], status = \"published\", source = \"x\" }\n"
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	got, err := ReadSettings(file)
	if err != nil || !slices.Equal(Texts(got), []string{"behaviour.attention.peer=0.4", "behaviour.hassle.median=9000"}) || got[1].At.Line != 3 {
		t.Errorf("got %v: %v", got, err)
	}
	whole, err := ReadSettings(filepath.Join("params", "jp.toml"))
	if err != nil || len(whole) != len(settingsFields()) {
		t.Errorf("params/jp.toml: got %d parameters, want %d: %v", len(whole), len(settingsFields()), err)
	}
	fault := Faults{{At: Position{File: "--set " + got[0].Text}, Key: "x"}}
	var placed Faults
	if err := Placed(fault, got); !errors.As(err, &placed) || placed[0].At != got[0].At {
		t.Errorf("got %v, want the fault at %v", err, got[0].At)
	}
}

// TestGivingGoals: each kind met and missed.
func TestGivingGoals(t *testing.T) {
	for _, c := range []struct {
		goal                        GivingGoal
		value, counted, miss, skill float64
		want                        bool
	}{
		{GivingGoal{Kind: GoalError, Limit: 5}, 1, 1, -5, 0, true},
		{GivingGoal{Kind: GoalError, Limit: 5}, 1, 1, 5.1, 0, false},
		{GivingGoal{Kind: GoalError, Limit: 5}, 1, 1, math.NaN(), 0, false},
		{GivingGoal{Kind: GoalLeast, Limit: 2.0 / 3}, 2.0 / 3, 0, 0, 0, true},
		{GivingGoal{Kind: GoalLeast, Limit: 2.0 / 3}, 0.33, 0, 0, 0, false},
		{GivingGoal{Kind: GoalSkill}, 0, 0, 0, 0.01, true},
		{GivingGoal{Kind: GoalSkill}, 0, 0, 0, 0, false},
		{GivingGoal{Kind: GoalSign}, -2, -9, 0, 0, true},
		{GivingGoal{Kind: GoalSign}, 2, -9, 0, 0, false},
	} {
		if got := c.goal.Met(c.value, c.counted, c.miss, c.skill); got != c.want {
			t.Errorf("%s: value %g, counted %g, error %g, skill %g: got %t", c.goal, c.value, c.counted, c.miss, c.skill, got)
		}
	}
	if _, ok := FindGivingGoal(law.Japan, Nation, "donations.received.amount", 2012); ok {
		t.Error("Japan's amount has a goal in 2012, want one from 2013 on")
	}
	if g, ok := FindGivingGoal(law.Japan, Nation, "coverage.90 donations.received.amount", 2021); !ok || g.Kind != GoalLeast {
		t.Errorf("coverage of 2019-2021: got %+v", g)
	}
}

// TestTell: a year is told if nine of ten recipients have a count, and not if it is the last of the run.
func TestTell(t *testing.T) {
	cfg := &sim.Config{Last: 2012}
	cfg.Giving.Quality.Shock, cfg.Giving.Quality.Calm = 1, 1
	whole, part := map[string]float64{}, map[string]float64{}
	for i := range 11 {
		code := string(rune('a' + i))
		cfg.Places = append(cfg.Places, towns.Place{Code: code, Recipient: i < 10})
		if i < 9 {
			whole[code] = float64(i)
		}
		if i < 8 {
			part[code] = 1
		}
	}
	Tell(cfg, map[int]map[string]float64{2010: whole, 2011: part, 2012: whole})
	if len(cfg.Start.Told) != 1 || cfg.Start.Told[2010][8] != 8 || cfg.Giving.Quality.Shock != 0 || cfg.Giving.Quality.Calm != 0 {
		t.Errorf("got %v, want 2010 alone and no chance in quality", cfg.Start.Told)
	}
}

// TestParseFigures: what a file of figures may not be.
func TestParseFigures(t *testing.T) {
	row := "[[figure]]\nseries = \"a\"\nyear = 2020\nvalue = 1\nunit = \"u\"\nsource = \"s\"\n"
	for text, want := range map[string]string{
		row + row: "got a 2020 twice, want each figure once",
		strings.Replace(row, `source = "s"`, "", 1):      "got series, year, unit or source missing",
		strings.Replace(row, "value = 1", "vale = 1", 1): "got an unknown key",
	} {
		if _, err := parseFigures("f.toml", text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

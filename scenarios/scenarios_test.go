package scenarios_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gohyang/scenarios"
	"gohyang/sim/law"
)

// write puts a scenario file into a temporary folder.
func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// faults loads a scenario that must be invalid.
func faults(t *testing.T, ref string, set ...string) scenarios.Faults {
	t.Helper()
	_, err := scenarios.Load(ref, options(set...))
	var fs scenarios.Faults
	if !errors.As(err, &fs) {
		t.Fatalf("Load(%q, %q) returned %v, want faults", ref, set, err)
	}
	return fs
}

// rules is the law of a year.
func rules(t *testing.T, s *scenarios.Scenario, year int) law.Rules {
	t.Helper()
	r, _, err := s.RulesFor(year)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestShipped: every scenario the issue asks for is there and valid, with a comment that says who asks, what changes and what to read.
func TestShipped(t *testing.T) {
	list, err := scenarios.Names()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]scenarios.Listing{}
	real := shippedFacts()
	for _, l := range list {
		found[l.Name] = l
		s, err := scenarios.Load(l.Name, scenarios.Options{Metrics: metrics, Facts: real})
		if err != nil {
			t.Fatal(err)
		}
		if s.Title != l.Title || string(s.Country) != l.Country || s.Title == "" {
			t.Errorf("%s: listed as %+v, loaded as %q of %q", l.Name, l, s.Title, s.Country)
		}
		if asked := l.Question != ""; asked != (l.Parent != "") || asked && !slices.ContainsFunc(scenarios.Questions(), func(q scenarios.Question) bool { return q.ID == l.Question }) {
			t.Errorf("%s: question %q; want one of the ten where a scenario extends another, none where it stands alone", l.Name, l.Question)
		}
		text, err := scenarios.Source(l.Name)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"# Who asks:", "# What changes:", "# What to read:"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s.toml: no line %q", l.Name, want)
			}
		}
	}
	for _, name := range []string{"kr-baseline", "jp-baseline", "kr-cap-5m", "kr-full-credit-200k", "kr-full-credit-300k", "kr-under-japan-rules",
		"jp-under-korea-rules", "jp-gift-20", "jp-no-ceiling-2027", "jp-no-compensation", "kr-disaster", "kr-laundry-room"} {
		if _, ok := found[name]; !ok {
			t.Errorf("%s is not shipped", name)
		}
	}
	if l := found["kr-disaster"]; l.Parent != "kr-baseline" || l.Country != "kr" || l.Question != "Q5" {
		t.Errorf("kr-disaster is listed as %+v", l)
	}
}

// TestRedistributionMenu: each of R1 to R7 (E17) has a scenario, named in its title, that says in one plain sentence what it does.
func TestRedistributionMenu(t *testing.T) {
	list, err := scenarios.Names()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []string{"(R1)", "(R2)", "(R3)", "(R4)", "(R5)", "(R6)", "(R7)"} {
		plain := 0
		for _, l := range list {
			if text, err := scenarios.Source(l.Name); err == nil && strings.Contains(l.Title, r) && strings.Contains(text, "# In plain words: ") {
				plain++
			}
		}
		if plain == 0 {
			t.Errorf("no scenario says in plain words what %s does", r)
		}
	}
}

// TestExtends: tables merge, policies, events and expectations follow the parent's, other arrays replace.
func TestExtends(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "parent.toml", `extends = "kr-full-credit-200k"
[run]
years = [2023, 2040]
scale = 0.5
[behaviour]
attention.peer = 0.4
attention.external = 0.005
[[event]]
year = 2030
month = 1
kind = "disaster"
place = "고흥군"
severity = 0.5
`)
	s := load(t, write(t, dir, "child.toml", `extends = "parent.toml"
title = "child"
[run]
scale = 0.25
[behaviour.attention]
peer = 0.3
[[policy]]
from = 2028
to = 2029
gift.limit = 0.1
[[event]]
year = 2025
month = 12
kind = "project"
place = "46000"
theme = "health"
target = 100
[[expect]]
metric = "donors"
year = 2024
place = "Jeollanam-do"
min = 1
source = "test"
`))
	if want := (scenarios.Run{Years: [2]int{2023, 2040}, Seed: 1, Scale: 0.25}); s.Run != want {
		t.Errorf("run %+v, want %+v", s.Run, want)
	}
	if s.Giving.Attention.Peer != 0.3 || s.Giving.Attention.External != 0.005 || s.Giving.Hassle.SD != load(t, "kr-baseline").Giving.Hassle.SD {
		t.Errorf("attention %+v", s.Giving.Attention)
	}
	if want := []string{"parent", "kr-full-credit-200k", "kr-baseline"}; !reflect.DeepEqual(s.Parents, want) {
		t.Errorf("parents %q, want %q", s.Parents, want)
	}
	if len(s.Policies) != 2 || s.Policies[0].Note != "bill 2205535" || s.Policies[1].From != 2028 {
		t.Errorf("policies %+v", s.Policies)
	}
	if len(s.Events) != 2 || s.Events[0].Place != "46770" || s.Events[1].Theme != "health" {
		t.Errorf("events %+v", s.Events)
	}
	if n := len(s.Expect); n != 5 || s.Expect[0].Metric != "population" || s.Expect[4].Place != "46000" {
		t.Errorf("expect %+v", s.Expect)
	}
	for year, want := range map[int]float64{2027: 0.3, 2028: 0.1, 2029: 0.1, 2030: 0.3} {
		if got := rules(t, s, year).Gift.Limit; got != want {
			t.Errorf("gift limit of %d is %v, want %v", year, got, want)
		}
	}
	if got := rules(t, s, 2028).Credit.Tiers; len(got) != 2 || got[0].Upto != 200_000 {
		t.Errorf("tiers of 2028 are %v: the parent's overlay is lost", got)
	}
}

// TestSet: settings of the command line come last, by dotted key, with and without quotes.
func TestSet(t *testing.T) {
	s := load(t, "kr-full-credit-200k", "run.seed=7", "run.scale = 0.001", "behaviour.attention.peer=0.31", "demography.fertility=low",
		"policy.gift.limit=0.25", "policy.cap=1_000_000", `policy.note="mine"`)
	if s.Run.Seed != 7 || s.Run.Scale != 0.001 || s.Giving.Attention.Peer != 0.31 || s.Demography.Fertility != "low" {
		t.Errorf("got %+v, peer %v, fertility %q", s.Run, s.Giving.Attention.Peer, s.Demography.Fertility)
	}
	if n := len(s.Policies); n != 2 || s.Policies[1].From != 2023 || s.Policies[1].To != 0 || s.Policies[1].Note != "mine" || len(s.Policies[1].Changes) != 2 {
		t.Errorf("policies %+v", s.Policies)
	}
	if r := rules(t, s, 2050); r.Gift.Limit != 0.25 || r.Cap != 1_000_000 || r.Credit.Tiers[0].Upto != 200_000 {
		t.Errorf("law of 2050: gift %v, cap %d, tiers %v", r.Gift.Limit, r.Cap, r.Credit.Tiers)
	}
	found := false
	for _, e := range s.Sheet() {
		found = found || e.Key == "behaviour.attention.peer" && e.File == "--set behaviour.attention.peer=0.31" && e.Status == "scenario"
	}
	if !found {
		t.Error("the sheet does not name the setting")
	}
}

// TestSetFaults: bad settings are reported together, in the order given.
func TestSetFaults(t *testing.T) {
	got := faults(t, "kr-baseline", "run.scale=2", "seed", "extends=jp-baseline", "behaviour.attention.pear=1", "policy.cap=-1", "run.seed=[").Error()
	want := `--set run.scale=2: run.scale: got 2, want a number above 0 and at most 1 (agents per person)
--set seed: got "seed", want key=value on one line; for example behaviour.attention.peer=0.4
--set extends=jp-baseline: got "extends", want a key of the scenario other than extends
--set behaviour.attention.pear=1: behaviour.attention.pear: got an unknown key, want one of external, forget, launch, local, peer, platform, promote; did you mean peer?
--set policy.cap=-1: policy.cap: got -1, want a whole number (money/year) from 0 to 1000000000000
--set run.seed=[: got a syntax error (unexpected EOF; expected value), want valid TOML; text needs quotes, keys are dotted`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestYearsFromCommandLine: what the shorter run does not reach is left out and named; the same span in a file is a fault (testdata/bad).
func TestYearsFromCommandLine(t *testing.T) {
	s := load(t, "kr-full-credit-200k", "run.years=[2023, 2025]")
	if len(s.Policies) != 0 || len(s.Dropped) != 1 || !strings.HasPrefix(s.Dropped[0], "kr-full-credit-200k.toml:9: policy.from: 2027 is outside") {
		t.Errorf("policies %v, dropped %q", s.Policies, s.Dropped)
	}
	s = load(t, "kr-disaster", "run.years=[2023, 2023]")
	if len(s.Events) != 0 || len(s.Expect) != 0 || len(s.Dropped) != 5 {
		t.Errorf("events %v, expect %v, dropped %q", s.Events, s.Expect, s.Dropped)
	}
}

// TestUnknownScenario suggests the nearest shipped name.
func TestUnknownScenario(t *testing.T) {
	for ref, want := range map[string]string{
		"kr-basline":       "kr-basline: got an unknown scenario, want a shipped name (gohyang list) or the path of a .toml file; did you mean kr-baseline?",
		"kr-baseline.toml": "kr-baseline.toml: got no such file, want a shipped name (gohyang list) or the path of a .toml file; did you mean kr-baseline?",
		"":                 `: got an unknown scenario, want a shipped name (gohyang list) or the path of a .toml file`,
	} {
		if ref == "kr-baseline.toml" {
			t.Chdir(t.TempDir())
		}
		if got := faults(t, ref).Error(); got != want {
			t.Errorf("Load(%q):\n%s\nwant\n%s", ref, got, want)
		}
	}
	if _, err := scenarios.Load(t.TempDir()+"/", options()); err == nil {
		t.Error("a folder is no scenario")
	}
}

// TestAllFaultsAtOnce: the faults of a file come in one go, ordered by line, the parent's after the child's.
func TestAllFaultsAtOnce(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "p.toml", "extends = \"kr-baseline\"\n[ties]\nnett = 1\n")
	path := write(t, dir, "c.toml", `extends = "p.toml"
[[event]]
place = "nowhere at all"
year = 2026
month = 0
kind = "disaster"
severity = 1
[[policy]]
from = 2030
credit.tiers = [ {upto = 2, rate = 1.0}, {upto = 1, rate = 2.0} ]
gift.limit = 7
[behaviour]
attention.peer = "much"
hassle.sd = 9
[run]
scale = -1
years = [2050, 2023]
`)
	var lines []int
	fs := faults(t, path)
	for _, f := range fs {
		lines = append(lines, f.At.Line)
	}
	if want := []int{3, 5, 10, 11, 13, 14, 16, 17, 3}; !reflect.DeepEqual(lines, want) {
		t.Errorf("faults on lines %v, want %v:\n%v", lines, want, fs)
	}
}

// TestEditors: a byte order mark and line ends of Windows change nothing.
func TestEditors(t *testing.T) {
	text, err := scenarios.Source("kr-full-credit-200k")
	if err != nil {
		t.Fatal(err)
	}
	path := write(t, t.TempDir(), "windows.toml", "\ufeff"+strings.ReplaceAll(text, "\n", "\r\n"))
	a, b := load(t, "kr-full-credit-200k"), load(t, path)
	if a.Digest() != b.Digest() || b.Name != "windows" {
		t.Errorf("digest %s as shipped, %s with Windows line ends; name %q", a.Digest(), b.Digest(), b.Name)
	}
	if a.Policies[0].Changes[0].Where.Line != b.Policies[0].Changes[0].Where.Line {
		t.Error("the lines differ")
	}
}

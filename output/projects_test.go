package output

import (
	"path/filepath"
	"strings"
	"testing"

	"gohyang/sim"
)

// TestProjectsTable: a scenario with projects leaves a projects table, whose rows come back as written and stand in the summary of the recorder and of the reader
// alike; one without leaves none.
func TestProjectsTable(t *testing.T) {
	frame := tinyFrame()
	frame.Projects = []Project{{Event: 2, Place: 0, Theme: "children", Name: "clinic", Target: 200_000_000}, {Event: 3, Place: 3, Theme: "elderly", Target: 50_000_000}}
	dir := filepath.Join(t.TempDir(), "r")
	r, err := Create(dir, frame, true)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Abort()
	for year := 2023; year <= 2024; year++ {
		rec := tinyRecord(year, 0)
		rec.Projects = []sim.ProjectRow{{Event: 2, Raised: 150_000_000, Total: 150_000_000 * int64(year-2022), Spent: 10, Beneficiaries: 5_900}}
		if year == 2024 {
			rec.Projects[0].Completed = 2024
			rec.Projects = append(rec.Projects, sim.ProjectRow{Event: 3, Raised: 7, Total: 7, Beneficiaries: 8})
		}
		if err := r.Observe(rec); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(tinyManifest("tiny", 1)); err != nil {
		t.Fatal(err)
	}
	got, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Projects) != 3 {
		t.Fatalf("%d rows, want 3: %+v", len(got.Projects), got.Projects)
	}
	first, second, other := got.Projects[0], got.Projects[1], got.Projects[2]
	if first.Code != "46770" || first.Event != 3 || first.Theme != "children" || first.Project != "clinic" || first.Completed != nil || *first.Share != 0.75 {
		t.Errorf("%+v", first)
	}
	if second.Total != 300_000_000 || *second.Completed != 2024 || *second.Share != 1.5 || second.Spent != 10 || second.Beneficiaries != 5_900 || other.Code != "11000" {
		t.Errorf("%+v, %+v", second, other)
	}
	if s := got.Summary(); s != r.Summary() || !strings.Contains(s, "고흥군      clinic   children   200.0   300.0  150.0       2024") {
		t.Errorf("the summary of the reader, or its projects:\n%s", s)
	}
	if plain := openTiny(t, tinyManifest("tiny", 1), 0, 2023); plain.Projects != nil || strings.Contains(plain.Summary(), "Designated") {
		t.Error("projects without projects")
	}
}

// TestUnknownProject: a record that names a project the frame does not have stops the run.
func TestUnknownProject(t *testing.T) {
	rec := tinyRecord(2023, 0)
	rec.Projects = []sim.ProjectRow{{Event: 1}}
	if err := tinyFrame().fits(rec); err == nil || !strings.Contains(err.Error(), "project of event 1") {
		t.Errorf("got %v", err)
	}
	frame := tinyFrame()
	frame.Projects = []Project{{Place: 9}}
	if err := frame.check(); err == nil {
		t.Error("a project of a place that is none")
	}
}

// TestSummarySays: effects and net share stand in the notes, surveys beside the ladder.
func TestSummarySays(t *testing.T) {
	m := tinyManifest("tiny", 1)
	m.Effects = "off (published evidence is null)"
	m.Settings = append(m.Settings, Setting{Key: "ties.net", Value: "0"})
	m.Surveys = []Survey{{Name: "MLIT", Year: 2020, What: "adults who visit", Persons: 18_270_000, Of: 106_150_000}}
	s := openTiny(t, m, 0, 2023).Summary()
	for _, want := range []string{"Effects of services on births and moves: off (published evidence is null).", "(chi) 0: no donor becomes a visitor", "106,150,000  17.2"} {
		if !strings.Contains(s, want) {
			t.Errorf("no %q in\n%s", want, s)
		}
	}
}

package output

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDamagedResults(t *testing.T) {
	edit := func(name string, change func([]byte) []byte) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			path := filepath.Join(dir, name)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, change(bytes.Clone(data)), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	remove := func(name string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	replace := func(old, new string) func([]byte) []byte {
		return func(b []byte) []byte { return bytes.Replace(b, []byte(old), []byte(new), 1) }
	}
	for name, c := range map[string]struct {
		spoil func(*testing.T, string)
		kind  error
		want  string
	}{
		"one bit":      {edit("flows.parquet", func(b []byte) []byte { b[len(b)/2] ^= 1; return b }), ErrDamaged, "flows.parquet: was changed or damaged: got sha256 "},
		"cut":          {edit("towns.parquet", func(b []byte) []byte { return b[:100] }), ErrDamaged, "towns.parquet: was changed or damaged: got 100 bytes, want "},
		"table gone":   {remove("years.parquet"), ErrDamaged, "years.parquet: is missing; run the scenario again into another --out"},
		"no manifest":  {remove(manifestName), ErrNoResult, "out: is no complete result: it has no run.json; name the folder that gohyang run wrote"},
		"gone":         {remove(""), ErrNoResult, "out: no such result directory; check the name, or make it with gohyang run NAME --out "},
		"cut manifest": {edit(manifestName, func(b []byte) []byte { return b[:200] }), ErrDamaged, "run.json: is not readable: unexpected EOF"},
		"two":          {edit(manifestName, func(b []byte) []byte { return append(b, b...) }), ErrDamaged, "run.json: has something after its end"},
		"unknown key":  {edit(manifestName, replace(`"seed"`, `"sead"`)), ErrDamaged, `run.json: is not readable: json: unknown field "sead"`},
		"other":        {edit(manifestName, replace(`"gohyang"`, `"other"`)), ErrDamaged, `run.json: product: got "other", want "gohyang"`},
		"newer": {edit(manifestName, replace(fmt.Sprintf(`"metrics": %d`, MetricsVersion), `"metrics": 99`)), ErrDamaged,
			fmt.Sprintf("run.json: format 1 with metrics 99: this program reads format 1 with metrics %d", MetricsVersion)},
		"unlisted": {edit(manifestName, replace(`"months.parquet"`, `"other.parquet"`)), ErrDamaged, "run.json: does not list months.parquet"},
		"years":    {edit(manifestName, replace(`"last_year": 2024`, `"last_year": 2025`)), ErrDamaged, "out: got 2 years and 10 rows of places, want 3 years"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "out")
			recordTiny(t, dir, tinyManifest("tiny", 1), false, 0, 2023, 2024)
			c.spoil(t, dir)
			r, err := Open(dir)
			if r != nil || !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v\nwant %v: …%s…", err, c.kind, c.want)
			}
		})
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file); !errors.Is(err, ErrNoResult) || !strings.Contains(err.Error(), "is a file, not a result directory") {
		t.Errorf("a file: got %v", err)
	}
}

func TestEditedCopiesDoNotMatter(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	recordTiny(t, dir, tinyManifest("tiny", 1), true, 0, 2023)
	for _, name := range []string{"towns.csv", summaryName} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("edited in a spreadsheet"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(dir); err != nil {
		t.Error(err)
	}
}

func TestOpenAll(t *testing.T) {
	parent := t.TempDir()
	for _, name := range []string{"seed-2", "seed-1"} {
		recordTiny(t, filepath.Join(parent, name), tinyManifest("tiny", uint64(name[5]-'0')), false, 0, 2023)
	}
	if err := os.MkdirAll(filepath.Join(parent, "seed-3.partial-0a0b0c0d"), 0o777); err != nil {
		t.Fatal(err)
	}
	all, err := OpenAll(parent)
	if err != nil || len(all) != 2 || all[0].Manifest.Seed != 1 || all[1].Manifest.Seed != 2 {
		t.Errorf("replicates: got %v %v", all, err)
	}
	if one, err := OpenAll(filepath.Join(parent, "seed-2")); err != nil || len(one) != 1 {
		t.Errorf("one result: got %v %v", one, err)
	}
	if _, err := OpenAll(filepath.Join(parent, "seed-3.partial-0a0b0c0d")); !errors.Is(err, ErrNoResult) {
		t.Errorf("no result inside: got %v", err)
	}
	if _, err := OpenAll(filepath.Join(parent, "nothing")); !errors.Is(err, ErrNoResult) {
		t.Errorf("missing: got %v", err)
	}
}

func TestSummaryGolden(t *testing.T) {
	years := []int{2023, 2024, 2025, 2026, 2027, 2028, 2029, 2030}
	golden(t, "summary.txt", openTiny(t, tinyManifest("tiny", 7), 0, years...).Summary())
	one := tinyManifest("tiny", 7)
	one.Scale, one.Weight = 1, 1
	golden(t, "summary-one-year.txt", openTiny(t, one, 0, 2023).Summary())
}

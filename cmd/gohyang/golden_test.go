package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gohyang/output"
)

// update rewrites testdata/golden and the output in README.md. A commit that does so carries a "Numbers:" paragraph, see CONTRIBUTING.md.
var update = updateFlag(flag.CommandLine)

// updateFlag adds -update to a set of flags. It is refused where CI is set: golden files are rewritten by somebody who looks at them.
func updateFlag(set *flag.FlagSet) *bool {
	on := new(bool)
	set.BoolFunc("update", "rewrite the golden tables and README.md's output from this program; never in CI", func(text string) error {
		v, err := strconv.ParseBool(text)
		if err == nil && v && os.Getenv("CI") != "" {
			err = errors.New("golden files are not rewritten in CI")
		}
		*on = v && err == nil
		return err
	})
	return on
}

// TestUpdateInCI: -update is refused where CI is set.
func TestUpdateInCI(t *testing.T) {
	for ci, want := range map[string]bool{"": true, "true": false, "1": false} {
		t.Setenv("CI", ci)
		set := flag.NewFlagSet("test", flag.ContinueOnError)
		set.SetOutput(io.Discard)
		on := updateFlag(set)
		err := set.Parse([]string{"-update"})
		if *on != want || (err == nil) != want {
			t.Errorf("CI=%q: got -update %t (%v), want %t", ci, *on, err, want)
		}
	}
}

// goldenRuns are the runs whose tables are kept. They are the model's own past numbers, not observations: a change is a question, not an error. Ties
// beyond repeated giving exist only when giving causes visits (ties.net, 0 by default), so the runs let it; nor
// do all bonds register, and all local income is diverted, by default.
var goldenRuns = map[string]string{
	"kr": "run kr-baseline --scale 0.002 --years 2023-2026" + related + " --csv --quiet --out kr",
	"jp": "run jp-baseline --scale 0.001 --years 2020-2023" + related + " --csv --quiet --out jp",
}

// related are the settings of the golden runs.
const related = " --set ties.net=1.0 --set ties.regular=0.5 --set ties.base=0.5 --set ties.distance=0.0 --set budget.divert=0.5 --set budget.shipping=0.2 --set policy.registration.open=true"

// goldenTables are kept line by line; of the towns the last year and the columns below, and of every table the digest.
var goldenTables = []string{"years.csv", "accounts.csv", "months.csv"}

// goldenTowns are the columns of the towns table that are kept.
var goldenTowns = []string{"year", "code", "name", "population", "births", "deaths", "moves.in", "moves.out", "donors", "donations.given.amount",
	"donations.received.amount", "donations.received.records", "gifts.cost", "net", "dependency.ratio", "age.median", "women.20_39.relative", "extinction.class"}

// TestGolden compares two small runs with the tables in testdata/golden, and holds both to what must be true of any run, whatever the golden numbers say.
func TestGolden(t *testing.T) {
	golden, err := filepath.Abs(filepath.Join("testdata", "golden"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for country, command := range goldenRuns {
		t.Run(country, func(t *testing.T) {
			var out, errs bytes.Buffer
			if code := run(strings.Fields(command), &out, &errs); code != exitOK && code != exitVerdict {
				t.Fatalf("%s: exit code %d: %s", command, code, errs.String())
			}
			result, err := output.Open(country)
			if err != nil {
				t.Fatal(err)
			}
			tables := tablesOf(t, country)
			for _, name := range goldenTables {
				compareGolden(t, filepath.Join(golden, country, name), read(t, filepath.Join(country, name)))
			}
			last := strconv.Itoa(result.Manifest.LastYear)
			compareGolden(t, filepath.Join(golden, country, "towns-"+last+".csv"), tables["towns"].restrict(last, goldenTowns))
			compareGolden(t, filepath.Join(golden, country, "digests.txt"), digests(t, country))
			invariants(t, result, tables)
			startsFromFacts(t, result)
			nothingIdle(t, country, tables)
		})
	}
}

// read is the text of a file.
func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// digests lists the SHA-256 of every CSV table of a result.
func digests(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil || len(files) != len(tableNames) {
		t.Fatalf("got %d tables (%v), want %d", len(files), err, len(tableNames))
	}
	var b strings.Builder
	for _, f := range files {
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256([]byte(read(t, f))), filepath.Base(f))
	}
	return b.String()
}

// compareGolden compares a text with a kept file and leaves what it got in .got-NAME beside it, or rewrites the file with -update.
func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	beside := filepath.Join(filepath.Dir(file), ".got-"+filepath.Base(file))
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		_ = os.Remove(beside) // what an earlier failure left, if any
		return
	}
	if _, err := os.Stat(file); err != nil {
		t.Errorf("%v; go test ./cmd/gohyang -update makes it", err)
		return
	}
	kept := read(t, file)
	if kept == got {
		_ = os.Remove(beside)
		return
	}
	if err := os.WriteFile(beside, []byte(got), 0o666); err != nil {
		t.Error(err)
	}
	diff := ""
	if strings.HasSuffix(file, ".csv") {
		a, errA := parseGrid(file, kept)
		b, errB := parseGrid(file, got)
		if diff = difference(a, b, 10); errA != nil || errB != nil {
			diff = fmt.Sprint(errA, errB)
		}
	} else {
		for _, line := range missing(strings.Split(strings.ReplaceAll(got, "\r\n", "\n"), "\n"), strings.Split(strings.ReplaceAll(kept, "\r\n", "\n"), "\n")) {
			diff += "  other bytes: " + line + "\n"
		}
	}
	if diff == "" {
		return // the kept file has other line ends: digests.txt speaks for the bytes
	}
	t.Errorf("%s/%s has changed (what it is now: %s); if that is meant, go test ./cmd/gohyang -update and say why in a Numbers: paragraph:\n%s",
		filepath.Base(filepath.Dir(file)), filepath.Base(file), filepath.Base(beside), diff)
}

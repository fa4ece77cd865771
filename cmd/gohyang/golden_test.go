package main

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gohyang/output"
)

// update rewrites testdata/golden and the output in README.md. A commit that does so carries a "Numbers:" paragraph, see CONTRIBUTING.md.
var update = flag.Bool("update", false, "rewrite the golden tables and README.md's output from this program")

// goldenRuns are the runs whose tables are kept. They are the model's own past numbers, not observations: a change is a question, not an error. Ties
// beyond repeated giving exist only when giving causes visits (ties.net, 0 by default), so the runs let it.
var goldenRuns = map[string]string{
	"kr": "run kr-baseline --scale 0.002 --years 2023-2026 --set ties.net=1.0 --set ties.regular=0.5 --set ties.base=0.5 --csv --quiet --out kr",
	"jp": "run jp-baseline --scale 0.001 --years 2020-2023 --set ties.net=1.0 --set ties.regular=0.5 --set ties.base=0.5 --csv --quiet --out jp",
}

// idle are the measurements that may be zero everywhere in a golden run, with the reason.
var idle = map[string]string{
	"kr departures": "net international migration by sex and age is hardly negative in these years",
	"jp arrivals":   "net international migration by sex and age is negative in these years",
}

// goldenTables are kept line by line; of the others, which have a row for each town or flow, the digests are kept.
var goldenTables = []string{"years.csv", "accounts.csv", "months.csv"}

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
			for _, name := range goldenTables {
				compareGolden(t, filepath.Join(golden, country, name), read(t, filepath.Join(country, name)))
			}
			compareGolden(t, filepath.Join(golden, country, "digests.txt"), digests(t, country))
			result, err := output.Open(country)
			if err != nil {
				t.Fatal(err)
			}
			personsClose(t, result)
			moneyCloses(t, result)
			nothingEmpty(t, result)
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
	if err != nil || len(files) != 6 {
		t.Fatalf("got %d tables (%v), want 6", len(files), err)
	}
	var b strings.Builder
	for _, f := range files {
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256([]byte(read(t, f))), filepath.Base(f))
	}
	return b.String()
}

// compareGolden compares a text with a kept file, or rewrites the file with -update.
func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(strings.Split(read(t, file), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s has changed; if that is meant, go test ./cmd/gohyang -update and say why in a Numbers: paragraph (-kept +now):\n%s", filepath.Base(file), diff)
	}
}

// personsClose checks the demographic identity of every town: who was there, less deaths and departures, plus births and arrivals, is there.
func personsClose(t *testing.T, r *output.Result) {
	t.Helper()
	before := map[string]int64{}
	var in, out int64
	for _, p := range r.Towns {
		if p.Level != output.LevelMunicipality {
			if p.Population+p.Births+p.Deaths+p.MovesIn+p.MovesOut+p.Donors != 0 {
				t.Errorf("%s %d: a provincial government has persons: %+v", p.Name, p.Year, p.Measures)
			}
			continue
		}
		change := p.Births - p.Deaths + p.MovesIn - p.MovesOut + p.Arrivals - p.Departures
		if start, ok := before[p.Code]; ok && start+change != p.Population {
			t.Errorf("%s %d: %d at the start %+d is not %d at the end", p.Name, p.Year, start, change, p.Population)
		}
		if p.Young+p.Working+p.Old != p.Population || p.Women2039 > p.Working || p.Donors > p.Considering || p.NewDonors > p.Donors {
			t.Errorf("%s %d: parts do not fit the whole: %+v", p.Name, p.Year, p.Measures)
		}
		before[p.Code] = p.Population
		in, out = in+p.MovesIn, out+p.MovesOut
	}
	if in != out || in == 0 {
		t.Errorf("%d moved in and %d moved out within the country", in, out)
	}
}

// moneyCloses checks that what is given is received, that relief is borne by somebody, and that net is what it says.
func moneyCloses(t *testing.T, r *output.Result) {
	t.Helper()
	for _, p := range r.Towns {
		if net := p.ReceivedAmount - p.Gifts - p.Fees - p.Operating - p.ReliefBorne + p.Compensation; net != p.Net {
			t.Errorf("%s %d: net is %d, its parts give %d", p.Name, p.Year, p.Net, net)
		}
	}
	for _, y := range r.Years {
		var sum output.Measures
		for _, p := range r.Places(int(y.Year)) {
			sum.ReceivedAmount += p.ReceivedAmount
			sum.ReceivedRecords += p.ReceivedRecords
			sum.GivenAmount += p.GivenAmount
			sum.GivenRecords += p.GivenRecords
			sum.Population += p.Population
		}
		if sum.ReceivedAmount != sum.GivenAmount || sum.ReceivedRecords != sum.GivenRecords {
			t.Errorf("%d: received %d in %d records, given %d in %d", y.Year, sum.ReceivedAmount, sum.ReceivedRecords, sum.GivenAmount, sum.GivenRecords)
		}
		if sum.Population != y.Population || sum.ReceivedAmount != y.ReceivedAmount {
			t.Errorf("%d: the places have %d persons and received %d, the nation %d and %d", y.Year, sum.Population, sum.ReceivedAmount, y.Population, y.ReceivedAmount)
		}
		if y.Relief <= 0 || y.Relief > y.GivenAmount || y.ReliefBorne > y.Relief {
			t.Errorf("%d: relief %d of %d given, of which %d borne by local governments", y.Year, y.Relief, y.GivenAmount, y.ReliefBorne)
		}
	}
}

// nothingEmpty checks that no measurement is zero everywhere: a golden number can protect a metric that nobody fills.
func nothingEmpty(t *testing.T, r *output.Result) {
	t.Helper()
	for _, m := range output.Metrics() {
		if m.Key || !slices.Contains(m.Tables, "towns") || idle[r.Manifest.Country+" "+m.Name] != "" {
			continue
		}
		filled := slices.ContainsFunc(r.Towns, func(p output.TownRow) bool {
			v, ok := p.Value(m.Name)
			return ok && v != 0
		})
		if !filled {
			t.Errorf("%s is zero in every place and year", m.Name)
		}
	}
}

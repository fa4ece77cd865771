package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/sim"
)

// The determinism contract on the shipped scenarios. What it says of a stylised country, sim/world_test.go tests with every stage at work.

// prepared is a scenario ready to be run.
type prepared struct {
	scenario *scenarios.Scenario
	cfg      *sim.Config
	facts    string // digest of the fact tables
}

// prepare loads a scenario as the command line would: prepare(t, "kr-baseline", "--scale", "0.001").
func prepare(t *testing.T, name string, args ...string) prepared {
	t.Helper()
	var flags runFlags
	set := pflag.NewFlagSet(name, pflag.ContinueOnError)
	flags.add(set)
	if err := set.Parse(args); err != nil {
		t.Fatal(err)
	}
	s, err := load(name, &flags)
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := configure(s)
	if err != nil {
		t.Fatal(err)
	}
	country, err := flags.country(string(s.Country), s.Run.Base)
	if err != nil {
		t.Fatal(err)
	}
	return prepared{s, cfg, country.Digest}
}

// live runs a scenario in a layout, recorded into the folder dir ("" = nobody watches), and returns the digest of the world in the end.
func (p prepared) live(t *testing.T, l sim.Layout, dir string, csv bool) uint64 {
	t.Helper()
	w, err := sim.New(p.cfg, l)
	if err != nil {
		t.Fatal(err)
	}
	var observers []sim.Observer
	if dir != "" {
		record, err := output.Create(dir, frame(p.cfg), csv)
		if err != nil {
			t.Fatal(err)
		}
		defer record.Abort()
		defer func() {
			if err := record.Close(manifest(p.scenario, p.cfg, p.facts)); err != nil {
				t.Error(err)
			}
		}()
		observers = append(observers, record)
	}
	if err := w.Run(context.Background(), observers...); err != nil {
		t.Fatal(err)
	}
	return w.Digest()
}

// tables runs a scenario as it is and reads its tables back.
func (p prepared) tables(t *testing.T) map[string]grid {
	t.Helper()
	dir := filepath.Join(t.TempDir(), p.scenario.Name)
	p.live(t, sim.Layout{}, dir, true)
	return tablesOf(t, dir)
}

// filesOf is the SHA-256 of every file of a folder.
func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range entries {
		out[e.Name()] = fmt.Sprintf("%x", sha256.Sum256([]byte(read(t, filepath.Join(dir, e.Name())))))
	}
	return out
}

// TestLayoutNeverMatters is the matrix of the contract on real data: the same bytes in every file, run.json among them, for any number of workers, block and
// tile size and screening bounds, and the same world in the end whether or not somebody watches.
func TestLayoutNeverMatters(t *testing.T) {
	for name, args := range map[string][]string{
		"kr": {"--years", "2023-2025"}, "jp": {"--years", "2020-2021"},
		"kr from 2016": {"--years", "2022-2023", "--set", "run.base=2016"}, "jp from 2008": {"--years", "2008-2009", "--set", "run.base=2008"},
		"kr with effects": {"--years", "2023-2026", "--set", "effects.births=3.0", "--set", "effects.in=3.0", "--set", "effects.out=0.1", "--set", "ties.net=0.5"},
	} {
		t.Run(name, func(t *testing.T) {
			country, _, other := strings.Cut(name, " ")
			scale, workers, shapes := "0.001", []int{1, 2, 3, 16}, [][2]int{{16384, 16}, {1024, 16}, {64, 1}, {65536, 4}}
			if testing.Short() {
				scale, workers, shapes = "0.0002", []int{1, 3}, shapes[1:3]
			}
			if other { // the engine is the same: a few layouts show it
				workers, shapes = workers[1:2], shapes[len(shapes)-1:]
			}
			p := prepare(t, country+"-baseline", append([]string{"--scale", scale}, args...)...)
			dir := filepath.Join(t.TempDir(), "want")
			want := p.live(t, sim.Layout{Workers: 1}, dir, false)
			files := filesOf(t, dir)
			if len(files) != len(tableNames)+2 {
				t.Fatalf("got %d files, want the tables, summary.txt and run.json", len(files))
			}
			runs := 0
			for _, n := range workers {
				for _, shape := range shapes {
					for _, slack := range []int{0, 9, 255} {
						l := sim.Layout{Workers: n, Block: shape[0], Tile: shape[1], Slack: slack}
						runs++
						dir, watched := "", runs%2 == 0 || slack == 9
						if watched {
							dir = filepath.Join(t.TempDir(), "got")
						}
						if got := p.live(t, l, dir, false); got != want {
							t.Errorf("%+v, recorded %t: digest %x, want %x", l, watched, got, want)
						}
						if watched && !maps.Equal(filesOf(t, dir), files) {
							t.Errorf("%+v: other files: got %v, want %v", l, filesOf(t, dir), files)
						}
					}
				}
			}
		})
	}
}

// TestSeedMatters: another seed is another life in every table, so that the matrix does not compare constants.
func TestSeedMatters(t *testing.T) {
	for country, years := range map[string]string{"kr": "2023-2024", "jp": "2020-2021"} {
		var all []map[string]string
		for _, seed := range []string{"1", "2"} {
			dir := filepath.Join(t.TempDir(), seed)
			prepare(t, country+"-baseline", "--scale", "0.001", "--years", years, "--seed", seed).live(t, sim.Layout{}, dir, false)
			all = append(all, filesOf(t, dir))
		}
		for name, digest := range all[0] {
			if all[1][name] == digest {
				t.Errorf("%s: %s is the same for seeds 1 and 2", country, name)
			}
		}
	}
}

// persons are the columns of the towns table that giving and the law of giving do not touch: a policy changes no life.
var persons = []string{"population", "population.0_14", "population.15_64", "population.65plus", "women.20_39", "births", "deaths", "moves.in", "moves.out",
	"arrivals", "departures"}

// TestCommonRandomNumbers: two shipped scenarios that differ from 2027 on share every line of every table before, and every life after; giving differs.
func TestCommonRandomNumbers(t *testing.T) {
	for _, c := range []struct{ base, other, years, scale, align string }{
		{"kr-baseline", "kr-full-credit-200k", "2023-2029", "0.002", "free"},
		{"kr-baseline", "kr-full-credit-200k", "2023-2029", "0.001", "province"},
		{"jp-baseline", "jp-gift-20", "2024-2029", "0.0005", "free"},
		{"jp-baseline", "jp-gift-20", "2024-2028", "0.0005", "town"},
	} {
		t.Run(c.other+"-"+c.align, func(t *testing.T) {
			set := []string{"--scale", c.scale, "--years", c.years, "--set", "demography.alignment=" + c.align}
			a, b := prepare(t, c.base, set...).tables(t), prepare(t, c.other, set...).tables(t)
			for _, name := range tableNames {
				if before, after := until(a[name], "2027"), until(b[name], "2027"); !slices.Equal(before, after) || len(before) == 0 {
					t.Errorf("%s: %d lines before 2027 against %d, and they differ", name, len(before), len(after))
				}
			}
			towns, others := a["towns"], b["towns"]
			if !slices.Equal(towns.keys(), others.keys()) {
				t.Fatal("the towns differ")
			}
			amounts := 0
			for row := range towns.rows {
				for _, column := range persons {
					if x, y := towns.text(row, column), others.text(row, column); x != y {
						t.Fatalf("%s, %s: %s against %s, though no policy touches persons", towns.key(row), column, x, y)
					}
				}
				if towns.text(row, "donations.given.amount") != others.text(row, "donations.given.amount") {
					amounts++
				}
			}
			if amounts == 0 {
				t.Error("the policy changed the giving of nobody")
			}
		})
	}
}

// until lists the lines of a table before a year.
func until(g grid, year string) (lines []string) {
	for row := range g.rows {
		if g.text(row, "year") < year {
			lines = append(lines, strings.Join(g.rows[row], ","))
		}
	}
	return lines
}

// TestScaleOnlyBlurs: the nation's totals of runs of different scale agree to within four standard errors in every year. A count of n agents of weight w has
// at most the variance n w^2 of a Poisson number; a sum of amounts x has w sum(x^2) over real donors, taken from the cells of the donors table, of which
// each is counted at its mean, and doubled for the spread inside the cells (measured over six seeds: the right size). Who considers donating, and so who
// gives, looks at the donors around: that feedback and the draw of the first year's donors, which lasts, triple the variance (measured likewise).
func TestScaleOnlyBlurs(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a million agents")
	}
	counts := map[string]float64{"population.0_14": 1, "population.65plus": 1, "births": 1, "deaths": 1, "moves.in": 1, "considering": 3, "donors": 3}
	for country, years := range map[string]string{"kr": "2023-2026", "jp": "2020-2022"} {
		var all []map[string]grid
		scales := []float64{0.01, 0.005, 0.002}
		for _, scale := range scales {
			all = append(all, prepare(t, country+"-baseline", "--scale", fmt.Sprint(scale), "--years", years).tables(t))
		}
		large := all[0]["years"]
		squares := squaresOf(t, all[0]["donors"])
		for i := 1; i < len(scales); i++ {
			small := all[i]["years"]
			weights := 1/scales[0] + 1/scales[i]
			for row := range large.rows {
				compare := func(metric string, variance float64) {
					a, b := float64(large.whole(t, row, metric)), float64(small.whole(t, row, metric))
					if limit := 4 * math.Sqrt(variance*weights); math.Abs(a-b) > limit {
						t.Errorf("%s %s: %.0f at scale %g, %.0f at scale %g; want a difference of at most %.0f", large.key(row), metric, a, scales[0], b, scales[i], limit)
					}
				}
				for metric, factor := range counts {
					compare(metric, factor*float64(large.whole(t, row, metric)))
				}
				compare("donations.given.amount", 2*squares[large.text(row, "year")])
				perRecord := float64(large.whole(t, row, "donations.given.amount")) / float64(large.whole(t, row, "donations.given.records"))
				compare("donations.given.records", 2*squares[large.text(row, "year")]/(perRecord*perRecord))
			}
		}
	}
}

// squaresOf is the sum of squared amounts of donors by year, each at the mean of his cell of the donors table.
func squaresOf(t *testing.T, g grid) map[string]float64 {
	t.Helper()
	out := map[string]float64{}
	for row := range g.rows {
		given, donors := float64(g.whole(t, row, "donations.given.amount")), float64(g.whole(t, row, "donors"))
		out[g.text(row, "year")] += given * given / donors
	}
	return out
}

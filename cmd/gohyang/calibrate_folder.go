package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"gohyang/sim/study"
)

// Files of a calibration's folder. While it is at work there are identityFile and runsFile; completeFile is written last.
const (
	identityFile  = "calibration.json"
	runsFile      = "runs.csv"
	wavesFile     = "waves.csv"
	posteriorFile = "posterior.csv"
	chosenFile    = "chosen.toml"
	reportFile    = "report.txt"
	completeFile  = "complete.json"
)

// identity is what must be the same for a folder to be gone on with.
type identity struct {
	Country     string `json:"country"`
	Calibration string `json:"calibration_sha256"`
	Facts       string `json:"facts_sha256"`
	Scenario    string `json:"scenario_sha256"` // with law and all parameters, before the fit
	Seed        uint64 `json:"seed"`
	Version     string `json:"version"`
	Commit      string `json:"commit"`
}

// identity of these trials.
func (t *trials) identity() identity {
	b := buildStamp()
	return identity{t.c.Country, t.c.Digest, t.facts, t.scenario.Digest(), t.c.Seed, b.Version, b.Revision}
}

// folder is the folder of a calibration at work.
type folder struct {
	dir   string
	t     *trials
	mu    sync.Mutex
	runs  map[string]map[int][]float64 // means of finished runs by stage
	lines map[trialRun]string
	file  *os.File
}

// openFolder makes a folder for the trials, or opens the one in which they were stopped. Another calibration's folder, or a complete one, is left alone.
func openFolder(dir string, t *trials) (*folder, error) {
	f := &folder{dir: dir, t: t, runs: map[string]map[int][]float64{}, lines: map[trialRun]string{}}
	mine, err := json.MarshalIndent(t.identity(), "", "  ")
	if err != nil {
		return nil, failed("--out: %w", err)
	}
	theirs, err := os.ReadFile(filepath.Join(dir, identityFile))
	switch entries, _ := os.ReadDir(dir); {
	case err == nil:
		if err := f.resumable(theirs); err != nil {
			return nil, err
		}
	case len(entries) > 0:
		return nil, usage("--out %s: is not empty and no folder of a calibration; choose another, or move or delete it", dir)
	default:
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, failed("--out: %w", err)
		}
		if err := f.write(identityFile, append(mine, '\n')); err != nil {
			return nil, failed("--out: %w", err)
		}
	}
	return f, f.resume()
}

// resumable says why a folder cannot be gone on with, if it cannot.
func (f *folder) resumable(theirs []byte) error {
	var was identity
	if err := json.Unmarshal(theirs, &was); err != nil {
		return invalid(fmt.Errorf("%s: is damaged: %w", filepath.Join(f.dir, identityFile), err))
	}
	if _, err := os.Stat(filepath.Join(f.dir, completeFile)); err == nil {
		return usage("--out %s: holds a complete calibration and is never overwritten; choose another, or move or delete it", f.dir)
	}
	is := f.t.identity()
	for _, x := range []struct{ what, was, is string }{
		{"country", was.Country, is.Country}, {"calibration file", was.Calibration, is.Calibration}, {"facts", was.Facts, is.Facts},
		{"scenario, law or parameters", was.Scenario, is.Scenario}, {"seed", fmt.Sprint(was.Seed), fmt.Sprint(is.Seed)},
		{"program", was.Version + " " + was.Commit, is.Version + " " + is.Commit},
	} {
		if x.was != x.is {
			return usage("--out %s: belongs to another calibration: %s was %.12s, is %.12s; choose another folder", f.dir, x.what, x.was, x.is)
		}
	}
	return nil
}

// head are the columns of runsFile.
func (f *folder) head() []string {
	cells := []string{"stage", "run"}
	for _, p := range f.t.c.Parameters {
		cells = append(cells, p.Key)
	}
	for _, x := range f.t.c.Targets {
		cells = append(cells, x.Name)
	}
	for _, x := range f.t.c.Targets {
		cells = append(cells, "s.d. of "+x.Name)
	}
	return cells
}

// resume reads the finished runs and opens the file for more. A last line without an end was being written when the program was killed: it is dropped.
func (f *folder) resume() error {
	path := filepath.Join(f.dir, runsFile)
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return failed("--out: %w", err)
	}
	data = data[:bytes.LastIndexByte(data, '\n')+1]
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		if lines.Text() == line(f.head()) {
			continue
		}
		if err := f.read(lines.Text()); err != nil {
			return invalid(fmt.Errorf("%s:%d: %w; delete the line to have the run done again", path, n, err))
		}
	}
	if len(data) == 0 {
		data = []byte(line(f.head()) + "\n")
	}
	if err := f.write(runsFile, data); err != nil {
		return failed("--out: %w", err)
	}
	if f.file, err = os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0o666); err != nil {
		return failed("--out: %w", err)
	}
	return nil
}

// read takes one finished run from its line.
func (f *folder) read(text string) error {
	cells, err := csv.NewReader(strings.NewReader(text)).Read()
	if err != nil || len(cells) != len(f.head()) {
		return fmt.Errorf("got %d cells (%v), want %d", len(cells), err, len(f.head()))
	}
	i, err := strconv.Atoi(cells[1])
	if err != nil {
		return fmt.Errorf("run: got %q, want a number", cells[1])
	}
	first, n := 2+len(f.t.c.Parameters), len(f.t.c.Targets)
	values := make([]float64, 2*n)
	for k, cell := range cells[first:] {
		if values[k], err = strconv.ParseFloat(cell, 64); err != nil {
			return fmt.Errorf("%s: got %q, want a number", f.head()[first+k], cell)
		}
	}
	f.remember(trialRun{cells[0], i}, tried{values[:n], values[n:]}, text)
	return nil
}

func (f *folder) remember(r trialRun, m tried, text string) {
	if f.runs[r.stage] == nil {
		f.runs[r.stage] = map[int][]float64{}
	}
	f.runs[r.stage][r.i], f.lines[r] = m.mean, text
	f.t.mu.Lock()
	f.t.values[r] = m
	f.t.mu.Unlock()
}

// finished are the finished runs of a stage, as the fit sees them: those that stand at the points it wants. (Another kind of processor may want other points
// in the last digits.)
func (f *folder) finished(stage string, points [][]float64) map[int][]float64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := map[int][]float64{}
	for i, values := range f.runs[stage] {
		if i >= 0 && i < len(points) && strings.HasPrefix(f.lines[trialRun{stage, i}], line(append([]string{stage, strconv.Itoa(i)}, exact(points[i])...))+",") {
			out[i] = f.t.fitted(values)
		}
	}
	return out
}

// exact writes numbers so that they read back the same.
func exact(values []float64) (cells []string) {
	for _, v := range values {
		cells = append(cells, strconv.FormatFloat(v, 'g', -1, 64))
	}
	return cells
}

// kept is the number of finished runs.
func (f *folder) kept() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.lines)
}

// keep appends one finished run.
func (f *folder) keep(stage string, i int, point []float64) error {
	m := f.t.triedAt(stage, i)
	cells := slices.Concat([]string{stage, strconv.Itoa(i)}, exact(point), exact(m.mean), exact(m.sd))
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.file == nil {
		return errors.New("the folder is closed")
	}
	if _, err := f.file.WriteString(line(cells) + "\n"); err != nil {
		return err
	}
	f.remember(trialRun{stage, i}, m, line(cells))
	return nil
}

// close ends the writing of runs; what is computed after an interruption is not kept.
func (f *folder) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.file != nil {
		_ = f.file.Close() // every run was written on its own, and reading again drops a torn line
		f.file = nil
	}
}

// line is one line of CSV.
func line(cells []string) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(cells) // into memory
	w.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}

// write puts a file in its place, whole or not at all.
func (f *folder) write(name string, data []byte) error {
	part := filepath.Join(f.dir, name+".part")
	if err := os.WriteFile(part, data, 0o666); err != nil {
		return err
	}
	return os.Rename(part, filepath.Join(f.dir, name))
}

// finish writes the results, and last the file that says that they are complete, with the digests of all others. It returns the report.
func (f *folder) finish(o *study.Outcome, date string) (string, error) {
	f.close()
	report := f.t.report(o, date)
	files := []struct{ name, text string }{
		{runsFile, f.sorted(o)}, {wavesFile, f.t.waves(o)}, {posteriorFile, f.t.posterior(o)}, {chosenFile, f.t.chosen(o, date)}, {reportFile, report},
	}
	digests := map[string]string{}
	for _, x := range files {
		if err := f.write(x.name, []byte(x.text)); err != nil {
			return "", err
		}
		sum := sha256.Sum256([]byte(x.text))
		digests[x.name] = hex.EncodeToString(sum[:])
	}
	whole, err := json.MarshalIndent(struct {
		identity
		Date  string            `json:"date"`
		Files map[string]string `json:"files_sha256"`
	}{f.t.identity(), date, digests}, "", "  ")
	if err != nil {
		return "", err
	}
	return report, f.write(completeFile, append(whole, '\n'))
}

// sorted is runsFile in the order of the stages and points, which does not depend on when a run was finished.
func (f *folder) sorted(o *study.Outcome) string {
	var b strings.Builder
	b.WriteString(line(f.head()) + "\n")
	stages := []study.Stage{}
	for _, m := range o.Matches {
		stages = append(stages, m.Stage)
	}
	for _, s := range append(stages, o.Sample, o.Final) {
		for i := range s.Points {
			b.WriteString(f.lines[trialRun{s.Name, i}] + "\n")
		}
	}
	return b.String()
}

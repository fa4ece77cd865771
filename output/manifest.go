package output

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Product names the program in run.json; ResultFormat is the version of the directory's layout.
const (
	Product      = "gohyang"
	ResultFormat = 1
)

const manifestName = "run.json"

// Manifest is run.json: everything that decided the numbers, and nothing else. Layout (workers, blocks), clock, host and paths are left out, so
// the same run gives the same bytes on every machine. The caller of Recorder.Close fills what the recorder cannot know; the rest is marked.
type Manifest struct {
	Product        string    `json:"product"`          // filled by Close
	Format         int       `json:"format"`           // filled by Close: ResultFormat
	Metrics        int       `json:"metrics"`          // filled by Close: MetricsVersion
	Version        string    `json:"version"`          // of the program
	Commit         string    `json:"commit,omitempty"` // version control revision when known, with "+dirty" when modified
	Scenario       string    `json:"scenario"`
	Title          string    `json:"title,omitempty"`
	ScenarioDigest string    `json:"scenario_digest"`
	FactsDigest    string    `json:"facts_digest"`
	LawDigest      string    `json:"law_digest"`
	Changed        []string  `json:"changed,omitempty"`     // what the command line changed but seed and years, as "key = value"
	Parameters     int       `json:"parameters,omitempty"`  // behaviour parameters of the model
	Provisional    int       `json:"provisional,omitempty"` // of these, provisional or judgement: set by hand, not calibrated
	Effects        string    `json:"effects,omitempty"`     // of services on births and moves: which were on
	Surveys        []Survey  `json:"surveys,omitempty"`     // what surveys found of related population, beside which the summary sets the model
	Country        string    `json:"country"`               // filled by Close from the frame
	Seed           uint64    `json:"seed"`
	Scale          float64   `json:"scale"`      // effective share of residents that are agents
	Weight         int64     `json:"weight"`     // residents one agent stands for
	FirstYear      int       `json:"first_year"` // filled by Close: first year recorded
	LastYear       int       `json:"last_year"`  // filled by Close
	Settings       []Setting `json:"settings"`   // the resolved scenario sheet, in its own order
	Files          []File    `json:"files"`      // filled by Close: every file but run.json
}

// Setting is one resolved number of the scenario: key, value as text and where it comes from (file:line, law article, flag).
type Setting struct {
	Key    string `json:"key"`
	Value  string `json:"value"`
	Source string `json:"source,omitempty"`
}

// Survey is a published count of related persons, as context: it counts every bond, and those that donations made are a part of them at most.
type Survey struct {
	Name    string `json:"name"`
	Year    int    `json:"year"`
	What    string `json:"what"`    // whom it counts
	Persons int64  `json:"persons"` // so many
	Of      int64  `json:"of"`      // of so many adults, or residents of the places
	Source  string `json:"source"`
}

// File is one file of a result with its size and digest.
type File struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"` // rows of a table, lines of a text
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// write writes the manifest as indented JSON with a final newline.
func (m Manifest) write(w io.Writer) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// ReadManifest reads and checks run.json of a result directory. Errors are *Error of kind ErrNoResult or ErrDamaged.
func ReadManifest(dir string) (Manifest, error) {
	path := filepath.Join(dir, manifestName)
	data, err := os.ReadFile(path)
	if err != nil {
		return Manifest{}, noManifest(dir, err)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var m Manifest
	if err := d.Decode(&m); err != nil {
		return Manifest{}, damaged(path, "is not readable: "+err.Error(), err)
	}
	if _, err := d.Token(); err != io.EOF {
		return Manifest{}, damaged(path, "has something after its end", nil)
	}
	if m.Product != Product {
		return Manifest{}, damaged(path, fmt.Sprintf("product: got %q, want %q", m.Product, Product), nil)
	}
	if m.Format != ResultFormat || m.Metrics != MetricsVersion {
		return Manifest{}, damaged(path, fmt.Sprintf("format %d with metrics %d: this program reads format %d with metrics %d",
			m.Format, m.Metrics, ResultFormat, MetricsVersion), nil)
	}
	return m, nil
}

// noManifest tells a missing directory from one that is no result, and from one that may not be read.
func noManifest(dir string, err error) error {
	e := &Error{Path: dir, Kind: ErrNoResult, Err: err}
	info, statErr := os.Stat(dir)
	switch {
	case errors.Is(statErr, fs.ErrNotExist):
		e.Problem, e.Hint = "no such result directory", "check the name, or make it with gohyang run NAME --out "+dir
	case statErr == nil && !info.IsDir():
		e.Problem, e.Hint = "is a file, not a result directory", "name the folder that holds "+manifestName
	case errors.Is(err, fs.ErrNotExist):
		e.Problem, e.Hint = "is no complete result: it has no "+manifestName, "name the folder that gohyang run wrote; an interrupted run leaves no result"
	default:
		e.Problem, e.Hint = "cannot be read: "+cause(err), "check the permissions of the folder"
	}
	return e
}

// damaged is the error of a file that is not as it was written.
func damaged(path, problem string, err error) error {
	return &Error{Path: path, Problem: problem, Hint: "run the scenario again into another --out", Kind: ErrDamaged, Err: err}
}

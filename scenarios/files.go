package scenarios

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// shipped are the scenario files, the dated law, the behaviour parameters, the alignments, the calibrations and the surveys built into the program.
//
//go:embed *.toml params/*.toml law/*.toml align/*.csv calibration/* surveys/*.toml
var shipped embed.FS

// largest is the size in bytes above which a file cannot be a scenario.
const largest = 1 << 20

// source is one scenario file as read.
type source struct {
	name string // shipped name, or the file's name without .toml
	file string // as messages name it
	text string
	dir  string // folder of a file on disk, for a parent named by its path; "" for a shipped one
}

// isPath tells whether a reference to a scenario is a file rather than a shipped name.
func isPath(ref string) bool {
	return strings.HasSuffix(ref, ".toml") || strings.ContainsAny(ref, `/\`)
}

// open reads a scenario by shipped name or path. dir is the folder that a relative path starts from, "" = where the program runs. An unknown
// name is a Fault at position at.
func open(ref, dir string, at Position) (source, error) {
	if !isPath(ref) {
		text, err := shipped.ReadFile(ref + ".toml")
		if err != nil {
			return source{}, unknown("an unknown scenario", ref, at)
		}
		return source{name: ref, file: ref + ".toml", text: string(text)}, nil
	}
	path := filepath.FromSlash(ref)
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return source{}, unknown("no such file", ref, at)
	}
	if err == nil && (!info.Mode().IsRegular() || info.Size() > largest) {
		err = fmt.Errorf("%s: not a scenario file: it must be a regular file of at most %d bytes", path, largest)
	}
	if err != nil {
		return source{}, fmt.Errorf("scenario: %w", err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return source{}, fmt.Errorf("scenario: %w", err)
	}
	name := strings.TrimSuffix(filepath.Base(path), ".toml")
	return source{name: name, file: filepath.ToSlash(path), text: string(text), dir: filepath.Dir(path)}, nil
}

// unknown is the fault of a reference that leads nowhere.
func unknown(got, ref string, at Position) Faults {
	if at.Line > 0 { // otherwise the position is the reference itself
		got += fmt.Sprintf(" %q", ref)
	}
	short := strings.TrimSuffix(filepath.Base(filepath.FromSlash(ref)), ".toml")
	return Faults{{At: at, Got: got, Want: "a shipped name (gohyang list) or the path of a .toml file", Hint: didYouMean(short, names())}}
}

// names are the shipped scenarios, sorted.
func names() []string {
	files, err := fs.Glob(shipped, "*.toml")
	if err != nil {
		panic(err) // only a malformed pattern
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(f, ".toml")
	}
	sort.Strings(files)
	return files
}

// Source returns the text of a scenario file as written, by shipped name or path.
func Source(ref string) (string, error) {
	s, err := open(ref, "", Position{File: ref})
	return s.text, err
}

// Listing is one line of `gohyang list`.
type Listing struct {
	Name     string
	Title    string
	Question string
	Country  string
	Parent   string // the scenario it extends, "" = none
}

// Names lists the shipped scenarios by country (Korea first) and name.
func Names() ([]Listing, error) {
	var out []Listing
	for _, name := range names() {
		c := &collector{}
		l := loader{collector: c}
		chain, err := l.chain(name)
		if err != nil {
			return nil, err
		}
		root := chain.merged()
		item := Listing{Name: name, Parent: text(chain[0].root, "extends")}
		item.Title, item.Question, item.Country = text(root, "title"), text(root, "question"), text(root, "country")
		out = append(out, item)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Country > out[j].Country })
	return out, nil
}

// text is a text value of a table, "" if there is none.
func text(n *node, key string) string {
	s, _ := val(n.get(key)).(string)
	return s
}

package facts

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// Source says where one table comes from. Every field but Note is required in SOURCES.toml.
type Source struct {
	File       string `toml:"file"`       // population.csv
	Title      string `toml:"title"`      // what the table is
	Publisher  string `toml:"publisher"`  // who published the figures
	Year       string `toml:"year"`       // years the figures are of
	Licence    string `toml:"licence"`    // terms of reuse, or that they were not verified
	Unit       string `toml:"unit"`       // unit of the value columns
	Derivation string `toml:"derivation"` // how it was computed, or "none: as published"
	Reference  string `toml:"source"`     // the copy it was taken from
	Status     string `toml:"status"`     // published, derived or judgement
	SHA256     string `toml:"sha256"`     // of the file's bytes, hex
	Note       string `toml:"note"`
	Dir        string `toml:"-"` // folder of the file: kr, jp, kr/base/2016
}

// TamperedError says that a table is not the one SOURCES.toml names.
type TamperedError struct {
	File      string // kr/population.csv
	Got, Want string // SHA-256, hex
}

// Error names the file and the first digits of both digests.
func (e *TamperedError) Error() string {
	return fmt.Sprintf("facts %s: SHA-256 is %s…, SOURCES.toml says %s…: the table was changed or damaged", e.File, short(e.Got), short(e.Want))
}

func short(s string) string { return s[:min(4, len(s))] }

// SourcesFS lists the tables of one country ("kr" or "jp") in file order, from a folder that holds one folder a country. It checks that every table is
// listed and every listed table there, but not the digests: LoadFS does that.
func SourcesFS(fsys fs.FS, code string) ([]Source, error) {
	l := &loader{fsys: fsys, code: code}
	list := l.listed(code)
	return list, l.err()
}

// listed reads the SOURCES.toml of a folder.
func (l *loader) listed(dir string) []Source {
	name := path.Join(dir, "SOURCES.toml")
	data, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		l.faults = append(l.faults, fmt.Errorf("facts %s: no such country: %w", l.code, err))
		return nil
	}
	var doc struct {
		Kind      string   `toml:"kind"`      // of another start
		Estimated string   `toml:"estimated"` // day on which the tables were made and what is fitted in them
		Table     []Source `toml:"table"`
	}
	md, err := toml.Decode(string(data), &doc)
	if err != nil {
		l.fault(name, "%v", err)
		return nil
	}
	for _, key := range md.Undecoded() {
		l.fault(name, "unknown key %s", key)
	}
	switch another := dir != l.code; {
	case another && doc.Kind != Then && doc.Kind != BackCast:
		l.fault(name, "kind: got %q, want %q or %q", doc.Kind, Then, BackCast)
	case !another && doc.Kind != "":
		l.fault(name, "kind: got %q in the standard tables, want none", doc.Kind)
	case another:
		l.c.Kind = doc.Kind
	}
	if _, err := time.Parse(time.DateOnly, doc.Estimated); err != nil {
		l.fault(name, "estimated: got %q, want the day on which the tables were made as YYYY-MM-DD", doc.Estimated)
	}
	var names []string
	for i, s := range doc.Table {
		doc.Table[i].Dir = dir
		for _, f := range s.missing() {
			l.fault(name, "table %d (%s): %s is missing", i+1, s.File, f)
		}
		if slices.Contains(names, s.File) {
			l.fault(name, "%s is listed twice", s.File)
		}
		names = append(names, s.File)
	}
	files, err := fs.Glob(l.fsys, dir+"/*.csv")
	if err != nil {
		l.fault(name, "%v", err)
	}
	for _, f := range files {
		if !slices.Contains(names, path.Base(f)) {
			l.fault(name, "%s is not listed", path.Base(f))
		}
	}
	slices.SortFunc(doc.Table, func(a, b Source) int { return strings.Compare(a.File, b.File) })
	return doc.Table
}

func (s Source) missing() []string {
	var out []string
	for _, f := range [][2]string{{"file", s.File}, {"title", s.Title}, {"publisher", s.Publisher}, {"year", s.Year}, {"licence", s.Licence},
		{"unit", s.Unit}, {"derivation", s.Derivation}, {"source", s.Reference}, {"sha256", s.SHA256}} {
		if f[1] == "" {
			out = append(out, f[0])
		}
	}
	if !slices.Contains([]string{"published", "derived", "judgement"}, s.Status) {
		out = append(out, "status (published, derived or judgement)")
	}
	return out
}

// verify compares every listed table with its digest and returns the digest of all: SHA-256 over the lines "sha256  file", in file order, the standard
// tables first and then those of another start. Country.Sources are the tables in use.
func (l *loader) verify() string {
	sources := l.listed(l.code)
	all := sha256.New()
	l.digest(all, l.code, sources)
	if dir := l.folder(); dir != "" {
		own := l.listed(dir)
		l.digest(all, dir, own)
		for _, s := range own {
			i := slices.IndexFunc(sources, func(o Source) bool { return o.File == s.File })
			if i < 0 {
				l.fault(dir+"/SOURCES.toml", "%s: got a table without a standard one, want one of the country's tables", s.File)
				continue
			}
			sources[i] = s
		}
	}
	l.c.Sources = sources
	return hex.EncodeToString(all.Sum(nil))
}

// digest checks the tables of a folder and adds their digests to those of all.
func (l *loader) digest(all hash.Hash, dir string, sources []Source) {
	for _, s := range sources {
		name := dir + "/" + s.File
		data, err := fs.ReadFile(l.fsys, name)
		if err != nil {
			l.fault(name, "%v", err)
			continue
		}
		sum := sha256.Sum256(data)
		if got := hex.EncodeToString(sum[:]); got != s.SHA256 {
			l.faults = append(l.faults, &TamperedError{File: name, Got: got, Want: s.SHA256})
		}
		fmt.Fprintf(all, "%x  %s\n", sum, strings.TrimPrefix(name, l.code+"/"))
	}
}

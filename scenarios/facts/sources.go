package facts

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

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
	name := path.Join(code, "SOURCES.toml")
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("facts %s: no such country: %w", code, err)
	}
	var doc struct {
		Table []Source `toml:"table"`
	}
	l := &loader{fsys: fsys, code: code}
	md, err := toml.Decode(string(data), &doc)
	if err != nil {
		return nil, fmt.Errorf("facts %s: %w", name, err)
	}
	for _, key := range md.Undecoded() {
		l.fault(name, "unknown key %s", key)
	}
	var listed []string
	for i, s := range doc.Table {
		for _, f := range s.missing() {
			l.fault(name, "table %d (%s): %s is missing", i+1, s.File, f)
		}
		if slices.Contains(listed, s.File) {
			l.fault(name, "%s is listed twice", s.File)
		}
		listed = append(listed, s.File)
	}
	files, err := fs.Glob(fsys, code+"/*.csv")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if !slices.Contains(listed, path.Base(f)) {
			l.fault(name, "%s is not listed", path.Base(f))
		}
	}
	slices.SortFunc(doc.Table, func(a, b Source) int { return strings.Compare(a.File, b.File) })
	return doc.Table, l.err()
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

// verify compares every listed table with its digest and returns the digest of all: SHA-256 over the lines "sha256  file", in file order.
func (l *loader) verify() string {
	sources, err := SourcesFS(l.fsys, l.code)
	if err != nil {
		l.faults = append(l.faults, err)
		return ""
	}
	l.c.Sources = sources
	all := sha256.New()
	for _, s := range sources {
		name := l.code + "/" + s.File
		data, err := fs.ReadFile(l.fsys, name)
		if err != nil {
			l.fault(name, "%v", err)
			continue
		}
		sum := sha256.Sum256(data)
		if got := hex.EncodeToString(sum[:]); got != s.SHA256 {
			l.faults = append(l.faults, &TamperedError{File: name, Got: got, Want: s.SHA256})
		}
		fmt.Fprintf(all, "%x  %s\n", sum, s.File)
	}
	return hex.EncodeToString(all.Sum(nil))
}

package facts

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// started returns the tables of Korea with one more start, 2031: everybody of the standard start in one town's women fewer, and everything else as it was.
func started(t *testing.T) fstest.MapFS {
	t.Helper()
	fsys := copied(t, "kr")
	put := func(name, text string) { fsys["kr/base/2031/"+name] = &fstest.MapFile{Data: []byte(text)} }
	constants := strings.Replace(string(fsys["kr/constants.csv"].Data), "base_year,2023", "base_year,2031", 1)
	population := strings.Replace(string(fsys["kr/population.csv"].Data), "11110,F,1225,", "11110,F,225,", 1)
	put("constants.csv", constants)
	put("population.csv", population)
	var sources strings.Builder
	sources.WriteString("kind = \"then\"\nestimated = \"2026-11-25\"\n")
	for name, text := range map[string]string{"constants.csv": constants, "population.csv": population} {
		fmt.Fprintf(&sources, "[[table]]\nfile = %q\ntitle = \"t\"\npublisher = \"p\"\nyear = \"y\"\nlicence = \"l\"\nunit = \"u\"\nderivation = \"d\"\nsource = \"s\"\nstatus = \"derived\"\nsha256 = \"%x\"\n",
			name, sha256.Sum256([]byte(text)))
	}
	put("SOURCES.toml", sources.String())
	return fsys
}

// TestBase: another start has its own population and years, and the standard tables for the rest; the standard start does not see it.
func TestBase(t *testing.T) {
	fsys := started(t)
	years, err := BasesFS(fsys, "kr")
	if err != nil || !slices.Contains(years, 2031) || !slices.IsSorted(years) {
		t.Fatalf("got %v, %v, want 2031 among them, in order", years, err)
	}
	c, err := LoadBaseFS(fsys, "kr", 2031)
	if err != nil {
		t.Fatal(err)
	}
	standard, err := LoadFS(fsys, "kr")
	if err != nil {
		t.Fatal(err)
	}
	people := func(c *Country) (n int) {
		for _, town := range c.Population {
			for sex := range town {
				for _, x := range town[sex] {
					n += int(x)
				}
			}
		}
		return n
	}
	if people(c) != people(standard)-1000 {
		t.Errorf("got %d persons, want 1,000 fewer than %d", people(c), people(standard))
	}
	if c.BaseYear != 2031 || len(c.Death) != 2072-2031+1 || c.Death[0] != standard.Death[8] {
		t.Errorf("the yearly tables of the start do not begin with it")
	}
	if c.Digest == standard.Digest || c.DeathLevel[0] != standard.DeathLevel[0] || len(c.Sources) != len(standard.Sources) {
		t.Error("the start must have a digest of its own and the standard tables it does not replace")
	}
	if real, err := Load("kr"); err != nil || real.Digest != standard.Digest {
		t.Errorf("a start more changed the standard: %v", err)
	}
}

// TestBadBase: what is wrong with a start is named.
func TestBadBase(t *testing.T) {
	for _, c := range []struct{ name, file, old, new, want string }{
		{"another year", "constants.csv", "base_year,2031", "base_year,2030", "base_year: got 2030, want 2031, the year of the folder"},
		{"tampered", "population.csv", "11110,M,", "11110,M,1", "facts kr/base/2031/population.csv: SHA-256"},
		{"kind", "SOURCES.toml", `kind = "then"`, `kind = "now"`, `kind: got "now", want "then" or "back-cast"`},
		{"no date", "SOURCES.toml", `estimated = "2026-11-25"`, `estimated = "lately"`, `estimated: got "lately", want the day`},
		{"no standard table", "SOURCES.toml", `"population.csv"`, `"peoples.csv"`, "population.csv is not listed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			fsys := started(t)
			edit(t, fsys, "kr/base/2031/"+c.file, c.old, c.new)
			if c.file == "constants.csv" {
				data, _ := fs.ReadFile(fsys, "kr/base/2031/constants.csv")
				before := strings.Replace(string(data), c.new, c.old, 1)
				edit(t, fsys, "kr/base/2031/SOURCES.toml", fmt.Sprintf("%x", sha256.Sum256([]byte(before))), fmt.Sprintf("%x", sha256.Sum256(data)))
			}
			if _, err := LoadBaseFS(fsys, "kr", 2031); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
	if _, err := LoadBaseFS(started(t), "kr", 1999); err == nil || !strings.Contains(err.Error(), "got the start 1999, want") {
		t.Errorf("got %v, want the starts there are", err)
	}
}

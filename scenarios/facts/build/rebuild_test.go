package build

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

var update = flag.Bool("update", false, "rebuild the shipped tables and the digests in SOURCES.toml")

// TestRebuild builds both countries from the reference figures and compares the bytes with the tables shipped; -update writes them instead.
func TestRebuild(t *testing.T) {
	reference := filepath.Join("..", "..", "..", "..", "shared", "reference")
	if _, err := os.Stat(reference); err != nil {
		t.Skipf("NOT CHECKED: the shipped tables against the reference figures, which are not here (../shared/reference): %v", err)
	}
	for _, country := range []string{"kr", "jp"} {
		t.Run(country, func(t *testing.T) {
			shipped := filepath.Join("..", country)
			if *update {
				if err := Rebuild(reference, shipped, country); err != nil {
					t.Fatal(err)
				}
				return
			}
			fresh := t.TempDir()
			if err := Rebuild(reference, fresh, country); err != nil {
				t.Fatal(err)
			}
			compare(t, fresh, shipped)
			for _, start := range starts(t, fresh, shipped) {
				compare(t, filepath.Join(fresh, "base", start), filepath.Join(shipped, "base", start))
			}
		})
	}
}

// starts are the names of the folders of other starts, which must be the same in both.
func starts(t *testing.T, fresh, shipped string) (names []string) {
	t.Helper()
	var both [2][]string
	for k, dir := range []string{fresh, shipped} {
		paths, err := filepath.Glob(filepath.Join(dir, "base", "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range paths {
			both[k] = append(both[k], filepath.Base(p))
		}
	}
	if !slices.Equal(both[0], both[1]) {
		t.Errorf("the builder writes the starts %v, %v are shipped", both[0], both[1])
	}
	return both[0]
}

// compare checks that both folders hold the same tables, byte by byte.
func compare(t *testing.T, fresh, shipped string) {
	t.Helper()
	got, err := filepath.Glob(filepath.Join(fresh, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := filepath.Glob(filepath.Join(shipped, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) || len(got) == 0 {
		t.Errorf("the builder writes %d tables, %d are shipped", len(got), len(want))
	}
	for _, name := range got {
		a, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(shipped, filepath.Base(name)))
		if err != nil {
			t.Error(err)
			continue
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s: the shipped table is not what the reference gives; after a wanted change run: go test ./scenarios/facts/build -run TestRebuild -update",
				filepath.Base(name))
		}
	}
}

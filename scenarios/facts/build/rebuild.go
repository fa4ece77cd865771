package build

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Rebuild writes every table of a country ("kr" or "jp") from the reference folder into out, those of its other starts below out/base, and renews the digests in
// every SOURCES.toml that is there. A table that its SOURCES.toml does not list is an error: its prose has to be written by hand first.
func Rebuild(reference, out, country string) error {
	build := map[string]func(reference, out string) error{"kr": Korea, "jp": Japan}[country]
	if build == nil {
		return fmt.Errorf("rebuild: got country %q, want kr or jp", country)
	}
	if err := build(reference, out); err != nil {
		return err
	}
	starts, err := filepath.Glob(filepath.Join(out, "base", "*"))
	if err != nil {
		return err
	}
	for _, dir := range append([]string{out}, starts...) {
		if err := Digests(dir); err != nil && !errors.Is(err, fs.ErrNotExist) { // a folder without sources, as in the comparison test
			return err
		}
	}
	return nil
}

// Stamp sets the line estimated = "..." of every SOURCES.toml of a country to a day, YYYY-MM-DD.
func Stamp(out, date string) error {
	starts, err := filepath.Glob(filepath.Join(out, "base", "*"))
	if err != nil {
		return err
	}
	for _, dir := range append([]string{out}, starts...) {
		name := filepath.Join(dir, "SOURCES.toml")
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		lines := strings.Split(string(data), "\n")
		at := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, "estimated = ") })
		if at < 0 {
			return fmt.Errorf("%s: got no line estimated = \"...\"", name)
		}
		lines[at] = fmt.Sprintf("estimated = %q", date)
		if err := os.WriteFile(name, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Digests sets the sha256 line of every table in dir/SOURCES.toml to that of the file and leaves every other line as it is. In each [[table]] the line
// file = "..." must stand before the line sha256 = "...".
func Digests(dir string) error {
	name := filepath.Join(dir, "SOURCES.toml")
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	lines := strings.Split(string(data), "\n")
	file := ""
	listed := map[string]bool{}
	for i, line := range lines {
		key, value, ok := strings.Cut(line, "=")
		value = strings.Trim(strings.TrimSpace(value), `"`)
		switch {
		case !ok:
		case strings.TrimSpace(key) == "file":
			file = value
			listed[file] = true
		case strings.TrimSpace(key) == "sha256":
			table, err := os.ReadFile(filepath.Join(dir, file))
			if err != nil {
				return fmt.Errorf("%s:%d: %w", name, i+1, err)
			}
			sum := sha256.Sum256(table)
			lines[i] = fmt.Sprintf("sha256 = %q", hex.EncodeToString(sum[:]))
		}
	}
	tables, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		return err
	}
	for _, t := range tables {
		if !listed[filepath.Base(t)] {
			return fmt.Errorf("%s: %s is not listed", name, filepath.Base(t))
		}
	}
	return os.WriteFile(name, []byte(strings.Join(lines, "\n")), 0o644)
}

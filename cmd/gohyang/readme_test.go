package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReadme runs the README's commands and compares their output with what the README shows, shortened by excerpt. With -update it rewrites that part.
func TestReadme(t *testing.T) {
	file, err := filepath.Abs(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	readme := read(t, file)
	if len(readme) > 4096 {
		t.Errorf("README.md has %d bytes, want at most 4096", len(readme))
	}
	if testing.Short() {
		t.Skip("the README's commands run at full size")
	}
	t.Chdir(t.TempDir())
	var shown strings.Builder
	commands := 0
	for line := range strings.SplitSeq(readme, "\n") {
		args, found := strings.CutPrefix(line, "go run ./cmd/gohyang ")
		if !found {
			continue
		}
		commands++
		var out, errs bytes.Buffer
		if code := run(strings.Fields(args), &out, &errs); code != exitOK {
			t.Errorf("%s: exit code %d: %s", line, code, errs.String())
		}
		shown.WriteString("$ " + line + "\n" + excerpt(out.String()))
	}
	if commands < 2 {
		t.Fatalf("README.md has %d commands, want the two baselines", commands)
	}
	before, rest, found := strings.Cut(readme, "-update -->\n```\n")
	got, after, closed := strings.Cut(rest, "```\n")
	if !found || !closed {
		t.Fatal("README.md has no block of output")
	}
	if *update {
		text := before + "-update -->\n```\n" + shown.String() + "```\n" + after
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(strings.Split(got, "\n"), strings.Split(shown.String(), "\n")); diff != "" {
		t.Errorf("the program's output is not what README.md shows (-shown +now):\n%s", diff)
	}
}

// excerpt shortens the output of run to its title, the table of donations and the place of the results.
func excerpt(text string) string {
	var b strings.Builder
	keep := true
	for i, line := range strings.Split(text, "\n") {
		switch {
		case i == 2 || strings.HasPrefix(line, "Who gains"):
			keep = false
			b.WriteString("...\n")
		case strings.HasPrefix(line, "Donations"), strings.HasPrefix(line, "results in "):
			keep = true
		case strings.HasPrefix(line, "verdict "):
			return b.String()
		}
		if keep && line != "" {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

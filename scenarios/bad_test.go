package scenarios_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gohyang/scenarios"
)

// TestBadScenarios: each file of testdata/bad is broken in one way, and exactly the message of its first line is reported.
func TestBadScenarios(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.toml")
	if err != nil || len(files) < 36 {
		t.Fatalf("got %d bad scenarios (%v), want at least 36", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".toml"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			first, _, _ := strings.Cut(string(text), "\n")
			want, ok := strings.CutPrefix(strings.TrimSuffix(first, "\r"), "# want: ")
			if !ok || want == "" {
				t.Fatalf("the first line is %q, want \"# want: <message>\"", first)
			}
			_, err = scenarios.Load(filepath.ToSlash(file), options())
			var faults scenarios.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("Load returned %v, want faults", err)
			}
			if got := faults.Error(); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

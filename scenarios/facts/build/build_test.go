package build

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestIPF checks on random matrices that the margins are met and the odds ratios of the seed kept.
func TestIPF(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const n = 4
		seed, target := krMatrix(n), krMatrix(n)
		rows, cols := make([]float64, n), make([]float64, n)
		for i := range n {
			for j := range n {
				seed[i][j] = rapid.Float64Range(0.1, 10).Draw(t, "seed")
				target[i][j] = rapid.Float64Range(0.1, 10).Draw(t, "target")
				rows[i] += target[i][j]
				cols[j] += target[i][j]
			}
		}
		m, err := IPF(seed, rows, cols)
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			var col float64
			for r := range n {
				col += m[r][i]
			}
			if math.Abs(Sum(m[i])-rows[i]) > 1e-6 || math.Abs(col-cols[i]) > 1e-6 {
				t.Fatalf("margin %d: got %g and %g, want %g and %g", i, Sum(m[i]), col, rows[i], cols[i])
			}
		}
		odds := func(a [][]float64) float64 { return a[0][0] * a[1][1] / (a[0][1] * a[1][0]) }
		if a, b := odds(m), odds(seed); math.Abs(a/b-1) > 1e-6 {
			t.Fatalf("odds ratio: got %g, want %g", a, b)
		}
	})
	if _, err := IPF([][]float64{{1, 1}, {1, 1}}, []float64{1, 1}, []float64{1, 2}); err == nil {
		t.Error("margins with different totals must be an error")
	}
	if _, err := IPF([][]float64{{0, 1}, {0, 1}}, []float64{1, 1}, []float64{1, 1}); err == nil {
		t.Error("a column without a free cell must be an error")
	}
}

// TestRomanise checks the sound changes the rule asks for.
func TestRomanise(t *testing.T) {
	for name, want := range map[string]string{"종로구": "Jongno-gu", "강릉시": "Gangneung-si", "울릉군": "Ulleung-gun", "중랑구": "Jungnang-gu",
		"고흥군": "Goheung-gun", "밀양시": "Miryang-si", "철원군": "Cheorwon-gun", "옥천군": "Okcheon-gun", "영월군": "Yeongwol-gun", "목포시": "Mokpo-si",
		"합천군": "Hapcheon-gun", "임실군": "Imsil-gun", "신안군": "Sinan-gun", "북구": "Buk-gu", "부산진구": "Busanjin-gu", "칠곡군": "Chilgok-gun"} {
		if got := romanise(name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

// TestSurvive checks that nobody is lost without deaths and that the open age stays.
func TestSurvive(t *testing.T) {
	got := Survive([]float64{10, 20, 30}, []float64{0, 0, 0})
	if got[0] != 0 || got[1] != 10 || got[2] != 50 {
		t.Errorf("got %v, want [0 10 50]", got)
	}
	got = Survive([]float64{0, 100, 0}, []float64{0, 0.1, 0.2})
	if math.Abs(got[2]-100*0.95*0.9) > 1e-9 {
		t.Errorf("got %v, want 85.5 survivors", got)
	}
}

// TestDigests checks that only digests change, and that an unlisted table is refused.
func TestDigests(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("a.csv", "x\n1\n")
	write("SOURCES.toml", "# prose stays\n[[table]]\nfile = \"a.csv\"\ntitle = \"by hand\"\nsha256 = \"0\"\n")
	if err := Digests(dir); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "SOURCES.toml"))
	if err != nil {
		t.Fatal(err)
	}
	const sum = "daff832f802000e645771a60983c76c963f6ee602a6230e45237bd360e91cc1a" // sha256sum of the two lines
	if want := "# prose stays\n[[table]]\nfile = \"a.csv\"\ntitle = \"by hand\"\nsha256 = \"" + sum + "\"\n"; string(got) != want {
		t.Errorf("got %q, want %q", got, want)
	}
	write("b.csv", "y\n")
	if err := Digests(dir); err == nil || !strings.Contains(err.Error(), "b.csv is not listed") {
		t.Errorf("got %v, want b.csv is not listed", err)
	}
}

// TestRead checks that faults of reference tables are collected with file and line.
func TestRead(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "t.csv"), []byte("\ufeffcode,n\na,1\nb,x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	table, err := Read(dir, "t.csv")
	if err != nil {
		t.Fatal(err)
	}
	if table.Str(0, "code") != "a" || table.Int(0, "n") != 1 {
		t.Errorf("got %q and %d, want a and 1", table.Str(0, "code"), table.Int(0, "n"))
	}
	table.Int(1, "n")
	table.Float(1, "m")
	if err := table.Err(); err == nil || !strings.Contains(err.Error(), `t.csv:3: n: got "x", want a whole number`) ||
		!strings.Contains(err.Error(), `t.csv: no column "m"`) {
		t.Errorf("got %v", err)
	}
	if _, err := Read(dir, "missing.csv"); err == nil {
		t.Error("a missing table must be an error")
	}
}

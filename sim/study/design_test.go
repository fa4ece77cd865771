package study

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSpaceCheck: every fault of a space is named.
func TestSpaceCheck(t *testing.T) {
	for want, s := range map[string]Space{
		"no parameter":      {},
		"has no name":       {{Low: 0, High: 1}},
		"twice":             {{Name: "a", High: 1}, {Name: "a", High: 1}},
		"empty or not":      {{Name: "a", Low: 1, High: 1}},
		"not finite":        {{Name: "a", Low: 0, High: math.Inf(1)}},
		"range above 0":     {{Name: "a", Low: 0, High: 1, Scale: Log}},
		"scale 7 does not":  {{Name: "a", Low: 0, High: 1, Scale: 7}},
		"5 to 2 is empty":   {{Name: "a", Low: 5, High: 2}},
		"NaN to 2 is empty": {{Name: "a", Low: math.NaN(), High: 2}},
	} {
		if err := s.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error that says %q", err, want)
		}
	}
	if err := (Space{{"a", -1, 1, Linear}, {"b", 1, 2, Log}}).Check(); err != nil {
		t.Error(err)
	}
}

// TestSpacePlaces: the middle of a linear range is its mean, that of a log range the geometric mean; places and points invert each other.
func TestSpacePlaces(t *testing.T) {
	s := Space{{"a", 10, 30, Linear}, {"b", 1, 100, Log}}
	if p := s.Point([]float64{0.5, 0.5}); p[0] != 20 || math.Abs(p[1]-10) > 1e-12 {
		t.Errorf("the middle is %v, want 20 and 10", p)
	}
	if p := s.Point([]float64{1, 1}); p[0] != 30 || p[1] != 100 {
		t.Errorf("the top is %v, want 30 and 100", p)
	}
	rapid.Check(t, func(t *rapid.T) {
		u := rapid.SliceOfN(rapid.Float64Range(0, 1), 2, 2).Draw(t, "place")
		for j, v := range s.Place(s.Point(u)) {
			if math.Abs(v-u[j]) > 1e-12 {
				t.Fatalf("parameter %d: place %g came back as %g", j, u[j], v)
			}
		}
	})
}

// TestLatinHypercube: every stratum of every parameter holds one point; the same seed and wave give the same design, others a different one.
func TestLatinHypercube(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 50).Draw(t, "n")
		seed := rapid.Uint64().Draw(t, "seed")
		s := Space{{"a", -3, 5, Linear}, {"b", 0.01, 100, Log}, {"c", 0, 1, Linear}}
		design := LatinHypercube(s, n, seed, 2)
		for j := range s {
			seen := make([]bool, n)
			for _, p := range design {
				k := min(int(s.Place(p)[j]*float64(n)), n-1)
				if seen[k] {
					t.Fatalf("parameter %d: stratum %d of %d holds two points", j, k, n)
				}
				seen[k] = true
			}
		}
		if !slices.EqualFunc(design, LatinHypercube(s, n, seed, 2), slices.Equal[[]float64]) {
			t.Fatal("the same key gave another design")
		}
		for _, other := range [][][]float64{LatinHypercube(s, n, seed, 3), LatinHypercube(s, n, seed+1, 2)} {
			if slices.EqualFunc(design, other, slices.Equal[[]float64]) {
				t.Fatal("another wave or seed gave the same design")
			}
		}
	})
}

// TestLatinHypercubeColumns: the columns of a large design are uncorrelated (standard error of a correlation 0.01).
func TestLatinHypercubeColumns(t *testing.T) {
	design := LatinHypercube(unitSpace("a", "b", "c", "d"), 10000, 5, 1)
	for a := range 4 {
		for b := range a {
			if r := pearson(Column(design, a), Column(design, b)); math.Abs(r) > 0.04 {
				t.Errorf("columns %d and %d have correlation %.3f", a, b, r)
			}
		}
	}
}

// TestLatinHypercubeGolden pins the draws: a frozen calibration must find its design again.
func TestLatinHypercubeGolden(t *testing.T) {
	got := LatinHypercube(Space{{"a", 0, 1, Linear}, {"b", 1, 10, Log}}, 3, 1, 1)
	want := [][]float64{{0.2619523395737795, 1.094967113444353}, {0.55799357683825968, 5.1177512785499193}, {0.86005406573424237, 3.2162909408294684}}
	if !slices.EqualFunc(got, want, slices.Equal[[]float64]) {
		t.Errorf("got %.17g", got)
	}
}

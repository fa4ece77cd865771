package main

import (
	"slices"
	"testing"

	"gohyang/sim/giving"
)

// TestBandLabels holds the labels of the donors table against the bands they name.
func TestBandLabels(t *testing.T) {
	var ages []string
	for b := range giving.AgeBands {
		ages = append(ages, ageLabel(b))
	}
	if want := []string{"under 30", "30-39", "40-49", "50-59", "60-69", "70-79", "80 and over"}; !slices.Equal(ages, want) {
		t.Errorf("got ages %q, want %q", ages, want)
	}
	for age, want := range map[int]string{18: "under 30", 29: "under 30", 30: "30-39", 79: "70-79", 80: "80 and over", 110: "80 and over"} {
		if got := ageLabel(giving.BandOf(age)); got != want {
			t.Errorf("age %d is in band %q, want %q", age, got, want)
		}
	}
	for _, c := range []struct {
		edges []int64
		want  []string
	}{
		{[]int64{0, 15_000_000}, []string{"none", "1 to 15,000,000", "above 15,000,000"}},
		{[]int64{99_999, 100_000, 200_000}, []string{"up to 99,999", "100,000", "100,001 to 200,000", "above 200,000"}},
	} {
		if got := moneyLabels(c.edges); !slices.Equal(got, c.want) {
			t.Errorf("edges %v: got %q, want %q", c.edges, got, c.want)
		}
	}
}

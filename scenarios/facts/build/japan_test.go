package build

import (
	"math"
	"testing"

	"gohyang/scenarios/facts"
)

// TestJapanDeduction: incomes after the employment-income deduction of the MIC simulation workbook (reference deduction_test_vectors.csv) and their
// inversion.
func TestJapanDeduction(t *testing.T) {
	for wage, want := range map[float64]float64{500000: 0, 1625000: 1075000, 3000000: 2020000, 6000000: 4360000, 10000000: 8050000} {
		if got := jpNetIncome(wage); math.Abs(got-want) > 1e-6 {
			t.Errorf("income of a wage of %.0f: got %.0f, want %.0f", wage, got, want)
		}
		if want > 0 {
			if got := jpGrossWage(want); math.Abs(got-wage) > 0.01 {
				t.Errorf("wage of an income of %.0f: got %.2f, want %.0f", want, got, wage)
			}
		}
	}
	for _, income := range []float64{2e6, 4e6, 12e6} {
		if got := jpMeanIncome(jpLogMean(income, 0.6), 0.6); math.Abs(got-income) > 1 {
			t.Errorf("mean income at the fitted log mean: got %.1f, want %.0f", got, income)
		}
	}
}

// TestJapanShrink: a ratio moves towards the mean, the more the smaller its expectation, and keeps its order; no excess variance gives the mean.
func TestJapanShrink(t *testing.T) {
	got := jpShrink([]jpCount{{200, 100}, {20, 10}, {50, 100}, {0, 0}, {500, 500}})
	mean := 770.0 / 710
	if !(got[0] > got[1] && got[1] > mean && got[2] < mean && got[0] < 2 && got[2] > 0.5) {
		t.Errorf("got %v, want the second nearer to %.3f than the first, the third below it", got, mean)
	}
	if math.Abs(got[3]-mean) > 1e-12 {
		t.Errorf("no expectation: got %g, want the mean %g", got[3], mean)
	}
	for i, r := range jpShrink([]jpCount{{10, 10}, {21, 21}}) {
		if r != 1 {
			t.Errorf("equal ratios: got %g at %d, want 1", r, i)
		}
	}
}

// TestJapanSingle: single ages keep the group sums and never fall below zero.
func TestJapanSingle(t *testing.T) {
	j := &japan{start: jpStandard, periods: []jpPeriod{{first: 2020, last: 2024}}}
	for sex := range 2 {
		for k := range j.periods[0].mx[sex] {
			j.periods[0].mx[sex][k] = 0.01 + 0.02*float64(k)
		}
	}
	five := [jpFives]float64{10, 0, 30, 80, 5, 5, 5, 40, 41, 42, 90, 60, 0, 0, 12, 11, 7, 3, 2}
	ages := j.single(five, 1)
	for k, want := range five {
		last := 5*k + 5
		if k == jpFives-1 {
			last = facts.Ages
		}
		var got float64
		for _, n := range ages[5*k : last] {
			if n < 0 {
				t.Errorf("group %d: got a count of %g", k, n)
			}
			got += n
		}
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("group %d: got %g, want %g", k, got, want)
		}
	}
}

// TestJapanOneWay: both directions differ by the net moves, whatever these are, and neither falls below its least share.
func TestJapanOneWay(t *testing.T) {
	for _, net := range []float64{0, 30, -30, 190, 200, -350, 1000} {
		in, out := jpOneWay(100, net), jpOneWay(100, -net)
		if math.Abs(in-out-net) > 1e-9 || min(in, out) < 100*jpSmallestShare {
			t.Errorf("net %g: got %g in and %g out", net, in, out)
		}
	}
}

func TestJapanExpectancy(t *testing.T) {
	var mx [22]float64
	for k := range mx {
		mx[k] = 0.0125
	}
	if got := expectancy(mx); math.Abs(got-80) > 1e-9 { // a constant hazard leaves 1/0.0125 years
		t.Errorf("constant hazard: got %g, want 80", got)
	}
	if got := jpRemaining(&mx); math.Abs(got-80) > 1e-9 {
		t.Errorf("constant hazard from 90: got %g, want 80", got)
	}
}

func TestJapanNames(t *testing.T) {
	for _, c := range []struct{ code, name, want string }{
		{"13101", "千代田区", "ward"}, {"01100", "札幌市", "designated"}, {"40130", "福岡市", "designated"}, {"28206", "芦屋市", "city"},
		{"10444", "川場村", "village"}, {"07546", "双葉町", "town"}, {"99999", "どこか", ""},
	} {
		if got := jpClass(c.code, c.name); got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.code, c.name, got, c.want)
		}
	}
	for name, want := range map[string]float64{"10万円以下の金額": 1e5, "10万円を超え 100万円以下": 1e6, "100万円 〃 200万円 〃": 2e6, "700万円 〃 1,000万円 〃": 1e7,
		"5,000万円 〃 1億円 〃": 1e8, "1億円を超える金額": math.Inf(1)} {
		if got, ok := jpBracketEnd(name); !ok || got != want {
			t.Errorf("%s: got %g %v, want %g", name, got, ok, want)
		}
	}
}

// TestJapanDistance: Tokyo to Osaka stations are about 400 km apart.
func TestJapanDistance(t *testing.T) {
	if got := jpDistance(139.767, 35.681, 135.495, 34.702); math.Abs(got-403) > 3 {
		t.Errorf("got %.1f km, want about 403", got)
	}
}

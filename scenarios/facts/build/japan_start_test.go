package build

import (
	"math"
	"reflect"
	"testing"

	"gohyang/scenarios/facts"
)

// tables are all rows of the start of 2016.
func (j *jpForecast) tables() map[string][][]string {
	return map[string][][]string{
		"population": j.rowsPopulation(), "life table": j.rowsLife(), "fertility": j.rowsFertility(), "levels": j.rowsLevels(), "move ages": j.rowsMoveAge(),
		"moves": j.rowsMoves(), "od": j.rowsOD(), "estimates": j.rowsEstimates(), "shares": j.rowsShares([][3]int{{2015, 2015, 2015}}),
	}
}

// TestJapanForecastBlind: the tables of 2016 stay the same when every count that was not known is changed: the census of 2020, flows from 2017 on,
// prefectures from 2016 (but for births and deaths of 2016), rates of later years.
func TestJapanForecastBlind(t *testing.T) {
	want := reference(t).forecast()
	j := reference(t)
	for i := range j.towns {
		town := &j.towns[i]
		for y := 1; y < len(town.vital); y++ {
			town.vital[y] = jpVital{1, 2, 3, 4}
		}
		town.census = [2][jpFives]float64{{9, 8, 7}, {6, 5, 4}}
		town.base = [2][facts.Ages]float64{}
		town.death, town.birth, town.in, town.out, town.arrival = 3, 2, 1, 1, 1
		town.displaced = !town.displaced
		town.expected[2], town.inBy[1], town.outBy[3] = 17, 18, 19
	}
	for k := range j.prefs {
		p := &j.prefs[k]
		p.census[2020][0][4] = 1
		p.in, p.out, p.inJapanese, p.intra, p.population = 1, 2, 3, 4, 5
		for y, v := range p.years {
			if y >= 2016 {
				v.population, v.residents, v.in, v.out, v.inAll, v.outAll = 1, [2]float64{1, 1}, 1, 1, 1, 1
			}
			if y > 2016 {
				v.births, v.deaths, v.died = 1, 1, [2]float64{1, 1}
			}
		}
	}
	for y := range j.asfr {
		if y > 2015 {
			j.asfr[y] = []float64{1, 1, 1}
		}
	}
	for k := range j.periods {
		if j.periods[k].first > 2010 {
			j.periods[k].mx[0][3] = 1
		}
	}
	j.wards = 12345
	got := j.forecast()
	for name, rows := range want.tables() {
		if !reflect.DeepEqual(rows, got.tables()[name]) {
			t.Errorf("%s of 2016: later counts change the table", name)
		}
	}
}

// TestJapanForecastPopulation walks from the census of 2015 to 1 January 2016: nobody is lost but by a quarter of the flows of 2016.
func TestJapanForecastPopulation(t *testing.T) {
	j := reference(t)
	f := j.forecast()
	var census, want, got float64
	away := 0
	for i := range f.towns {
		v := j.towns[i].vital[0]
		n := jpSum(j.towns[i].earlier)
		census += n
		want += n
		if f.towns[i].displaced {
			away++
		} else {
			want += (v.births - v.deaths + v.in - v.out) / 4
		}
		for sex := range 2 {
			for _, n := range f.towns[i].persons[sex] {
				got += float64(n)
			}
		}
	}
	if math.Abs(census-127094745) > 0.5 {
		t.Errorf("census of 2015: got %.1f, want 127,094,745", census)
	}
	if got != math.Round(want) {
		t.Errorf("1 January 2016: got %.0f, want %.0f", got, want)
	}
	if away != 7 {
		t.Errorf("evacuated: got %d municipalities, want the seven of Fukushima", away)
	}
}

// TestJapanSchedules: the fitted schedules meet the movers published by age.
func TestJapanSchedules(t *testing.T) {
	j := reference(t)
	f := j.forecast()
	for name, w := range map[string]struct {
		fit   *ScheduleFit
		worst float64
	}{"2019": {j.schedule, 0.1}, "2016": {f.schedule, 0.06}} {
		for k, r := range w.fit.Residual {
			if math.Abs(r) > w.worst {
				t.Errorf("%s, target %d: got a residual of %.3f, want at most %g", name, k, r, w.worst)
			}
		}
	}
	var movers float64
	for _, m := range jpMovers2019By {
		movers += m.Rate
	}
	if movers != jpMovers2019 {
		t.Errorf("movers of 2019 by age: got %.0f, want %d", movers, jpMovers2019)
	}
	if j.schedule.Mu2 < 18 || j.schedule.Mu2 > 24 {
		t.Errorf("peak of the labour force: got %g, want about 21 (M05)", j.schedule.Mu2)
	}
}

// TestJapanBackcastPopulation: every prefecture has the residents of its estimates, every age and sex of it those of its municipalities, and nobody is negative.
func TestJapanBackcastPopulation(t *testing.T) {
	j := reference(t)
	b := j.startOf2008()
	then := *j // as it was when the residents were spread
	then.start.year = 2008
	for k := range b.prefs {
		p := &b.prefs[k]
		want := 0.75*p.years[2007].population + 0.25*p.years[2008].population
		var got float64
		for sex := range 2 {
			for a, n := range then.ages(p, sex, 2008) {
				var sum float64
				for _, i := range p.towns {
					if v := b.towns[i].base[sex][a]; v < 0 {
						t.Errorf("%s, age %d: got %g residents", b.towns[i].name, a, v)
					}
					sum += b.towns[i].base[sex][a]
				}
				if math.Abs(sum-n) > 1e-6*n+1e-9 {
					t.Errorf("%s, sex %d, age %d: municipalities sum to %g, want %g", p.nameEn, sex, a, sum, n)
				}
				got += sum
			}
		}
		if math.Abs(got/want-1) > 1e-9 {
			t.Errorf("%s: got %.0f residents, want %.0f", p.nameEn, got, want)
		}
	}
	if j.towns[0].base == b.towns[0].base || j.start.year != 2020 {
		t.Error("the standard start was changed")
	}
}

// TestJapanScoring: observed and past rows add up from municipalities to prefectures to the nation, which is as published.
func TestJapanScoring(t *testing.T) {
	j := reference(t)
	sums := map[string]float64{}
	add := func(kind, code, date, n string) {
		level := " towns"
		switch {
		case code == "":
			level = " nation"
		case code[2:] == "000":
			level = " prefectures"
		}
		var x float64
		for _, c := range n {
			x = 10*x + float64(c-'0')
		}
		sums[kind+" "+date[:4]+level] += x
	}
	for _, r := range j.rowsObserved() {
		add(r[0], r[1], r[2], r[3])
	}
	for _, r := range j.rowsPast() {
		add("past", r[1], r[2], r[3])
	}
	for key, want := range map[string]float64{
		"census 2015 towns": 127094745, "census 2015 prefectures": 127094745, "census 2015 nation": 127094745,
		"census 2020 towns": 126146099, "census 2020 prefectures": 126146099, "census 2020 nation": 126146099,
		"estimate 2010 prefectures": 128057352, "estimate 2010 nation": 128057352, "estimate 2021 nation": 125500000,
		"past 2015 nation": 127094745, "past 2020 nation": 125324842, "past 2020 prefectures": 125324842, "past 2045 nation": 106421185,
		"past 2015 towns": 127094745 - 1914039, // without Fukushima
	} {
		if sums[key] != want {
			t.Errorf("%s: got %.0f, want %.0f", key, sums[key], want)
		}
	}
}

// TestPauleMandel: without more spread than the errors explain there is none between; with it, mean and variance come out of values set apart on purpose.
func TestPauleMandel(t *testing.T) {
	if mean, between := pauleMandel([]float64{1, 1.1, 0.9}, []float64{1, 1, 1}); between != 0 || math.Abs(mean-1) > 1e-12 {
		t.Errorf("no spread: got mean %g and variance %g, want 1 and 0", mean, between)
	}
	x, noise := []float64{-3, 3, -3, 3}, []float64{1, 1, 1, 1} // sum of squares 36 over 3 degrees: 12, less the error of 1
	if mean, between := pauleMandel(x, noise); math.Abs(mean) > 1e-12 || math.Abs(between-11) > 1e-9 {
		t.Errorf("spread: got mean %g and variance %g, want 0 and 11", mean, between)
	}
}

// TestTrend: straight between the ages given, constant outside, and the sum over a span is the area below.
func TestTrend(t *testing.T) {
	var tr trend
	for k := range tr {
		tr[k] = 0.01 * float64(k+1) // 0.01 at 5, 0.02 at 10, ...
	}
	for age, want := range map[float64]float64{0: 0.01, 5: 0.01, 7.5: 0.015, 90: 0.18, 100: 0.18} {
		if got := tr.at(age); math.Abs(got-want) > 1e-12 {
			t.Errorf("age %g: got %g, want %g", age, got, want)
		}
	}
	if got := tr.over(10, 20); math.Abs(got-0.3) > 1e-12 {
		t.Errorf("10 to 20: got %g, want 0.3", got)
	}
}

// TestJapanSlopes: neighbouring age groups tell migration at the ages at which people leave home, and at no other.
func TestJapanSlopes(t *testing.T) {
	f := reference(t).forecast()
	for c, want := range map[int]bool{2: false, 4: true, 8: false, 12: false} {
		if slope, _ := f.slope(c); (slope > 0.9) != want || !want && slope > 0.1 {
			t.Errorf("to ages %d-%d: got a slope of %.2f, want near 1: %v", 5*c, 5*c+4, slope, want)
		}
	}
	for i, x := range f.beyond(1, 4) {
		if math.IsNaN(x) || math.Abs(x) > 2 {
			t.Errorf("%s: got a log rate of %g beyond the prefecture's", f.towns[i].name, x)
		}
	}
}

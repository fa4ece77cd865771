package build

import "math"

// Where within a prefecture the young go. The reference has no municipal census before 2015, so no cohort of a municipality can be followed to 2015. What its
// age groups tell side by side is used in its place: where there are few of 20-24 for those of 15-19, people leave at that age. How far that holds is
// measured on prefectures, whose cohorts are known: the log rate at which they gained or lost in 2010-2015 against the log ratio of neighbouring groups in
// 2010, both less the nation's.

// neighbours is the log ratio of the groups c and c-1 of some residents to that of others.
func neighbours(own, all *[jpFives]float64, c int) float64 {
	return math.Log(own[c] / own[c-1] * all[c-1] / all[c])
}

// slope is how much of the difference between neighbouring groups is migration, for the cohort that comes to be group c: least squares through the origin
// over the prefectures and both sexes, from nothing to all of it. r2 is the share of the squares it explains.
func (j *jpForecast) slope(c int) (slope, r2 float64) {
	var xy, xx, yy float64
	for sex := range 2 {
		var nation [jpFives]float64
		var seen, expected float64
		for k := range j.prefs {
			for g, n := range j.prefs[k].census[jpForecastCensus-5][sex] {
				nation[g] += n
			}
			s, e := j.prefCohort(&j.prefs[k], sex, c)
			seen, expected = seen+s, expected+e
		}
		for k := range j.prefs {
			s, e := j.prefCohort(&j.prefs[k], sex, c)
			x, y := neighbours(&j.prefs[k].census[jpForecastCensus-5][sex], &nation, c), math.Log(s/e*expected/seen)
			xy, xx, yy = xy+float64(x*y), xx+float64(x*x), yy+float64(y*y)
		}
	}
	slope = min(1, max(0, xy/xx))
	return slope, (2*slope*xy - slope*slope*xx) / yy
}

// beyond gives, for the cohort that comes to be group c, the log rate at which each municipality gains or loses beyond its prefecture: the slope times the
// log ratio of its groups in 2015, of which the part is kept that numbers so small do not explain (see drawMoves). The last group is open and has no
// neighbour.
func (j *jpForecast) beyond(sex, c int) []float64 {
	out := make([]float64, len(j.towns))
	if c == 0 || c == jpFives-1 {
		return out
	}
	slope, _ := j.slope(c)
	var x, noise []float64
	var at []int
	for i := range j.towns {
		t := &j.towns[i]
		five := &t.census[sex]
		if t.displaced || five[c] == 0 || five[c-1] == 0 {
			continue
		}
		x = append(x, neighbours(five, &j.prefs[t.pref].census[jpForecastCensus][sex], c))
		noise = append(noise, 1/five[c]+1/five[c-1])
		at = append(at, i)
	}
	mean, between := pauleMandel(x, noise)
	for k, i := range at {
		out[i] = slope * (mean + (x[k]-mean)*between/(between+noise[k]))
	}
	return out
}

package build

import (
	"math"
	"slices"

	"gohyang/scenarios/facts"
)

// jpPeriod is one abridged table of central death rates by sex, at ages 0, 1, 5, 10, ..., 100+.
type jpPeriod struct {
	first, last int
	mx          [2][22]float64
}

// jpAbridged is the place of a single age in the abridged table: 0, 1-4, 5-9, ..., 95-99, 100+.
func jpAbridged(age int) int {
	switch {
	case age == 0:
		return 0
	case age < 5:
		return 1
	}
	return min(age/5+1, 21)
}

// jpAbridgedAge is the inverse: the first age of a place.
func jpAbridgedAge(k int) int {
	if k < 2 {
		return k
	}
	return (k - 1) * 5
}

// rate is the death rate of a single age in a year.
func (j *japan) rate(year, sex, age int) float64 {
	return j.period(year).mx[sex][jpAbridged(age)]
}

// period is the period that holds a year; the last one serves the years after it.
func (j *japan) period(year int) *jpPeriod {
	for k := range j.periods {
		if year <= j.periods[k].last {
			return &j.periods[k]
		}
	}
	return &j.periods[len(j.periods)-1]
}

// expectancy is the life expectancy at birth of one sex with rates constant within each single age.
func expectancy(mx [22]float64) float64 {
	alive, years := 1.0, 0.0
	for age := range facts.Ages - 1 {
		m := mx[jpAbridged(age)]
		left := alive * math.Exp(-m)
		years += (alive - left) / m
		alive = left
	}
	return years + alive/mx[21]
}

// rateFactor is the factor on all death rates at which life expectancy at birth is the target.
func rateFactor(mx [22]float64, target float64) float64 {
	low, high := 0.3, 1.5
	var factor float64
	for range 60 {
		factor = (low + high) / 2
		scaled := mx
		scaleRates(&scaled, factor)
		if expectancy(scaled) > target {
			low = factor
		} else {
			high = factor
		}
	}
	return factor
}

// extendMortality adds the periods after the last published one, so that 2070 has the life expectancies of the official projection of 2023
// (men 85.89, women 91.94): each sex's rates change by one constant factor a year from the last published period on.
func (j *japan) extendMortality() {
	last := j.periods[len(j.periods)-1]
	var factor [2]float64
	for sex, target := range [2]float64{85.89, 91.94} {
		factor[sex] = rateFactor(last.mx[sex], target)
	}
	middle := float64(last.first + 2)
	for first := last.last + 1; first <= jpLastYear; first += 5 {
		p := jpPeriod{first: first, last: first + 4, mx: last.mx}
		for sex := range p.mx {
			for k := range p.mx[sex] {
				p.mx[sex][k] *= math.Pow(factor[sex], (float64(first+2)-middle)/(2070-middle))
			}
		}
		j.periods = append(j.periods, p)
	}
}

// periodsOfBase cuts the period 2020-2024 in three: 2020 and 2021 carry the factors that reproduce the deaths registered in those years, 2022-2024 the
// factor that leaves the mean of the five years as published. No count after 2021 is used.
func (j *japan) periodsOfBase() {
	j.factor = map[int]float64{}
	var factor [2]float64
	for k, year := range []int{2020, 2021} {
		var seen, expected float64
		for i := range j.towns {
			seen += j.towns[i].vital[year-jpFirstVit].deaths
			expected += float64(j.towns[i].death * j.expectedDeaths(&j.towns[i], year))
		}
		factor[k] = seen / expected
		j.factor[year] = factor[k]
	}
	at := slices.IndexFunc(j.periods, func(p jpPeriod) bool { return p.first == 2020 })
	cut := make([]jpPeriod, 3)
	for k, f := range []float64{factor[0], factor[1], (5 - factor[0] - factor[1]) / 3} {
		cut[k] = j.periods[at]
		cut[k].first, cut[k].last = 2020+k, 2020+k
		for sex := range cut[k].mx {
			for age := range cut[k].mx[sex] {
				cut[k].mx[sex][age] *= f
			}
		}
	}
	cut[2].last = 2024
	j.periods = slices.Replace(j.periods, at, at+1, cut...)
}

// single splits a five-year table into single years: a monotone cubic through the cumulative counts up to age 90, and the stationary life table of the
// base year above. Group sums are kept.
func (j *japan) single(five [jpFives]float64, sex int) [facts.Ages]float64 {
	var out [facts.Ages]float64
	x, below := make([]float64, jpFives), make([]float64, jpFives)
	for k := range jpFives - 1 {
		x[k+1], below[k+1] = float64(5*k+5), below[k]+five[k]
	}
	curve := facts.NewCubic(x, below)
	for age := range 90 {
		out[age] = curve.At(float64(age+1)) - curve.At(float64(age))
	}
	alive, years := 1.0, 0.0
	for age := 90; age < facts.Ages; age++ {
		out[age] = alive
		years += alive
		alive *= math.Exp(-j.rate(j.start.year, sex, age))
	}
	for age := 90; age < facts.Ages; age++ {
		out[age] *= five[jpFives-1] / years
	}
	return out
}

// backcast carries the census of 1 October 2020 to 1 January 2020. Persons of completed age a in January are a quarter of those of age a and three
// quarters of those of age a+1 in October, over their nine-month survival; each municipality is then scaled to census + 3/4 of the year's deaths
// minus births minus net moves. The international balance of 2020 is not known here and counts as zero, as does every flow of the displaced.
func (j *japan) backcast() {
	totals := make([]float64, len(j.towns))
	for i := range j.towns {
		t := &j.towns[i]
		for sex := range 2 {
			oct := j.single(t.census[sex], sex)
			for age := range facts.Ages {
				s := math.Exp(-0.75 * t.death * j.rate(jpBase, sex, age))
				t.base[sex][age] = 0.25 * oct[age] / s
				if age+1 < facts.Ages {
					t.base[sex][age] += 0.75 * oct[age+1] / s
				} else {
					t.base[sex][age] += 0.75 * oct[age] / s
				}
			}
		}
		v := t.vital[jpBase-jpFirstVit]
		totals[i] = jpSum(t.census)
		if !t.displaced {
			totals[i] = max(0, totals[i]+0.75*(v.deaths-v.births-(v.in-v.out)))
		}
		t.scale(totals[i])
	}
	for i, n := range facts.Apportion(int64(math.Round(Sum(totals))), totals) {
		j.towns[i].round(n)
	}
}

// scale brings the base population to a total.
func (t *jpTown) scale(total float64) {
	var n float64
	for sex := range t.base {
		n += Sum(t.base[sex][:])
	}
	for sex := range t.base {
		for age := range t.base[sex] {
			t.base[sex][age] *= ratio(total, n)
		}
	}
}

// round makes whole persons by sex and five-year age that add up to n.
func (t *jpTown) round(n int64) {
	cells := make([]float64, 2*jpFives)
	for sex := range t.base {
		for age, v := range t.base[sex] {
			cells[sex*jpFives+min(age/5, jpFives-1)] += v
		}
	}
	for k, v := range facts.Apportion(n, cells) {
		t.persons[k/jpFives][k%jpFives] = v
	}
}

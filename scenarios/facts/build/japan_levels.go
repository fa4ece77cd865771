package build

import (
	"math"

	"gohyang/scenarios/facts"
)

// exposure is the population by five-year age in the middle of a year: the straight line through the censuses of 1 October 2015 and 2020.
func (t *jpTown) exposure(year, sex, k int) float64 {
	if t.displaced {
		return t.census[sex][k]
	}
	w := (float64(year) + 0.5 - 2015.75) / 5
	return max(0, t.earlier[sex][k]+w*(t.census[sex][k]-t.earlier[sex][k]))
}

// expectedDeaths are the deaths of a year at national rates.
func (j *japan) expectedDeaths(t *jpTown, year int) float64 {
	var n float64
	for sex := range 2 {
		for k := range jpFives {
			n += float64(t.exposure(year, sex, k) * j.fiveRate(year, sex, k))
		}
	}
	return n
}

// fiveRate is the death rate of a five-year group: 0-4 is one year of infants and four of children, 90+ the rate its age mix has in a stationary
// population.
func (j *japan) fiveRate(year, sex, k int) float64 {
	mx := &j.period(year).mx[sex]
	switch k {
	case 0:
		return (mx[0] + 4*mx[1]) / 5
	case jpFives - 1:
		return 1 / jpRemaining(mx)
	}
	return mx[k+1]
}

// expectedBirths are the births of a year at national rates.
func (j *japan) expectedBirths(t *jpTown, year int) float64 {
	var n float64
	for k, f := range j.asfr[year] {
		n += float64(t.exposure(year, 1, k+2) * f)
	}
	return n
}

// levels estimates each municipality's deaths and births relative to national rates, 2016-2021. Displaced municipalities take their prefecture's mean:
// their registers hold persons the census does not.
func (j *japan) levels() {
	for _, p := range j.prefs {
		deaths, births := make([]jpCount, len(p.towns)), make([]jpCount, len(p.towns))
		for n, i := range p.towns {
			t := &j.towns[i]
			if t.displaced {
				continue
			}
			for y, v := range t.vital {
				deaths[n].seen += v.deaths
				deaths[n].expected += j.expectedDeaths(t, jpFirstVit+y)
				births[n].seen += v.births
				births[n].expected += j.expectedBirths(t, jpFirstVit+y)
			}
		}
		d, b := jpShrink(deaths), jpShrink(births)
		for n, i := range p.towns {
			j.towns[i].death, j.towns[i].birth = d[n], b[n]
		}
	}
	j.normaliseLevels()
}

// normaliseLevels scales the death levels to a national mean of one (the level of a year belongs to the life table) and the birth levels so that
// 2020 has the births registered.
func (j *japan) normaliseLevels() {
	var deaths, levelDeaths, births, levelBirths float64
	for i := range j.towns {
		t := &j.towns[i]
		e := j.expectedDeaths(t, jpBase)
		deaths += e
		levelDeaths += float64(t.death * e)
		births += t.vital[jpBase-jpFirstVit].births
		levelBirths += float64(t.birth * j.expectedBirths(t, jpBase))
	}
	for i := range j.towns {
		j.towns[i].death *= deaths / levelDeaths
		j.towns[i].birth *= births / levelBirths
	}
}

// jpCount is an observed count with its expectation.
type jpCount struct{ seen, expected float64 }

// jpShrink gives the posterior mean of each ratio in the gamma-Poisson model whose mean and variance are estimated from the group by moments
// (Marshall 1991): ratio_i = (seen_i + m*m/v) / (expected_i + m/v). Without excess variance, or without expectation, the ratio is the mean m.
func jpShrink(counts []jpCount) []float64 {
	var seen, expected, spread float64
	var n int
	for _, c := range counts {
		seen += c.seen
		expected += c.expected
		if c.expected > 0 {
			n++
		}
	}
	m := seen / expected
	for _, c := range counts {
		if c.expected > 0 {
			r := c.seen/c.expected - m
			spread += float64(c.expected * r * r)
		}
	}
	v := spread/expected - m*float64(n)/expected
	out := make([]float64, len(counts))
	for i, c := range counts {
		out[i] = m
		if v > 0 {
			out[i] = (c.seen + m*m/v) / (c.expected + m/v)
		}
	}
	return out
}

// jpRemaining is the life expectancy at age 90.
func jpRemaining(mx *[22]float64) float64 {
	tail := *mx
	alive, years := 1.0, 0.0
	for age := 90; age < facts.Ages-1; age++ {
		left := alive * math.Exp(-tail[jpAbridged(age)])
		years += (alive - left) / tail[jpAbridged(age)]
		alive = left
	}
	return years + alive/tail[21]
}

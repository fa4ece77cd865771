package build

import (
	"math"

	"gohyang/scenarios/facts"
)

// prefectureMoves fixes the moves between prefectures and draws the municipal pattern of 2016 to that of the prefecture.
func (j *jpForecast) prefectureMoves() {
	for k := range j.prefs {
		j.prefs[k].meanMoves(jpForecastMoves, jpForecastCensus)
		j.drawMoves(&j.prefs[k])
	}
	j.balancePrefectures()
}

// meanMoves fixes a prefecture's moves to and from others: the mean of some years of Japanese nationals times the ratio of all residents to Japanese in 2014
// and 2015, the first two years that count all.
func (p *jpPref) meanMoves(first, last int) {
	var in, out, all, japanese float64
	years := float64(last - first + 1)
	for y := first; y <= last; y++ {
		in, out = in+p.years[y].in/years, out+p.years[y].out/years
	}
	for y := 2014; y <= 2015; y++ {
		v := p.years[y]
		all, japanese = all+v.inAll+v.outAll, japanese+v.in+v.out
	}
	p.inJapanese = in
	p.in, p.out = in*all/japanese, out*all/japanese
}

// balancePrefectures makes moves out of all prefectures as many as moves into them: ratios by prefecture leave the sums a little apart.
func (j *japan) balancePrefectures() {
	var in, out float64
	for k := range j.prefs {
		in, out = in+j.prefs[k].in, out+j.prefs[k].out
	}
	for k := range j.prefs {
		j.prefs[k].out *= in / out
	}
}

// drawMoves draws the net rates of a prefecture's municipalities, one year's count, to their mean: rate_i becomes m + (rate_i - m) v / (v + s_i), s_i the
// variance of the count (movers in and out times the persons who move together, over residents squared), v the variance between municipalities and m the mean
// by the method of Paule and Mandel (1982). Gross moves stay.
func (j *jpForecast) drawMoves(p *jpPref) {
	var rates, noise []float64
	for _, i := range p.towns {
		if t := &j.towns[i]; !t.displaced {
			n := jpSum(t.census)
			rates = append(rates, (t.vital[0].in-t.vital[0].out)/n)
			noise = append(noise, jpHousehold*(t.vital[0].in+t.vital[0].out)/(n*n))
		}
	}
	mean, between := pauleMandel(rates, noise)
	k := 0
	for _, i := range p.towns {
		t := &j.towns[i]
		if t.displaced {
			continue
		}
		gross := t.vital[0].in + t.vital[0].out
		net := jpSum(t.census) * (mean + (rates[k]-mean)*between/(between+noise[k]))
		t.vital[0].in, t.vital[0].out = (gross+net)/2, (gross-net)/2
		k++
	}
}

// pauleMandel estimates the mean and the variance of true values from values that each carry an error of known variance: the variance at which the weighted sum
// of squares is what it should be, zero where the errors explain it all.
func pauleMandel(x, noise []float64) (mean, between float64) {
	at := func(v float64) float64 {
		var sum, weight, squares float64
		for k := range x {
			sum += x[k] / (v + noise[k])
			weight += 1 / (v + noise[k])
		}
		mean = sum / weight
		for k := range x {
			d := x[k] - mean
			squares += float64(d * d / (v + noise[k]))
		}
		return squares - float64(len(x)-1)
	}
	if at(0) <= 0 {
		return mean, 0
	}
	low, high := 0.0, 1.0
	for at(high) > 0 {
		high *= 2
	}
	for range 80 {
		if between = (low + high) / 2; at(between) > 0 {
			low = between
		} else {
			high = between
		}
	}
	return mean, between
}

// prefCohort gives the persons of a prefecture's cohort counted in 2015 and those expected from 2010, or from the births between; see cohort.
func (j *jpForecast) prefCohort(p *jpPref, sex, c int) (seen, expected float64) {
	before, now := &p.census[jpForecastCensus-5][sex], p.census[jpForecastCensus][sex][c]
	level := j.deathLevel(p)
	m := func(k int) float64 { return level * j.fiveRate(2012, sex, k) }
	switch c {
	case 0:
		boys := 1.05 / 2.05
		births := p.betweenCensuses(jpForecastCensus, jpBirths) * [2]float64{boys, 1 - boys}[sex]
		return now, births * math.Exp(-level*j.rate(2012, sex, 0))
	case jpFives - 1:
		return now, before[c-1]*math.Exp(-2.5*(m(c-1)+m(c))) + before[c]*math.Exp(-5*m(c))
	}
	return now, before[c-1] * math.Exp(-2.5*(m(c-1)+m(c)))
}

// deathLevel is the mean death level of a prefecture's municipalities.
func (j *jpForecast) deathLevel(p *jpPref) float64 {
	var level, people float64
	for _, i := range p.towns {
		n := jpSum(j.towns[i].census)
		level += float64(n * j.towns[i].death)
		people += n
	}
	return level / people
}

// netByPrefecture is the yearly net internal migration by municipality and age group: the rate at which the prefecture's cohorts gained or lost between the
// censuses of 2010 and 2015, less the nation's, and what sets the municipality apart from it (see beyond), for its residents of 2015. The prefecture's sum
// stays.
func (j *jpForecast) netByPrefecture() [][facts.Groups]float64 {
	net := make([][facts.Groups]float64, len(j.towns))
	for sex := range 2 {
		for c := range jpFives {
			gain, base := make([]float64, len(j.prefs)), make([]float64, len(j.prefs))
			for k := range j.prefs {
				seen, expected := j.prefCohort(&j.prefs[k], sex, c)
				gain[k], base[k] = seen-expected, expected
			}
			nation := Sum(gain) / Sum(base)
			weight := j.cohortGroups(sex, c)
			own := j.beyond(sex, c)
			for k := range j.prefs {
				rate := gain[k] / base[k]
				var people, kept float64
				for _, i := range j.prefs[k].towns {
					n := j.startOf(&j.towns[i], sex, c)
					people, kept = people+n, kept+float64(n*math.Exp(own[i]))
				}
				for _, i := range j.prefs[k].towns {
					t := &j.towns[i]
					if t.displaced {
						continue
					}
					r := (1+rate)*math.Exp(own[i])*people/kept - 1 - nation
					for g, w := range weight {
						net[i][g] += float64(w * r * j.startOf(t, sex, c) / 5)
					}
				}
			}
		}
	}
	return net
}

// startOf is who will be cohort c in five years if nobody moves and nobody dies.
func (j *jpForecast) startOf(t *jpTown, sex, c int) float64 {
	switch c {
	case 0:
		return 5 * t.vital[0].births / 2
	case jpFives - 1:
		return t.census[sex][c-1] + t.census[sex][c]
	}
	return t.census[sex][c-1]
}

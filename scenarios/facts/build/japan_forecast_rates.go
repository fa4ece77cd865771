package build

import (
	"math"
)

// Official assumptions of the time.
const (
	jpForecastEnd = 2065 // the year the assumptions of IPSS 2017 are of
	jpTFR2015     = 1.45 // official total fertility rate of 2015, the start of the medium assumption of IPSS 2017
	jpTFR2065     = 1.44 // medium assumption of IPSS 2017 for 2065 (saga-s.co.jp/articles/-/99715, 10 April 2017)
	jpTFRParts    = 19   // years in which the variants part, as in the standard table
)

// jpLife2065 is the life expectancy of men and women in 2065 that IPSS 2017 assumes (seniorguide.jp/article/1054420.html, April 2017).
var jpLife2065 = [2]float64{84.95, 91.35}

// mortality makes the death rates: shape by age of 2010-2014, level by sex that gives the deaths counted in 2015 and 2016, whose middle is the day of the base
// population, and from there a constant factor a year so that life expectancy in 2065 is that of the official projection.
func (j *jpForecast) mortality() {
	shape := j.periods[0]
	j.periods = []jpPeriod{{first: 2015, last: 2016, mx: shape.mx}}
	for sex := range 2 {
		seen := j.died[sex]
		for k := range j.prefs {
			seen += j.prefs[k].years[2015].died[sex]
		}
		var expected float64
		for i := range j.towns {
			t := &j.towns[i]
			for age, n := range t.base[sex] {
				expected += float64(n * t.death * shape.mx[sex][jpAbridged(age)])
			}
		}
		j.level[sex] = seen / 2 / expected
		scaleRates(&j.periods[0].mx[sex], j.level[sex])
		j.improvement[sex] = math.Pow(rateFactor(j.periods[0].mx[sex], jpLife2065[sex]), 1/(jpForecastEnd+0.5-jpForecastBase))
	}
	for first := jpForecastBase + 1; first <= jpLastYear; first += 5 {
		p := jpPeriod{first: first, last: first + 4, mx: j.periods[0].mx}
		for sex := range p.mx {
			scaleRates(&p.mx[sex], math.Pow(j.improvement[sex], float64(first)+2.5-jpForecastBase))
		}
		j.periods = append(j.periods, p)
	}
}

func scaleRates(mx *[22]float64, factor float64) {
	for k := range mx {
		mx[k] *= factor
	}
}

// fertility scales the birth levels so that the national rate of 2015 at the ages of 2015 gives the mean of the births of 2015 and 2016.
func (j *jpForecast) fertility() {
	var expected float64
	all := Sum(j.asfr[2015])
	for i := range j.towns {
		t := &j.towns[i]
		for k, f := range j.asfr[2015] {
			expected += float64(Sum(t.base[1][10+5*k:15+5*k]) * t.birth * f / all * jpTFR2015 / 5) // the rates of five-year ages are a fifth of the total
		}
	}
	j.birthFactor = (j.births + j.total(2015, jpBirths)) / 2 / expected
	for i := range j.towns {
		j.towns[i].birth *= j.birthFactor
	}
}

// netImmigration sets net international migration for all years: the mean of what 1 October 2012 to 2015 left over after births and deaths. The two years
// before are those of the earthquake, when more left than came; the last year alone would be one difference of two rounded counts (judgement).
func (j *jpForecast) netImmigration() {
	for y := 2013; y <= jpForecastCensus; y++ {
		j.net += j.immigration(y) / 3
	}
}

// shareArrivals shares net immigration over the prefectures like the mean of two measures, as in the standard tables: foreigners among the movers between
// prefectures of 2014 and 2015 (all less Japanese), and what the cohorts gained between the censuses of 2010 and 2015 beyond net moves; within a prefecture
// by residents aged 15-39.
func (j *jpForecast) shareArrivals() {
	like, over := make([]float64, len(j.prefs)), make([]float64, len(j.prefs))
	var nation float64
	for k := range j.prefs {
		p := &j.prefs[k]
		gain := 0.0
		for sex := range 2 {
			for c := range jpFives {
				seen, expected := j.prefCohort(p, sex, c)
				gain += (seen - expected) / 5
			}
		}
		nation += gain
		over[k] = gain - p.betweenCensuses(jpForecastCensus, func(y *jpPrefYear) float64 { return y.in - y.out })/5
		for y := 2014; y <= jpForecastCensus; y++ {
			like[k] += p.years[y].inAll - p.years[y].in
		}
	}
	for k, share := range jpArrivalShares(like, over, nation) {
		p := &j.prefs[k]
		var young float64
		for _, i := range p.towns {
			young += j.towns[i].young()
		}
		for _, i := range p.towns {
			j.towns[i].arrival = share * j.towns[i].young() / young
		}
	}
}

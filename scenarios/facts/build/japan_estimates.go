package build

import (
	"fmt"
	"math"
	"strconv"
)

// schedule adds a fitted schedule, at the level of the tables, and the movers it was fitted to.
func (e *estimates) schedule(j *japan, m jpMovers, source string) {
	const name = "rogers-castro"
	s := j.schedule.Schedule
	level := j.moves[0][0] / s.At(0.5)
	s.A1, s.A2, s.C = s.A1*level, s.A2*level, s.C*level
	e.parameters(s, j.schedule.Free, "moves per person-year")
	for k, t := range m.by {
		e.target(name, t.Name, t.Rate, "movers", j.schedule.Residual[k], source)
	}
}

// gravity adds the elasticity of the moves between prefectures.
func (e *estimates) gravity(distance float64) {
	e.value("gravity", "distance", distance, "elasticity", "transfer: fitted to Korea's moves between provinces (kr/estimates.csv, gravity); margins do not tell it")
}

// rowsEstimates are the estimates behind the standard tables.
func (j *japan) rowsEstimates() [][]string {
	e := &estimates{}
	e.schedule(j, jpMoved2019(), "Statistics Bureau, Report on Internal Migration 2019, all residents (yokayamu.com/relocate-register)")
	e.gravity(j.distance)
	for k, name := range []string{"constant", "log share aged 20-34", "log rate between prefectures"} {
		e.value("moves without wards", name, j.wardFit.coefficients[k], "log rate", fmt.Sprintf("least squares on %d cities of 100,000 without wards", j.wardFit.cities))
	}
	e.value("moves without wards", "R2", j.wardFit.r2, "share", "of the variance of log rates between the cities")
	for _, year := range []int{2020, 2021} {
		e.value("mortality", "factor "+strconv.Itoa(year), j.factor[year], "ratio", "fitted, on the rates of 2020-2024")
		e.target("mortality", "deaths "+strconv.Itoa(year), j.total(year, jpDeaths), "deaths",
			j.deathsOf(year)/j.total(year, jpDeaths)-1, "SSDS, sum of the prefectures")
	}
	e.value("earnings", "standard deviation", j.earner.total, "log yen", "fitted to the tax-base brackets of FY2024; share of a bracket missed by "+
		Num(100*j.earner.residual, 1)+" points at most")
	j.fiscalEstimates(e)
	return e.rows
}

// deathsOf is the deaths the tables expect in a year.
func (j *japan) deathsOf(year int) (n float64) {
	for i := range j.towns {
		n += float64(j.towns[i].death * j.expectedDeaths(&j.towns[i], year))
	}
	return n
}

// rowsEstimates are the estimates behind the tables of 2016.
func (j *jpForecast) rowsEstimates() [][]string {
	e := &estimates{}
	e.schedule(j.japan, jpMoved2016(), "Statistics Bureau, Report on Internal Migration 2016, between prefectures, Japanese nationals (kancho-t.com/?p=3448)")
	e.gravity(j.distance)
	var expected [2]float64
	for i := range j.towns {
		for sex := range 2 {
			for age, n := range j.towns[i].base[sex] {
				expected[sex] += float64(n * j.towns[i].death * j.rate(2016, sex, age))
			}
		}
	}
	for sex, name := range []string{"men", "women"} {
		e.value("mortality", "level "+name, j.level[sex], "ratio", "fitted, on the rates of 2010-2014")
		seen := j.died[sex] + j.total(2015, func(y *jpPrefYear) float64 { return y.died[sex] })
		e.target("mortality", "deaths of "+name+" 2015-2016", seen, "deaths", 2*expected[sex]/seen-1, "SSDS, sum of the prefectures")
		e.value("mortality", "improvement "+name, j.improvement[sex], "factor a year", "fitted")
		mx := j.periods[0].mx[sex]
		scaleRates(&mx, math.Pow(j.improvement[sex], jpForecastEnd+0.5-jpForecastBase))
		e.target("mortality", "life expectancy of "+name+" 2065", jpLife2065[sex], "years", expectancy(mx)/jpLife2065[sex]-1,
			"IPSS 2017 (seniorguide.jp/article/1054420.html)")
	}
	e.value("fertility", "births per expected birth", j.birthFactor, "ratio", "fitted, on the municipal birth levels at a total rate of 1.45")
	e.target("fertility", "births 2015-2016", j.births+j.total(2015, jpBirths), "births", 0, "SSDS, sum of the prefectures")
	for c := 1; c < jpFives-1; c++ {
		slope, r2 := j.slope(c)
		e.value("cohorts", fmt.Sprintf("slope to %d-%d", 5*c, 5*c+4), slope, "log rate",
			"least squares over prefectures 2010-2015; explains "+Num(max(0, r2), 2)+" of the squares")
	}
	e.value("immigration", "net", j.net, "persons a year", "mean of 1 October 2012-2015, what births and deaths leave of the change in population")
	return e.rows
}

// rowsEstimates are the estimates behind the tables of 2008.
func (j *jpBackcast) rowsEstimates() [][]string {
	e := &estimates{}
	e.gravity(j.distance)
	for sex, name := range []string{"men", "women"} {
		e.value("mortality", "level "+name, j.level[sex], "ratio", "fitted to the deaths of 2008 and 2009, on the rates of 2010-2014")
	}
	e.value("fertility", "births per expected birth", j.birth, "ratio", "fitted to the births of 2008, on the municipal birth levels of the standard table")
	e.value("moves", "within prefectures", j.start.within, "moves a year", "those of 2019 times moves between prefectures of 2008-2015 over 2019")
	return e.rows
}

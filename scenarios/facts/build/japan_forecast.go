package build

import (
	"maps"
	"math"
	"slices"

	"gohyang/scenarios/facts"
)

// The start of 1 January 2016: what a forecaster could have estimated when the official projection of March 2018 (IPSS 2018) was made. Counts end in 2015,
// but for the births, deaths and moves of municipalities, of which 2016 is the first year the reference has, and the moves by age of 2016. Nothing later
// enters: not the census of 2020, no table derived from it, no flow from 2017 on.
const (
	jpForecastBase   = 2016
	jpForecastCensus = 2015

	// Years of the prefectures' rates: those after the earthquake of March 2011, whose deaths and flights are no forecast of later years (judgement).
	jpForecastFirst = 2012
	jpForecastMoves = 2013 // first year of the prefectures' moves, to 2015: after the return of those who fled in 2011 (judgement)

	// jpEvacuated is the least ratio of registered deaths of 2016 to residents of the census of 2015 from which a municipality counts as evacuated: nowhere
	// else was it above 4 in 100.
	jpEvacuated = 0.05

	// jpHousehold is how many persons move together as a rule: the variance of a count of moves is so many times that of independent movers (judgement).
	jpHousehold = 2
)

// jpMoved2016 is what the schedule of 2016 is fitted to: movers between prefectures, Japanese nationals, Statistics Bureau, 住民基本台帳人口移動報告 2016
// (kancho-t.com/?p=3448). Three ages and the total tell the size of the peak against the constant, and its decline; where it stands, how it rises and the
// moves of children they do not, which keep the values of the model schedule.
func jpMoved2016() jpMovers {
	return jpMovers{[]Mobility{{"20-24", 20, 25, 451761}, {"25-29", 25, 30, 405583}, {"30-34", 30, 35, 300206}, {"all", 0, facts.Ages, 2275331}}, 2275331,
		[]Parameter{Size, Alpha2, C}}
}

// jpForecast is the work piece of the start of 2016, and what was fitted for it.
type jpForecast struct {
	*japan
	births float64    // registered in 2016
	died   [2]float64 // in 2016, by sex

	level       [2]float64 // factor on the death rates of 2010-2014 at the start
	improvement [2]float64 // factor on death rates a year
	birthFactor float64    // on the birth levels
	net         float64    // net immigration a year
}

// forecast makes the work piece of 2016. It copies what was known, so that nothing later can enter.
func (j *japan) forecast() *jpForecast {
	f := &jpForecast{japan: &japan{start: jpStart{year: jpForecastBase, moveFirst: 2016, moveLast: 2016}, distance: j.distance, index: j.index, byPref: j.byPref, asfr: map[int][]float64{}}}
	for _, t := range j.towns {
		n := jpTown{code: t.code, name: t.name, pref: t.pref, lon: t.lon, lat: t.lat, class: t.class, census: t.earlier}
		n.vital[0] = t.vital[0]
		n.displaced = jpSum(n.census) == 0 || n.vital[0].deaths > jpEvacuated*jpSum(n.census)
		f.towns = append(f.towns, n)
	}
	for _, p := range j.prefs {
		n := jpPref{code: p.code, nameEn: p.nameEn, towns: p.towns, years: map[int]*jpPrefYear{}, census: maps.Clone(p.census)}
		for y, v := range p.years {
			if y <= jpForecastCensus {
				n.years[y] = v
			}
		}
		for sex, v := range p.years[2016].died {
			f.died[sex] += v
		}
		f.births += p.years[2016].births
		delete(n.census, 2020)
		f.prefs = append(f.prefs, n)
	}
	for y := 2010; y <= 2015; y++ {
		f.asfr[y] = j.asfr[y]
	}
	f.periods = []jpPeriod{j.periods[slices.IndexFunc(j.periods, func(p jpPeriod) bool { return p.first == 2010 })]}
	f.derive()
	return f
}

// derive runs the chapters in the order in which they need each other.
func (j *jpForecast) derive() {
	j.centreOfPrefectures()
	j.ownLevels()
	j.carry()
	j.mortality()
	j.fertility()
	j.prefectureMoves()
	j.moveTotals()
	j.fitSchedule(jpMoved2016())
	j.moveGroups(j.netByPrefecture)
	j.originDestination()
	j.netImmigration()
	j.shareArrivals()
}

// ownLevels estimates deaths and births relative to national rates: of each prefecture from 2012-2015, and within it the municipal pattern of 2016 alone, drawn
// to the prefecture's mean (jpShrink).
func (j *jpForecast) ownLevels() {
	deaths, births := make([]jpCount, len(j.prefs)), make([]jpCount, len(j.prefs))
	for k := range j.prefs {
		p := &j.prefs[k]
		for y := jpForecastFirst; y <= jpForecastCensus; y++ {
			d, b := j.expectedOf(p.middle(y), y)
			deaths[k].add(p.years[y].deaths, d)
			births[k].add(p.years[y].births, b)
		}
		town, born := make([]jpCount, len(p.towns)), make([]jpCount, len(p.towns))
		for n, i := range p.towns {
			if t := &j.towns[i]; !t.displaced {
				d, b := j.expectedOf(&t.census, jpForecastCensus)
				town[n], born[n] = jpCount{t.vital[0].deaths, d}, jpCount{t.vital[0].births, b}
			}
		}
		d, b := jpShrink(town), jpShrink(born)
		for n, i := range p.towns {
			j.towns[i].death = d[n] / jpMean(town) * deaths[k].seen / deaths[k].expected
			j.towns[i].birth = b[n] / jpMean(born) * births[k].seen / births[k].expected
		}
	}
	j.scaleDeaths()
}

// scaleDeaths brings the death levels to a national mean of one in expected deaths; the level of a year belongs to the life table.
func (j *jpForecast) scaleDeaths() {
	var plain, level float64
	for i := range j.towns {
		d, _ := j.expectedOf(&j.towns[i].census, jpForecastCensus)
		plain += d
		level += float64(j.towns[i].death * d)
	}
	for i := range j.towns {
		j.towns[i].death *= plain / level
	}
}

func (c *jpCount) add(seen, expected float64) { c.seen, c.expected = c.seen+seen, c.expected+expected }

// jpMean is the ratio of all that was seen to all that was expected.
func jpMean(counts []jpCount) float64 {
	var all jpCount
	for _, c := range counts {
		all.add(c.seen, c.expected)
	}
	return all.seen / all.expected
}

// middle is a prefecture's residents in the middle of a year: the straight line through the censuses around it.
func (p *jpPref) middle(year int) *[2][jpFives]float64 {
	first := year / 5 * 5
	w := (float64(year) + 0.5 - float64(first) - 0.75) / 5
	if w < 0 {
		first, w = first-5, w+1
	}
	if p.census[first+5] == nil {
		first, w = first-5, w+1
	}
	var out [2][jpFives]float64
	for sex := range out {
		for k := range out[sex] {
			a, b := p.census[first][sex][k], p.census[first+5][sex][k]
			out[sex][k] = max(0, a+w*(b-a))
		}
	}
	return &out
}

// expectedOf is the deaths and births of some residents at the national rates of a year.
func (j *japan) expectedOf(five *[2][jpFives]float64, year int) (deaths, births float64) {
	for sex := range five {
		for k, n := range five[sex] {
			deaths += float64(n * j.fiveRate(year, sex, k))
		}
	}
	for k, f := range j.asfr[year] {
		births += float64(five[1][k+2] * f)
	}
	return deaths, births
}

// carry brings the census of 1 October 2015 to 1 January 2016: of the persons of completed age a in October three quarters are still of that age, a quarter
// are a year older, less a quarter year's deaths; each municipality is then scaled to census + 1/4 of its births, deaths and net moves of 2016. The
// international balance of the quarter counts as zero, as does every flow of the evacuated.
func (j *jpForecast) carry() {
	totals := make([]float64, len(j.towns))
	for i := range j.towns {
		t := &j.towns[i]
		v := t.vital[0]
		for sex := range 2 {
			oct := j.single(t.census[sex], sex)
			t.base[sex][0] += 0.25 * v.births / 2
			for age := range facts.Ages {
				s := math.Exp(-0.25 * t.death * j.rate(jpForecastCensus, sex, age))
				t.base[sex][age] += 0.75 * oct[age] * s
				t.base[sex][min(age+1, facts.Ages-1)] += 0.25 * oct[age] * s
			}
		}
		totals[i] = jpSum(t.census)
		if !t.displaced {
			totals[i] = max(0, totals[i]+0.25*(v.births-v.deaths+v.in-v.out))
		}
		t.scale(totals[i])
	}
	for i, n := range facts.Apportion(int64(math.Round(Sum(totals))), totals) {
		j.towns[i].round(n)
	}
}

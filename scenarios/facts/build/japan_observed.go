package build

import (
	"slices"
	"strconv"
)

// Tables for scoring: what was counted and what was projected at the time. Nothing in them is read by a simulation.

// Years of the tables for scoring.
const (
	jpFirstEstimate = 2010 // first and last year of the yearly estimates
	jpLastEstimate  = 2021
)

// rowsObserved writes the censuses of municipalities, prefectures and nation, and the estimates of prefectures and nation of every 1 October. The nation's
// are sums of the prefectures'.
func (j *japan) rowsObserved() (rows [][]string) {
	put := func(series, code string, year int, n float64) {
		rows = append(rows, []string{series, code, strconv.Itoa(year) + "-10-01", Num(n, 0)})
	}
	for _, year := range []int{2015, 2020} {
		put("census", "", year, j.total(year, jpPopulation))
		for _, p := range j.prefs {
			put("census", p.code, year, p.years[year].population)
		}
		for _, t := range j.towns {
			put("census", t.code, year, jpSum(map[int][2][jpFives]float64{2015: t.earlier, 2020: t.census}[year]))
		}
	}
	for year := jpFirstEstimate; year <= jpLastEstimate; year++ {
		put("estimate", "", year, j.total(year, jpPopulation))
		for _, p := range j.prefs {
			put("estimate", p.code, year, p.years[year].population)
		}
	}
	return rows
}

// rowsPast writes the official projection of 2018, both sexes. The nation is the sum of the prefectures; municipalities of Fukushima have no row.
func (j *japan) rowsPast() (rows [][]string) {
	const publication = "IPSS 2018"
	s := j.sheet("ipss2018_projection_age_sex_wide.csv")
	sums := map[string]map[string]int64{"": {}} // by code and year
	var codes []string
	for r := range s.Rows {
		code, year := s.Str(r, "code5"), s.Str(r, "year")
		_, town := j.index[code]
		pref := s.Str(r, "type(a=pref,0=ward,1=designated,2=city,3=town)") == "a"
		if code == "40305" { // 那珂川町, a city since October 2018
			code, town = "40231", true
		}
		if !town && !pref {
			continue // wards of designated cities
		}
		if sums[code] == nil {
			sums[code] = map[string]int64{}
			codes = append(codes, code)
		}
		n := s.Int(r, "total")
		sums[code][year] += n
		if pref {
			sums[""][year] += n
		}
	}
	slices.Sort(codes)
	for _, code := range append([]string{""}, codes...) {
		for year := 2015; year <= 2045; year += 5 {
			n := sums[code][strconv.Itoa(year)]
			rows = append(rows, []string{publication, code, strconv.Itoa(year) + "-10-01", whole(n)})
		}
	}
	return rows
}

// rowsVital writes the yearly counts: of municipalities from 2016, moves from and to any other municipality (wards of one city included); of prefectures and
// nation from 2010, moves from and to other prefectures. Births, deaths and moves are those of Japanese nationals.
func (j *japan) rowsVital() (rows [][]string) {
	put := func(code string, year int, births, deaths, in, out float64) {
		rows = append(rows, []string{code, strconv.Itoa(year), Num(births, 0), Num(deaths, 0), Num(in, 0), Num(out, 0)})
	}
	for year := jpFirstEstimate; year <= jpLastVit; year++ {
		put("", year, j.total(year, jpBirths), j.total(year, jpDeaths), j.total(year, func(y *jpPrefYear) float64 { return y.in }),
			j.total(year, func(y *jpPrefYear) float64 { return y.out }))
		for _, p := range j.prefs {
			v := p.years[year]
			put(p.code, year, v.births, v.deaths, v.in, v.out)
		}
	}
	for _, t := range j.towns {
		for y, v := range t.vital {
			put(t.code, jpFirstVit+y, v.births, v.deaths, v.in, v.out)
		}
	}
	return rows
}

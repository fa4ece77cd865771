package build

// readPanel reads the prefectures' yearly counts and their censuses by sex and five-year age.
func (j *japan) readPanel() {
	s := j.sheet("prefecture_panel.csv")
	for r := range s.Rows {
		p := &j.prefs[j.byPref[s.Str(r, "code5")[:2]]]
		if p.years == nil {
			p.years = map[int]*jpPrefYear{}
		}
		p.years[int(s.Int(r, "year"))] = &jpPrefYear{
			population: s.Float(r, "population"), births: s.Float(r, "births"), deaths: s.Float(r, "deaths"),
			residents: [2]float64{s.Float(r, "population_m"), s.Float(r, "population_f")},
			died:      [2]float64{s.Float(r, "deaths_m"), s.Float(r, "deaths_f")},
			in:        s.Float(r, "in_migrants_japanese"), out: s.Float(r, "out_migrants_japanese"),
			inAll: s.Float(r, "in_migrants_all"), outAll: s.Float(r, "out_migrants_all"),
		}
	}
	j.readPrefectureCensus()
}

// readPrefectureCensus reads the censuses by prefecture, sex and five-year age. Persons of unknown age, who are in the totals only, are spread over the known
// ages.
func (j *japan) readPrefectureCensus() {
	s := j.sheet("population_prefecture_age_sex.csv")
	for r := range s.Rows {
		year := int(s.Int(r, "year"))
		if year%5 != 0 || year < 2005 {
			continue
		}
		p := &j.prefs[j.byPref[s.Str(r, "code5")[:2]]]
		if p.census == nil {
			p.census = map[int]*[2][jpFives]float64{}
		}
		if p.census[year] == nil {
			p.census[year] = &[2][jpFives]float64{}
		}
		p.census[year][jpSex(s.Str(r, "sex"))][min(jpFirstAge(s.Str(r, "age_group"))/5, jpFives-1)] += s.Float(r, "population")
	}
	for k := range j.prefs {
		p := &j.prefs[k]
		for year, five := range p.census {
			for sex := range five {
				f := p.years[year].residents[sex] / Sum(five[sex][:])
				for c := range five[sex] {
					five[sex][c] *= f
				}
			}
		}
	}
}

// total adds one yearly figure over the prefectures.
func (j *japan) total(year int, of func(*jpPrefYear) float64) float64 {
	var n float64
	for k := range j.prefs {
		n += of(j.prefs[k].years[year])
	}
	return n
}

// Figures of a year for total.
func jpPopulation(y *jpPrefYear) float64 { return y.population }
func jpBirths(y *jpPrefYear) float64     { return y.births }
func jpDeaths(y *jpPrefYear) float64     { return y.deaths }

// betweenCensuses adds a yearly figure over the five years between two censuses of 1 October, the second in the year given: a quarter of the first calendar
// year, three quarters of the last.
func (p *jpPref) betweenCensuses(year int, of func(*jpPrefYear) float64) float64 {
	n := of(p.years[year-5])/4 + of(p.years[year])*3/4
	for y := year - 4; y < year; y++ {
		n += of(p.years[y])
	}
	return n
}

// immigration is what the nation's population change from 1 October of the year before to 1 October leaves after births and deaths: net international
// migration, and the errors of both counts.
func (j *japan) immigration(year int) float64 {
	natural := func(y int) float64 { return j.total(y, jpBirths) - j.total(y, jpDeaths) }
	return j.total(year, jpPopulation) - j.total(year-1, jpPopulation) - natural(year-1)/4 - natural(year)*3/4
}

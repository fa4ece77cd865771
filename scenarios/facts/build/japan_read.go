package build

import (
	"fmt"
	"strconv"
	"strings"
)

// readPlaces reads the municipalities; prefectures are opened in code order as their first municipality comes.
func (j *japan) readPlaces() {
	j.index, j.byPref = map[string]int{}, map[string]int{}
	s := j.sheet("municipalities.csv")
	for r := range s.Rows {
		code := s.Str(r, "code")
		p, known := j.byPref[code[:2]]
		if !known {
			p = len(j.prefs)
			j.byPref[code[:2]] = p
			j.prefs = append(j.prefs, jpPref{code: code[:2] + "000", name: s.Str(r, "prefecture")})
		}
		t := jpTown{
			code: code, name: s.Str(r, "name"), nameEn: s.Str(r, "romaji"), pref: p,
			lon: s.Float(r, "lon"), lat: s.Float(r, "lat"), strength: s.Float(r, "fiscal_strength_index"),
			localTax: 1000 * s.Int(r, "local_tax_kjpy"), revenue: 1000 * s.Int(r, "revenue_total_kjpy"),
			levy: 1000 * s.Int(r, "municipal_income_levy_kjpy_fy2024"), allocated: s.Int(r, "lat_initial_fy2024_jpy"),
			taxpayers: s.Int(r, "income_levy_taxpayers_fy2024"), taxable: 1000 * s.Int(r, "taxable_income_kjpy_fy2024"),
		}
		t.class = jpClass(code, t.name)
		t.allocation = strings.TrimPrefix(s.Str(r, "lat_status"), "special_")
		if t.class == "" {
			j.fault("municipalities.csv: name: got %q, want a name ending in 市, 区, 町 or 村", t.name)
		}
		j.index[code] = len(j.towns)
		j.prefs[p].towns = append(j.prefs[p].towns, len(j.towns))
		j.towns = append(j.towns, t)
	}
	if len(j.towns) != 1741 || len(j.prefs) != 47 {
		j.fault("municipalities.csv: got %d municipalities in %d prefectures, want 1741 in 47", len(j.towns), len(j.prefs))
	}
}

// jpClass reads the class from the last character of the name and, for designated cities, from the code: JIS X 0402 gives them 100, 130, 140, 150.
func jpClass(code, name string) string {
	switch {
	case strings.HasSuffix(name, "区"):
		return "ward"
	case strings.HasSuffix(name, "市") && strings.HasPrefix(code[2:], "1"):
		return "designated"
	case strings.HasSuffix(name, "市"):
		return "city"
	case strings.HasSuffix(name, "町"):
		return "town"
	case strings.HasSuffix(name, "村"):
		return "village"
	}
	return ""
}

// readPrefectures reads names, the fiscal year 2021, the moves of 2019 and the residents of 2000.
func (j *japan) readPrefectures() {
	j.published = map[string]float64{}
	s := j.sheet("prefecture_panel.csv")
	for r := range s.Rows {
		p := &j.prefs[j.byPref[s.Str(r, "code5")[:2]]]
		switch y := s.Str(r, "year"); y { // national sums, for totals.csv
		case "2020", "2021":
			for _, key := range []string{"population", "population_m", "population_f", "births", "deaths"} {
				j.published[y+" "+key] += s.Float(r, key)
			}
		}
		switch s.Str(r, "year") {
		case "2019":
			p.in, p.out, p.inJapanese = s.Float(r, "in_migrants_all"), s.Float(r, "out_migrants_all"), s.Float(r, "in_migrants_japanese")
		case "2021":
			p.strength = s.Float(r, "fiscal_strength_pref_govt")
			p.localTax = 1000 * s.Int(r, "local_tax_pref_govt_kjpy")
			p.lat2021 = 1000 * s.Int(r, "lat_pref_govt_kjpy")
			p.need, p.capacity = 1000*s.Int(r, "sfn_pref_govt_kjpy"), 1000*s.Int(r, "sfr_pref_govt_kjpy")
			p.needTowns, p.capacityTowns = 1000*s.Int(r, "sfn_municipalities_kjpy"), 1000*s.Int(r, "sfr_municipalities_kjpy")
			p.taxTowns = 1000 * s.Int(r, "local_tax_municipalities_kjpy")
		}
	}
	s = j.sheet("fertility_tfr_prefecture.csv")
	for r := range s.Rows {
		if p, ok := j.byPref[s.Str(r, "pref_code")]; ok {
			name, kind, _ := strings.Cut(s.Str(r, "prefecture_en"), "-")
			j.prefs[p].nameEn = name + map[string]string{"": "", "ken": " Prefecture", "fu": " Prefecture", "to": " Metropolis"}[kind]
		}
	}
	s = j.sheet("population_prefecture_age_sex.csv")
	for r := range s.Rows {
		if s.Str(r, "year") != "2000" {
			continue
		}
		p := &j.prefs[j.byPref[s.Str(r, "code5")[:2]]]
		switch age := jpFirstAge(s.Str(r, "age_group")); {
		case age < 15:
			p.children += s.Float(r, "population")
		case age >= 65:
			p.elders += s.Float(r, "population")
		}
	}
}

// readCensus reads one municipal table by sex and five-year age; persons of unknown age are spread over the known ages of their sex.
func (j *japan) readCensus(file, column string, into func(*jpTown) *[2][jpFives]float64) {
	s := j.sheet(file)
	unknown := make([][2]float64, len(j.towns))
	for r := range s.Rows {
		i, ok := j.index[s.Str(r, "code5")]
		if !ok {
			j.fault("%s:%d: code5: got %q, want a municipality of municipalities.csv", file, r+2, s.Str(r, "code5"))
			continue
		}
		sex, age := jpSex(s.Str(r, "sex")), s.Str(r, "age_group")
		switch n := s.Float(r, column); age {
		case "total":
		case "unknown":
			unknown[i][sex] = n
		default:
			into(&j.towns[i])[sex][jpFirstAge(age)/5] += n
		}
	}
	for i := range j.towns {
		for sex, n := range unknown[i] {
			row := &into(&j.towns[i])[sex]
			var known float64
			for _, v := range row {
				known += v
			}
			for k := range row {
				if known > 0 {
					row[k] *= 1 + n/known
				}
			}
		}
	}
}

// readVital reads births, deaths and moves of Japanese nationals by municipality and year.
func (j *japan) readVital() {
	s := j.sheet("vital_migration_municipality_panel.csv")
	for r := range s.Rows {
		code := s.Str(r, "code5")
		if code == "40305" { // 那珂川町, a city with the code 40231 since October 2018
			code = "40231"
		}
		i, ok := j.index[code]
		y := s.Int(r, "year")
		if !ok || y < jpFirstVit || y > jpLastVit {
			j.fault("%s:%d: got %s of %d, want a municipality in %d-%d", s.File, r+2, code, y, jpFirstVit, jpLastVit)
			continue
		}
		j.towns[i].vital[y-jpFirstVit] = jpVital{
			s.Float(r, "births"), s.Float(r, "deaths"), s.Float(r, "in_migrants_japanese"), s.Float(r, "out_migrants_japanese"),
		}
	}
}

// readMortality reads the abridged death rates by period.
func (j *japan) readMortality() {
	s := j.sheet("mortality_mx_national.csv")
	at := map[int]int{}
	for r := range s.Rows {
		first, _ := strconv.Atoi(s.Str(r, "period")[:4])
		k, ok := at[first]
		if !ok {
			k = len(j.periods)
			at[first] = k
			j.periods = append(j.periods, jpPeriod{first: first, last: first + 4})
		}
		age := jpFirstAge(s.Str(r, "age_start"))
		j.periods[k].mx[jpSex(s.Str(r, "sex"))][jpAbridged(age)] = s.Float(r, "mx")
	}
}

// readFertility reads the age-specific rates and the total rates by year.
func (j *japan) readFertility() {
	j.asfr, j.tfr = map[int][]float64{}, map[int]float64{}
	s := j.sheet("fertility_asfr_national.csv")
	for r := range s.Rows {
		y := int(s.Int(r, "year"))
		j.asfr[y] = append(j.asfr[y], s.Float(r, "asfr_births_per_woman_year"))
	}
	s = j.sheet("fertility_tfr_national_wpp.csv")
	for r := range s.Rows {
		j.tfr[int(s.Int(r, "year"))] = s.Float(r, "tfr")
	}
}

// jpSex maps M and F to 0 and 1.
func jpSex(s string) int {
	if s == "F" {
		return 1
	}
	return 0
}

// jpFirstAge is the first age of "25-29", "90+" or "40".
func jpFirstAge(group string) int {
	first, _, _ := strings.Cut(strings.TrimSuffix(group, "+"), "-")
	n, err := strconv.Atoi(first)
	if err != nil {
		panic("not an age group: " + group)
	}
	return n
}

// sheet reads one reference table; its faults join those of the work piece.
func (j *japan) sheet(name string) *Table {
	t, err := Read(j.dir, name)
	if err != nil {
		j.faults = append(j.faults, err)
		t = &Table{File: name}
	}
	j.sheets = append(j.sheets, t)
	return t
}

// fault records what is wrong; the build goes on and reports all faults together.
func (j *japan) fault(format string, args ...any) {
	j.faults = append(j.faults, fmt.Errorf(format, args...))
}

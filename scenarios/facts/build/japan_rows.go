package build

import (
	"math"
	"strconv"

	"gohyang/scenarios/facts"
)

// jpArrivals is net immigration a year of some years.
type jpArrivals struct {
	first, last int
	net         float64
}

// jpNetImmigration is the net international migration a year: 2020 is zero to 1 October, as in the back-cast, and runs at the pace of 2021 after it;
// 2021 is what is left of the change in the published populations of 1 October 2020 and 2021 after births and deaths; from 2022 the assumption of the
// official projection of 2023 for foreigners to 2040, kept after it.
var jpNetImmigration = []jpArrivals{{2020, 2020, -10750}, {2021, 2021, -43000}, {2022, jpLastYear, 164000}}

func rowsArrivals(net []jpArrivals) (rows [][]string) {
	for _, p := range net {
		for _, sex := range []string{"M", "F"} {
			for k, share := range jpArrivalAge {
				rows = append(rows, []string{strconv.Itoa(p.first), strconv.Itoa(p.last), sex, jpFiveNames()[k], Num(p.net*share/2, 2)})
			}
		}
	}
	return rows
}

func (j *japan) rowsEarners() (rows [][]string) {
	for sex, name := range []string{"M", "F"} {
		for k, age := range jpFiveNames() {
			rows = append(rows, []string{name, age, Num(j.earner.share[sex][k], 5), Num(j.earner.log[sex][k], 4)})
		}
	}
	return rows
}

func (j *japan) rowsBirthplace() (rows [][]string) {
	for r, p := range j.prefs {
		for b, n := range facts.Apportion(1000000, j.origin[r]) {
			rows = append(rows, []string{p.code, j.prefs[b].code, Num(float64(n)/1e6, 6)})
		}
	}
	return rows
}

func (j *japan) rowsBirthTown() (rows [][]string) {
	for r, p := range j.prefs {
		rows = append(rows, []string{p.code, Num(j.stayers[r], 4)})
	}
	return rows
}

func (j *japan) rowsConstants() [][]string {
	return [][]string{
		{"base_year", strconv.Itoa(jpBase), "year", "the population stands on 1 January of this year"},
		{"male_birth", Num(1.051/2.051, 5), "share of births", "UN WPP 2024, sex ratio at birth of 2020: 1.051 boys a girl"},
		{"income_sd", Num(j.earner.sd, 4), "log yen", "fitted to the MIC tax-base brackets of FY2024, see SOURCES.toml"},
	}
}

func (j *japan) rowsTaxable() (rows [][]string) {
	for _, t := range j.towns {
		rows = append(rows, []string{t.code, whole(t.taxpayers), whole(t.taxable)})
	}
	return rows
}

func (j *japan) rowsGifts() (rows [][]string) {
	for _, g := range j.gifts {
		rows = append(rows, []string{g.code, strconv.Itoa(g.year), whole(g.amount), whole(g.count), "1"})
	}
	return rows
}

func (j *japan) rowsNation() (rows [][]string) {
	share := func(v float64) string {
		if v == 0 {
			return ""
		}
		return Num(v, 4)
	}
	for y := jpFirstDon; y <= jpLastDon; y++ {
		n := j.nation[y]
		rows = append(rows, []string{strconv.Itoa(y), whole(n.amount), whole(n.count), whole(n.users), "", share(n.gift), share(n.cost)})
	}
	return rows
}

func (j *japan) rowsDonors() (rows [][]string) {
	for _, t := range j.towns {
		for k, n := range t.donors {
			rows = append(rows, []string{t.code, strconv.Itoa(2020 + k), whole(n)})
		}
	}
	return rows
}

// rowsProjection copies the official projection; the nation is the sum of the prefectures.
func (j *japan) rowsProjection() (rows [][]string) {
	s := j.sheet("projections_ipss2023_total.csv")
	years := []string{"2020", "2025", "2030", "2035", "2040", "2045", "2050"}
	nation := make([]int64, len(years))
	for r := range s.Rows {
		code := s.Str(r, "code5")
		_, town := j.index[code]
		pref := s.Str(r, "type") == "prefecture"
		if !town && !pref {
			continue // wards of designated cities; the coast of Fukushima, which is projected as one
		}
		for k, y := range years {
			n := s.Int(r, "pop"+y)
			if pref {
				nation[k] += n
			}
			rows = append(rows, []string{code, y, whole(n)})
		}
	}
	for k, y := range years {
		rows = append(rows, []string{"", y, whole(nation[k])})
	}
	return rows
}

// rowsTotals writes the published totals, and the flows of the back-cast, so that a test can walk from the census to the base population.
func (j *japan) rowsTotals() (rows [][]string) {
	put := func(table, key string, value float64, source string) {
		rows = append(rows, []string{table, key, Num(value, 0), source})
	}
	var deaths, births, net float64
	for i := range j.towns {
		if v := j.towns[i].vital[jpBase-jpFirstVit]; !j.towns[i].displaced {
			deaths, births, net = deaths+v.deaths, births+v.births, net+v.in-v.out
		}
	}
	census := j.published["2020 population"]
	const flows = "SSDSE-A (births, deaths, moves of 2020), without the municipalities displaced in 2015"
	put("census", "nation", census, "Population Census of 1 October 2020")
	put("census", "nation:M", j.published["2020 population_m"], "Population Census of 1 October 2020")
	put("census", "nation:F", j.published["2020 population_f"], "Population Census of 1 October 2020")
	put("backcast", "deaths", deaths, flows)
	put("backcast", "births", births, flows)
	put("backcast", "net_moves", net, flows)
	put("population", "nation", math.Round(census+0.75*(deaths-births-net)), "census + 3/4 of (deaths - births - net moves) of 2020")
	for _, y := range []string{"2020", "2021"} {
		put("vital", "births:"+y, j.published[y+" births"], "e-Stat SSDS, sum of the prefectures")
		put("vital", "deaths:"+y, j.published[y+" deaths"], "e-Stat SSDS, sum of the prefectures")
	}
	put("moves", "between_municipalities:2019", jpMovers2019, "Statistics Bureau, Report on Internal Migration 2019")
	put("moves", "within_prefectures:2019", jpMoversWithin, "Statistics Bureau, Report on Internal Migration 2019")
	put("moves", "between_wards:2019", j.wards, "derived (judgement): moves between wards of one city, in both numbers above and not in moves_town.csv")
	put("taxpayers", "nation", 57151834, "MIC, 市町村税課税状況等の調 FY2024, table 11 by tax base")
	for y := jpFirstDon; y <= jpLastDon; y++ {
		put("donations", strconv.Itoa(y), float64(j.nation[y].amount), "MIC, ふるさと納税に関する現況調査")
		put("records", strconv.Itoa(y), float64(j.nation[y].count), "MIC, ふるさと納税に関する現況調査")
	}
	put("projection", "2020", 126146099, "IPSS 2023 regional projection, sum of the prefectures")
	put("projection", "2050", 104686386, "IPSS 2023 regional projection, sum of the prefectures")
	return rows
}

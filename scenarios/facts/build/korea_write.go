package build

import (
	"strconv"
	"strings"
)

// krFirstVital and krLastVital bound the visible years of births, deaths and moves.
const krFirstVital, krLastVital = 2015, 2024

func krInt(n int64) string { return strconv.FormatInt(n, 10) }

// krWriter writes the tables of one folder.
type krWriter struct {
	k   *korea
	dir string
}

func (w krWriter) put(name, header string, rows [][]string) {
	if err := Write(w.dir, name, header, rows); err != nil {
		w.k.errs = append(w.k.errs, err)
	}
}

// write writes the tables of the start into a folder: every table for the standard, for another start those that differ from it.
func (k *korea) write(dir string) {
	w := krWriter{k, dir}
	header := []string{"code", "sex"}
	for g := range krFives {
		header = append(header, krFiveName(g))
	}
	w.put("population.csv", strings.Join(header, ","), k.rowsPopulation())
	day := "registers of the end of " + strconv.Itoa(k.start.year-1) + " = 1 January " + strconv.Itoa(k.start.year)
	if k.start.year <= krFirst {
		day = "registers of the end of 2022 carried back to 1 January " + strconv.Itoa(k.start.year)
	}
	w.put("constants.csv", "key,value,unit,source", [][]string{
		{"base_year", strconv.Itoa(k.start.year), "year", day},
		{"male_birth", Num(krMaleBirth, 4), "share of births", "105 boys to 100 girls: judgement, the usual sex ratio at birth"},
		{"income_sd", Num(k.sd, 3), "log won", "least squares on the published wage bands of 2023"},
	})
	if k.start.year < 2025 { // 2025 knows what the standard tables know
		w.rates()
	}
	if k.start == krStandard || k.start.year <= krFirst {
		w.put("places.csv", "level,code,province,name,name_en,lon,lat,class,recipient,depopulation,allocation,strength,local_tax,revenue,taxpayers,income",
			append(k.rowsProvinces(), k.rowsTowns()...))
	}
	if k.start == krStandard {
		w.standard()
	}
}

// rates writes the tables whose numbers depend on what the start knows.
func (w krWriter) rates() {
	k := w.k
	w.put("life_table.csv", "first,last,sex,age,mx", k.rowsLife())
	w.put("fertility_level.csv", "variant,year,tfr", k.rowsFertilityLevel())
	w.put("fertility_age.csv", "first,last,age_group,share", k.rowsFertilityAge())
	w.put("town_levels.csv", "code,death_level,birth_level,arrival_share", k.rowsLevels())
	w.put("move_age.csv", "sex,age,rate", k.rowsMoveAge())
	w.put("moves_town.csv", "code,level_g0,level_g1,level_g2,level_g3,level_g4,level_g5,attract_g0,attract_g1,attract_g2,attract_g3,attract_g4,attract_g5",
		k.rowsMoves())
	w.put("od.csv", "group,origin,dest,movers", k.rowsOD())
	w.put("arrivals.csv", "first,last,sex,age_group,net", k.rowsArrivals())
}

// standard writes the tables only the standard folder has.
func (w krWriter) standard() {
	k := w.k
	nation := k.nation()
	w.put("earners.csv", "sex,age_group,share,log_income", k.rowsEarners())
	w.put("birthplace.csv", "residence,birth,share", k.rowsOrigin())
	w.put("birth_town.csv", "residence,share", k.rowsBirthTown())
	w.put("donations_town.csv", "code,year,amount,count,observed", k.donations(k.readMeans(), nation))
	w.put("donations_nation.csv", "year,amount,count,donors,december,gift_share,cost_share", k.rowsNation(nation))
	w.put("donors_town.csv", "code,year,donors", nil)
	w.put("projection.csv", "code,year,population,0-14,15-64,65+", k.rowsProjection())
	w.put("vital.csv", "code,year,births,deaths,moves_in,moves_out", k.rowsVital())
	w.put("observed.csv", "series,code,date,population", k.rowsObserved())
	w.put("projection_past.csv", "publication,code,date,population", k.rowsProjectionPast())
	w.put("fiscal.csv", fiscalHeader, fiscalRows(k.bodies))
	w.put("accounts_town.csv", accountsHeader, nil)
	w.put("estimates.csv", estimatesHeader, k.rowsEstimates())
	w.put("totals.csv", "table,key,value,source", k.rowsTotals(nation))
}

// krMaleBirth is the share of boys among the born.
const krMaleBirth = 0.5122

// krAllocation says whether a government receives ordinary local allocation tax. Autonomous gu get none of their own (the metropolitan city does, and
// shares): blank. Seoul and Gyeonggi do not receive it, nor do Seongnam and Hwaseong (memory, unverified; the general grants of the two provinces are
// under 1% of their budget in the reference, which agrees; the grants of the two cities include the province's adjustment grants).
func krAllocation(code, class string) string {
	switch {
	case code == "11000" || code == "41000" || code == "41130" || code == "41590":
		return "non_receiving"
	case class == "gu" || class == "admin_city" || class == "sejong":
		return ""
	}
	return "receiving"
}

func (k *korea) rowsProvinces() (rows [][]string) {
	for j, p := range k.provinces {
		at := k.centre(j)
		class := "province"
		if strings.HasSuffix(p.name, "시") {
			class = "metro"
		}
		rows = append(rows, []string{"province", p.code, p.code, p.name, krProvinces[p.code], Num(at[0], 4), Num(at[1], 4), class, "1", "",
			krAllocation(p.code, class), Num(p.strength, 4), krInt(p.localTax), krInt(p.revenue), "", ""})
	}
	return rows
}

func (k *korea) rowsTowns() (rows [][]string) {
	for _, t := range k.towns {
		tax, revenue := krInt(t.localTax), krInt(t.revenue)
		strength := Num(t.strength, 4)
		if t.class == "admin_city" || t.class == "sejong" { // not a government of its own: the province has the money
			tax, revenue, strength = "", "", ""
		}
		then := 1.0 // a back-cast: filers and wages of 2024 for the residents of then
		if k.start.year <= krFirst {
			then = krSum(t.people) / krSum(t.five[2])
		}
		rows = append(rows, []string{"town", t.code, k.provinces[t.province].code, t.name, krTownEn(t), Num(t.lon, 4), Num(t.lat, 4), t.class,
			krFlag(t.recipient), t.depopulation, krAllocation(t.code, t.class), strength, tax, revenue, Num(then*float64(t.filers), 0), Num(then*float64(t.wages), 0)})
	}
	return rows
}

// krTownEn is a town's English name; Sejong keeps the name of its city without the long title.
func krTownEn(t krTown) string {
	if t.class == "sejong" {
		return "Sejong-si"
	}
	return romanise(t.name)
}

func (k *korea) rowsPopulation() (rows [][]string) {
	for _, t := range k.towns {
		for sex, name := range []string{"M", "F"} {
			row := []string{t.code, name}
			for _, n := range t.people[sex] {
				row = append(row, krInt(n))
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func (k *korea) rowsLife() (rows [][]string) {
	for _, p := range k.life {
		for sex, name := range []string{"M", "F"} {
			for n, a := range p.age {
				rows = append(rows, []string{strconv.Itoa(p.first), strconv.Itoa(p.last), name, strconv.Itoa(a), Num(p.mx[sex][n], 8)})
			}
		}
	}
	return rows
}

func (k *korea) rowsFertilityAge() (rows [][]string) {
	for _, p := range k.fertility {
		for g, s := range p.share {
			rows = append(rows, []string{strconv.Itoa(p.first), strconv.Itoa(p.last), strconv.Itoa(5*g+15) + "-" + strconv.Itoa(5*g+19), Num(s, 6)})
		}
	}
	return rows
}

func (k *korea) rowsLevels() (rows [][]string) {
	for _, t := range k.towns {
		rows = append(rows, []string{t.code, Num(t.death, 4), Num(t.birth, 4), Num(t.arrival, 8)})
	}
	return rows
}

func (k *korea) rowsMoveAge() (rows [][]string) {
	for _, name := range []string{"M", "F"} {
		for a := range krAges {
			rows = append(rows, []string{name, strconv.Itoa(a), Num(k.rate[a], 6)})
		}
	}
	return rows
}

func (k *korea) rowsMoves() (rows [][]string) {
	for _, t := range k.towns {
		row := []string{t.code}
		for g := range krGroups {
			row = append(row, Num(t.out[g]/t.expect[g], 4))
		}
		for g := range krGroups {
			row = append(row, Num(t.in[g], 1))
		}
		rows = append(rows, row)
	}
	return rows
}

func (k *korea) rowsOD() (rows [][]string) {
	for g := range krGroups {
		for i, row := range k.group[g] {
			for j, m := range row {
				rows = append(rows, []string{strconv.Itoa(g), k.provinces[i].code, k.provinces[j].code, Num(m, 2)})
			}
		}
	}
	return rows
}

func (k *korea) rowsEarners() (rows [][]string) {
	for sex, name := range []string{"M", "F"} {
		for _, e := range k.earners[sex] {
			rows = append(rows, []string{name, e.ages, Num(e.share, 4), Num(e.relLogs, 2)})
		}
	}
	return rows
}

func (k *korea) rowsOrigin() (rows [][]string) {
	for r, p := range k.provinces {
		for b, q := range k.provinces {
			rows = append(rows, []string{p.code, q.code, Num(k.origin[r][b], 7)})
		}
	}
	return rows
}

func (k *korea) rowsBirthTown() (rows [][]string) {
	for j, p := range k.provinces {
		rows = append(rows, []string{p.code, Num(k.stayTown[j], 4)})
	}
	return rows
}

func (k *korea) rowsProjection() (rows [][]string) {
	t := k.read("projection_national.csv")
	for r := range t.Rows {
		if t.Int(r, "year") >= krBase {
			rows = append(rows, []string{"", t.Str(r, "year"), t.Str(r, "population"), t.Str(r, "pop_0_14"), t.Str(r, "pop_15_64"), t.Str(r, "pop_65plus")})
		}
	}
	t = k.read("projection_sido.csv")
	for r := range t.Rows {
		if t.Int(r, "year") >= krBase {
			rows = append(rows, []string{t.Str(r, "code"), t.Str(r, "year"), t.Str(r, "population"), t.Str(r, "pop_0_14"), t.Str(r, "pop_15_64"), t.Str(r, "pop_65plus")})
		}
	}
	return rows
}

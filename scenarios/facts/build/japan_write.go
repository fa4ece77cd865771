package build

import (
	"fmt"
	"math"
	"os"
	"strconv"

	"gohyang/scenarios/facts"
)

// Headers of the tables that other starts have too.
const (
	jpPlacesHeader     = "level,code,province,name,name_en,lon,lat,class,recipient,depopulation,allocation,strength,local_tax,revenue,taxpayers,income"
	jpPopulationHeader = "code,sex,0-4,5-9,10-14,15-19,20-24,25-29,30-34,35-39,40-44,45-49,50-54,55-59,60-64,65-69,70-74,75-79,80-84,85-89,90+"
	jpLifeHeader       = "first,last,sex,age,mx"
	jpLevelHeader      = "variant,year,tfr"
	jpSharesHeader     = "first,last,age_group,share"
	jpTownHeader       = "code,death_level,birth_level,arrival_share"
	jpMoveAgeHeader    = "sex,age,rate"
	jpMovesHeader      = "code,level_g0,level_g1,level_g2,level_g3,level_g4,level_g5,attract_g0,attract_g1,attract_g2,attract_g3,attract_g4,attract_g5"
	jpODHeader         = "group,origin,dest,movers"
	jpArrivalsHeader   = "first,last,sex,age_group,net"
	jpConstantsHeader  = "key,value,unit,source"
)

// jpFiveNames are the columns of the five-year tables.
func jpFiveNames() []string {
	var names []string
	for k := range jpFives - 1 {
		names = append(names, fmt.Sprintf("%d-%d", 5*k, 5*k+4))
	}
	return append(names, "90+")
}

// putter writes tables into a folder, which it makes.
func (j *japan) putter(dir string) func(file, header string, rows [][]string) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		j.faults = append(j.faults, err)
	}
	return func(file, header string, rows [][]string) {
		if err := Write(dir, file, header, rows); err != nil {
			j.faults = append(j.faults, err)
		}
	}
}

// writeMovers writes the tables that every start makes alike: residents, their death rates, the levels of towns and moves.
func (j *japan) writeMovers(put func(name, header string, rows [][]string)) {
	put("population.csv", jpPopulationHeader, j.rowsPopulation())
	put("life_table.csv", jpLifeHeader, j.rowsLife())
	put("town_levels.csv", jpTownHeader, j.rowsLevels())
	put("move_age.csv", jpMoveAgeHeader, j.rowsMoveAge())
	put("moves_town.csv", jpMovesHeader, j.rowsMoves())
	put("od.csv", jpODHeader, j.rowsOD())
}

// write writes every standard table.
func (j *japan) write(dir string) {
	put := j.putter(dir)
	put("places.csv", jpPlacesHeader, j.rowsPlaces())
	j.writeMovers(put)
	put("fertility_level.csv", jpLevelHeader, j.rowsFertilityLevel())
	put("fertility_age.csv", jpSharesHeader, j.rowsFertilityAge())
	put("arrivals.csv", jpArrivalsHeader, rowsArrivals(jpNetImmigration))
	put("earners.csv", "sex,age_group,share,log_income", j.rowsEarners())
	put("birthplace.csv", "residence,birth,share", j.rowsBirthplace())
	put("birth_town.csv", "residence,share", j.rowsBirthTown())
	put("taxable_income.csv", "code,taxpayers,taxable_income", j.rowsTaxable())
	put("constants.csv", jpConstantsHeader, j.rowsConstants())
	put("donations_town.csv", "code,year,amount,count,observed", j.rowsGifts())
	put("donations_nation.csv", "year,amount,count,donors,december,gift_share,cost_share", j.rowsNation())
	put("donors_town.csv", "code,year,donors", j.rowsDonors())
	put("projection.csv", "code,year,population", j.rowsProjection())
	put("vital.csv", "code,year,births,deaths,moves_in,moves_out", j.rowsVital())
	put("observed.csv", "series,code,date,population", j.rowsObserved())
	put("projection_past.csv", "publication,code,date,population", j.rowsPast())
	put("fiscal.csv", fiscalHeader, fiscalRows(j.bodies))
	put("accounts_town.csv", accountsHeader, j.rowsAccounts())
	put("estimates.csv", estimatesHeader, j.rowsEstimates())
	put("totals.csv", "table,key,value,source", j.rowsTotals())
}

func whole(n int64) string { return strconv.FormatInt(n, 10) }

func (j *japan) rowsPlaces() (rows [][]string) {
	for _, p := range j.prefs {
		var payers, gross int64
		for _, i := range p.towns {
			payers += j.towns[i].earners
			gross += j.towns[i].gross
		}
		status := "receiving"
		if p.lat2021 == 0 {
			status = "non_receiving"
		}
		rows = append(rows, []string{"province", p.code, p.code, p.name, p.nameEn, Num(p.lon, 4), Num(p.lat, 4), "prefecture", "1", "", status,
			Num(p.strength, 5), whole(p.localTax), "", whole(payers), whole(gross)})
	}
	for _, t := range j.towns {
		rows = append(rows, []string{"town", t.code, j.prefs[t.pref].code, t.name, t.nameEn, Num(t.lon, 4), Num(t.lat, 4), t.class, "1", "", t.allocation,
			Num(t.strength, 2), whole(t.localTax), whole(t.revenue), whole(t.earners), whole(t.gross)})
	}
	return rows
}

func (j *japan) rowsPopulation() (rows [][]string) {
	for _, t := range j.towns {
		for sex, name := range []string{"M", "F"} {
			row := []string{t.code, name}
			for _, n := range t.persons[sex] {
				row = append(row, whole(n))
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func (j *japan) rowsLife() (rows [][]string) {
	for _, p := range j.periods {
		if p.last < j.start.year && p.last < jpFirstRates {
			continue
		}
		for sex, name := range []string{"M", "F"} {
			for k, m := range p.mx[sex] {
				rows = append(rows, []string{strconv.Itoa(p.first), strconv.Itoa(p.last), name, strconv.Itoa(jpAbridgedAge(k)), Num(m, 8)})
			}
		}
	}
	return rows
}

// jpVariants are how far the variants of fertility stand from the medium in the end: see rowsFertilityLevel.
var jpVariants = []struct {
	name   string
	change float64
}{{"low", (1.36-0.28)/1.36 - 1}, {"medium", 0}, {"high", 1.64/1.36 - 1}}

// rowsFertilityLevel writes the paths of the total fertility rate: the estimates to 2021; then a straight line to the median projection of 2024
// (so that no estimate from births after 2021 enters) and that projection, turned step by step to the official medium level of 1.36 in 2070. High and
// low leave it over 2022-2040: high 1.64 in 2070 as published, low as far below (judgement).
func (j *japan) rowsFertilityLevel() (rows [][]string) {
	medium := func(y int) float64 {
		switch {
		case y <= 2021:
			return j.tfr[y]
		case y < 2024:
			w := float64(y-2021) / 3
			return j.tfr[2021] + w*(j.tfr[2024]-j.tfr[2021])
		}
		return j.tfr[min(y, 2070)] * (1 + (1.36/j.tfr[2070]-1)*float64(min(y, 2070)-2021)/(2070-2021))
	}
	for _, v := range jpVariants {
		for y := j.start.year; y <= jpLastYear; y++ {
			ramp := min(1, max(0, float64(y-2021)/(2040-2021)))
			rows = append(rows, []string{v.name, strconv.Itoa(y), Num(medium(y)*(1+v.change*ramp), 4)})
		}
	}
	return rows
}

// rowsFertilityAge writes the shares of the total rate by age: single years to 2021, then the middle of each five years to 2060.
func (j *japan) rowsFertilityAge() (rows [][]string) {
	var spans [][3]int
	for y := j.start.year; y <= jpBase; y++ {
		spans = append(spans, [3]int{y, y, y})
	}
	spans = append(spans, [3]int{2021, 2024, 2021})
	for y := 2025; y <= 2055; y += 5 {
		spans = append(spans, [3]int{y, y + 4, y + 2})
	}
	spans = append(spans, [3]int{2060, jpLastYear, 2060})
	return j.rowsShares(spans)
}

// rowsShares writes the shares of the total rate by age for spans of years, each with the year whose shares serve it.
func (j *japan) rowsShares(spans [][3]int) (rows [][]string) {
	for _, s := range spans {
		for k, v := range facts.Apportion(1000000, j.asfr[s[2]]) { // shares of exactly one in six decimals
			if k == 8 {
				continue // 50-54: no births in the source
			}
			name := fmt.Sprintf("%d-%d", 10+5*k, 14+5*k)
			rows = append(rows, []string{strconv.Itoa(s[0]), strconv.Itoa(s[1]), name, Num(float64(v)/1e6, 6)})
		}
	}
	return rows
}

func (j *japan) rowsLevels() (rows [][]string) {
	for _, t := range j.towns {
		rows = append(rows, []string{t.code, Num(t.death, 4), Num(t.birth, 4), Num(t.arrival, 9)})
	}
	return rows
}

func (j *japan) rowsMoveAge() (rows [][]string) {
	for sex, name := range []string{"M", "F"} {
		for age, r := range j.moves[sex] {
			rows = append(rows, []string{name, strconv.Itoa(age), Num(r, 6)})
		}
	}
	return rows
}

func (j *japan) rowsMoves() (rows [][]string) {
	for _, t := range j.towns {
		row := []string{t.code}
		for g := range facts.Groups {
			level := 1.0
			if t.expected[g] > 0 {
				level = min(20, t.outBy[g]/t.expected[g])
			}
			row = append(row, Num(level, 4))
		}
		for g := range facts.Groups {
			row = append(row, Num(t.inBy[g], 2))
		}
		rows = append(rows, row)
	}
	return rows
}

func (j *japan) rowsOD() (rows [][]string) {
	for g := range facts.Groups {
		for a, p := range j.prefs {
			for b, q := range j.prefs {
				rows = append(rows, []string{strconv.Itoa(g), p.code, q.code, Num(math.Max(0.01, j.od[g][a][b]), 2)})
			}
		}
	}
	return rows
}

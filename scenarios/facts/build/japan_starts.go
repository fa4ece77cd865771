package build

import (
	"math"
	"path/filepath"
	"slices"
	"strconv"
)

// writeForecast writes the start of 2016 below the folder of the standard tables.
func (j *japan) writeForecast(out string) {
	f := j.forecast()
	if j.faults = append(j.faults, f.faults...); len(j.faults) > 0 {
		return
	}
	put := j.putter(filepath.Join(out, "base", strconv.Itoa(jpForecastBase)))
	put("constants.csv", jpConstantsHeader, j.rowsStart(jpForecastBase, 1.054, "UN WPP 2024, sex ratio at birth of 2015: 1.054 boys a girl"))
	put("places.csv", jpPlacesHeader, j.placesOf(f.japan))
	f.writeMovers(put)
	put("fertility_level.csv", jpLevelHeader, f.rowsFertility())
	put("fertility_age.csv", jpSharesHeader, f.rowsShares([][3]int{{jpForecastCensus, jpLastYear, jpForecastCensus}}))
	put("estimates.csv", estimatesHeader, f.rowsEstimates())
	put("arrivals.csv", jpArrivalsHeader, rowsArrivals([]jpArrivals{{jpForecastBase, jpLastYear, f.net}}))
}

// placesOf are the places of another start: payers of the income levy and their earnings change like the residents aged 20-69, so that earnings per payer are
// those of the standard table; in municipalities that stood evacuated in 2015 they are those of as many residents of the rest of the prefecture. All else is
// as there.
func (j *japan) placesOf(start *japan) [][]string {
	places := *j
	places.towns = slices.Clone(j.towns)
	for _, p := range j.prefs {
		var payers, gross, people float64
		for _, i := range p.towns {
			if t := &places.towns[i]; !t.displaced && !start.towns[i].displaced {
				f := start.towns[i].workers() / j.towns[i].workers()
				t.earners, t.gross = int64(math.Round(float64(t.earners)*f)), int64(math.Round(float64(t.gross)*f))
				payers, gross, people = payers+float64(t.earners), gross+float64(t.gross), people+start.towns[i].workers()
			}
		}
		for _, i := range p.towns {
			if t := &places.towns[i]; t.displaced || start.towns[i].displaced {
				n := math.Floor(start.towns[i].workers() * payers / people)
				t.earners, t.gross = int64(n), int64(math.Round(n*gross/payers))
			}
		}
	}
	return places.rowsPlaces()
}

// workers counts the residents aged 20-69 of the base population.
func (t *jpTown) workers() float64 { return Sum(t.base[0][20:70]) + Sum(t.base[1][20:70]) }

// rowsStart are the constants of another start: its year and the boys born for one girl.
func (j *japan) rowsStart(year int, boys float64, source string) [][]string {
	rows := j.rowsConstants()
	rows[0][1] = strconv.Itoa(year)
	rows[1][1], rows[1][3] = Num(boys/(1+boys), 5), source
	return rows
}

// rowsFertility writes the paths of 2016: medium a straight line from the rate of 2015 to that of 2065, constant after it; low and high part from it by the same
// proportion and in as many years as in the standard table.
func (j *jpForecast) rowsFertility() (rows [][]string) {
	for _, v := range jpVariants {
		for y := jpForecastCensus; y <= jpLastYear; y++ {
			w := min(1, float64(y-jpForecastCensus)/(jpForecastEnd-jpForecastCensus))
			ramp := min(1, float64(y-jpForecastCensus)/jpTFRParts)
			rows = append(rows, []string{v.name, strconv.Itoa(y), Num((jpTFR2015+w*(jpTFR2065-jpTFR2015))*(1+v.change*ramp), 4)})
		}
	}
	return rows
}

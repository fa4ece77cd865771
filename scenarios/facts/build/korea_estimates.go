package build

import (
	"fmt"
	"math"
	"strconv"
)

// krEstimates collects the rows of estimates.csv.
type krEstimates struct{ rows [][]string }

// value adds a fitted number.
func (e *krEstimates) value(group, key string, x float64, decimals int, unit, source string) {
	e.rows = append(e.rows, []string{group, key, Num(x, decimals), unit, "", source})
}

// target adds a published figure a group was fitted to and what the fit gives.
func (e *krEstimates) target(group, key string, published, fitted float64, decimals int, unit, source string) {
	e.rows = append(e.rows, []string{group, "target: " + key, Num(published, decimals), unit, Num(fitted/published-1, 5), source})
}

// rowsEstimates are the fitted numbers of the standard tables with what they were fitted to.
func (k *korea) rowsEstimates() [][]string {
	e := &krEstimates{}
	k.scheduleEstimates(e)
	k.gravityEstimates(e)
	k.abroadEstimates(e)
	k.lifeEstimates(e)
	k.windowEstimates(e)
	return e.rows
}

func (k *korea) scheduleEstimates(e *krEstimates) {
	const group, own = "rogers-castro", "fitted"
	const model = "facts.csv M04, M05 (model schedules), held"
	e.value(group, "a1", k.shape[0]/3, 5, "moves per person and year, before scaling", "held at a2/3")
	e.value(group, "alpha1", 0.1, 2, "per year of age", model)
	e.value(group, "a2", k.shape[0], 5, "moves per person and year, before scaling", own)
	e.value(group, "alpha2", k.shape[1], 5, "per year of age", own)
	e.value(group, "mu2", 24, 0, "years of age", model)
	e.value(group, "lambda2", 0.4, 1, "per year of age", model)
	e.value(group, "c", k.shape[2], 5, "moves per person and year, before scaling", own)
	e.value(group, "scale", k.rate[30]/krSchedule(k.shape, 30.5), 5, "ratio", "moves between towns of od.csv over those of the schedule")
	pop := k.nation2024()
	for _, m := range k.mobility() {
		ages := m.name
		if ages != "total" {
			ages = fmt.Sprintf("%d-%d", m.first, m.after-1)
		}
		e.target(group, ages, m.rate, m.fitted(k.shape, &pop), 4, "moves per person and year", "KOSTAT internal migration 2024 (migration_rates.csv)")
	}
}

func (k *korea) gravityEstimates(e *krEstimates) {
	g, err := k.gravity()
	if err != nil {
		k.errs = append(k.errs, err)
		return
	}
	const source = "migration_sido_od.csv, mean of 2022-2024, 272 pairs"
	for _, t := range g.Terms {
		e.value("gravity", t.Name, t.Value, 4, "elasticity", source)
		e.value("gravity", t.Name+", standard error", t.StdError, 4, "elasticity", "robust")
	}
	e.value("gravity", "deviance explained", g.Deviance, 4, "share", source)
	for _, y := range g.ByYear {
		for _, t := range y.Terms[1:] {
			e.value("gravity "+strconv.Itoa(y.Years[0]), t.Name, t.Value, 4, "elasticity", "migration_sido_od.csv")
		}
	}
	// Estimates of others, to compare with; not fitted to.
	e.target("gravity", "origin population, 2019 (K83)", 0.74, g.Terms[1].Value, 2, "elasticity", "facts.csv K83; compared, not fitted to")
	e.target("gravity", "destination population, 2019 (K83)", 0.66, g.Terms[2].Value, 2, "elasticity", "facts.csv K83; compared, not fitted to")
	e.target("gravity", "distance, 2019, fixed effects (K82)", -0.84, g.Terms[3].Value, 2, "elasticity", "facts.csv K82; compared, not fitted to")
}

func (k *korea) abroadEstimates(e *krEstimates) {
	const group = "net immigration"
	e.value(group, "2022", krNet2022, 0, "persons a year", "KOSTAT 2022-based medium (donga.com 122627432)")
	e.value(group, "2072", krNet2072, 0, "persons a year", "KOSTAT 2022-based medium (donga.com 122627432)")
	e.value(group, "tau", k.abroad.tau, 2, "years", "fitted")
	for _, g := range k.abroad.residuals {
		e.target(group, strconv.Itoa(g.year), g.official, g.got, 5, "population over that of 2023", "projection_national.csv")
	}
}

func (k *korea) lifeEstimates(e *krEstimates) {
	const group = "mortality"
	e.value(group, "level 2023", k.level, 5, "deaths counted over expected", "vital_sido.csv, life table, registers")
	last := k.life[len(k.life)-1]
	for sex, name := range []string{"men", "women"} {
		e.value(group, "factor 2072, "+name, k.factor[sex], 5, "ratio to WPP 2024", "fitted")
		e.value(group, "factor a year, "+name, math.Pow(k.factor[sex], 1/(krLastYear+0.5-krCentre)), 6, "ratio to WPP 2024", "fitted")
		e.target(group, "life expectancy 2072, "+name, krExpectancy[sex], k.expectancy(last.mx[sex], 1), 1, "years", "KOSTAT 2022-based medium (press)")
		_, mx := k.rates(krBase, sex)
		e.target(group, "life expectancy 2023, "+name, []float64{80.6, 86.4}[sex], k.expectancy(mx, 1), 1, "years",
			"life_table_2023_summary.csv; compared, not fitted to")
	}
}

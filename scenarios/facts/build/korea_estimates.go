package build

import (
	"fmt"
	"math"
	"strconv"
)

// rowsEstimates are the fitted numbers of the standard tables with what they were fitted to.
func (k *korea) rowsEstimates() [][]string {
	e := &estimates{}
	k.scheduleEstimates(e)
	k.gravityEstimates(e)
	k.abroadEstimates(e)
	k.lifeEstimates(e)
	k.windowEstimates(e)
	k.fiscalEstimates(e)
	return e.rows
}

func (k *korea) scheduleEstimates(e *estimates) {
	const group = "rogers-castro"
	e.parameters(k.shape.Schedule, k.shape.Free, "moves per person and year, before scaling")
	e.value(group, "scale", k.rate[30]/k.shape.At(30.5), "ratio", "moves between towns of od.csv over those of the schedule")
	for i, m := range k.mobility() {
		ages := m.Name
		if ages != "total" {
			ages = fmt.Sprintf("%d-%d", m.First, m.After-1)
		}
		e.target(group, ages, m.Rate, "moves per person and year", k.shape.Residual[i], "KOSTAT internal migration 2024 (migration_rates.csv)")
	}
}

func (k *korea) gravityEstimates(e *estimates) {
	g, err := k.gravity()
	if err != nil {
		k.errs = append(k.errs, err)
		return
	}
	const source = "migration_sido_od.csv, mean of 2022-2024, 272 pairs"
	for _, t := range g.Terms {
		e.value("gravity", t.Name, t.Value, "elasticity", source)
		e.value("gravity", t.Name+", standard error", t.StdError, "elasticity", "robust")
	}
	e.value("gravity", "deviance explained", g.Deviance, "share", source)
	for _, y := range g.ByYear {
		for _, t := range y.Terms[1:] {
			e.value("gravity "+strconv.Itoa(y.Years[0]), t.Name, t.Value, "elasticity", "migration_sido_od.csv")
		}
	}
	// Estimates of others, to compare with; not fitted to.
	e.target("gravity", "origin population, 2019 (K83)", 0.74, "elasticity", g.Terms[1].Value/0.74-1, "facts.csv K83; compared, not fitted to")
	e.target("gravity", "destination population, 2019 (K83)", 0.66, "elasticity", g.Terms[2].Value/0.66-1, "facts.csv K83; compared, not fitted to")
	e.target("gravity", "distance, 2019, fixed effects (K82)", -0.84, "elasticity", g.Terms[3].Value/-0.84-1, "facts.csv K82; compared, not fitted to")
}

func (k *korea) abroadEstimates(e *estimates) {
	const group = "net immigration"
	e.value(group, "2022", krNet2022, "persons a year", "KOSTAT 2022-based medium (donga.com 122627432)")
	e.value(group, "2072", krNet2072, "persons a year", "KOSTAT 2022-based medium (donga.com 122627432)")
	e.value(group, "tau", k.abroad.tau, "years", "fitted")
	for _, g := range k.abroad.residuals {
		e.target(group, strconv.Itoa(g.year), g.official, "population over that of 2023", g.got/g.official-1, "projection_national.csv")
	}
}

func (k *korea) lifeEstimates(e *estimates) {
	const group = "mortality"
	e.value(group, "level 2023", k.level, "deaths counted over expected", "vital_sido.csv, life table, registers")
	last := k.life[len(k.life)-1]
	for sex, name := range []string{"men", "women"} {
		e.value(group, "factor 2072, "+name, k.factor[sex], "ratio to WPP 2024", "fitted")
		e.value(group, "factor a year, "+name, math.Pow(k.factor[sex], 1/(krLastYear+0.5-krCentre)), "ratio to WPP 2024", "fitted")
		e.target(group, "life expectancy 2072, "+name, krExpectancy[sex], "years", k.expectancy(last.mx[sex], 1)/krExpectancy[sex]-1, "KOSTAT 2022-based medium (press)")
		_, mx := k.rates(krBase, sex)
		e.target(group, "life expectancy 2023, "+name, []float64{80.6, 86.4}[sex], "years", k.expectancy(mx, 1)/[]float64{80.6, 86.4}[sex]-1,
			"life_table_2023_summary.csv; compared, not fitted to")
	}
}

package build

import (
	"math"
	"strconv"
)

// fiscalHeader is the heading of fiscal.csv.
const fiscalHeader = "code,earned_tax,other_own,need,capacity,revenue"

// accountsHeader is the heading of accounts_town.csv.
const accountsHeader = "code,year,costs,municipal_relief,provincial_relief,observed"

// body is one government's finances at the start, in whole won or yen a year, and the residents it looks after.
type body struct {
	code      string
	localTax  int64
	earned    int64 // of it: levied on residents' earnings
	own       int64 // own revenue beside tax
	need      int64 // standard fiscal need (기준재정수요액, 基準財政需要額)
	capacity  int64 // standard fiscal capacity (기준재정수입액, 基準財政収入額)
	revenue   int64 // all revenue without donations
	receiving bool
	fitted    bool       // its need tells the regression
	people    [3]float64 // residents aged 0-14, 15-64, 65 and over
}

// allocation is the ordinary allocation tax of the start: what capacity lacks of need, where the law gives it.
func (b *body) allocation() int64 {
	if !b.receiving {
		return 0
	}
	return max(b.need-b.capacity, 0)
}

func (b *body) residents() float64 { return b.people[0] + b.people[1] + b.people[2] }

// traits are what need per resident is fitted on.
func (b *body) traits() []float64 {
	n := b.residents()
	size := math.Log(n)
	return []float64{1, size, float64(size * size), b.people[2] / n, b.people[0] / n}
}

// row is the government's line of fiscal.csv.
func (b *body) row() []string {
	text := func(n int64) string { return strconv.FormatInt(n, 10) }
	return []string{b.code, text(b.earned), text(b.own), text(b.need), text(b.capacity), text(b.revenue)}
}

// fiscalRows are the lines of fiscal.csv.
func fiscalRows(bodies []body) (rows [][]string) {
	for i := range bodies {
		rows = append(rows, bodies[i].row())
	}
	return rows
}

// broad adds five-year ages of both sexes to 0-14, 15-64, 65 and over.
func broad(male, female []int64) (out [3]float64) {
	for _, fives := range [2][]int64{male, female} {
		for k, n := range fives {
			switch {
			case 5*k < 15:
				out[0] += float64(n)
			case 5*k < 65:
				out[1] += float64(n)
			default:
				out[2] += float64(n)
			}
		}
	}
	return out
}

// needFit is the cross-section that tells how need follows size and age: log need per resident by least squares.
type needFit struct {
	coefficients []float64
	bodies       int
	r2, spread   float64 // share explained; standard deviation of the residuals, log points
}

// fitNeed fits need per resident over the bodies that tell it, on the first traits given.
func fitNeed(bodies []body, traits int) (needFit, error) {
	var rows [][]float64
	var logs []float64
	for i := range bodies {
		if b := &bodies[i]; b.fitted {
			rows, logs = append(rows, b.traits()[:traits]), append(logs, math.Log(float64(b.need)/b.residents()))
		}
	}
	c, err := leastSquares(rows, logs)
	if err != nil {
		return needFit{}, err
	}
	left := 0.0
	for k, row := range rows {
		e := logs[k] - product(c, row)
		left += float64(e * e)
	}
	return needFit{coefficients: c, bodies: len(rows), r2: explained(rows, logs, c), spread: math.Sqrt(left / float64(len(rows)-traits))}, nil
}

// of is the need that the fit gives a body.
func (f needFit) of(b *body) float64 {
	return math.Exp(product(f.coefficients, b.traits()[:len(f.coefficients)])) * b.residents()
}

// need adds a fit under a name, with how well it describes the bodies.
func (e *estimates) need(group string, f needFit, what string) {
	for k, name := range []string{"constant", "log residents", "log residents squared", "share 65 and over", "share 0-14"}[:len(f.coefficients)] {
		e.value(group, name, f.coefficients[k], "log need per resident", "least squares on "+strconv.Itoa(f.bodies)+" "+what)
	}
	e.value(group, "R2", f.r2, "share", "of the variance of log need per resident")
	e.value(group, "residual", f.spread, "log points", "standard deviation; every body keeps its own")
}

package build

import (
	"errors"
	"math"
)

// jpWardCity is the least population (census 2020) of the cities without administrative wards that the gross rate is fitted on.
const jpWardCity = 100000

// betweenWards gives, by municipality, the share of its in- and out-moves that are moves between wards of the same city; zero except in the 20 designated
// cities. The migration report counts their wards as municipalities, here a city is one place, and the reference has no table by ward.
//
// Judgement: without these moves a designated city has the gross rate (mean of in- and out-moves per resident) that log-linear least squares give for it from
// the cities without wards of 100,000 and more: on the share of residents aged 20-34 and on the prefecture's rate of moves to and from other prefectures.
// Population is left out: it explains nothing among these cities (R2 0.001), and the largest has a sixth of the people of Yokohama, far outside the fit.
func (j *japan) betweenWards() []float64 {
	var rows [][]float64
	var logs []float64
	for i := range j.towns {
		if t := &j.towns[i]; t.class == "city" && jpSum(t.census) >= jpWardCity {
			rows, logs = append(rows, j.wardTraits(t)), append(logs, math.Log(j.mobility(t)))
		}
	}
	b, err := leastSquares(rows, logs)
	if err != nil {
		j.fault("moves between wards: %w", err)
		return make([]float64, len(j.towns))
	}
	j.wardFit = jpWardFit{coefficients: b, cities: len(logs), r2: explained(rows, logs, b)}
	share := make([]float64, len(j.towns))
	for i := range j.towns {
		if t := &j.towns[i]; t.class == "designated" {
			share[i] = max(0, 1-math.Exp(product(b, j.wardTraits(t)))/j.mobility(t))
		}
	}
	return share
}

// jpWardFit is the regression that tells the gross rate of a city: on one, the log share aged 20-34 and the log rate of moves between prefectures.
type jpWardFit struct {
	coefficients []float64
	cities       int
	r2           float64
}

func product(a, b []float64) (sum float64) {
	for k := range a {
		sum += float64(a[k] * b[k])
	}
	return sum
}

// explained is the share of the variance of y that b explains (R2).
func explained(rows [][]float64, y, b []float64) float64 {
	mean := Sum(y) / float64(len(y))
	var left, all float64
	for k, row := range rows {
		e, d := y[k]-product(b, row), y[k]-mean
		left += float64(e * e)
		all += float64(d * d)
	}
	return 1 - left/all
}

// mobility is the mean of in- and out-moves of Japanese nationals a year per resident.
func (j *japan) mobility(t *jpTown) float64 {
	in, out := j.moved(t)
	return (in + out) / 2 / jpSum(t.census)
}

// wardTraits are what the gross rate of a city is fitted on: one, the log share of residents aged 20-34, and the log rate of moves between prefectures.
func (j *japan) wardTraits(t *jpTown) []float64 {
	var young float64
	for sex := range t.census {
		young += Sum(t.census[sex][4:7])
	}
	p := &j.prefs[t.pref]
	return []float64{1, math.Log(young / jpSum(t.census)), math.Log((p.in + p.out) / 2 / p.population)}
}

// leastSquares solves the normal equations of y on the columns of x by elimination with pivots; it fails when they are singular.
func leastSquares(x [][]float64, y []float64) ([]float64, error) {
	if len(x) == 0 || len(x) != len(y) {
		return nil, errors.New("least squares: no rows, or not one value a row")
	}
	n := len(x[0])
	a := make([][]float64, n)
	for r := range a {
		a[r] = make([]float64, n+1)
		for k, row := range x {
			for c := range n {
				a[r][c] += float64(row[r] * row[c])
			}
			a[r][n] += float64(row[r] * y[k])
		}
	}
	for c := range n {
		best := c
		for r := c + 1; r < n; r++ {
			if math.Abs(a[r][c]) > math.Abs(a[best][c]) {
				best = r
			}
		}
		a[c], a[best] = a[best], a[c]
		if math.Abs(a[c][c]) < 1e-9 {
			return nil, errors.New("least squares: singular")
		}
		for r := range n {
			if f := a[r][c] / a[c][c]; r != c {
				for k := c; k <= n; k++ {
					a[r][k] -= float64(f * a[c][k])
				}
			}
		}
	}
	b := make([]float64, n)
	for r := range b {
		b[r] = a[r][n] / a[r][r]
	}
	return b, nil
}

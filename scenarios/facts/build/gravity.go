package build

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"

	"gonum.org/v1/gonum/mat"
)

// Gravity is a gravity model of moves between provinces: log E[m_ij] = constant + origin ln pop_i + destination ln pop_j + distance ln dist_ij, i and j different,
// fitted by Poisson pseudo-maximum likelihood (Santos Silva and Tenreyro, Review of Economics and Statistics 88(4), 2006) with robust standard errors.
type Gravity struct {
	Terms    []GravityTerm // constant, origin, destination, distance
	Deviance float64       // share of the Poisson deviance explained, 0 to 1
	Years    [2]int        // of the table of moves (its mean)
	ByYear   []Gravity     // the same fit on the table of every year 2015-2024, for stability; without ByYear of their own
}

// GravityTerm is one coefficient.
type GravityTerm struct {
	Name            string
	Value, StdError float64 // robust (sandwich), scaled by n/(n-k)
}

// Flow is one cell of a table of moves with what it is explained by, in logarithms.
type Flow struct{ Movers, Origin, Destination, Distance float64 }

// gravityNames are the terms in order.
var gravityNames = [4]string{"constant", "origin population", "destination population", "distance"}

// Distance is the elasticity of moves to distance.
func (g Gravity) Distance() float64 { return g.Terms[3].Value }

// FitGravity fits the model by iteratively reweighted least squares. It fails where the cells do not tell the terms apart.
func FitGravity(flows []Flow) (Gravity, error) {
	n, k := len(flows), len(gravityNames)
	if n <= k {
		return Gravity{}, fmt.Errorf("gravity: got %d flows, want more than %d", n, k)
	}
	var mean float64
	x, y := mat.NewDense(n, k, nil), make([]float64, n)
	for r, f := range flows {
		x.SetRow(r, []float64{1, f.Origin, f.Destination, f.Distance})
		y[r] = f.Movers
		mean += f.Movers / float64(n)
	}
	mu := make([]float64, n)
	for r := range mu {
		mu[r] = (y[r] + mean) / 2 // the usual start: no zero, near the data
	}
	beta := mat.NewVecDense(k, nil)
	for range 100 {
		information, score := mat.NewDense(k, k, nil), mat.NewVecDense(k, nil)
		for r := range n {
			row := x.RowView(r)
			information.RankOne(information, mu[r], row, row)
			score.AddScaledVec(score, mu[r]*math.Log(mu[r])+y[r]-mu[r], row)
		}
		var next mat.VecDense
		if err := next.SolveVec(information, score); err != nil {
			return Gravity{}, fmt.Errorf("gravity: %w", err)
		}
		var step mat.VecDense
		step.SubVec(&next, beta)
		beta.CopyVec(&next)
		for r := range mu {
			mu[r] = math.Exp(mat.Dot(x.RowView(r), beta))
		}
		if mat.Norm(&step, 2) < 1e-10 {
			return gravityOf(x, y, mu, beta, mean)
		}
	}
	return Gravity{}, errors.New("gravity: no convergence in 100 rounds")
}

// gravityOf adds the standard errors and the fit to the coefficients.
func gravityOf(x *mat.Dense, y, mu []float64, beta *mat.VecDense, mean float64) (Gravity, error) {
	n, k := x.Dims()
	bread, meat := mat.NewDense(k, k, nil), mat.NewDense(k, k, nil)
	var deviance, null float64
	for r := range n {
		row := x.RowView(r)
		e := y[r] - mu[r]
		bread.RankOne(bread, mu[r], row, row)
		meat.RankOne(meat, e*e, row, row)
		deviance += poissonDeviance(y[r], mu[r])
		null += poissonDeviance(y[r], mean)
	}
	var inverse, half, cov mat.Dense
	if err := inverse.Inverse(bread); err != nil {
		return Gravity{}, fmt.Errorf("gravity: %w", err)
	}
	half.Mul(&inverse, meat)
	cov.Mul(&half, &inverse)
	g := Gravity{Deviance: 1 - deviance/null}
	for i, name := range gravityNames {
		g.Terms = append(g.Terms, GravityTerm{Name: name, Value: beta.AtVec(i), StdError: math.Sqrt(cov.At(i, i) * float64(n) / float64(n-k))})
	}
	return g, nil
}

func poissonDeviance(y, mu float64) float64 {
	if y == 0 {
		return 2 * mu
	}
	return 2 * (y*math.Log(y/mu) - (y - mu))
}

// KoreaGravity fits the model to the table of moves between the 17 provinces: the mean of the years of the standard tables, and every year from 2015 on. Populations
// are all registered at the ends of the year before and the year (their mean), distances those between the provinces' centres of residents. Whether provinces
// touch is not in the reference and not in the model.
func KoreaGravity(reference string) (Gravity, error) {
	k := &korea{start: krStandard, dir: filepath.Join(reference, "kr"), town: map[string]int{}, province: map[string]int{}}
	for _, step := range []func(){k.readPlaces, k.readPopulation, k.readRegistered, k.readLife, k.readMoves, k.startPopulation} {
		if step(); k.err() != nil {
			return Gravity{}, k.err()
		}
	}
	return k.gravity()
}

func (k *korea) gravity() (Gravity, error) {
	all, err := FitGravity(k.flows(k.start.moves[0], k.start.moves[1]))
	if err != nil {
		return all, err
	}
	all.Years = k.start.moves
	for y := krFirstVital; y <= krLastVital; y++ {
		g, err := FitGravity(k.flows(y, y))
		if err != nil {
			return all, err
		}
		g.Years = [2]int{y, y}
		all.ByYear = append(all.ByYear, g)
	}
	return all, nil
}

// flows are the mean moves of some years between every two provinces.
func (k *korea) flows(first, last int) (out []Flow) {
	years := float64(last - first + 1)
	size := make([]float64, len(k.provinces))
	for j, p := range k.provinces {
		for y := first; y <= last; y++ {
			for sex := range 2 {
				size[j] += float64(p.registered[y-1][sex]+p.registered[y][sex]) / 2 / years
			}
		}
	}
	for i := range k.provinces {
		for j := range k.provinces {
			if i == j {
				continue
			}
			var movers float64
			for y := first; y <= last; y++ {
				movers += k.yearly[y][i][j] / years
			}
			out = append(out, Flow{movers, math.Log(size[i]), math.Log(size[j]), math.Log(k.distance(i, j))})
		}
	}
	return out
}

// distance is the great circle between the centres of two provinces, km.
func (k *korea) distance(i, j int) float64 {
	const radius, degree = 6371.0, math.Pi / 180
	a, b := k.centre(i), k.centre(j)
	h := math.Pow(math.Sin((b[1]-a[1])/2*degree), 2) +
		math.Cos(a[1]*degree)*math.Cos(b[1]*degree)*math.Pow(math.Sin((b[0]-a[0])/2*degree), 2)
	return 2 * radius * math.Asin(math.Sqrt(h))
}

// centre is the mean longitude and latitude of a province's towns, weighted by residents.
func (k *korea) centre(j int) (at [2]float64) {
	var n float64
	for _, i := range k.provinces[j].towns {
		w := krSum(k.towns[i].people)
		at[0], at[1], n = at[0]+w*k.towns[i].lon, at[1]+w*k.towns[i].lat, n+w
	}
	return [2]float64{at[0] / n, at[1] / n}
}

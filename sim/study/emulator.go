package study

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
)

// Emulator is a fast stand-in for one output of a model: a Gaussian process over the unit cube with a linear mean,
//
//	y(x) = b0 + sum b(j) x(j) + z(x) + noise
//	cov(z(x), z(x')) = s2 exp(-1/2 sum ((x(j) - x'(j)) / length(j))^2)
//	var(noise) = s2 nugget
//
// with b integrated out under a flat prior, s2 at its posterior mean, lengths and nugget where their marginal likelihood is highest (Haylock, O'Hagan 1996;
// Andrianakis, Challenor 2012, Comput. Stat. Data Anal. 56; Rasmussen, Williams 2006, ch. 2 and 5). The noise is the model's Monte Carlo variation, taken as
// equal everywhere. The linear algebra is gonum's, whose last digits differ between kinds of processor (not between runs on one).
type Emulator struct {
	space  Space
	gp     *process
	fit    *solution
	shift  float64 // outputs are standardised: (y - shift) / unit
	unit   float64
	s2     float64 // in standardised units
	lower  blas64.Triangular
	spread *mat.Cholesky // of H'A^-1H
}

// Emulate fits an emulator to the outputs of runs, one number each, at points of the space. It needs at least four runs more than parameters; ten times as many
// as parameters is the usual number (Loeppky, Sacks, Welch 2009, Technometrics 51).
func Emulate(space Space, points [][]float64, outputs []float64) (*Emulator, error) {
	if err := space.Check(); err != nil {
		return nil, err
	}
	if len(points) != len(outputs) {
		return nil, fmt.Errorf("%d points but %d outputs", len(points), len(outputs))
	}
	if least := len(space) + 4; len(points) < least {
		return nil, fmt.Errorf("%d runs are too few to emulate %d parameters: at least %d", len(points), len(space), least)
	}
	for i, y := range outputs {
		if math.IsNaN(y) || math.IsInf(y, 0) {
			return nil, fmt.Errorf("run %d has output %g, which cannot be emulated", i, y)
		}
	}
	e := &Emulator{space: space}
	e.shift, e.unit = moments(outputs)
	if !(e.unit > 0) {
		e.unit = 1
	}
	standard := make([]float64, len(outputs))
	for i, y := range outputs {
		standard[i] = (y - e.shift) / e.unit
	}
	e.gp = newProcess(space.places(points), standard)
	if e.fit = e.gp.best(); e.fit == nil {
		return nil, fmt.Errorf("no length scales give a valid covariance; are all points the same?")
	}
	e.settle()
	return e, nil
}

// EmulateAll fits one emulator to each output, outputs[run][output], workers at a time.
func EmulateAll(ctx context.Context, space Space, points [][]float64, outputs [][]float64, workers int) ([]*Emulator, error) {
	if len(outputs) == 0 {
		return nil, fmt.Errorf("no runs to emulate")
	}
	for i, o := range outputs {
		if len(o) != len(outputs[0]) {
			return nil, fmt.Errorf("run %d has %d outputs, run 0 has %d", i, len(o), len(outputs[0]))
		}
	}
	all := make([]*Emulator, len(outputs[0]))
	err := each(ctx, len(all), workers, func(_ context.Context, j int) error {
		e, err := Emulate(space, points, Column(outputs, j))
		if err != nil {
			return fmt.Errorf("output %d: %w", j, err)
		}
		all[j] = e
		return nil
	})
	return all, err
}

// settle derives what predictions need from the fit.
func (e *Emulator) settle() {
	e.s2 = e.fit.squares / float64(e.gp.n-e.gp.q-2)
	var l mat.TriDense
	e.fit.chol.LTo(&l)
	e.lower = l.RawTriangular()
	e.spread = &e.fit.gls
}

// Predict is the mean of the output at a point, and the variance of that mean: how little the emulator knows. The variation of single runs around it is Noise.
func (e *Emulator) Predict(point []float64) (mean, variance float64) {
	g := e.glance(e.space.Place(point))
	return g.mean, e.variance(g)
}

// glimpse is a prediction before the costly part, the triangular solve for the variance.
type glimpse struct {
	mean    float64
	most    float64   // upper bound of the variance: what it would be if the runs said nothing of the process here
	near    []float64 // correlations with the runs
	unknown float64   // variance from the coefficients of the mean, over s2
}

// glance predicts at a place without the solve.
func (e *Emulator) glance(place []float64) glimpse {
	gp, fit := e.gp, e.fit
	near, c := make([]float64, gp.n), make([]float64, gp.q)
	beta, weights, solved := fit.beta.RawVector().Data, fit.weights.RawVector().Data, fit.solved.RawMatrix()
	c[0] = 1
	mean := beta[0]
	for j, x := range place {
		c[j+1] = x
		mean += float64(x * beta[j+1])
	}
	for i := range near {
		r := gp.correlation(place, gp.x[i], fit.theta)
		near[i] = r
		mean += float64(r * weights[i])
		for k, s := range solved.Data[i*solved.Stride : i*solved.Stride+gp.q] {
			c[k] -= float64(r * s)
		}
	}
	var b mat.VecDense
	if err := e.spread.SolveVecTo(&b, mat.NewVecDense(gp.q, c)); err != nil && !tolerable(err) {
		panic("study: a factorised design has no solution: " + err.Error())
	}
	unknown := 0.0
	for k := range c {
		unknown += float64(c[k] * b.AtVec(k))
	}
	g := glimpse{mean: e.shift + float64(e.unit*mean), near: near, unknown: max(unknown, 0)}
	g.most = e.unit * e.unit * e.s2 * (1 + g.unknown)
	return g
}

// variance completes a glimpse, once.
func (e *Emulator) variance(g glimpse) float64 {
	blas64.Trsv(blas.NoTrans, e.lower, blas64.Vector{N: len(g.near), Data: g.near, Inc: 1})
	known := 0.0
	for _, v := range g.near {
		known += float64(v * v)
	}
	return e.unit * e.unit * e.s2 * (max(1-known, 0) + g.unknown)
}

// Noise is the variance of single runs around their mean, estimated by the nugget.
func (e *Emulator) Noise() float64 { return float64(e.unit * e.unit * e.s2 * e.fit.theta.nugget) }

// Lengths are the fitted length scales by parameter, as shares of the range: a parameter with a length above 1 acts nearly linearly or not at all.
func (e *Emulator) Lengths() []float64 { return append([]float64(nil), e.fit.theta.lengths...) }

// LeftOut compares each run with what the emulator says of it without it.
type LeftOut struct {
	Mean, SD []float64 // prediction of the run by all others, noise included
	Standard []float64 // (output - Mean) / SD: about a standard normal if the emulator can be trusted
	Outside  float64   // share of |Standard| above 3: about 0.003 to 0.05 in a good emulator
	Explains float64   // 1 - sum of squared residuals / sum of squared deviations from the mean of the outputs; 1 = perfect (Q2)
}

// LeaveOneOut checks the emulator with hyperparameters held fixed (Dubrule 1983, Math. Geol. 15).
func (e *Emulator) LeaveOneOut() LeftOut {
	n := e.gp.n
	c := LeftOut{Mean: make([]float64, n), SD: make([]float64, n), Standard: make([]float64, n)}
	p := e.fit.projection()
	far, missed, all := 0, 0.0, 0.0
	for i := range n {
		y := e.gp.y.AtVec(i)
		r := e.fit.weights.AtVec(i) / p.At(i, i)
		sd := math.Sqrt(e.s2 / p.At(i, i))
		c.Mean[i], c.SD[i] = e.shift+float64(e.unit*(y-r)), e.unit*sd
		if sd > 0 {
			c.Standard[i] = r / sd
		}
		if math.Abs(c.Standard[i]) > 3 {
			far++
		}
		missed, all = missed+float64(r*r), all+float64(y*y)
	}
	c.Outside, c.Explains = float64(far)/float64(n), 1-missed/all
	return c
}

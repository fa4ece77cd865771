package study

import (
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

// Bounds of the hyperparameters. Lengths are shares of a parameter's range; the nugget is the noise variance over that of the process, never zero so that the
// covariance stays invertible.
const (
	shortest, longest = 0.05, 10.0
	leastNoise        = 1e-8
	mostNoise         = 100.0
)

// leastSquares keeps the variance of an output that the linear mean explains fully above zero (standardised units).
const leastSquares = 1e-14

// theta are the hyperparameters.
type theta struct {
	lengths []float64
	nugget  float64
}

// process holds the runs an emulator is fitted to: places x, standardised outputs y and the rows h = (1, x) of the mean.
type process struct {
	n, d, q int
	x       [][]float64
	y       *mat.VecDense
	h       *mat.Dense
}

func newProcess(places [][]float64, y []float64) *process {
	n, d := len(places), len(places[0])
	p := &process{n: n, d: d, q: d + 1, x: places, y: mat.NewVecDense(n, y), h: mat.NewDense(n, d+1, nil)}
	for i, x := range places {
		p.h.Set(i, 0, 1)
		for j, v := range x {
			p.h.Set(i, j+1, v)
		}
	}
	return p
}

// correlation of the process at two places.
func (p *process) correlation(a, b []float64, at theta) float64 {
	s := 0.0
	for j, l := range at.lengths {
		r := (a[j] - b[j]) / l
		s += float64(r * r)
	}
	return math.Exp(-s / 2)
}

// solution is everything that follows from hyperparameters. With A the correlations plus nugget and H the rows of the mean:
type solution struct {
	theta   theta
	r       *mat.SymDense // correlations without nugget
	chol    mat.Cholesky  // of A
	gls     mat.Cholesky  // of H'A^-1H
	solved  *mat.Dense    // A^-1 H
	beta    *mat.VecDense // coefficients of the mean, generalised least squares
	weights *mat.VecDense // A^-1 (y - H beta)
	squares float64       // (y - H beta)' A^-1 (y - H beta)
	loss    float64       // minus the log marginal likelihood, constants left out
}

// tolerable says whether gonum only warned that a matrix is near singular.
func tolerable(err error) bool {
	var c mat.Condition
	return errors.As(err, &c) && !math.IsInf(float64(c), 0)
}

// solve computes the solution, nil if A is not positive definite to working precision.
func (p *process) solve(at theta) *solution {
	s := &solution{theta: at, r: mat.NewSymDense(p.n, nil), solved: &mat.Dense{}, beta: &mat.VecDense{}, weights: &mat.VecDense{}}
	a := mat.NewSymDense(p.n, nil)
	for i := range p.n {
		s.r.SetSym(i, i, 1)
		a.SetSym(i, i, 1+at.nugget)
		for k := range i {
			c := p.correlation(p.x[i], p.x[k], at)
			s.r.SetSym(i, k, c)
			a.SetSym(i, k, c)
		}
	}
	if !s.chol.Factorize(a) {
		return nil
	}
	if err := s.chol.SolveTo(s.solved, p.h); err != nil && !tolerable(err) {
		return nil
	}
	var full mat.Dense
	full.Mul(p.h.T(), s.solved)
	g := mat.NewSymDense(p.q, nil)
	for i := range p.q {
		for k := range i + 1 {
			g.SetSym(i, k, (full.At(i, k)+full.At(k, i))/2)
		}
	}
	if !s.gls.Factorize(g) {
		return nil
	}
	var hy, rest mat.VecDense
	hy.MulVec(s.solved.T(), p.y)
	if err := s.gls.SolveVecTo(s.beta, &hy); err != nil && !tolerable(err) {
		return nil
	}
	rest.MulVec(p.h, s.beta)
	rest.SubVec(p.y, &rest)
	if err := s.chol.SolveVecTo(s.weights, &rest); err != nil && !tolerable(err) {
		return nil
	}
	s.squares = max(mat.Dot(&rest, s.weights), leastSquares)
	s.loss = float64(p.n-p.q)/2*math.Log(s.squares) + s.chol.LogDet()/2 + s.gls.LogDet()/2
	return s
}

// projection is A^-1 - A^-1 H (H'A^-1H)^-1 H'A^-1, the inverse covariance once the mean is integrated out.
func (s *solution) projection() *mat.Dense {
	var inverse mat.SymDense
	if err := s.chol.InverseTo(&inverse); err != nil && !tolerable(err) {
		panic("study: a factorised covariance has no inverse: " + err.Error())
	}
	var g, p mat.Dense
	if err := s.gls.SolveTo(&g, s.solved.T()); err != nil && !tolerable(err) {
		panic("study: a factorised design has no inverse: " + err.Error())
	}
	p.Mul(s.solved, &g)
	p.Sub(&inverse, &p)
	return &p
}

// slope is the gradient of the loss over the logarithms of lengths and nugget: with P the projection and w = P y,
// d loss = 1/2 sum (P - (n-q)/squares w w')(i,k) dA(i,k).
func (p *process) slope(s *solution) []float64 {
	grad := make([]float64, p.d+1)
	proj, per := s.projection(), float64(p.n-p.q)/s.squares
	for i := range p.n {
		wi, row := s.weights.AtVec(i), proj.RawRowView(i)
		grad[p.d] += (row[i] - per*wi*wi) * s.theta.nugget / 2
		for k := range i {
			c := (row[k] - per*wi*s.weights.AtVec(k)) * s.r.At(i, k)
			for j, l := range s.theta.lengths {
				r := (p.x[i][j] - p.x[k][j]) / l
				grad[j] += c * r * r
			}
		}
	}
	return grad
}

// at reads hyperparameters from unbounded coordinates.
func (p *process) at(u []float64) (theta, []float64) {
	t, slopes := theta{lengths: make([]float64, p.d)}, make([]float64, p.d+1)
	for j := range p.d {
		t.lengths[j], slopes[j] = bounded(u[j], shortest, longest)
	}
	t.nugget, slopes[p.d] = bounded(u[p.d], leastNoise, mostNoise)
	return t, slopes
}

// best maximises the marginal likelihood from three fixed starts (rough, smooth, noisy) with L-BFGS; nil if no start is valid.
func (p *process) best() *solution {
	var best *solution
	for _, start := range [][2]float64{{0.3, 1e-4}, {1.2, 1e-3}, {0.8, 0.3}} {
		u := make([]float64, p.d+1)
		for j := range p.d {
			u[j] = unbounded(start[0], shortest, longest)
		}
		u[p.d] = unbounded(start[1], leastNoise, mostNoise)
		if s := p.descend(u); s != nil && (best == nil || s.loss < best.loss) {
			best = s
		}
	}
	return best
}

// descend follows the likelihood upwards from one start and returns the best solution met, whatever the optimiser says of its end.
func (p *process) descend(start []float64) *solution {
	var best, last *solution
	var lastAt []float64
	visit := func(u []float64) *solution {
		if lastAt != nil && slices.Equal(lastAt, u) {
			return last
		}
		t, _ := p.at(u)
		last, lastAt = p.solve(t), slices.Clone(u)
		if last != nil && (best == nil || last.loss < best.loss) {
			best = last
		}
		return last
	}
	problem := optimize.Problem{
		Func: func(u []float64) float64 {
			if s := visit(u); s != nil {
				return s.loss
			}
			return math.Inf(1)
		},
		Grad: func(grad, u []float64) {
			clear(grad)
			if s := visit(u); s != nil {
				_, slopes := p.at(u)
				for j, g := range p.slope(s) {
					grad[j] = g * slopes[j]
				}
			}
		},
	}
	if visit(start) == nil {
		return nil
	}
	settings := &optimize.Settings{MajorIterations: 200, GradientThreshold: 1e-4, Converger: &optimize.FunctionConverge{Absolute: 1e-5, Iterations: 8}}
	_, _ = optimize.Minimize(problem, start, settings, &optimize.LBFGS{}) // its error says that the end is flat or at an invalid place; the best place met counts
	return best
}

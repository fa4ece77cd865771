package draw

import "math"

// Exp is e to the x with every product rounded on its own, so that all architectures agree to the bit; within 1e-14 of math.Exp for |x| < 700.
func Exp(x float64) float64 {
	const ln2hi, ln2lo, log2e = 6.93147180369123816490e-01, 1.90821492927058770002e-10, 1.44269504088896338700
	switch {
	case x > 700:
		return math.Inf(1)
	case x < -700:
		return 0
	}
	k := math.Floor(float64(log2e*x) + 0.5)
	r := x - float64(k*ln2hi)
	r -= float64(k * ln2lo)
	p := 1.0 / 479001600
	for _, c := range [...]float64{1. / 39916800, 1. / 3628800, 1. / 362880, 1. / 40320, 1. / 5040, 1. / 720, 1. / 120, 1. / 24, 1. / 6, 1. / 2, 1, 1} {
		p = float64(p*r) + c
	}
	return math.Ldexp(p, int(k))
}

// Log is the natural logarithm with every product rounded on its own; within 1e-14 of math.Log. Log of zero or less is -Inf.
func Log(x float64) float64 {
	const ln2hi, ln2lo = 6.93147180369123816490e-01, 1.90821492927058770002e-10
	if !(x > 0) {
		return math.Inf(-1)
	}
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m *= 2
		e--
	}
	s := (m - 1) / (m + 1)
	z := float64(s * s)
	p := 0.0
	for k := 23; k >= 1; k -= 2 {
		p = float64(p*z) + 1/float64(k)
	}
	r := float64(2 * float64(s*p))
	return float64(float64(e)*ln2hi) + (r + float64(float64(e)*ln2lo))
}

// Quantile is the standard normal quantile, algorithm AS 241 PPND16 (Wichura 1988, Applied Statistics 37), accurate to about 1e-15; p in (0, 1).
func Quantile(p float64) float64 {
	q := p - 0.5
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - float64(q*q)
		return float64(q*horner(r, centreNum[:])) / horner(r, centreDen[:])
	}
	r := p
	if q > 0 {
		r = 1 - p
	}
	r = math.Sqrt(-Log(r))
	var x float64
	if r <= 5 {
		x = horner(r-1.6, middleNum[:]) / horner(r-1.6, middleDen[:])
	} else {
		x = horner(r-5, tailNum[:]) / horner(r-5, tailDen[:])
	}
	if q < 0 {
		return -x
	}
	return x
}

func horner(x float64, c []float64) float64 {
	p := c[0]
	for _, v := range c[1:] {
		p = float64(p*x) + v
	}
	return p
}

// Coefficients of AS 241, highest power first.
var (
	centreNum = [8]float64{2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0}
	centreDen = [8]float64{5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4, 5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1}
	middleNum = [8]float64{7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0, 3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0}
	middleDen = [8]float64{1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1}
	tailNum   = [8]float64{2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0}
	tailDen   = [8]float64{2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1}
)

package build

import "math"

// krEarner is one age group of the earner profile.
type krEarner struct {
	ages           string
	first, after   int
	share, relLogs float64 // share of persons who file wages; log earnings relative to the nation
}

// krProfile is a judgement: no table of wage filers by sex and age is in the reference. Shares follow the employment profile of wage workers in Korea
// (men plateau above 0.8 in the thirties and forties, women dip after 30, both fall after 55); relative earnings follow seniority pay with a peak
// around 50 and a gap between the sexes that opens after 30. Only the shape counts: levels are set by the filers of each town.
var krProfile = [2][]krEarner{
	{
		{"15-19", 15, 20, 0.05, -1.20}, {"20-24", 20, 25, 0.35, -0.75}, {"25-29", 25, 30, 0.70, -0.20}, {"30-34", 30, 35, 0.82, 0.12},
		{"35-39", 35, 40, 0.83, 0.33}, {"40-44", 40, 45, 0.81, 0.44}, {"45-49", 45, 50, 0.79, 0.50}, {"50-54", 50, 55, 0.76, 0.48},
		{"55-59", 55, 60, 0.70, 0.35}, {"60-64", 60, 65, 0.55, 0.00}, {"65-69", 65, 70, 0.36, -0.45}, {"70-74", 70, 75, 0.20, -0.80},
		{"75-79", 75, 80, 0.10, -1.00}, {"80+", 80, krAges, 0.02, -1.20},
	},
	{
		{"15-19", 15, 20, 0.07, -1.25}, {"20-24", 20, 25, 0.42, -0.75}, {"25-29", 25, 30, 0.71, -0.30}, {"30-34", 30, 35, 0.66, -0.15},
		{"35-39", 35, 40, 0.58, -0.10}, {"40-44", 40, 45, 0.58, -0.12}, {"45-49", 45, 50, 0.60, -0.20}, {"50-54", 50, 55, 0.58, -0.28},
		{"55-59", 55, 60, 0.52, -0.38}, {"60-64", 60, 65, 0.40, -0.60}, {"65-69", 65, 70, 0.27, -0.90}, {"70-74", 70, 75, 0.17, -1.15},
		{"75-79", 75, 80, 0.09, -1.30}, {"80+", 80, krAges, 0.02, -1.40},
	},
}

// earnersAndSpread scales the shares to the nation's filers and finds the standard deviation of log earnings at which the distribution of all earners
// best meets the published shares of 2023 (least squares over the four bands).
func (k *korea) earnersAndSpread() {
	k.earners = [2][]krEarner{append([]krEarner(nil), krProfile[0]...), append([]krEarner(nil), krProfile[1]...)}
	var filers, expected float64
	for i := range k.towns {
		filers += float64(k.towns[i].filers)
		for sex := range 2 {
			for _, e := range k.earners[sex] {
				expected += e.share * k.towns[i].persons(sex, e)
			}
		}
	}
	for sex := range 2 {
		for n := range k.earners[sex] {
			k.earners[sex][n].share *= filers / expected
		}
	}
	bounds, shares, mean := k.distribution()
	best := math.Inf(1)
	for sd := 0.30; sd <= 1.2; sd += 0.005 {
		if l := krSquares(k.bands(sd, bounds, mean), shares); l < best {
			best, k.sd = l, sd
		}
	}
	if best > 0.001 {
		k.fault("income distribution: sum of squared residuals %g, want less than 0.001", best)
	}
}

func (t *krTown) persons(sex int, e krEarner) (n float64) {
	for a := e.first; a < e.after; a++ {
		n += t.base[sex][a]
	}
	return n
}

// distribution returns the bounds of the wage bands, the shares of filers in them and the mean wage of 2023.
func (k *korea) distribution() (bounds, shares []float64, mean float64) {
	bounds = []float64{30e6, 50e6, 100e6}
	names := map[string]int{"<=30M KRW": 0, "30-50M": 1, "50-100M": 2, ">100M": 3}
	shares = make([]float64, 4)
	t := k.read("income_distribution.csv")
	for r := range t.Rows {
		if t.Int(r, "year") != 2023 {
			continue
		}
		if b, ok := names[t.Str(r, "category")]; ok {
			shares[b] = t.Float(r, "value") / 100
		}
		if t.Str(r, "measure") == "mean wage" {
			mean = t.Float(r, "value")
		}
	}
	return bounds, shares, mean
}

// bands is the model's share of earners in each band when log earnings scatter with sd around the means of town, sex and age, wages being scaled from
// 2024 to the mean of 2023.
func (k *korea) bands(sd float64, bounds []float64, mean float64) []float64 {
	below := make([]float64, len(bounds))
	var filers, wages float64
	for i := range k.towns {
		filers += float64(k.towns[i].filers)
		wages += float64(k.towns[i].wages)
	}
	for i := range k.towns {
		t := &k.towns[i]
		var n, relative float64
		for sex := range 2 {
			for _, e := range k.earners[sex] {
				w := e.share * t.persons(sex, e)
				n += w
				relative += w * math.Exp(e.relLogs)
			}
		}
		centre := math.Log(float64(t.wages)/float64(t.filers)*mean/(wages/filers)) - math.Log(relative/n) - sd*sd/2
		for sex := range 2 {
			for _, e := range k.earners[sex] {
				w := e.share * t.persons(sex, e) / n * float64(t.filers)
				for b, x := range bounds {
					below[b] += w * math.Erfc((centre+e.relLogs-math.Log(x))/sd/math.Sqrt2) / 2
				}
			}
		}
	}
	out := make([]float64, len(bounds)+1)
	before := 0.0
	for b := range bounds {
		out[b] = below[b]/filers - before
		before = below[b] / filers
	}
	out[len(bounds)] = 1 - before
	return out
}

func krSquares(a, b []float64) (sum float64) {
	for i := range a {
		sum += (a[i] - b[i]) * (a[i] - b[i])
	}
	return sum
}

package build

import (
	"math"
	"strconv"
	"strings"
)

// jpBracket is one bracket of the municipal income levy: payers whose tax base (課税標準額) lies above low and up to high yen.
type jpBracket struct {
	high       float64 // yen; +Inf for the last
	taxpayers  float64
	deductions float64 // yen, all payers
}

// jpEarners is the national earnings profile by sex and five-year age, and the dispersion around it.
type jpEarners struct {
	share    [2][jpFives]float64
	log      [2][jpFives]float64 // log mean earnings, earners' mean zero
	total    float64             // standard deviation of log earnings of all taxpayers
	between  float64             // variance of the municipal means
	profile  float64             // variance of the profile
	sd       float64             // within town, sex and age
	mean     float64             // log yen, all taxpayers
	residual float64             // largest error of a bracket's share
}

// jpPaying is the share of residents who pay the income levy by sex and five-year age, before scaling to the published number. Judgement: shaped by
// employment and pensions; only the total is published.
var jpPaying = [2][jpFives]float64{
	{0, 0, 0, .03, .55, .82, .86, .88, .89, .89, .89, .87, .76, .55, .40, .33, .28, .22, .15},
	{0, 0, 0, .02, .52, .68, .60, .57, .58, .60, .60, .56, .42, .24, .15, .11, .09, .07, .05},
}

// jpWage is the mean yearly wage in 10,000 yen at 15-19, ..., 65-69, 70+: National Tax Agency, 民間給与実態統計調査 2019.
var jpWage = [2][12]float64{
	{160, 278, 403, 470, 529, 582, 629, 679, 686, 522, 406, 343},
	{111, 248, 328, 321, 313, 318, 324, 320, 301, 254, 211, 205},
}

// jpDeduction is the employment-income deduction since 2020: of wages up to limit, rate times the wage plus a sum, at least 550,000 yen.
var jpDeduction = []struct{ limit, rate, plus float64 }{
	{1.8e6, .40, -1e5}, {3.6e6, .30, .8e5}, {6.6e6, .20, 4.4e5}, {8.5e6, .10, 1.1e6}, {math.Inf(1), 0, 1.95e6},
}

// jpNetIncome is the income of a wage after the employment-income deduction, yen.
func jpNetIncome(wage float64) float64 {
	for _, d := range jpDeduction {
		if wage <= d.limit {
			return max(0, wage-max(5.5e5, d.rate*wage+d.plus))
		}
	}
	return 0
}

// jpGrossWage inverts jpNetIncome by bisection, yen.
func jpGrossWage(income float64) float64 {
	low, high := income, 4*income+2e6
	for range 80 {
		if m := (low + high) / 2; jpNetIncome(m) < income {
			low = m
		} else {
			high = m
		}
	}
	return (low + high) / 2
}

// readBrackets reads the fine brackets of the municipal levy.
func (j *japan) readBrackets() {
	s := j.sheet("income_tax_base_brackets_fy2024.csv")
	last := 0.0
	for r := range s.Rows {
		name := s.Str(r, "tax_base_bracket")
		if s.Str(r, "tax") != "municipal" || strings.HasPrefix(name, "合") {
			continue
		}
		high, ok := jpBracketEnd(name)
		if !ok || high <= last {
			break // after the fine brackets come their sums
		}
		last = high
		j.brackets = append(j.brackets, jpBracket{high, s.Float(r, "taxpayers"), 1000 * s.Float(r, "deductions_kjpy")})
	}
	if len(j.brackets) != 12 {
		j.fault("income_tax_base_brackets_fy2024.csv: got %d brackets of the municipal levy, want 12", len(j.brackets))
	}
}

// jpBracketEnd reads the upper end in yen of "10万円を超え 100万円以下", "100万円 〃 200万円 〃" or "1億円を超える金額" (infinite).
func jpBracketEnd(name string) (float64, bool) {
	if strings.Contains(name, "超える") {
		return math.Inf(1), true
	}
	parts := strings.Fields(strings.ReplaceAll(name, "〃", " "))
	text := strings.ReplaceAll(parts[len(parts)-1], ",", "")
	digits := strings.TrimRight(text, "億万円以下の金額")
	unit := 1e4
	if strings.Contains(text, "億") {
		unit = 1e8
	}
	v, err := strconv.ParseFloat(digits, 64)
	return v * unit, err == nil
}

// income makes the national profile, the dispersion and each municipality's gross earnings.
func (j *japan) income() {
	j.earnerShares()
	j.fitDispersion()
	e := &j.earner
	for range 4 { // the municipal means depend on the dispersion within, which is what they leave of the total
		within := math.Sqrt(e.total*e.total - e.between)
		var n, sum, squares float64
		for i := range j.towns {
			t := &j.towns[i]
			t.logMean = jpLogMean(float64(t.taxable)/float64(t.taxpayers), within)
			w := float64(t.taxpayers)
			n += w
			sum += float64(w * t.logMean)
			squares += float64(w * t.logMean * t.logMean)
		}
		e.between = squares/n - (sum/n)*(sum/n)
	}
	within := e.total*e.total - e.between
	e.sd = math.Sqrt(within - e.profile)
	for i := range j.towns {
		t := &j.towns[i]
		mean := math.Exp(t.logMean + within/2)
		t.earners = t.taxpayers
		if t.displaced { // its register holds persons who do not live there
			t.earners = int64(math.Round(float64(t.people()) * j.payingShare(t.pref)))
		}
		t.gross = int64(math.Round(mean * float64(t.earners)))
	}
}

// people counts the base population.
func (t *jpTown) people() (n int64) {
	for sex := range t.persons {
		for _, v := range t.persons[sex] {
			n += v
		}
	}
	return n
}

// payingShare is the share of payers among the residents of a prefecture's municipalities that were not displaced.
func (j *japan) payingShare(pref int) float64 {
	var payers, people int64
	for _, i := range j.prefs[pref].towns {
		if t := &j.towns[i]; !t.displaced {
			payers += t.taxpayers
			people += t.people()
		}
	}
	return float64(payers) / float64(people)
}

// earnerShares scales the judged profile to the published number of payers (no share above 0.97) and centres the wage profile on the earners.
func (j *japan) earnerShares() {
	e := &j.earner
	var people [2][jpFives]float64
	var payers float64
	for i := range j.towns {
		payers += float64(j.towns[i].taxpayers)
		for sex := range 2 {
			for k, n := range j.towns[i].persons[sex] {
				people[sex][k] += float64(n)
			}
		}
	}
	factor := 1.0
	var count, sum, squares float64
	for range 50 {
		count = 0
		for sex := range 2 {
			for k, s := range jpPaying[sex] {
				e.share[sex][k] = min(0.97, s*factor)
				count += float64(e.share[sex][k] * people[sex][k])
			}
		}
		factor *= payers / count
	}
	count = 0
	for sex := range 2 {
		for k := range jpFives {
			e.log[sex][k] = math.Log(jpPayersOnly[sex] * jpWage[sex][min(max(k-3, 0), 11)])
			w := e.share[sex][k] * people[sex][k]
			count += w
			sum += float64(w * e.log[sex][k])
			squares += float64(w * e.log[sex][k] * e.log[sex][k])
		}
	}
	e.profile = squares/count - (sum/count)*(sum/count)
	for sex := range 2 {
		for k := range jpFives {
			e.log[sex][k] -= sum / count
		}
	}
}

// jpPayersOnly raises the mean wages from all employees to those who pay the levy: without the wages of up to 1 million yen, about 3% of men's and 16%
// of women's in the same survey (memory, unverified).
var jpPayersOnly = [2]float64{1.03, 1.14}

// fitDispersion fits one lognormal of gross earnings to the brackets: at each bracket end the tax base plus the mean deductions of the neighbouring
// brackets is the income, its gross wage x; log x against the normal quantile of the cumulative share is a line whose slope is the standard deviation
// (least squares weighted by the payers of the two brackets). The first bracket, up to 100,000 yen, is cut off by the exemption and not used.
func (j *japan) fitDispersion() {
	var all, below, w, wx, wy, wxx, wxy float64
	for _, b := range j.brackets {
		all += b.taxpayers
	}
	var x, y []float64
	for k, b := range j.brackets[:len(j.brackets)-1] {
		next := j.brackets[k+1]
		below += b.taxpayers
		income := b.high + (b.deductions/b.taxpayers+next.deductions/next.taxpayers)/2
		z, l, v := jpQuantile(below/all), math.Log(jpGrossWage(income)), b.taxpayers+next.taxpayers
		x, y = append(x, z), append(y, l)
		if k == 0 {
			v = 0
		}
		w += v
		wx += float64(v * z)
		wy += float64(v * l)
		wxx += float64(v * z * z)
		wxy += float64(v * z * l)
	}
	e := &j.earner
	e.total = (wxy - wx*wy/w) / (wxx - wx*wx/w)
	e.mean = (wy - e.total*wx) / w
	before, beforeFit := 0.0, 0.0
	for k := range x {
		now, fit := jpNormal(x[k]), jpNormal((y[k]-e.mean)/e.total)
		e.residual = max(e.residual, math.Abs(now-before-(fit-beforeFit)))
		before, beforeFit = now, fit
	}
}

// jpLogMean finds the mean log wage for which a lognormal of the given standard deviation has the given mean income after the deduction.
func jpLogMean(income, sd float64) float64 {
	low, high := math.Log(income)-1, math.Log(income)+2
	for range 50 {
		if m := (low + high) / 2; jpMeanIncome(m, sd) < income {
			low = m
		} else {
			high = m
		}
	}
	return (low + high) / 2
}

// jpMeanIncome is the mean income after the deduction of lognormal wages, by the trapezium rule over five standard deviations.
func jpMeanIncome(mean, sd float64) float64 {
	var sum, weight float64
	for k := -50; k <= 50; k++ {
		z := float64(k) / 10
		w := math.Exp(-z * z / 2)
		sum += float64(w * jpNetIncome(math.Exp(mean+sd*z)))
		weight += w
	}
	return sum / weight
}

// jpNormal is the standard normal distribution function.
func jpNormal(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// jpQuantile is its inverse.
func jpQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

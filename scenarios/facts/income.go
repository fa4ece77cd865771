package facts

import "gohyang/sim/draw"

// maxEarners bounds the share of earners in any cell of town, sex and age.
const maxEarners = 0.98

// earners reads earners.csv and spreads it over single ages: values hold at the centres of the age groups and are linear between them, constant
// in the open group and below the first centre; below the first group nobody earns.
func (l *loader) earners() {
	type cell struct {
		first, after       int
		share, logRelative float64
	}
	var rows [2][]cell
	s := l.open("earners.csv", "sex,age_group,share,log_income")
	for s.next() {
		sex := s.sex()
		var c cell
		c.first, c.after = s.ages()
		s.once(sex, " ", c.first)
		c.share, c.logRelative = s.num(0, maxEarners), s.num(-5, 5)
		if n := len(rows[sex]); n > 0 && c.first != rows[sex][n-1].after {
			l.fault(s.file, "%s: age groups must follow each other: %d after %d", [2]string{"M", "F"}[sex], c.first, rows[sex][n-1].after)
		}
		rows[sex] = append(rows[sex], c)
	}
	for sex := range 2 {
		n := len(rows[sex])
		if n == 0 || rows[sex][n-1].after != Ages {
			l.fault(s.file, "%s: age groups must end in an open one", [2]string{"M", "F"}[sex])
			continue
		}
		var centre []float64
		for _, c := range rows[sex] {
			centre = append(centre, float64(c.first+min(c.after, c.first+5))/2)
		}
		for a := rows[sex][0].first; a < Ages; a++ {
			i, w := bracket(centre, float64(a)+0.5)
			p, q := rows[sex][i], rows[sex][min(i+1, n-1)]
			l.c.EarnerShare[sex][a] = float64((1-w)*p.share) + float64(w*q.share)
			l.c.LogIncome[sex][a] = float64((1-w)*p.logRelative) + float64(w*q.logRelative)
		}
	}
}

// earnersOf is the expected number of earners of a town at a level, and the mean of exp(LogIncome) over them.
func (c *Country) earnersOf(town int, level float64) (n, relative float64) {
	for sex := range 2 {
		for a := range Ages {
			if k := c.cell(town, sex, a, level); k > 0 {
				n += k
				relative += float64(k * draw.Exp(c.LogIncome[sex][a]))
			}
		}
	}
	if n > 0 {
		relative /= n
	}
	return n, relative
}

// count is the expected number of earners alone: the bisection asks often.
func (c *Country) count(town int, level float64) (n float64) {
	for sex := range 2 {
		for a := range Ages {
			n += c.cell(town, sex, a, level)
		}
	}
	return n
}

func (c *Country) cell(town, sex, age int, level float64) float64 {
	return float64(float64(c.Population[town][sex][age]) * min(maxEarners, float64(level*c.EarnerShare[sex][age])))
}

// earnerLevels fills Country.EarnerLevel: the factor, found by bisection, at which a town's expected earners are its Taxpayers.
func (l *loader) earnerLevels() {
	l.c.EarnerLevel = make([]float64, len(l.c.Towns))
	for i, t := range l.c.Towns {
		if t.Taxpayers == 0 {
			continue
		}
		lo, hi := 0.0, 64.0
		if n := l.c.count(i, hi); n < float64(t.Taxpayers) {
			l.fault(l.code+"/places.csv", "%s: %d taxpayers, but the population can have %.0f at most", t.Code, t.Taxpayers, n)
			continue
		}
		for range 50 {
			mid := (lo + hi) / 2
			if n := l.c.count(i, mid); n < float64(t.Taxpayers) {
				lo = mid
			} else {
				hi = mid
			}
		}
		l.c.EarnerLevel[i] = (lo + hi) / 2
	}
}

// townIncome fills Country.TownIncome: earnings are lognormal with IncomeSD around TownIncome + LogIncome, so the mean of a town's earners is
// exp(TownIncome + IncomeSD^2/2) x mean(exp(LogIncome)), which must be Income / Taxpayers. A town without figures gets the national mean.
func (l *loader) townIncome() {
	l.c.TownIncome = make([]float64, len(l.c.Towns))
	half := float64(l.c.IncomeSD*l.c.IncomeSD) / 2
	var income, payers int64
	for _, t := range l.c.Towns {
		income, payers = income+t.Income, payers+t.Taxpayers
	}
	if income == 0 || payers == 0 {
		l.fault(l.code+"/places.csv", "no town has taxpayers and income")
		return
	}
	for i, t := range l.c.Towns {
		mean := float64(income) / float64(payers)
		if t.Taxpayers > 0 && t.Income > 0 {
			mean = float64(t.Income) / float64(t.Taxpayers)
		}
		_, relative := l.c.earnersOf(i, l.c.EarnerLevel[i])
		if relative <= 0 {
			relative = 1 // nobody earns there
		}
		l.c.TownIncome[i] = draw.Log(mean) - draw.Log(relative) - half
	}
}

package people

import "gohyang/sim/draw"

// Factors bend the rates of one year towards official totals (E26). One changes nothing, to the last bit.
type Factors struct {
	Birth, Death float64   // on the nation's age-specific chances of bearing a child and of dying, on the logit scale
	Abroad       float64   // on arrivals from abroad; departures to abroad are divided by it
	Out          []float64 // by town: on the chance of moving out, on the logit scale; a town's pull is divided by it. nil = all one
}

// Alignment is the factors of a run: computed once on the baseline and reused unchanged by every counterfactual, so that the effect of a policy is not
// aligned away.
type Alignment struct {
	First int       // year of Years[0]
	Years []Factors // the last year's hold beyond the end
}

// in returns the factors of a year, nil in free mode.
func (a *Alignment) in(year int) *Factors {
	if a == nil || len(a.Years) == 0 {
		return nil
	}
	return &a.Years[at(a.First, len(a.Years), year)]
}

// onLogit moves a probability by ln f on the logit scale: logit(p') = logit(p) + ln f.
func onLogit(p, f float64) float64 { return float64(f*p) / (1 + float64((f-1)*p)) }

// bend applies the year's national factors to the chances of one sex and age, before the town's level: exact for a town of level one.
func (a *Factors) bend(death, birth float64) (float64, float64) {
	if a == nil {
		return death, birth
	}
	return onLogit(death, a.Death), onLogit(birth, a.Birth)
}

// abroad is the factor on arrivals, and that on departures.
func (a *Factors) abroad() (arrive, depart float64) {
	if a == nil {
		return 1, 1
	}
	return a.Abroad, 1 / a.Abroad
}

// level applies a town's out-move factor to its level in an age group. The level multiplies every age's chance alike, so the logit scale is taken at the
// group's mean chance of moving.
func (a *Factors) level(town int, level, mean float64) float64 {
	if a == nil || a.Out == nil {
		return level
	}
	f := a.Out[town]
	return float64(level*f) / (1 + float64((f-1)*min(float64(mean*level), 1)))
}

// weight is the factor on a town's pull.
func (a *Factors) weight(town int) float64 {
	if a == nil || a.Out == nil {
		return 1
	}
	return 1 / a.Out[town]
}

// groupMeans is the mean of MoveAge over the ages and sexes of each age group.
func (t *Tables) groupMeans() (mean [Groups]float64) {
	var n [Groups]float64
	for sex := range 2 {
		for a, m := range t.MoveAge[sex] {
			mean[GroupOf(a)] += m
			n[GroupOf(a)]++
		}
	}
	for g := range mean {
		mean[g] /= n[g]
	}
	return mean
}

// bent gives the province tables of a year: the reference matrix with each column times the province's mean pull factor, rows as before. It is set anew in
// every aligned year; in free mode the tables of the first year stay.
func (m *moveTables) bent(g int, a *Factors, c Country) {
	if a == nil || a.Out == nil {
		return
	}
	with, without := make([]float64, c.Provinces), make([]float64, c.Provinces)
	for i, p := range c.ProvinceOf {
		with[p] += float64(m.now[g][i] * a.weight(i))
		without[p] += m.now[g][i]
	}
	for p, row := range m.base[g] {
		sum, was := 0.0, 0.0
		for q, x := range row {
			m.od[g][p][q] = x
			if without[q] > 0 {
				m.od[g][p][q] = float64(x * (with[q] / without[q]))
			}
			sum += m.od[g][p][q]
			was += x
		}
		for q := range row {
			if sum > 0 {
				m.od[g][p][q] /= sum / was
			}
		}
	}
	m.province[g] = draw.NewTable(c.Provinces, c.Provinces, func(r, i int) float64 { return m.od[g][r][i] })
}

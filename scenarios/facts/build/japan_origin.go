package build

import "math"

// Where people were born. No table of birthplace by residence is in the reference: the shares are derived and a judgement.
const (
	// jpHome is the share of persons who live in their prefecture of birth: 44.0% never left and 20.4% returned, against 26.2% who live elsewhere
	// (IPSS, 8th National Survey on Migration, 2016), so 64.4 of 90.6.
	jpHome = (44.0 + 20.4) / (44.0 + 20.4 + 26.2)
	// jpHomeTown is the national share, of those who live in their prefecture of birth, who live in their municipality of birth (judgement).
	jpHomeTown = 0.55
)

// birthplaces fits the matrix of residence by birth: rows are the residents, columns the persons born in each prefecture, off the diagonal the moves of
// all ages reversed; one factor on the diagonal gives the national share that lives where it was born.
func (j *japan) birthplaces() {
	n := len(j.prefs)
	seed, rows := make([][]float64, n), make([]float64, n)
	for r := range n {
		rows[r] = j.prefs[r].population
		seed[r] = make([]float64, n)
		for b := range n {
			for g := 1; g < 4; g++ { // ages 15-34 make most lifetime moves
				seed[r][b] += j.od[g][b][r] / j.prefs[r].population
			}
		}
		seed[r][r] = 1
	}
	born := j.bornIn(Sum(rows))
	low, high := -6.0, 9.0
	for range 40 {
		middle := (low + high) / 2
		for r := range n {
			seed[r][r] = math.Exp(middle) * 0.05
		}
		fitted, err := IPF(seed, rows, born)
		if err != nil {
			j.fault("birthplaces: %w", err)
			return
		}
		j.origin = fitted
		var home float64
		for r := range n {
			home += fitted[r][r]
		}
		if home/Sum(rows) < jpHome {
			low = middle
		} else {
			high = middle
		}
	}
	for r := range n {
		for b := range n {
			j.origin[r][b] /= rows[r]
		}
	}
	j.stay()
}

// bornIn shares the nation by prefecture of birth (judgement): persons under 40 as the children of 2000, persons over as the elderly of 2000, who are
// their parents' generation and mostly stayed.
func (j *japan) bornIn(total float64) []float64 {
	var young, old, children, elders float64
	for i := range j.towns {
		for sex := range 2 {
			for k, v := range j.towns[i].census[sex] {
				if k < 8 {
					young += v
				} else {
					old += v
				}
			}
		}
	}
	for _, p := range j.prefs {
		children += p.children
		elders += p.elders
	}
	born := make([]float64, len(j.prefs))
	for k, p := range j.prefs {
		born[k] = total * (young*p.children/children + old*p.elders/elders) / (young + old)
	}
	return born
}

// stay estimates the share who live in their municipality of birth among those who live in their prefecture of birth: exp(-k r), r the yearly moves
// within the prefecture per resident, one k for the nation.
func (j *japan) stay() {
	share := func(k float64) (out []float64, mean float64) {
		var people float64
		for r, p := range j.prefs {
			s := math.Exp(-k * p.intra / p.population)
			home := p.population * j.origin[r][r]
			out = append(out, s)
			mean += float64(s * home)
			people += home
		}
		return out, mean / people
	}
	low, high := 0.0, 500.0
	for range 60 {
		middle := (low + high) / 2
		out, mean := share(middle)
		if j.stayers = out; mean > jpHomeTown {
			low = middle
		} else {
			high = middle
		}
	}
}

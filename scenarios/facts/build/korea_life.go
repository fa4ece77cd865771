package build

import "math"

// krExpectancy are the life expectancies of men and women the official 2022-based medium projection assumes for 2072 (press, December 2023: 89.5 and 92.7; 91.1
// together). WPP 2024 stands at 87.0 and 92.8.
var krExpectancy = [2]float64{89.5, 92.7}

// krExpectancy2060 is the men's of 2060 in the 2015-based projection (kukinews 201612080093, December 2016). The women's, printed as 92.2, is not used: their rates
// fall as the men's.
const krExpectancy2060 = 87.8

// extendLife makes the table of the start. The death rates of WPP change by one more constant factor a year and sex from the centre of 2020-2024 on, so that in 2072
// the rates at the nation's level have the official life expectancies; the level and the factor depend on each other a little, so they are found in turn.
func (k *korea) extendLife() {
	wpp := k.life
	if k.start.year <= 2020 {
		k.pastLife(wpp[0])
		return
	}
	for range 4 {
		for sex, target := range krExpectancy {
			k.factor[sex] = k.reach(wpp[len(wpp)-1].mx[sex], target)
		}
		k.life = nil
		for _, p := range wpp {
			centre := float64(p.first+p.last+1) / 2
			k.life = append(k.life, p.scaled(k.factor, math.Max(0, centre-krCentre)/(krLastYear+0.5-krCentre)))
		}
		k.deathLevels()
	}
}

// krCentre is the centre of the last period with counts.
const krCentre = 2022.5

// scaled multiplies the rates by a power of the factors.
func (p krLife) scaled(factor [2]float64, power float64) krLife {
	out := p
	for sex := range out.mx {
		out.mx[sex] = make([]float64, len(p.mx[sex]))
		for n, m := range p.mx[sex] {
			out.mx[sex][n] = m * math.Pow(factor[sex], power)
		}
	}
	return out
}

// reach is the factor on abridged rates at the nation's level that gives a life expectancy.
func (k *korea) reach(mx []float64, target float64) float64 {
	low, high := 0.1, 3.0
	for range 60 {
		middle := (low + high) / 2
		if k.expectancy(mx, middle) > target {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

// expectancy is the life expectancy of abridged rates at the nation's level times a factor.
func (k *korea) expectancy(mx []float64, factor float64) float64 {
	var at [22]float64
	for n := range at {
		at[n] = mx[n] * k.level * factor
	}
	return expectancy(at)
}

// pastLife is the table of a start in the past: the ages of the period at the level of the last deaths counted, falling by one constant factor a year that
// gives men the life expectancy officially assumed then.
func (k *korea) pastLife(p krLife) {
	p.first, p.last = k.start.level, k.start.level
	last := p
	last.first, last.last = krLastYear, krLastYear
	k.life = []krLife{p, last}
	k.deathLevels()
	yearly := math.Pow(k.reach(p.mx[0], krExpectancy2060), 1/float64(2060-p.first))
	k.factor = [2]float64{math.Pow(yearly, float64(krLastYear-p.first)), math.Pow(yearly, float64(krLastYear-p.first))}
	last = p.scaled(k.factor, 1)
	last.first, last.last = krLastYear, krLastYear
	k.life = []krLife{p, last}
}

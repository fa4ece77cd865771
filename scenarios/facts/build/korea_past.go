package build

import (
	"math"

	"gohyang/scenarios/facts"
)

// krPast is the first end of a year the back-cast reaches: births and deaths by province are known from 2015 on.
const krPast = 2015

// backcast carries the registers of the end of 2022 back to the ends of 2021 to 2015, by province in the boundaries of then (Gunwi-gun in Gyeongbuk), sex and age,
// for all registered. A year back: the year's net moves between provinces are undone (the counted table of the year, movers by the age schedule), the rest is
// made a year younger over its survival (life table at the level that gives the province's counted deaths), and each province and sex is raked to the published
// register of the end of the year before. Who was born since drops out.
func (k *korea) backcast() {
	n := len(k.provinces)
	k.past = map[int][]krPeople{krFirst: make([]krPeople, n)}
	for i := range k.towns {
		at := &k.past[krFirst][k.before(i, krFirst)]
		ages := k.cohorts(&k.towns[i])
		for sex := range ages {
			for a, x := range ages[sex] {
				at[sex][a] += x
			}
		}
	}
	k.rakeYear(krFirst)
	for y := krFirst; y > krPast; y-- {
		k.past[y-1] = k.younger(y)
		k.rakeYear(y - 1)
	}
}

// cohorts are a town's residents of the end of 2022 by single age. Under twenty, a five-year group is split by the nation's births of its years (the curve
// through the groups would smooth the fall of births from 438,000 in 2015 to 358,000 in 2017 away), over that as everywhere.
func (k *korea) cohorts(t *krTown) [2][krAges]float64 {
	out := k.single(t.five[0], krBase)
	for sex := range out {
		for g := range 4 {
			var births float64
			for a := 5 * g; a < 5*g+5; a++ {
				births += k.births[krFirst-a]
			}
			for a := 5 * g; a < 5*g+5; a++ {
				out[sex][a] = float64(t.five[0][sex][g]) * k.births[krFirst-a] / births
			}
		}
	}
	return out
}

// rakeYear scales every province and sex to its published register at the end of a year.
func (k *korea) rakeYear(year int) {
	for j := range k.provinces {
		p := &k.past[year][j]
		for sex, n := range k.provinces[j].registered[year] {
			f := float64(n) / Sum(p[sex][:])
			for a := range p[sex] {
				p[sex][a] *= f
			}
		}
	}
}

// younger undoes one year: from its end to its beginning.
func (k *korea) younger(year int) []krPeople {
	net := k.netByAge(year)
	out := make([]krPeople, len(k.provinces))
	for j := range out {
		var end krPeople
		for sex := range end {
			for a := range end[sex] {
				end[sex][a] = math.Max(0, k.past[year][j][sex][a]-net[j][sex][a])
			}
		}
		deaths := float64(k.provinces[j].deaths[year])
		level := 1.0
		for range 5 { // the level hardly changes the survivors: converges at once
			var died float64
			out[j], died = k.revive(&end, year, level, float64(k.provinces[j].births[year]))
			level *= deaths / died
		}
	}
	return out
}

// revive makes everybody a year younger over their survival at a level of the life table, and counts the deaths of the year, those of newborns too.
func (k *korea) revive(end *krPeople, year int, level, births float64) (start krPeople, died float64) {
	for sex := range end {
		q := k.dying(year, sex)
		died += level * births / 2 * q[0] * infantInYear
		for a := range krAges - 2 {
			s := (1 - math.Min(1, level*q[a])/2) * (1 - math.Min(1, level*q[a+1])/2)
			start[sex][a] = end[sex][a+1] / s
			died += start[sex][a] * (1 - s)
		}
		start[sex][krAges-2] += end[sex][krAges-1] / (1 - q[krAges-2]) // 110 and over: a handful
	}
	return start, died
}

// infantInYear is the part of the first year's deaths that falls in the calendar year of birth (as in sim/people).
const infantInYear = 0.85

// dying are a year's probabilities of dying by single age.
func (k *korea) dying(year, sex int) [krAges]float64 {
	age, mx := k.rates(year, sex)
	return facts.SingleAges(sex, age, mx)
}

// netByAge are the net moves of each province in a year by sex and age at its end: the counted table, movers of every origin by the age schedule.
func (k *korea) netByAge(year int) []krPeople {
	n := len(k.provinces)
	out, share := make([]krPeople, n), make([]krPeople, n)
	for i := range n {
		var movers float64
		for sex := range share[i] {
			for a := range share[i][sex] {
				share[i][sex][a] = k.past[year][i][sex][a] * k.shape.At(float64(a)+0.5)
				movers += share[i][sex][a]
			}
		}
		for sex := range share[i] {
			for a := range share[i][sex] {
				share[i][sex][a] /= movers
			}
		}
	}
	for i := range n {
		for j, m := range k.yearly[year][i] {
			if i == j {
				continue
			}
			for sex := range share[i] {
				for a, s := range share[i][sex] {
					out[j][sex][a] += m * s
					out[i][sex][a] -= m * s
				}
			}
		}
	}
	return out
}

// pastPopulation gives the towns their part of the back-cast on the start's 1 January. Whole persons by largest remainder, so that every province and sex has its
// published register.
func (k *korea) pastPopulation() {
	end := k.start.year - 1
	ages := k.pastTowns(end)
	for j := range k.provinces {
		var towns []int
		for i := range k.towns {
			if k.before(i, end) == j {
				towns = append(towns, i)
			}
		}
		for sex, n := range k.provinces[j].registered[end] {
			cells := make([]float64, len(towns)*krFives)
			for c, i := range towns {
				for a, x := range ages[i][sex] {
					cells[c*krFives+min(a/5, krFives-1)] += x
				}
			}
			for c, v := range facts.Apportion(n, cells) {
				k.towns[towns[c/krFives]].people[sex][c%krFives] = v
			}
		}
	}
}

// krGunwiRegistered are Gunwi-gun's registered at the ends of years, the one town whose change of province makes it matter (seoul.co.kr 20221007500010 for
// 2017 to 2021, gunwinews.com 42592 for 2016). 2015: that of 2016, judgement.
var krGunwiRegistered = map[int]float64{2015: 24171, 2016: 24171, 2017: 24215, 2018: 23919, 2019: 23843, 2020: 23256, 2021: 22945}

// pastTowns are the towns' parts of the back-cast at the end of a year: in every cohort the share of their province they have at the end of 2022, but for
// Gunwi-gun, which has its published number and leaves the rest of its province to the others.
func (k *korea) pastTowns(end int) []krPeople {
	now := make([]krPeople, len(k.towns))
	all := make([]krPeople, len(k.provinces))
	for i := range k.towns {
		now[i] = k.cohorts(&k.towns[i])
		for sex := range now[i] {
			for a, x := range now[i][sex] {
				all[k.before(i, end)][sex][a] += x
			}
		}
	}
	out := make([]krPeople, len(k.towns))
	for i := range out {
		p := k.before(i, end)
		for sex := range out[i] {
			for a := range out[i][sex] {
				cohort := min(a+krFirst-end, 104) // above, the few are spread as those of 104
				out[i][sex][a] = k.past[end][p][sex][a] * ratio(now[i][sex][cohort], all[p][sex][cohort])
			}
		}
	}
	k.settleGunwi(end, out)
	return out
}

// settleGunwi brings Gunwi-gun's part of the back-cast to its published number, and the other towns of its province to what is left.
func (k *korea) settleGunwi(end int, ages []krPeople) {
	published, ok := krGunwiRegistered[end]
	if !ok {
		return
	}
	gunwi, province := k.town[krGunwi], k.province[krGyeongbuk]
	f := published / ages[gunwi].sum()
	for sex := range 2 {
		all := Sum(k.past[end][province][sex][:])
		own := Sum(ages[gunwi][sex][:])
		rest := (all - f*own) / (all - own)
		for i := range ages {
			if k.before(i, end) != province {
				continue
			}
			g := rest
			if i == gunwi {
				g = f
			}
			for a := range ages[i][sex] {
				ages[i][sex][a] *= g
			}
		}
	}
}

package build

import (
	"slices"

	"gohyang/scenarios/facts"
)

// krStart is one start of a run: the population of 1 January of a year, and rates estimated from what had been counted by a moment. The windows say which counts.
// Deaths and births until 2022 are counted with Gunwi-gun in Gyeongbuk, see before.
type krStart struct {
	year   int    // the population stands on 1 January
	deaths [2]int // first and last year of the deaths that tell the provinces apart; each year relative to the nation
	level  int    // year of the deaths that give the nation its level
	births int    // year of the births that give the provinces their levels
	moves  [2]int // first and last year of the migration table
	towns  int    // the end of this year is the last register that shows net moves of towns since the end of 2022; 0 = none
	abroad krFlow // whose net international migration
}

// krStandard is the start of the standard tables: its rates use everything counted until the end of 2024. 2022 is left out of the deaths: the epidemic.
var krStandard = krStart{year: krBase, deaths: [2]int{2023, 2024}, level: 2023, births: 2023, moves: [2]int{2022, 2024}, towns: 2024, abroad: krOfficial}

// krStarts are the standard tables and the other starts, whose rates a forecaster could have estimated on the day. The epidemic year 2022 tells the
// provinces apart (each relative to the nation) and never gives the nation its level: in 2023 that is 2021. 2025 knows what the standard tables know.
var krStarts = []krStart{
	krStandard,
	{year: 2016, deaths: [2]int{2015, 2015}, level: 2015, births: 2015, moves: [2]int{2013, 2015}, abroad: krRegisters},
	{year: 2023, deaths: [2]int{2020, 2022}, level: 2021, births: 2022, moves: [2]int{2020, 2022}, abroad: krRegisters},
	{year: 2024, deaths: [2]int{2021, 2023}, level: 2023, births: 2023, moves: [2]int{2021, 2023}, towns: 2023, abroad: krRegisters},
	{year: 2025, deaths: [2]int{2023, 2024}, level: 2023, births: 2023, moves: [2]int{2022, 2024}, towns: 2024, abroad: krOfficial},
}

// krGunwi went from Gyeongbuk to Daegu on 1 July 2023; tables of the codes of 2024 have it in Daegu from the first day.
const krGunwi, krDaegu, krGyeongbuk = "27720", "27000", "47000"

// before is the province a town was counted in during a year: births, deaths and moves until 2022 have Gunwi-gun in Gyeongbuk.
func (k *korea) before(town, year int) int {
	if year <= 2022 && k.towns[town].code == krGunwi {
		return k.province[krGyeongbuk]
	}
	return k.towns[town].province
}

// startPopulation gives every town its residents of the start's 1 January: the register of the day before, or the back-cast where there is none by town.
func (k *korea) startPopulation() {
	if k.start.year > krFirst {
		for i := range k.towns {
			k.towns[i].people = k.towns[i].five[k.start.year-1-krFirst]
		}
	} else {
		k.pastPopulation()
	}
	for i := range k.towns {
		t := &k.towns[i]
		t.base = k.single(t.people, k.start.year)
		p := &k.provinces[t.province]
		for sex := range t.people {
			for _, n := range t.people[sex] {
				p.population += n
			}
		}
	}
}

// single splits five-year groups into single ages as the loader does; the open group follows the survivors of a year's life table.
func (k *korea) single(five [2][krFives]int64, year int) (out [2][krAges]float64) {
	first := make([]int, krFives)
	for g := range first {
		first[g] = 5 * g
	}
	for sex := range out {
		age, mx := k.rates(year, sex)
		q := facts.SingleAges(sex, age, mx)
		var tail []float64
		alive := 1.0
		for a := range krAges {
			if a >= 100 {
				tail = append(tail, alive*(1-q[a]/2))
			}
			alive *= 1 - q[a]
		}
		for a, n := range facts.SplitAges(first, five[sex][:], tail) {
			out[sex][a] = float64(n)
		}
	}
	return out
}

// krPeople is persons by sex and single age.
type krPeople [2][krAges]float64

func (p *krPeople) sum() (n float64) {
	for sex := range p {
		n += Sum(p[sex][:])
	}
	return n
}

// windowMoves takes the mean of the start's years of the migration table, and out of its diagonal the moves that stay inside one town.
func (k *korea) windowMoves() {
	n := len(k.provinces)
	k.published, k.od = krMatrix(n), krMatrix(n)
	first, last := k.start.moves[0], k.start.moves[1]
	for y := first; y <= last; y++ {
		for i := range n {
			for j, m := range k.yearly[y][i] {
				k.published[i][j] += m / float64(last-first+1)
			}
		}
	}
	for j := range k.provinces {
		p := &k.provinces[j]
		k.od[j] = slices.Clone(k.published[j])
		p.stay = krStay(k.shares(p))
		k.od[j][j] *= 1 - p.stay
		if len(p.towns) == 1 {
			k.od[j][j] = 0
		}
	}
}

// shares are the shares of a province's residents by town.
func (k *korea) shares(p *krProvince) (out []float64) {
	for _, i := range p.towns {
		out = append(out, krSum(k.towns[i].people)/float64(p.population))
	}
	return out
}

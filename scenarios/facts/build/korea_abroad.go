package build

import (
	"math"
	"strconv"

	"gonum.org/v1/gonum/optimize"
)

// krFlow says whose net international migration a start has.
type krFlow int

const (
	// krOfficial is the official assumption for everybody, foreigners too: runs that stand beside the official projection.
	krOfficial krFlow = iota
	// krRegisters is what the registers of residents, who are Korean nationals, gained beyond births and deaths: runs that are compared with registers.
	krRegisters
)

// The official assumption of the 2022-based medium variant: net immigration of 155,000 in 2022 and 61,000 in 2072 (donga.com 122627432, 14 December 2023).
const krNet2022, krNet2072 = 155000.0, 61000.0

// krAbroad is the net international migration of a start.
type krAbroad struct {
	tau       float64 // years; official only
	flat      float64 // persons a year; registers only
	residuals []krGrowth
}

// krGrowth compares the growth of the nation since the middle of 2023 with the official one.
type krGrowth struct {
	year          int
	got, official float64
}

// net is the nation's net immigration in a year. The official path starts and ends as published; between, the distance to the end shrinks by the factor
// exp(-1/tau) a year.
func (k *korea) net(year int) float64 {
	if k.start.abroad == krRegisters {
		return k.abroad.flat
	}
	return krNet2072 + (krNet2022-krNet2072)*math.Exp(-float64(year-2022)/k.abroad.tau)
}

// netAbroad finds the net immigration of the start.
func (k *korea) netAbroad() {
	if k.start.abroad == krRegisters {
		k.abroad.flat = k.registerGain()
		return
	}
	if k.start != krStandard { // the standard's serves
		return
	}
	official := k.officialTotals()
	loss := func(x []float64) float64 {
		k.abroad.tau = math.Exp(x[0])
		var sum float64
		for _, g := range k.growth(official) {
			sum += (g.got/g.official - 1) * (g.got/g.official - 1)
		}
		return sum
	}
	r, err := optimize.Minimize(optimize.Problem{Func: loss}, []float64{math.Log(3)}, nil, &optimize.NelderMead{})
	if err != nil {
		k.fault("net immigration: %w", err)
		return
	}
	k.abroad.tau = math.Round(100*math.Exp(r.X[0])) / 100 // two decimals: the same on every processor
	k.abroad.residuals = k.growth(official)
}

// krRegisterYears are the years whose mean gain of the registers beyond births and deaths a start takes for the years to come: the last three counted. After 2020
// registers lost people who had long been without a known address (2021: 133,000, 2022: 76,000 beyond births and deaths), which residents with a known
// address do not notice: 2018 to 2020 stand for those starts.
func (s krStart) registerYears() (first, last int) {
	last = min(s.year-1, 2020)
	return last - 2, last
}

// registerGain is the yearly gain of the registers beyond births and deaths.
func (k *korea) registerGain() float64 {
	first, last := k.start.registerYears()
	total := func(year int) (n float64) {
		for _, p := range k.provinces {
			r := p.registered[year]
			n += float64(r[0] + r[1])
		}
		return n
	}
	gain := total(last) - total(first-1)
	t := k.read("projection_national.csv")
	for r := range t.Rows {
		if y := int(t.Int(r, "year")); y >= first && y <= last {
			gain += t.Float(r, "deaths_observed") - t.Float(r, "births_observed")
		}
	}
	return math.Round(gain / float64(last-first+1))
}

// krFitLast is the last year whose official total the path of net immigration is fitted to.
const krFitLast = 2050

// officialTotals are the official totals of the nation in the middle of the years from 2023 on.
func (k *korea) officialTotals() map[int]float64 {
	out := map[int]float64{}
	t := k.read("projection_national.csv")
	for r := range t.Rows {
		out[int(t.Int(r, "year"))] = t.Float(r, "population")
	}
	return out
}

// growth projects the nation from 2023 by cohorts under the official total fertility, the life table at the nation's level and the present path of net
// immigration, and compares its growth since the middle of 2023.
func (k *korea) growth(official map[int]float64) (out []krGrowth) {
	years, tfr := k.officialTFR()
	var now krPeople
	for i := range k.towns {
		for sex := range now {
			for a, n := range k.towns[i].base[sex] {
				now[sex][a] += n
			}
		}
	}
	var middle float64
	for y := krBase; y <= krFitLast; y++ {
		next := k.step(&now, y, krBetween(years, tfr, y))
		mean := (now.sum() + next.sum()) / 2
		if y == krBase {
			middle = mean
		} else {
			out = append(out, krGrowth{year: y, got: mean / middle, official: official[y] / official[krBase]})
		}
		now = next
	}
	return out
}

// step projects the nation one year.
func (k *korea) step(now *krPeople, year int, tfr float64) (next krPeople) {
	var q [2][krAges]float64
	for sex := range q {
		q[sex] = k.dying(year, sex)
		for a := range q[sex] {
			q[sex][a] = math.Min(1, k.level*q[sex][a])
		}
		copy(next[sex][:], Survive(now[sex][:], q[sex][:]))
	}
	var births float64
	for g, share := range k.sharesIn(year) {
		for a := 5*g + 15; a < 5*g+20; a++ {
			births += tfr * share / 5 * (now[1][a] + next[1][a]) / 2
		}
	}
	for sex, share := range []float64{krMaleBirth, 1 - krMaleBirth} {
		next[sex][0] = births * share * (1 - infantInYear*q[sex][0])
		for g, n := range k.abroadAges(year)[sex] {
			for a := 5 * g; a < min(5*g+5, krAges); a++ {
				next[sex][a] += n / 5
			}
		}
	}
	return next
}

// sharesIn is the age pattern of births in a year.
func (k *korea) sharesIn(year int) [7]float64 {
	p := k.fertility[0]
	for _, f := range k.fertility {
		if f.first <= year {
			p = f
		}
	}
	return p.share
}

// abroadAges is the year's net immigration by sex and five-year age: the pattern of WPP 2020-2024 until 2024 and of 2025-2029 after it, whose totals are like the
// official ones. The later patterns are left out: their totals fall to nothing between large gains of students and large losses of the ages after, which scaling
// to the official total would multiply.
func (k *korea) abroadAges(year int) (out [2][krFives]float64) {
	period := 2020
	if year >= 2025 && k.start.abroad == krOfficial {
		period = 2025
	}
	pattern := k.wppAbroad[period]
	total := Sum(pattern[0][:]) + Sum(pattern[1][:])
	for sex := range out {
		for g, n := range pattern[sex] {
			out[sex][g] = n / total * k.net(year)
		}
	}
	return out
}

// readAbroad reads the net migration of WPP by period, sex and age.
func (k *korea) readAbroad() {
	k.wppAbroad = map[int][2][krFives]float64{}
	t := k.read("wpp2024_kor_netmig_age.csv")
	for r := range t.Rows {
		first, _ := k.krPeriod(t.Str(r, "period"))
		p := k.wppAbroad[first]
		for sex, name := range []string{"migM", "migF"} {
			p[sex][krFive(t.Str(r, "age"))] = t.Float(r, name)
		}
		k.wppAbroad[first] = p
	}
}

func (k *korea) rowsArrivals() (rows [][]string) {
	last := krLastYear
	if k.start.abroad == krRegisters {
		last = k.start.year // every year the same
	}
	for y := k.start.year; y <= last; y++ {
		ages := k.abroadAges(y)
		for sex, name := range []string{"M", "F"} {
			for g, n := range ages[sex] {
				rows = append(rows, []string{strconv.Itoa(y), strconv.Itoa(y), name, krFiveName(g), Num(n, 0)})
			}
		}
	}
	return rows
}

// krFiveName is 0-4 ... 95-99, 100+.
func krFiveName(g int) string {
	if g == krFives-1 {
		return "100+"
	}
	return strconv.Itoa(5*g) + "-" + strconv.Itoa(5*g+4)
}

// krForeigners are the foreigners who stayed for long at the end of 2022 in the provinces the press gives (fnnews 202403261036277188: the article misprints Sejong's
// 7,000 as 70 million), and in the nation (Ministry of Justice: 1,688,855).
var krForeigners = map[string]float64{"41000": 597000, "11000": 378000, "28000": 108000, "30000": 24000, "36000": 7000}

const krForeignNation = 1688855.0

// arrivalShares spread the nation's net immigration: provinces as the foreigners of the end of 2022 where the number is published, the others by residents, and by
// residents within a province. A start before uses residents alone.
func (k *korea) arrivalShares() {
	var all, known, rest float64
	for _, p := range k.provinces {
		all += float64(p.population)
		if n, ok := krForeigners[p.code]; ok {
			known += n
		} else {
			rest += float64(p.population)
		}
	}
	for j := range k.provinces {
		p := &k.provinces[j]
		share := float64(p.population) / rest * (1 - known/krForeignNation)
		if n, ok := krForeigners[p.code]; ok {
			share = n / krForeignNation
		}
		if k.start.abroad == krRegisters {
			share = float64(p.population) / all
		}
		for c, x := range k.shares(p) {
			k.towns[p.towns[c]].arrival = share * x
		}
	}
}

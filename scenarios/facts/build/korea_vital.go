package build

import (
	"math"

	"gohyang/scenarios/facts"
)

// krLife is one period of the abridged life table.
type krLife struct {
	first, last int
	age         []int
	mx          [2][]float64
}

// krFertility is one period of the age pattern, 15-19 to 45-49, summing to 1.
type krFertility struct {
	first, last int
	share       [7]float64
}

// krPeriod reads "2020-2025" as the calendar years 2020 to 2024: WPP periods run from 1 January to 31 December.
func (k *korea) krPeriod(s string) (first, last int) {
	if len(s) != 9 || s[4] != '-' {
		k.fault("period: got %q, want one such as 2020-2025", s)
		return 0, 0
	}
	for i := range 4 {
		first = 10*first + int(s[i]-'0')
		last = 10*last + int(s[5+i]-'0')
	}
	return first, last - 1
}

// krLastYear is the last year of the yearly tables.
const krLastYear = 2072

func (k *korea) readLife() {
	t := k.read("wpp2024_kor_mx_5yr.csv")
	for r := range t.Rows {
		first, last := k.krPeriod(t.Str(r, "period"))
		if first > krLastYear {
			continue
		}
		if n := len(k.life); n == 0 || k.life[n-1].first != first {
			k.life = append(k.life, krLife{first: first, last: last})
		}
		p := &k.life[len(k.life)-1]
		age := 0
		for _, c := range t.Str(r, "age") {
			if c >= '0' && c <= '9' {
				age = 10*age + int(c-'0')
			}
		}
		p.age = append(p.age, age)
		p.mx[0] = append(p.mx[0], t.Float(r, "mxM"))
		p.mx[1] = append(p.mx[1], t.Float(r, "mxF"))
	}
}

// rates are the abridged death rates of a year: log-linear between the centres of the periods, as the loader does.
func (k *korea) rates(year, sex int) (age []int, mx []float64) {
	at := float64(year) + 0.5
	centre := func(p krLife) float64 { return float64(p.first+p.last+1) / 2 }
	i := 0
	for i+2 < len(k.life) && centre(k.life[i+1]) <= at {
		i++
	}
	a, b := k.life[i], k.life[i+1]
	w := (at - centre(a)) / (centre(b) - centre(a))
	for n := range a.age {
		mx = append(mx, math.Exp((1-w)*math.Log(a.mx[sex][n])+w*math.Log(b.mx[sex][n])))
	}
	return a.age, mx
}

func (k *korea) readFertility() {
	t := k.read("wpp2024_kor_pasfr_5yr.csv")
	wpp := map[int][7]float64{}
	var order []int
	for r := range t.Rows {
		first, _ := k.krPeriod(t.Str(r, "period"))
		share := wpp[first]
		g := krFive(t.Str(r, "age")) - 3
		if g == 0 {
			order = append(order, first)
		}
		share[g] = t.Float(r, "pasfr") / 100
		wpp[first] = share
	}
	t = k.read("asfr_national.csv")
	var rest [2]float64
	for r := range t.Rows {
		y := t.Int(r, "year") - krBase
		if y < 0 || y > 1 {
			k.fault("asfr_national.csv: got year %d, want 2023 or 2024", y+krBase)
			continue
		}
		switch group := t.Str(r, "age_group"); group {
		case "25-29", "30-34", "35-39", "40-44":
			k.asfr[y][krFive(group)-3] = t.Float(r, "births_per_1000_women") / 1000
		default:
			rest[y] = t.Float(r, "births_per_1000_women") / 1000
		}
	}
	p := wpp[2020]
	for y := range k.asfr {
		for _, g := range []int{0, 1, 6} { // the published remainder, split as WPP splits these three groups
			k.asfr[y][g] = rest[y] * p[g] / (p[0] + p[1] + p[6])
		}
		sum := Sum(k.asfr[y][:])
		f := krFertility{first: krBase + y, last: krBase + y}
		for g, v := range k.asfr[y] {
			f.share[g] = v / sum
		}
		k.fertility = append(k.fertility, f)
	}
	for _, first := range order {
		if first >= 2025 && first <= krLastYear {
			s := wpp[first]
			sum := Sum(s[:])
			for g := range s {
				s[g] /= sum
			}
			k.fertility = append(k.fertility, krFertility{first, first + 4, s})
		}
	}
}

// singleAges splits the populations of the ends of 2022 and 2024 as the loader does.
func (k *korea) singleAges() {
	var tail [2][]float64
	for sex := range 2 {
		age, mx := k.rates(krBase, sex)
		q := facts.SingleAges(sex, age, mx)
		alive := 1.0
		for a := range krAges {
			if a >= 100 {
				tail[sex] = append(tail[sex], alive*(1-q[a]/2))
			}
			alive *= 1 - q[a]
		}
	}
	first := make([]int, krFives)
	for g := range first {
		first[g] = 5 * g
	}
	for i := range k.towns {
		t := &k.towns[i]
		for sex := range 2 {
			a := facts.SplitAges(first, t.five[0][sex][:], tail[sex])
			b := facts.SplitAges(first, t.five[2][sex][:], tail[sex])
			for age := range krAges {
				t.base[sex][age], t.last[sex][age] = float64(a[age]), float64(b[age])
			}
		}
	}
}

// exposure is the population of a five-year group in the middle of 2023 (year 0) or 2024 (year 1).
func (t *krTown) exposure(year, sex, g int) float64 {
	return float64(t.five[year][sex][g]+t.five[year+1][sex][g]) / 2
}

// expectedDeaths are the deaths of 2023 (year 0) or 2024 (year 1) at national rates.
func (k *korea) expectedDeaths(t *krTown, year int) float64 {
	var n float64
	for sex := range 2 {
		_, mx := k.rates(krBase+year, sex)
		for g := range krFives {
			m := mx[g+1]
			if g == 0 {
				m = (mx[0] + 4*mx[1]) / 5
			}
			n += t.exposure(year, sex, g) * m
		}
	}
	return n
}

// deathLevels gives every province observed over expected deaths of 2023 and 2024 (2022 is left out: the epidemic), scaled so that the nation's
// expected deaths of 2023 are those counted.
func (k *korea) deathLevels() {
	var expected23, seen23 float64
	for j := range k.provinces {
		p := &k.provinces[j]
		var e [2]float64
		for _, i := range p.towns {
			for y := range e {
				e[y] += k.expectedDeaths(&k.towns[i], y)
			}
		}
		p.death = float64(p.deaths[2023]+p.deaths[2024]) / (e[0] + e[1])
		expected23 += p.death * e[0]
		seen23 += float64(p.deaths[2023])
	}
	for j := range k.provinces {
		k.provinces[j].death *= seen23 / expected23
	}
}

// birthLevels gives every town the child-woman ratio relative to the nation, scaled within its province so that the births of 2023 are those
// counted.
func (k *korea) birthLevels() {
	t := k.read("child_woman_ratio_sigungu.csv")
	for r := range t.Rows {
		k.towns[k.at(k.town, t.Str(r, "code"), t.File)].ratio = t.Float(r, "c0_4_per_women25_39_relative")
	}
	scale := krTFR(krBase) / Sum(k.asfr[0][:]) / 5 // the pattern of 2023 at the total fertility shipped, per woman and year
	for j := range k.provinces {
		var expected float64
		p := &k.provinces[j]
		for _, i := range p.towns {
			n := &k.towns[i]
			for g := range 7 {
				expected += n.ratio * n.exposure(0, 1, g+3) * k.asfr[0][g] * scale
			}
		}
		for _, i := range p.towns {
			k.towns[i].birth = k.towns[i].ratio * float64(p.births[2023]) / expected
		}
	}
}

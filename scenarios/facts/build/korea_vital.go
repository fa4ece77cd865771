package build

import "math"

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
	k.pattern = map[int][7]float64{}
	var order []int
	for r := range t.Rows {
		first, _ := k.krPeriod(t.Str(r, "period"))
		share := k.pattern[first]
		g := krFive(t.Str(r, "age")) - 3
		if g == 0 {
			order = append(order, first)
		}
		share[g] = t.Float(r, "pasfr") / 100
		k.pattern[first] = share
	}
	for first, share := range k.pattern {
		sum := Sum(share[:])
		for g := range share {
			share[g] /= sum
		}
		k.pattern[first] = share
	}
	k.readASFR()
	from := 2025 // of the periods of WPP
	switch {
	case k.start.year <= 2020: // the last period that was over
		k.fertility = []krFertility{{2010, 2014, k.pattern[2010]}}
		return
	case k.start.births < krBase:
		from = 2020
	default:
		for y := krBase; y < k.start.year || y <= k.start.towns; y++ {
			f := krFertility{first: y, last: y, share: k.asfr[y-krBase]}
			sum := Sum(f.share[:])
			for g := range f.share {
				f.share[g] /= sum
			}
			k.fertility = append(k.fertility, f)
		}
	}
	for _, first := range order {
		if first >= from && first <= krLastYear {
			k.fertility = append(k.fertility, krFertility{first, first + 4, k.pattern[first]})
		}
	}
}

// readASFR reads the rates of 2023 and 2024; the published remainder is split as WPP splits these three groups.
func (k *korea) readASFR() {
	t := k.read("asfr_national.csv")
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
	p := k.pattern[2020]
	for y := range k.asfr {
		for _, g := range []int{0, 1, 6} {
			k.asfr[y][g] = rest[y] * p[g] / (p[0] + p[1] + p[6])
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

// pastDeaths are the deaths of a year until 2022 in a province at national rates, on the back-cast; scaled to the residents of the registers by town, who leave out
// those without a known address, where the start's population does.
func (k *korea) pastDeaths(j, year int) (n float64) {
	for sex := range 2 {
		_, mx := k.rates(year, sex)
		for a := range krAges {
			n += k.middle(year, j, sex, a) * mx[jpAbridged(a)]
		}
	}
	return n * k.known(j)
}

// middle is the back-cast in the middle of a year; before the end of 2015 there is none, and that of the end stands for it, scaled to the registers.
func (k *korea) middle(year, j, sex, age int) float64 {
	end := k.past[year][j][sex][age]
	if year > krPast {
		return (end + k.past[year-1][j][sex][age]) / 2
	}
	r := k.provinces[j].registered
	return end * (1 + float64(r[year-1][sex])/float64(r[year][sex])) / 2
}

// known is the share of a province's registered (boundaries before July 2023) who are residents with a known address at the end of 2022; 1 for a start from
// all registered.
func (k *korea) known(j int) float64 {
	if k.start.year <= krFirst {
		return 1
	}
	var residents float64
	for i := range k.towns {
		if k.before(i, krFirst) == j {
			residents += krSum(k.towns[i].five[0])
		}
	}
	r := k.provinces[j].registered[krFirst]
	return residents / float64(r[0]+r[1])
}

// expected are the deaths of a year at national rates by province, in the boundaries they were counted in.
func (k *korea) expected(year int) []float64 {
	out := make([]float64, len(k.provinces))
	if year <= krFirst {
		for j := range out {
			out[j] = k.pastDeaths(j, year)
		}
		return out
	}
	for i := range k.towns {
		out[k.towns[i].province] += k.expectedDeaths(&k.towns[i], year-krBase)
	}
	return out
}

// deathLevels gives every town its province's observed over expected deaths of the start's years, each year relative to the nation, times the nation's ratio in the
// year of the level.
func (k *korea) deathLevels() {
	seen, want := make([]float64, len(k.towns)), make([]float64, len(k.towns))
	k.level = 0
	ratios := func(year int) (expected []float64, nation float64) {
		expected = k.expected(year)
		var deaths float64
		for j := range k.provinces {
			deaths += float64(k.provinces[j].deaths[year])
		}
		return expected, deaths / Sum(expected)
	}
	for y := k.start.deaths[0]; y <= k.start.deaths[1]; y++ {
		expected, nation := ratios(y)
		for i := range k.towns {
			j := k.before(i, y)
			seen[i] += float64(k.provinces[j].deaths[y]) / nation
			want[i] += expected[j]
		}
	}
	_, k.level = ratios(k.start.level)
	for i := range k.towns {
		k.towns[i].death = k.level * seen[i] / want[i]
	}
}

// childWoman is the ratio of children 0-4 to women 25-39 of each town over the nation's, from the registers the start knows; 1 where it knows none by town.
func (k *korea) childWoman() {
	at := k.start.year - 1 - krFirst
	if k.start.towns > 0 {
		at = k.start.towns - krFirst
	}
	if at < 0 {
		for i := range k.towns {
			k.towns[i].ratio = 1
		}
		return
	}
	count := func(t *krTown) (children, women float64) {
		f := &t.five[at]
		return float64(f[0][0] + f[1][0]), float64(f[1][5] + f[1][6] + f[1][7])
	}
	var children, women float64
	for i := range k.towns {
		c, w := count(&k.towns[i])
		children, women = children+c, women+w
	}
	for i := range k.towns {
		c, w := count(&k.towns[i])
		k.towns[i].ratio = c / w / (children / women)
	}
}

// birthLevels gives every town the child-woman ratio relative to the nation, scaled within its province so that the births of the start's year are those
// counted.
func (k *korea) birthLevels() {
	k.childWoman()
	y := k.start.births
	rate := k.startPattern()
	expected := make([]float64, len(k.provinces))
	for i := range k.towns {
		t := &k.towns[i]
		for g := range rate {
			women := float64(t.people[1][g+3]) // a start without a register by town of the year before: those of its own day
			if y >= krBase {
				women = t.exposure(y-krBase, 1, g+3)
			}
			expected[k.before(i, y)] += t.ratio * women * rate[g]
		}
	}
	for i := range k.towns {
		j := k.before(i, y)
		k.towns[i].birth = k.towns[i].ratio * float64(k.provinces[j].births[y]) / expected[j]
	}
}

// startPattern is births per woman and year in the year of the start's births, 15-19 to 45-49: the age pattern shipped at the total fertility counted.
func (k *korea) startPattern() (rate [7]float64) {
	for g, share := range k.fertility[0].share {
		rate[g] = share * krTFR[k.start.births] / 5
	}
	return rate
}

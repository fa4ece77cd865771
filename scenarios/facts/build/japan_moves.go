package build

import (
	"math"

	"gohyang/scenarios/facts"
	"gohyang/sim/people"
)

// Moves within Japan. Counts are of all residents, foreigners included: the municipal pattern is that of Japanese nationals, the level that of all residents
// (in the standard tables of 2019).
const (
	jpMovers2019    = 5403465 // persons who moved between municipalities, Statistics Bureau 2019 (reference mobility_national.csv)
	jpMoversWithin  = 2835379 // of these within their prefecture
	jpCohortPrior   = 300     // persons: weight of the prefecture's net rate against a municipality's own cohort (judgement)
	jpSmallestShare = 0.05    // least share of its expected moves that a group keeps in or out (judgement)
)

// moveTotals fixes in- and out-moves by municipality. Moves between prefectures are published by prefecture; those within follow from the municipal
// counts and are scaled to the published national number. Of these, the moves between wards of one city are taken off first (see betweenWards): the number
// of both directions falls by the same, net moves stay, and the moves that are left are the published ones less j.wards.
func (j *japan) moveTotals() {
	var within float64
	wards := make([]float64, len(j.prefs))
	share := j.betweenWards()
	for k := range j.prefs {
		p := &j.prefs[k]
		grow := p.in / p.inJapanese
		var in, out float64
		for _, i := range p.towns {
			t := &j.towns[i]
			t.in, t.out = j.moved(t)
			if !t.displaced {
				in += t.in
				out += t.out
			}
			inside := share[i] * (t.in + t.out) / 2
			t.in -= inside
			t.out -= inside
			wards[k] += float64(inside * grow)
		}
		j.moveDisplaced(p, in, out)
		p.intra = max(0, (in+out)/2*grow-(p.in+p.out)/2)
		within += p.intra
	}
	scale := 1.0
	if j.start.within > 0 {
		scale = j.start.within / within
	}
	for k := range j.prefs {
		p := &j.prefs[k]
		if wards[k] >= p.intra && wards[k] > 0 {
			j.fault("moves within %s: got %.0f, want more than the %.0f between wards", p.nameEn, p.intra, wards[k])
		}
		p.intra = (p.intra - wards[k]) * scale
		j.wards += wards[k] * scale
		j.scaleMoves(p)
	}
}

// scaleMoves brings the moves of a prefecture's municipalities to those between prefectures and within.
func (j *japan) scaleMoves(p *jpPref) {
	var in, out float64
	for _, i := range p.towns {
		in += j.towns[i].in
		out += j.towns[i].out
	}
	for _, i := range p.towns {
		j.towns[i].in *= (p.in + p.intra) / in
		j.towns[i].out *= (p.out + p.intra) / out
	}
}

// moved is the mean of the registered in- and out-moves a year of the municipal pattern, Japanese nationals.
func (j *japan) moved(t *jpTown) (in, out float64) {
	years := float64(j.start.moveLast - j.start.moveFirst + 1)
	for y := j.start.moveFirst; y <= j.start.moveLast; y++ {
		in += t.vital[y-jpFirstVit].in / years
		out += t.vital[y-jpFirstVit].out / years
	}
	return in, out
}

// moveDisplaced gives displaced municipalities the mean rates of the rest of their prefecture.
func (j *japan) moveDisplaced(p *jpPref, in, out float64) {
	var people float64
	for _, i := range p.towns {
		if !j.towns[i].displaced {
			people += jpSum(j.towns[i].census)
		}
	}
	for _, i := range p.towns {
		if t := &j.towns[i]; t.displaced {
			t.in, t.out = in*jpSum(t.census)/people, out*jpSum(t.census)/people
		}
	}
}

// moveGroups brings the schedule to the number of moves and splits each municipality's by age group: half the turnover as the schedule expects, corrected by the
// net migration of its cohorts, which netOf gives, reconciled by iterative fitting to the municipal totals and the national total of each group.
func (j *japan) moveGroups(netOf func() [][facts.Groups]float64) {
	var moves, movers float64
	for i := range j.towns {
		moves += j.towns[i].in
	}
	for age, n := range j.residents() {
		movers += float64(n * j.schedule.At(float64(age)+0.5))
	}
	for sex := range 2 {
		for age := range facts.Ages {
			j.moves[sex][age] = j.schedule.At(float64(age)+0.5) * moves / movers
		}
	}
	national := make([]float64, facts.Groups)
	for i := range j.towns {
		t := &j.towns[i]
		for sex := range 2 {
			for age, n := range t.base[sex] {
				t.expected[people.GroupOf(age)] += float64(n * j.moves[sex][age])
			}
		}
		for g, v := range t.expected {
			national[g] += v
		}
	}
	net := netOf()
	j.balanceGroups(net, national, +1)
	j.balanceGroups(net, national, -1)
}

// balanceGroups fills inBy (sign +1) or outBy (sign -1).
func (j *japan) balanceGroups(net [][facts.Groups]float64, national []float64, sign float64) {
	seed, rows := make([][]float64, len(j.towns)), make([]float64, len(j.towns))
	for i := range j.towns {
		t := &j.towns[i]
		rows[i] = t.in
		if sign < 0 {
			rows[i] = t.out
		}
		all := Sum(t.expected[:])
		gap := t.in - t.out - Sum(net[i][:]) // what the cohorts do not explain is spread as expected
		seed[i] = make([]float64, facts.Groups)
		for g := range facts.Groups {
			share := ratio(t.expected[g], all)
			turnover := (t.in + t.out) / 2 * share
			seed[i][g] = jpOneWay(turnover, sign*(net[i][g]+gap*share))
		}
	}
	fitted, err := IPF(seed, rows, national)
	if err != nil {
		j.fault("moves by age group: %w", err)
		return
	}
	for i := range j.towns {
		if sign > 0 {
			copy(j.towns[i].inBy[:], fitted[i])
		} else {
			copy(j.towns[i].outBy[:], fitted[i])
		}
	}
}

// jpOneWay is the moves in one direction, of a turnover in each and more by net than in the other. Where the other would fall below its least share it has
// that, and this one still net more.
func jpOneWay(turnover, net float64) float64 {
	least := jpSmallestShare * turnover
	if turnover-net/2 < least {
		return least + net
	}
	return max(least, turnover+net/2)
}

// netByGroup is the yearly net internal migration by municipality and age group: survivors of each five-year cohort of 2015 against the census of
// 2020, less the national rate of the cohort (which is international migration and census error), drawn towards the prefecture for small cohorts.
func (j *japan) netByGroup() [][facts.Groups]float64 {
	net := make([][facts.Groups]float64, len(j.towns))
	for sex := range 2 {
		for c := range jpFives {
			seen, expected := make([]float64, len(j.towns)), make([]float64, len(j.towns))
			for i := range j.towns {
				seen[i], expected[i] = j.cohort(&j.towns[i], sex, c)
			}
			nation := (Sum(seen) - Sum(expected)) / Sum(expected)
			weight := j.cohortGroups(sex, c)
			for _, p := range j.prefs {
				var gain, base float64
				for _, i := range p.towns {
					gain += seen[i] - expected[i]
					base += expected[i]
				}
				for _, i := range p.towns {
					r := (seen[i] - expected[i] + jpCohortPrior*gain/base) / (expected[i] + jpCohortPrior)
					for g, w := range weight {
						net[i][g] += float64(w * (r - nation) * expected[i] / 5)
					}
				}
			}
		}
	}
	return net
}

// cohort gives the persons of a cohort counted in 2020 and those expected from 2015 (or from births). Cohort 0 is born between the censuses, cohort c
// was aged 5c-5 to 5c-1 in 2015, the last was 85 or over.
func (j *japan) cohort(t *jpTown, sex, c int) (seen, expected float64) {
	if t.displaced {
		return 0, 0
	}
	m := func(k int) float64 { return t.death * j.fiveRate(2018, sex, k) }
	switch c {
	case 0:
		births := 0.0
		for y := 2016; y <= 2020; y++ {
			births += t.vital[y-jpFirstVit].births
		}
		boys := 1.05 / 2.05
		share := [2]float64{boys, 1 - boys}[sex]
		return t.census[sex][0], births * share * math.Exp(-t.death*j.rate(2018, sex, 0))
	case jpFives - 1:
		a := t.earlier[sex][c-1] * math.Exp(-2.5*(m(c-1)+m(c)))
		return t.census[sex][c], a + t.earlier[sex][c]*math.Exp(-5*m(c))
	}
	return t.census[sex][c], t.earlier[sex][c-1] * math.Exp(-2.5*(m(c-1)+m(c)))
}

// cohortGroups shares a cohort's five years of migration over the age groups: triangular person-years by age times the national schedule.
func (j *japan) cohortGroups(sex, c int) [facts.Groups]float64 {
	var w [facts.Groups]float64
	var all float64
	first := 5 * (c - 1)
	for k := range 9 {
		age := first + k
		if age < 0 {
			continue
		}
		v := float64(5-max(k-4, 4-k)) * j.moves[sex][min(age, facts.Ages-1)]
		w[people.GroupOf(age)] += v
		all += v
	}
	for g := range w {
		w[g] /= all
	}
	return w
}

// originDestination makes the moves between and within prefectures by age group: a gravity seed (mass of out- and in-moves, distance to the power Korea's fit gives)
// raked to the out- and in-moves between prefectures; moves within a prefecture are shared over the groups like the smaller of its in- and out-moves.
func (j *japan) originDestination() {
	n := len(j.prefs)
	in, out := make([][facts.Groups]float64, n), make([][facts.Groups]float64, n)
	for _, t := range j.towns {
		for g := range facts.Groups {
			in[t.pref][g] += t.inBy[g]
			out[t.pref][g] += t.outBy[g]
		}
	}
	for g := range facts.Groups {
		rows, cols, within := make([]float64, n), make([]float64, n), make([]float64, n)
		for p := range n {
			var least float64
			for k := range facts.Groups {
				least += min(in[p][k], out[p][k])
			}
			within[p] = min(in[p][g], out[p][g]) * min(0.97, j.prefs[p].intra/least)
			rows[p], cols[p] = out[p][g]-within[p], in[p][g]-within[p]
		}
		seed := make([][]float64, n)
		for a := range n {
			seed[a] = make([]float64, n)
			for b := range n {
				if p, q := &j.prefs[a], &j.prefs[b]; a != b {
					seed[a][b] = rows[a] * cols[b] * math.Pow(jpDistance(p.lon, p.lat, q.lon, q.lat), j.distance)
				}
			}
		}
		fitted, err := IPF(seed, rows, cols)
		if err != nil {
			j.fault("moves between prefectures, group %d: %w", g, err)
			return
		}
		for p := range n {
			fitted[p][p] = within[p]
		}
		j.od[g] = fitted
	}
}

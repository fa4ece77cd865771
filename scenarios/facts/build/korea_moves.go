package build

import (
	"math"

	"gohyang/sim/people"
)

// krStayPower sets how much of a province's inner moves stay inside one town: (sum of squared population shares)^krStayPower. Judgement: with 1/4
// about half of the inner moves of the nation cross a town boundary.
const krStayPower = 0.25

// krReliability is how much of a town's own net rate, beyond its province's, is taken to last. The registers show two years only, and what they show is
// partly one new housing estate or one quarter torn down; the simulation carries the rates on for decades. Judgement: the years seen count against two more years
// at the province's rate: n / (n + 2), a half in the standard tables.
func krReliability(years int) float64 { return float64(max(years, 0)) / float64(max(years, 0)+2) }

func (k *korea) readMoves() {
	n := len(k.provinces)
	k.stock, k.yearly = krMatrix(n), map[int][][]float64{}
	t := k.read("migration_sido_od.csv")
	for r := range t.Rows {
		i := k.at(k.province, t.Str(r, "origin_code")+"000", t.File)
		j := k.at(k.province, t.Str(r, "dest_code")+"000", t.File)
		y, m := int(t.Int(r, "year")), t.Float(r, "movers")
		if k.yearly[y] == nil {
			k.yearly[y] = krMatrix(n)
		}
		k.yearly[y][i][j] += m
		k.stock[i][j] += m
	}
}

// krStay is the share of a province's inner moves that stay inside one town, from the shares of its towns in its residents.
func krStay(shares []float64) float64 {
	var concentration float64
	for _, s := range shares {
		concentration += s * s
	}
	return math.Pow(concentration, krStayPower)
}

func krMatrix(n int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
	}
	return m
}

func krSum(five [2][krFives]int64) float64 {
	var n int64
	for sex := range five {
		for _, v := range five[sex] {
			n += v
		}
	}
	return float64(n)
}

// krModelSchedule is where the fit of the schedule starts, and what it keeps where the published rates say nothing: the shape of childhood and of the rise are the model
// schedule's (M04), children a third of young adults (a1 = a2/3) as there. The published rates have no band below 20.
var krModelSchedule = ModelSchedule(24)

// fitSchedule fits the Rogers-Castro schedule to the mobility rates published for 2024 (20s, 30s, 60s, 70s, all ages), over the residents of the end of 2024: its
// size, the place and slope of the labour peak and the constant. Only its shape is used.
func (k *korea) fitSchedule() {
	pop := k.nation2024()
	fit, err := FitSchedule(k.mobility(), &pop, krModelSchedule, Size, Alpha2, Mu2, C)
	if err != nil {
		k.errs = append(k.errs, err)
		return
	}
	for i, r := range fit.Residual {
		if math.Abs(r) > 0.11 {
			k.fault("move schedule: rate %d: residual %g, want less than 0.11", i, r)
		}
	}
	k.shape = *fit
}

// nation2024 are the residents of the end of 2024 by single age, both sexes.
func (k *korea) nation2024() (pop [krAges]float64) {
	for i := range k.towns {
		ages := k.single(k.towns[i].five[2], krBase)
		for sex := range ages {
			for a, n := range ages[sex] {
				pop[a] += n
			}
		}
	}
	return pop
}

// scaleSchedule scales the schedule so that the population makes the number of moves between towns.
func (k *korea) scaleSchedule() {
	var expected, moves float64
	for a := range krAges {
		var n float64
		for i := range k.towns {
			n += k.towns[i].base[0][a] + k.towns[i].base[1][a]
		}
		expected += n * k.shape.At(float64(a)+0.5)
	}
	for i := range k.od {
		moves += Sum(k.od[i])
	}
	for a := range krAges {
		k.rate[a] = k.shape.At(float64(a)+0.5) * moves / expected
	}
}

// mobility are the published rates: moves per person of an age and year.
func (k *korea) mobility() (out []Mobility) {
	bands := map[string][2]int{"20s": {20, 30}, "30s": {30, 40}, "60s": {60, 70}, "70s": {70, 80}, "total": {0, krAges}}
	t := k.read("migration_rates.csv")
	for r := range t.Rows {
		m := t.Str(r, "measure")
		if t.Int(r, "year") == 2024 && (m == "mobility rate" || m == "mobility rate by age") {
			if b, ok := bands[t.Str(r, "category")]; ok {
				out = append(out, Mobility{t.Str(r, "category"), b[0], b[1], t.Float(r, "value") / 100})
			}
		}
	}
	if len(out) != 5 {
		k.fault("migration_rates.csv: got %d rates of 2024, want 20s, 30s, 60s, 70s and total", len(out))
	}
	return out
}

// netMoves estimates each town's yearly net moves by age group, where the start knows registers of two days; a start that does not has none: its towns move at
// their province's rates.
func (k *korea) netMoves() {
	for i := range k.towns {
		t := &k.towns[i]
		if k.start.towns > 0 {
			k.registerNet(t)
		}
		for sex := range 2 {
			for a := range krAges {
				t.expect[people.GroupOf(a)] += t.base[sex][a] * k.rate[a]
			}
		}
	}
}

// registerNet is the residents of the last register minus the survivors of those of the end of 2022, by year. A cohort's net moves belong in equal parts to its ages
// at the beginning of each of the years. Born in between: not counted.
func (k *korea) registerNet(t *krTown) {
	years := k.start.towns - krFirst
	first, last := k.single(t.five[0], krBase), k.single(t.five[years], krBase)
	for sex := range 2 {
		pop := first[sex][:]
		for y := range years {
			local := make([]float64, krAges)
			for a, q := range k.dying(krBase+y, sex) {
				local[a] = math.Min(1, t.death*q)
			}
			pop = Survive(pop, local)
		}
		for a := years; a < krAges; a++ {
			net := (last[sex][a] - pop[a]) / float64(years)
			for y := range years {
				t.net[people.GroupOf(a-years+y)] += net / float64(years)
			}
		}
	}
}

// shrinkNet draws the net rates (net moves over expected moves) of each town and age group towards those of its province, keeping the reliability of the
// distance. The net moves of each province and group, and so of the nation, stay as they are.
func (k *korea) shrinkNet() {
	keep := krReliability(k.start.towns - krFirst)
	for _, p := range k.provinces {
		for g := range krGroups {
			var net, expect float64
			for _, i := range p.towns {
				net += k.towns[i].net[g]
				expect += k.towns[i].expect[g]
			}
			for _, i := range p.towns {
				t := &k.towns[i]
				t.net[g] = keep*t.net[g] + (1-keep)*t.expect[g]*ratio(net, expect)
			}
		}
	}
}

// balanceMoves makes the net moves agree with the origin-destination table: zero for the nation in every group and, over all groups, each province's
// published net. What is taken off (mostly international migration and register corrections) is spread by expected moves. Then a losing town and group gets
// out-moves level x expected - net/2, a winning one level x expected - net/4 (new housing brings people in, few stay who would have left) and at least
// 0.3 of the expected; in-moves are out-moves + net and at least a tenth of the expected. One level a province makes the out-moves add up to the table; so
// do the in-moves.
func (k *korea) balanceMoves() {
	for range 500 {
		for g := range krGroups {
			var net, expect float64
			for i := range k.towns {
				net += k.towns[i].net[g]
				expect += k.towns[i].expect[g]
			}
			for i := range k.towns {
				k.towns[i].net[g] -= k.towns[i].expect[g] * net / expect
			}
		}
		for j := range k.provinces {
			var net, expect float64
			for i := range k.provinces {
				net -= k.od[i][j] - k.od[j][i]
			}
			for _, i := range k.provinces[j].towns {
				net += Sum(k.towns[i].net[:])
				expect += Sum(k.towns[i].expect[:])
			}
			for _, i := range k.provinces[j].towns {
				for g := range krGroups {
					k.towns[i].net[g] -= k.towns[i].expect[g] * net / expect
				}
			}
		}
	}
	for j := range k.provinces {
		want := Sum(k.od[j])
		lo, hi := 0.0, 20.0
		for range 60 {
			mid := (lo + hi) / 2
			if k.split(j, mid) < want {
				lo = mid
			} else {
				hi = mid
			}
		}
		k.split(j, (lo+hi)/2)
	}
}

// split gives the towns of a province their moves at a level and returns the sum of out-moves.
func (k *korea) split(province int, level float64) (out float64) {
	for _, i := range k.provinces[province].towns {
		t := &k.towns[i]
		for g := range krGroups {
			e, net := level*t.expect[g], t.net[g]
			t.out[g] = math.Max(0.3*e, e-net/4)
			if net < 0 {
				t.out[g] = e - net/2
			}
			t.in[g] = t.out[g] + net
			if t.in[g] < 0.1*e {
				t.in[g] = 0.1 * e
				t.out[g] = t.in[g] - net
			}
			out += t.out[g]
		}
	}
	return out
}

// groupMoves fits one origin-destination table an age group to the towns' out-moves and in-moves by province, such that together they are the table of
// all ages (iterative proportional fitting on three margins, started from the table of all ages).
func (k *korea) groupMoves() {
	n := len(k.provinces)
	rows, cols := krMatrix(krGroups)[:0], krMatrix(krGroups)[:0]
	for g := range krGroups {
		out, in := make([]float64, n), make([]float64, n)
		for i := range k.towns {
			out[k.towns[i].province] += k.towns[i].out[g]
			in[k.towns[i].province] += k.towns[i].in[g]
		}
		scale := Sum(out) / Sum(in)
		for j := range in {
			in[j] *= scale // the last balancing round leaves a rounding error
		}
		rows, cols = append(rows, out), append(cols, in)
	}
	m, err := IPF3(k.od, rows, cols)
	if err != nil {
		k.fault("moves by age group: %w", err)
		return
	}
	copy(k.group[:], m)
}

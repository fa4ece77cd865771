package people

import (
	"math"

	"gohyang/sim/draw"
)

// The move tables are adjusted until no flow is further from what it should be than closeness, relatively, or rounds are over: the shipped countries need a
// dozen without a tie and fifty with a strong one.
const (
	closeness = 1e-6
	rounds    = 2000
)

// outflows is the expected number of movers of each town in the first year, by age group, from the base population.
func outflows(t *Tables) (out [Groups][]float64) {
	for g := range Groups {
		out[g] = make([]float64, len(t.MoveLevel))
	}
	for i := range t.Population {
		for sex := range 2 {
			for a, n := range t.Population[i][sex] {
				g := GroupOf(a)
				out[g][i] += float64(float64(n) * float64(t.MoveAge[sex][a]*t.MoveLevel[i][g]))
			}
		}
	}
	return out
}

// fit adjusts the rows R and the towns' shares a of one age group so that expected flows between provinces and expected moves into each town are what the
// tables say, although a mover who draws his own town draws again and some return to their place of origin. Without it, places that are most of their
// province would lose people, as their own movers are the ones who cannot choose them; and returns would come on top of moves among which they are counted
// already. A mover of town i in province p whose origin is o goes to town j in q with
//
//	P(j|i,o) = R[p][q] a[j] (1 + R_o [j = o]) / (sum of the same over all towns but i),  j != i
//
// That is a conditional logit, of which R_o is a given: where rows and shares without a tie meet the margins, there are such with any tie, and scaling them
// in turn by what is wanted over what is expected leads to them (generalised iterative scaling, Darroch and Ratcliff 1972). The origins of the movers of a
// town are those of its residents at the start.
func (f *Yearly) fit(m *moveTables, g int, out []float64) {
	od, share, c := m.od[g], m.share[g], f.Country
	want, between := wanted(od, share, out, c)
	m.now[g] = share
	s := newPassing(&Year{country: c, to: m, odds: draw.Q16(f.Options.Return)})
	if copy(s.g.native, out); f.Options.Return > 0 && f.Origins != nil {
		s.g.start(f, f.origins(f.Origins), func(i int) float64 { return out[i] })
	}
	s.bound = s.g.near.tie(c)
	all := s.movers(func(int, int) float64 { return 1 })
	for range rounds {
		_, cross := s.expected(all, g)
		for p, row := range od {
			for q := range row {
				row[q] *= over(between[p*len(od)+q], cross[p*len(od)+q])
			}
			scaleTo(row, 1)
		}
		into, cross := s.expected(all, g)
		miss := max(farthest(into, want), farthest(cross, between))
		sum := make([]float64, c.Provinces)
		for j, q := range c.ProvinceOf {
			share[j] *= over(want[j], into[j])
			sum[q] += share[j]
		}
		for j, q := range c.ProvinceOf {
			share[j] *= over(1, sum[q])
		}
		if miss < closeness {
			break
		}
	}
	m.now[g] = append([]float64(nil), share...)
}

// expected is where the movers of an age group go under the present tables: into each town, and between provinces.
func (s *passing) expected(all *movers, g int) (into, cross []float64) {
	m := *all
	m.near, m.far, m.pair = s.empty(), s.empty(), append([]float64(nil), all.pair...)
	copy(m.near.by, all.near.by)
	copy(m.far.by, all.far.by)
	s.send(&m, g)
	return m.flows(s.y.country)
}

// over is x over y, and one where y is none.
func over(x, y float64) float64 {
	if y > 0 {
		return x / y
	}
	return 1
}

// farthest is how far, relatively, flows are at most from those wanted, where there are any of both.
func farthest(flows, want []float64) (miss float64) {
	for k, x := range flows {
		if x > 0 && want[k] > 0 {
			miss = max(miss, math.Abs(x/want[k]-1))
		}
	}
	return miss
}

// wanted is the number of moves that the tables say: into each town, and between provinces (departure times provinces plus arrival).
func wanted(od [][]float64, share, out []float64, c Country) (into, between []float64) {
	n := c.Provinces
	into, between = make([]float64, len(share)), make([]float64, n*n)
	moves, total := make([]float64, n), make([]float64, n)
	for i, p := range c.ProvinceOf {
		moves[p] += out[i]
	}
	for p := range od {
		for q, x := range od[p] {
			between[p*n+q] = float64(x * moves[p])
			total[q] += between[p*n+q]
		}
	}
	for j, q := range c.ProvinceOf {
		into[j] = float64(share[j] * total[q])
	}
	return into, between
}

func copyRows(m [][]float64) [][]float64 {
	out := make([][]float64, len(m))
	for i, row := range m {
		out[i] = append([]float64(nil), row...)
	}
	return out
}

func scaleTo(row []float64, total float64) {
	sum := 0.0
	for _, v := range row {
		sum += v
	}
	if sum == 0 {
		return
	}
	for i := range row {
		row[i] *= total / sum
	}
}

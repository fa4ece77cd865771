package people

import (
	"fmt"
	"math"

	"gohyang/sim/draw"
)

// rounds is how often the move tables are adjusted at most; they are done when no flow is further from what it should be than closeness.
const (
	rounds    = 2000
	closeness = 1e-5
)

var Debug [Groups]string

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

// fit adjusts the rows R and the towns' shares a of one age group so that expected flows between provinces and expected moves into each town are what the tables
// say, although a mover who draws his own town draws again and some return to their place of origin. Without it, places that are most of their province would lose
// people, as their own movers are the ones who cannot choose them; and returns would come on top of moves among which they are counted already. A mover of town i in
// province p whose origin is o goes to town j in q with
//
//	P(j|i,o) = R[p][q] a[j] (1 + R_o [j = o]) / sum over k of the same, j and k != i
//
// which is a conditional logit: the rows and shares under which it meets the margins exist for any R_o, and scaling them in turn by what is wanted over what there is
// leads to them (generalised iterative scaling). The spread of origins among the movers is that of the base population.
func (f *Yearly) fit(m *moveTables, g int, out []float64) {
	c, n := f.Country, f.Country.Provinces
	od, share := m.od[g], m.share[g]
	m.now[g] = share
	s := newPassing(&Year{country: c, to: m, odds: draw.Q16(f.Options.Return)})
	if copy(s.g.native, out); f.Options.Return > 0 && f.Origins != nil {
		s.g.start(f, f.origins(f.Origins), func(i int) float64 { return out[i] })
	}
	all := s.movers(func(int, int) float64 { return 1 })
	flows := func() (into, cross []float64) {
		t := *all
		t.near, t.far, t.pair = s.empty(), s.empty(), append([]float64(nil), all.pair...)
		copy(t.far.by, all.far.by)
		s.send(&t, g)
		return t.flows(c)
	}
	want, between := wanted(od, share, out, c)
	for k := range rounds {
		_, cross := flows()
		for p := range od {
			for q := range od[p] {
				if x := cross[p*n+q]; x > 0 {
					od[p][q] *= between[p*n+q] / x
				}
			}
			scaleTo(od[p], 1)
		}
		into, cross := flows()
		sum, miss := make([]float64, n), 0.0
		for kk, x := range cross {
			if x > 0 && between[kk] > 0 {
				miss = max(miss, math.Abs(x/between[kk]-1))
			}
		}
		for j, q := range c.ProvinceOf {
			if into[j] > 0 && want[j] > 0 {
				share[j] *= want[j] / into[j]
				miss = max(miss, math.Abs(into[j]/want[j]-1))
			}
			sum[q] += share[j]
		}
		for j, q := range c.ProvinceOf {
			if sum[q] > 0 {
				share[j] /= sum[q]
			}
		}
		Debug[g] = fmt.Sprintf("rounds %d miss %.1e", k, miss)
		if miss < closeness {
			break
		}
	}
	m.now[g] = append([]float64(nil), share...)
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

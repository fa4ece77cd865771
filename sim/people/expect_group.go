package people

import "math"

// state is everybody on 1 January, by sex and completed age.
type state [2][Ages]group

// group is the residents of one sex and age. Slices are by town.
type group struct {
	native []float64 // live in their town of origin
	abroad []float64 // have no origin in the country
	near   apart     // live in another town of their province of origin
	far    apart     // live in another province
	pair   []float64 // those by province of residence times provinces plus province of origin
}

// apart are persons who live away from their town of origin: by town of residence, and the same persons by town of origin.
type apart struct{ at, from []float64 }

func newApart(towns int) apart { return apart{make([]float64, towns), make([]float64, towns)} }

func newGroup(towns, provinces int) group {
	return group{native: make([]float64, towns), abroad: make([]float64, towns), near: newApart(towns), far: newApart(towns),
		pair: make([]float64, provinces*provinces)}
}

func newState(towns, provinces int) *state {
	s := new(state)
	for sex := range s {
		for a := range s[sex] {
			s[sex][a] = newGroup(towns, provinces)
		}
	}
	return s
}

func (g *group) columns() [7][]float64 {
	return [7][]float64{g.native, g.abroad, g.near.at, g.near.from, g.far.at, g.far.from, g.pair}
}

// residents is a group's number of persons in a town.
func (g *group) residents(town int) float64 {
	return g.native[town] + g.abroad[town] + g.near.at[town] + g.far.at[town]
}

// started is how origins are drawn at the start, see Persons.SetOrigins.
type started struct {
	native []float64   // by town of residence: share whose origin it is
	born   [][]float64 // by province of residence: share born in each province; nil = everybody is at home
	share  []float64   // by town: its share of its province's population
}

func (f *Yearly) origins(o *Origins) started {
	pop := make([]float64, len(f.Country.ProvinceOf))
	sum := make([]float64, f.Country.Provinces)
	s := started{native: make([]float64, len(pop)), share: make([]float64, len(pop))}
	for i, p := range f.Country.ProvinceOf {
		for sex := range 2 {
			for _, n := range f.Tables.Population[i][sex] {
				pop[i] += float64(n)
			}
		}
		sum[p] += pop[i]
	}
	for i, p := range f.Country.ProvinceOf {
		s.native[i] = 1
		if sum[p] > 0 {
			s.share[i] = pop[i] / sum[p]
		}
		if o == nil {
			continue
		}
		stuck := 1.0 // every other town drawn is the own one: the origin stays
		for range tries {
			stuck *= s.share[i]
		}
		s.native[i] = o.Town[p] + float64((1-o.Town[p])*stuck)
	}
	if o != nil {
		s.born = normalise(o.Province)
	}
	return s
}

// start fills a group of n persons by town.
func (g *group) start(y *Yearly, s started, n func(town int) float64) {
	c := y.Country
	for i, p := range c.ProvinceOf {
		x, inside := n(i), 1.0
		if s.born != nil {
			inside = s.born[p][p]
		}
		g.native[i] = float64(x * float64(inside*s.native[i]))
		g.near.at[i] = float64(x*inside) - g.native[i]
		g.far.at[i] = x - g.native[i] - g.near.at[i]
		for q := range c.Provinces {
			if s.born != nil && q != p {
				g.pair[p*c.Provinces+q] += float64(x * s.born[p][q])
			}
		}
	}
	if s.born == nil {
		return
	}
	from := make([]float64, c.Provinces) // by province of origin, living in another
	for p := range c.Provinces {
		for q := range c.Provinces {
			from[q] += g.pair[p*c.Provinces+q]
		}
	}
	copy(g.near.from, elsewhere(g.near.at, s.share, c))
	for o, q := range c.ProvinceOf {
		g.far.from[o] = float64(s.share[o] * from[q])
	}
}

// elsewhere spreads persons by town of residence over the other towns of their province in proportion to share, and returns them by the town they fall on:
// sum over i of x[i] share[o] / (1 - share[i]), i != o.
func elsewhere(x, share []float64, c Country) []float64 {
	sum, out := make([]float64, c.Provinces), make([]float64, len(x))
	for i, p := range c.ProvinceOf {
		if share[i] < 1 {
			out[i] = x[i] / (1 - share[i])
			sum[p] += out[i]
		}
	}
	for o, p := range c.ProvinceOf {
		out[o] = float64(share[o] * (sum[p] - out[o]))
	}
	return out
}

// Limits of tie.
const (
	bindings = 30   // rounds at most
	bound    = 1e-7 // change of a share at which it ends
)

// tie writes persons who live in their province of origin as at[i] from[o], i != o, of them in town i and from town o of the same province; the shares from sum
// to one in each province. Residence and origin are independent but for being two towns (quasi-independence); the sums are met by scaling in turn.
func (a *apart) tie(c Country) apart {
	t := newApart(len(a.at))
	total, sum := make([]float64, c.Provinces), make([]float64, c.Provinces)
	for o, q := range c.ProvinceOf {
		total[q] += a.from[o]
	}
	for o, q := range c.ProvinceOf {
		if total[q] > 0 {
			t.from[o] = a.from[o] / total[q]
		}
	}
	for round, change := 0, 1.0; change > bound && round < bindings; round++ {
		clear(total)
		clear(sum)
		change = 0
		for i, p := range c.ProvinceOf {
			t.at[i] = a.at[i] / max(1-t.from[i], 1e-9)
			total[p] += t.at[i]
		}
		for o, q := range c.ProvinceOf {
			if x := total[q] - t.at[o]; x > 0 {
				t.at[o] = a.from[o] / x // for now, the share to be
			} else {
				t.at[o] = 0
			}
			sum[q] += t.at[o]
		}
		for o, q := range c.ProvinceOf {
			if sum[q] > 0 {
				change = max(change, math.Abs(t.at[o]/sum[q]-t.from[o]))
				t.from[o] = t.at[o] / sum[q]
			}
		}
	}
	for i := range t.at {
		t.at[i] = a.at[i] / max(1-t.from[i], 1e-9)
	}
	return t
}

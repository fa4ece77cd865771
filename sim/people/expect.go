package people

import "gohyang/sim/draw"

// Expect is the deterministic expectation of the yearly order: fractions of persons in place of agents, the same tables, the same stages. Deaths, births,
// departures, arrivals and moves from the base tables are exact expectations. Return to the place of origin (R_o) is a mean field: among those of one sex and
// age who live away from their origin, the town of residence and the town of origin count as independent once their provinces are known, but for being two
// towns.
type Expect struct {
	tables *Yearly
	year   int // next year to project
	now    *state
	spare  *state
}

// Counts is what is expected to happen in one year; slices by town but for Within, which is moves inside a province.
type Counts struct {
	Births, Deaths, In, Out, Arrivals, Departures, Within []float64
}

// NewExpect starts an expectation from the base population; origins may be nil (everybody is at home). The yearly tables must be its own: it prepares
// years out of order.
func NewExpect(y *Yearly, o *Origins, first int) *Expect {
	towns, provinces := len(y.Country.ProvinceOf), y.Country.Provinces
	y.Origins = o
	e := &Expect{tables: y, year: first, now: newState(towns, provinces), spare: newState(towns, provinces)}
	born := y.origins(o)
	for sex := range 2 {
		for a := range Ages {
			e.now[sex][a].start(y, born, func(i int) float64 { return float64(y.Tables.Population[i][sex][a]) })
		}
	}
	return e
}

// Year is the next year to project.
func (e *Expect) Year() int { return e.year }

// Population is the expected number of residents by town on 1 January of the next year to project.
func (e *Expect) Population() []float64 { return e.now.population(len(e.tables.Country.ProvinceOf)) }

func (s *state) population(towns int) []float64 {
	out := make([]float64, towns)
	for sex := range s {
		for a := range s[sex] {
			for i := range out {
				out[i] += s[sex][a].residents(i)
			}
		}
	}
	return out
}

// Residents is the expected number of residents of a town, by sex and completed age, on 1 January of the next year to project.
func (e *Expect) Residents(town int) (out [2][Ages]float64) {
	for sex := range out {
		for a := range out[sex] {
			out[sex][a] = e.now[sex][a].residents(town)
		}
	}
	return out
}

// Step projects the next year.
func (e *Expect) Step() *Counts {
	c := e.try()
	e.keep()
	return c
}

// keep makes what try projected the present.
func (e *Expect) keep() {
	e.now, e.spare = e.spare, e.now
	e.year++
}

// try projects the next year under the present factors into spare.
func (e *Expect) try() *Counts {
	f := e.tables
	towns := len(f.Country.ProvinceOf)
	pop := make([]int64, towns)
	for i, x := range e.Population() {
		pop[i] = int64(x + 0.5)
	}
	var byAge [2][Ages]int64
	for sex := range 2 {
		for a := range Ages {
			n := 0.0
			for i := range towns {
				n += e.now[sex][a].residents(i)
			}
			byAge[sex][a] = int64(n + 0.5)
		}
	}
	s := newPassing(f.Prepare(e.year, pop, &byAge, 1))
	e.spare.clear()
	for sex := range 2 {
		for a := range Ages {
			s.live(&e.now[sex][a], &e.spare[sex][min(a+1, Ages-1)], sex, a)
		}
	}
	s.admit(e.spare, f.Options.Abroad)
	return s.counts
}

func (s *state) clear() {
	for sex := range s {
		for a := range s[sex] {
			for _, v := range s[sex][a].columns() {
				clear(v)
			}
		}
	}
}

func newCounts(towns, provinces int) *Counts {
	c := &Counts{Within: make([]float64, provinces)}
	for _, v := range []*[]float64{&c.Births, &c.Deaths, &c.In, &c.Out, &c.Arrivals, &c.Departures} {
		*v = make([]float64, towns)
	}
	return c
}

// passing is the work of one projected year.
type passing struct {
	y      *Year
	towns  [][]int // of each province
	counts *Counts
	born   []float64 // by town
	g      group     // the group at work, a copy
	bound  apart     // those of it near their origin, see apart.tie
}

func newPassing(y *Year) *passing {
	c := y.country
	s := &passing{y: y, towns: make([][]int, c.Provinces), counts: newCounts(len(c.ProvinceOf), c.Provinces), born: make([]float64, len(c.ProvinceOf)),
		g: newGroup(len(c.ProvinceOf), c.Provinces)}
	for i, p := range c.ProvinceOf {
		s.towns[p] = append(s.towns[p], i)
	}
	return s
}

// chance is the probability of a threshold times a town's level.
func chance(p uint64, level uint32) float64 { return draw.Unit(draw.Scale(p, level)) }

// live takes one sex and age through the year and adds it to the next 1 January's age.
func (s *passing) live(from, to *group, sex, age int) {
	g := &s.g
	g.copy(from)
	s.bound = g.near.tie(s.y.country)
	r := &s.y.byAge[sex][age]
	s.bear(r)
	s.survive(r)
	if r.move > 0 {
		s.move(r, GroupOf(age))
	}
	s.bear(r)
	to.add(g)
}

func (g *group) copy(o *group) {
	to := g.columns()
	for k, v := range o.columns() {
		copy(to[k], v)
	}
}

func (g *group) add(o *group) {
	to := g.columns()
	for k, v := range o.columns() {
		for i, x := range v {
			to[k][i] += x
		}
	}
}

// bear counts half a year's births.
func (s *passing) bear(r *rates) {
	if r.birth == 0 {
		return
	}
	for i := range s.born {
		x := float64(s.g.residents(i) * chance(r.birth, s.y.birth[i]))
		s.born[i] += x
		s.counts.Births[i] += x
	}
}

// survive takes out the year's deaths and departures. Who is far dies as those far in the province of residence do.
func (s *passing) survive(r *rates) {
	g, c := &s.g, s.y.country
	fars := newRatio(c.Provinces)
	leaves := draw.Unit(r.depart)
	for i, p := range c.ProvinceOf {
		n := g.residents(i)
		dies := chance(r.death, s.y.death[i])
		left := float64((1 - dies) * (1 - leaves))
		s.counts.Deaths[i] += float64(n * dies)
		s.counts.Departures[i] += float64(float64(n*(1-dies)) * leaves)
		fars.add(p, g.far.at[i], left)
		g.native[i] *= left
		g.abroad[i] *= left
		g.near.at[i] *= left
		s.bound.at[i] *= left
		g.far.at[i] *= left
	}
	origins := newRatio(c.Provinces)
	for p := range c.Provinces {
		for q := range c.Provinces {
			x := &g.pair[p*c.Provinces+q]
			origins.add(q, *x, fars.of(p))
			*x *= fars.of(p)
		}
	}
	for q, towns := range s.towns {
		near := 0.0
		for _, i := range towns {
			near += s.bound.at[i]
		}
		for _, o := range towns {
			g.near.from[o] = float64(s.bound.from[o] * (near - s.bound.at[o]))
			g.far.from[o] *= origins.of(q)
		}
	}
}

// ratio is what is left of sums by province.
type ratio struct{ was, is []float64 }

func newRatio(provinces int) ratio {
	return ratio{make([]float64, provinces), make([]float64, provinces)}
}

func (r *ratio) add(p int, x, left float64) {
	r.was[p] += x
	r.is[p] += float64(x * left)
}

func (r *ratio) of(p int) float64 {
	if r.was[p] == 0 {
		return 1
	}
	return r.is[p] / r.was[p]
}

// admit adds the newborns who live to the next 1 January and the arrivals from abroad.
func (s *passing) admit(to *state, abroad float64) {
	y, t := s.y, s.y.tables
	shares := cumulative(t.ArrivalShare)
	for sex, share := range [2]float64{draw.Unit(y.male), 1 - draw.Unit(y.male)} {
		for i, x := range s.born {
			n, dies := float64(x*share), chance(y.infant[sex], y.death[i])
			s.counts.Deaths[i] += float64(n * dies)
			to[sex][0].native[i] += float64(n * (1 - dies))
		}
		net := &t.Arrivals[at(t.First, len(t.Arrivals), y.year)][sex]
		for a, n := range net {
			if n <= 0 {
				continue
			}
			for i, share := range t.ArrivalShare {
				x := float64(float64(n*abroad*y.abroad) * (share / shares[len(shares)-1]))
				s.counts.Arrivals[i] += x
				to[sex][min(a+1, Ages-1)].abroad[i] += x
			}
		}
	}
}

package people

import "gohyang/sim/draw"

// Expect is the deterministic expectation of the yearly order: fractions of persons in place of agents, the same tables, the same stages. Deaths, births,
// departures, arrivals and moves from the base tables are exact expectations. Return to the place of origin (R_o) is a mean field: among those of one sex and age who
// live away from their origin, the town of residence and the town of origin count as independent once their provinces are known.
type Expect struct {
	tables *Yearly
	year   int // next year to project
	now    *state
	spare  *state
}

// state is everybody on 1 January, by sex and completed age.
type state [2][Ages]group

// group is the residents of one sex and age. Slices are by town; pair is by province of residence times provinces plus province of origin.
type group struct {
	native []float64 // live in their town of origin
	abroad []float64 // have no origin in the country
	away   []float64 // live elsewhere, by town of residence
	origin []float64 // the same persons by town of origin
	pair   []float64 // the same persons by both provinces
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

func newState(towns, provinces int) *state {
	s := new(state)
	for sex := range s {
		for a := range s[sex] {
			g := &s[sex][a]
			for _, v := range []*[]float64{&g.native, &g.abroad, &g.away, &g.origin} {
				*v = make([]float64, towns)
			}
			g.pair = make([]float64, provinces*provinces)
		}
	}
	return s
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
	own := make([]float64, len(c.ProvinceOf)) // born in another town of the province
	for i, p := range c.ProvinceOf {
		x, inside := n(i), 1.0
		if s.born != nil {
			inside = s.born[p][p]
		}
		g.native[i] = float64(x * float64(inside*s.native[i]))
		own[i] = float64(x*inside) - g.native[i]
		g.away[i] = x - g.native[i]
		if s.born == nil {
			continue
		}
		for q := range c.Provinces {
			if q != p {
				g.pair[p*c.Provinces+q] += float64(x * s.born[p][q])
			}
		}
		g.pair[p*c.Provinces+p] += own[i]
	}
	if s.born == nil {
		return
	}
	from := make([]float64, c.Provinces) // by province of origin, living in another
	for p := range c.Provinces {
		for q := range c.Provinces {
			if p != q {
				from[q] += g.pair[p*c.Provinces+q]
			}
		}
	}
	inside := elsewhere(own, s.share, c)
	for o, q := range c.ProvinceOf {
		g.origin[o] = float64(s.share[o]*from[q]) + inside[o]
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

// residents is a group's number of persons in a town.
func (g *group) residents(town int) float64 { return g.native[town] + g.abroad[town] + g.away[town] }

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
	s := &passing{y: f.Prepare(e.year, pop, &byAge, 1), counts: newCounts(towns, f.Country.Provinces), born: make([]float64, towns)}
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
			g := &s[sex][a]
			for _, v := range [][]float64{g.native, g.abroad, g.away, g.origin, g.pair} {
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
	counts *Counts
	born   []float64 // by town
	g      group     // the group at work, a copy
}

// chance is the probability of a threshold times a town's level.
func chance(p uint64, level uint32) float64 { return draw.Unit(draw.Scale(p, level)) }

// live takes one sex and age through the year and adds it to the next 1 January's age.
func (s *passing) live(from, to *group, sex, age int) {
	g := &s.g
	g.copy(from)
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
	g.native, g.abroad, g.away = append(g.native[:0], o.native...), append(g.abroad[:0], o.abroad...), append(g.away[:0], o.away...)
	g.origin, g.pair = append(g.origin[:0], o.origin...), append(g.pair[:0], o.pair...)
}

func (g *group) add(o *group) {
	for _, v := range [][2][]float64{{g.native, o.native}, {g.abroad, o.abroad}, {g.away, o.away}, {g.origin, o.origin}, {g.pair, o.pair}} {
		for i, x := range v[1] {
			v[0][i] += x
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

// survive takes out the year's deaths and departures. Who is away dies as the province of residence does.
func (s *passing) survive(r *rates) {
	g, c := &s.g, s.y.country
	before, after := make([]float64, c.Provinces), make([]float64, c.Provinces)
	leaves := draw.Unit(r.depart)
	for i, p := range c.ProvinceOf {
		n := g.residents(i)
		dies := chance(r.death, s.y.death[i])
		left := float64((1 - dies) * (1 - leaves))
		s.counts.Deaths[i] += float64(n * dies)
		s.counts.Departures[i] += float64(float64(n*(1-dies)) * leaves)
		before[p] += g.away[i]
		g.native[i] *= left
		g.abroad[i] *= left
		g.away[i] *= left
		after[p] += g.away[i]
	}
	was, is := make([]float64, c.Provinces), make([]float64, c.Provinces) // by province of origin
	for p := range c.Provinces {
		for q := range c.Provinces {
			x := &g.pair[p*c.Provinces+q]
			was[q] += *x
			if before[p] > 0 {
				*x *= after[p] / before[p]
			}
			is[q] += *x
		}
	}
	for o, q := range c.ProvinceOf {
		if was[q] > 0 {
			g.origin[o] *= is[q] / was[q]
		}
	}
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

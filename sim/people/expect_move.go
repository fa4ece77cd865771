package people

// flow is movers of one kind who draw from the base tables: by town of departure, then by where they go.
type flow struct {
	by      []float64 // by town of departure
	draws   []float64 // the same, weighted by how often they draw
	leave   []float64 // by province of departure: the sum of draws
	inside  []float64 // by town of arrival: from its own province
	outside []float64 // by town of arrival: from other provinces
	cross   []float64 // by province of departure times provinces plus province of arrival
}

func (s *passing) empty() flow {
	t, n := len(s.born), s.y.country.Provinces
	return flow{make([]float64, t), make([]float64, t), make([]float64, n), make([]float64, t), make([]float64, t), make([]float64, n*n)}
}

// movers are the movers of one sex and age.
type movers struct {
	natives, abroad, near, far flow      // near and far: less those who return outright
	bound                      apart     // near, see apart.tie
	pair, origin               []float64 // far: by both provinces, as in group, less those who return outright; and the share of each town of origin in its province's
	nears, fars                returns
	gone, drawn                []float64 // by both provinces: return outright; far: less those, weighted by how often they draw
}

// returns are movers away who do not stay as they are, by town of origin.
type returns struct {
	back  []float64 // return outright
	land  []float64 // draw their origin from the base tables
	other []float64 // those near: move to another province; those far: to another town of their province of origin
}

func (s *passing) newMovers() *movers {
	t, n := len(s.born), s.y.country.Provinces
	r := func() returns { return returns{make([]float64, t), make([]float64, t), make([]float64, t)} }
	return &movers{natives: s.empty(), abroad: s.empty(), near: s.empty(), far: s.empty(), pair: make([]float64, n*n), origin: make([]float64, t),
		nears: r(), fars: r(), gone: make([]float64, n*n), drawn: make([]float64, n*n)}
}

// move lets the movers of a group go (E23, E24): natives and those from abroad by the base tables; of those away some return, the others by the base tables
// too.
func (s *passing) move(r *rates, age int) {
	m := s.movers(func(i, p int) float64 { return float64(chance(r.move, s.y.move[age][i]) * s.goes(i, p, age)) })
	g, c, n := &s.g, s.y.country, s.y.country.Provinces
	for i := range c.ProvinceOf {
		for _, x := range []struct {
			of  []float64
			out float64
		}{{g.native, m.natives.by[i]}, {g.abroad, m.abroad.by[i]}, {g.near.at, m.near.by[i]}, {g.far.at, m.far.by[i]}} {
			x.of[i] -= x.out
			s.counts.Out[i] += x.out
		}
	}
	for k, x := range m.pair {
		g.pair[k] -= x
	}
	s.send(m, age)
	s.arrive(m, age)
	into, cross := m.flows(c)
	for i, x := range into {
		s.counts.In[i] += x
	}
	for p := range n {
		s.counts.Within[p] += cross[p*n+p]
	}
}

// again is how often a mover of a town draws until another town comes up.
func (s *passing) again(town, p, age int) float64 {
	return 1 / max(1-float64(s.y.to.od[age][p][p]*s.y.to.now[age][town]), 1e-9)
}

// goes is the share of a town's movers who draw another town within the tries; the others stay.
func (s *passing) goes(town, p, age int) float64 {
	stuck := float64(s.y.to.od[age][p][p] * s.y.to.now[age][town])
	for n := 1; n < tries; n *= 2 {
		stuck *= stuck
	}
	return 1 - stuck
}

// movers are those of the group at work who move, with the chance of each town.
func (s *passing) movers(chance func(town, p int) float64) *movers {
	g, c, n, m := &s.g, s.y.country, s.y.country.Provinces, s.newMovers()
	m.bound = apart{make([]float64, len(c.ProvinceOf)), s.bound.from}
	fars, from := newRatio(n), make([]float64, n)
	for i, p := range c.ProvinceOf {
		x := chance(i, p)
		m.natives.by[i], m.abroad.by[i] = float64(g.native[i]*x), float64(g.abroad[i]*x)
		m.near.by[i], m.far.by[i] = float64(g.near.at[i]*x), float64(g.far.at[i]*x)
		m.bound.at[i] = float64(s.bound.at[i] * x)
		fars.add(p, g.far.at[i], x)
		from[p] += g.far.from[i]
	}
	for o, q := range c.ProvinceOf {
		if from[q] > 0 {
			m.origin[o] = g.far.from[o] / from[q]
		}
	}
	for p := range n {
		for q := range n {
			if fars.was[p] > 0 {
				m.pair[p*n+q] = float64(g.pair[p*n+q] * fars.of(p))
			}
		}
	}
	return m
}

// send tells who of the movers away return and where the others go.
func (s *passing) send(m *movers, age int) {
	for _, f := range []*flow{&m.natives, &m.abroad, &m.near, &m.far} {
		for i, p := range s.y.country.ProvinceOf {
			f.draws[i] = float64(f.by[i] * s.again(i, p, age))
		}
	}
	s.returnNear(m, age)
	s.returnFar(m, age)
	for _, f := range []*flow{&m.natives, &m.abroad, &m.near, &m.far} {
		s.spread(f, age)
	}
}

// returnNear lets those near their origin return: with chance x/(1+x), x = R_o P(origin|home); otherwise they draw from the base tables, where it may come up.
func (s *passing) returnNear(m *movers, age int) {
	od, share, odds := s.y.to.od[age], s.y.to.now[age], float64(s.y.odds)/65536
	clear(m.gone)
	for q, towns := range s.towns {
		out, gone := outward(od[q], q), make([]float64, len(towns))
		again := make([]float64, len(towns))
		for k, i := range towns {
			again[k] = s.again(i, q, age)
		}
		for _, o := range towns {
			base, back, draws := float64(od[q][q]*share[o]), 0.0, 0.0
			for k, i := range towns {
				if i == o || m.bound.from[o] == 0 {
					continue
				}
				who := float64(m.bound.at[i] * m.bound.from[o])
				x := float64(odds*base) * again[k]
				home := who * (x / (1 + x))
				back += home
				gone[k] += home
				draws += float64((who - home) * again[k])
			}
			m.nears.back[o], m.nears.land[o], m.nears.other[o] = back, float64(base*draws), float64(out*draws)
			m.gone[q*len(od)+q] += back
		}
		for k, i := range towns {
			m.near.by[i] = max(m.near.by[i]-gone[k], 0)
			m.near.draws[i] = float64(m.near.by[i] * again[k])
		}
	}
}

// outward is the share of a province's row that leads to other provinces.
func outward(row []float64, p int) float64 {
	sum := 0.0
	for q, x := range row {
		if q != p {
			sum += x
		}
	}
	return sum
}

// returnFar lets those in another province than their origin's return. The town with the largest share of its province is a world of its own, as its people
// draw again most often; those of the other towns draw equally often.
func (s *passing) returnFar(m *movers, age int) {
	r, n := &m.fars, s.y.country.Provinces
	for o := range r.back {
		r.back[o], r.land[o], r.other[o] = 0, 0, 0
	}
	clear(m.drawn)
	left := make([]float64, n*n)
	for p := range n {
		all := 0.0
		for _, i := range s.towns[p] {
			all += m.far.by[i]
		}
		for _, towns := range s.halves(p, age) {
			moved, draws, stay := 0.0, 0.0, 0.0
			for _, i := range towns {
				moved += m.far.by[i]
				draws += m.far.draws[i]
			}
			if moved == 0 {
				continue
			}
			for q := range n {
				if who := m.pair[p*n+q]; q != p && who > 0 {
					x := s.returnTo(m, age, p, q, who*(moved/all), draws/moved)
					stay += x
					left[p*n+q] += x
				}
			}
			for _, i := range towns {
				m.far.by[i] *= stay / moved
				m.far.draws[i] *= stay / moved
			}
		}
	}
	copy(m.pair, left)
}

// halves are the town with the largest share of a province, and the others.
func (s *passing) halves(p, age int) [2][]int {
	share, first := s.y.to.now[age], s.towns[p][0]
	for _, i := range s.towns[p] {
		if share[i] > share[first] {
			first = i
		}
	}
	others := make([]int, 0, len(s.towns[p]))
	for _, i := range s.towns[p] {
		if i != first {
			others = append(others, i)
		}
	}
	return [2][]int{{first}, others}
}

// returnTo lets so many movers of province p whose origin is in q return, if they draw so often, and tells how many do not do so outright.
func (s *passing) returnTo(m *movers, age, p, q int, who, again float64) (left float64) {
	od, share, odds, r, origin := s.y.to.od[age][p][q], s.y.to.now[age], float64(s.y.odds)/65536, m.fars, m.origin
	draw, gone := float64(od*again), 0.0
	for _, o := range s.towns[q] {
		stay, base := float64(who*origin[o]), float64(draw*share[o])
		x := float64(odds * base)
		home := stay * (x / (1 + x))
		stay -= home
		land := float64(stay * base)
		r.back[o] += home
		r.land[o] += land
		r.other[o] += float64(stay*draw) - land
		gone += home
	}
	left = max(who-gone, 0)
	m.gone[p*len(s.towns)+q] += gone
	m.drawn[p*len(s.towns)+q] += float64(left * again)
	return left
}

// spread sends the movers of a flow where the base tables say: P(j|i) = R[p][q] a[j] / (1 - R[p][p] a[i]), j != i.
func (s *passing) spread(f *flow, age int) {
	od, share := s.y.to.od[age], s.y.to.now[age]
	n := len(od)
	total := make([]float64, n)
	for p, towns := range s.towns {
		own := 0.0
		f.leave[p] = 0
		for _, i := range towns {
			f.leave[p] += f.draws[i]
			own += float64(f.draws[i] * share[i])
		}
		for q, x := range od[p] {
			f.cross[p*n+q] = float64(x * f.leave[p])
			if p == q {
				f.cross[p*n+q] = float64(x * (f.leave[p] - own))
				continue
			}
			total[q] += f.cross[p*n+q]
		}
	}
	for q, towns := range s.towns {
		for _, j := range towns {
			f.inside[j] = float64(float64(share[j]*od[q][q]) * (f.leave[q] - f.draws[j]))
			f.outside[j] = float64(share[j] * total[q])
		}
	}
}

// flows is all moves into each town, and between provinces: departure times provinces plus arrival.
func (m *movers) flows(c Country) (into, cross []float64) {
	into, cross = make([]float64, len(c.ProvinceOf)), make([]float64, len(m.gone))
	copy(cross, m.gone)
	for _, f := range []*flow{&m.natives, &m.abroad, &m.near, &m.far} {
		for i := range into {
			into[i] += f.inside[i] + f.outside[i]
		}
		for k, x := range f.cross {
			cross[k] += x
		}
	}
	for o := range into {
		into[o] += m.nears.back[o] + m.fars.back[o]
	}
	return into, cross
}

// arrive settles the movers: natives are away now, who came to their origin is a native, others may have changed the province.
func (s *passing) arrive(m *movers, age int) {
	g, c, od, share := &s.g, s.y.country, s.y.to.od[age], s.y.to.now[age]
	come := s.regroup(m, age)
	for i, p := range c.ProvinceOf {
		near, far := &m.nears, &m.fars
		home := float64(share[i] * come[p]) // those far who come to their province of origin
		g.native[i] += near.back[i] + near.land[i] + far.back[i] + far.land[i]
		g.abroad[i] += m.abroad.inside[i] + m.abroad.outside[i]
		g.near.at[i] = max(g.near.at[i]+m.natives.inside[i]+m.near.inside[i]-near.land[i]+home-far.land[i], 0)
		g.far.at[i] = max(g.far.at[i]+m.natives.outside[i]+m.near.outside[i]+m.far.inside[i]+m.far.outside[i]-home, 0)
		draws := m.natives.draws[i]
		g.near.from[i] += float64(float64(od[p][p]*draws)*(1-share[i])) + far.other[i]
		g.near.from[i] = max(g.near.from[i]-near.back[i]-near.land[i]-near.other[i], 0)
		g.far.from[i] += float64(outward(od[p], p)*draws) + near.other[i]
		g.far.from[i] = max(g.far.from[i]-far.back[i]-far.land[i]-far.other[i], 0)
	}
}

// regroup brings the provinces of those far up to date after moves, and returns how many of them came to their province of origin by the base tables.
func (s *passing) regroup(m *movers, age int) (come []float64) {
	g, od, n := &s.g, s.y.to.od[age], s.y.country.Provinces
	come = make([]float64, n)
	for p := range n {
		out := outward(od[p], p)
		for q := range n {
			if q != p {
				g.pair[q*n+p] += m.natives.cross[p*n+q] + m.near.cross[p*n+q]
			}
			drawn := m.drawn[p*n+q]
			if drawn == 0 {
				continue
			}
			g.pair[p*n+q] += max(m.pair[p*n+q]-float64(out*drawn), 0)
			for to, x := range od[p] {
				switch to {
				case p:
				case q:
					come[q] += float64(x * drawn)
				default:
					g.pair[to*n+q] += float64(x * drawn)
				}
			}
		}
	}
	return come
}

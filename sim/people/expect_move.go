package people

// flow is movers of one kind: by town of departure, then by where they go.
type flow struct {
	by    []float64 // by town of departure
	leave []float64 // by province of departure: movers weighted by how often they draw, see retries
	into  []float64 // by town of arrival
	cross []float64 // by province of departure times provinces plus province of arrival
}

// move lets the movers of a group go (E23, E24): natives and those from abroad by the base tables; of those away some return, the others by the base tables too.
func (s *passing) move(r *rates, age int) {
	g, y, c := &s.g, s.y, s.y.country
	natives, abroad, away := s.empty(), s.empty(), s.empty()
	for i := range c.ProvinceOf {
		m := chance(r.move, y.move[age][i])
		natives.by[i], abroad.by[i], away.by[i] = float64(g.native[i]*m), float64(g.abroad[i]*m), float64(g.away[i]*m)
		g.native[i] -= natives.by[i]
		g.abroad[i] -= abroad.by[i]
		g.away[i] -= away.by[i]
		s.counts.Out[i] += natives.by[i] + abroad.by[i] + away.by[i]
	}
	s.back(&away, age)
	s.spread(&natives, age)
	s.spread(&abroad, age)
	for i := range c.ProvinceOf {
		g.abroad[i] += abroad.into[i]
		g.away[i] += natives.into[i]
		g.origin[i] += natives.by[i]
		s.counts.In[i] += natives.into[i] + abroad.into[i]
	}
	n := c.Provinces
	for p := range n {
		s.counts.Within[p] += natives.cross[p*n+p] + abroad.cross[p*n+p]
		for q := range n {
			g.pair[q*n+p] += natives.cross[p*n+q]
		}
	}
}

func (s *passing) empty() flow {
	t, n := len(s.born), s.y.country.Provinces
	return flow{by: make([]float64, t), leave: make([]float64, n), into: make([]float64, t), cross: make([]float64, n*n)}
}

// again is how often a mover of a town draws until another town comes up.
func (s *passing) again(town, p, age int) float64 {
	return 1 / max(1-float64(s.y.to.od[age][p][p]*s.y.to.now[age][town]), 1e-9)
}

// spread sends the movers of a flow where the base tables say: P(j|i) = R[p][q] a[j] / (1 - R[p][p] a[i]), j != i.
func (s *passing) spread(f *flow, age int) {
	c, od, share := s.y.country, s.y.to.od[age], s.y.to.now[age]
	n := c.Provinces
	own := make([]float64, n)
	for i, p := range c.ProvinceOf {
		x := float64(f.by[i] * s.again(i, p, age))
		f.leave[p] += x
		own[p] += float64(x * share[i])
	}
	total := make([]float64, n)
	for p := range n {
		for q := range n {
			x := float64(od[p][q] * f.leave[p])
			total[q] += x
			if p == q {
				x -= float64(od[p][p] * own[p])
			}
			f.cross[p*n+q] = x
		}
	}
	for j, q := range c.ProvinceOf {
		f.into[j] = float64(share[j] * (total[q] - float64(float64(od[q][q]*f.by[j])*s.again(j, q, age))))
	}
}

// returns are movers who live away from their origin, by province of residence times provinces plus province of origin.
type returns struct {
	movers, back, land []float64 // all; who return outright; who draw their origin from the base tables
	town               []float64 // by town of origin: the last two together
}

// back lets those away move: a mover returns with chance x/(1+x), x = R_o P(origin|home), and otherwise draws from the base tables, where the origin may come up.
func (s *passing) back(f *flow, age int) {
	g, c := &s.g, s.y.country
	n := c.Provinces
	r := s.returning(f, age)
	stay := make([]float64, n) // by province of residence: movers who do not return outright
	moved := make([]float64, n)
	for i, p := range c.ProvinceOf {
		moved[p] += f.by[i]
	}
	for p := range n {
		stay[p] = moved[p]
		for q := range n {
			stay[p] -= r.back[p*n+q]
		}
		s.counts.Within[p] += r.back[p*n+p]
	}
	for i, p := range c.ProvinceOf {
		if moved[p] > 0 {
			f.by[i] *= stay[p] / moved[p]
		}
	}
	s.spread(f, age)
	for o := range c.ProvinceOf { // who draw their origin stop being away there
		g.native[o] += r.town[o]
		g.origin[o] = max(g.origin[o]-r.town[o], 0)
		g.away[o] = max(g.away[o]+f.into[o]-r.land[o], 0)
		s.counts.In[o] += f.into[o] + r.town[o] - r.land[o]
	}
	s.regroup(f, r, stay)
}

// returning tells who of the movers away goes to the origin.
func (s *passing) returning(f *flow, age int) *returns {
	g, c, od, share := &s.g, s.y.country, s.y.to.od[age], s.y.to.now[age]
	n, towns := c.Provinces, len(c.ProvinceOf)
	r := &returns{movers: make([]float64, n*n), back: make([]float64, n*n), land: make([]float64, towns), town: make([]float64, towns)}
	moved, draws, all, from := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for i, p := range c.ProvinceOf {
		moved[p] += f.by[i]
		draws[p] += float64(f.by[i] * s.again(i, p, age))
		from[p] += g.origin[i]
	}
	for p := range n {
		for q := range n {
			all[p] += g.pair[p*n+q]
		}
		for q := range n {
			if all[p] > 0 {
				r.movers[p*n+q] = moved[p] * (g.pair[p*n+q] / all[p])
			}
		}
	}
	origin, inside := make([]float64, towns), make([]float64, towns) // town's share of the away from its province; movers away in their own province
	for o, q := range c.ProvinceOf {
		if from[q] > 0 {
			origin[o] = g.origin[o] / from[q]
		}
		if moved[q] > 0 {
			inside[o] = f.by[o] * (r.movers[q*n+q] / moved[q])
		}
	}
	inside = elsewhere(inside, origin, c)
	odds := float64(s.y.odds) / 65536
	for p := range n {
		if moved[p] <= 0 {
			continue
		}
		mean := draws[p] / moved[p]
		for o, q := range c.ProvinceOf {
			m := float64(r.movers[p*n+q] * origin[o])
			if p == q {
				m = inside[o]
			}
			base := min(float64(float64(od[p][q]*share[o])*mean), 1)
			x := float64(odds * base)
			back := float64(m * (x / (1 + x)))
			land := float64((m - back) * base)
			r.back[p*n+q] += back
			r.land[o] += land
			r.town[o] += back + land
		}
	}
	return r
}

// regroup brings the provinces of residence and origin of those away up to date after moves.
func (s *passing) regroup(f *flow, r *returns, stay []float64) {
	g, c := &s.g, s.y.country
	n := c.Provinces
	landed := make([]float64, n)
	for o, q := range c.ProvinceOf {
		landed[q] += r.land[o]
	}
	for p := range n {
		s.counts.Within[p] += f.cross[p*n+p]
		for q := range n {
			g.pair[p*n+q] = max(g.pair[p*n+q]-r.movers[p*n+q], 0)
		}
	}
	for p := range n {
		if stay[p] <= 0 {
			continue
		}
		for q := range n {
			m := r.movers[p*n+q] - r.back[p*n+q]
			for to := range n {
				g.pair[to*n+q] += float64(m * (f.cross[p*n+to] / stay[p]))
			}
		}
	}
	for q := range n {
		g.pair[q*n+q] = max(g.pair[q*n+q]-landed[q], 0)
	}
}

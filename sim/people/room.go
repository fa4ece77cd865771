package people

import "gohyang/sim/draw"

const (
	nets  = 30   // how often the tables are brought to the moves less the returns
	least = 0.05 // share of every margin that is left to the base tables, however many returns there are (judgement: a guard)
)

// room takes the returns of the first year out of the margins of an age group and fits its tables to what is left: the tables of moves count every mover, those who
// return to their place of origin too, so that returns on top of tables fitted to all of them would be counted twice, and a high R_o would empty the places that
// people moved to. Returns depend on the base tables in turn; the two are brought together by repetition. Where returns are more than nearly all of the moves counted,
// the moves counted give way.
func (f *Yearly) room(m *moveTables, g int, want *margins) {
	if f.Options.Return <= 0 || f.Origins == nil {
		return
	}
	c := f.Country
	s := &passing{y: &Year{country: c, to: m, odds: draw.Q16(f.Options.Return)}, born: make([]float64, len(c.ProvinceOf))}
	s.g = newState(len(c.ProvinceOf), c.Provinces)[0][0]
	s.g.start(f, f.origins(f.Origins), func(i int) float64 { return want.out[i] })
	copy(m.now[g], m.share[g])
	for range nets {
		left := s.without(want, g)
		meet(m.od[g], m.share[g], left, c)
		copy(m.now[g], m.share[g])
	}
}

// without is margins less the outright returns of the movers at work.
func (s *passing) without(want *margins, g int) *margins {
	c, away := s.y.country, flow{by: s.g.away}
	n := c.Provinces
	r := s.returning(&away, g)
	moved, gone := make([]float64, n), make([]float64, n) // by province of residence: who live away, who return
	left := &margins{out: append([]float64(nil), want.out...), in: append([]float64(nil), want.in...), flows: copyRows(want.flows)}
	for i, p := range c.ProvinceOf {
		moved[p] += away.by[i]
	}
	for p := range n {
		for q := range n {
			gone[p] += r.back[p*n+q]
			left.flows[p][q] = max(want.flows[p][q]-r.back[p*n+q], float64(least*want.flows[p][q]))
		}
	}
	for i, p := range c.ProvinceOf {
		if moved[p] > 0 {
			left.out[i] = max(want.out[i]-float64(away.by[i]*(gone[p]/moved[p])), float64(least*want.out[i]))
		}
		left.in[i] = max(want.in[i]-(r.town[i]-r.land[i]), float64(least*want.in[i]))
	}
	return left
}

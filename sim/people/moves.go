package people

import "gohyang/sim/draw"

// moveTables say where movers go. Town proposals come from fixed reference tables; a town's pull changes with its population since the start (E24).
type moveTables struct {
	province [Groups]*draw.Table
	town     [Groups]*draw.Chooser
	share    [Groups][]float64   // by town: its share of the group's moves into its province at the start
	now      [Groups][]float64   // the same in the current year
	od       [Groups][][]float64 // rows sum to one
	base     [Groups][][]float64 // od before alignment
	accept   [Groups][]uint64    // by province: chance that a proposal stands, nil where all do; see attract
}

// pull builds the reference tables once and sets every town's pull from its population relative to the start, to the power of Options.Crowding, and from
// the year's alignment.
func (f *Yearly) pull(pop []int64, align *Factors) {
	if f.to == nil {
		f.start = make([]float64, len(pop))
		for i, n := range pop {
			f.start[i] = float64(n)
		}
		f.to = f.newMoveTables()
	}
	ratio := make([]float64, len(pop))
	for i, n := range pop {
		ratio[i] = 1
		if f.Options.Crowding > 0 && f.start[i] > 0 {
			ratio[i] = draw.Exp(float64(f.Options.Crowding * draw.Log((float64(n)+0.5)/(f.start[i]+0.5))))
		}
	}
	aligned := make([]float64, len(pop))
	for i := range aligned {
		aligned[i] = ratio[i] * align.weight(i)
	}
	for g := range f.to.town {
		f.to.town[g].SetRatios(aligned)
		f.to.shares(g, ratio, f.Country)
		f.to.bent(g, align, f.Country)
		f.to.shares(g, aligned, f.Country)
		f.to.attract(g, aligned, f.attraction(g), align == nil || align.Out == nil, f.Country)
	}
}

// shares brings the towns' shares of the moves into their province to the current pull.
func (m *moveTables) shares(g int, ratio []float64, c Country) {
	sum := make([]float64, c.Provinces)
	for i, p := range c.ProvinceOf {
		sum[p] += float64(m.share[g][i] * ratio[i])
	}
	for i, p := range c.ProvinceOf {
		m.now[g][i] = 0
		if sum[p] > 0 {
			m.now[g][i] = m.share[g][i] * ratio[i] / sum[p]
		}
	}
}

// newMoveTables builds the tables of the run: with the returns to the place of origin, movers of the first year go where the shipped tables say, see fit.
func (f *Yearly) newMoveTables() *moveTables {
	t, c, m := f.Tables, f.Country, &moveTables{}
	out := outflows(t)
	for g := range Groups {
		sum := make([]float64, c.Provinces)
		for i, p := range c.ProvinceOf {
			sum[p] += t.Attract[i][g]
		}
		m.share[g] = make([]float64, len(c.ProvinceOf))
		for i, p := range c.ProvinceOf {
			if sum[p] > 0 {
				m.share[g][i] = t.Attract[i][g] / sum[p]
			}
		}
		m.od[g] = normalise(t.OD[g])
		f.fit(m, g, out[g])
		m.province[g] = draw.NewTable(c.Provinces, c.Provinces, func(r, i int) float64 { return m.od[g][r][i] })
		m.base[g] = copyRows(m.od[g])
		m.town[g] = newTownChooser(c, m.share[g])
	}
	return m
}

// newTownChooser draws a town of a province: a row per province in which only its own towns have weight.
func newTownChooser(c Country, share []float64) *draw.Chooser {
	return draw.NewChooser(c.Provinces, len(share), func(r, i int) float64 {
		if c.ProvinceOf[i] != r {
			return 0
		}
		return share[i]
	})
}

func normalise(od [][]float64) [][]float64 {
	out := make([][]float64, len(od))
	for r, row := range od {
		sum := 0.0
		for _, v := range row {
			sum += v
		}
		out[r] = make([]float64, len(row))
		for i, v := range row {
			if sum > 0 {
				out[r][i] = v / sum
			}
		}
	}
	return out
}

// tries is how often a mover draws again when the draw is the town already lived in, or is refused. After that the move does not happen; where services bend the
// destinations and refusals are many, elsewhere decides instead, so that services keep nobody at home. With a strong tie to the place of origin the base tables of
// some province can be its largest town by four fifths, of whose movers 16 tries would leave one in forty at home, and 64 one in a million. A power of two, see goes.
const tries = 64

// destination draws where a mover goes; None if that is nowhere but home. The odds of the place of origin are (1+R_o) times what they would be: with base
// chance p of the origin among all towns but the present one, a mover goes there outright with chance R_o p / (1 + R_o p) and otherwise draws from the base.
func (y *Year) destination(id uint64, home, origin uint16, g int) uint16 {
	from := y.country.ProvinceOf[home]
	k := draw.At(id, y.keyTo)
	if origin != home && origin != None && y.odds > 0 {
		x := y.oddsOf(home, origin, g, float64(y.odds)/65536)
		if draw.Unit(draw.Mix(k^draw.Golden)) < x/(1+x) {
			return origin
		}
	}
	for a := range tries {
		k = draw.Mix(k + draw.Golden)
		p := y.to.province[g].At(from, k)
		if y.to.refused(g, p, k) {
			continue
		}
		if town := y.to.townIn(g, p, draw.Mix(k+uint64(a))); town >= 0 && uint16(town) != home {
			return uint16(town)
		}
	}
	if y.to.accept[g] == nil {
		return None
	}
	return y.elsewhere(draw.Mix(k+draw.Golden), home, g)
}

// townIn draws a town of a province; -1 if none has weight.
func (m *moveTables) townIn(g, province int, key uint64) int {
	for a := range draw.Attempts {
		if town, ok := m.town[g].Try(province, key, a); ok {
			return town
		}
	}
	return m.town[g].Exact(province, draw.Mix(key), func(int) bool { return true })
}

// elsewhere draws where a mover goes from the chances of all towns but his own, by inverting the distribution; None if he has nowhere to go.
func (y *Year) elsewhere(u uint64, home uint16, g int) uint16 {
	od, now := y.to.od[g][y.country.ProvinceOf[home]], y.to.now[g]
	sum := 0.0
	for i, p := range y.country.ProvinceOf {
		if i != int(home) {
			sum += float64(od[p] * now[i])
		}
	}
	left, last := float64(draw.Unit(u)*sum), uint16(None)
	for i, p := range y.country.ProvinceOf {
		x := float64(od[p] * now[i])
		if i == int(home) || x == 0 {
			continue
		}
		if last = uint16(i); left < x {
			break
		}
		left -= x
	}
	return last
}

package facts

import "slices"

// fertility reads fertility_level.csv (total fertility by variant) and fertility_age.csv (its split by age group and period) and fills
// Country.Birth: births per woman at age a in year t = TFR(variant, t) x share(a, t). Between the years given TFR is linear, constant after the
// last; shares are linear between the centres of the periods, and follow a monotone cubic within the five-year groups, whose sums are preserved.
func (l *loader) fertility() {
	shares, centres := l.fertilityAges()
	levels := l.fertilityLevels()
	if len(centres) == 0 {
		return
	}
	l.c.Birth = map[string][][Ages]float64{}
	for v, variant := range variants {
		if len(levels[v].year) == 0 {
			continue // reported
		}
		table := make([][Ages]float64, l.years())
		for y := range table {
			at := float64(l.c.FirstYear + y)
			i, w := bracket(levels[v].year, at)
			tfr := levels[v].tfr[i]
			if w > 0 {
				tfr = float64((1-w)*tfr) + float64(w*levels[v].tfr[i+1])
			}
			i, w = bracket(centres, at+0.5)
			for a := range table[y] {
				share := shares[i][a]
				if w > 0 {
					share = float64((1-w)*share) + float64(w*shares[i+1][a])
				}
				table[y][a] = float64(tfr * share)
			}
		}
		l.c.Birth[variant] = table
	}
}

// variants are the fertility paths of every country.
var variants = []string{"low", "medium", "high"}

// level is one path of total fertility.
type level struct{ year, tfr []float64 }

func (l *loader) fertilityLevels() [3]level {
	var out [3]level
	s := l.open("fertility_level.csv", "variant,year,tfr")
	for s.next() {
		v := s.oneOf(variants...)
		y := float64(s.year())
		s.once(v, " ", y)
		p := &out[v]
		if n := len(p.year); n > 0 && y <= p.year[n-1] {
			s.bad("a later year than the row before")
		}
		p.year, p.tfr = append(p.year, y), append(p.tfr, s.num(0.2, 5))
	}
	for v, p := range out {
		if len(p.year) == 0 || p.year[0] > float64(l.c.FirstYear) {
			l.fault(s.file, "variant %s: no row for %d or earlier", variants[v], l.c.FirstYear)
		}
	}
	return out
}

// fertilityAges returns the share of each single age in total fertility by period, and the centres of the periods.
func (l *loader) fertilityAges() (shares [][Ages]float64, centres []float64) {
	type group struct {
		first, after int
		share        float64
	}
	type period struct{ first, last int }
	var order []period
	rows := map[period][]group{}
	s := l.open("fertility_age.csv", "first,last,age_group,share")
	for s.next() {
		p := period{s.year(), s.year()}
		var g group
		g.first, g.after = s.ages()
		s.once(p, g.first)
		g.share = s.num(0, 1)
		if rows[p] == nil {
			order = append(order, p)
		}
		rows[p] = append(rows[p], g)
	}
	for _, p := range order {
		groups := rows[p]
		slices.SortFunc(groups, func(a, b group) int { return a.first - b.first })
		x, y := []float64{float64(groups[0].first)}, []float64{0}
		for i, g := range groups {
			if i > 0 && g.first != groups[i-1].after {
				l.fault(s.file, "%d-%d: age groups leave a gap or overlap at %d", p.first, p.last, g.first)
				return nil, nil
			}
			x, y = append(x, float64(g.after)), append(y, y[i]+g.share)
		}
		sum := y[len(y)-1]
		if sum < 0.999 || sum > 1.001 {
			l.fault(s.file, "%d-%d: shares sum to %g, want 1", p.first, p.last, sum)
			return nil, nil
		}
		c := NewCubic(x, y)
		var single [Ages]float64
		for a := range single {
			single[a] = max(0, c.At(float64(a+1))-c.At(float64(a))) / sum
		}
		shares, centres = append(shares, single), append(centres, float64(p.first+p.last+1)/2)
	}
	if len(order) == 0 && s.cols != nil {
		l.fault(s.file, "no rows")
	}
	if !slices.IsSorted(centres) {
		l.fault(s.file, "periods must stand in order")
		return nil, nil
	}
	return shares, centres
}

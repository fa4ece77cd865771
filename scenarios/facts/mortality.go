package facts

import (
	"slices"

	"gohyang/sim/draw"
)

// mortality holds the abridged death rates of life_table.csv.
type mortality struct {
	age    []int // first age of each interval; the last is open
	centre []float64
	log    [][2][]float64 // by period: log mx by sex and interval
}

// lifeTable reads life_table.csv. Every period must have the same intervals for both sexes.
func (l *loader) lifeTable() {
	type period struct{ first, last int }
	rates := map[period]*[2]map[int]float64{}
	var order []period
	ages := map[int]bool{}
	s := l.open("life_table.csv", "first,last,sex,age,mx")
	for s.next() {
		p := period{s.year(), s.year()}
		sex := s.sex()
		age := int(s.whole(0))
		s.once(p, sex, age)
		m := s.num(1e-7, 10)
		if rates[p] == nil {
			rates[p] = &[2]map[int]float64{{}, {}}
			order = append(order, p)
		}
		rates[p][sex][age] = m
		ages[age] = true
	}
	m := &mortality{}
	for a := range ages {
		m.age = append(m.age, a)
	}
	slices.Sort(m.age)
	s.complete(len(order)*2*len(m.age), "every period with both sexes and the same ages")
	if len(m.age) < 3 || m.age[0] != 0 || m.age[1] != 1 || m.age[len(m.age)-1] > 105 {
		l.fault(s.file, "age: got %v, want 0, 1, 5, ... up to an open group from 105 or younger", m.age)
		return
	}
	for i, p := range order {
		if p.last < p.first || i > 0 && p.first <= order[i-1].first {
			l.fault(s.file, "periods must follow each other: %d-%d", p.first, p.last)
		}
		m.centre = append(m.centre, float64(p.first+p.last+1)/2)
		var row [2][]float64
		for sex := range row {
			for _, a := range m.age {
				if v := rates[p][sex][a]; v > 0 {
					row[sex] = append(row[sex], draw.Log(v))
				} else {
					row[sex] = append(row[sex], 0) // the missing row is reported above
				}
			}
		}
		m.log = append(m.log, row)
	}
	l.mx = m
}

// deaths fills Country.Death: for each year the log death rates are interpolated linearly between the centres of the periods (constant outside),
// turned into abridged life-table probabilities and split to single ages.
func (l *loader) deaths() {
	l.c.Death = make([][2][Ages]float64, l.years())
	for y := range l.c.Death {
		for sex := range 2 {
			l.c.Death[y][sex] = l.mx.single(sex, float64(l.c.FirstYear+y)+0.5)
		}
	}
}

// single returns q(a) for one sex at a moment (years, decimal).
func (m *mortality) single(sex int, at float64) [Ages]float64 {
	i, w := bracket(m.centre, at)
	next := min(i+1, len(m.log)-1)
	mx := make([]float64, len(m.age))
	for k := range mx {
		mx[k] = draw.Exp(float64((1-w)*m.log[i][sex][k]) + float64(w*m.log[next][sex][k]))
	}
	return SingleAges(sex, m.age, mx)
}

// SingleAges turns abridged death rates (mx[k] from age[k]; the last group is open) of one sex (0 male, 1 female) into probabilities of dying
// between exact ages a and a+1.
//
// Abridged: q(x,n) = n m / (1 + (n - a(x)) m), with a(0) from Andreev and Kingkade (Demographic Research 33, 2015) as piecewise-linear functions of m(0),
// a(1) = 1.5 and n/2 elsewhere. Single: H(x) = -log l(x) is carried between the ages by the monotone cubic and q(a) = 1 - exp(-(H(a+1)-H(a))), so the
// abridged survivors are met exactly. From the open age on the hazard is constant at its m.
func SingleAges(sex int, age []int, mx []float64) [Ages]float64 {
	x, h := []float64{0}, []float64{0}
	last := len(age) - 1
	for k := range last {
		n := float64(age[k+1] - age[k])
		ax := n / 2
		switch age[k] {
		case 0:
			ax = infantAge(sex, mx[k])
		case 1:
			ax = 1.5
		}
		q := min(0.999, float64(n*mx[k])/(1+float64((n-ax)*mx[k])))
		x = append(x, float64(age[k+1]))
		h = append(h, h[k]-draw.Log(1-q))
	}
	for a := age[last] + 5; a <= Ages+4; a += 5 {
		x = append(x, float64(a))
		h = append(h, h[len(h)-1]+float64(5*mx[last]))
	}
	c := NewCubic(x, h)
	var q [Ages]float64
	for a := range q {
		q[a] = 1 - draw.Exp(c.At(float64(a))-c.At(float64(a+1)))
	}
	return q
}

// infantAge is the mean age at death of those who die in their first year.
func infantAge(sex int, m float64) float64 {
	if sex == 0 {
		switch {
		case m < 0.02300:
			return 0.14929 - float64(1.99545*m)
		case m < 0.08307:
			return 0.02832 + float64(3.26021*m)
		}
		return 0.29915
	}
	switch {
	case m < 0.01724:
		return 0.14903 - float64(2.05527*m)
	case m < 0.06891:
		return 0.04667 + float64(3.88089*m)
	}
	return 0.31411
}

// bracket finds where at lies among rising points: between points i and i+1 with weight w on the latter; outside, w is 0 at an end point.
func bracket(points []float64, at float64) (i int, w float64) {
	last := len(points) - 1
	if at <= points[0] {
		return 0, 0
	}
	if at >= points[last] {
		return last, 0
	}
	i, _ = slices.BinarySearch(points, at)
	if points[i] > at {
		i--
	}
	return i, (at - points[i]) / (points[i+1] - points[i])
}

package facts

// moveAge reads move_age.csv: the yearly probability of moving to another municipality by sex and single age.
func (l *loader) moveAge() {
	s := l.open("move_age.csv", "sex,age,rate")
	for s.next() {
		sex := s.sex()
		age := s.whole(0)
		s.once(sex, " ", age)
		if age >= Ages {
			s.bad("an age from 0 to 110")
			continue
		}
		l.c.MoveAge[sex][age] = s.num(0, 0.9)
	}
	s.complete(2*Ages, "both sexes, ages 0 to 110")
}

// moves reads moves_town.csv: levels and attractions of the towns by age group.
func (l *loader) moves() {
	n := len(l.c.Towns)
	l.c.MoveLevel, l.c.Attract = make([][Groups]float64, n), make([][Groups]float64, n)
	s := l.open("moves_town.csv",
		"code,level_g0,level_g1,level_g2,level_g3,level_g4,level_g5,attract_g0,attract_g1,attract_g2,attract_g3,attract_g4,attract_g5")
	for s.next() {
		i := s.index(l.town, "town")
		s.once(i)
		for g := range Groups {
			l.c.MoveLevel[i][g] = s.num(0, 50)
		}
		for g := range Groups {
			l.c.Attract[i][g] = s.num(0, 1e8)
		}
	}
	s.complete(n, "one a town")
	for j, p := range l.c.Provinces {
		for g := range Groups {
			var sum float64
			for i := range l.c.Towns {
				if l.c.Towns[i].Province == j {
					sum += l.c.Attract[i][g]
				}
			}
			if sum <= 0 && s.cols != nil {
				l.fault(s.file, "province %s, group %d: no town attracts movers", p.Code, g)
			}
		}
	}
}

// od reads od.csv, a full matrix of provinces by age group, and turns movers into shares of the origin's moves.
func (l *loader) od() {
	n := len(l.c.Provinces)
	for g := range Groups {
		l.c.OD[g] = make([][]float64, n)
		for i := range n {
			l.c.OD[g][i] = make([]float64, n)
		}
	}
	s := l.open("od.csv", "group,origin,dest,movers")
	for s.next() {
		g := s.oneOf("0", "1", "2", "3", "4", "5")
		i, j := s.index(l.place, "province"), s.index(l.place, "province")
		s.once(g, " ", i, " ", j)
		l.c.OD[g][i][j] = s.num(0, 1e9)
	}
	s.complete(Groups*n*n, "every group, origin and destination")
	for g := range Groups {
		for i, row := range l.c.OD[g] {
			var sum float64
			for _, v := range row {
				sum += v
			}
			if sum <= 0 && s.cols != nil {
				l.fault(s.file, "group %d: no moves from %s", g, l.c.Provinces[i].Code)
			}
			for j := range row {
				row[j] /= sum
			}
		}
	}
}

// arrivals reads arrivals.csv and fills Country.Arrivals: within a period every year is the same; before the first and after the last period the
// nearest one holds. Five-year groups follow a cubic through the cumulative, whose sums are preserved; an open group falls in its first five ages.
func (l *loader) arrivals() {
	type period struct{ first, last int }
	var order []period
	single := map[period]*[2][Ages]float64{}
	cells := map[period]*[2][Ages]float64{} // by first age of the group
	s := l.open("arrivals.csv", "first,last,sex,age_group,net")
	groups := 0
	for s.next() {
		p := period{s.year(), s.year()}
		sex := s.sex()
		first, after := s.ages()
		s.once(p, sex, first)
		if first%5 != 0 || after != first+5 && after != Ages || after == Ages && first > 105 {
			s.bad("a five-year age group")
			continue
		}
		if cells[p] == nil {
			order = append(order, p)
			cells[p], single[p] = &[2][Ages]float64{}, &[2][Ages]float64{}
		}
		groups = max(groups, first/5+1)
		cells[p][sex][first] = s.num(-1e7, 1e7)
	}
	s.complete(len(order)*2*groups, "every period, sex and age group")
	if len(order) == 0 {
		if s.cols != nil {
			l.fault(s.file, "no rows")
		}
		return
	}
	for _, p := range order {
		for sex := range 2 {
			x, y := []float64{0}, []float64{0}
			for k := range groups {
				x, y = append(x, float64(5*k+5)), append(y, y[k]+cells[p][sex][5*k])
			}
			c := NewCubic(x, y)
			for a := range Ages {
				single[p][sex][a] = c.At(float64(a+1)) - c.At(float64(a))
			}
		}
	}
	l.c.Arrivals = make([][2][Ages]float64, l.years())
	for y := range l.c.Arrivals {
		use := order[0]
		for _, p := range order {
			if p.first <= l.c.FirstYear+y {
				use = p
			}
		}
		l.c.Arrivals[y] = *single[use]
	}
}

// birthplace reads birthplace.csv and birth_town.csv.
func (l *loader) birthplace() {
	n := len(l.c.Provinces)
	l.c.BirthProvince = make([][]float64, n)
	for i := range n {
		l.c.BirthProvince[i] = make([]float64, n)
	}
	s := l.open("birthplace.csv", "residence,birth,share")
	for s.next() {
		i, j := s.index(l.place, "province"), s.index(l.place, "province")
		s.once(i, " ", j)
		l.c.BirthProvince[i][j] = s.num(0, 1)
	}
	s.complete(n*n, "every residence and birthplace")
	for i, row := range l.c.BirthProvince {
		var sum float64
		for _, v := range row {
			sum += v
		}
		if s.cols != nil && (sum < 0.999 || sum > 1.001) {
			l.fault(s.file, "residence %s: shares sum to %g, want 1", l.c.Provinces[i].Code, sum)
		}
		for j := range row {
			row[j] /= sum
		}
	}
	l.c.BirthTown = make([]float64, n)
	s = l.open("birth_town.csv", "residence,share")
	for s.next() {
		i := s.index(l.place, "province")
		s.once(i)
		l.c.BirthTown[i] = s.num(0, 1)
	}
	s.complete(n, "one a province")
}

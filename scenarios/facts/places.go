package facts

// places reads places.csv: provinces and towns, in file order.
func (l *loader) places() {
	const header = "level,code,province,name,name_en,lon,lat,class,recipient,depopulation,allocation,strength,local_tax,revenue,taxpayers,income"
	province := map[string]string{} // province of each town, resolved when all provinces are known
	var order []string
	s := l.open("places.csv", header)
	for s.next() {
		town := s.oneOf("province", "town") == 1
		p := Place{Code: s.name()}
		s.once(p.Code)
		of := s.name()
		p.Name, p.NameEn = s.name(), s.name()
		p.Lon, p.Lat = s.num(122, 154), s.num(20, 46)
		p.Class = s.name()
		p.Recipient = s.oneOf("0", "1") == 1
		p.Depopulation = []string{"", "depopulation", "interest"}[s.oneOf("", "depopulation", "interest")]
		p.Allocation = []string{"", "receiving", "non_receiving", "ward"}[s.oneOf("", "receiving", "non_receiving", "ward")]
		p.Strength = s.blankNum(0, 10)
		p.LocalTax, p.Revenue, p.Taxpayers, p.Income = s.blank(), s.blank(), s.blank(), s.blank()
		if town {
			l.town[p.Code] = len(l.c.Towns)
			l.c.Towns = append(l.c.Towns, p)
			province[p.Code] = of
			order = append(order, p.Code)
			continue
		}
		if of != p.Code {
			l.fault(s.file, "%s: a province is its own province, got %s", p.Code, of)
		}
		p.Province = len(l.c.Provinces)
		l.place[p.Code] = p.Province
		l.c.Provinces = append(l.c.Provinces, p)
	}
	for i, code := range order {
		j, ok := l.place[province[code]]
		if !ok {
			l.fault(s.file, "%s: province: got %q, want the code of a province", code, province[code])
		}
		l.c.Towns[i].Province = j
	}
	if len(order) == 0 || len(l.place) == 0 {
		l.fault(s.file, "got %d towns and %d provinces, want some of both", len(order), len(l.place))
	}
}

// constants reads constants.csv: the few single numbers of a country.
func (l *loader) constants() {
	s := l.open("constants.csv", "key,value,unit,source")
	for s.next() {
		key := []string{"base_year", "male_birth", "income_sd"}[s.oneOf("base_year", "male_birth", "income_sd")]
		s.once(key)
		switch key {
		case "base_year":
			l.c.BaseYear = s.year()
			l.c.FirstYear = l.c.BaseYear
		case "male_birth":
			l.c.MaleBirth = s.num(0.4, 0.6)
		case "income_sd":
			l.c.IncomeSD = s.num(0.1, 2)
		}
		s.name()
		s.name()
	}
	s.complete(3, "base_year, male_birth and income_sd")
	if l.c.BaseYear == 0 {
		l.c.BaseYear, l.c.FirstYear = 2000, 2000 // already reported; keeps the other tables readable
	}
}

// lastYear is the last year of the yearly tables.
const lastYear = 2072

// years is how many years the yearly tables have.
func (l *loader) years() int { return lastYear - l.c.FirstYear + 1 }

// levels reads town_levels.csv.
func (l *loader) levels() {
	n := len(l.c.Towns)
	l.c.DeathLevel, l.c.BirthLevel, l.c.ArrivalShare = make([]float64, n), make([]float64, n), make([]float64, n)
	var sum float64
	s := l.open("town_levels.csv", "code,death_level,birth_level,arrival_share")
	for s.next() {
		i := s.index(l.town, "town")
		s.once(i)
		l.c.DeathLevel[i], l.c.BirthLevel[i], l.c.ArrivalShare[i] = s.num(0, 10), s.num(0, 10), s.num(0, 1)
		sum += l.c.ArrivalShare[i]
	}
	s.complete(n, "one a town")
	if sum < 0.999 || sum > 1.001 {
		l.fault(s.file, "arrival_share sums to %g, want 1", sum)
	}
	for i := range l.c.ArrivalShare {
		l.c.ArrivalShare[i] /= sum
	}
}

// projection reads projection.csv: a blank code is the nation. The three broad ages are there or not.
func (l *loader) projection() {
	s := l.open("projection.csv", "code,year,population", "code,year,population,0-14,15-64,65+")
	for s.next() {
		p := Projection{Code: s.placeOrNation(), Year: s.year(), Population: s.whole(0)}
		if len(s.cols) > 3 {
			p.ByAge = [3]int64{s.whole(0), s.whole(0), s.whole(0)}
			if p.ByAge[0]+p.ByAge[1]+p.ByAge[2] != p.Population {
				s.bad("ages that add up to the population")
			}
		}
		s.once(p.Code, " ", p.Year)
		l.c.Projection = append(l.c.Projection, p)
	}
	if len(l.c.Projection) == 0 {
		l.fault(s.file, "no rows")
	}
}

// placeOrNation takes the next cell: the code of a province or town, or blank for the nation.
func (s *sheet) placeOrNation() string {
	code := s.str()
	_, province := s.l.place[code]
	_, town := s.l.town[code]
	if code != "" && !province && !town {
		s.bad("the code of a province or town, or blank for the nation")
	}
	return code
}

// vital reads vital.csv: a blank cell is not published and becomes -1.
func (l *loader) vital() {
	s := l.open("vital.csv", "code,year,births,deaths,moves_in,moves_out")
	for s.next() {
		v := Vital{Code: s.placeOrNation(), Year: s.year()}
		s.once(v.Code, " ", v.Year)
		for _, p := range []*int64{&v.Births, &v.Deaths, &v.MovesIn, &v.MovesOut} {
			*p = -1
			if s.rows[s.row][s.cell+1] != "" {
				*p = s.whole(0)
			} else {
				s.cell++
			}
		}
		l.c.Vital = append(l.c.Vital, v)
	}
}

// totals reads totals.csv, the published totals that tests check the tables against.
func (l *loader) totals() {
	s := l.open("totals.csv", "table,key,value,source")
	for s.next() {
		t := Total{Table: s.name(), Key: s.name(), Value: s.num(-1e18, 1e18), Source: s.name()}
		s.once(t.Table, " ", t.Key)
		l.c.Totals = append(l.c.Totals, t)
	}
	if len(l.c.Totals) == 0 {
		l.fault(s.file, "no rows")
	}
}

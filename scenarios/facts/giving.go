package facts

// receipts reads donations_town.csv: towns and provinces that receive.
func (l *loader) receipts() {
	s := l.open("donations_town.csv", "code,year,amount,count,observed")
	for s.next() {
		r := Receipt{Code: s.placeOrNation()}
		if r.Code == "" {
			s.bad("the code of a province or town")
		}
		r.Year = s.year()
		s.once(r.Code, " ", r.Year)
		r.Amount, r.Count, r.Observed = s.whole(0), s.blank(), s.oneOf("0", "1") == 1
		l.c.Receipts = append(l.c.Receipts, r)
	}
	if len(l.c.Receipts) == 0 && s.cols != nil {
		l.fault(s.file, "no rows")
	}
}

// nation reads donations_nation.csv.
func (l *loader) nation() {
	s := l.open("donations_nation.csv", "year,amount,count,donors,december,gift_share,cost_share")
	for s.next() {
		n := NationYear{Year: s.year()}
		s.once(n.Year)
		n.Amount, n.Count, n.Donors = s.whole(0), s.blank(), s.blank()
		n.December, n.GiftShare, n.CostShare = s.blankNum(0, 1), s.blankNum(0, 1), s.blankNum(0, 2)
		l.c.Nation = append(l.c.Nation, n)
	}
	if len(l.c.Nation) == 0 && s.cols != nil {
		l.fault(s.file, "no rows")
	}
}

// adultAge is the age from which donors are counted per head.
const adultAge = 20

// donors reads donors_town.csv and fills Country.Donors: donors per person of 20 and over, in the last year before BaseYear that the table has, or
// its first year where it has none. Without rows (the scheme starts later) all are zero; with rows every town must be there. Adults are those of
// the base year's five-year groups.
func (l *loader) donors() {
	n := len(l.c.Towns)
	l.c.Donors = make([]float64, n)
	count := map[int]map[int]int64{}
	s := l.open("donors_town.csv", "code,year,donors")
	for s.next() {
		i := s.index(l.town, "town")
		y := s.year()
		s.once(i, " ", y)
		if count[y] == nil {
			count[y] = map[int]int64{}
		}
		count[y][i] = s.whole(0)
	}
	if len(count) == 0 {
		return
	}
	use, first := 0, 9999
	for y := range count {
		first = min(first, y)
		if y < l.c.BaseYear {
			use = max(use, y)
		}
	}
	if use == 0 {
		use = first
	}
	if len(count[use]) != n {
		l.fault(s.file, "%d: got %d towns, want %d", use, len(count[use]), n)
	}
	for i, d := range count[use] {
		var adults int64
		for _, groups := range l.groups[i] {
			for k, p := range groups {
				if 5*k >= adultAge {
					adults += p
				}
			}
		}
		if adults > 0 {
			l.c.Donors[i] = float64(d) / float64(adults)
		}
	}
}

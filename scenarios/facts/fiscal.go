package facts

// Account is what raising donations cost one government in one year, and the tax its residents' donations took.
type Account struct {
	Code       string // town
	Year       int    // fiscal year of receipts and costs; relief is of the donations of that calendar year
	Costs      int64  // gifts, shipping, publicity, payment and administration, won or yen
	Municipal  int64  // relief at the cost of the town's own tax
	Provincial int64  // relief at the cost of its province's tax
	Observed   bool   // false = the province's part is derived, see SOURCES.toml
}

// fiscal reads fiscal.csv: what places live on.
func (l *loader) fiscal() {
	s := l.open("fiscal.csv", "code,earned_tax,other_own,need,capacity,revenue")
	for s.next() {
		p := s.body()
		s.once(p.Code)
		if p.EarnedTax = s.whole(0); p.EarnedTax > p.LocalTax {
			s.bad("no more than the local tax of places.csv")
		}
		p.OtherOwn, p.Need, p.Capacity, p.Standard = s.whole(0), s.whole(0), s.whole(0), s.whole(0)
	}
	governments := 0
	for _, list := range [][]Place{l.c.Towns, l.c.Provinces} {
		for i := range list {
			if list[i].LocalTax > 0 {
				governments++
			}
		}
	}
	s.complete(governments, "one a place with local tax")
}

// body takes the next cell: the code of a town or province.
func (s *sheet) body() *Place {
	code := s.str()
	if i, ok := s.l.town[code]; ok {
		return &s.l.c.Towns[i]
	}
	if i, ok := s.l.place[code]; ok {
		return &s.l.c.Provinces[i]
	}
	s.bad("the code of a town or province")
	return new(Place)
}

// accounts reads accounts_town.csv.
func (l *loader) accounts() {
	s := l.open("accounts_town.csv", "code,year,costs,municipal_relief,provincial_relief,observed")
	for s.next() {
		i := s.index(l.town, "town")
		a := Account{Code: l.c.Towns[i].Code, Year: s.year(), Costs: s.whole(0), Municipal: s.whole(0), Provincial: s.whole(0), Observed: s.oneOf("0", "1") == 1}
		s.once(a.Code, " ", a.Year)
		l.c.Accounts = append(l.c.Accounts, a)
	}
}

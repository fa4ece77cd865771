package budget

import (
	"math"

	"gohyang/sim/draw"
	"gohyang/sim/law"
	"gohyang/sim/towns"
)

// Flows is what the year brought to one place, in whole won or yen.
type Flows struct {
	Received        int64   // donations by persons
	Corporate       int64   // donations by corporations (L16)
	Gifts           int64   // gifts ordered
	Fees            int64   // portals and payment
	Operating       int64   // shipping, publicity, administration
	Shipping        int64   // of it, delivery of gifts
	Points          int64   // that portals gave the donors for donations to the place
	State           int64   // relief that residents' donations of the year bring at the cost of national tax
	Relief          int64   // the same at the cost of the place's own tax, of its residents (a province: of its part)
	CorporateState  int64   // relief of corporations of a province at the cost of national tax, with its government
	CorporateRelief int64   // the same at the cost of that government
	Homeward        int64   // received from donors whose known place of origin is in another province than their residence (R4)
	Home            int64   // of provincial governments: the same money by the donors' province of origin
	Visits          int64   // spending of visitors bound to the place
	Population      int64   // residents
	Young           int64   // residents of 0-14
	Old             int64   // residents of 65 and over
	Women           int64   // women aged 20-39
	Earnings        float64 // expected earnings of residents
}

// kept is what the recipient keeps (E14).
func (f *Flows) kept() int64 { return f.Received + f.Corporate - f.Gifts - f.Fees - f.Operating }

// Costs are what raising an amount takes, from shares of it, within the law's limit on all costs together (L6): operation gives way first, then gifts.
func Costs(l *law.Law, received int64, gift, fee, operate float64) (gifts, fees, operating int64) {
	operate = min(operate, max(l.Rules.Cost.Limit-gift-fee, 0))
	gift = min(gift, max(l.Rules.Cost.Limit-operate-fee, 0))
	r := float64(received)
	return int64(r * gift), int64(r * fee), int64(r * operate)
}

// Result is the place's year.
type Result struct {
	ReliefState                int64 // residents' relief that comes due this year at the cost of national tax
	Borne                      int64 // relief that comes due this year at the cost of the place's own tax
	CorporateState             int64 // relief of corporations that comes due this year at the cost of national tax, with the government of their province
	CorporateBorne             int64 // the same at the cost of that government
	Compensation               int64 // refund by the state
	PoolLoss                   int64 // share of the loss of the allocation pool
	Redistribution             int64 // got less paid under the redistribution menu (E17)
	Net                        int64 // kept - borne - corporate borne + compensation - pool loss + redistribution
	Fund, Spent                int64
	Earmarked                  int64 // of what was spent, on designated projects
	LocalIncome                int64
	IncomeNet                  int64   // local income that is no other place's loss
	LocalTax                   int64   // before relief
	Own                        int64   // own revenue: local tax, fees and the like
	Need, Capacity             int64   // standard fiscal need and capacity, before donations and relief
	Allocation                 int64   // ordinary local allocation tax
	Grants                     int64   // all other revenue without donations
	Revenue                    int64   // own + allocation + grants + net
	Strength                   float64 // fiscal strength index: capacity over need, mean of three years
	Services, ServicesChildren float64
	forChildren                int64 // of what was spent, on projects for children
}

// Books are the year's results: one by place, the sums by kind of entry, and every flow.
type Books struct {
	Places  []Result
	Entries []Entry // one for each kind
	Lines   []Line  // by kind in their order; payments into a pool come before those out of it
}

// State is what accounts carry from year to year, by place.
type State struct {
	params   *Params
	places   []towns.Place
	numTowns int
	opening  Opening
	due      []due
	lost     []int64 // national tax lost, by the years until the pool feels it
	fund     []int64
	services []float64
	children []float64             // services for children
	projects []designated          // in the order of Designate
	start    []Flows               // population and earnings of the first year
	ages     [2]ageMix             // of the nation, in the first year and now
	strength [][indexYears]float64 // capacity over need of the last years
	kept     []int64               // of the year: what reaches the fund
	books    Books
}

// NewState opens the accounts.
func NewState(p *Params, places []towns.Place, numTowns int, o Opening) *State {
	n := len(places)
	s := &State{params: p, places: places, numTowns: numTowns, opening: o, due: make([]due, n), lost: make([]int64, law.PoolLag+1), fund: make([]int64, n),
		services: make([]float64, n), children: make([]float64, n), kept: make([]int64, n), books: Books{Places: make([]Result, n), Entries: make([]Entry, NumKinds)}}
	for i := range s.services {
		s.services[i], s.children[i] = 1, 1
	}
	s.openStrength()
	return s
}

// Settle closes a year. The books are overwritten next year.
func (s *State) Settle(l *law.Law, year int, in []Flows) (*Books, error) {
	if s.start == nil {
		s.start = append([]Flows(nil), in...)
		s.inherit(&l.Rules.Compensation)
		s.ages[0] = s.nation(in)
	}
	s.books.Lines, s.ages[1] = s.books.Lines[:0], s.nation(in)
	for i := range in {
		s.kept[i] = in[i].kept()
		s.books.Places[i] = Result{}
	}
	s.fall(in)
	s.compensate(&l.Rules.Compensation)
	s.receipts(in)
	s.redistribute(&l.Rules.Redistribution, in)
	for i := range in {
		s.place(i, &in[i])
	}
	for i := range in {
		r := &s.books.Places[i]
		r.Services, r.ServicesChildren = s.Services(i)
	}
	s.accounts()
	return &s.books, s.check(in, year)
}

// compensate shares out the loss of the allocation pool and refunds lost tax (L14).
func (s *State) compensate(c *law.Compensation) {
	lost := s.poolLoss(c)
	weights := make([]float64, len(s.places))
	for i := range s.places {
		weights[i] = float64(s.places[i].Allocation())
	}
	pool := share(int64(math.Round(c.Pool*float64(lost))), weights)
	for i := range s.places {
		r := &s.books.Places[i]
		r.PoolLoss = pool[i]
		switch {
		case c.All:
			r.Compensation = int64(c.Rate * float64(r.Borne+r.CorporateBorne+r.PoolLoss))
		case s.places[i].Receiving:
			r.Compensation = int64(c.Rate * float64(r.Borne))
		}
	}
}

// share divides a total in proportion to weights of zero or more. The parts sum exactly, by rounding the running sum in the order of places; without any
// weight nothing is shared.
func share(total int64, weights []float64) []int64 {
	out := make([]int64, len(weights))
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	if sum == 0 || total == 0 {
		return out
	}
	acc, given := 0.0, int64(0)
	for i, w := range weights {
		acc += w
		upto := int64(math.Floor(float64(float64(total)*(acc/sum)) + 0.5))
		out[i] = upto - given
		given = upto
	}
	return out
}

// place closes one place's year.
func (s *State) place(i int, f *Flows) {
	r := &s.books.Places[i]
	r.Net = f.kept() - r.Borne - r.CorporateBorne + r.Compensation - r.PoolLoss + r.Redistribution
	s.spend(r, i, f, s.kept[i])
	s.local(r, f)
	s.revenue(r, i, f)
	s.serve(r, i, f)
}

// Digest is one number for the accounts' state.
func (s *State) Digest() uint64 {
	h := uint64(0)
	for i := range s.fund {
		h = draw.Hash(h, uint64(s.fund[i]), math.Float64bits(s.services[i]), math.Float64bits(s.children[i]))
		h = draw.Hash(h, uint64(s.due[i].state), uint64(s.due[i].own), uint64(s.due[i].firmState), uint64(s.due[i].firmOwn))
		for _, x := range s.strength[i] {
			h = draw.Hash(h, math.Float64bits(x))
		}
	}
	for _, lost := range s.lost {
		h = draw.Hash(h, uint64(lost))
	}
	for i := range s.projects {
		h = draw.Hash(h, uint64(s.projects[i].stock))
	}
	for i := range s.start {
		f := &s.start[i]
		h = draw.Hash(h, uint64(f.Population), uint64(f.Young), uint64(f.Old), math.Float64bits(f.Earnings))
	}
	for _, a := range s.ages {
		h = draw.Hash(h, math.Float64bits(a.young), math.Float64bits(a.old))
	}
	return h
}

package budget

import (
	"fmt"
	"math"

	"gohyang/sim/draw"
	"gohyang/sim/law"
	"gohyang/sim/towns"
)

// Flows is what the year brought to one place, in whole won or yen.
type Flows struct {
	Received   int64
	Borne      int64   // relief of residents borne by the place's own tax
	GiftShare  float64 // gifts ordered over receipts
	FeeShare   float64
	CostShare  float64 // shipping, publicity, administration
	Visits     int64   // spending of visitors bound to the place
	Population int64
	Earnings   float64 // expected earnings of residents
}

// Result is the place's year.
type Result struct {
	Gifts, Fees, Operating, Compensation, Net int64
	Fund, Spent, LocalIncome                  int64
	Earmarked                                 int64 // of what was spent, on designated projects
	IncomeNet                                 int64 // local income that is no other place's loss
	LocalTax, Revenue                         int64
	Services, ServicesChildren                float64
	forChildren                               int64 // of what was spent, on projects for children
}

// State is what accounts carry from year to year, by place.
type State struct {
	params   *Params
	places   []towns.Place
	numTowns int
	fund     []int64
	services []float64
	children []float64    // services for children
	projects []designated // in the order of Designate
	start    []Flows      // population and earnings of the first year
	out      []Result
}

// NewState opens the accounts.
func NewState(p *Params, places []towns.Place, numTowns int) *State {
	s := &State{params: p, places: places, numTowns: numTowns, fund: make([]int64, len(places)), services: make([]float64, len(places)), children: make([]float64, len(places)),
		out: make([]Result, len(places))}
	for i := range s.services {
		s.services[i], s.children[i] = 1, 1
	}
	return s
}

// Settle closes a year: it fills a Result for every place and the ledger. state is the relief borne by the state. The results are overwritten next year.
func (s *State) Settle(l *law.Law, year int, in []Flows, state int64) ([]Result, []Entry, error) {
	if s.start == nil {
		s.start = append([]Flows(nil), in...)
	}
	pool := s.pool(l, state)
	for i := range in {
		s.place(l, i, &in[i], pool[i])
	}
	ledger := s.ledger(in, state)
	for i := range ledger {
		if d := ledger[i].sum(); d != 0 {
			return nil, nil, fmt.Errorf("the books of %d do not close: entry %q sums to %d, want 0", year, ledger[i].Entry, d)
		}
	}
	return s.out, ledger, s.check(in, ledger, year)
}

// pool shares the allocation pool's loss, rate x the state's lost tax, among receiving places in proportion to what they receive beyond their own tax
// (derived: revenue minus local tax; the settled allocation by place is not in the facts). The parts sum exactly.
func (s *State) pool(l *law.Law, state int64) []int64 {
	out := make([]int64, len(s.places))
	lost := int64(math.Round(l.Rules.Compensation.Pool * float64(state)))
	sum := 0.0
	weight := func(i int) float64 {
		if !s.places[i].Receiving {
			return 0
		}
		return float64(max(s.places[i].Revenue-s.places[i].LocalTax, 0))
	}
	for i := range s.places {
		sum += weight(i)
	}
	if sum == 0 || lost == 0 {
		return out
	}
	acc, given := 0.0, int64(0)
	for i := range s.places {
		acc += weight(i)
		upto := int64(math.Floor(float64(float64(lost)*(acc/sum)) + 0.5))
		out[i] = given - upto
		given = upto
	}
	return out
}

// place closes one place's year.
func (s *State) place(l *law.Law, i int, f *Flows, pool int64) {
	r := &s.out[i]
	r.costs(l, f)
	r.Compensation = pool
	if s.places[i].Receiving {
		r.Compensation += int64(l.Rules.Compensation.Rate * float64(f.Borne))
	}
	kept := f.Received - r.Gifts - r.Fees - r.Operating
	r.Net = kept - f.Borne + r.Compensation
	s.spend(r, i, f, kept)
	s.local(r, f)
	s.revenue(r, i, f)
	s.serve(r, i, f)
}

// costs are what raising the money took, within the law's limit on all costs together (L6).
func (r *Result) costs(l *law.Law, f *Flows) {
	gift, fee, cost := f.GiftShare, f.FeeShare, f.CostShare
	cost = min(cost, max(l.Rules.Cost.Limit-gift-fee, 0))
	gift = min(gift, max(l.Rules.Cost.Limit-cost-fee, 0))
	received := float64(f.Received)
	r.Gifts, r.Fees, r.Operating = int64(received*gift), int64(received*fee), int64(received*cost)
}

// Digest is one number for the accounts' state.
func (s *State) Digest() uint64 {
	h := uint64(0)
	for i := range s.fund {
		h = draw.Hash(h, uint64(s.fund[i]), math.Float64bits(s.services[i]), math.Float64bits(s.children[i]))
	}
	for i := range s.projects {
		h = draw.Hash(h, uint64(s.projects[i].stock))
	}
	return h
}

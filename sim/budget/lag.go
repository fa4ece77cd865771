package budget

import (
	"math"

	"gohyang/sim/law"
)

// due is the relief that donations of one year bring to residents of a place in the next: Japan's resident tax of the next levy year and income tax refunded early
// in it, Korea's refund of February. A provincial government has a part of its own, and the relief of its province's corporations.
type due struct{ state, own, firmState, firmOwn int64 }

// Opening is what a run inherits that starts after its scheme.
type Opening struct {
	Receipts int64 // the nation's receipts of the last observed year before the run; 0 = none known
	Age      int   // years that the scheme is older than the run; 0 or less = it starts with the run, or later
}

// inherit estimates what is due from the year before the run, which nobody lived through (derived): place by place the first year's own relief, scaled by last
// year's receipts over the first year's. The national tax lost in the years before is taken to be the same, as far back as the scheme reaches.
func (s *State) inherit(r *law.Rules, in []Flows) {
	received := int64(0)
	for i := range in {
		received += in[i].Received
	}
	if s.opening.Age <= 0 || received <= 0 {
		return
	}
	ratio, state := float64(s.opening.Receipts)/float64(received), int64(0)
	scaled := func(x int64) int64 { return int64(math.Round(float64(x) * ratio)) }
	for i := range in {
		s.due[i] = due{state: scaled(in[i].State), own: scaled(in[i].Relief)}
		state += s.due[i].state
	}
	lag := r.Compensation.PoolLag
	for k := range lag { // lost in the year First - lag + k by donations of the year before that
		if int64(s.opening.Age) >= lag-k+1 {
			s.lost[k] = state
		}
	}
}

// fall lets the relief of last year's donations come due and keeps this year's for the next.
func (s *State) fall(in []Flows) {
	for i := range in {
		r := &s.books.Places[i]
		d := &s.due[i]
		r.ReliefState, r.Borne, r.CorporateState, r.CorporateBorne = d.state, d.own, d.firmState, d.firmOwn
		*d = due{in[i].State, in[i].Relief, in[i].CorporateState, in[i].CorporateRelief}
	}
}

// poolLoss is the national tax whose loss the allocation pool feels this year, and queues the tax lost this year.
func (s *State) poolLoss(c *law.Compensation) int64 {
	for i := range s.books.Places {
		s.lost[c.PoolLag] += s.books.Places[i].ReliefState + s.books.Places[i].CorporateState
	}
	lost := s.lost[0]
	copy(s.lost, s.lost[1:])
	s.lost[len(s.lost)-1] = 0
	return lost
}

// Due is what has been given and is not yet settled: relief that comes due next year at the cost of the state and of local governments, and national tax lost
// whose effect on the allocation pool is still to come.
func (s *State) Due() (state, local, lost int64) {
	for i := range s.due {
		state += s.due[i].state + s.due[i].firmState
		local += s.due[i].own + s.due[i].firmOwn
	}
	for _, x := range s.lost {
		lost += x
	}
	return state, local, lost
}

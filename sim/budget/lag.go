package budget

import "gohyang/sim/law"

// due is the relief that donations of one year bring to residents of a place in the next: Japan's resident tax of the next levy year and income tax refunded early
// in it, Korea's refund of February. A provincial government has a part of its own, and the relief of its province's corporations.
type due struct{ state, own, firmState, firmOwn int64 }

// Opening is what a run inherits that starts after its scheme: relief that the donations of the year before bring, by place, at the cost of national tax and of
// the place's own. Nobody lived through that year: it is derived, see World.begin.
type Opening struct {
	State, Own []int64 // nil = nothing is due
	Age        int     // years that the scheme is older than the run
}

// inherit takes over what is due from the year before the run. The national tax lost in the years before is taken to be the same, as far back as the scheme reaches.
func (s *State) inherit(c *law.Compensation) {
	state := int64(0)
	for i, x := range s.opening.State {
		s.due[i] = due{state: x, own: s.opening.Own[i]}
		state += x
	}
	lag := c.PoolLag
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

package budget

import (
	"fmt"
	"math"
)

// whole is an amount in whole won or yen; what no government has, beyond 10^18, stays there, so that all architectures agree.
func whole(x float64) int64 { return int64(math.Round(min(x, 1e18))) }

// ratioOf is what something is over what it was at the start, one where it was nothing, that is less than one.
func ratioOf(now, start float64) float64 {
	if start < 1 {
		return 1
	}
	return now / start
}

// people is the place's residents relative to the start.
func (s *State) people(i int, f *Flows) float64 {
	return ratioOf(float64(f.Population), float64(s.start[i].Population))
}

// localTax is the year's local tax before relief: what is levied on earnings follows residents' earnings, the rest (property, consumption) their number.
func (s *State) localTax(i int, f *Flows) float64 {
	p := &s.places[i]
	rest := float64(float64(p.LocalTax-p.EarnedTax) * s.people(i, f))
	return float64(float64(p.EarnedTax)*ratioOf(f.Earnings, s.start[i].Earnings)) + rest
}

// revenue is what the place lives on: own revenue, allocation tax, other grants and revenue in proportion to residents, and net. Donations stand apart: neither
// need nor capacity knows them.
func (s *State) revenue(r *Result, i int, f *Flows) {
	p, people := &s.places[i], s.people(i, f)
	r.LocalTax = whole(s.localTax(i, f))
	r.Own = r.LocalTax + whole(float64(p.OtherOwn)*people)
	s.standard(r, i, f)
	r.Grants = whole(float64(max(p.Revenue-p.LocalTax-p.OtherOwn-p.Allocation(), 0)) * people)
	r.Revenue = r.Own + r.Allocation + r.Grants + r.Net
}

// adds checks that a place's revenue is the sum of its parts and that allocation tax fills the gap between need and capacity, where it may.
func (s *State) adds(i, year int) error {
	r, p := &s.books.Places[i], &s.places[i]
	want := int64(0)
	if p.Receiving {
		want = max(r.Need-r.Capacity, 0)
	}
	switch d := r.Revenue - (r.Own + r.Allocation + r.Grants + r.Net); {
	case d != 0:
		return fmt.Errorf("revenue of %s (%s) in %d is not the sum of its parts: %d apart", p.Name, p.Code, year, d)
	case r.Allocation != want || r.Need < 0 || r.Capacity < 0:
		return fmt.Errorf("allocation tax of %s (%s) in %d is %d, need %d and capacity %d want %d", p.Name, p.Code, year, r.Allocation, r.Need, r.Capacity, want)
	}
	return nil
}

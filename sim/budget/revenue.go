package budget

// localTax scales the start's local tax with residents' earnings.
func (s *State) localTax(i int, f *Flows) float64 {
	tax, start := float64(s.places[i].LocalTax), s.start[i].Earnings
	if start > 0 {
		tax = float64(tax * (f.Earnings / start))
	}
	return tax
}

// revenue is the place's local tax, other revenue in proportion to population, and net.
func (s *State) revenue(r *Result, i int, f *Flows) {
	place, start := &s.places[i], &s.start[i]
	people := 1.0
	if start.Population > 0 {
		people = float64(f.Population) / float64(start.Population)
	}
	r.LocalTax = int64(s.localTax(i, f))
	other := int64(float64(max(place.Revenue-place.LocalTax, 0)) * people)
	r.Revenue = r.LocalTax + other + r.Net
}

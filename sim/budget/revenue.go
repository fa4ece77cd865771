package budget

// revenue scales the start's local tax with earnings and the rest with population.
func (s *State) revenue(r *Result, i int, f *Flows) {
	place, start := &s.places[i], &s.start[i]
	tax, people := 1.0, 1.0
	if start.Earnings > 0 {
		tax = f.Earnings / start.Earnings
	}
	if start.Population > 0 {
		people = float64(f.Population) / float64(start.Population)
	}
	r.LocalTax = int64(float64(place.LocalTax) * tax)
	other := int64(float64(max(place.Revenue-place.LocalTax, 0)) * people)
	r.Revenue = r.LocalTax + other + r.Net
}

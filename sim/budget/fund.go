package budget

// spend puts what a place kept of the year's donations into its fund and spends a part of it.
func (s *State) spend(r *Result, i int, kept int64) {
	s.fund[i] += max(kept, 0)
	r.Spent = int64(s.params.Execute * float64(s.fund[i]))
	s.fund[i] -= r.Spent
	r.Fund = s.fund[i]
	s.book(Spending, i, s.own(i), Suppliers, r.Spent)
}

// local is the income that gifts, fund and visitors leave in the place (E19).
func (s *State) local(r *Result, f *Flows) {
	r.LocalIncome = int64(s.params.Multiplier * float64(f.Gifts+r.Spent+f.Visits))
}

// serve moves the service stock by a year (E20).
func (s *State) serve(r *Result, i int) {
	level := 1 + float64(s.params.Flypaper*float64(r.Spent))/float64(max(r.Revenue, 1))
	s.services[i] += float64(s.params.Depreciate * (level - s.services[i]))
	r.Services = s.services[i]
}

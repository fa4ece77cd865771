package budget

import (
	"math"
	"math/bits"

	"gohyang/sim/towns"
)

// Theme is what a designated project is for (L11).
type Theme string

// The themes of designated projects. Services for children have a stock of their own (E20).
const (
	Children    Theme = "children"
	Health      Theme = "health"
	Elderly     Theme = "elderly"
	Education   Theme = "education"
	Culture     Theme = "culture"
	Environment Theme = "environment"
	Disaster    Theme = "disaster"
	Economy     Theme = "economy"
	Community   Theme = "community"
)

// Themes lists all themes.
func Themes() []Theme {
	return []Theme{Children, Health, Elderly, Education, Culture, Environment, Disaster, Economy, Community}
}

// Project is a designated project of a place. What is given to it may be spent on its theme only.
type Project struct {
	Place int
	Theme Theme
}

// designated is the money of one project.
type designated struct {
	Project
	raised int64 // given to it this year
	stock  int64 // kept for it and not yet spent
	spent  int64 // spent this year
}

// Designate opens the accounts of the run's projects, in their order.
func (s *State) Designate(projects []Project) {
	for _, p := range projects {
		s.projects = append(s.projects, designated{Project: p})
	}
}

// Earmark tells, before Settle, how much of what its place received this year was given to a project.
func (s *State) Earmark(project int, raised int64) { s.projects[project].raised = raised }

// Spent is what was spent on a project this year.
func (s *State) Spent(project int) int64 { return s.projects[project].spent }

// Services are the two indexes of services per resident that a place's residents have, in general and for children: 1 is what they would be without donations.
func (s *State) Services(place int) (general, children float64) {
	i := s.server(place)
	return s.services[i], s.children[i]
}

// server is the government whose accounts pay for a place's services: its own, or that of its province where donations and tax are the province's alone (Sejong, Jeju).
func (s *State) server(place int) int {
	if place < s.numTowns {
		if to := towns.Government(s.places, s.numTowns, place); s.places[to].Recipient {
			return to
		}
	}
	return place
}

// spend puts what a place kept of the year's donations into its fund and the purses of its projects, and spends a part of every one. Of what it kept of persons'
// gifts each project gets the part that was given to it; what corporations gave and the pools brought is free.
func (s *State) spend(r *Result, i int, f *Flows, kept int64) {
	free := max(kept, 0)
	persons := min(max(f.kept()-f.Corporate, 0), free)
	for k := range s.projects {
		p := &s.projects[k]
		if p.Place != i {
			continue
		}
		money := min(portion(persons, p.raised, f.Received), free)
		free -= money
		p.stock += money
		p.spent = int64(s.params.Execute * float64(p.stock))
		p.stock -= p.spent
		r.Earmarked += p.spent
		r.Fund += p.stock
		if p.Theme == Children {
			r.forChildren += p.spent
		}
	}
	s.fund[i] += free
	r.Spent = int64(s.params.Execute * float64(s.fund[i]))
	s.fund[i] -= r.Spent
	r.Fund += s.fund[i]
	s.book(Spending, i, s.own(i), Suppliers, r.Spent)
	s.book(Earmarked, i, s.own(i), Suppliers, r.Earmarked)
	r.Spent += r.Earmarked
}

// portion is part/whole of an amount, rounded down to a whole won or yen; none of them is negative and the part is no more than the whole.
func portion(amount, part, whole int64) int64 {
	if part == 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(amount), uint64(part))
	q, _ := bits.Div64(hi, lo, uint64(whole))
	return int64(q)
}

// local is the income that gifts, fund and visitors leave in the place, and what of it no other place of the nation loses (E19).
func (s *State) local(r *Result, f *Flows) {
	r.LocalIncome = int64(s.params.Multiplier * float64(f.Gifts+r.Spent+f.Visits))
	r.IncomeNet = int64(float64(1-s.params.Divert) * float64(r.LocalIncome))
}

// serve moves the service stocks by a year (E20). Of free money the flypaper share reaches services, children's by their usual share of spending; earmarked
// money reaches the services of its theme whole. The more a place lives on donations, the less it gets for its
// money. What the place loses beside its fund, relief and pool loss less compensation and floor, is taken from services by the flypaper share, children's by their
// usual one. Everything is measured against the revenue without donations; no level is below zero.
func (s *State) serve(r *Result, i int, f *Flows) {
	p, revenue := s.params, float64(max(r.Revenue-r.Net, 1))
	if f.Population == 0 {
		revenue = math.Inf(1) // nobody to serve
	}
	useful := 1 - float64(p.Waste*min(float64(f.Received)/revenue, 1))
	free := float64(p.Flypaper * float64(r.Spent-r.Earmarked))
	lost := float64(p.Flypaper * float64(max(s.kept[i], 0)-r.Net))
	level := max(1+(float64(useful*(free+float64(r.Earmarked)))-lost)/revenue, 0)
	s.services[i] += float64(p.Depreciate * (level - s.services[i]))
	care := float64(useful * (float64(free*p.Children) + float64(r.forChildren)))
	level = max(1+(care-float64(lost*p.Children))/max(float64(p.Children*revenue), 1), 0)
	s.children[i] += float64(p.Depreciate * (level - s.children[i]))
}

package sim

import "gohyang/sim/budget"

// project is how far a designated project of the scenario has come (L11).
type project struct {
	event  int   // index into Config.Events
	raised int64 // given to it in all, won or yen
	year   int64 // of it, this year
	done   int   // year in which the target was reached, 0 = not yet
}

// newProjects lists the scenario's projects and opens their accounts.
func (w *World) newProjects() {
	var list []budget.Project
	for i, e := range w.cfg.Events {
		if e.Kind == Project {
			w.projects = append(w.projects, project{event: i})
			list = append(list, budget.Project{Place: e.Place, Theme: e.Theme})
		}
	}
	w.books.Designate(list)
}

// open is the share of the year in which a project asks for money: from its month on, while the law lets donors choose one, until its target is reached.
func (w *World) open(p *project) float64 {
	e := &w.cfg.Events[p.event]
	switch {
	case e.Year > w.year || p.done > 0 || !w.cfg.Laws[w.year-w.cfg.First].Rules.Projects.Open:
		return 0
	case e.Year == w.year && e.Month > 1:
		return float64(13-e.Month) / 12
	}
	return 1
}

// appeal is the weight that an open project adds to its place for empathy donors, relative to the usual weight of the place (E12): the theme's, in proportion to
// what is still missing.
func (w *World) appeal(p *project) float64 {
	e, c := &w.cfg.Events[p.event], &w.cfg.Giving.Choice
	pull := c.Project
	if e.Theme == budget.Children {
		pull = float64(pull * c.Children)
	}
	return float64(pull * (1 - float64(p.raised)/float64(e.Target)))
}

// collect tells each project, and the accounts, what was given to it: who gives out of empathy to a place whose project is open gives to the project. Several
// projects of a place share by how much they appeal.
func (w *World) collect() {
	for k := range w.projects {
		w.projects[k].year = 0
	}
	for k := range w.projects {
		if w.projects[k].year == 0 && w.open(&w.projects[k]) > 0 {
			w.share(w.cfg.Events[w.projects[k].event].Place)
		}
	}
	for k := range w.projects {
		p := &w.projects[k]
		w.books.Earmark(k, p.year)
		if p.raised += p.year; p.done == 0 && p.raised >= w.cfg.Events[p.event].Target {
			p.done = w.year
		}
	}
}

// share divides the year's empathy money of a place among its open projects, to the won.
func (w *World) share(place int) {
	var at []*project
	sum := 0.0
	weight := func(p *project) float64 { return float64(w.open(p) * (1 + w.appeal(p))) }
	longest := 0.0
	for k := range w.projects {
		if p := &w.projects[k]; w.cfg.Events[p.event].Place == place && w.open(p) > 0 {
			at = append(at, p)
			sum += weight(p)
			longest = max(longest, w.open(p))
		}
	}
	money := float64(w.real(w.sums.giving.Places[place].Cause))
	money *= sum / (sum + float64((1-longest)*float64(len(at)))) // before the first opens, empathy gives to the place
	given, acc := int64(0), 0.0
	for _, p := range at {
		acc += weight(p)
		upto := int64(float64(money * (acc / sum)))
		p.year, given = upto-given, upto
	}
}

// projectRows are the projects that have begun, for the record.
func (w *World) projectRows() []ProjectRow {
	rows := w.record.Projects[:0]
	for k := range w.projects {
		p := &w.projects[k]
		e := &w.cfg.Events[p.event]
		if e.Year > w.year {
			continue
		}
		rows = append(rows, ProjectRow{Event: p.event, Raised: p.year, Total: p.raised, Spent: w.books.Spent(k), Completed: p.done, Beneficiaries: w.beneficiaries(e)})
	}
	return rows
}

// beneficiaries are the residents that a project is for: as many as the scenario says, or those of the age its theme names, or all.
func (w *World) beneficiaries(e *Event) (n int64) {
	if e.Beneficiaries > 0 {
		return e.Beneficiaries
	}
	for i := range w.cfg.NumTowns {
		if i != e.Place && w.cfg.NumTowns+w.cfg.Places[i].Province != e.Place {
			continue
		}
		switch t := &w.record.Towns[i]; e.Theme {
		case budget.Children:
			n += t.ByAge[0]
		case budget.Elderly:
			n += t.ByAge[2]
		default:
			n += t.Population
		}
	}
	return n
}

package output

import "gohyang/sim"

// Collection keeps the tables of a run in memory, for work on many runs of which no files are wanted. It implements sim.Observer.
type Collection struct {
	frame  Frame
	places bool

	Years  []YearRow  // first year first
	Towns  []TownRow  // by year, then in the order of places; empty unless wanted
	Flows  []FlowRow  // empty unless wanted
	Donors []DonorRow // year by year
	Months []MonthRow // year by year
}

var _ sim.Observer = (*Collection)(nil)

// NewCollection makes an empty collection; with places it keeps the rows of every place and of the flows too.
func NewCollection(frame Frame, places bool) *Collection {
	return &Collection{frame: frame, places: places}
}

// Observe keeps one finished year.
func (c *Collection) Observe(r *sim.Record) error {
	towns, months := c.frame.townRows(r), monthRows(r)
	c.Years = append(c.Years, nationRow(c.frame, towns, accountRows(r), months))
	c.Donors, c.Months = append(c.Donors, c.frame.donorRows(r)...), append(c.Months, months...)
	if c.places {
		c.Towns, c.Flows = append(c.Towns, towns...), append(c.Flows, c.frame.flowRows(r)...)
	}
	return nil
}

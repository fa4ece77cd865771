package budget

import "fmt"

// Entry is one booked flow and what each sector gains by it; the sectors sum to zero.
type Entry struct {
	Entry                                                            string
	Donors, Towns, Provinces, State, Producers, Platforms, Suppliers int64
}

func (e *Entry) sum() int64 {
	return e.Donors + e.Towns + e.Provinces + e.State + e.Producers + e.Platforms + e.Suppliers
}

// ledger books the year's flows by sector.
func (s *State) ledger(in []Flows, state int64) []Entry {
	e := []Entry{{Entry: "donation"}, {Entry: "gift"}, {Entry: "fee"}, {Entry: "operation"}, {Entry: "relief.state"}, {Entry: "relief.local"}, {Entry: "compensation"}, {Entry: "fund.spending"},
		{Entry: "fund.earmarked"}}
	for i := range in {
		r := &s.out[i]
		for j, v := range [...]int64{in[i].Received, -r.Gifts, -r.Fees, -r.Operating, 0, -in[i].Borne, r.Compensation, r.Earmarked - r.Spent, -r.Earmarked} {
			if i < s.numTowns {
				e[j].Towns += v
			} else {
				e[j].Provinces += v
			}
		}
		e[0].Donors -= in[i].Received
		e[1].Producers += r.Gifts
		e[2].Platforms += r.Fees
		e[3].Suppliers += r.Operating
		e[5].Donors += in[i].Borne
		e[6].State -= r.Compensation
		e[7].Suppliers += r.Spent - r.Earmarked
		e[8].Suppliers += r.Earmarked
	}
	e[4].Donors, e[4].State = state, -state
	return e
}

// check compares the ledger with the places' own results: all governments' net must be what the ledger says they gained without spending.
func (s *State) check(in []Flows, ledger []Entry, year int) error {
	net, booked := int64(0), int64(0)
	for i := range s.out {
		net += s.out[i].Net
	}
	for _, e := range ledger[:7] {
		booked += e.Towns + e.Provinces
	}
	if net != booked {
		return fmt.Errorf("the books of %d do not close: governments' net is %d, the ledger says %d", year, net, booked)
	}
	return nil
}

package budget

import "fmt"

// Sector is who pays or receives.
type Sector int

// The sectors. Pool is a clearing account of the redistribution: what governments pay into it, governments get out of it in the same entry.
const (
	Donors Sector = iota
	Towns
	Provinces
	Treasury // the state
	Producers
	Platforms
	Suppliers
	Pool
	NumSectors
)

// String is the sector's name in the tables.
func (s Sector) String() string {
	return [NumSectors]string{"donors", "towns", "provinces", "state", "producers", "platforms", "suppliers", "pool"}[s]
}

// Kind is what a flow is for.
type Kind int

// The kinds of entries, in the order they are booked.
const (
	Donation Kind = iota
	Corporate
	Gift
	Shipping
	Fee
	Operation
	Points
	ReliefState
	ReliefTown
	ReliefProvince
	ReliefCorporate
	ReliefCorporateState
	Compensation
	PoolLoss
	Home
	Ceiling
	Shared
	Floor
	Spending
	Earmarked
	NumKinds
)

// String is the entry's name in the tables.
func (k Kind) String() string {
	return [NumKinds]string{"donation", "donation.corporate", "gift", "shipping", "fee", "operation", "points", "relief.state", "relief.town", "relief.province", "relief.corporate", "relief.corporate.state", "compensation", "pool",
		"redistribution.home", "redistribution.ceiling", "redistribution.pool", "redistribution.floor", "fund.spending", "fund.earmarked"}[k]
}

// Line is one flow as it is booked: an amount above zero that one sector pays and another receives. Place is the government concerned; of the state's relief it
// is the municipality whose residents get it.
type Line struct {
	Kind     Kind
	Place    int
	From, To Sector
	Amount   int64
}

// Entry is all flows of one kind and what each sector gains by them; the sectors sum to zero.
type Entry struct {
	Kind Kind
	Gain [NumSectors]int64
}

// book writes a flow that the sector from pays to the sector to; a negative amount goes the other way.
func (s *State) book(k Kind, place int, from, to Sector, amount int64) {
	if amount < 0 {
		from, to, amount = to, from, -amount
	}
	if amount != 0 {
		s.books.Lines = append(s.books.Lines, Line{k, place, from, to, amount})
	}
}

// own is the sector of a place's government.
func (s *State) own(place int) Sector {
	if place < s.numTowns {
		return Towns
	}
	return Provinces
}

// receipts books what donations brought and cost, and the relief that comes due.
func (s *State) receipts(in []Flows) {
	each := func(k Kind, from, to Sector, amount func(i int) int64) {
		for i := range in {
			f, t := from, to
			if f == Towns {
				f = s.own(i)
			}
			if t == Towns {
				t = s.own(i)
			}
			s.book(k, i, f, t, amount(i))
		}
	}
	each(Donation, Donors, Towns, func(i int) int64 { return in[i].Received })
	each(Corporate, Donors, Towns, func(i int) int64 { return in[i].Corporate })
	each(Gift, Towns, Producers, func(i int) int64 { return in[i].Gifts })
	each(Fee, Towns, Platforms, func(i int) int64 { return in[i].Fees })
	each(Shipping, Towns, Suppliers, func(i int) int64 { return in[i].Shipping })
	each(Operation, Towns, Suppliers, func(i int) int64 { return in[i].Operating - in[i].Shipping })
	each(Points, Platforms, Donors, func(i int) int64 { return in[i].Points })
	each(ReliefState, Treasury, Donors, func(i int) int64 { return s.books.Places[i].ReliefState })
	for i := range in {
		s.book(ReliefTown+Kind(s.own(i)-Towns), i, s.own(i), Donors, s.books.Places[i].Borne)
	}
	each(ReliefCorporateState, Treasury, Donors, func(i int) int64 { return s.books.Places[i].CorporateState })
	each(ReliefCorporate, Towns, Donors, func(i int) int64 { return s.books.Places[i].CorporateBorne })
	each(Compensation, Treasury, Towns, func(i int) int64 { return s.books.Places[i].Compensation })
	each(PoolLoss, Towns, Treasury, func(i int) int64 { return s.books.Places[i].PoolLoss })
}

// accounts sums the lines by kind.
func (s *State) accounts() {
	for k := range s.books.Entries {
		s.books.Entries[k] = Entry{Kind: Kind(k)}
	}
	for _, l := range s.books.Lines {
		e := &s.books.Entries[l.Kind]
		e.Gain[l.From] -= l.Amount
		e.Gain[l.To] += l.Amount
	}
}

// check compares the ledger with the places' own results: what the lines of a place say that its government gained, spending apart, is its net, and the
// clearing account is empty; and what donors from elsewhere gave is the same money by place and by origin.
func (s *State) check(in []Flows, year int) error {
	for _, e := range s.books.Entries {
		if d := e.Gain[Pool]; d != 0 {
			return fmt.Errorf("the books of %d do not close: of entry %q %d are left in the pool, want 0", year, e.Kind, d)
		}
	}
	homeward, home := int64(0), int64(0)
	for i := range in {
		homeward += in[i].Homeward
		home += in[i].Home
	}
	if homeward != home {
		return fmt.Errorf("the books of %d do not close: donors from elsewhere gave %d by place, %d by province of origin", year, homeward, home)
	}
	booked := make([]int64, len(s.places))
	for _, l := range s.books.Lines {
		own := s.own(l.Place)
		switch {
		case l.Kind == Spending, l.Kind == Earmarked:
		case l.From == own:
			booked[l.Place] -= l.Amount
		case l.To == own:
			booked[l.Place] += l.Amount
		}
	}
	for i, r := range s.books.Places {
		if r.Net != booked[i] {
			p := &s.places[i]
			return fmt.Errorf("the books of %d do not close: net of %s (%s) is %d, the ledger says %d: %d apart", year, p.Name, p.Code, r.Net, booked[i], r.Net-booked[i])
		}
		if err := s.adds(i, year); err != nil {
			return err
		}
	}
	return nil
}

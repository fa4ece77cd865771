package sim

import "gohyang/sim/people"

// Record is everything a run reports of one simulated year, in real persons and whole won or yen: agents are already multiplied by their weight.
// Slices belong to the run and are overwritten the next year; an Observer copies what it keeps.
type Record struct {
	Year     int
	Towns    []Town       // one per place: residence units first, then provincial governments, in Config.Places order
	Ages     []Ages       // by residence unit: residents at the end of the year
	Flows    []Flow       // origin province x destination place, cells with records only, ordered by origin then destination
	Donors   []DonorRow   // age band x income band x amount band, all cells with donors, in that order
	Accounts []Account    // one per booked flow of the ledger, see budget; the Amounts of each Entry sum to zero
	Months   [12]Month    // national donations by month of giving
	Projects []ProjectRow // designated projects that have begun, in the order of Config.Events
}

// Ages is the residents of one town by sex (male, female) and completed age, the last age open.
type Ages [2][people.Ages]int64

// Town is one row of the towns table. Places that are provincial governments have no persons of their own: their demographic fields are zero.
type Town struct {
	Population  int64    // at the end of the year
	ByAge       [3]int64 // 0-14, 15-64, 65 and over
	Women2039   int64    // women aged 20-39, for the extinction index (소멸위험지수) women 20-39 / persons 65+
	Births      int64
	Deaths      int64
	MovesIn     int64
	MovesOut    int64
	Arrivals    int64 // from abroad
	Departures  int64 // to abroad
	Considering int64 // residents considering a donation (E4)
	Donors      int64 // residents who gave this year
	NewDonors   int64 // of these, who did not give last year

	ReceivedRecords int64
	ReceivedAmount  int64
	Repeat          int64 // received records from last year's donors to the same place
	GivenRecords    int64 // by residents
	GivenAmount     int64
	Relief          int64 // tax relief of residents, all bearers
	ReliefTown      int64 // borne by this place's own tax (a province row carries the province's part of its residents' relief)

	Gifts            int64   // cost of return gifts
	Fees             int64   // portals and payment
	Operating        int64   // shipping, publicity, administration
	Compensation     int64   // local allocation tax refund for lost tax (may be negative: loss of the pool)
	Net              int64   // received - gifts - fees - operating - relief borne + compensation
	Fund             int64   // stock of the donation fund at the end of the year
	Spent            int64   // spent from the fund
	Earmarked        int64   // of it, on designated projects
	LocalIncome      int64   // local income from gifts, fund and visitors (E19)
	IncomeNet        int64   // of it, what no other place of the nation loses
	Services         float64 // services per resident, index, 1 without donations (E20)
	ServicesChildren float64 // the same of services for children
	GiftRatio        float64 // gift on offer, share of the donation

	Ties       [6]int64 // residents elsewhere bound to this place, by stage 1..5 (donor, repeat, visitor, regular, second base); index 0 unused
	Registered int64    // of them, registered as related residents (L17)
	Related    int64    // of those who moved in, drawn by their bond with the place

	Revenue  int64 // local tax before relief, plus other revenue of the start scaled by population, plus net
	LocalTax int64 // local tax before relief, from the model's own residents
}

// Flow is one cell of the origin-destination table of donations.
type Flow struct {
	Origin  int // province of the donor, index into Config.Provinces
	Dest    int // place, index into Record.Towns
	Records int64
	Amount  int64
}

// DonorRow is one cell of the donors table.
type DonorRow struct {
	Age, Income, Amount int // band indexes; labels in Config.Bands
	Donors              int64
	Given               int64
	Relief              int64
}

// Account is one booked line of the year's ledger: an entry name and what each sector gains (+) or loses (-); the sectors sum to zero.
type Account struct {
	Entry                                                            string // e.g. "donation", "gift", "fee", "operation", "relief.state", "relief.local", "compensation"
	Donors, Towns, Provinces, State, Producers, Platforms, Suppliers int64
}

// ProjectRow is one designated project in one year.
type ProjectRow struct {
	Event         int   // index into Config.Events
	Raised, Total int64 // given to it this year, and since it began
	Spent         int64 // spent on it this year
	Completed     int   // year in which the target was reached, 0 = not yet
	Beneficiaries int64 // residents it is for
}

// Month is one month of giving.
type Month struct {
	Records, Amount int64
}

// Observer receives the record of each finished year. An error stops the run.
type Observer interface {
	Observe(*Record) error
}

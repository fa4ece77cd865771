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
	Accounts []Account    // the ledger summed by kind of entry, see budget; the sectors of each sum to zero
	Ledger   []Line       // every flow of the year, by kind of entry and place
	Months   [12]Month    // national donations by month of giving
	Worth    int64        // what the year's gifts are worth to the donors
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
	Relief          int64 // tax relief that residents' donations of the year bring, all bearers; due next year
	ReliefState     int64 // due this year, of residents, borne by national tax
	ReliefTown      int64 // due this year, borne by this place's own tax (a province row carries the province's part of its residents' relief)

	Corporate        int64   // donations received from corporations (L16), apart from all records of persons
	CorporateState   int64   // of a provincial government: what last year's donations by its corporations cost national tax this year
	CorporateRelief  int64   // of a provincial government: what last year's donations by its corporations cost its own tax this year
	Gifts            int64   // cost of return gifts
	Fees             int64   // portals and payment
	Operating        int64   // shipping, publicity, administration
	Shipping         int64   // of it, delivery of gifts
	Points           int64   // that portals gave to donors for donations to the place
	Compensation     int64   // refund of lost tax by the state
	PoolLoss         int64   // loss from the allocation pool
	Redistribution   int64   // got less paid under the redistribution menu
	Net              int64   // received (from persons and corporations) - gifts - fees - operating - reliefs borne + compensation - pool loss + redistribution
	Fund             int64   // stock of the donation fund at the end of the year
	Spent            int64   // spent from the fund
	Earmarked        int64   // of it, on designated projects
	LocalIncome      int64   // local income from gifts, fund and visitors (E19)
	IncomeNet        int64   // of it, what no other place of the nation loses
	Services         float64 // services per resident, index, 1 without donations, below where they cost more than they bring (E20)
	ServicesChildren float64 // the same of services for children
	GiftRatio        float64 // gift on offer, share of the donation

	Ties       [6]int64 // residents elsewhere bound to this place, by stage 1..5 (donor, repeat, visitor, regular, second base); index 0 unused
	Registered int64    // of them, registered as related residents (L17)
	Related    int64    // of those who moved in, drawn by their bond with the place

	LocalTax   int64   // local tax before relief, from the model's own residents
	Own        int64   // own revenue: local tax, fees and the like
	Allocation int64   // ordinary local allocation tax
	Grants     int64   // all other revenue without donations
	Revenue    int64   // own + allocation + grants + net
	Need       int64   // standard fiscal need
	Capacity   int64   // standard fiscal capacity
	Strength   float64 // fiscal strength index: capacity over need, mean of three years
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

// Account is the year's flows of one kind: the entry's name and what each sector gains (+) or loses (-); the sectors sum to zero.
type Account struct {
	Entry                                                            string // as in budget.Kind
	Donors, Towns, Provinces, State, Producers, Platforms, Suppliers int64
}

// Line is one booked flow: From pays Amount, above zero, to To. Place is the government concerned, index into Record.Towns; sectors are named as in budget.Sector.
type Line struct {
	Entry    string
	Place    int
	From, To string
	Amount   int64
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

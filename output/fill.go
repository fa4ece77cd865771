package output

import (
	"slices"

	"gohyang/sim"
)

// townRows turns the places of a record into rows.
func (f Frame) townRows(r *sim.Record) []TownRow {
	rows := make([]TownRow, len(r.Towns))
	for i := range r.Towns {
		p := f.Places[i]
		level := LevelMunicipality
		if i >= f.NumTowns {
			level = LevelProvince
		}
		m := measure(&r.Towns[i])
		rows[i] = TownRow{
			Year: int32(r.Year), Code: p.Code, Name: p.Name, Province: f.Provinces[p.Province].Code,
			ProvinceName: f.Provinces[p.Province].Name, Level: level, Class: p.Class,
			Measures: m, Extinction: m.extinction(), SelfReliance: m.selfReliance(), WithGiving: m.withGiving(), PerResident: ratio(m.Revenue, m.Population),
			Dependency: m.dependency(), RiskClass: riskClass(m.extinction()),
		}
		if i < len(r.Ages) {
			rows[i].MedianAge = median(r.Ages[i])
		}
		if rows[i].Need > 0 {
			v := r.Towns[i].Strength
			rows[i].Strength = &v
		}
		if i < f.NumTowns { // services are per resident, and a provincial government has none of its own
			v, care := r.Towns[i].Services, r.Towns[i].ServicesChildren
			rows[i].Services, rows[i].Care = &v, &care
		}
		if p.Recipient { // who may not receive offers nothing
			v := r.Towns[i].GiftRatio
			rows[i].GiftRatio = &v
		}
	}
	return rows
}

// measure copies the counts and amounts of one place.
func measure(t *sim.Town) Measures {
	return Measures{
		Population: t.Population, Young: t.ByAge[0], Working: t.ByAge[1], Old: t.ByAge[2], Women2039: t.Women2039,
		Births: t.Births, Deaths: t.Deaths, MovesIn: t.MovesIn, MovesOut: t.MovesOut, Arrivals: t.Arrivals, Departures: t.Departures,
		Considering: t.Considering, Donors: t.Donors, NewDonors: t.NewDonors,
		ReceivedAmount: t.ReceivedAmount, ReceivedRecords: t.ReceivedRecords, ReceivedRepeat: t.Repeat,
		GivenAmount: t.GivenAmount, GivenRecords: t.GivenRecords, Relief: t.Relief, ReliefState: t.ReliefState, ReliefBorne: t.ReliefTown,
		Corporate: t.Corporate, CorporateRelief: t.CorporateRelief, CorporateState: t.CorporateState,
		Gifts: t.Gifts, Fees: t.Fees, Operating: t.Operating, Shipping: t.Shipping, Points: t.Points, Compensation: t.Compensation, PoolLoss: t.PoolLoss,
		Redistribution: t.Redistribution, Net: t.Net,
		Fund: t.Fund, Spent: t.Spent, Earmarked: t.Earmarked, LocalIncome: t.LocalIncome, IncomeNet: t.IncomeNet,
		TiesDonor: t.Ties[1], TiesRepeat: t.Ties[2], TiesVisitor: t.Ties[3], TiesRegular: t.Ties[4], TiesBase: t.Ties[5], Registered: t.Registered, Related: t.Related,
		LocalTax: t.LocalTax, OwnRevenue: t.Own, Allocation: t.Allocation, Grants: t.Grants, Revenue: t.Revenue, Need: t.Need, Capacity: t.Capacity,
	}
}

// surplus is what the year's donations leave donors, without hassle and the joy of giving: the relief that they bring and the worth of the gifts and points, less the donations.
func (m *Measures) surplus(worth int64) int64 { return m.Relief + worth + m.Points - m.ReceivedAmount }

// extinction is women aged 20-39 per person aged 65 and over.
func (m *Measures) extinction() *float64 { return ratio(m.Women2039, m.Old) }

// dependency is persons under 15 and of 65 and over per person between.
func (m *Measures) dependency() *float64 { return ratio(m.Young+m.Old, m.Working) }

// borne is relief at the cost of the place's own tax, for donations by persons and by corporations.
func (m *Measures) borne() int64 { return m.ReliefBorne + m.CorporateRelief }

// kept is what donations by persons and corporations leave after their costs.
func (m *Measures) kept() int64 {
	return m.ReceivedAmount + m.Corporate - m.Gifts - m.Fees - m.Operating
}

// selfReliance is own revenue, after relief borne, over revenue without donations. Where grants are not known (Japan's prefectural governments) there is none.
func (m *Measures) selfReliance() *float64 {
	if m.Grants == 0 {
		return nil
	}
	own := m.OwnRevenue - m.borne()
	return ratio(own, own+m.Allocation+m.Grants+m.Compensation-m.PoolLoss)
}

// withGiving is self-reliance with what is kept of donations, and what the redistribution moves, counted as own revenue.
func (m *Measures) withGiving() *float64 {
	if m.Grants == 0 {
		return nil
	}
	return ratio(m.OwnRevenue-m.borne()+m.kept()+m.Redistribution, m.Revenue)
}

// ratio is a/b, nil when b is zero.
func ratio(a, b int64) *float64 {
	if b == 0 {
		return nil
	}
	v := float64(a) / float64(b)
	return &v
}

// flowRows turns the origin-destination cells into rows.
func (f Frame) flowRows(r *sim.Record) []FlowRow {
	rows := make([]FlowRow, len(r.Flows))
	for i, c := range r.Flows {
		rows[i] = FlowRow{
			Year: int32(r.Year), Origin: f.Provinces[c.Origin].Code, Destination: f.Places[c.Dest].Code, Records: c.Records, Amount: c.Amount,
		}
	}
	return rows
}

// donorRows turns the donor cells into rows with their labels.
func (f Frame) donorRows(r *sim.Record) []DonorRow {
	rows := make([]DonorRow, len(r.Donors))
	for i, d := range r.Donors {
		rows[i] = DonorRow{
			Year: int32(r.Year), AgeBand: int32(d.Age), IncomeBand: int32(d.Income), AmountBand: int32(d.Amount),
			Age: f.Ages[d.Age], Income: f.Incomes[d.Income], Amount: f.Amounts[d.Amount], Donors: d.Donors, Given: d.Given, Relief: d.Relief,
		}
	}
	return rows
}

// accountRows turns the ledger into rows and adds what each line means to the three perimeters.
func accountRows(r *sim.Record) []AccountRow {
	rows := make([]AccountRow, len(r.Accounts))
	for i, a := range r.Accounts {
		rows[i] = AccountRow{
			Year: int32(r.Year), Entry: a.Entry, Donors: a.Donors, Towns: a.Towns, Provinces: a.Provinces, State: a.State,
			Producers: a.Producers, Platforms: a.Platforms, Suppliers: a.Suppliers,
		}
		recipient, residence, _ := perimeters(a.Entry)
		if recipient {
			rows[i].Recipients = a.Towns + a.Provinces
		}
		if recipient || residence {
			rows[i].Local = a.Towns + a.Provinces
			rows[i].Public = a.Towns + a.Provinces + a.State
		}
	}
	return rows
}

// spending and earmarked are the entries of what governments buy from their funds, at will and for designated projects.
const (
	spending  = "fund.spending"
	earmarked = "fund.earmarked"
)

// ledgerRows turns the flows into rows.
func (f Frame) ledgerRows(r *sim.Record) []LedgerRow {
	rows := make([]LedgerRow, len(r.Ledger))
	for i, l := range r.Ledger {
		rows[i] = LedgerRow{Year: int32(r.Year), Entry: l.Entry, Code: f.Places[l.Place].Code, From: l.From, To: l.To, Amount: l.Amount}
	}
	return rows
}

// monthRows turns the months into rows.
func monthRows(r *sim.Record) []MonthRow {
	rows := make([]MonthRow, len(r.Months))
	for i, m := range r.Months {
		rows[i] = MonthRow{Year: int32(r.Year), Month: int32(i + 1), Records: m.Records, Amount: m.Amount}
	}
	return rows
}

// projectRows turns the projects that have begun into rows with their names.
func (f Frame) projectRows(r *sim.Record) []ProjectRow {
	rows := make([]ProjectRow, len(r.Projects))
	for i, p := range r.Projects {
		k := slices.IndexFunc(f.Projects, func(k Project) bool { return k.Event == p.Event })
		n := f.Projects[k]
		rows[i] = ProjectRow{
			Year: int32(r.Year), Event: int32(p.Event + 1), Code: f.Places[n.Place].Code, Name: f.Places[n.Place].Name, Theme: n.Theme, Project: n.Name,
			Target: n.Target, Raised: p.Raised, Total: p.Total, Share: ratio(p.Total, n.Target), Spent: p.Spent, Beneficiaries: p.Beneficiaries,
		}
		if p.Completed > 0 {
			year := float64(p.Completed)
			rows[i].Completed = &year
		}
	}
	return rows
}

package output

// Measures are the counts and amounts that the towns and the years table share: the nation's are the sums of the places'. Metrics tells unit and
// meaning of each.
//
// Note: the ratios are not in here, because parquet-go v0.32.0 reads a null of an embedded struct back as zero (its issue 163; TestRoundTrip fails).
type Measures struct {
	Population      int64 `parquet:"population"`
	Young           int64 `parquet:"population.0_14"`
	Working         int64 `parquet:"population.15_64"`
	Old             int64 `parquet:"population.65plus"`
	Women2039       int64 `parquet:"women.20_39"`
	Births          int64 `parquet:"births"`
	Deaths          int64 `parquet:"deaths"`
	MovesIn         int64 `parquet:"moves.in"`
	MovesOut        int64 `parquet:"moves.out"`
	Arrivals        int64 `parquet:"arrivals"`
	Departures      int64 `parquet:"departures"`
	Considering     int64 `parquet:"considering"`
	Donors          int64 `parquet:"donors"`
	NewDonors       int64 `parquet:"donors.new"`
	ReceivedAmount  int64 `parquet:"donations.received.amount"`
	ReceivedRecords int64 `parquet:"donations.received.records"`
	ReceivedRepeat  int64 `parquet:"donations.received.repeat"`
	GivenAmount     int64 `parquet:"donations.given.amount"`
	GivenRecords    int64 `parquet:"donations.given.records"`
	Relief          int64 `parquet:"relief"`
	ReliefState     int64 `parquet:"relief.state"`
	ReliefBorne     int64 `parquet:"relief.borne"`
	Corporate       int64 `parquet:"donations.corporate.amount"`
	CorporateRelief int64 `parquet:"relief.corporate"`
	CorporateState  int64 `parquet:"relief.corporate.state"`
	Gifts           int64 `parquet:"gifts.cost"`
	Fees            int64 `parquet:"fees.cost"`
	Operating       int64 `parquet:"operating.cost"`
	Shipping        int64 `parquet:"shipping.cost"`
	Points          int64 `parquet:"points"`
	Compensation    int64 `parquet:"compensation"`
	PoolLoss        int64 `parquet:"pool.loss"`
	Redistribution  int64 `parquet:"redistribution"`
	Net             int64 `parquet:"net"`
	Fund            int64 `parquet:"fund.stock"`
	Spent           int64 `parquet:"fund.spent"`
	Earmarked       int64 `parquet:"fund.earmarked"`
	LocalIncome     int64 `parquet:"local.income"`
	IncomeNet       int64 `parquet:"local.income.net"`
	TiesDonor       int64 `parquet:"ties.donor"`
	TiesRepeat      int64 `parquet:"ties.repeat"`
	TiesVisitor     int64 `parquet:"ties.visitor"`
	TiesRegular     int64 `parquet:"ties.regular"`
	TiesBase        int64 `parquet:"ties.base"`
	Registered      int64 `parquet:"ties.registered"`
	Related         int64 `parquet:"ties.resident"`
	LocalTax        int64 `parquet:"local.tax"`
	OwnRevenue      int64 `parquet:"own.revenue"`
	Allocation      int64 `parquet:"allocation.tax"`
	Grants          int64 `parquet:"grants.other"`
	Revenue         int64 `parquet:"revenue"`
	Need            int64 `parquet:"fiscal.need"`
	Capacity        int64 `parquet:"fiscal.capacity"`
}

// TownRow is one place in one year: a row of the towns table. A ratio is nil (null) when its denominator is zero or the place has none.
type TownRow struct {
	Year         int32  `parquet:"year"`
	Code         string `parquet:"code"`
	Name         string `parquet:"name"`
	Province     string `parquet:"province"`
	ProvinceName string `parquet:"province.name"`
	Level        string `parquet:"level"`
	Class        string `parquet:"class"`
	Measures
	Extinction   *float64 `parquet:"extinction.index"`
	Services     *float64 `parquet:"services"`
	GiftRatio    *float64 `parquet:"gift.ratio"`
	PerResident  *float64 `parquet:"revenue.per_resident"`
	Strength     *float64 `parquet:"fiscal.strength"`
	SelfReliance *float64 `parquet:"self_reliance"`
	WithGiving   *float64 `parquet:"self_reliance.giving"`
	Dependency   *float64 `parquet:"dependency.ratio"`
	MedianAge    *float64 `parquet:"age.median"`
	WomenChange  *float64 `parquet:"women.20_39.relative"`
	RiskClass    *float64 `parquet:"extinction.class"`
	Care         *float64 `parquet:"services.children"`
}

// PersonRow is the residents of one town, sex and age at the end of a year: a row of the persons table, which is written on request. Cells without residents have no row.
type PersonRow struct {
	Year       int32  `parquet:"year"`
	Code       string `parquet:"code"`
	Sex        string `parquet:"sex"`
	Age        int32  `parquet:"age"`
	Population int64  `parquet:"population"`
}

// YearRow is the nation in one year: a row of the years table. A ratio is nil (null) when its denominator is zero.
type YearRow struct {
	Year   int32  `parquet:"year"`
	Nation string `parquet:"nation"`
	Measures
	Extinction   *float64 `parquet:"extinction.index"`
	Services     *float64 `parquet:"services"`
	GiftRatio    *float64 `parquet:"gift.ratio"`
	PerResident  *float64 `parquet:"revenue.per_resident"`
	Strength     *float64 `parquet:"fiscal.strength"`
	SelfReliance *float64 `parquet:"self_reliance"`
	WithGiving   *float64 `parquet:"self_reliance.giving"`
	Dependency   *float64 `parquet:"dependency.ratio"`
	PerRecord    *float64 `parquet:"donations.per_record"`
	December     *float64 `parquet:"donations.december.share"`
	Gini         *float64 `parquet:"donations.gini"`
	Top20        *float64 `parquet:"donations.top20.share"`
	Top100       *float64 `parquet:"donations.top100.share"`
	Recipients   int64    `parquet:"perimeter.recipients"`
	Local        int64    `parquet:"perimeter.local"`
	Public       int64    `parquet:"perimeter.public"`
	Surplus      int64    `parquet:"surplus.donors"`
	Producers    int64    `parquet:"sector.producers"`
	Platforms    int64    `parquet:"sector.platforms"`
	Suppliers    int64    `parquet:"sector.suppliers"`
	MedianAge    *float64 `parquet:"age.median"`
	WomenChange  *float64 `parquet:"women.20_39.relative"`
	RiskClass    *float64 `parquet:"extinction.class"`
	Care         *float64 `parquet:"services.children"`
}

// FlowRow is one cell of the origin-destination table: donations of one province's residents to one place.
type FlowRow struct {
	Year        int32  `parquet:"year"`
	Origin      string `parquet:"origin"`
	Destination string `parquet:"destination"`
	Records     int64  `parquet:"donations.given.records"`
	Amount      int64  `parquet:"donations.given.amount"`
}

// DonorRow is one cell of the donors table: donors of one age, income and amount band. Band columns hold the order, label columns the text.
type DonorRow struct {
	Year       int32  `parquet:"year"`
	AgeBand    int32  `parquet:"age.band"`
	IncomeBand int32  `parquet:"income.band"`
	AmountBand int32  `parquet:"amount.band"`
	Age        string `parquet:"age.label"`
	Income     string `parquet:"income.label"`
	Amount     string `parquet:"amount.label"`
	Donors     int64  `parquet:"donors"`
	Given      int64  `parquet:"donations.given.amount"`
	Relief     int64  `parquet:"relief"`
}

// AccountRow is the flows of one kind in a year: what each sector gains (+) or loses (-), and what they add to each of the three perimeters.
type AccountRow struct {
	Year       int32  `parquet:"year"`
	Entry      string `parquet:"entry"`
	Donors     int64  `parquet:"sector.donors"`
	Towns      int64  `parquet:"sector.towns"`
	Provinces  int64  `parquet:"sector.provinces"`
	State      int64  `parquet:"sector.state"`
	Producers  int64  `parquet:"sector.producers"`
	Platforms  int64  `parquet:"sector.platforms"`
	Suppliers  int64  `parquet:"sector.suppliers"`
	Recipients int64  `parquet:"perimeter.recipients"`
	Local      int64  `parquet:"perimeter.local"`
	Public     int64  `parquet:"perimeter.public"`
}

// LedgerRow is one booked flow: a payer, a receiver, an amount above zero and the government concerned. The accounts table is
// their sums by entry, and in the towns and the years table so are donations received, costs, points, relief.state, relief.borne, relief.corporate, compensation, pool.loss,
// redistribution, net, fund.spent and fund.earmarked. Local tax and all else that places live on, the fund's stock, local income, what residents give and the
// relief of the year's own donations are not booked here.
type LedgerRow struct {
	Year   int32  `parquet:"year"`
	Entry  string `parquet:"entry"`
	Code   string `parquet:"code"`
	From   string `parquet:"from"`
	To     string `parquet:"to"`
	Amount int64  `parquet:"amount"`
}

// MonthRow is one month of giving in the whole nation.
type MonthRow struct {
	Year    int32 `parquet:"year"`
	Month   int32 `parquet:"month"`
	Records int64 `parquet:"donations.given.records"`
	Amount  int64 `parquet:"donations.given.amount"`
}

// ProjectRow is one designated project in one year: a row of the projects table, which is written when the scenario has projects.
type ProjectRow struct {
	Year          int32    `parquet:"year"`
	Event         int32    `parquet:"event"`
	Code          string   `parquet:"code"`
	Name          string   `parquet:"name"`
	Theme         string   `parquet:"theme"`
	Project       string   `parquet:"project"`
	Target        int64    `parquet:"project.target"`
	Raised        int64    `parquet:"project.raised"`
	Total         int64    `parquet:"project.raised.total"`
	Share         *float64 `parquet:"project.share"`
	Completed     *float64 `parquet:"project.completed"`
	Spent         int64    `parquet:"project.spent"`
	Beneficiaries int64    `parquet:"project.beneficiaries"`
}

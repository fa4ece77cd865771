package output

import "slices"

// MetricsVersion counts changes of names or meanings in Metrics; run.json carries it and Open refuses results of another version.
const MetricsVersion = 4

// Metric documents one column. Names are dotted and stable.
type Metric struct {
	Name    string
	Unit    string // persons, records, money (whole won or yen), ratio, share, index, year, years, text, number
	Meaning string
	Tables  []string // tables that have this column, without extension
	Key     bool     // identifies the row; not a measurement
	Sums    bool     // the value of several places is the sum of theirs; otherwise it is recomputed from its parts
	Scales  bool     // grows in proportion when the population is multiplied
	Better  int      // +1 higher is better, -1 lower is better, 0 neither: a matter of purpose
}

// Names of the tables.
const (
	tableYears    = "years"
	tableTowns    = "towns"
	tableFlows    = "flows"
	tableDonors   = "donors"
	tableAccounts = "accounts"
	tableLedger   = "ledger"
	tableMonths   = "months"
	tablePersons  = "persons"
	tableProjects = "projects"
)

// TableNames lists the tables of a result, without extension.
func TableNames() []string {
	return []string{tableYears, tableTowns, tableFlows, tableDonors, tableMonths, tableAccounts, tableLedger, tablePersons, tableProjects}
}

// Metrics lists every column of every table, keys first, then in the order of the tables.
func Metrics() []Metric {
	return slices.Concat(keyMetrics(), peopleMetrics(), givingMetrics(), budgetMetrics(), fiscalMetrics(), tieMetrics(), nationMetrics(), accountMetrics(), projectMetrics())
}

// FindMetric returns the documentation of one column.
func FindMetric(name string) (Metric, bool) {
	for _, m := range Metrics() {
		if m.Name == name {
			return m, true
		}
	}
	return Metric{}, false
}

func keyMetrics() []Metric {
	key := func(name, unit, meaning string, tables ...string) Metric {
		return Metric{Name: name, Unit: unit, Meaning: meaning, Tables: tables, Key: true}
	}
	return []Metric{
		key("year", "year", "simulated year", tableTowns, tableYears, tableFlows, tableDonors, tableAccounts, tableLedger, tableMonths, tablePersons, tableProjects),
		key("nation", "text", "country code: kr or jp", tableYears),
		key("code", "text", "code of the place: 행정구역 (Korea), JIS X 0402 (Japan), with leading zeros", tableTowns, tablePersons, tableLedger, tableProjects),
		key("sex", "text", "male or female", tablePersons),
		key("age", "number", "completed age at the end of the year; 110 is 110 and over", tablePersons),
		key("name", "text", "name of the place in Korean or Japanese", tableTowns, tableProjects),
		key("province", "text", "code of the province or prefecture the place belongs to", tableTowns),
		key("province.name", "text", "name of that province or prefecture", tableTowns),
		key("level", "text", "municipality (residents live here) or province (the provincial government itself: no persons of its own)", tableTowns),
		key("class", "text", "class of the place in its own law: si gun gu metro province; designated city ward town village prefecture", tableTowns),
		key("origin", "text", "code of the province or prefecture the donor lives in", tableFlows),
		key("destination", "text", "code of the place that receives", tableFlows),
		key("age.band", "number", "order of the donor's age band, 0 first", tableDonors),
		key("income.band", "number", "order of the donor's income band, 0 first", tableDonors),
		key("amount.band", "number", "order of the band of the donor's total of the year, 0 first", tableDonors),
		key("age.label", "text", "age band in words", tableDonors),
		key("income.label", "text", "income band in words", tableDonors),
		key("amount.label", "text", "amount band in words", tableDonors),
		key("entry", "text", "kind of payment booked between the sectors; relief.* of the donations of the year before", tableAccounts, tableLedger),
		key("from", "text", "sector that pays: donors towns provinces state producers platforms suppliers, or pool, the clearing account of the redistribution", tableLedger),
		key("to", "text", "sector that receives", tableLedger),
		key("event", "number", "order of the project among the scenario's events, 1 first", tableProjects),
		key("theme", "text", "what the project is for", tableProjects),
		key("project", "text", "name of the project, may be empty", tableProjects),
		key("month", "number", "month of giving, 1 to 12", tableMonths),
	}
}

// sum documents a column that adds over places and scales with population.
func sum(name, unit string, better int, meaning string, tables ...string) Metric {
	tables = append([]string{tableTowns, tableYears}, tables...)
	return Metric{Name: name, Unit: unit, Meaning: meaning, Tables: tables, Sums: true, Scales: true, Better: better}
}

// part documents a ratio or index that is recomputed from its parts.
func part(name, unit string, better int, meaning string, tables ...string) Metric {
	return Metric{Name: name, Unit: unit, Meaning: meaning, Tables: tables, Better: better}
}

func peopleMetrics() []Metric {
	return []Metric{
		sum("population", "persons", 0, "residents at the end of the year", tablePersons),
		sum("population.0_14", "persons", 0, "residents aged 0 to 14 at the end of the year"),
		sum("population.15_64", "persons", 0, "residents aged 15 to 64 at the end of the year"),
		sum("population.65plus", "persons", 0, "residents aged 65 and over at the end of the year"),
		sum("women.20_39", "persons", 0, "women aged 20 to 39 at the end of the year"),
		part("extinction.index", "ratio", +1, "women.20_39 / population.65plus (소멸위험지수); below 0.5 at risk, below 0.2 high risk", tableTowns, tableYears),
		part("women.20_39.relative", "ratio", +1, "women.20_39 relative to the first year of the results; at or below 0.5 halved, the Japanese criterion (消滅可能性自治体, there over 30 years)", tableTowns, tableYears),
		part("extinction.class", "index", +1, "class of extinction.index: 0 high risk (below 0.2), 1 risk (below 0.5), 2 caution (below 1), 3 low", tableTowns, tableYears),
		part("age.median", "years", 0, "age that half of the residents have not reached at the end of the year, persons spread evenly within a year of age", tableTowns, tableYears),
		sum("births", "persons", 0, "births of the year to resident mothers"),
		sum("deaths", "persons", 0, "deaths of residents in the year"),
		sum("moves.in", "persons", 0, "residents who moved in from another municipality of the country"),
		sum("moves.out", "persons", 0, "residents who moved out to another municipality of the country"),
		sum("arrivals", "persons", 0, "persons who arrived from abroad"),
		sum("departures", "persons", 0, "persons who left for abroad"),
	}
}

func givingMetrics() []Metric {
	return []Metric{
		sum("considering", "persons", 0, "residents who considered a donation in the year (E4)"),
		sum("donors", "persons", 0, "residents who gave in the year", tableDonors),
		sum("donors.new", "persons", 0, "of these, who had not given the year before"),
		sum("donations.received.amount", "money", +1, "donations received in the year"),
		sum("donations.received.records", "records", +1, "donation records received in the year"),
		sum("donations.received.repeat", "records", +1, "of these, from donors who gave to the same place the year before"),
		sum("donations.given.amount", "money", 0, "donations by residents in the year", tableFlows, tableDonors, tableMonths),
		sum("donations.given.records", "records", 0, "donation records by residents in the year", tableFlows, tableMonths),
		sum("relief", "money", 0, "tax relief that residents' donations of the year bring, whoever bears it; donors get it the year after", tableDonors),
		part("gift.ratio", "share", 0, "return gift on offer as a share of the donation; the nation: weighted by receipts", tableTowns, tableYears),
	}
}

func budgetMetrics() []Metric {
	return []Metric{
		sum("relief.state", "money", 0, "tax relief of last year's donations that residents get this year at the cost of national tax"),
		sum("relief.borne", "money", -1, "the same at the cost of the place's own taxes (a province: its part of its residents' relief)"),
		sum("donations.corporate.amount", "money", +1, "donations by corporations received in the year, where the law admits them (donors.corporations)"),
		sum("relief.corporate", "money", -1, "of a provincial government: what last year's donations by its corporations cost its own taxes"),
		sum("relief.corporate.state", "money", 0, "of a provincial government: what last year's donations by its corporations cost national tax"),
		sum("gifts.cost", "money", 0, "cost of return gifts"),
		sum("fees.cost", "money", -1, "fees of portals and payment"),
		sum("operating.cost", "money", -1, "shipping, publicity and administration"),
		sum("shipping.cost", "money", -1, "of operating.cost, delivery of gifts"),
		sum("points", "money", 0, "points that portals gave donors for donations to the place"),
		sum("compensation", "money", 0, "refund of lost tax by the state, through the local allocation tax"),
		sum("pool.loss", "money", -1, "the place's part of what the allocation pool loses with the national tax that relief forgoes (compensation.pool, pool_lag)"),
		sum("redistribution", "money", 0, "got less paid under the redistribution levers: home share, ceiling, pool, floor (E17); zero under the law of both countries"),
		sum("net", "money", +1, "donations received, from persons and corporations - gifts - fees - operating - relief borne - relief.corporate + compensation - pool loss + redistribution"),
		sum("fund.stock", "money", 0, "donation fund at the end of the year"),
		sum("fund.spent", "money", 0, "spent from the donation fund in the year"),
		sum("fund.earmarked", "money", 0, "of it, on designated projects"),
		sum("local.income", "money", +1, "local income from gifts, fund spending and visitors (E19)"),
		sum("local.income.net", "money", +1, "of it, what no other place of the nation loses by diverted spending: (1 - budget.divert) x local.income"),
		part("services", "index", +1, "services per resident, 1 = as without donations (E20): higher by what the fund pays for, lower by what relief borne and pool loss cost after compensation; Sejong and the cities of Jeju: those of their province's government; the nation: weighted by population", tableTowns, tableYears),
		part("services.children", "index", +1, "services for children, 1 = as without donations (E20), as services; the nation: weighted by residents aged 0 to 14", tableTowns, tableYears),
	}
}

// fiscalMetrics are what places live on beside donations.
func fiscalMetrics() []Metric {
	return []Metric{
		sum("local.tax", "money", +1, "local tax of the model's own residents before relief; Japan's starting figure is published after the relief of its time, about one per cent of tax in the nation"),
		sum("own.revenue", "money", +1, "local tax and other own revenue (자체수입) before relief; Japan: local tax only"),
		sum("allocation.tax", "money", 0, "ordinary local allocation tax (보통교부세, 普通交付税): fiscal.need - fiscal.capacity where above zero, of places that may receive it"),
		sum("grants.other", "money", 0, "all other revenue without donations: subsidies, shared taxes, bonds; of gu and wards the adjustment grants of their metropolis (조정교부금, 財政調整交付金); 0 = not known (Japan's prefectural governments)"),
		sum("revenue", "money", +1, "own.revenue + allocation.tax + grants.other + net (Japan's prefectural governments: without other grants, which are not in the facts)"),
		part("revenue.per_resident", "money", +1, "revenue / population", tableTowns, tableYears),
		sum("fiscal.need", "money", 0, "standard fiscal need (기준재정수요액, 基準財政需要額), from size and age of the residents"),
		sum("fiscal.capacity", "money", +1, "standard fiscal capacity (기준재정수입액, 基準財政収入額), from local tax before relief and without donations"),
		part("fiscal.strength", "index", +1, "fiscal strength index (재정력지수, 財政力指数): fiscal.capacity / fiscal.need, mean of three years; the nation: weighted by need", tableTowns, tableYears),
		part("self_reliance", "ratio", +1, "재정자립도: (own.revenue - relief.borne - relief.corporate) / revenue without donations; the nation: of the sums of places whose grants are known", tableTowns, tableYears),
		part("self_reliance.giving", "ratio", +1, "the same with what is kept of donations and moved by redistribution as own revenue: (own.revenue - relief.borne - relief.corporate + donations.received.amount + donations.corporate.amount - gifts - fees - operating + redistribution) / revenue", tableTowns, tableYears),
	}
}

func tieMetrics() []Metric {
	return []Metric{
		sum("ties.donor", "persons", 0, "residents elsewhere bound to the place: stage 1, gave once (관계인구, 関係人口)"),
		sum("ties.repeat", "persons", +1, "stage 2: gives again"),
		sum("ties.visitor", "persons", +1, "stage 3: visits, at least one stay"),
		sum("ties.regular", "persons", +1, "stage 4: stays eight days a year or more"),
		sum("ties.base", "persons", +1, "stage 5: keeps a second base there"),
		sum("ties.registered", "persons", +1, "of all stages, registered as related residents (L17)"),
		sum("ties.resident", "persons", +1, "moved to the place in the year because of their bond with it: stage 6, part of moves.in"),
	}
}

func nationMetrics() []Metric {
	return []Metric{
		part("dependency.ratio", "ratio", 0, "(population.0_14 + population.65plus) / population.15_64", tableTowns, tableYears),
		part("donations.per_record", "money", 0, "donations.given.amount / donations.given.records", tableYears),
		part("donations.december.share", "share", 0, "share of the year's amount given in December", tableYears),
		part("donations.gini", "ratio", -1, "Gini coefficient of receipts over all governments that may receive, zeros included", tableYears),
		part("donations.top20.share", "share", -1, "share of receipts of the 20 governments that receive most", tableYears),
		part("donations.top100.share", "share", -1, "share of receipts of the 100 governments that receive most", tableYears),
	}
}

func accountMetrics() []Metric {
	account := func(name, meaning string, tables ...string) Metric {
		return Metric{Name: name, Unit: "money", Meaning: meaning, Tables: append(tables, tableAccounts), Sums: true, Scales: true}
	}
	return []Metric{
		account("sector.donors", "gain of donors, corporations among them"),
		account("sector.towns", "gain of municipalities"),
		account("sector.provinces", "gain of provincial governments"),
		account("sector.state", "gain of the state"),
		account("sector.producers", "gain of producers of gifts", tableYears),
		account("sector.platforms", "gain of donation portals and payment services, after the points they give; before their own costs", tableYears),
		account("sector.suppliers", "gain of other suppliers: shipping, publicity, staff; the entries fund.spending and fund.earmarked count in accounts only, not in years", tableYears),
		account("perimeter.recipients", "first perimeter: donations - gifts - fees - operation of the governments that receive (E14)", tableYears),
		account("perimeter.local", "second perimeter: all local governments, with relief borne, compensation, pool loss and redistribution (E14 + E15); the sum of net", tableYears),
		account("perimeter.public", "third perimeter: all local governments and the state (E14 + E15 + E16)", tableYears),
		{Name: "surplus.donors", Unit: "money", Meaning: "what the year's donations leave donors before the hassle of giving: relief (received the year after) - donations + gifts at amount.gift_value + points",
			Tables: []string{tableYears}, Sums: true, Scales: true},
		{Name: "amount", Unit: "money", Meaning: "what is paid, above zero", Tables: []string{tableLedger}, Sums: true, Scales: true},
	}
}

func projectMetrics() []Metric {
	money := func(name, meaning string) Metric {
		return Metric{Name: name, Unit: "money", Meaning: meaning, Tables: []string{tableProjects}, Sums: true, Scales: true}
	}
	share := part("project.share", "share", +1, "project.raised.total / project.target", tableProjects)
	done := part("project.completed", "year", 0, "year in which the target was reached; null: not yet", tableProjects)
	return []Metric{
		money("project.target", "money the project asks for"),
		money("project.raised", "given to the project in the year"),
		money("project.raised.total", "given to the project since it began"),
		share, done,
		money("project.spent", "spent on the project in the year, of what was kept after gifts and costs"),
		{Name: "project.beneficiaries", Unit: "persons", Meaning: "residents the project is for: as the scenario says, or those of the age its theme names, or all of the place", Tables: []string{tableProjects}, Sums: true, Scales: true},
	}
}

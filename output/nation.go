package output

import "slices"

// nationRow adds up the places of one year and recomputes the ratios. accounts and months are of the same year.
func nationRow(f Frame, places []TownRow, accounts []AccountRow, months []MonthRow) YearRow {
	row := YearRow{Year: places[0].Year, Nation: f.Country}
	var received []int64
	for i := range places {
		row.add(&places[i].Measures)
		if f.Places[i].Recipient {
			received = append(received, places[i].ReceivedAmount)
		}
	}
	row.Extinction, row.PerResident = row.extinction(), ratio(row.Revenue, row.Population)
	row.SelfReliance, row.WithGiving = relianceOf(places)
	row.Strength = weighted(places, func(t *TownRow) (*float64, int64) { return t.Strength, t.Need })
	row.Services = weighted(places, func(t *TownRow) (*float64, int64) { return t.Services, t.Population })
	row.Care = weighted(places, func(t *TownRow) (*float64, int64) { return t.Care, t.Young })
	row.GiftRatio = weighted(places, func(t *TownRow) (*float64, int64) { return t.GiftRatio, t.ReceivedAmount })
	row.Dependency, row.RiskClass = row.dependency(), riskClass(row.extinction())
	row.PerRecord = ratio(row.GivenAmount, row.GivenRecords)
	row.December = december(months)
	slices.Sort(received)
	row.Gini = gini(received)
	row.Top20 = topShare(received, 20)
	row.Top100 = topShare(received, 100)
	for _, a := range accounts {
		row.Recipients += a.Recipients
		row.Local += a.Local
		row.Public += a.Public
		row.Producers += a.Producers
		row.Platforms += a.Platforms
		if a.Entry != spending && a.Entry != earmarked { // of what a fund buys, the governments that pay have the worth: no perimeter counts it
			row.Suppliers += a.Suppliers
		}
	}
	return row
}

// add sums every field.
func (m *Measures) add(o *Measures) {
	m.Population += o.Population
	m.Young += o.Young
	m.Working += o.Working
	m.Old += o.Old
	m.Women2039 += o.Women2039
	m.Births += o.Births
	m.Deaths += o.Deaths
	m.MovesIn += o.MovesIn
	m.MovesOut += o.MovesOut
	m.Arrivals += o.Arrivals
	m.Departures += o.Departures
	m.Considering += o.Considering
	m.Donors += o.Donors
	m.NewDonors += o.NewDonors
	m.ReceivedAmount += o.ReceivedAmount
	m.ReceivedRecords += o.ReceivedRecords
	m.ReceivedRepeat += o.ReceivedRepeat
	m.GivenAmount += o.GivenAmount
	m.GivenRecords += o.GivenRecords
	m.Relief += o.Relief
	m.ReliefState += o.ReliefState
	m.ReliefBorne += o.ReliefBorne
	m.Corporate += o.Corporate
	m.CorporateRelief += o.CorporateRelief
	m.CorporateState += o.CorporateState
	m.Gifts += o.Gifts
	m.Fees += o.Fees
	m.Operating += o.Operating
	m.Shipping += o.Shipping
	m.Points += o.Points
	m.Compensation += o.Compensation
	m.PoolLoss += o.PoolLoss
	m.Redistribution += o.Redistribution
	m.Net += o.Net
	m.Fund += o.Fund
	m.Spent += o.Spent
	m.Earmarked += o.Earmarked
	m.LocalIncome += o.LocalIncome
	m.IncomeNet += o.IncomeNet
	m.TiesDonor += o.TiesDonor
	m.TiesRepeat += o.TiesRepeat
	m.TiesVisitor += o.TiesVisitor
	m.TiesRegular += o.TiesRegular
	m.TiesBase += o.TiesBase
	m.Registered += o.Registered
	m.Related += o.Related
	m.LocalTax += o.LocalTax
	m.OwnRevenue += o.OwnRevenue
	m.Allocation += o.Allocation
	m.Grants += o.Grants
	m.Need += o.Need
	m.Capacity += o.Capacity
	m.Revenue += o.Revenue
}

// relianceOf is the self-reliance of the sums of the places whose grants are known, without and with donations.
func relianceOf(places []TownRow) (plain, giving *float64) {
	var known Measures
	for i := range places {
		if places[i].SelfReliance != nil {
			known.add(&places[i].Measures)
		}
	}
	return known.selfReliance(), known.withGiving()
}

// weighted is the mean of a value over the places that have it, with integer weights, summed in the order of places; nil when all weights are zero.
func weighted(places []TownRow, of func(*TownRow) (*float64, int64)) *float64 {
	total, weights := 0.0, int64(0)
	for i := range places {
		v, w := of(&places[i])
		if v == nil {
			continue
		}
		total += float64(*v * float64(w))
		weights += w
	}
	if weights == 0 {
		return nil
	}
	mean := total / float64(weights)
	return &mean
}

// december is the share of the year's amount given in its last month.
func december(months []MonthRow) *float64 {
	var all, last int64
	for _, m := range months {
		all += m.Amount
		if m.Month == 12 {
			last += m.Amount
		}
	}
	return ratio(last, all)
}

// gini is the Gini coefficient of ascending amounts, nil when nothing was received. The sums are integers: 1,800 places times 10^13 yen fit int64.
func gini(ascending []int64) *float64 {
	var sum, ranked int64
	for i, x := range ascending {
		sum += x
		ranked += int64(i+1) * x
	}
	if sum == 0 {
		return nil
	}
	n := float64(len(ascending))
	v := 2*float64(ranked)/(n*float64(sum)) - (n+1)/n
	return &v
}

// topShare is the share of the k largest of ascending amounts.
func topShare(ascending []int64, k int) *float64 {
	var sum, top int64
	for i, x := range ascending {
		sum += x
		if i >= len(ascending)-k {
			top += x
		}
	}
	return ratio(top, sum)
}

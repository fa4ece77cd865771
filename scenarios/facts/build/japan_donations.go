package build

import "gohyang/scenarios/facts"

// jpNation is one year of the whole scheme.
type jpNation struct {
	amount, count, users int64
	gift, cost           float64 // shares of the receipts; 0 = not published
}

// jpArrivalAge is the share of net immigration by five-year age from 0-4, equal for both sexes (judgement: students and workers).
var jpArrivalAge = [11]float64{.02, .02, .02, .08, .34, .26, .13, .07, .03, .02, .01}

// readDonations reads receipts by government and the national table.
func (j *japan) readDonations() {
	s := j.sheet("donations_municipality.csv")
	for r := range s.Rows {
		g := jpGift{s.Str(r, "code5"), int(s.Int(r, "fiscal_year")), s.Int(r, "amount_jpy"), s.Int(r, "count")}
		if g.year < jpFirstDon || g.year > jpLastDon {
			j.fault("donations_municipality.csv:%d: fiscal_year: got %d, want %d-%d", r+2, g.year, jpFirstDon, jpLastDon)
		}
		j.gifts = append(j.gifts, g)
	}
	j.nation = map[int]jpNation{}
	s = j.sheet("donations_national.csv")
	for r := range s.Rows {
		n := jpNation{amount: s.Int(r, "received_jpy"), count: s.Int(r, "donations_count"), users: s.Int(r, "deduction_users"), cost: s.Float(r, "cost_ratio")}
		n.gift = s.Float(r, "cost_gift_jpy") / float64(n.amount)
		year := int(s.Int(r, "fiscal_year"))
		switch year { // shares that the table gives in words only, see its column cost_note
		case 2018:
			n.gift = 0.354
		case 2020:
			n.gift, n.cost = 0.265, 0.451
		}
		j.nation[year] = n
	}
}

// donors estimates the users of the deduction by municipality of residence for the donation years 2020 and 2021. Users of 2021 are published for most
// municipalities; elsewhere the rest of the national number is shared like the municipal tax deducted. Users of 2020 are those of 2021 times the growth
// of the deduction in the municipality, scaled to the national number.
func (j *japan) donors() {
	s := j.sheet("deductions_municipality.csv")
	before, after := make([]float64, len(j.towns)), make([]float64, len(j.towns))
	for r := range s.Rows {
		i, ok := j.index[jpCode5(s.Str(r, "code6"))]
		if !ok {
			j.fault("deductions_municipality.csv:%d: code6: got %q, want a municipality", r+2, s.Str(r, "code6"))
			continue
		}
		switch s.Str(r, "donation_calendar_year") {
		case "2020":
			before[i] = s.Float(r, "municipal_tax_deduction_jpy")
		case "2021":
			after[i] = s.Float(r, "municipal_tax_deduction_jpy")
			j.towns[i].donors[1] = s.Int(r, "users")
		}
	}
	var known int64
	missing, earlier := make([]float64, len(j.towns)), make([]float64, len(j.towns))
	for i := range j.towns {
		known += j.towns[i].donors[1]
		if j.towns[i].donors[1] == 0 {
			missing[i] = after[i]
		}
	}
	for i, n := range facts.Apportion(j.nation[2021].users-known, missing) {
		j.towns[i].donors[1] += n
		earlier[i] = float64(j.towns[i].donors[1]) * ratio(before[i], after[i])
	}
	for i, n := range facts.Apportion(j.nation[2020].users, earlier) {
		j.towns[i].donors[0] = n
	}
}

// jpCode5 drops the check digit of a six-digit code.
func jpCode5(code6 string) string { return code6[:5] }

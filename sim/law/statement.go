package law

// Statement is the tax of one person line by line, as the tax form has it, in whole won or yen: how pay becomes tax due. Deductions and credits are
// positive. Lines that a country does not have are zero.
type Statement struct {
	Taxpayer

	Employment int64 // employment-income deduction (근로소득공제, 給与所得控除)
	Income     int64 // what remains of pay (근로소득금액, 給与所得)
	Social     int64 // social insurance (Korea: national pension)
	Average    int64 // average further deductions, a statistic: zero under an Exact law
	HighPay    int64 // deduction for high pay with a child (所得金額調整控除)
	Personal   Personal
	Insurance  int64 // Korea: health, care and employment insurance; zero where the standard credit leaves less tax
	Computed   int64 // income tax on the taxable income, before credits and surtax (산출세액)
	Earned     int64 // earned-income tax credit (근로소득세액공제), as far as it was of use
	Child      int64 // child tax credit (자녀세액공제), likewise
	Standard   int64 // standard tax credit (표준세액공제), likewise; with the average further credits where the law is not Exact
	Surtax     int64 // surtax (復興特別所得税), before rounding of the due
	Resident   int64 // taxable income of the resident tax (住民税の課税所得)
	Levy       int64 // income levy on it, before the adjustment credit
	Adjust     int64 // adjustment credit (調整控除)
}

// Personal are the personal deductions of the income tax and of the resident tax's income levy.
type Personal struct {
	Basic, Spouse, Dependants                         int64 // income tax
	ResidentBasic, ResidentSpouse, ResidentDependants int64 // resident tax
}

// Statement is Taxpayer with every line on the way.
func (l *Law) Statement(gross int64, h Household) Statement {
	x := &l.tax
	var s Statement
	s.Gross = clamp(gross)
	s.Income = x.income(s.Gross)
	s.Employment = s.Gross - s.Income
	s.Social, s.Average, s.HighPay = x.social.at(s.Gross), x.average.at(s.Gross), x.highPay(s.Gross, h)
	s.Personal = x.personal(s.Income, h)
	p := &s.Personal
	net := s.Income - s.Social - s.Average
	base := net - p.Basic - p.Spouse - p.Dependants
	if x.Adjustment.State {
		base -= s.HighPay
	}
	base = max(base, 0)

	// Korea: the standard credit, or the deduction of health and employment insurance without it (소득세법 제59조의4 제9항), whichever leaves less tax.
	x.due(&s, base, x.Standard+x.Average.Credit, h)
	if len(x.insurance) > 0 {
		other, insurance := s, x.insurance.at(s.Gross)
		if x.due(&other, max(base-insurance, 0), x.Average.Credit, h); other.Due < s.Due {
			s = other
			s.Insurance = insurance
		}
	}
	s.Margin = x.brackets.slope(s.Taxable) * (million + x.surtax) / million
	s.Local = down(s.Due*x.surcharge/million, x.Round.Levy)
	if x.levy > 0 {
		own := net - s.HighPay - p.ResidentBasic - p.ResidentSpouse - p.ResidentDependants
		s.Resident = down(max(own, 0), x.Round.Base)
		s.Local += x.residentLevy(&s, h)
	}
	s.Limit = l.limit(&s.Taxpayer)
	return s
}

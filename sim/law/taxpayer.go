package law

// Taxpayer is the tax position of a person with this gross pay and household: what is due before any donation, at which margin, and the largest donation
// whose credit is complete. Pure integer arithmetic in the order of the tax form; it does not allocate. Pay below zero counts as zero, above a
// trillion as a trillion. The average deductions and credits (tax.average) count unless the law is Exact.
func (l *Law) Taxpayer(gross int64, h Household) Taxpayer { return l.Statement(gross, h).Taxpayer }

// income is what remains of pay after the employment-income deduction (근로소득금액, 給与所得).
func (x *tax) income(gross int64) int64 {
	deduction := min(x.employment.at(gross), gross)
	if x.EmploymentMax > 0 {
		deduction = min(deduction, x.EmploymentMax)
	}
	return gross - deduction
}

// highPay is the deduction for high pay with a child (所得金額調整控除).
func (x *tax) highPay(gross int64, h Household) int64 {
	a := &x.Adjustment
	if a.Upto == 0 || gross <= a.Over {
		return 0
	}
	for _, age := range h.Dependants {
		if int64(age) <= a.Age {
			return (min(gross, a.Upto) - a.Over) * x.adjustmentRate / million
		}
	}
	return 0
}

// personal are the deductions for the taxpayer, a spouse and dependants.
func (x *tax) personal(income int64, h Household) (p Personal) {
	s := step(x.Basic, income)
	p.Basic, p.ResidentBasic = s.State, s.Resident
	if h.Spouse {
		s = step(x.Spouse, income)
		p.Spouse, p.ResidentSpouse = s.State, s.Resident
	}
	for _, age := range h.Dependants {
		a := x.dependant(age)
		p.Dependants += a.State
		p.ResidentDependants += a.Resident
	}
	return p
}

func (x *tax) dependant(age int) AgeRange {
	for _, a := range x.Dependants {
		if int64(age) >= a.From && int64(age) <= a.To {
			return a
		}
	}
	return AgeRange{}
}

// due fills in the income tax on a base, after the credits that come before a donation's, with the surtax.
func (x *tax) due(s *Statement, base, credit int64, h Household) {
	s.Taxable = down(base, x.Round.Base)
	s.Computed = x.brackets.at(s.Taxable)
	left := s.Computed
	s.Earned = min(x.earnedCredit(s.Gross, s.Computed), left)
	left -= s.Earned
	s.Child = min(x.childCredit(h), left)
	left -= s.Child
	s.Standard = min(credit, left)
	left -= s.Standard
	s.Surtax = left * x.surtax / million
	s.Due = down(left+s.Surtax, x.Round.Due)
}

// earnedCredit is Korea's earned-income tax credit on the computed tax (소득세법 제59조).
func (x *tax) earnedCredit(gross, computed int64) int64 {
	credit := x.earned.at(computed)
	for i := len(x.Earned.Caps) - 1; i >= 0; i-- {
		if c := &x.Earned.Caps[i]; gross > c.Over || i == 0 {
			return min(credit, max(c.Most-(max(gross-c.Over, 0))*x.capRates[i]/million, c.Least))
		}
	}
	return credit
}

// childCredit is Korea's child tax credit (소득세법 제59조의2).
func (x *tax) childCredit(h Household) int64 {
	n := int64(0)
	for _, age := range h.Dependants {
		if int64(age) >= x.Child.From && int64(age) <= x.Child.To {
			n++
		}
	}
	switch n {
	case 0:
		return 0
	case 1:
		return x.Child.First
	}
	return x.Child.First + x.Child.Second + (n-2)*x.Child.More
}

// residentLevy is the income levy of Japan's resident tax on its own taxable income, after the adjustment credit (地方税法 第314条の6). Like
// the MIC workbook it rounds each level's part, and before that credit: what is rounded down to 100 yen after all credits is the tax notice, not the base of the ceiling.
func (x *tax) residentLevy(s *Statement, h Household) int64 {
	if s.Income <= x.exemptUpto(h) {
		return 0
	}
	s.Levy = down(s.Resident*x.levyTown/million, x.Round.Levy) + down(s.Resident*(x.levy-x.levyTown)/million, x.Round.Levy)
	s.Adjust = min(x.adjustCredit(s.Income, s.Resident, h), s.Levy)
	return s.Levy - s.Adjust
}

// exemptUpto is the total income up to which nothing is levied (地方税法 附則第3条の3).
func (x *tax) exemptUpto(h Household) int64 {
	others := int64(len(h.Dependants))
	if h.Spouse {
		others++
	}
	upto := x.Exempt.Head*(1+others) + x.Exempt.Base
	if others > 0 {
		upto += x.Exempt.Family
	}
	return upto
}

// adjustCredit is the adjustment credit: rate times the difference of the personal deductions, which shrinks by the taxable income above the edge. The
// difference of spouse and dependants is that of their deductions; the basic one is fixed by law (it did not follow the raises of 2025).
func (x *tax) adjustCredit(income, taxable int64, h Household) int64 {
	a := &x.Adjust
	if a.NoneAbove > 0 && income > a.NoneAbove {
		return 0
	}
	difference := a.Basic
	if h.Spouse {
		s := step(x.Spouse, income)
		difference += s.State - s.Resident
	}
	for _, age := range h.Dependants {
		d := x.dependant(age)
		difference += d.State - d.Resident
	}
	if taxable <= a.Edge {
		return min(difference, taxable) * x.adjustRate / million
	}
	return max((difference-(taxable-a.Edge))*x.adjustRate/million, a.Least)
}

package law

import (
	"errors"
	"fmt"
)

// Law is the law of one year, compiled for pricing: immutable, safe for any number of goroutines.
type Law struct {
	Country Country
	Year    int
	Rules   Rules // as compiled; its lists are the law's own and must not be changed

	tax     tax
	tiers   curve            // credit of kind tiers for ordinary places in millionths, uncapped by the tax due
	zones   [standings]curve // the same for a place of each standing
	state   share            // of a tiers credit
	town    share            // of the local part
	city    share            // of the local part in a big city
	byTier  bool             // kind tiers
	returns bool             // a return saves national income tax: burden.state_tax
	top     int64            // millionths: 1 - basic
	theta   int64            // ceiling rate, millionths
}

// tax is the compiled Tax.
type tax struct {
	brackets, employment, social, insurance, earned, average curve

	surtax, surcharge, notional  int64 // millionths
	levy, levyTown               int64
	adjustRate, adjustmentRate   int64
	stateMax, residentMax, basic int64
	capRates                     []int64 // of earned.caps
	Tax                                  // the amounts and ages, as written
}

// Compile checks the rules of a year and prepares them. The error joins every fault of Validate and of the country, each a *Fault or its plain text.
func Compile(c Country, year int, r Rules) (*Law, error) {
	errs := r.Validate()
	if c != Korea && c != Japan {
		errs = append(errs, fmt.Errorf("country: got %q, want %q or %q", c, Korea, Japan))
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	l := &Law{
		Country: c, Year: year, Rules: r, tax: compileTax(&r.Tax),
		state: shareOf(r.Burden.State), town: shareOf(r.Burden.Town), city: shareOf(r.Burden.BigCity),
		byTier: r.Credit.Kind == "tiers", returns: r.Burden.StateTax,
		top: million - micros(r.Tax.Donation.Basic), theta: micros(r.Credit.CeilingRate),
	}
	for s, least := range [standings]float64{Declining: r.Credit.Declining, Struck: r.Disaster.Rate} {
		l.zones[s] = newCurve(lowerEdges(r.Credit.Tiers, least))
	}
	l.tiers = l.zones[Ordinary]
	return l, nil
}

// Exact is the same law for one person whose pay and household are all that counts: without the average deductions and credits (tax.average).
func (l *Law) Exact() *Law {
	e := *l
	e.Rules.Tax.Average = Average{}
	e.tax = compileTax(&e.Rules.Tax)
	return &e
}

// lowerEdges turns tiers (by upper edge) into brackets (by lower edge), ending in a slice without credit. Above the first tier no rate is less than least.
// The tier of highest edge alone ends at its edge: the special rate does not reach beyond what is credited at all.
func lowerEdges(tiers []Tier, least float64) []Bracket {
	b := make([]Bracket, 0, len(tiers)+1)
	over := int64(0)
	for i, t := range tiers {
		rate := t.Rate
		if i > 0 {
			rate = max(rate, least)
		}
		b = append(b, Bracket{Over: over, Rate: rate})
		over = t.Upto
	}
	return append(b, Bracket{Over: over})
}

func compileTax(t *Tax) tax {
	c := tax{
		Tax:      *t,
		brackets: newCurve(t.Brackets), employment: newCurve(t.Employment), social: newCurve(t.Social), insurance: newCurve(t.Insurance),
		earned: newCurve(t.Earned.Rates), average: newCurve(t.Average.Deductions),
		surtax: micros(t.Surtax), surcharge: micros(t.Local.Surcharge), levy: micros(t.Local.Levy), levyTown: micros(t.Local.LevyTown), notional: micros(t.Local.Notional),
		adjustRate: micros(t.Adjust.Rate), adjustmentRate: micros(t.Adjustment.Rate),
		stateMax: micros(t.Donation.StateMax), residentMax: micros(t.Donation.ResidentMax), basic: micros(t.Donation.Basic),
	}
	for _, k := range t.Earned.Caps {
		c.capRates = append(c.capRates, micros(k.Rate))
	}
	return c
}

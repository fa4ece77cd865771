package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gohyang/scenarios"
	"gohyang/scenarios/facts"
	"gohyang/sim/law"
)

// donor is one donor with everything the law says of his year.
type donor struct {
	country   law.Country
	book      *law.Book
	facts     *facts.Country // nil until a place is named
	year      int
	household law.Household
	filing    bool // files a return; else one-stop, or the year-end settlement of Korea
	home      *facts.Place
	bigCity   bool // the home shares the credit by burden.big_city
	gifts     []gift

	law    *law.Law // of the year, for this one person
	origin map[string]law.Origin
	tax    law.Statement
	total  int64 // donated
	zone   int64 // of it to special disaster areas within their months
	plain  int64 // of it to governments without designation
	parts  law.Parts
	relief law.Relief
}

// gift is one donation with the law of its day.
type gift struct {
	typedDonation
	place  *facts.Place // nil: no place named
	rules  law.Rules
	origin map[string]law.Origin
	zone   bool // to a special disaster area within its months
	plain  bool // to a government without designation
}

// newDonor works out what the flags describe. Every error is one of usage and starts with its flag.
func newDonor(country law.Country, f *taxFlags) (*donor, error) {
	d := &donor{country: country, household: law.Household{Spouse: f.spouse, Dependants: f.dependants}}
	var err error
	if d.book, err = scenarios.Law(country); err != nil {
		return nil, invalid(err)
	}
	if !f.income.typed {
		return nil, usage("--income: needs a value: --income AMOUNT, the wage income of the year in whole won or yen")
	}
	for _, step := range []func(*taxFlags) error{d.setYear, d.setHome, d.setGifts, d.setZones, d.setFiling} {
		if err := step(f); err != nil {
			return nil, err
		}
	}
	return d, d.compute(f.income.value)
}

// lastTaxYear is the last year of the simulation, and of this calculator.
const lastTaxYear = 2072

// setYear finds the year: --year, or that of the donations' days.
func (d *donor) setYear(f *taxFlags) error {
	d.year = int(f.year)
	for _, g := range f.donate {
		switch {
		case g.day.IsZero():
		case d.year == 0:
			d.year = g.day.Year()
		case d.year != g.day.Year():
			return usage("--donate %s: the day is not in %d; want one year at a time: the credit is for the donations of one calendar year", g.text, d.year)
		}
	}
	first := d.book.First().Year()
	if d.year == 0 {
		return usage("--year: needs a value: --year YEAR, from %d to %d", first, lastTaxYear)
	}
	if d.year < first || d.year > lastTaxYear {
		return usage("--year %d: the law of %s covers the years %d to %d", d.year, d.country, first, lastTaxYear)
	}
	return nil
}

func (d *donor) setHome(f *taxFlags) error {
	if f.home == "" {
		return nil
	}
	p, err := d.find("--home "+f.home, f.home)
	if err == nil && !slices.ContainsFunc(d.facts.Towns, func(t facts.Place) bool { return t.Code == p.Code }) {
		return usage("--home %s: %s is a province; want the municipality the donor lives in", f.home, p.Name)
	}
	d.home = p
	return err
}

// setGifts looks up the places of the donations and the law of their days; a donation without a day is priced on 1 July, as in a simulation.
func (d *donor) setGifts(f *taxFlags) error {
	for _, t := range f.donate {
		g := gift{typedDonation: t}
		day := t.day
		if day.IsZero() {
			day = law.InForce(d.year)
		}
		var err error
		if g.rules, g.origin, err = d.book.At(day); err != nil {
			return invalid(err)
		}
		if t.place != "" {
			if g.place, err = d.find("--donate "+t.text, t.place); err != nil {
				return err
			}
			if err = d.allowed(&g); err != nil {
				return err
			}
			g.plain = slices.Contains(g.rules.Gift.Exclude, g.place.Code)
		}
		d.gifts = append(d.gifts, g)
	}
	return nil
}

// allowed says whether the place may take the donation from this donor.
func (d *donor) allowed(g *gift) error {
	if !g.place.Recipient {
		return usage("--donate %s: %s takes no donations of its own; want its province, %s", g.text, g.place.Name, d.facts.Provinces[g.place.Province].Name)
	}
	if d.home == nil || g.rules.Residency.Excluded == "none" {
		return nil
	}
	own := g.place.Code == d.home.Code
	if g.rules.Residency.Excluded == "province" {
		own = own || g.place.Code == d.facts.Provinces[d.home.Province].Code
	}
	if own {
		return usage("--donate %s: residents of %s may not give to %s (%s); want a place that is neither the donor's municipality nor its province",
			g.text, d.home.Name, g.place.Name, g.origin["residency.excluded"].Article)
	}
	return nil
}

// setZones marks the donations to special disaster areas within the months of the law.
func (d *donor) setZones(f *taxFlags) error {
	for _, z := range f.disaster {
		place, err := d.find("--disaster "+z.text, z.place)
		if err != nil {
			return err
		}
		rules, _, err := d.book.At(latest(z.day, d.book.First()))
		if err != nil {
			return invalid(err)
		}
		if rules.Disaster.Rate == 0 || rules.Disaster.Months == 0 {
			return usage("--disaster %s: the law of %s has no special relief for disaster areas on %s%s", z.text, d.country, z.day.Format(time.DateOnly), d.since("disaster.rate"))
		}
		last := z.day.AddDate(0, int(rules.Disaster.Months), 0)
		met := false
		for i := range d.gifts {
			g := &d.gifts[i]
			if g.place == nil || g.place.Code != place.Code {
				continue
			}
			if g.day.IsZero() {
				return usage("--donate %s: needs its day, because %s is a special disaster area: want %s@%s:DAY", g.text, place.Name, fmt.Sprint(g.amount), g.typedDonation.place)
			}
			met = true
			g.zone = g.zone || !g.day.Before(z.day) && !g.day.After(last)
		}
		if !met {
			return usage("--disaster %s: no donation goes to %s; want a --donate AMOUNT@%s:DAY, or leave the area out", z.text, place.Name, place.Code)
		}
	}
	return nil
}

// since tells from when a rule has its last value, for messages.
func (d *donor) since(key string) string {
	for _, s := range d.book.Series {
		if s.Key == key && len(s.Values) > 1 {
			return "; it has from " + s.Values[len(s.Values)-1].From.Format(time.DateOnly)
		}
	}
	return ""
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// setFiling checks that one-stop is open to the donor.
func (d *donor) setFiling(f *taxFlags) error {
	d.filing = !f.oneStop
	if !f.oneStop {
		return nil
	}
	if d.country != law.Japan {
		return usage("--one-stop: only Japan has it; in Korea the credit stands in the year-end settlement by itself")
	}
	bodies := map[string]bool{}
	rules, _, err := d.book.At(law.InForce(d.year))
	if err != nil {
		return invalid(err)
	}
	if rules.Convenience.Filing != "one_stop" {
		return usage("--one-stop: there was none in %d%s", d.year, d.since("convenience.filing"))
	}
	for _, g := range d.gifts {
		if g.rules.Convenience.Filing != "one_stop" {
			return usage("--one-stop: not open to the donation %s%s", g.text, d.since("convenience.filing"))
		}
		if g.plain {
			return usage("--one-stop: not open to donations to %s, which is not designated on that day; want a return", g.place.Name)
		}
		if g.place != nil {
			bodies[g.place.Code] = true
		}
	}
	if most := rules.Convenience.Bodies; most > 0 && int64(len(bodies)) > most {
		return usage("--one-stop: open to donors with up to %d recipients; these are %d; want a return", most, len(bodies))
	}
	return nil
}

// compute prices the year's donations under the law of their year. What the credit and the taxes say changes with the calendar year only (a test of the
// law files holds them to that).
func (d *donor) compute(income int64) error {
	rules, origin, err := d.book.At(law.InForce(d.year))
	if err != nil {
		return invalid(err)
	}
	l, err := law.Compile(d.country, d.year, rules)
	if err != nil {
		return invalid(err)
	}
	d.law, d.origin = l.Exact(), origin
	d.tax = d.law.Statement(income, d.household)
	for _, g := range d.gifts {
		d.total += g.amount
		if g.zone {
			d.zone += g.amount
		}
		if g.plain {
			d.plain += g.amount
		}
	}
	d.bigCity = d.home != nil && scenarios.BigCity(*d.home)
	if d.country == law.Japan {
		d.parts = d.law.Parts(&d.tax.Taxpayer, d.total, d.plain, d.filing)
		d.relief = d.law.Bearers(d.parts, d.bigCity)
		return nil
	}
	d.relief = d.law.Disaster(&d.tax.Taxpayer, d.total, d.zone, d.filing, d.bigCity)
	return nil
}

// find looks a place up by its code or its name in either language.
func (d *donor) find(flag, text string) (*facts.Place, error) {
	if d.facts == nil {
		c, err := facts.Load(string(d.country))
		if err != nil {
			return nil, invalid(err)
		}
		d.facts = c
	}
	var found []*facts.Place
	var known []string
	for _, list := range [][]facts.Place{d.facts.Towns, d.facts.Provinces} {
		for i := range list {
			p := &list[i]
			if p.Code == text || p.Name == text || strings.EqualFold(p.NameEn, text) {
				found = append(found, p)
			}
			known = append(known, p.Code, p.Name, p.NameEn)
		}
	}
	if len(found) == 2 && found[0].Name == found[1].Name && found[0].Recipient != found[1].Recipient { // Sejong is a municipality and a province
		found = slices.DeleteFunc(found, func(p *facts.Place) bool { return p.Recipient == strings.HasPrefix(flag, "--home") })
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, usage("%s: no place of %s is called %s; want the code or the name of a place, such as %s%s", flag, d.country, text,
			map[law.Country]string{law.Korea: "46770 or 고흥군", law.Japan: "27213 or 泉佐野市"}[d.country], nearPlace(text, known))
	}
	codes := make([]string, len(found))
	for i, p := range found {
		codes[i] = fmt.Sprintf("%s (%s)", p.Code, d.facts.Provinces[p.Province].Name)
	}
	return nil, usage("%s: %d places are called %s; want a code: %s", flag, len(found), text, strings.Join(codes, ", "))
}

// nearPlace is the hint that names a place whose name starts as typed, or is near.
func nearPlace(text string, known []string) string {
	for _, k := range known {
		if len(text) >= 3 && strings.HasPrefix(strings.ToLower(k), strings.ToLower(text)) {
			return "; did you mean " + k + "?"
		}
	}
	if near := scenarios.Nearest(text, known); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}

package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gohyang/output"
	"gohyang/sim/law"
)

// page is the explanation of one donor in one language.
type page struct {
	*donor
	words    map[string]string
	currency string
	text     strings.Builder
	table    *output.Table
}

func newPage(d *donor, lang string) *page {
	p := &page{donor: d, words: taxWords[lang]}
	p.currency = p.say("currency." + string(d.country))
	p.table = output.NewTable(output.Left(""), output.Right(p.say("head.amount")), output.Left(p.say("head.rule")), output.Left(p.say("head.article")),
		output.Left(p.say("head.since")), output.Left(p.say("head.checked")))
	return p
}

// say is a text of the page's language; an unknown one is a fault of the program.
func (p *page) say(id string, args ...any) string {
	format, ok := p.words[id]
	if !ok {
		panic("no text " + id)
	}
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// percent is a rate in millionths: 10.21%.
func percentOf(micros int64) string {
	return strconv.FormatFloat(float64(micros)/1e4, 'f', -1, 64) + "%"
}

// percentShare is a share in the same way, to four decimals.
func percentShare(share float64) string { return percentOf(int64(share*1e6 + 0.5)) }

// row adds a line with the rule it follows, by the key of the law; an empty key has none.
func (p *page) row(label string, amount int64, rule, key string) {
	if key == "" {
		p.table.Add(p.say(label), output.Int(amount), rule)
		return
	}
	o, ok := p.origin[key]
	if !ok {
		panic("no rule " + key)
	}
	mark := "?"
	if o.Verified {
		mark = "✓"
	}
	p.table.Add(p.say(label), output.Int(amount), rule, o.Article, o.From.Format(time.DateOnly), mark)
}

// some is row for an amount that most donors do not have.
func (p *page) some(label string, amount int64, rule, key string) {
	if amount != 0 {
		p.row(label, amount, rule, key)
	}
}

// section starts a part of the page.
func (p *page) section(id string) {
	if p.table.Len() > 0 {
		p.table.Add()
	}
	p.table.Add(p.say(id))
}

// explain writes the page.
func (p *page) explain() {
	p.title()
	p.section("section.tax")
	if p.country == law.Japan {
		p.japaneseTax()
		p.section("section.saving")
		p.japaneseSaving()
	} else {
		p.koreanTax()
		p.section("section.saving")
		p.koreanSaving()
	}
	p.result()
	p.section("section.bearers")
	p.bearers()
	p.text.WriteString(p.table.String())
	p.notes()
}

// title writes who the donor is and what he gives.
func (p *page) title() {
	fmt.Fprintln(&p.text, p.say("title."+string(p.country), p.year))
	household := []string{p.say("pay", output.Int(p.tax.Gross), p.currency), p.say("spouse." + strconv.FormatBool(p.household.Spouse))}
	if len(p.household.Dependants) == 0 {
		household = append(household, p.say("dependants.none"))
	} else {
		ages := make([]string, len(p.household.Dependants))
		for i, age := range p.household.Dependants {
			ages[i] = strconv.Itoa(age)
		}
		household = append(household, p.say("dependants", strings.Join(ages, ", ")))
	}
	if p.home != nil {
		household = append(household, p.say("home", p.home.Name))
	}
	household = append(household, p.say("filing."+p.way()))
	fmt.Fprintln(&p.text, strings.Join(household, p.say("comma")))
	for _, g := range p.gifts {
		line := p.say("gives", output.Int(g.amount), p.currency)
		if g.place != nil {
			line = p.say("gives.place", output.Int(g.amount), p.currency, g.place.Name)
		}
		if !g.day.IsZero() {
			line += " " + g.day.Format(time.DateOnly)
		}
		if g.zone {
			line += " " + p.say("gives.zone", percentShare(g.rules.Disaster.Rate))
		}
		if g.plain {
			line += " " + p.say("gives.plain")
		}
		fmt.Fprintln(&p.text, line)
	}
	fmt.Fprintln(&p.text)
}

// way is how the donor gets the credit.
func (p *page) way() string {
	switch {
	case p.country == law.Korea:
		return "automatic"
	case p.filing:
		return "return"
	default:
		return "one_stop"
	}
}

func (p *page) japaneseTax() {
	t, r := &p.tax, &p.law.Rules.Tax
	p.row("gross", t.Gross, "", "")
	p.row("employment", -t.Employment, p.say("by.table"), "tax.employment")
	p.row("income", t.Income, "", "")
	p.row("social.jp", -t.Social, p.say("by.thumb"), "tax.social")
	p.some("highpay", -t.HighPay, p.say("by.highpay", percentShare(r.Adjustment.Rate), output.Int(r.Adjustment.Over), output.Int(r.Adjustment.Upto)), "tax.adjustment.rate")
	p.row("basic", -t.Personal.Basic, p.say("by.resident", output.Int(t.Personal.ResidentBasic)), "tax.basic")
	p.some("spouse", -t.Personal.Spouse, p.say("by.resident", output.Int(t.Personal.ResidentSpouse)), "tax.spouse")
	p.some("dependant", -t.Personal.Dependants, p.say("by.resident", output.Int(t.Personal.ResidentDependants)), "tax.dependants")
	p.row("taxable.jp", t.Taxable, p.say("by.down", output.Int(r.Round.Base)), "tax.round.base")
	p.row("due.jp", t.Due, p.say("by.margin", p.currency, percentOf(t.Margin)), "tax.brackets")
	p.row("resident", t.Resident, p.say("by.down", output.Int(r.Round.Base)), "tax.round.base")
	p.row("levy", t.Local, p.say("by.levy", percentShare(r.Local.Levy), output.Int(t.Levy), output.Int(t.Adjust)), "tax.local.levy")
}

func (p *page) japaneseSaving() {
	r := &p.law.Rules
	floor := output.Int(r.Credit.Floor)
	donated := output.Int(p.total)
	top := 1_000_000 - int64(r.Tax.Donation.Basic*1e6+0.5)
	p.row("donated", p.total, "", "")
	if p.filing {
		p.row("saving.state", p.parts.State, p.say("by.state", donated, floor, percentOf(p.tax.Margin), percentShare(r.Tax.Donation.StateMax)), "burden.state_tax")
	}
	p.row("saving.basic", p.parts.Basic, p.say("by.basic", donated, floor, percentShare(r.Tax.Donation.Basic), percentShare(r.Tax.Donation.ResidentMax)), "tax.donation.basic")
	rule := p.say("by.special", output.Int(p.total-p.plain), floor, percentOf(top), percentOf(p.tax.Margin), percentShare(r.Credit.CeilingRate))
	key := "credit.ceiling_rate"
	if a := r.Credit.CeilingAbsolute; a > 0 {
		rule += p.say("by.absolute", output.Int(a))
		if float64(p.tax.Local)*r.Credit.CeilingRate > float64(a) {
			key = "credit.ceiling_absolute"
		}
	}
	p.row("saving.special", p.parts.Special, rule, key)
	if !p.filing {
		p.row("saving.deemed", p.parts.Deemed, p.say("by.deemed"), "convenience.filing")
	}
}

func (p *page) koreanTax() {
	t, r := &p.tax, &p.law.Rules.Tax
	p.row("gross", t.Gross, "", "")
	p.row("employment", -t.Employment, p.say("by.table"), "tax.employment")
	p.row("income", t.Income, "", "")
	p.row("basic", -t.Personal.Basic, "", "tax.basic")
	p.some("spouse", -t.Personal.Spouse, "", "tax.spouse")
	p.some("dependant", -t.Personal.Dependants, "", "tax.dependants")
	p.row("social.kr", -t.Social, p.say("by.pension", percentShare(r.Social[0].Rate)), "tax.social")
	if t.Insurance > 0 {
		p.row("insurance", -t.Insurance, p.say("by.insurance", output.Int(r.Standard)), "tax.insurance")
	}
	p.row("taxable.kr", t.Taxable, "", "")
	p.row("computed", t.Computed, p.say("by.margin", p.currency, percentOf(t.Margin)), "tax.brackets")
	p.row("earned", -t.Earned, p.say("by.earned"), "tax.earned.rates")
	p.some("child", -t.Child, "", "tax.child.first")
	p.some("standard", -t.Standard, "", "tax.standard")
	p.row("due.kr", t.Due, p.say("by.down", output.Int(r.Round.Due)), "tax.round.due")
	p.row("surcharge", t.Local, p.say("by.surcharge", percentShare(r.Local.Surcharge)), "tax.local.surcharge")
	p.row("due.all", t.Due+t.Local, "", "")
}

func (p *page) koreanSaving() {
	p.row("donated", p.total, "", "")
	sum := int64(0)
	for _, b := range p.law.Bands(p.total, p.zone) {
		if b.Rate == 0 {
			continue
		}
		sum += b.Credit
		key, id := "credit.tiers", "by.band"
		if b.Zone {
			id = "by.zone"
			if b.Rate == int64(p.law.Rules.Disaster.Rate*1e6+0.5) {
				key = "disaster.rate"
			}
		}
		p.row("saving.band", b.Credit, p.say(id, output.Int(b.From), output.Int(b.Upto), percentOf(b.Rate)), key)
	}
	if c := p.law.Rules.Cap; p.total > c {
		p.row("saving.cap", 0, p.say("by.cap", output.Int(c)), "cap")
	}
	if credit := p.relief.Total(); credit < sum {
		p.row("saving.bound", credit-sum, p.say("by.bound"), "credit.kind")
	}
}

// result writes what the donor gets back and what is left.
func (p *page) result() {
	total := p.relief.Total()
	p.row("saving", total, "", "")
	p.row("self", p.total-total, "", "")
	if p.country == law.Japan {
		p.row("limit", p.tax.Limit, p.say("by.limit.jp", output.Int(p.law.Rules.Credit.Floor)), "credit.floor")
	} else {
		p.row("limit", p.tax.Limit, p.say("by.limit.kr"), "credit.tiers")
	}
	price := p.law.Price(&p.tax.Taxpayer, p.total, p.filing)
	p.table.Add(p.say("next", p.currency), output.Decimal(float64(price)/1e6, 4), p.say("by.next"))
	worth := int64(0)
	for _, g := range p.gifts {
		if g.rules.Gift.Limit < 1 && !g.plain {
			worth += int64(float64(g.amount)*g.rules.Gift.Limit + 1e-6)
		}
	}
	if limit := p.law.Rules.Gift.Limit; limit < 1 {
		p.row("gift", worth, p.say("by.gift", percentShare(limit)), "gift.limit")
	}
}

// bearers writes who gives up the tax.
func (p *page) bearers() {
	b := &p.law.Rules.Burden
	share, key := b.Town, "burden.town"
	if p.bigCity {
		share, key = b.BigCity, "burden.big_city"
	}
	if p.country == law.Korea {
		p.row("bearer.state", p.relief.State, p.say("by.share"), "burden.state")
		local, id := p.relief.Town, "bearer.town"
		if p.bigCity {
			local, id = p.relief.Province, "bearer.province"
		}
		p.row(id, local, p.say("by.rest"), key)
		return
	}
	p.row("bearer.state", p.relief.State, "", "burden.state_tax")
	p.row("bearer.province", p.relief.Province, p.say("by.local", percentShare(1-share)), key)
	p.row("bearer.town", p.relief.Town, p.say("by.local", percentShare(share)), key)
	rate := p.law.Rules.Compensation.Rate
	if p.home != nil && p.home.Allocation != "receiving" {
		p.row("refund", 0, p.say("by.norefund"), "compensation.rate")
		return
	}
	p.row("refund", int64(float64(p.relief.Town)*rate), p.say("by.refund", percentShare(rate)), "compensation.rate")
}

// notes explains the marks and what the calculation leaves out.
func (p *page) notes() {
	fmt.Fprintln(&p.text)
	fmt.Fprintln(&p.text, p.say("note.marks"))
	fmt.Fprintln(&p.text, p.say("note."+string(p.country)))
	if slices.ContainsFunc(p.gifts, func(g gift) bool { return g.plain }) {
		fmt.Fprintln(&p.text, p.say("note.plain"))
	}
}

// curve writes the price schedule.
func (p *page) curve() {
	p.title()
	fmt.Fprintln(&p.text, p.say("section.curve", p.currency))
	t := &p.tax.Taxpayer
	table := output.NewTable(output.Right(p.say("head.from")), output.Right(p.say("head.upto")), output.Right(p.say("head.saved")), output.Right(p.say("head.kept")),
		output.Right(p.say("head.price")))
	s := p.law.Schedule(t, p.filing)
	for i, x := range s {
		upto := p.say("more")
		if i+1 < len(s) {
			upto = output.Int(s[i+1].From)
		}
		saved := p.law.Relief(t, x.From, p.filing, false).Total()
		table.Add(output.Int(x.From), upto, output.Int(saved), output.Int(x.From-saved), output.Decimal(float64(x.Price)/1e6, 4))
	}
	p.text.WriteString(table.String())
}

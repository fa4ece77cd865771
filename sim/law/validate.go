package law

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
)

// Validate checks what no single key can: lists that must ascend, parts that must fit together. It returns every fault (each a *Fault), in the order of
// the keys, or nil. Ranges of single values are checked by Set; here again, so that rules built in Go are held to the same.
func (r *Rules) Validate() []error {
	v := &checker{}
	v.ranges(r)
	v.credit(r)
	t := &r.Tax
	v.ascending("tax.brackets", t.Brackets, true)
	v.ascending("tax.employment", t.Employment, false)
	v.ascending("tax.social", t.Social, false)
	v.ascending("tax.insurance", t.Insurance, false)
	v.ascending("tax.earned.rates", t.Earned.Rates, false)
	v.ascending("tax.average.deductions", t.Average.Deductions, false)
	v.steps("tax.basic", t.Basic)
	v.steps("tax.spouse", t.Spouse)
	v.ages("tax.dependants", t.Dependants)
	for i := 1; i < len(t.Earned.Caps); i++ {
		v.over(fmt.Sprintf("tax.earned.caps[%d].over", i+1), t.Earned.Caps[i].Over, t.Earned.Caps[i-1].Over)
	}
	if a := t.Adjustment; a.Upto != 0 && a.Upto <= a.Over {
		v.add("tax.adjustment.upto", num(a.Upto), "more than tax.adjustment.over ("+num(a.Over)+"), or 0 for no such deduction")
	}
	if t.Local.LevyTown > t.Local.Levy {
		v.add("tax.local.levy_town", format(t.Local.LevyTown), "tax.local.levy ("+format(t.Local.Levy)+") or less: it is a part of it")
	}
	if t.Child.To < t.Child.From {
		v.add("tax.child.to", num(t.Child.To), "tax.child.from ("+num(t.Child.From)+") or more")
	}
	return v.errs
}

type checker struct{ errs []error }

func (v *checker) add(key, got, want string) {
	v.errs = append(v.errs, &Fault{Key: key, Got: got, Want: want})
}

func (v *checker) over(key string, x, before int64) {
	if x <= before {
		v.add(key, num(x), "more than the one before ("+num(before)+")")
	}
}

func num(x int64) string { return strconv.FormatInt(x, 10) }

// credit checks the credit and its relatives.
func (v *checker) credit(r *Rules) {
	c := &r.Credit
	switch c.Kind {
	case "tiers":
		if len(c.Tiers) == 0 {
			v.add("credit.tiers", "an empty list", "at least one {upto, rate} under credit.kind \"tiers\"")
		}
	case "ceiling":
		if c.CeilingRate == 0 {
			v.add("credit.ceiling_rate", "0", "more than 0 under credit.kind \"ceiling\"")
		}
		if c.Declining > 0 {
			v.add("credit.declining_rate", format(c.Declining), "0 under credit.kind \"ceiling\" (Japan's law): it is a rate of the tiers (Korea's)")
		}
		if c.CeilingAbsolute > 0 && c.Floor >= c.CeilingAbsolute {
			v.add("credit.floor", num(c.Floor), "less than credit.ceiling_absolute ("+num(c.CeilingAbsolute)+")")
		}
		if r.Cap > 0 && c.Floor >= r.Cap {
			v.add("credit.floor", num(c.Floor), "less than cap ("+num(r.Cap)+")")
		}
		if top := 1 - r.Tax.Donation.Basic; topRate(&r.Tax) >= top {
			v.add("tax.brackets", format(topRate(&r.Tax))+" with surtax", "less than 1 - tax.donation.basic ("+format(top)+") under credit.kind \"ceiling\"")
		}
	}
	for i := 1; i < len(c.Tiers); i++ {
		v.over(fmt.Sprintf("credit.tiers[%d].upto", i+1), c.Tiers[i].Upto, c.Tiers[i-1].Upto)
	}
	for i, t := range c.Tiers[:max(len(c.Tiers)-1, 0)] {
		if r.Cap > 0 && t.Upto >= r.Cap {
			v.add(fmt.Sprintf("credit.tiers[%d].upto", i+1), num(t.Upto), "less than cap ("+num(r.Cap)+"); only the last tier may reach it")
		}
	}
	if r.Cost.Limit < r.Gift.Limit && r.Gift.Limit < 1 {
		v.add("cost.limit", format(r.Cost.Limit), "gift.limit ("+format(r.Gift.Limit)+") or more: gifts are part of the cost")
	}
}

func topRate(t *Tax) float64 {
	top := 0.0
	for _, b := range t.Brackets {
		top = max(top, math.Round(b.Rate*(1+t.Surtax)*million)/million)
	}
	return top
}

// ascending checks a curve: the first edge is 0 and each edge is above the one before. Marginal tax rates may not fall.
func (v *checker) ascending(key string, b []Bracket, rising bool) {
	if rising && len(b) == 0 {
		v.add(key, "an empty list", "at least one {over, rate}")
	}
	if len(b) > 0 && b[0].Over != 0 {
		v.add(key+"[1].over", num(b[0].Over), "0")
	}
	for i := 1; i < len(b); i++ {
		v.over(fmt.Sprintf("%s[%d].over", key, i+1), b[i].Over, b[i-1].Over)
		if rising && b[i].Rate < b[i-1].Rate {
			v.add(fmt.Sprintf("%s[%d].rate", key, i+1), format(b[i].Rate), "the rate before ("+format(b[i-1].Rate)+") or more")
		}
	}
}

func (v *checker) steps(key string, s []Step) {
	if len(s) > 0 && s[0].Over != 0 {
		v.add(key+"[1].over", num(s[0].Over), "0")
	}
	for i := 1; i < len(s); i++ {
		v.over(fmt.Sprintf("%s[%d].over", key, i+1), s[i].Over, s[i-1].Over)
	}
}

func (v *checker) ages(key string, ages []AgeRange) {
	for i, a := range ages {
		at := fmt.Sprintf("%s[%d]", key, i+1)
		if a.To < a.From {
			v.add(at+".to", num(a.To), "from ("+num(a.From)+") or more")
		}
		if i > 0 && a.From <= ages[i-1].To {
			v.add(at+".from", num(a.From), "more than to of the one before ("+num(ages[i-1].To)+")")
		}
	}
}

// ranges holds every single value to its tags, items of lists included.
func (v *checker) ranges(r *Rules) {
	for _, k := range Keys() {
		v.value(k.Name, k, reflect.ValueOf(r).Elem().FieldByIndex(k.index))
	}
}

func (v *checker) value(at string, k Key, x reflect.Value) {
	switch x.Kind() {
	case reflect.Int64:
		v.within(at, k, float64(x.Int()))
	case reflect.Float64:
		v.within(at, k, x.Float())
	case reflect.String:
		if k.Enum != nil && !slices.Contains(k.Enum, x.String()) {
			v.add(at, strconv.Quote(x.String()), k.Range())
		}
	case reflect.Slice:
		for i := range x.Len() {
			for _, f := range k.Fields {
				v.value(fmt.Sprintf("%s[%d].%s", at, i+1, f.Name), f, x.Index(i).FieldByIndex(f.index))
			}
		}
	}
}

func (v *checker) within(at string, k Key, x float64) {
	if !(x >= k.Min && x <= k.Max) { // also NaN
		v.add(at, format(x), k.Range())
	}
}

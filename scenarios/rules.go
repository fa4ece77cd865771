package scenarios

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"gohyang/sim/law"
)

// RulesFor returns the law of a year of the run with all overlays in force, and where each key's value comes from.
func (s *Scenario) RulesFor(year int) (law.Rules, map[string]Origin, error) {
	i := year - s.since
	if i < 0 || i >= len(s.rules) {
		return law.Rules{}, nil, fmt.Errorf("scenario %s: year %d is outside the run, %d to %d", s.Name, year, s.since, s.Run.Years[1])
	}
	return s.rules[i].rules, s.rules[i].origins, nil
}

// laws computes the law of every year of the run, reporting overlays that do not fit. The error is a fault of the shipped law files.
func (l *loader) laws(s *Scenario, overlays []overlay) error {
	foreign, err := readBook(other(s.Country))
	if err != nil {
		return err
	}
	for year := s.since; year <= s.Run.Years[1]; year++ {
		rules, from, err := s.country.book.Rules(max(year, s.country.launch())) // before the scheme nobody gives, and only the taxes of its first year count
		if err != nil {
			l.add(Fault{At: s.origins["run.years"], Key: "run.years", Got: fmt.Sprintf("the year %d", year), Want: "years that the law covers", Hint: err.Error()})
			return nil
		}
		y := yearRules{rules: rules, origins: map[string]Origin{}, setBy: map[string]setter{}}
		for key, o := range from {
			y.origins[key] = lawOrigin(o)
		}
		before := len(l.faults)
		for _, o := range overlays {
			if o.whole && o.In(year) {
				b := s.country.book
				if o.Law == other(s.Country) {
					b = foreign
				}
				l.apply(&y, o, b, s.Country, year)
			}
		}
		if len(l.faults) == before {
			l.fit(&y)
		}
		s.rules = append(s.rules, y)
	}
	s.homeShares()
	return nil
}

// homeShares warns of years in which redistribution.home_share, a share of what is given, and the costs that the law allows come to more than is given: recipients then
// pay from other money. Where costs together have no limit, those of gifts and operation count.
func (s *Scenario) homeShares() {
	for i, y := range s.rules {
		r := &y.rules
		costs := min(r.Cost.Limit, r.Gift.Limit+r.Cost.Operating)
		if costs < 1 && r.Redistribution.HomeShare+costs > 1 {
			s.Warnings = append(s.Warnings, fmt.Sprintf("redistribution.home_share = %v from %d: with costs of up to %v of donations, which the law allows, recipients may pass on more than they keep",
				r.Redistribution.HomeShare, s.since+i, math.Round(costs*1000)/1000))
			return
		}
	}
}

// lawOrigin turns the law's origin into one of the sheet.
func lawOrigin(o law.Origin) Origin {
	src := o.Article
	if o.Source != "" {
		src += " (" + o.Source + ")"
	}
	if !o.Verified {
		src += "; memory, unverified"
	}
	return Origin{Source: src, At: Position{File: o.File, Line: o.Line}}
}

// setter is the place that set a lever last.
type setter struct {
	node  *node // the lever's value
	whole bool  // the node is the value itself, not the overlay's law key
}

// apply lays an overlay over the rules of a year.
func (l *loader) apply(y *yearRules, o overlay, b *law.Book, home law.Country, year int) {
	if o.Law != "" {
		l.take(y, o, b, home, year)
	}
	for i, c := range o.Changes {
		if err := y.rules.Set(c.Key, c.Value); err != nil {
			l.lawFaults(err, c.Key, o.values[i])
			continue
		}
		y.origins[c.Key] = Origin{Source: overlaySource(o), At: c.Where}
		y.setBy[c.Key] = setter{node: o.values[i], whole: true}
	}
	y.last = o.Where
}

// fit checks that the rules of a year fit together once all overlays have applied. A fault stands where its lever was set last, or at the last overlay.
func (l *loader) fit(y *yearRules) {
	for _, err := range y.rules.Validate() {
		var f *law.Fault
		if !errors.As(err, &f) {
			f = &law.Fault{Got: err.Error(), Want: "rules that fit together"}
		}
		lever, _, _ := strings.Cut(f.Key, "[")
		at := y.last
		if s, ok := y.setBy[lever]; ok && s.whole {
			at = inside(s.node, lever, f.Key)
		} else if ok {
			at = s.node.at
		}
		l.add(Fault{At: at, Key: "policy." + f.Key, Got: f.Got, Want: f.Want, Hint: f.Hint})
	}
}

// overlaySource says who wants an overlay.
func overlaySource(o overlay) string {
	if o.Note == "" {
		return "scenario"
	}
	return "scenario: " + o.Note
}

// lawFaults locates the faults of one lever's value.
func (l *loader) lawFaults(err error, lever string, n *node) {
	var fs law.Faults
	if !errors.As(err, &fs) {
		l.add(Fault{At: n.at, Key: "policy." + lever, Got: err.Error(), Want: "a value of the lever"})
		return
	}
	for _, f := range fs {
		l.add(Fault{At: inside(n, lever, f.Key), Key: "policy." + f.Key, Got: f.Got, Want: f.Want, Hint: f.Hint})
	}
}

// take sets every lever to the law of o.Law, money converted at o.LawRate. The tax code stays: it belongs to the taxpayers. Lists of government codes stay too:
// they name places of the other country. The pool of the allocation tax stays as well when the law is the other country's: it is part of fiscal equalisation, which a law of
// donations does not bring along.
func (l *loader) take(y *yearRules, o overlay, b *law.Book, home law.Country, year int) {
	rate := o.LawRate
	switch {
	case o.Law == home && o.LawYear == 0:
		l.add(Fault{At: o.node.key("law"), Key: "policy.law", Got: fmt.Sprintf("%q", o.Law), Want: "law_year with the country's own law"})
		return
	case o.Law == home && rate == 0:
		rate = 1
	case rate == 0:
		l.add(Fault{At: o.node.key("law"), Key: "policy.law_rate", Got: "nothing", Want: "own currency per unit of the other country's, such as 9.0 won per yen"})
		return
	}
	at := year
	if o.LawYear != 0 {
		at = o.LawYear
	}
	rules, from, err := b.Rules(at)
	if err != nil {
		l.add(Fault{At: o.node.key("law_year"), Key: "policy.law_year", Got: fmt.Sprintf("the year %d", at), Want: fmt.Sprintf("a year that the law of %s covers", o.Law)})
		return
	}
	for _, k := range law.Keys() {
		if strings.HasPrefix(k.Name, "tax.") || k.Type == "list of text" || o.Law != home && strings.HasPrefix(k.Name, "compensation.pool") {
			continue
		}
		v, _ := rules.Get(k.Name)
		if err := y.rules.Set(k.Name, convert(v, k, rate)); err != nil {
			l.add(Fault{At: o.node.key("law"), Key: "policy.law", Got: err.Error(), Want: "a law that fits at this law_rate"})
			continue
		}
		src := lawOrigin(from[k.Name])
		y.setBy[k.Name] = setter{node: o.node}
		y.origins[k.Name] = Origin{Source: fmt.Sprintf("law of %s in %d at %v: %s", o.Law, at, rate, src.Source), At: o.node.key("law")}
	}
}

// convert multiplies a lever's money by rate, in the form law.Rules.Set takes. Shares, counts, switches and texts stay.
func convert(v any, k law.Key, rate float64) any {
	switch v := v.(type) {
	case int64:
		return money(v, k.Unit, rate)
	case []law.Tier:
		list := make([]any, len(v))
		for i, t := range v {
			list[i] = map[string]any{"upto": money(t.Upto, k.Fields[0].Unit, rate), "rate": t.Rate}
		}
		return list
	default:
		return v
	}
}

// money converts an amount if the unit is money, to whole won or yen.
func money(v int64, unit string, rate float64) int64 {
	if !strings.HasPrefix(unit, "money") {
		return v
	}
	return int64(math.Round(min(float64(v)*rate, 1e15)))
}

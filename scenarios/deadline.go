package scenarios

import (
	"slices"

	"gohyang/sim/giving"
	"gohyang/sim/law"
)

// offered are the levers of what a donation brings beside the relief.
func offered() []string {
	return []string{"gift.limit", "cost.limit", "cost.operating", "platform.fee", "platform.points"}
}

// deadlines are the days within each simulated year from which the law already holds that the model sees from the next year on (law.InForce): donors who know
// the day may give before it (E10). An overlay holds by whole years, so a lever that one sets in either year has no such day.
func (s *Scenario) deadlines() ([]giving.Deadline, error) {
	out := make([]giving.Deadline, len(s.rules))
	for i, y := range s.rules {
		next := y.rules
		for _, key := range offered() {
			_, set := y.setBy[key]
			if i+1 < len(s.rules) && !set {
				_, set = s.rules[i+1].setBy[key]
			}
			v := s.country.dated(key, s.since+i)
			if set || v == nil {
				continue
			}
			if err := next.Set(key, v.Value); err != nil {
				return nil, err
			}
			before, _ := y.rules.Get(key)
			if after, _ := next.Get(key); after == before {
				continue // the same number with another meaning
			}
			if m := int(v.From.Month()); out[i].Month == 0 || m < out[i].Month {
				out[i].Month = m
			}
			out[i].Next = &next
		}
	}
	return out, nil
}

// dated is the value of a rule that takes force after 1 July of a year and before its end and still holds on the next 1 July; nil if there is none.
func (c country) dated(key string, year int) *law.Value {
	at := slices.IndexFunc(c.book.Series, func(s law.Series) bool { return s.Key == key })
	if at < 0 {
		return nil
	}
	v := c.book.Series[at].At(law.InForce(year + 1))
	if v == nil || v.From.Year() != year || !v.From.After(law.InForce(year)) {
		return nil
	}
	return v
}

package law

// Standing is what the law's special rates make of a recipient.
type Standing uint8

// The standings, in the order in which donations fill the slices of a credit of kind tiers.
const (
	Ordinary  Standing = iota
	Declining          // depopulation area under credit.declining_rate (R3)
	Struck             // special disaster area within its months under disaster.rate (L12)
	standings
)

// Split is a year's donations by standing of the recipients.
type Split [standings]int64

// Standing is that of a recipient. Of two rates the higher one counts.
func (l *Law) Standing(declining, struck bool) Standing {
	bonus, boost := l.Rules.Credit.Declining, l.Rules.Disaster.Rate
	switch {
	case struck && boost > 0 && !(declining && bonus > boost):
		return Struck
	case declining && bonus > 0:
		return Declining
	}
	return Ordinary
}

func (s Split) total() (sum int64) {
	for _, part := range s {
		sum += part
	}
	return sum
}

// within holds the donations to a trillion and to the cap (0 = none); what lies above is taken off the ordinary ones first.
func (s Split) within(limit int64) Split {
	if limit == 0 {
		limit = most
	}
	for k := len(s) - 1; k >= 0; k-- {
		s[k] = min(clamp(s[k]), limit)
		limit -= s[k]
	}
	return s
}

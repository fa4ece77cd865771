package giving

import (
	"math"

	"gohyang/sim/law"
)

// Firms is what corporations gave in a year, in whole won or yen (L16).
type Firms struct {
	Received []int64      // by place
	Relief   []law.Relief // by province of the corporations: what the deduction saves them
}

// Firms lets corporations give where the law admits them: those of a province a share of its local tax, which stands for the size of its business, to recipients
// in other provinces in proportion to last year's receipts from persons. How much corporations would give and where is known of no such system (judgement).
func (m *Market) Firms(l *law.Law) Firms {
	n := len(m.places) - m.towns
	f := Firms{make([]int64, len(m.places)), make([]law.Relief, n)}
	if !l.Rules.Donors.Corporations {
		return f
	}
	tax := make([]int64, n)
	for i := range m.places {
		tax[m.places[i].Province] += m.places[i].LocalTax
	}
	c := &m.params.Corporate
	for r := range tax {
		if given := m.spread(f.Received, r, int64(math.Round(c.Rate*float64(tax[r])))); given > 0 {
			f.Relief[r] = law.Relief{State: int64(c.State * float64(given)), Province: int64(c.Local * float64(given))}
		}
	}
	return f
}

// spread adds an amount from one province to the receipts of allowed places outside it and returns what found a recipient: all of it, or nothing. The parts sum
// exactly, by rounding the running sum.
func (m *Market) spread(received []int64, province int, amount int64) int64 {
	sum := 0.0
	weight := func(i int) float64 {
		if m.barred[i] || m.places[i].Province == province {
			return 0
		}
		return m.share[i]
	}
	for i := range m.places {
		sum += weight(i)
	}
	if sum == 0 {
		return 0
	}
	acc, given := 0.0, int64(0)
	for i := range m.places {
		acc += weight(i)
		upto := int64(math.Floor(float64(float64(amount)*(acc/sum)) + 0.5))
		received[i] += upto - given
		given = upto
	}
	return given
}

package giving

import (
	"gohyang/sim/draw"
	"gohyang/sim/law"
)

// list lets places enter the private portals (E12, L9). Nobody leaves while the portals work.
func (m *Market) list(seed uint64, year int, first bool, r *law.Rules) {
	p := &m.params.Listing
	if !r.Platform.Private || int64(year) < p.From {
		m.open = false
		clear(m.listed)
		return
	}
	key := draw.Key(seed, year, draw.List)
	for i := range m.listed {
		chance := p.Start
		switch {
		case first:
			chance = 1
		case m.open:
			chance = 1 - draw.Exp(-(p.Enter + float64(p.Loss*m.lost[i]) + float64(p.Peers*m.gained[m.places[i].Province])))
		}
		m.listed[i] = m.listed[i] || draw.At(uint64(i)*draw.Golden, key) < draw.Fix(chance) || chance >= 1
	}
	m.open = true
}

// Listed is the share of recipients on private portals.
func (m *Market) Listed() float64 {
	on, all := 0, 0
	for i := range m.places {
		if m.places[i].Recipient {
			all++
			if m.listed[i] {
				on++
			}
		}
	}
	if all == 0 {
		return 0
	}
	return float64(on) / float64(all)
}

// Felt tells the market what each place lost and gained in the year, in real won or yen: tax given up for residents' donations, and donations received. Both
// count as shares of the place's own tax, at most one; next year's entrants look at them.
func (m *Market) Felt(borne, received []int64, l *law.Law) {
	sum, n := make([]float64, len(m.gained)), make([]float64, len(m.gained))
	for i := range m.places {
		p := &m.places[i]
		m.lost[i] = 0
		if p.LocalTax <= 0 {
			continue
		}
		own := float64(p.LocalTax)
		m.lost[i] = min(float64(borne[i])/own, 1)
		if m.listed[i] && p.Recipient {
			gift, fee, operate := m.Costs(i, l)
			sum[p.Province] += min(float64(float64(received[i])*max(1-gift-fee-operate, 0))/own, 1)
			n[p.Province]++
		}
	}
	for r := range m.gained {
		m.gained[r] = 0
		if n[r] > 0 {
			m.gained[r] = sum[r] / n[r]
		}
	}
}

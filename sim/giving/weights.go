package giving

import (
	"gohyang/sim/draw"
	"gohyang/sim/law"
)

// tables rebuilds the reference tables: only what no policy can change.
func (m *Market) tables() {
	quality := make([]float64, len(m.xi))
	for i, x := range m.xi {
		if m.places[i].Recipient {
			quality[i] = draw.Exp(m.level[i] + x)
		}
	}
	n := len(m.places)
	m.market = draw.NewChooser(1, n, func(_, i int) float64 { return quality[i] })
	m.nearby = draw.NewChooser(len(m.near), n, func(r, i int) float64 { return float64(quality[i] * m.near[r][i]) })
	decline := m.params.Choice.Decline
	m.cause = draw.NewChooser(1, n, func(_, i int) float64 {
		if m.places[i].Declining {
			return float64(quality[i] * decline)
		}
		return quality[i]
	})
}

// ratios sets what policy and events change: gifts, promotion, portals, exclusion, disasters, projects.
func (m *Market) ratios(l *law.Law, pulls []Pull) {
	n := len(m.places)
	market, open, cause := make([]float64, n), make([]float64, n), make([]float64, n)
	slope := float64(m.params.Choice.GiftWeight * m.params.Amount.GiftValue)
	for i := range n {
		m.struck[i], m.force[i] = 0, 0
		if m.barred[i] {
			continue
		}
		pull := float64(slope*(m.gift[i]-reference)) + m.effort[i] + m.lasting[i]
		if m.open && !m.listed[i] {
			pull -= m.params.Listing.Appeal
		}
		market[i] = draw.Exp(pull)
		open[i] = draw.Exp(m.lasting[i])
		cause[i] = open[i]
	}
	for _, p := range pulls {
		cause[p.Place] *= p.Factor
		if p.Month > 0 {
			m.struck[p.Place] = uint8(p.Month)
		}
		m.force[p.Place] += p.Force
	}
	m.market.SetRatios(market)
	m.nearby.SetRatios(open)
	m.cause.SetRatios(cause)
}

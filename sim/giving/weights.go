package giving

import (
	"slices"

	"gohyang/sim/draw"
	"gohyang/sim/law"
)

// tables rebuilds the reference tables: only what no policy can change.
func (m *Market) tables() {
	quality := m.quality
	for i, x := range m.xi {
		if quality[i] = 0; m.places[i].Recipient {
			quality[i] = draw.Exp(m.level[i] + x)
		}
	}
	n := len(m.places)
	m.market = draw.NewChooser(1, n, func(_, i int) float64 { return quality[i] })
	m.nearby = draw.NewChooser(len(m.near), n, func(r, i int) float64 { return float64(quality[i] * m.near[r][i]) })
	m.cause = draw.NewChooser(1, n, func(_, i int) float64 { return float64(quality[i] * m.decline(i)) })
}

// ratios sets what policy and events change: gifts, promotion, portals, exclusion, disasters, projects.
func (m *Market) ratios(l *law.Law, pulls []Pull) {
	a := &m.appeal
	clear(a.gift)
	clear(a.tie)
	clear(a.cause)
	slope := float64(m.params.Choice.GiftWeight * m.params.Amount.GiftValue)
	for i := range m.places {
		m.struck[i], m.force[i] = 0, 0
		if m.barred[i] {
			continue
		}
		pull := float64(slope*(m.gift[i]-reference)) + m.effort[i] + m.lasting[i]
		if m.open && !m.listed[i] {
			pull -= m.params.Listing.Appeal
		}
		a.gift[i] = draw.Exp(pull)
		a.tie[i] = draw.Exp(m.lasting[i])
		a.cause[i] = a.tie[i]
	}
	for _, p := range pulls {
		a.cause[p.Place] *= p.Factor
		if p.Month > 0 {
			m.struck[p.Place] = uint8(p.Month)
		}
		m.force[p.Place] += p.Force
	}
	m.market.SetRatios(a.gift)
	m.nearby.SetRatios(a.tie)
	m.cause.SetRatios(a.cause)
	for i := range a.cause {
		a.cause[i] *= m.decline(i)
	}
	m.origins()
}

// origins tabulates how many tie donors give to their place of origin, by province of residence.
func (m *Market) origins() {
	if m.homing == nil {
		m.homing = make([][]uint32, len(m.near))
	}
	for r, near := range m.near {
		m.homing[r] = slices.Grow(m.homing[r][:0], len(near))[:len(near)]
		sum := 0.0
		for i, d := range near {
			sum += float64(float64(m.quality[i]*m.appeal.tie[i]) * d)
		}
		for i, d := range near {
			m.homing[r][i] = uint32(m.drawn(float64(float64(m.quality[i]*m.appeal.tie[i])*d), sum) * 65536)
		}
	}
}

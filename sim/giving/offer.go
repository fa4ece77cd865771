package giving

import (
	"math"

	"gohyang/sim/draw"
	"gohyang/sim/law"
)

// offer lets a share of places move their gift ratio towards the best response, others follow a peer, and holds all to the law's limits on gifts and on costs
// (E12, L5, L6). What the limit keeps places from giving, they put into promotion (E13).
func (m *Market) offer(seed uint64, year int, first bool, r *law.Rules) {
	if first {
		m.limit = r.Gift.Limit
	}
	key := draw.Key(seed, year, draw.Respond)
	slope := float64(m.params.Choice.GiftWeight * m.params.Amount.GiftValue)
	leads := m.leaders()
	follow := draw.Key(seed, year, draw.Imitate)
	sum, weight := 0.0, 0.0
	wanted := append([]float64(nil), m.gift...)
	for i := range m.gift {
		fee, operate := m.overhead(i, r)
		room := m.room(i, r)
		if !first && slope > 0 && draw.Unit(draw.At(uint64(i)*draw.Golden, key)) < m.params.Quality.Respond {
			best := max(1-operate-fee-1/float64(slope*(1-min(m.share[i], 0.9))), 0)
			wanted[i] += float64(m.params.Quality.Adjust * (best - m.gift[i]))
			m.promote(i, wanted[i], best, room, 1-operate-fee, r)
		} else if !first && draw.Unit(draw.At(uint64(i)*draw.Golden, follow)) < m.params.Quality.Imitate {
			wanted[i] += float64(m.params.Quality.Adjust * (m.gift[leads[m.peers(i)]] - m.gift[i]))
		}
	}
	for i := range m.gift {
		m.gift[i] = min(wanted[i], r.Gift.Limit, m.room(i, r))
		m.spend(i, r)
		sum += float64(m.gift[i] * m.share[i])
		weight += m.share[i]
	}
	m.adverts = 0
	if weight > 0 {
		m.adverts = sum / weight
	}
}

// room is the gift on offer that the law's cost limit leaves after fees and operation (L6).
func (m *Market) room(i int, r *law.Rules) float64 {
	if m.params.Quality.TakeUp <= 0 {
		return 1
	}
	fee, operate := m.overhead(i, r)
	return max(r.Cost.Limit-fee-operate, 0) / m.params.Quality.TakeUp
}

// peer is a group of places that look at one another.
type peer struct {
	province int
	class    string
}

func (m *Market) peers(i int) peer { return peer{m.places[i].Province, m.places[i].Class} }

// leaders are the places of each group that received most last year.
func (m *Market) leaders() map[peer]int {
	best := map[peer]int{}
	for i := range m.places {
		p := m.peers(i)
		if j, ok := best[p]; !ok || m.share[i] > m.share[j] {
			best[p] = i
		}
	}
	return best
}

// promote moves a re-optimising place's promotion towards the best response to a limit that keeps its gift from where the limit of the run's first year would
// let it go (E13). rest is what a won or yen leaves before the gift.
func (m *Market) promote(i int, wanted, best, room, rest float64, r *law.Rules) {
	q := &m.params.Quality
	effort, cost := 0.0, 0.0
	free, held := min(best, m.limit, room), min(best, r.Gift.Limit, room)
	if wanted > min(m.limit, r.Gift.Limit) && free != held && q.Effort > 0 {
		own := 1 - min(m.share[i], 0.9)
		before, after := campaign(q.Effort, own, rest-free), campaign(q.Effort, own, rest-held)
		effort = after - before
		cost = float64(float64(after*after)-float64(before*before)) / float64(2*q.Effort)
	}
	m.effort[i] += float64(q.Adjust * (effort - m.effort[i]))
	m.promo[i] += float64(q.Adjust * (cost - m.promo[i]))
}

// campaign is the log appeal a that maximises (margin - a^2/(2 theta)) exp(own a), own = 1 - market share: the root of own a^2/2 + a = theta own margin.
func campaign(theta, own, margin float64) float64 {
	return (math.Sqrt(1+float64(float64(2*theta)*float64(float64(own*own)*max(margin, 0)))) - 1) / own
}

// spend holds promotion to what the law leaves for operation and for costs in all (L6).
func (m *Market) spend(i int, r *law.Rules) {
	if m.promo[i] <= 0 {
		return
	}
	fee, operate := m.overhead(i, r)
	left := r.Cost.Limit - fee - operate - float64(m.gift[i]*m.params.Quality.TakeUp)
	if left = max(min(left, r.Cost.Operating-operate), 0); m.promo[i] > left {
		m.effort[i] = float64(m.effort[i] * (left / m.promo[i]))
		m.promo[i] = left
	}
}

// Costs are the shares of a place's receipts that go to gifts actually ordered, to portals and payment, and to shipping, publicity and administration.
func (m *Market) Costs(place int, l *law.Law) (gift, fee, operate float64) {
	fee, operate = m.overhead(place, &l.Rules)
	return float64(m.gift[place] * m.params.Quality.TakeUp), fee, max(operate+m.promo[place], 0)
}

// overhead is what raising a won or yen costs beside the gift: fees where a place lists on private portals, or by law, and operation within the law's limit
// for it, promotion under the limits of the run's first year included.
func (m *Market) overhead(i int, r *law.Rules) (fee, operate float64) {
	if m.open && m.listed[i] {
		fee = m.params.Quality.Fee
	}
	return max(fee, r.Platform.Fee), min(m.params.Quality.Operate, r.Cost.Operating)
}

// under is the mean gift ratio that the places could go on offering under other rules, weighted as Advertised.
func (m *Market) under(r *law.Rules) float64 {
	sum, weight := 0.0, 0.0
	for i, s := range m.share {
		sum += float64(min(m.gift[i], r.Gift.Limit, m.room(i, r)) * s)
		weight += s
	}
	if weight == 0 {
		return 0
	}
	return sum / weight
}

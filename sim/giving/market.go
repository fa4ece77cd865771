package giving

import (
	"math"

	"gohyang/sim/draw"
	"gohyang/sim/law"
	"gohyang/sim/towns"
)

// Start is what the run starts from: observed receipts and donors.
type Start struct {
	Receipts []float64 // by place: receipts of the base year, won or yen; only their shares count
	Donors   []float64 // by town: share of adults who were donors in the year before the run; nil where the scheme starts with it
	Launch   int       // first year of the scheme; before it nobody gives
}

// Pull is a time-limited attraction of one place for empathy donors.
type Pull struct {
	Place  int
	Month  int     // month of a disaster, 1..12; 0 = no month of its own
	Factor float64 // weight relative to the usual, >= 1
}

// reference gift ratio at which a place's weight equals its reference weight.
const reference = 0.3

// Market is the state of the places that donors choose from.
type Market struct {
	params  *Params
	places  []towns.Place
	towns   int       // residence units come first
	level   []float64 // mean log quality of the place's class at the start
	xi      []float64 // log quality, deviation from the level of the class
	gift    []float64 // gift ratio on offer
	share   []float64 // share of last year's receipts
	near    [][]float64
	barred  []bool
	market  *draw.Chooser // one row
	nearby  *draw.Chooser // a row per province of residence
	cause   *draw.Chooser // one row
	struck  []uint8       // by place: month of this year's disaster, 0 = none
	adverts float64       // mean gift ratio, weighted by last year's receipts
}

// NewMarket starts the places from observed receipts. A place with none gets a tenth of the smallest positive share: it is not excluded, only unknown.
func NewMarket(p *Params, places []towns.Place, numTowns, provinces int, s *Start) *Market {
	m := &Market{params: p, places: places, towns: numTowns, level: make([]float64, len(places)), xi: make([]float64, len(places)),
		gift: make([]float64, len(places)), share: make([]float64, len(places)), barred: make([]bool, len(places)), struck: make([]uint8, len(places))}
	least, sum := 0.0, 0.0
	for i, r := range s.Receipts {
		if r > 0 && places[i].Recipient && (least == 0 || r < least) {
			least = r
		}
	}
	for i := range places {
		if !places[i].Recipient {
			continue
		}
		m.share[i] = max(s.Receipts[i], least/10)
		if least == 0 {
			m.share[i] = 1
		}
		sum += m.share[i]
	}
	for i := range m.share {
		m.share[i] /= sum
		m.gift[i] = p.Quality.Start
	}
	m.invert()
	m.near = nearness(places, numTowns, provinces, p.Choice.Distance)
	return m
}

// invert reads log quality off the observed shares: the mean of a class of places (Korea's depopulation areas are classes of their own) and the deviation
// from it. Deviations fade at the rate of E9, class differences stay.
func (m *Market) invert() {
	type class struct {
		name      string
		declining bool
	}
	type mean struct{ sum, n float64 }
	means := map[class]mean{}
	of := func(i int) class { return class{m.places[i].Class, m.places[i].Declining} }
	for i, s := range m.share {
		if s > 0 {
			a := means[of(i)]
			means[of(i)] = mean{a.sum + draw.Log(s), a.n + 1}
		}
	}
	for i, s := range m.share {
		if s > 0 {
			a := means[of(i)]
			m.level[i] = a.sum / a.n
			m.xi[i] = draw.Log(s) - m.level[i]
		}
	}
}

// nearness is the distance weight (1+d)^-b_d of every place for residents of a province, d from the seat of the province's government in km.
func nearness(places []towns.Place, numTowns, provinces int, decay float64) [][]float64 {
	w := make([][]float64, provinces)
	for r := range w {
		w[r] = make([]float64, len(places))
		for i := range places {
			w[r][i] = draw.Exp(float64(-decay * draw.Log(1+towns.Distance(&places[numTowns+r], &places[i]))))
		}
	}
	return w
}

// Prepare moves the market to a year: quality shocks, gift ratios under the year's law, barred places, pulls, and the tables donors draw from.
func (m *Market) Prepare(seed uint64, year int, first bool, l *law.Law, pulls []Pull) {
	m.bar(l.Rules.Gift.Exclude)
	m.offer(seed, year, first, l)
	if !first {
		m.age(seed, year)
	}
	m.tables()
	m.ratios(l, pulls)
}

func (m *Market) bar(codes []string) {
	for i := range m.places {
		m.barred[i] = !m.places[i].Recipient
		for _, c := range codes {
			m.barred[i] = m.barred[i] || m.places[i].Code == c
		}
	}
}

// age moves log quality by one year (E9).
func (m *Market) age(seed uint64, year int) {
	key := draw.Key(seed, year, draw.Quality)
	q := &m.params.Quality
	for i := range m.xi {
		z := draw.Quantile((float64(draw.At(uint64(i)*draw.Golden, key)>>12) + 0.5) / (1 << 52))
		m.xi[i] = float64(q.Persist*m.xi[i]) + float64(q.Shock*z)
	}
}

// offer lets a share of places move their gift ratio towards the best response and holds all to the law's limits on gifts and on costs (E12, L5, L6).
func (m *Market) offer(seed uint64, year int, first bool, l *law.Law) {
	q := &m.params.Quality
	key := draw.Key(seed, year, draw.Respond)
	slope := float64(m.params.Choice.GiftWeight * m.params.Amount.GiftValue)
	fee, operate := m.overhead(l)
	room := 1.0 // gifts on offer that the law's cost limit leaves after fees and operation (L6)
	if q.TakeUp > 0 {
		room = max(l.Rules.Cost.Limit-fee-operate, 0) / q.TakeUp
	}
	sum, weight := 0.0, 0.0
	for i := range m.gift {
		if !first && slope > 0 && draw.Unit(draw.At(uint64(i)*draw.Golden, key)) < q.Respond {
			best := 1 - operate - fee - 1/float64(slope*(1-min(m.share[i], 0.9)))
			m.gift[i] += float64(q.Adjust * (max(best, 0) - m.gift[i]))
		}
		m.gift[i] = min(m.gift[i], l.Rules.Gift.Limit, room)
		sum += float64(m.gift[i] * m.share[i])
		weight += m.share[i]
	}
	m.adverts = 0
	if weight > 0 {
		m.adverts = sum / weight
	}
}

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

// ratios sets what policy and events change: gifts, exclusion, disasters, projects.
func (m *Market) ratios(l *law.Law, pulls []Pull) {
	n := len(m.places)
	market, open, cause := make([]float64, n), make([]float64, n), make([]float64, n)
	slope := float64(m.params.Choice.GiftWeight * m.params.Amount.GiftValue)
	for i := range n {
		m.struck[i] = 0
		if m.barred[i] {
			continue
		}
		market[i] = draw.Exp(float64(slope * (m.gift[i] - reference)))
		open[i], cause[i] = 1, 1
	}
	for _, p := range pulls {
		cause[p.Place] *= p.Factor
		m.struck[p.Place] = uint8(p.Month)
	}
	m.market.SetRatios(market)
	m.nearby.SetRatios(open)
	m.cause.SetRatios(cause)
}

// Received tells the market what each place received in the year, for next year's shares.
func (m *Market) Received(amount []int64) {
	sum := 0.0
	for _, a := range amount {
		sum += float64(a)
	}
	if sum == 0 {
		return
	}
	for i, a := range amount {
		m.share[i] = float64(a) / sum
	}
}

// Gift is the gift ratio a place offers.
func (m *Market) Gift(place int) float64 { return m.gift[place] }

// Advertised is the mean gift ratio on offer, weighted by last year's receipts.
func (m *Market) Advertised() float64 { return m.adverts }

// Costs are the shares of a place's receipts that go to gifts actually ordered, to portals and payment, and to shipping, publicity and administration.
func (m *Market) Costs(place int, l *law.Law) (gift, fee, operate float64) {
	fee, operate = m.overhead(l)
	return float64(m.gift[place] * m.params.Quality.TakeUp), fee, operate
}

// overhead is what raising a won or yen costs beside the gift: fees where private portals list, or by law, and operation within the law's limit for it.
func (m *Market) overhead(l *law.Law) (fee, operate float64) {
	if l.Rules.Platform.Private {
		fee = m.params.Quality.Fee
	}
	return max(fee, l.Rules.Platform.Fee), min(m.params.Quality.Operate, l.Rules.Cost.Operating)
}

// Digest is one number for the market's state.
func (m *Market) Digest() uint64 {
	h := uint64(0)
	for i := range m.xi {
		h = draw.Hash(h, math.Float64bits(m.xi[i]), math.Float64bits(m.gift[i]), math.Float64bits(m.share[i]))
	}
	return h
}

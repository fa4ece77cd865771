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
	Before   int64     // receipts of the nation in the last observed year before the run, won or yen; 0 = none
	Excluded string    // where residents were not allowed to give when these receipts came in, see residency.excluded of the law; "" = nowhere
	Givers   *Givers   // whose donations they are; nil = nothing is known, and shares are read as those of donors without ties

	Told map[int][]float64 // by year, by place: receipts that the market and its donors learn at the end of the year, see Market.Told; nil = none
}

// Pull is a time-limited attraction of one place for empathy donors.
type Pull struct {
	Place  int
	Month  int     // month of a disaster, 1..12; 0 = no month of its own
	Factor float64 // weight relative to the usual, >= 1
	Force  float64 // severity of a disaster, 1 = a Noto-sized shock
}

// reference gift ratio at which a place's weight equals its reference weight.
const reference = 0.3

// Market is the state of the places that donors choose from.
type Market struct {
	params   *Params
	places   []towns.Place
	towns    int       // residence units come first
	launch   int       // first year of the scheme
	level    []float64 // mean log quality of the place's class; it nears that of all places while the scheme is young
	mean     float64   // mean log quality of all places at the start
	xi       []float64 // log quality, deviation from the level of the class
	gift     []float64 // gift ratio on offer
	share    []float64 // share of last year's receipts
	limit    float64   // gift limit of the run's first year: the observed cost of operation contains the promotion under it
	effort   []float64 // log appeal by promotion beyond that (E13)
	promo    []float64 // what it costs, share of receipts
	open     bool      // private portals work
	listed   []bool    // on the portals (E12)
	lost     []float64 // share of own tax lost to other places last year
	gained   []float64 // by province: share of own tax that listed recipients kept of last year's donations, in the mean
	lasting  []float64 // log appeal left by disasters (E11)
	force    []float64 // severity of this year's disaster
	near     [][]float64
	givers   *Givers    // of the start, as many as the attention of their province makes of them
	excluded string     // of the start
	local    []float64  // by province: attention relative to the nation's, see attention.local
	tie      float64    // exp(b_tie) - 1, b_tie the utility of the place of origin
	homing   [][]uint32 // by province of residence and place of origin: chance that a tie donor gives there for that, of 65536
	quality  []float64  // of this year
	appeal   appeal     // of this year
	barred   []bool
	market   *draw.Chooser // one row
	nearby   *draw.Chooser // a row per province of residence
	cause    *draw.Chooser // one row
	struck   []uint8       // by place: month of this year's disaster, 0 = none
	adverts  float64       // mean gift ratio, weighted by last year's receipts
}

// NewMarket starts the places from observed receipts, see sharesOf.
func NewMarket(p *Params, places []towns.Place, numTowns, provinces int, s *Start) *Market {
	column := func() []float64 { return make([]float64, len(places)) }
	m := &Market{params: p, places: places, towns: numTowns, launch: s.Launch, level: column(), xi: column(), gift: column(), share: column(),
		effort: column(), promo: column(), lost: column(), lasting: column(), force: column(), gained: make([]float64, provinces),
		listed: make([]bool, len(places)), barred: make([]bool, len(places)), struck: make([]uint8, len(places)), excluded: s.Excluded, tie: 1,
		quality: column(), appeal: appeal{column(), column(), column()}}
	copy(m.share, sharesOf(s.Receipts, places))
	for i := range m.gift {
		m.gift[i] = p.Quality.Start
	}
	m.near = nearness(places, numTowns, provinces, p.Choice.Distance)
	m.local, m.givers = m.attention(s.Givers)
	m.alike()
	m.invert(m.barred, true)
	return m
}

// alike gives all places the appeal of quality alone.
func (m *Market) alike() {
	for i := range m.places {
		m.appeal.gift[i], m.appeal.tie[i], m.appeal.cause[i] = 1, 1, m.decline(i)
	}
}

// decline is what a place is to empathy donors relative to others.
func (m *Market) decline(i int) float64 {
	if m.places[i].Declining {
		return m.params.Choice.Decline
	}
	return 1
}

// invert reads log quality off the observed shares: the mean of a class of places (Korea's depopulation areas are classes of their own) and the deviation
// from it. Deviations fade at the rate of E9. Differences between classes fade so too while the scheme is young, and stay once it is mature: from 2008 to 2018 Japan's
// prefectures and designated cities fell from four and fifteen times the mean of all to a third of it and to about it, and from 2023 to 2024 the logs of Korea's
// class means drew together by 0.7 (K41). Barred places deviate by nothing and do not count.
func (m *Market) invert(barred []bool, start bool) {
	log := m.solve(barred, start)
	type class struct {
		name      string
		declining bool
	}
	type mean struct{ sum, n float64 }
	means, all := map[class]mean{}, mean{}
	of := func(i int) class { return class{m.places[i].Class, m.places[i].Declining} }
	for i, s := range m.share {
		if s > 0 && !barred[i] {
			a := means[of(i)]
			means[of(i)], all = mean{a.sum + log[i], a.n + 1}, mean{all.sum + log[i], all.n + 1}
		}
	}
	m.mean = all.sum / max(all.n, 1)
	for i, s := range m.share {
		a := means[of(i)]
		if s <= 0 || a.n == 0 {
			continue
		}
		m.level[i] = a.sum / a.n
		if m.xi[i] = log[i] - m.level[i]; barred[i] {
			m.xi[i] = 0
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
	m.list(seed, year, first, &l.Rules)
	m.offer(seed, year, first, &l.Rules)
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

// age moves log quality by one year, faster while the scheme is young (E9), and with it what last year's disasters left where there was a portal to give
// through again (E11).
func (m *Market) age(seed uint64, year int) {
	key := draw.Key(seed, year, draw.Quality)
	q := &m.params.Quality
	persist, shock := q.Persist, q.Shock
	mature := q.Young > 0 && int64(year-m.launch) >= q.Young
	if mature {
		persist, shock = q.Settled, q.Calm
	}
	for i := range m.xi {
		if !mature && m.level[i] != 0 {
			m.level[i] = m.mean + float64(persist*(m.level[i]-m.mean))
		}
		z := draw.Quantile((float64(draw.At(uint64(i)*draw.Golden, key)>>12) + 0.5) / (1 << 52))
		m.xi[i] = float64(persist*m.xi[i]) + float64(shock*z)
		m.lasting[i] = float64(persist * m.lasting[i])
		if m.open && m.listed[i] {
			m.lasting[i] += float64(m.params.Choice.Lasting * m.force[i])
		}
	}
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

// Digest is one number for the market's state.
func (m *Market) Digest() uint64 {
	h := draw.Hash(math.Float64bits(m.mean), math.Float64bits(m.tie), math.Float64bits(m.limit))
	flag := func(set bool) {
		bit := uint64(0)
		if set {
			bit = 1
		}
		h = draw.Mix(h ^ bit)
	}
	flag(m.open)
	for _, column := range [][]float64{m.level, m.xi, m.gift, m.share, m.effort, m.promo, m.lost, m.lasting, m.force, m.gained} {
		for _, x := range column {
			h = draw.Mix(h ^ math.Float64bits(x))
		}
	}
	for _, listed := range m.listed {
		flag(listed)
	}
	return h
}

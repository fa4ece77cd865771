package giving

import (
	"gohyang/sim/draw"
	"gohyang/sim/law"
	"gohyang/sim/people"
	"gohyang/sim/towns"
)

// Year holds everything the giving stages look up in one year. It is built once a year and read by all workers.
type Year struct {
	params   *Params
	tables   *tables
	classes  *classes
	earnings *people.Earnings
	market   *Market
	places   []towns.Place
	towns    int
	bands    *Bands
	incomeOf []uint8 // income band by class

	attend           [][AgeBands]uint64 // hazard by province and age band
	attendBound      [AgeBands]uint32
	lapse, forget    uint64
	leaveBound       uint32
	keyAttend        draw.Keys
	keyLapse         draw.Keys
	seed             uint64
	keyTraits        uint64
	keyAmount        uint64
	keyRecord        uint64
	month            [monthSteps]uint8 // month by quantile
	habit, origin    uint32            // of 65536
	ownTown, ownProv bool              // barred by residency (L7)
	bodies           int               // most recipients of a one-stop donor; 0 = any number
	filing           string
	relieved         int             // months of special relief for a disaster area (L12)
	least            [2][4096]uint32 // hassle of the easiest way to the relief by rank, for new and for last year's donors
}

// Yearly prepares years one after the other.
type Yearly struct {
	Params   *Params
	Places   []towns.Place
	Towns    int
	Market   *Market
	Earnings *people.Earnings
	Bands    *Bands
	Launch   int
	Seed     uint64
	tables   *tables
}

// Prepare builds the tables of a year. peers is the share of donors among adults last year, by province and age band.
func (f *Yearly) Prepare(year int, l *law.Law, peers [][AgeBands]float64) *Year {
	if f.tables == nil {
		f.tables = newTables(f.Params)
	}
	y := &Year{params: f.Params, tables: f.tables, earnings: f.Earnings, market: f.Market, places: f.Places, towns: f.Towns, bands: f.Bands}
	y.classes = newClasses(l, f.Params, f.Market.Advertised())
	y.incomeOf = make([]uint8, people.Classes)
	for c := range y.incomeOf {
		y.incomeOf[c] = uint8(bandOf(people.Gross(c), f.Bands.Income[:]))
	}
	y.hazards(l, peers, year, f.Launch)
	y.lapse, y.forget = draw.Fix(f.Params.Hassle.Lapse), draw.Fix(f.Params.Attention.Forget)
	y.leaveBound = draw.Bound(max(f.Params.Hassle.Lapse, f.Params.Attention.Forget))
	y.keyAttend = draw.NewKeys(f.Seed, year, draw.Attend)
	y.keyLapse = draw.NewKeys(f.Seed, year, draw.Lapse)
	y.seed = f.Seed
	y.keyTraits = draw.Key(f.Seed, 0, draw.Traits)
	y.keyAmount = draw.Key(f.Seed, year, draw.Amount)
	y.keyRecord = draw.Key(f.Seed, year, draw.Record)
	y.month = months(&f.Params.Timing)
	y.habit, y.origin = uint32(f.Params.Choice.Habit*65536), uint32(f.Params.Choice.Origin*65536)
	y.ownTown = l.Rules.Residency.Excluded != "none"
	y.ownProv = l.Rules.Residency.Excluded == "province"
	y.relieved = int(l.Rules.Disaster.Months)
	y.bodies, y.filing = int(l.Rules.Convenience.Bodies), l.Rules.Convenience.Filing
	for was := range y.least {
		for r := range y.least[was] {
			y.least[was][r] = clamp32(y.hassle(uint32(r)<<4, y.filing == "return", was == 1))
		}
	}
	return y
}

// hazards is E4 by province and age band. Before the first year of the scheme nobody considers donating.
func (y *Year) hazards(l *law.Law, peers [][AgeBands]float64, year, first int) {
	a := &y.params.Attention
	base := a.External
	if l.Rules.Platform.Private {
		base += a.Platform
	}
	if l.Rules.Promotion.Rule != "strict" {
		base += a.Promote
	}
	if year == first {
		base += a.Launch
	}
	y.attend = make([][AgeBands]uint64, len(peers))
	if year < first {
		return
	}
	for r := range peers {
		for b, share := range peers[r] {
			p := 1 - draw.Exp(-(base + float64(a.Peer*share)))
			y.attend[r][b] = draw.Fix(p)
			y.attendBound[b] = max(y.attendBound[b], draw.Bound(p))
		}
	}
}

// monthSteps is how finely the year is cut into months.
const monthSteps = 4096

// months is the month of each quantile of the year's records (E10).
func months(t *Timing) (out [monthSteps]uint8) {
	sum, from := 0.0, 0
	for m := range 12 {
		switch m {
		case 11:
			sum = 1
		case 9, 10:
			sum += t.Autumn / 2
		default:
			sum += (1 - t.December - t.Autumn) / 9
		}
		to := int(min(max(sum, 0), 1)*monthSteps + 0.5)
		for ; from < to; from++ {
			out[from] = uint8(m)
		}
	}
	return out
}

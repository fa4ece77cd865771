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
	month            [2][monthSteps]uint8 // month by quantile, of kink donors last
	turn             int                  // first month, from 0, of an offer that is worse; 12 = none
	pull             uint32               // of 65536 records due from then on that are made in the month before
	relation         [8]uint32            // by stage of the bond, of 65536
	habit            uint32               // of 65536
	previous         uint32               // of 65536
	ownTown, ownProv bool                 // barred by residency (L7)
	bodies           int                  // most recipients of a one-stop donor; 0 = any number
	filing           string
	tiers            bool            // the credit is by tiers, so that relief does not depend on how it is claimed
	special          bool            // recipients of some standing have a rate of their own (R3, L12)
	declining        float64         // share of declining places among what gift donors choose, where they have a rate of their own (R3)
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
}

// Deadline is a dated change of the law within a year that the rest of the model sees from the next year on (law.InForce).
type Deadline struct {
	Month int        // 1..12: the first month under the new rules; 0 = no change within the year
	Next  *law.Rules // next year's rules: what they leave of gifts and points counts
}

// Prepare builds the tables of a year. peers is the share of donors among adults last year, by province and age band; the deadline is nil if none is known.
func (f *Yearly) Prepare(year int, l *law.Law, peers [][AgeBands]float64, due *Deadline) *Year {
	y := &Year{params: f.Params, tables: newTables(f.Params, year == f.Launch), earnings: f.Earnings, market: f.Market, places: f.Places, towns: f.Towns, bands: f.Bands}
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
	y.timing(l, due, year == f.Launch)
	y.habit = uint32(f.Params.Choice.Habit * 65536)
	y.previous = uint32(f.Params.Choice.Previous * 65536)
	y.ownTown = l.Rules.Residency.Excluded != "none"
	y.ownProv = l.Rules.Residency.Excluded == "province"
	for s := range y.relation {
		if s >= visitor {
			y.relation[s] = uint32(float64(min(s, 5)) / 5 * f.Params.Choice.Relation * 65536)
		}
	}
	y.prefer(l)
	y.tiers = !y.classes.ceiling()
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
	if y.market.open {
		base += float64(a.Platform * y.market.Listed())
	}
	if l.Rules.Promotion.Rule != "strict" {
		base += a.Promote
	}
	if year == first {
		base += a.Launch
	}
	if s := &y.params.Shock; s.Push != 0 && s.From <= int64(year) && int64(year) <= s.Until {
		base = max(base+s.Push, 0)
	}
	y.attend = make([][AgeBands]uint64, len(peers))
	if year < first {
		return
	}
	for r := range peers {
		for b, share := range peers[r] {
			p := 1 - draw.Exp(-(float64(base*y.market.local[r]) + float64(a.Peer*share)))
			y.attend[r][b] = draw.Fix(p)
			y.attendBound[b] = max(y.attendBound[b], draw.Bound(p))
		}
	}
}

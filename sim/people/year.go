package people

import (
	"math"

	"gohyang/sim/draw"
)

// infantShare is the share of the first year of life's death risk that falls in the calendar year of birth (judgement, see the package comment).
const infantShare = 0.85

// Country is what the yearly tables need to know of the places: how many towns and provinces, and which town lies in which province.
type Country struct {
	Provinces  int
	ProvinceOf []int      // by town
	StandsFor  [][]uint16 // by province: its towns that receive no donations themselves, for which its government does; nil = none anywhere
}

// leads are the towns that a bond with a place leads to: itself, or those that a provincial government, one of the places after the towns, stands for.
func (c *Country) leads(place uint16, own *[1]uint16) []uint16 {
	n := len(c.ProvinceOf)
	switch k := int(place) - n; {
	case k < 0:
		own[0] = place
		return own[:]
	case k < len(c.StandsFor):
		return c.StandsFor[k]
	}
	return nil
}

// rates are the constants of one sex and age in one year.
type rates struct {
	death, birth, move, depart                     uint64 // thresholds before the town's level; birth is for half a year
	deathBound, birthBound, moveBound, departBound uint32
}

// Year holds everything the demographic stages look up in one year. It is built once a year and read by all workers.
type Year struct {
	year    int
	seed    uint64
	tables  *Tables
	country Country

	byAge  [2][Ages]rates
	death  []uint32 // Q16 level by town
	birth  []uint32
	care   []uint32 // birth at the ages that services for children act on, the same as birth without an effect
	move   [Groups][]uint32
	infant [2]uint64 // risk of dying in the calendar year of birth
	male   uint64
	odds   uint32  // Q16 return odds R_o
	abroad float64 // factor of the alignment on arrivals

	keyDeath, keyMove, keyFirst, keySecond, keyDepart draw.Keys
	keyTo, keyChild, keyInfant, keyBond               uint64

	related float64 // extra odds per stage that a mover goes to the place of his bond (R_r)

	to *moveTables
}

// Yearly prepares years one after the other, reusing what does not change.
type Yearly struct {
	Tables  *Tables
	Options Options
	Country Country
	Seed    uint64
	Align   *Alignment // nil = free
	Origins *Origins   // of the base population, whose returns are among the moves of the tables; nil = everybody is at home
	Related float64    // R_r: extra odds per stage that a mover goes to the place of his bond (E24)
	Effects Effects    // of services on births and moves; zero = none
	Gain    *Gain      // what donations added to services by the end of last year; nil = nothing
	to      *moveTables
	start   []float64 // population by town at the start of the run
}

// Prepare builds the tables of a year. pop is the population by town and byAge that of the nation by sex and age, both agents on 1 January; scale turns persons of
// the tables into agents.
func (f *Yearly) Prepare(year int, pop []int64, byAge *[2][Ages]int64, scale float64) *Year {
	t := f.Tables
	y := &Year{year: year, seed: f.Seed, tables: t, country: f.Country}
	align := f.Align.in(year)
	f.levels(y, align)
	q := &t.Death[at(t.First, len(t.Death), year)]
	b := &t.Birth[at(t.First, len(t.Birth), year)]
	net := &t.Arrivals[at(t.First, len(t.Arrivals), year)]
	for sex := range 2 {
		for a := range Ages {
			y.byAge[sex][a] = f.rates(q, b, net, align, sex, a, byAge[sex][a], scale)
		}
		infant, _ := align.bend(1-survive(q[sex][0], infantShare), 0)
		y.infant[sex] = draw.Fix(infant)
	}
	f.care(y)
	y.bounds()
	y.male = draw.Fix(t.MaleBirth)
	y.odds = draw.Q16(f.Options.Return)
	y.keyDeath = draw.NewKeys(f.Seed, year, draw.Death)
	y.keyMove = draw.NewKeys(f.Seed, year, draw.Move)
	y.keyFirst = draw.NewKeys(f.Seed, year, draw.BirthFirst)
	y.keySecond = draw.NewKeys(f.Seed, year, draw.BirthSecond)
	y.keyDepart = draw.NewKeys(f.Seed, year, draw.Depart)
	y.keyTo = draw.Key(f.Seed, year, draw.MoveTo)
	y.keyChild = draw.Key(f.Seed, year, draw.Child)
	y.keyInfant = draw.Key(f.Seed, year, draw.InfantDeath)
	y.keyBond, y.related = draw.Key(f.Seed, year, draw.Related), f.Related
	y.abroad, _ = align.abroad()
	f.pull(pop, align)
	y.to = f.to
	return y
}

// survive is the chance of surviving a share of an age interval with death probability q, at constant hazard: (1-q)^share.
func survive(q, share float64) float64 {
	if q >= 1 {
		return 0
	}
	return draw.Exp(float64(share * draw.Log(1-q)))
}

// rates averages the period rates over the two ages a cohort lives through in the year.
func (f *Yearly) rates(q *[2][Ages]float64, b *[Ages]float64, net *[2][Ages]float64, align *Factors, sex, a int, agents int64, scale float64) (r rates) {
	next := min(a+1, Ages-1)
	alive := math.Sqrt(float64((1 - q[sex][a]) * (1 - q[sex][next])))
	if a == 0 {
		alive = float64(survive(q[sex][0], 1-infantShare) * survive(q[sex][1], 0.5))
	}
	dies, bears := align.bend(1-alive, (b[a]+b[next])/4)
	r.death = draw.Fix(dies)
	if sex == 1 {
		r.birth = draw.Fix(bears)
	}
	m := f.Tables.MoveAge[sex]
	r.move = draw.Fix(float64((m[a] + m[next]) / 2 * f.Options.Level))
	_, depart := align.abroad()
	if leave := -float64(net[sex][a]*scale) * f.Options.Abroad * depart; leave > 0 && agents > 0 {
		r.depart = draw.Fix(leave / float64(agents) / max(alive, 1e-9)) // drawn after deaths
	}
	return r
}

func (f *Yearly) levels(y *Year, align *Factors) {
	t := f.Tables
	y.death, y.birth = q16s(t.DeathLevel), q16s(t.BirthLevel)
	mean := t.groupMeans()
	for g := range Groups {
		y.move[g] = make([]uint32, len(t.MoveLevel))
		for i := range t.MoveLevel {
			y.move[g][i] = draw.Q16(f.leaving(i, align.level(i, t.MoveLevel[i][g], mean[g])))
		}
	}
}

func q16s(f []float64) []uint32 {
	out := make([]uint32, len(f))
	for i, v := range f {
		out[i] = draw.Q16(v)
	}
	return out
}

// bounds sets the screening bounds: the highest probability any town's level can give.
func (y *Year) bounds() {
	bound := func(p uint64, level []uint32) uint32 {
		top := uint32(0)
		for _, v := range level {
			top = max(top, v)
		}
		return draw.Bound(draw.Unit(draw.Scale(p, top)) + 1e-12)
	}
	one := []uint32{1 << 16}
	for sex := range 2 {
		for a := range Ages {
			r := &y.byAge[sex][a]
			r.deathBound = bound(r.death, y.death)
			r.moveBound = bound(r.move, y.move[GroupOf(a)])
			if r.birth > 0 {
				r.birthBound = bound(r.birth, y.birthLevel(a))
			}
			if r.depart > 0 {
				r.departBound = bound(r.depart, one)
			}
		}
	}
}

package people

import (
	"errors"
	"fmt"
	"math"

	"gohyang/sim/draw"
)

// Targets are the official totals an alignment meets.
type Targets struct {
	First  int
	Nation []float64   // by year from First: residents at the end of the year
	Units  [][]int     // towns of each province, municipality or group of municipalities; together they are the nation, none twice. nil = the nation alone
	Unit   [][]float64 // by year from First and unit; may end before Nation: the last year's out-move factors then hold
}

// Fit is how well an alignment meets its targets, as greatest relative misses over all years, and the factors it took.
type Fit struct {
	Nation, Unit               float64
	Births, Deaths, Trips, Out [2]float64 // lowest and highest factor; trips are arrivals from abroad
	Tries                      int        // most projections of one year
}

const (
	widest = 3.4011973816621555 // ln 30: no factor beyond a thirtieth to thirty times (judgement: a guard, which shipped factors stay far from)
	done   = 2e-6               // relative miss at which a year is done
	most   = 200                // projections of one year
	// How far births, deaths and international moves may be from their inputs, as standard deviations of ln f (judgement: fertility and mortality follow the paths
	// of official projections already; international migration is the part on which projections differ most).
	sdBirths, sdDeaths, sdAbroad = 0.05, 0.05, 0.5
	damping                      = 0.85 // share of the Newton step of a unit: two units that trade with each other only would swing for ever at one
)

// Align computes the factors that bring the expected projection to the targets, year after year. In each year there are as many unknowns as targets:
//
//	nation  factors f_b on births, f_d on deaths, f_a on arrivals from abroad (1/f_a on departures) that change the inputs least: of all that give the
//	        total, those with the least sum of (ln f/sd)^2, which are ln f = l sd^2 E with one unknown l and E the events at f = 1, deaths counted negative
//	unit    f_u on out-moves and 1/f_u on the pull of its towns, for its share of the nation; the logarithms of a year have a mean of zero over movers,
//	        because a factor common to all units would only change how many move
//
// The nation's total rises with l. A unit's total falls with its own factor and rises with the others', so the moves are an M-matrix. The solution is unique and is
// found by Newton steps on the diagonal, started from the year before. After the last target of the units their factors stay.
func Align(y *Yearly, o *Origins, t *Targets) (*Alignment, *Fit, error) {
	if err := t.check(len(y.Country.ProvinceOf)); err != nil {
		return nil, nil, err
	}
	own := &Yearly{Tables: y.Tables, Options: y.Options, Country: y.Country, Seed: y.Seed, Align: &Alignment{First: t.First}}
	one := [2]float64{1, 1}
	s := &solver{e: NewExpect(own, o, t.First), t: t, unit: make([]float64, len(t.Units)), unitOf: make([]int, len(y.Country.ProvinceOf)),
		fit: &Fit{Births: one, Deaths: one, Trips: one, Out: one}}
	for u, towns := range t.Units {
		for _, i := range towns {
			s.unitOf[i] = u
		}
	}
	for k := range t.Nation {
		s.year(k)
	}
	return own.Align, s.fit, nil
}

func (t *Targets) check(towns int) error {
	if len(t.Nation) == 0 || len(t.Unit) > len(t.Nation) {
		return fmt.Errorf("alignment: got %d years of the nation and %d of its parts, want at least one and no more of the parts", len(t.Nation), len(t.Unit))
	}
	seen := make([]bool, towns)
	n := 0
	for _, u := range t.Units {
		for _, i := range u {
			if i < 0 || i >= towns || seen[i] {
				return fmt.Errorf("alignment: town %d is in no or two units", i)
			}
			seen[i] = true
			n++
		}
	}
	if t.Units != nil && n != towns {
		return errors.New("alignment: the units are not the nation")
	}
	return nil
}

// solver is one call of Align. Factors are logarithms.
type solver struct {
	e      *Expect
	t      *Targets
	unitOf []int
	nation [3]float64 // births, deaths, arrivals
	unit   []float64
	fit    *Fit
}

// tried is what the factors just tried lead to at the end of the year.
type tried struct {
	counts *Counts
	nation float64
	unit   []float64
}

// year finds the factors of one year and goes on to the next.
func (s *solver) year(k int) {
	align := s.e.tables.Align
	align.Years = append(align.Years, Factors{})
	for try := 1; ; try++ {
		align.Years[k] = s.factors()
		got := s.try()
		nation, unit := s.misses(k, got)
		if max(nation, unit) <= done || try == most {
			s.note(&align.Years[k], try, nation, unit)
			break
		}
		s.correct(k, got)
	}
	s.e.keep()
}

// factors turns the logarithms into factors.
func (s *solver) factors() Factors {
	f := Factors{Birth: draw.Exp(s.nation[0]), Death: draw.Exp(s.nation[1]), Abroad: draw.Exp(s.nation[2])}
	if s.t.Units == nil {
		return f
	}
	f.Out = make([]float64, len(s.unitOf))
	for i, u := range s.unitOf {
		f.Out[i] = draw.Exp(s.unit[u])
	}
	return f
}

func (s *solver) try() *tried {
	r := &tried{counts: s.e.try(), unit: make([]float64, len(s.unit))}
	for i, x := range s.e.spare.population(len(s.unitOf)) {
		r.nation += x
		if len(r.unit) > 0 {
			r.unit[s.unitOf[i]] += x
		}
	}
	return r
}

// solving tells whether the units have targets in a year.
func (s *solver) solving(k int) bool { return k < len(s.t.Unit) }

func (s *solver) misses(k int, got *tried) (nation, unit float64) {
	nation = math.Abs(got.nation/s.t.Nation[k] - 1)
	if s.solving(k) {
		for u, want := range s.wanted(k, s.t.Nation[k]) {
			if want > 0 && got.unit[u] > 0 {
				unit = max(unit, math.Abs(got.unit[u]/want-1))
			}
		}
	}
	return nation, unit
}

// wanted is what the units should have of a nation of so many: their official shares.
func (s *solver) wanted(k int, nation float64) []float64 {
	sum, out := 0.0, make([]float64, len(s.unit))
	for _, x := range s.t.Unit[k] {
		sum += x
	}
	for u, x := range s.t.Unit[k] {
		out[u] = float64(x * (nation / sum))
	}
	return out
}

// correct makes a Newton step of each unknown alone.
func (s *solver) correct(k int, got *tried) {
	total := func(v []float64) (sum float64) {
		for _, x := range v {
			sum += x
		}
		return sum
	}
	c, f := got.counts, s.factors()
	births, deaths, arrivals, departures := total(c.Births), total(c.Deaths), total(c.Arrivals), total(c.Departures)
	at := [3]float64{births / f.Birth, -deaths / f.Death, arrivals/f.Abroad + float64(departures*f.Abroad)} // events at f = 1
	now := [3]float64{births, -deaths, arrivals + departures}
	rises, level := 0.0, 0.0 // slope of the total, and its unknown so far
	for j, sd := range [3]float64{sdBirths, sdDeaths, sdAbroad} {
		at[j] *= sd * sd
		rises += float64(at[j] * now[j])
		level += float64(s.nation[j] * at[j])
	}
	if rises > 0 {
		level /= float64(at[0]*at[0]) + float64(at[1]*at[1]) + float64(at[2]*at[2])
		level += (s.t.Nation[k] - got.nation) / rises
		for j := range at {
			s.nation[j] = max(-widest, min(widest, level*at[j]))
		}
	}
	if s.solving(k) {
		s.trade(k, got)
	}
}

// trade corrects the units' factors. A unit without moves keeps its own.
func (s *solver) trade(k int, got *tried) {
	c, provinces := got.counts, s.e.tables.Country.ProvinceOf
	moves := make([]float64, len(s.unit))
	for i, u := range s.unitOf {
		moves[u] += c.In[i] + c.Out[i]
	}
	mean, weight := 0.0, 0.0
	for u, want := range s.wanted(k, got.nation) {
		if towns := s.t.Units[u]; len(s.t.Units) == len(c.Within) && len(towns) > 0 { // units are provinces: moves inside do not count
			moves[u] -= 2 * c.Within[provinces[towns[0]]]
		}
		s.unit[u] = step(s.unit[u], damping*(got.unit[u]-want), moves[u])
		mean += float64(s.unit[u] * moves[u])
		weight += moves[u]
	}
	for u := range s.unit {
		if weight > 0 {
			s.unit[u] -= mean / weight
		}
	}
}

// step moves a logarithm by what is missing over the events that answer to it, at most a half at a time.
func step(x, missing, events float64) float64 {
	if events <= 0 {
		return x
	}
	return max(-widest, min(widest, x+max(-0.5, min(0.5, missing/events))))
}

// note keeps the fit of a year.
func (s *solver) note(f *Factors, try int, nation, unit float64) {
	t := s.fit
	t.Tries, t.Nation, t.Unit = max(t.Tries, try), max(t.Nation, nation), max(t.Unit, unit)
	span := func(r *[2]float64, x float64) { *r = [2]float64{min(r[0], x), max(r[1], x)} }
	span(&t.Births, f.Birth)
	span(&t.Deaths, f.Death)
	span(&t.Trips, f.Abroad)
	for _, x := range f.Out {
		span(&t.Out, x)
	}
}

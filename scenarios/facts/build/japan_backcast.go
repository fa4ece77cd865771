package build

import (
	"math"
	"path/filepath"
	"slices"
	"strconv"

	"gohyang/scenarios/facts"
)

// The start of 1 January 2008, for the hindcast of giving, which begins with the scheme in 2008. It is a back-cast and no forecast: counts of later years
// make it.
const (
	jpBackcastBase = 2008
	jpBackcastSpan = 7.75 // years from 1 January 2008 to the census of 1 October 2015
	// jpBackcastPrior is the weight, in persons, of the prefecture's net rate against a municipality's own cohort of 2015-2020. It is less than in the moves
	// (jpCohortPrior): what happened is to be undone, not a rate to last (judgement).
	jpBackcastPrior = 30
	jpCensusGap     = 2 // how far one five-year step may set a municipality's cohort apart from its prefecture's, as a factor (judgement: a guard)
)

// jpBackcast is the work piece of the start of 2008: the standard one with other residents, and what was fitted for it.
type jpBackcast struct {
	*japan
	level [2]float64 // factor on the death rates of 2010-2014, by sex
	birth float64    // factor on the birth levels
}

// startOf2008 makes the start of 2008 of the derived standard work piece.
func (j *japan) startOf2008() *jpBackcast {
	work := *j
	work.start.year = jpBackcastBase
	work.towns, work.prefs = slices.Clone(j.towns), slices.Clone(j.prefs)
	for i := range work.towns {
		work.towns[i].expected = [facts.Groups]float64{}
	}
	work.wards = 0
	b := &jpBackcast{japan: &work}
	totals := make([]float64, len(b.towns))
	for k := range b.prefs {
		for sex := range 2 {
			b.spread(&b.prefs[k], sex)
		}
	}
	for i := range b.towns {
		totals[i] = Sum(b.towns[i].base[0][:]) + Sum(b.towns[i].base[1][:])
	}
	for i, n := range facts.Apportion(int64(math.Round(Sum(totals))), totals) {
		b.towns[i].round(n)
	}
	b.rates()
	b.prefectureMoves()
	b.moveTotals()
	b.moveGroups(b.netByGroup)
	b.originDestination()
	return b
}

// prefectureMoves takes the moves between prefectures of 2008-2015 in the place of those of 2019; moves within prefectures change like all those between
// them. The municipal pattern, and what is known of ages, stay those of the standard tables.
func (j *jpBackcast) prefectureMoves() {
	var now, then float64
	for k := range j.prefs {
		now += j.prefs[k].in
		j.prefs[k].meanMoves(jpBackcastBase, 2015)
		then += j.prefs[k].in
	}
	j.balancePrefectures()
	j.start.within = jpMoversWithin * then / now
}

// ages is a prefecture's residents of one sex by completed age at a date between the censuses of 2005 and 2010: of the persons born in one year a straight line
// between the two counts; who was not three years old before the second is taken back from it by survival alone. The sum is that of the yearly estimates.
func (j *japan) ages(p *jpPref, sex int, date float64) (out [facts.Ages]float64) {
	const first, second = 2005.75, 2010.75
	before, after := cumulate(j.single(p.census[2005][sex], sex)), cumulate(j.single(p.census[2010][sex], sex))
	back, ahead := date-first, second-date
	for a := range out {
		x := float64(a)
		now := after.between(x+ahead, x+ahead+1)
		if x < math.Ceil(back) {
			out[a] = now * math.Exp(ahead*j.rate(2010, sex, a))
			continue
		}
		then := before.between(x-back, x-back+1)
		out[a] = then + back/(back+ahead)*(now-then)
	}
	year := int(math.Floor(date - 0.75))
	w := date - 0.75 - float64(year)
	scale := ((1-w)*p.years[year].of(sex) + w*p.years[year+1].of(sex)) / Sum(out[:])
	for a := range out {
		out[a] *= scale
	}
	return out
}

// of is the residents of one sex: their share of the total, which is rounded to thousands as they are.
func (y *jpPrefYear) of(sex int) float64 {
	return y.population * y.residents[sex] / (y.residents[0] + y.residents[1])
}

// cumulated is the number of persons below each exact age, straight within a single age.
type cumulated [facts.Ages + 1]float64

func cumulate(ages [facts.Ages]float64) *cumulated {
	c := &cumulated{}
	for a, n := range ages {
		c[a+1] = c[a] + n
	}
	return c
}

func (c *cumulated) at(x float64) float64 {
	x = min(max(x, 0), facts.Ages)
	a := min(int(x), facts.Ages-1)
	return c[a] + (x-float64(a))*(c[a+1]-c[a])
}

func (c *cumulated) between(low, high float64) float64 { return c.at(high) - c.at(low) }

// spread gives the municipalities of a prefecture their residents of one sex: those of the census of 2015 at the age of the time, their deaths and what their
// cohorts gained or lost beyond the prefecture's undone, then each age scaled to the prefecture's.
func (j *jpBackcast) spread(p *jpPref, sex int) {
	want := j.ages(p, sex, jpBackcastBase)
	trend := j.trends(p, sex)
	var sum [facts.Ages]float64
	for n, i := range p.towns {
		t := &j.towns[i]
		t.base[sex] = [facts.Ages]float64{}
		if t.displaced {
			continue
		}
		now := cumulate(j.single(t.earlier[sex], sex))
		for a := range facts.Ages {
			then := float64(min(a, facts.Ages-10)) // the oldest are as the last whose age of 2015 the table has
			alive := math.Exp(-jpBackcastSpan * t.death * j.rate(2012, sex, min(a+4, facts.Ages-1)))
			t.base[sex][a] = now.between(then+jpBackcastSpan, then+jpBackcastSpan+1) / alive / math.Exp(trend[n].over(then+0.5, then+0.5+jpBackcastSpan))
			sum[a] += t.base[sex][a]
		}
	}
	absent := j.evacuees(p)
	total := Sum(sum[:])
	for _, i := range p.towns {
		if t := &j.towns[i]; t.displaced {
			for a := range sum {
				t.base[sex][a] = absent[i] * sum[a] / total
			}
		}
	}
	away := 0.0
	for _, i := range p.towns {
		away += absent[i] / total
	}
	for _, i := range p.towns {
		for a := range sum {
			j.towns[i].base[sex][a] *= ratio(want[a], sum[a]*(1+away))
		}
	}
}

// evacuees estimates how many residents of one sex each evacuated municipality had: the deaths of 2016-2018 in its register, which still holds them, over the
// death rate of the rest of the prefecture.
func (j *jpBackcast) evacuees(p *jpPref) map[int]float64 {
	var deaths, people float64
	seen := map[int]float64{}
	for _, i := range p.towns {
		t := &j.towns[i]
		n := t.vital[0].deaths + t.vital[1].deaths + t.vital[2].deaths
		if t.displaced {
			seen[i] = n
			continue
		}
		deaths += n
		people += jpSum(t.earlier)
	}
	for i := range seen {
		seen[i] *= people / deaths / 2
	}
	return seen
}

// trend is the yearly growth of a municipality's cohorts beyond the prefecture's at the ages 5, 10, ..., 90.
type trend [jpFives - 1]float64

// at is the growth at an exact age, straight between the ages given.
func (t *trend) at(age float64) float64 {
	x := min(max(age/5-1, 0), float64(len(t)-1))
	k := min(int(x), len(t)-2)
	return t[k] + (x-float64(k))*(t[k+1]-t[k])
}

// over adds the growth from one exact age to another in steps of a quarter year.
func (t *trend) over(low, high float64) (sum float64) {
	const step = 0.25
	for x := low + step/2; x < high; x += step {
		sum += float64(t.at(x) * step)
	}
	return sum
}

// trends are the trends of a prefecture's municipalities: cohorts of 2015 against the census of 2020, drawn to the prefecture's (see netByGroup).
func (j *jpBackcast) trends(p *jpPref, sex int) []trend {
	out := make([]trend, len(p.towns))
	for c := 1; c < jpFives; c++ {
		var gain, base float64
		for _, i := range p.towns {
			seen, expected := j.cohort(&j.towns[i], sex, c)
			gain += seen - expected
			base += expected
		}
		for n, i := range p.towns {
			seen, expected := j.cohort(&j.towns[i], sex, c)
			r := (seen - expected + jpBackcastPrior*gain/base) / (expected + jpBackcastPrior)
			out[n][c-1] = math.Log(min(jpCensusGap, max(1.0/jpCensusGap, (1+r)/(1+gain/base)))) / 5
		}
	}
	return out
}

// rates fits the level of deaths to those counted in 2008 and 2009, on the residents of the day between, and the level of births to those of 2008.
func (j *jpBackcast) rates() {
	for sex := range 2 {
		var seen, expected float64
		for k := range j.prefs {
			p := &j.prefs[k]
			seen += (p.years[2008].died[sex] + p.years[2009].died[sex]) / 2
			for a, n := range j.ages(p, sex, 2009) {
				expected += float64(n * j.rate(2010, sex, a))
			}
		}
		j.level[sex] = seen / expected
	}
	var expected float64
	for i := range j.towns {
		t := &j.towns[i]
		for k, f := range j.asfr[jpBackcastBase] {
			expected += float64(Sum(t.base[1][10+5*k:15+5*k]) * f * t.birth)
		}
	}
	j.birth = j.total(jpBackcastBase, jpBirths) / expected
	for i := range j.towns {
		j.towns[i].birth *= j.birth
	}
	early := jpPeriod{first: jpBackcastBase, last: 2009, mx: j.period(2010).mx}
	for sex := range 2 {
		scaleRates(&early.mx[sex], j.level[sex])
	}
	j.periods = append([]jpPeriod{early}, j.periods...)
}

// writeBackcast writes the start of 2008 below the folder of the standard tables.
func (j *japan) writeBackcast(out string) {
	b := j.startOf2008()
	if j.faults = b.faults; len(j.faults) > 0 {
		return
	}
	put := j.putter(filepath.Join(out, "base", strconv.Itoa(jpBackcastBase)))
	put("constants.csv", jpConstantsHeader, j.rowsStart(jpBackcastBase, 1.053, "UN WPP 2024, sex ratio at birth of 2008: 1.053 boys a girl"))
	put("places.csv", jpPlacesHeader, j.placesOf(b.japan))
	b.writeMovers(put)
	put("fertility_level.csv", jpLevelHeader, b.rowsFertilityLevel())
	put("fertility_age.csv", jpSharesHeader, b.rowsFertilityAge())
	put("estimates.csv", estimatesHeader, b.rowsEstimates())
	put("arrivals.csv", jpArrivalsHeader, rowsArrivals(b.netImmigration()))
}

// netImmigration is what the population estimates of 1 October left over after births and deaths, turned to calendar years; from 2020 the standard assumption.
func (j *jpBackcast) netImmigration() (out []jpArrivals) {
	for y := jpBackcastBase; y < jpBase; y++ {
		out = append(out, jpArrivals{y, y, math.Round(0.75*j.immigration(y) + 0.25*j.immigration(y+1))})
	}
	return append(out, jpNetImmigration...)
}

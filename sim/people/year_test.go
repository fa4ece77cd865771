package people

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"gohyang/sim/draw"
)

// tiles takes all living persons through f, as the yearly pass of sim does.
func tiles(p *Persons, seed uint64, year int, f func(*Tile)) {
	t := &Tile{P: p}
	screen := draw.Key(seed, year, draw.Screen)
	for i := range p.Blocks {
		b := &p.Blocks[i]
		t.Block, t.Sex, t.Age = b, b.Sex, min(year-1-b.Birth, Ages-1)
		words := int(b.N+63) / 64
		for at := 0; at < words; at += draw.MaxTile {
			n := min(draw.MaxTile, words-at)
			t.Base = b.From + uint32(at*64)
			first := int(t.Base / 64)
			t.Alive, t.Home = p.Alive[first:first+n], p.Home[t.Base:int(t.Base)+n*64]
			var keyed []uint64
			if b.Keyed {
				keyed = p.Key[t.Base-p.KeyFrom : int(t.Base-p.KeyFrom)+n*64]
			}
			t.Load(uint64(first), n, keyed, screen)
			f(t)
		}
	}
}

// plain is a country of towns in provinces where nothing happens: all rates zero, all levels one.
func plain(provinceOf ...int) *Yearly {
	t := &Tables{First: 2023, MaleBirth: 0.513, Death: make([][2][Ages]float64, 1), Birth: make([][Ages]float64, 1), Arrivals: make([][2][Ages]float64, 1)}
	provinces := 0
	for _, r := range provinceOf {
		provinces = max(provinces, r+1)
		var one [Groups]float64
		for g := range one {
			one[g] = 1
		}
		t.MoveLevel, t.Attract = append(t.MoveLevel, one), append(t.Attract, one)
		t.DeathLevel, t.BirthLevel, t.ArrivalShare = append(t.DeathLevel, 1), append(t.BirthLevel, 1), append(t.ArrivalShare, 1)
	}
	for g := range Groups {
		t.OD[g] = make([][]float64, provinces)
		for r := range t.OD[g] {
			t.OD[g][r] = make([]float64, provinces)
			for k := range t.OD[g][r] {
				t.OD[g][r][k] = 1
			}
		}
	}
	return &Yearly{Tables: t, Seed: 5, Options: Options{Level: 1, Abroad: 1}, Country: Country{Provinces: provinces, ProvinceOf: provinceOf}}
}

// settled puts n persons of each given sex and age in each town.
func settled(towns int, n int32, cells ...[2]int) *Persons {
	agents := make([][2][Ages]int32, towns)
	for i := range agents {
		for _, c := range cells {
			agents[i][c[0]][c[1]] = n
		}
	}
	return Start(agents, 2023, 16384, 1<<16)
}

// prepare builds a year for a population of which only the total per town and the nation's ages matter.
func prepare(f *Yearly, year int, p *Persons, scale float64) *Year {
	pop, ages := make([]int64, len(f.Country.ProvinceOf)), &[2][Ages]int64{}
	for _, b := range p.Blocks {
		for s := b.From; s < b.From+b.N; s++ {
			if alive(p, s) {
				pop[p.Home[s]]++
				ages[b.Sex][min(max(year-1-b.Birth, 0), Ages-1)]++
			}
		}
	}
	return f.Prepare(year, pop, ages, scale)
}

// near fails if a binomial count of n trials is further than 4.5 standard errors from its expectation; seeds are fixed.
func near(t *testing.T, what string, got int64, n, p float64) {
	t.Helper()
	if z := (float64(got) - n*p) / math.Sqrt(n*p*(1-p)+1e-9); math.Abs(z) > 4.5 {
		t.Errorf("%s: %d of %.0f, want %.1f (z = %.1f)", what, got, n, n*p, z)
	}
}

// TestSurvive: the parts of an interval multiply to the whole, nobody survives certainty, and no part adds nothing.
func TestSurvive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q, part := rapid.Float64Range(0, 1).Draw(t, "q"), rapid.Float64Range(0, 1).Draw(t, "part")
		if got := survive(q, part) * survive(q, 1-part); q < 1 && math.Abs(got-(1-q)) > 1e-12 {
			t.Fatalf("q=%g in two parts: %g survive, want %g", q, got, 1-q)
		}
		if q < 1 && survive(q, 0) != 1 {
			t.Fatalf("no time, yet %g survive", survive(q, 0))
		}
		if s := survive(1, part); s != 0 {
			t.Fatalf("certain death leaves %g", s)
		}
	})
}

// TestCohortRates: a cohort meets in a calendar year half of each of the two ages it lives through, at the level of the town, and in its first full year the
// rest of the first age's risk. Rates jump by age here, so that any other mixture fails.
func TestCohortRates(t *testing.T) {
	f := plain(0, 0)
	d := f.Tables
	d.DeathLevel, d.BirthLevel = []float64{1, 1.5}, []float64{1, 0.5}
	d.MoveLevel[1][GroupOf(30)] = 2
	q, b, m := map[int]float64{0: 0.2, 1: 0.05, 2: 0.1, 30: 0.04, 31: 0.3, 110: 0.4}, map[int]float64{30: 0.1, 31: 0.5}, map[int]float64{30: 0.05, 31: 0.25}
	for a, x := range q {
		d.Death[0][0][a], d.Death[0][1][a] = x, x
	}
	for a, x := range b {
		d.Birth[0][a] = x
	}
	for a, x := range m {
		d.MoveAge[0][a], d.MoveAge[1][a] = x, x
	}
	const n = 60000
	year := func(stage func(*Year, *Tile, *Tally), age, sex int) *Tally {
		p := settled(2, n, [2]int{sex, age})
		y, w := prepare(f, 2023, p, 1), NewTally(1, 2)
		tiles(p, f.Seed, 2023, func(t *Tile) { stage(y, t, w) })
		return w
	}
	die := func(y *Year, t *Tile, w *Tally) { y.Die(t, w) }
	for age, p := range map[int]float64{
		0:   1 - math.Pow(1-q[0], 0.15)*math.Sqrt(1-q[1]),
		1:   1 - math.Sqrt((1-q[1])*(1-q[2])),
		30:  1 - math.Sqrt((1-q[30])*(1-q[31])),
		110: q[110],
	} {
		w := year(die, age, age%2)
		near(t, "deaths", w.Towns[0].Deaths, n, p)
		near(t, "deaths at level 1.5", w.Towns[1].Deaths, n, 1.5*p)
	}
	for _, second := range []bool{false, true} {
		bear := func(y *Year, t *Tile, w *Tally) { y.Bear(t, w, second) }
		w := year(bear, 30, 1)
		near(t, "births of half a year", w.Towns[0].Births, n, 0.15)
		near(t, "births at level 0.5", w.Towns[1].Births, n, 0.075)
		boys := int64(0)
		for _, c := range w.Born {
			boys += 1 - int64(c.Sex)
		}
		near(t, "boys", boys, float64(len(w.Born)), d.MaleBirth)
		if w := year(bear, 30, 0); len(w.Born) != 0 {
			t.Errorf("men bore %d children", len(w.Born))
		}
	}
	move := func(y *Year, t *Tile, w *Tally) { y.Move(t, w) }
	w := year(move, 30, 0)
	near(t, "moves", w.Towns[0].Out, n, 0.15)
	near(t, "moves at level 2", w.Towns[1].Out, n, 0.3)
	if w.Towns[0].Out != w.Towns[1].In || w.Towns[1].Out != w.Towns[0].In {
		t.Errorf("two towns, yet moves out and in differ: %+v", w.Towns)
	}
}

// TestInfants: 85% of the first year's hazard (the package's judgement) falls in the calendar year of birth, at the level of the town.
func TestInfants(t *testing.T) {
	f := plain(0, 0)
	f.Tables.Death[0][0][0], f.Tables.Death[0][1][0] = 0.2, 0.1
	f.Tables.DeathLevel[1] = 1.5
	const n = 40000
	var born []Newborn
	for i := range uint64(4 * n) {
		born = append(born, Newborn{Key: draw.Hash(i), Home: uint16(i & 1), Sex: uint8(i >> 1 & 1)})
	}
	p := settled(2, 0)
	y, w := prepare(f, 2023, p, 1), NewTally(1, 2)
	var lived [2][2]int64
	y.Born(p, born, 16384, w, func(sex int, home uint16) { lived[sex][home]++ })
	for sex, q := range []float64{0.2, 0.1} {
		for town, level := range []float64{1, 1.5} {
			near(t, "infants alive at the end of the year", lived[sex][town], n, 1-level*(1-math.Pow(1-q, 0.85)))
		}
	}
	if got, want := w.Towns[0].Deaths+w.Towns[1].Deaths, 4*n-lived[0][0]-lived[0][1]-lived[1][0]-lived[1][1]; got != want {
		t.Errorf("%d deaths counted, %d children missing", got, want)
	}
}

// TestDepart: the negative net migration of a sex and age leaves, evenly from all towns, and nobody else does.
func TestDepart(t *testing.T) {
	f := plain(0, 0)
	f.Tables.Arrivals[0][1][25], f.Tables.Arrivals[0][0][25] = -8000, 8000
	f.Options.Abroad = 1.5
	const n, scale = 30000, 0.25
	p := settled(2, n, [2]int{0, 25}, [2]int{1, 25}, [2]int{1, 26})
	y, w := prepare(f, 2023, p, scale), NewTally(1, 2)
	others := int64(0)
	tiles(p, f.Seed, 2023, func(t *Tile) {
		before := w.Towns[0].Departures + w.Towns[1].Departures
		y.Depart(t, w)
		if t.Sex != 1 || t.Age != 25 {
			others += w.Towns[0].Departures + w.Towns[1].Departures - before
		}
	})
	if others != 0 {
		t.Errorf("%d of other ages or the other sex left", others)
	}
	for town := range 2 {
		near(t, "departures", w.Towns[town].Departures, n, 8000*scale*1.5/(2*n))
	}
}

// abroad is a country whose net migration is positive in a few cells.
func abroad(net map[[2]int]float64) *Yearly {
	f := plain(0, 0, 0)
	for c, x := range net {
		f.Tables.Arrivals[0][c[0]][c[1]] = x
	}
	f.Tables.ArrivalShare = []float64{0.5, 0.2, 0.3}
	return f
}

// TestArrive: the number of each sex and age is the scaled net with the remainder carried on, towns get their shares to within one person in every cell, and
// arrivals have no place of origin.
func TestArrive(t *testing.T) {
	net := map[[2]int]float64{{0, 20}: 1000, {0, 21}: 333, {0, 40}: -500, {1, 20}: 77, {1, 30}: 12.3, {1, 60}: 1}
	f := abroad(net)
	const scale, factor = 0.37, 2.0
	p := settled(3, 0)
	y := prepare(f, 2023, p, scale)
	got := map[[2]int]int{}
	towns := map[[2]int]*[3]float64{}
	y.Arrive(p, scale, factor, 16384, func(sex, birth int, home uint16) {
		c := [2]int{sex, 2022 - birth}
		got[c]++
		if towns[c] == nil {
			towns[c] = &[3]float64{}
		}
		towns[c][home]++
	})
	target, sum := 0.0, 0
	for sex := range 2 {
		for a := range Ages {
			c := [2]int{sex, a}
			target += max(net[c], 0) * scale * factor
			sum += got[c]
			if d := float64(sum) - target; math.Abs(d) > 1 {
				t.Errorf("up to sex %d, age %d: %d arrivals for %.2f", sex, a, sum, target)
			}
			if got[c] == 0 {
				continue
			}
			for i, share := range f.Tables.ArrivalShare {
				if want := share * float64(got[c]); math.Abs(towns[c][i]-want) > 1 {
					t.Errorf("sex %d, age %d, town %d: %.0f arrivals, want %.1f within one", sex, a, i, towns[c][i], want)
				}
			}
		}
	}
	for s := range uint32(p.Slots()) {
		if alive(p, s) && p.Origin[s] != None {
			t.Fatalf("slot %d from abroad has origin %d", s, p.Origin[s])
		}
	}
}

// TestArriveLongRun: what rounding withholds in one year must come in another. At a small scale a nation's net migration may be less than one agent a year,
// but it is not nothing.
func TestArriveLongRun(t *testing.T) {
	f := abroad(map[[2]int]float64{{0, 20}: 400, {1, 25}: 500})
	const scale, years = 0.001, 100 // 0.9 agents a year
	p, n := settled(3, 0), 0
	for year := 2023; year < 2023+years; year++ {
		prepare(f, year, p, scale).Arrive(p, scale, 1, 16384, func(int, int, uint16) { n++ })
	}
	if math.Abs(float64(n)-0.9*years) > 10 {
		t.Errorf("%d arrivals in %d years, want about %.0f", n, years, 0.9*years)
	}
}

// TestKeys: over seventy years of births and arrivals no identity is given twice, and no newborn is told from another only by its mother's town.
func TestKeys(t *testing.T) {
	f := abroad(map[[2]int]float64{{0, 25}: 30, {1, 25}: 30})
	for a := 20; a < 45; a++ {
		f.Tables.Birth[0][a] = 0.2 // many sisters and brothers, some born twice in one year
	}
	for a := 60; a < Ages; a++ {
		f.Tables.Death[0][0][a], f.Tables.Death[0][1][a] = 0.2, 0.2
	}
	f.Tables.Death[0][0][0], f.Tables.Death[0][1][0] = 0.3, 0.3
	p := settled(3, 20, [2]int{1, 20}, [2]int{1, 21}, [2]int{0, 20})
	years := 70
	if testing.Short() {
		years = 40
	}
	twins := 0
	for year := 2023; year < 2023+years; year++ {
		y, w := prepare(f, year, p, 1), NewTally(1, 3)
		tiles(p, f.Seed, year, func(t *Tile) {
			before := len(w.Born)
			y.Bear(t, w, false)
			first := len(w.Born)
			y.Die(t, w)
			y.Bear(t, w, true)
			if first > before && len(w.Born) > first {
				twins++
			}
		})
		y.Born(p, w.Born, 1024, w, func(int, uint16) {})
		y.Arrive(p, 1, 1, 1024, func(int, int, uint16) {})
	}
	ids, n := map[uint64]bool{}, 0
	for _, b := range p.Blocks {
		for s := b.From; s < b.From+b.N; s++ {
			ids[p.ID(s)] = true
			n++
		}
	}
	if len(ids) != n || n < 5000 || twins == 0 {
		t.Errorf("%d identities for %d persons ever (%d tiles with births in both halves of a year)", len(ids), n, twins)
	}
}

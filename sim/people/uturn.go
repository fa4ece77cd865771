package people

// UTurnShares is where persons live relative to where they were born, as a survey of migration histories would find them. The first three are by province and sum to
// one.
type UTurnShares struct {
	Never     float64 // have never lived outside their province of birth
	Returned  float64 // have, and live in it now
	Elsewhere float64 // live outside it
	Town      float64 // live in their town of birth
}

// UTurn follows the children born in every town through all ages under the moves of the first year, with odds for R_o, and returns the shares among persons of
// the base population's ages, from a first age on. It is a Markov chain over towns that knows each town of origin: chances of moving and destinations are those
// of Year.Move, exactly. Towns of birth count as in Persons.SetOrigins: provinces by o, towns within them by their population; with o nil everybody was born where
// he lives. Mortality is taken to be the same wherever one lives, arrivals from abroad have no place of origin here.
func (f *Yearly) UTurn(o *Origins, odds float64, from int) UTurnShares {
	return f.newLives(o, odds, from).follow(odds)
}

// lives is the workspace of UTurn.
type lives struct {
	y     *Year
	towns [][]int           // of each province
	born  []float64         // by town: share of the nation born there
	ages  [2][Ages]float64  // share of the base population by sex and age, from the first age counted; one sex only if both move alike
	again [Groups][]float64 // by group and town: how often a mover of it draws
	goes  [Groups][]float64 // share of its movers who find another town
	stay  []float64         // persons of one town of birth by residence: never left their province (zero outside it)
	left  []float64         // those who did
	draws []float64         // scratch: movers weighted by how often they draw
}

func (f *Yearly) newLives(o *Origins, odds float64, from int) *lives {
	own := &Yearly{Tables: f.Tables, Options: f.Options, Country: f.Country, Seed: f.Seed, Origins: o}
	own.Options.Return = odds
	n := len(f.Country.ProvinceOf)
	pop, total := make([]int64, n), int64(0)
	var ages [2][Ages]int64
	for i := range f.Tables.Population {
		for sex := range 2 {
			for a, x := range f.Tables.Population[i][sex] {
				pop[i] += int64(x)
				if a >= from {
					ages[sex][a] += int64(x)
					total += int64(x)
				}
			}
		}
	}
	l := &lives{y: own.Prepare(f.Tables.First, pop, &[2][Ages]int64{}, 1), towns: make([][]int, f.Country.Provinces), born: f.birthplaces(o, pop),
		stay: make([]float64, n), left: make([]float64, n), draws: make([]float64, n)}
	for i, p := range f.Country.ProvinceOf {
		l.towns[p] = append(l.towns[p], i)
	}
	for sex := range 2 {
		for a, x := range ages[sex] {
			l.ages[sex][a] = float64(x) / float64(max(total, 1))
		}
	}
	if f.Tables.MoveAge[0] == f.Tables.MoveAge[1] {
		for a := range Ages {
			l.ages[0][a] += l.ages[1][a]
			l.ages[1][a] = 0
		}
	}
	s := newPassing(l.y)
	for g := range Groups {
		for i, p := range f.Country.ProvinceOf {
			l.again[g] = append(l.again[g], s.again(i, p, g))
			l.goes[g] = append(l.goes[g], s.goes(i, p, g))
		}
	}
	return l
}

// birthplaces is the share of the nation born in each town.
func (f *Yearly) birthplaces(o *Origins, pop []int64) []float64 {
	province, nation, born := make([]float64, f.Country.Provinces), 0.0, make([]float64, f.Country.Provinces)
	for i, p := range f.Country.ProvinceOf {
		province[p] += float64(pop[i])
		nation += float64(pop[i])
	}
	copy(born, province)
	if o != nil {
		clear(born)
		for p, row := range normalise(o.Province) {
			for q, x := range row {
				born[q] += float64(province[p] * x)
			}
		}
	}
	out := make([]float64, len(pop))
	for i, p := range f.Country.ProvinceOf {
		if province[p] > 0 {
			out[i] = float64(born[p]/nation) * (float64(pop[i]) / province[p])
		}
	}
	return out
}

// follow lives all lives.
func (l *lives) follow(odds float64) (s UTurnShares) {
	for sex := range 2 {
		last := Ages - 1
		for last >= 0 && l.ages[sex][last] == 0 {
			last--
		}
		if last < 0 {
			continue
		}
		for o, n := range l.born {
			if n > 0 {
				l.life(&s, n, odds, sex, last, o)
			}
		}
	}
	return s
}

// life follows n persons of one sex and town of birth up to an age.
func (l *lives) life(s *UTurnShares, n, odds float64, sex, last, origin int) {
	home := l.towns[l.y.country.ProvinceOf[origin]]
	clear(l.stay)
	clear(l.left)
	l.stay[origin] = n
	for a := 0; ; a++ {
		if w := l.ages[sex][a]; w > 0 {
			never, back := 0.0, 0.0
			for _, i := range home {
				never += l.stay[i]
				back += l.left[i]
			}
			s.Never += float64(w * never)
			s.Returned += float64(w * back)
			s.Elsewhere += float64(w * (n - never - back))
			s.Town += float64(w * (l.stay[origin] + l.left[origin]))
		}
		if a == last {
			return
		}
		if m := l.y.byAge[sex][a].move; m > 0 {
			l.move(l.left, odds, m, GroupOf(a), origin)
			l.move(l.stay, odds, m, GroupOf(a), origin)
		}
	}
}

// move lets persons of one town of birth move for a year. Of those who have never left their province, whoever leaves it joins those who did.
func (l *lives) move(who []float64, odds float64, chances uint64, g, origin int) {
	provinceOf, od, share := l.y.country.ProvinceOf, l.y.to.od[g], l.y.to.now[g]
	own := provinceOf[origin]
	first, after := 0, len(l.towns)
	if &who[0] == &l.stay[0] {
		first, after = own, own+1
	}
	returned := 0.0
	leave := make([]float64, len(l.towns))
	for p := first; p < after; p++ {
		tie := float64(float64(odds*od[p][own]) * share[origin])
		for _, i := range l.towns[p] {
			l.draws[i] = 0
			if who[i] == 0 {
				continue
			}
			m := float64(who[i] * float64(chance(chances, l.y.move[g][i])*l.goes[g][i]))
			who[i] -= m
			if i != origin {
				x := float64(tie * l.again[g][i])
				back := float64(m * (x / (1 + x)))
				returned += back
				m -= back
			}
			l.draws[i] = float64(m * l.again[g][i])
			leave[p] += l.draws[i]
		}
	}
	for q := range l.towns {
		total := 0.0
		for p := first; p < after; p++ {
			total += float64(od[p][q] * leave[p])
		}
		to, inside := who, od[q][q]
		if q < first || q >= after {
			to, inside = l.left, 0
		}
		for _, j := range l.towns[q] {
			to[j] += float64(share[j] * (total - float64(inside*l.draws[j])))
		}
	}
	who[origin] += returned
}

package budget

import (
	"math"
	"slices"

	"gohyang/sim/draw"
	"gohyang/sim/law"
)

const (
	// cap of the decline index: at the end of 2024 it is 0.8 in the youngest and 2.4 in the middle town of Korea's base population, above 10 in two of 229; it keeps
	// a handful of agents at a small scale from taking the pool (judgement)
	mostDecline   = 10.0
	unbound       = math.MaxInt64 / 2 // of what a place may keep where no law sets a ceiling
	leastCapacity = 0.1               // least capacity per head in a weight, share of the nation's mean, so that no small tax base takes the pool (judgement)
)

// redistribute applies the menu R1, R2, R4 and R7 (E17), each on what those before it left: the home share leaves first, then what exceeds the ceiling per
// resident, then the pool's share of the rest. Shares out of the pool are not levied again.
func (s *State) redistribute(r *law.Redistribution, in []Flows) {
	if r.HomeShare > 0 {
		s.sendHome(r.HomeShare, in)
	}
	if r.PerResident > 0 || r.PoolRate > 0 {
		s.pool(r, in)
	}
	if r.Floor > 0 {
		s.floor(r.Floor, in)
	}
}

// transfer books a payment from the pool to a place, or to the pool where it is negative.
func (s *State) transfer(k Kind, i int, amount int64) {
	s.book(k, i, Pool, s.own(i), amount)
	s.kept[i] += amount
	s.books.Places[i].Redistribution += amount
}

// sendHome passes a share of what donors give elsewhere to the government of their province of origin (R4).
func (s *State) sendHome(x float64, in []Flows) {
	out, home, total := make([]float64, len(in)), make([]float64, len(in)), int64(0)
	for i := range in {
		out[i], home[i] = float64(in[i].Homeward), float64(in[i].Home)
		total += in[i].Homeward
	}
	moved := int64(math.Round(x * float64(total)))
	pay, get := share(moved, out), share(moved, home)
	for i := range in {
		s.transfer(Home, i, -pay[i])
	}
	for i := range in {
		s.transfer(Home, i, get[i])
	}
}

// pool takes what a place keeps above the ceiling per resident (R2) and a share of what it keeps below (R1), and shares both by need, up to the ceiling.
func (s *State) pool(r *law.Redistribution, in []Flows) {
	weights := s.need(r, in)
	if slices.Max(weights) == 0 {
		return // nobody to share with
	}
	over, rate, most := make([]int64, len(in)), make([]int64, len(in)), make([]int64, len(in))
	for i := range in {
		kept := max(s.kept[i], 0)
		if most[i] = unbound; r.PerResident > 0 {
			most[i] = r.PerResident * in[i].Population
			over[i] = max(kept-most[i], 0)
		}
		rate[i] = int64(r.PoolRate * float64(kept-over[i]))
	}
	s.collect(Ceiling, over, weights, most)
	s.collect(Shared, rate, weights, most)
}

// collect takes each place's payment and shares the sum so that nobody is lifted above the most that it may keep. What finds no room with those who share goes back
// to those who paid, in proportion and at most what they paid, first where there is room.
func (s *State) collect(k Kind, pay []int64, weights []float64, most []int64) {
	total, paid, room := int64(0), make([]float64, len(pay)), make([]int64, len(pay))
	for i, x := range pay {
		s.transfer(k, i, -x)
		total += x
		paid[i], room[i] = float64(x), max(most[i]-s.kept[i], 0)
	}
	got, rest := fill(total, weights, room)
	for i, x := range pay {
		room[i] = min(room[i], x)
	}
	back, rest := fill(rest, paid, room)
	for i, x := range back {
		paid[i] -= float64(x)
	}
	over := share(rest, paid)
	for i := range pay {
		s.transfer(k, i, got[i]+back[i]+over[i])
	}
}

// fill shares a total in proportion to weights, to each place at most its room, which shrinks by what it gets; what the full ones cannot take is shared among the
// others, again in proportion. The rest is what nobody has room for.
func fill(total int64, weights []float64, room []int64) (got []int64, rest int64) {
	got, rest = make([]int64, len(weights)), total
	open := slices.Clone(weights)
	for rest > 0 {
		for i := range open {
			if room[i] == 0 {
				open[i] = 0
			}
		}
		if slices.Max(open) == 0 {
			break
		}
		for i, x := range share(rest, open) {
			x = min(x, room[i])
			got[i], room[i], rest = got[i]+x, room[i]-x, rest-x
		}
	}
	return got, rest
}

// need is each place's weight in the pool: decline index x residents^a / local tax per resident. The index is persons of 65 and over per woman of 20-39, at most
// mostDecline. Who may receive donations shares; a provincial government only where no municipality of its province may (Sejong, Jeju).
func (s *State) need(r *law.Redistribution, in []Flows) []float64 {
	weights, served := make([]float64, len(in)), make([]bool, len(in)-s.numTowns)
	tax, people := 0.0, int64(0)
	for i := range in[:s.numTowns] {
		p := &s.places[i]
		served[p.Province] = served[p.Province] || p.Recipient
	}
	for i := range in {
		if s.shares(i, served) {
			tax += s.localTax(i, &in[i])
			people += in[i].Population
		}
	}
	if people == 0 {
		return weights
	}
	least := max(float64(leastCapacity*tax)/float64(people), 1)
	for i := range in {
		f := &in[i]
		if !s.shares(i, served) || f.Population <= 0 {
			continue
		}
		n := float64(f.Population)
		decline := mostDecline
		if f.Women > 0 {
			decline = min(float64(f.Old)/float64(f.Women), mostDecline)
		}
		weights[i] = float64(decline*draw.Exp(float64(r.PoolPopulation*draw.Log(n)))) / max(s.localTax(i, f)/n, least)
	}
	return weights
}

// shares says whether a place shares in the pool.
func (s *State) shares(i int, served []bool) bool {
	p := &s.places[i]
	return p.Recipient && (i < s.numTowns || !served[p.Province])
}

// floor lets the state pay what a place loses beyond a share of its local tax (R7): relief borne, of persons and corporations, less compensation.
func (s *State) floor(x float64, in []Flows) {
	for i := range in {
		r := &s.books.Places[i]
		most := int64(float64(x * s.localTax(i, &in[i])))
		paid := max(r.Borne+r.CorporateBorne-r.Compensation-most, 0)
		s.book(Floor, i, Treasury, s.own(i), paid)
		r.Redistribution += paid
	}
}

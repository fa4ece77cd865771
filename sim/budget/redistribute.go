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
	leastCapacity = 0.1 // least capacity per head in a weight, share of the nation's mean, so that no small tax base takes the pool (judgement)
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

// pool takes what a place keeps above the ceiling per resident (R2) and a share of what it keeps below (R1), and shares both by need.
func (s *State) pool(r *law.Redistribution, in []Flows) {
	weights := s.need(r, in)
	if slices.Max(weights) == 0 {
		return // nobody to share with
	}
	over, rate := make([]int64, len(in)), make([]int64, len(in))
	for i := range in {
		kept := max(s.kept[i], 0)
		if r.PerResident > 0 {
			over[i] = max(kept-r.PerResident*in[i].Population, 0)
		}
		rate[i] = int64(r.PoolRate * float64(kept-over[i]))
	}
	s.collect(Ceiling, over, weights)
	s.collect(Shared, rate, weights)
}

// collect takes each place's payment and shares the sum.
func (s *State) collect(k Kind, pay []int64, weights []float64) {
	total := int64(0)
	for i, x := range pay {
		s.transfer(k, i, -x)
		total += x
	}
	for i, x := range share(total, weights) {
		s.transfer(k, i, x)
	}
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

// floor lets the state pay what a place loses beyond a share of its local tax (R7): relief borne less compensation.
func (s *State) floor(x float64, in []Flows) {
	for i := range in {
		r := &s.books.Places[i]
		most := int64(float64(x * s.localTax(i, &in[i])))
		paid := max(r.Borne-r.Compensation-most, 0)
		s.book(Floor, i, Treasury, s.own(i), paid)
		r.Redistribution += paid
	}
}

package people

import "gohyang/sim/draw"

// Income is who earns how much, by town, sex and age: log earnings are normal within a cell, with the mean of the town plus that of the sex and age.
type Income struct {
	EarnerShare [2][Ages]float64 // share of persons who are taxpayers with earnings, by sex and age
	EarnerLevel []float64        // by town: factor on EarnerShare
	Log         [2][Ages]float64 // log earnings relative to the national mean
	Town        []float64        // by town: mean log earnings, won or yen a year
	SD          float64          // standard deviation of log earnings within town, sex and age
}

const (
	perLog = 256        // income classes to a unit of log earnings
	lowest = 11.5129255 // log of 100,000, the lower end of the first class
	// Classes is the number of income classes; class 0 has no earnings, class c>0 earns about exp(lowest + (c-0.5)/perLog).
	Classes = 3072
	ranks   = 4096 // quantiles of the earnings distribution
	topCut  = 0.98 // most of a cell that can be earners
)

// Gross is the yearly earnings of an income class, won or yen; the class is 0.4% wide.
func Gross(class int) int64 {
	if class <= 0 {
		return 0
	}
	return int64(draw.Exp(lowest+float64((float64(class)-0.5)/perLog)) + 0.5)
}

// Earnings is Income compiled to integers.
type Earnings struct {
	share [2][Ages]uint32 // Q16
	level []uint32        // Q16
	age   [2][Ages]int32  // log, 4096 to one
	town  []int32
	rank  [ranks]int32
	in    *Income
	mean  [2][Ages]float64 // earnings relative to the town's mean
}

// NewEarnings compiles Income.
func NewEarnings(in *Income) *Earnings {
	e := &Earnings{in: in, level: q16s(in.EarnerLevel), town: make([]int32, len(in.Town))}
	for sex := range 2 {
		for a := range Ages {
			e.share[sex][a] = draw.Q16(in.EarnerShare[sex][a])
			e.age[sex][a] = fixLog(in.Log[sex][a])
			e.mean[sex][a] = draw.Exp(in.Log[sex][a])
		}
	}
	for i, m := range in.Town {
		e.town[i] = fixLog(m - lowest)
	}
	for r := range e.rank {
		e.rank[r] = fixLog(float64(in.SD * draw.Quantile((float64(r)+0.5)/ranks)))
	}
	return e
}

func fixLog(x float64) int32 { return int32(min(max(x, -1e5), 1e5) * 4096) }

// Class is the income class of a person whose rank (16 bits, constant over life) is counted within town, sex and age: the lower ranks have no earnings, the
// others earn the quantile of their rank among the earners.
func (e *Earnings) Class(home uint16, sex, age int, rank uint32) int {
	earners := uint32(min(uint64(e.share[sex][age])*uint64(e.level[home])>>16, earnersCap))
	cut := 65536 - earners
	if earners == 0 || rank < cut {
		return 0
	}
	r := (uint64(rank-cut)<<16 + 1<<15) / uint64(earners)
	x := e.town[home] + e.age[sex][age] + e.rank[min(r>>4, ranks-1)]
	return int(min(max(x>>4, 0), Classes-2)) + 1
}

const earnersCap = 64225 // topCut in Q16

// Expected is the sum of expected earnings of a town's residents, by sex and age, won or yen a year.
func (e *Earnings) Expected(town int, byAge *[2][Ages]int64) float64 {
	sum := 0.0
	for sex := range 2 {
		for a, n := range byAge[sex] {
			share := min(float64(e.in.EarnerShare[sex][a]*e.in.EarnerLevel[town]), topCut)
			sum += float64(float64(float64(n)*share) * e.mean[sex][a])
		}
	}
	return float64(sum * draw.Exp(e.in.Town[town]+float64(e.in.SD*e.in.SD)/2))
}

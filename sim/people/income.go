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
	in   *Income
	age  [2][Ages]int32 // log, 4096 to one
	town []int32
	rank [ranks]int32
	cell []cell           // by sex, age and town
	mean [2][Ages]float64 // earnings relative to the town's mean
}

// cell is who earns in one town, sex and age: ranks from cut up, and the factor that turns a rank above it into a quantile, ranks << 20 over the number of ranks.
type cell struct{ cut, quantile uint32 }

// NewEarnings compiles Income.
func NewEarnings(in *Income) *Earnings {
	e := &Earnings{in: in, town: make([]int32, len(in.Town))}
	for sex := range 2 {
		for a := range Ages {
			e.age[sex][a] = fixLog(in.Log[sex][a])
			e.mean[sex][a] = draw.Exp(in.Log[sex][a])
			for t := range in.Town {
				c := cell{cut: 1 << 16}
				if n := uint32(65536 * in.share(t, sex, a)); n >= leastEarners {
					c = cell{cut: 1<<16 - n, quantile: uint32(uint64(ranks<<20) / uint64(n))}
				}
				e.cell = append(e.cell, c)
			}
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

// leastEarners is the smallest share of earners, of 65,536, that counts as any.
const leastEarners = 16

// share is the share of earners in a cell.
func (in *Income) share(town, sex, age int) float64 {
	return min(float64(in.EarnerShare[sex][age]*in.EarnerLevel[town]), topCut)
}

func fixLog(x float64) int32 { return int32(min(max(x, -1e5), 1e5) * 4096) }

// Class is the income class of a person whose rank (16 bits, constant over life) is counted within town, sex and age: the lower ranks have no earnings, the
// others earn the quantile of their rank among the earners.
func (e *Earnings) Class(home uint16, sex, age int, rank uint32) int {
	c := e.cell[(sex*Ages+age)*len(e.town)+int(home)]
	if rank < c.cut {
		return 0
	}
	r := uint64(rank-c.cut) * uint64(c.quantile) >> 20
	x := e.town[home] + e.age[sex][age] + e.rank[r&(ranks-1)]
	return int(min(max(x>>4, 0), Classes-2)) + 1
}

// Expected is the sum of expected earnings of a town's residents, by sex and age, won or yen a year.
func (e *Earnings) Expected(town int, byAge *[2][Ages]int64) float64 {
	sum := 0.0
	for sex := range 2 {
		for a, n := range byAge[sex] {
			sum += float64(float64(float64(n)*e.in.share(town, sex, a)) * e.mean[sex][a])
		}
	}
	return float64(sum * draw.Exp(e.in.Town[town]+float64(e.in.SD*e.in.SD)/2))
}

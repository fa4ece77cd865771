package people

import (
	"math"
	"sort"

	"gohyang/sim/draw"
)

// Agents apportions residents to agents: by sex and age, the nation's number of agents is the scaled count with the remainder carried to the next age,
// and towns get it by largest remainder of what they are still owed. So every sex and age of the nation, and every town up to every age, is right to
// within about one agent, and at scale 1 every cell is exact. Below scale 1 a town starts with half an agent more or less (a hash of its index), or all small
// towns would get their few agents at the same ages. Ties go to the town listed first.
func Agents(population [][2][Ages]int32, scale float64) [][2][Ages]int32 {
	out := make([][2][Ages]int32, len(population))
	owed := make([]float64, len(population))
	order := make([]int, len(population))
	nation, given := 0.0, 0
	if scale < 1 {
		for t := range owed {
			owed[t] = draw.Unit(draw.Hash(uint64(t), uint64(draw.Start))) - 0.5
		}
	}
	for sex := range 2 {
		for age := range Ages {
			for t := range population {
				x := float64(float64(population[t][sex][age]) * scale)
				owed[t] += x
				nation += x
			}
			n := int(math.Floor(nation+0.5)) - given
			given += n
			for t := range order {
				order[t] = t
				k := int(max(math.Floor(owed[t]+1e-9), 0))
				k = min(k, n)
				out[t][sex][age] = int32(k)
				owed[t] -= float64(k)
				n -= k
			}
			sort.SliceStable(order, func(i, j int) bool { return owed[order[i]] > owed[order[j]] })
			for i := 0; n > 0; i = (i + 1) % len(order) {
				out[order[i]][sex][age]++
				owed[order[i]]--
				n--
			}
		}
	}
	return out
}

// Start fills the columns with the base population on 1 January of year: agents by town, sex and age; block is the most slots of a block, a multiple of
// 64. growth is the number of slots to reserve for persons born or arriving later.
func Start(agents [][2][Ages]int32, year, block, growth int) *Persons {
	p := &Persons{}
	total := 0
	for age := range Ages {
		for sex := range 2 {
			n := 0
			for t := range agents {
				n += int(agents[t][sex][age])
			}
			total += (n + 63) &^ 63
		}
	}
	p.reserve(total+growth, growth)
	for age := Ages - 1; age >= 0; age-- {
		for sex := range 2 {
			p.settle(agents, year-1-age, sex, age, block)
		}
	}
	p.KeyFrom = uint32(len(p.Home))
	return p
}

// settle appends the agents of one birth year and sex, town by town.
func (p *Persons) settle(agents [][2][Ages]int32, birth, sex, age, block int) {
	n := 0
	for t := range agents {
		n += int(agents[t][sex][age])
	}
	if n == 0 {
		return
	}
	from := p.grow(n)
	slot := from
	for t := range agents {
		for range agents[t][sex][age] {
			p.Home[slot], p.Origin[slot] = uint16(t), uint16(t)
			p.enter(slot)
			slot++
		}
	}
	p.block(from, n, block, birth, sex, false)
}

// enter makes the person in a slot alive, without moves, donations or bonds.
func (p *Persons) enter(slot uint32) {
	p.Before[slot], p.Last[slot], p.Bond[slot] = None, None, None
	p.Alive[slot>>6] |= 1 << (slot & 63)
}

// SetOrigins draws the town of origin of the base population: the province of birth by the shares of the province of residence; within another
// province, and for those born in their own province but in another town, a town in proportion to its population at the start. pop is by town,
// provinceOf maps a town to its province.
func (p *Persons) SetOrigins(o *Origins, provinceOf []int, pop []float64, seed uint64) {
	key := draw.Key(seed, 0, draw.Origin)
	born := draw.NewTable(len(o.Province), len(o.Province), func(r, i int) float64 { return o.Province[r][i] })
	town := draw.NewTable(len(o.Province), len(pop), func(r, i int) float64 {
		if provinceOf[i] != r {
			return 0
		}
		return pop[i]
	})
	for slot := range p.KeyFrom {
		if p.Alive[slot>>6]>>(slot&63)&1 == 0 {
			continue
		}
		u := draw.At(p.ID(slot), key)
		home := p.Home[slot]
		r := provinceOf[home]
		from := born.At(r, u)
		u = draw.Mix(u + draw.Golden)
		if from == r && draw.Unit(u) < o.Town[r] {
			continue
		}
		for range tries {
			u = draw.Mix(u + draw.Golden)
			p.Origin[slot] = uint16(town.At(from, u))
			if p.Origin[slot] != home {
				break
			}
		}
	}
}

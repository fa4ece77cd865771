package sim

import (
	"math"
	"testing"

	"gohyang/sim/people"
	"gohyang/sim/towns"
)

// TestGivers: givers by home and origin, in expectation, are those whom people.Persons.SetOrigins draws; minors and persons without pay do not count, and what is meant
// for a town that receives nothing goes to its province's government.
func TestGivers(t *testing.T) {
	cfg := &Config{NumTowns: 5, Demography: &people.Tables{Population: make([][2][people.Ages]int32, 5)},
		Income:  &people.Income{EarnerLevel: []float64{1, 1, 1.5, 1, 1}},
		Origins: &people.Origins{Province: [][]float64{{0.7, 0.3}, {0.2, 0.8}}, Town: []float64{0.5, 0.6}}}
	provinceOf := []int{0, 0, 0, 1, 1}
	for i, p := range []int{0, 0, 0, 1, 1, 0, 1} {
		cfg.Places = append(cfg.Places, towns.Place{Province: p, Recipient: i != 3})
	}
	for sex := range 2 {
		cfg.Income.EarnerShare[sex][40] = 0.6
	}
	agents := make([][2][people.Ages]int32, 5)
	pop := make([]float64, 5)
	for i, n := range []int32{10000, 20000, 30000, 40000, 5000} {
		cfg.Demography.Population[i][0][40], cfg.Demography.Population[i][1][10] = n, n
		agents[i][0][40], agents[i][1][10] = n, n
		pop[i] = float64(2 * n)
	}
	p := people.Start(agents, 2023, 16384, 0)
	p.SetOrigins(cfg.Origins, provinceOf, pop, 5)
	home, away := make([]float64, 5), [2][7]float64{}
	for _, b := range p.Blocks {
		for s := b.From; s < b.From+b.N; s++ {
			if 2022-b.Birth != 40 {
				continue
			}
			h, o := int(p.Home[s]), int(p.Origin[s])
			weight := 0.6 * cfg.Income.EarnerLevel[h]
			home[h] += weight
			if o != h {
				if o == 3 {
					o = 6
				}
				away[provinceOf[h]][o] += weight
			}
		}
	}
	g := givers(cfg)
	for h, want := range home {
		if math.Abs(g.Home[h]-want) > 1e-6*want {
			t.Errorf("town %d: %.1f givers, want %.1f", h, g.Home[h], want)
		}
	}
	for r := range away {
		for o, want := range away[r] {
			if got := g.Away[r][o]; math.Abs(got-want) > 5*math.Sqrt(want)+1e-9 {
				t.Errorf("province %d, origin %d: %.1f givers, drawn %.1f", r, o, got, want)
			}
		}
	}
}

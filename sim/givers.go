package sim

import (
	"gohyang/sim/giving"
	"gohyang/sim/towns"
)

// givers are the earners of age by town of residence, and those of them who live away from their origin, as the tables of the start have them: in expectation,
// at any scale and seed, and under any law, so that no lever changes what is read off the receipts of the start.
func givers(cfg *Config) *giving.Givers {
	g := &giving.Givers{Home: make([]float64, cfg.NumTowns)}
	pop := make([]float64, cfg.NumTowns)
	for t := range g.Home {
		for sex := range 2 {
			for age, n := range cfg.Demography.Population[t][sex] {
				pop[t] += float64(n)
				if age >= giving.Adult {
					g.Home[t] += float64(float64(float64(n)*cfg.Income.EarnerShare[sex][age]) * cfg.Income.EarnerLevel[t])
				}
			}
		}
	}
	g.Away = away(cfg, g.Home, pop)
	return g
}

// away is by province of residence and place how many givers come from its town, or its towns without a government that receives, and live elsewhere. Origins are
// those of people.Persons.SetOrigins: a province by the shares of the residents' own, a town of it in proportion to its population.
func away(cfg *Config, home, pop []float64) [][]float64 {
	provinces := len(cfg.Places) - cfg.NumTowns
	out := make([][]float64, provinces)
	all, living, moved := make([]float64, provinces), make([]float64, provinces), make([]float64, provinces)
	for t, n := range pop {
		all[cfg.Places[t].Province] += n
		living[cfg.Places[t].Province] += home[t]
	}
	elsewhere := func(t int) float64 { // a resident of the town draws another one of its province with this chance
		return 1 - pop[t]/max(all[cfg.Places[t].Province], 1)
	}
	for t, n := range home {
		if e := elsewhere(t); e > 0 {
			moved[cfg.Places[t].Province] += n / e
		}
	}
	for r := range out {
		out[r] = make([]float64, len(cfg.Places))
		if cfg.Origins == nil {
			continue
		}
		for t := range home {
			to, from := towns.Government(cfg.Places, cfg.NumTowns, t), cfg.Places[t].Province
			n := living[r]
			if e := elsewhere(t); from == r && e > 0 {
				n = float64((moved[r] - home[t]/e) * (1 - cfg.Origins.Town[r]))
			} else if from == r {
				n = 0
			}
			n = float64(n * cfg.Origins.Province[r][from])
			out[r][to] += float64(n * (1 - elsewhere(t)))
		}
	}
	return out
}

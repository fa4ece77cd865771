package people

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"gohyang/sim/draw"
)

// country draws a population of a few towns of very different size, some of them empty at some ages, as small islands are.
func country(t *rapid.T) [][2][Ages]int32 {
	pop := make([][2][Ages]int32, rapid.IntRange(1, 40).Draw(t, "towns"))
	for i := range pop {
		size := rapid.SampledFrom([]int32{0, 3, 40, 900}).Draw(t, "size")
		seed := rapid.Uint64().Draw(t, "seed")
		for sex := range 2 {
			for a := range Ages {
				pop[i][sex][a] = int32(draw.Intn(draw.Hash(seed, uint64(sex), uint64(a)), int(size)+1))
			}
		}
	}
	return pop
}

// TestAgentsWhole: at scale one every person is one agent.
func TestAgentsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pop := country(t)
		got := Agents(pop, 1)
		for i := range pop {
			if got[i] != pop[i] {
				t.Fatalf("town %d: agents differ from persons at scale 1", i)
			}
		}
	})
}

// TestAgentsScaled is what apportionment promises at any scale: no agent is negative; the nation is right to half an agent however far one counts, so no age
// gains at the cost of another; and every town is right to about one agent up to every sex and age (0.75 in countries like the two real ones; 2.04 in the oddest drawn here so far, where
// many towns of three persons owe for agents they got too early; the apportionment is greedy and has no hard bound). The order is the code's: sex, then age.
func TestAgentsScaled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pop := country(t)
		scale := rapid.SampledFrom([]float64{0.001, 0.01, 0.1, 0.25, 0.3, 0.77, 0.999}).Draw(t, "scale")
		got := Agents(pop, scale)
		nation, given := 0.0, 0
		target, sum := make([]float64, len(pop)), make([]int, len(pop))
		for sex := range 2 {
			for a := range Ages {
				for i := range pop {
					n := got[i][sex][a]
					if n < 0 {
						t.Fatalf("town %d, sex %d, age %d: %d agents", i, sex, a, n)
					}
					x := scale * float64(pop[i][sex][a])
					target[i], sum[i] = target[i]+x, sum[i]+int(n)
					nation, given = nation+x, given+int(n)
					if d := float64(sum[i]) - target[i]; math.Abs(d) > 3 {
						t.Fatalf("town %d up to sex %d, age %d: %d agents for %.2f (%+.2f)", i, sex, a, sum[i], target[i], d)
					}
				}
				if d := float64(given) - nation; math.Abs(d) > 0.5+1e-6 {
					t.Fatalf("nation up to sex %d, age %d: %d agents for %.3f (%+.3f)", sex, a, given, nation, d)
				}
			}
		}
	})
}

// TestStart: each agent gets one slot at home, alive, born in the right year, with nothing given and nobody bound; identities are all different, also from
// those of persons who come later.
func TestStart(t *testing.T) {
	agents := make([][2][Ages]int32, 3)
	for i := range agents {
		for sex := range 2 {
			for a := range Ages {
				agents[i][sex][a] = int32((i*31 + sex*17 + a*7) % 90)
			}
		}
	}
	const year = 2023
	p := Start(agents, year, 128, 1000)
	from := p.admit(100, 128, year, 1)
	for i := range uint32(100) {
		p.Key[from+i-p.KeyFrom] = draw.Hash(uint64(i))
		p.enter(from + i)
	}
	got := make([][2][Ages]int32, 3)
	ids := map[uint64]bool{}
	for _, b := range p.Blocks {
		if b.From%64 != 0 || b.N > 128 {
			t.Fatalf("block %+v: want whole words and at most 128 slots", b)
		}
		for s := b.From; s < b.From+b.N; s++ {
			if ids[p.ID(s)] {
				t.Fatalf("slot %d: identity %x is taken", s, p.ID(s))
			}
			ids[p.ID(s)] = true
			if !alive(p, s) || p.Last[s] != None || p.Bond[s] != None || p.Tie[s] != 0 || p.Habit[s] != 0 {
				t.Fatalf("slot %d does not start a plain life", s)
			}
			if !b.Keyed {
				got[p.Home[s]][b.Sex][year-1-b.Birth]++
				if p.Origin[s] != p.Home[s] {
					t.Fatalf("slot %d: origin %d, home %d before origins are drawn", s, p.Origin[s], p.Home[s])
				}
			}
		}
	}
	for i := range agents {
		if got[i] != agents[i] {
			t.Errorf("town %d: slots do not match agents", i)
		}
	}
	words := 0
	for _, w := range p.Alive {
		for ; w != 0; w &= w - 1 {
			words++
		}
	}
	if words != len(ids) {
		t.Errorf("%d bits alive for %d persons: padding slots live", words, len(ids))
	}
}

func alive(p *Persons, s uint32) bool { return p.Alive[s>>6]>>(s&63)&1 != 0 }

// fits is a chi-square test of counts against shares; the seeds are fixed, so a pass stays a pass. Items of share zero must not occur.
func fits(t *testing.T, what string, count, share []float64) {
	t.Helper()
	n, sum := 0.0, 0.0
	for i := range count {
		n += count[i]
		sum += share[i]
	}
	x, df := 0.0, -1.0
	for i := range count {
		want := n * share[i] / sum
		if want == 0 {
			if count[i] != 0 {
				t.Errorf("%s: item %d occurs %.0f times, want never", what, i, count[i])
			}
			continue
		}
		x += (count[i] - want) * (count[i] - want) / want
		df++
	}
	if df < 1 {
		if n == 0 {
			t.Errorf("%s: no draws", what)
		}
		return
	}
	if p := (distuv.ChiSquared{K: df}).Survival(x); p < 1e-4 {
		t.Errorf("%s: chi-square %.1f with %.0f degrees (p = %.1g): counts %.0f of %.0f, shares %.4f", what, x, df, p, count, n, share)
	}
}

// origins draws origins of n persons in each of five towns: 0, 1, 2 in province 0; 3, 4 in province 1.
func origins(n int32, o *Origins) (p *Persons, pop []float64) {
	agents := make([][2][Ages]int32, 5)
	pop = []float64{1, 2, 3, 4, 6}
	for i := range agents {
		agents[i][0][40] = n
	}
	p = Start(agents, 2023, 16384, 0)
	p.SetOrigins(o, []int{0, 0, 0, 1, 1}, pop, 11)
	return p, pop
}

// TestOriginProvince: the province of birth follows the table's row of the province of residence, and among those born elsewhere the town of birth
// follows the towns' population.
func TestOriginProvince(t *testing.T) {
	o := &Origins{Province: [][]float64{{0.7, 0.3}, {0.15, 0.85}}, Town: []float64{0.5, 0.6}}
	p, pop := origins(20000, o)
	provinceOf := []int{0, 0, 0, 1, 1}
	var province [2][2]float64
	var away [2][]float64
	away[0], away[1] = make([]float64, 5), make([]float64, 5)
	for s := range p.Home {
		if !alive(p, uint32(s)) {
			continue
		}
		from, to := provinceOf[p.Home[s]], provinceOf[p.Origin[s]]
		province[from][to]++
		if from != to {
			away[from][p.Origin[s]]++
		}
	}
	fits(t, "province of birth, living in 0", province[0][:], o.Province[0])
	fits(t, "province of birth, living in 1", province[1][:], o.Province[1])
	fits(t, "town of birth of those from 1 living in 0", away[0], []float64{0, 0, 0, pop[3], pop[4]})
	fits(t, "town of birth of those from 0 living in 1", away[1], []float64{pop[0], pop[1], pop[2], 0, 0})
}

// TestOriginTown: of those born in their province of residence, the table's share lives in the town of birth, no more: the others come from the province's
// other towns, in proportion to population.
func TestOriginTown(t *testing.T) {
	o := &Origins{Province: [][]float64{{1, 0}, {0, 1}}, Town: []float64{0.5, 0.6}}
	p, pop := origins(20000, o)
	count := make([][]float64, 5)
	for h := range count {
		count[h] = make([]float64, 5)
	}
	for s := range p.Home {
		if alive(p, uint32(s)) {
			count[p.Home[s]][p.Origin[s]]++
		}
	}
	for h, province := range [][]int{{0, 1, 2}, {0, 1, 2}, {0, 1, 2}, {3, 4}, {3, 4}} {
		others := 0.0
		for _, i := range province {
			if i != h {
				others += pop[i]
			}
		}
		stay := o.Town[0]
		if h > 2 {
			stay = o.Town[1]
		}
		want := make([]float64, 5)
		for _, i := range province {
			want[i] = (1 - stay) * pop[i] / others
		}
		want[h] = stay
		fits(t, "town of birth", count[h], want)
	}
}

package people

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// born is a country of provinces of one town each, with one man of every age from 0 to 60 and the same chance of moving to any other town at all ages.
func born(move float64, provinceOf ...int) *Yearly {
	f := plain(provinceOf...)
	f.Tables.Population = make([][2][Ages]int32, len(provinceOf))
	for i := range f.Tables.Population {
		for a := range 61 {
			f.Tables.Population[i][0][a] = 1
		}
	}
	for a := range Ages {
		f.Tables.MoveAge[0][a], f.Tables.MoveAge[1][a] = move, move
	}
	for g := range Groups {
		for p := range f.Tables.OD[g] {
			f.Tables.OD[g][p][p] = 0
		}
	}
	return f
}

func same(t *testing.T, what string, got, want UTurnShares, tolerance float64) {
	t.Helper()
	for k, p := range [][2]float64{{got.Never, want.Never}, {got.Returned, want.Returned}, {got.Elsewhere, want.Elsewhere}, {got.Town, want.Town}} {
		if !(math.Abs(p[0]-p[1]) <= tolerance) {
			t.Errorf("%s: %s %.9f, want %.9f", what, []string{"never left", "returned", "elsewhere", "in the town of birth"}[k], p[0], p[1])
		}
	}
}

// TestUTurnTwoProvinces: two provinces of one town each, solved on paper. A mover has one town to go to, so the tie changes nothing; m moves a year lead at age
// a to
//
//	never left (1-m)^a, at home (1 + (1-2m)^a)/2, returned the difference
func TestUTurnTwoProvinces(t *testing.T) {
	const m = 0.05
	f := born(m, 0, 1)
	want := UTurnShares{}
	for a := range 61 {
		never, home := math.Pow(1-m, float64(a)), (1+math.Pow(1-2*m, float64(a)))/2
		want.Never += never / 61
		want.Returned += (home - never) / 61
		want.Elsewhere += (1 - home) / 61
		want.Town += home / 61
	}
	for _, odds := range []float64{0, 5, 1000} {
		same(t, "two provinces", f.UTurn(nil, odds, 0), want, 1e-9)
	}
}

// TestUTurnThreeProvinces: with a third province a mover who lives away from home has two towns to go to, with odds 1 + R_o to one for that of his birth: he goes
// there with chance (1+R_o)/(2+R_o). At home h and b = m (1+R_o)/(2+R_o), h' = h (1-m) + (1-h) b, so with c = b/(m+b)
//
//	at home at age a: c + (1-c)(1-m-b)^a
func TestUTurnThreeProvinces(t *testing.T) {
	const m = 0.08
	f := born(m, 0, 1, 2)
	for _, odds := range []float64{0, 1, 5, 50} {
		b := m * (1 + odds) / (2 + odds)
		c := b / (m + b)
		want := UTurnShares{}
		for a := 18; a < 61; a++ {
			never, home := math.Pow(1-m, float64(a)), c+(1-c)*math.Pow(1-m-b, float64(a))
			want.Never += never / 43
			want.Returned += (home - never) / 43
			want.Elsewhere += (1 - home) / 43
			want.Town += home / 43
		}
		same(t, "three provinces", f.UTurn(nil, odds, 18), want, 1e-9)
	}
}

// uneven is the country of pulls with people in it, whose towns, ages and sexes all differ, and its origins.
func uneven() (*Yearly, *Origins) {
	f := pulls()
	d := f.Tables
	d.Population = make([][2][Ages]int32, 5)
	for i := range 5 {
		for a := range 80 {
			d.Population[i][0][a], d.Population[i][1][a] = int32(100+37*i+a), int32(90+41*i+2*a)
		}
		for g := range Groups {
			d.MoveLevel[i][g] = 1 + 0.1*float64((i*3+g*2)%7)
		}
	}
	for a := range Ages {
		for sex := range 2 {
			d.MoveAge[sex][a] = 0.02 + (0.12+0.03*float64(sex))*math.Exp(-math.Pow((float64(a)-24)/7, 2))
		}
	}
	return f, &Origins{Province: [][]float64{{0.9, 0.1}, {0.15, 0.85}}, Town: []float64{0.8, 0.7}}
}

// TestUTurnChain: without a tie the shares are those of a plain Markov chain, multiplied out with matrices here: who never left moves by the block of his province.
func TestUTurnChain(t *testing.T) {
	f, o := uneven()
	pop, nation := make([]float64, 5), 0.0
	for i := range 5 {
		for sex := range 2 {
			for _, n := range f.Tables.Population[i][sex] {
				pop[i] += float64(n)
				nation += float64(n)
			}
		}
	}
	province := []float64{pop[0] + pop[1] + pop[2], pop[3] + pop[4]}
	y := f.Prepare(2023, make([]int64, 5), &[2][Ages]int64{}, 1)
	want := UTurnShares{}
	for sex := range 2 {
		chain, inside := mat.NewDense(5, 5, nil), mat.NewDense(5, 5, nil)
		for i := range 5 {
			chain.Set(i, i, 1)
			inside.Set(i, i, 1)
		}
		for a := range 80 {
			weight := 0.0
			for i := range 5 {
				weight += float64(f.Tables.Population[i][sex][a]) / nation
			}
			for i, p := range f.Country.ProvinceOf {
				born := (province[0]*o.Province[0][p] + province[1]*o.Province[1][p]) / nation * pop[i] / province[p]
				never, home := mat.Sum(inside.RowView(i)), 0.0
				for j, q := range f.Country.ProvinceOf {
					if p == q {
						home += chain.At(i, j)
					}
				}
				want.Never += weight * born * never
				want.Returned += weight * born * (home - never)
				want.Elsewhere += weight * born * (1 - home)
				want.Town += weight * born * chain.At(i, i)
			}
			step, block := mat.NewDense(5, 5, nil), mat.NewDense(5, 5, nil)
			m, g := (f.Tables.MoveAge[sex][a]+f.Tables.MoveAge[sex][a+1])/2, GroupOf(a)
			for i, p := range f.Country.ProvinceOf {
				leave := m * f.Tables.MoveLevel[i][g] * (1 - math.Pow(y.to.od[g][p][p]*y.to.now[g][i], tries))
				for j, q := range f.Country.ProvinceOf {
					x := leave * y.to.od[g][p][q] * y.to.now[g][j] / (1 - y.to.od[g][p][p]*y.to.now[g][i])
					if i == j {
						x = 1 - leave
					}
					step.Set(i, j, x)
					if p == q {
						block.Set(i, j, x)
					}
				}
			}
			chain.Mul(chain, step)
			inside.Mul(inside, block)
		}
	}
	same(t, "no tie", f.UTurn(o, 0, 0), want, 1e-5) // levels and chances are in fixed point
}

// TestUTurnAgents: persons born in each town who live 60 years of moves end up where UTurn says. Every town has the same number of them, so origins are by residence
// and all towns alike in size.
func TestUTurnAgents(t *testing.T) {
	const n, age = 4000, 60
	f, _ := uneven()
	for i := range f.Tables.Population {
		f.Tables.Population[i] = [2][Ages]int32{}
		f.Tables.Population[i][0][age] = n
	}
	for _, odds := range []float64{0, 20} {
		f.Options.Return = odds
		p, left := settled(5, n, [2]int{0, 0}), map[uint64]bool{}
		for year := 2023; year < 2023+age; year++ {
			y, w := prepare(f, year, p, 1), NewTally(1, 5)
			tiles(p, f.Seed, year, func(t *Tile) { y.Move(t, w) })
			for s := range p.Home {
				if f.Country.ProvinceOf[p.Home[s]] != f.Country.ProvinceOf[p.Origin[s]] {
					left[uint64(s)] = true
				}
			}
		}
		var never, returned, town int64
		for s := range p.Home {
			switch home := f.Country.ProvinceOf[p.Home[s]] == f.Country.ProvinceOf[p.Origin[s]]; {
			case !alive(p, uint32(s)):
				continue
			case home && left[uint64(s)]:
				returned++
			case home:
				never++
			}
			if p.Home[s] == p.Origin[s] {
				town++
			}
		}
		want := f.UTurn(nil, odds, 0)
		near(t, "never left", never, 5*n, want.Never)
		near(t, "returned", returned, 5*n, want.Returned)
		near(t, "in the town of birth", town, 5*n, want.Town)
	}
}

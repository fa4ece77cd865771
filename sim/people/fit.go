package people

// rounds is how often the move tables are adjusted; the flows then agree with their targets to about one in ten thousand where they can.
const rounds = 60

// outflows is the expected number of movers of each town in the first year, by age group, from the base population.
func outflows(t *Tables) (out [Groups][]float64) {
	for g := range Groups {
		out[g] = make([]float64, len(t.MoveLevel))
	}
	for i := range t.Population {
		for sex := range 2 {
			for a, n := range t.Population[i][sex] {
				g := GroupOf(a)
				out[g][i] += float64(float64(n) * float64(t.MoveAge[sex][a]*t.MoveLevel[i][g]))
			}
		}
	}
	return out
}

// fit adjusts the rows of od and the towns' shares of one age group so that expected flows between provinces and expected moves into each town are what
// the tables say, although a mover who draws his own town draws again. Without it, places that are most of their province would lose people: their own
// movers are the ones who cannot choose them. With R the rows, a the shares and O the movers, a mover of town i in province p goes to town j in q with
//
//	P(j|i) = R[p][q] a[j] / (1 - R[p][p] a[i]),  j != i
//
// and iterative proportional fitting brings the sums of O[i] P(j|i) to their margins. Returns to the place of origin are
// taken out of the margins first, see room.
func fit(od [][]float64, share, out []float64, c Country) {
	meet(od, share, marginsOf(od, share, out, c), c)
}

// margins are the moves of one age group that the base tables are to make: out of each town, between provinces, into each town.
type margins struct {
	out, in []float64
	flows   [][]float64
}

// marginsOf is what the tables say of so many movers by town.
func marginsOf(od [][]float64, share, out []float64, c Country) *margins {
	m := &margins{out: append([]float64(nil), out...), flows: copyRows(od)}
	moves := make([]float64, c.Provinces)
	for i, p := range c.ProvinceOf {
		moves[p] += out[i]
	}
	for p, row := range m.flows {
		for q := range row {
			row[q] = float64(row[q] * moves[p])
		}
	}
	m.in = wanted(od, share, moves, c)
	return m
}

// meet fits od and share to margins, from where they are.
func meet(od [][]float64, share []float64, m *margins, c Country) {
	for range rounds {
		leave, stay := retries(od, share, m.out, c)
		for p := range od {
			for q := range od[p] {
				flow := float64(od[p][q] * leave[p])
				if p == q {
					flow = float64(od[p][p] * (leave[p] - stay[p]))
				}
				if flow > 0 {
					od[p][q] *= m.flows[p][q] / flow
				}
			}
			scaleTo(od[p], 1)
		}
		leave, _ = retries(od, share, m.out, c)
		sum := make([]float64, c.Provinces)
		next := make([]float64, len(share))
		for j, q := range c.ProvinceOf {
			in := 0.0
			for p := range od {
				in += float64(od[p][q] * leave[p])
			}
			in -= float64(od[q][q] * m.out[j] / (1 - float64(od[q][q]*share[j]) + 1e-12))
			if next[j] = share[j]; in > 0 && share[j] > 0 {
				next[j] = m.in[j] / in
			}
			sum[q] += next[j]
		}
		for j, q := range c.ProvinceOf {
			if sum[q] > 0 {
				share[j] = next[j] / sum[q]
			}
		}
	}
}

// wanted is the number of moves into each town that the tables say.
func wanted(target [][]float64, share, moves []float64, c Country) []float64 {
	into := make([]float64, c.Provinces)
	for p := range target {
		for q, x := range target[p] {
			into[q] += float64(x * moves[p])
		}
	}
	want := make([]float64, len(share))
	for j, q := range c.ProvinceOf {
		want[j] = float64(share[j] * into[q])
	}
	return want
}

// retries sums, by province, the movers weighted by how often they draw, 1/(1 - R[p][p] a[i]), and that weight times the share of the own town.
func retries(od [][]float64, share, out []float64, c Country) (leave, stay []float64) {
	leave, stay = make([]float64, c.Provinces), make([]float64, c.Provinces)
	for i, p := range c.ProvinceOf {
		x := out[i] / (1 - float64(od[p][p]*share[i]) + 1e-12)
		leave[p] += x
		stay[p] += float64(x * share[i])
	}
	return leave, stay
}

func copyRows(m [][]float64) [][]float64 {
	out := make([][]float64, len(m))
	for i, row := range m {
		out[i] = append([]float64(nil), row...)
	}
	return out
}

func scaleTo(row []float64, total float64) {
	sum := 0.0
	for _, v := range row {
		sum += v
	}
	if sum == 0 {
		return
	}
	for i := range row {
		row[i] *= total / sum
	}
}

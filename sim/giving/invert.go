package giving

import "gohyang/sim/draw"

// Givers are the people whose donations the receipts of the start are, as far as can be said without the law of a scenario: where they live and where they come
// from. Only proportions count.
type Givers struct {
	Home []float64   // by town of residence
	Away [][]float64 // by province of residence and place that receives what is meant for the town of origin: of them, those who live elsewhere
}

// appeal is what a place's quality is multiplied by in each nest of E8; nearby places count with their distance besides.
type appeal struct{ gift, tie, cause []float64 }

// inversion is the way from observed shares to quality (E9; Berry, Levinsohn, Pakes 1995, Econometrica 63, for the contraction): quality is such that the nests
// together, with the homes and origins of givers and the rule on where they may give, share donations as they were observed.
type inversion struct {
	m       *Market
	motive  [3]float64 // share of gift, tie and cause
	towns   [][]int    // by province of residence
	living  []float64  // by province of residence: givers
	ownTown bool
	ownProv bool
	quality []float64
	weight  []float64 // of places in a nest
	out     []float64 // expected share of donations
	pull    float64   // mean share of those living away who give to their origin
}

// Limits of the contraction, which gains about half a digit a step.
const (
	steps     = 400
	tolerance = 1e-5 // of a share, relative
)

// solve is the log quality of every place with a share that is not barred, zero elsewhere. At the start the tie to the origin is found with it: the odds at which
// the mean over those who live away is choice.origin.
func (m *Market) solve(barred []bool, start bool) []float64 {
	v := m.newInversion()
	log, sum := make([]float64, len(m.share)), 0.0
	for i, s := range m.share {
		if s > 0 && !barred[i] {
			log[i] = draw.Log(s)
			sum += s
		}
	}
	for range steps {
		total := v.expect(log, barred)
		worst := 0.0
		for i, s := range m.share {
			if m.givers != nil && s > 0 && !barred[i] && total > 0 {
				step := draw.Log(s/sum) - draw.Log(max(v.out[i]/total, 1e-30))
				log[i] += step
				worst = max(worst, step, -step)
			}
		}
		if start {
			worst = max(worst, m.tighten(v.pull))
		}
		if worst < tolerance {
			break
		}
	}
	return log
}

// tighten moves the odds of the origin by the gap between the wanted and the expected share, on the scale of log odds, and returns the move.
func (m *Market) tighten(share float64) float64 {
	want := m.params.Choice.Origin
	if want <= 0 || share <= 0 {
		m.tie = 0
		return 0
	}
	if want >= 1 {
		m.tie = certain
		return 0
	}
	step := draw.Log(want/(1-want)) - draw.Log(share/max(1-share, 1e-12))
	m.tie = min(float64(m.tie*draw.Exp(step)), certain)
	return max(step, -step)
}

// certain are the odds of an origin at which nobody gives elsewhere.
const certain = 1e12

func (m *Market) newInversion() *inversion {
	n, p := len(m.places), &m.params.Motive
	gift := min(p.Gift, 1)
	tie := min(p.Gift+p.Tie, 1) - gift
	v := &inversion{m: m, motive: [3]float64{gift, tie, 1 - gift - tie}, ownTown: m.excluded != "" && m.excluded != "none", ownProv: m.excluded == "province",
		quality: make([]float64, n), weight: make([]float64, n), out: make([]float64, n), towns: make([][]int, len(m.near)), living: make([]float64, len(m.near))}
	for h := range m.towns {
		r := m.places[h].Province
		v.towns[r] = append(v.towns[r], h)
		if m.givers != nil {
			v.living[r] += m.givers.Home[h]
		}
	}
	return v
}

// expect fills the expected shares at a log quality, and returns their sum.
func (v *inversion) expect(log []float64, barred []bool) (total float64) {
	m := v.m
	clear(v.out)
	for i := range v.quality {
		if v.quality[i] = 0; m.share[i] > 0 && !barred[i] {
			v.quality[i] = draw.Exp(log[i])
		}
	}
	v.anywhere(m.appeal.gift, v.motive[0])
	v.anywhere(m.appeal.cause, v.motive[2])
	v.ties()
	for _, x := range v.out {
		total += x
	}
	return total
}

// anywhere adds a nest that looks at no distance.
func (v *inversion) anywhere(appeal []float64, part float64) {
	sum, each := v.weigh(appeal, nil), 0.0
	for r := range v.m.near {
		each += v.bar(sum, r, part)
	}
	v.add(each)
}

// add adds so much to every place for a unit of its weight.
func (v *inversion) add(each float64) {
	for j, w := range v.weight {
		v.out[j] += float64(each * w)
	}
}

// weigh fills the weights of places in a nest and returns their sum.
func (v *inversion) weigh(appeal, near []float64) (sum float64) {
	for i, q := range v.quality {
		if v.weight[i] = float64(q * appeal[i]); near != nil {
			v.weight[i] = float64(v.weight[i] * near[i])
		}
		sum += v.weight[i]
	}
	return sum
}

// ties adds what goes to origins and, for want of one or by choice, to places nearby.
func (v *inversion) ties() {
	m := v.m
	away, home := 0.0, 0.0
	for r := range m.near {
		sum := v.weigh(m.appeal.tie, m.near[r])
		gone := 0.0
		for j, w := range v.weight {
			n := m.from(r, j)
			away += n
			if v.ownProv && j == m.towns+r {
				continue
			}
			at := float64(n * m.drawn(w, sum))
			gone += at
			v.out[j] += float64(v.motive[1] * at)
		}
		home += gone
		if all := v.living[r]; all > 0 {
			v.add(v.bar(sum, r, float64(v.motive[1]*max(1-gone/all, 0))))
		}
	}
	if v.pull = 0; away > 0 {
		v.pull = home / away
	}
}

// from is how many givers of a province come from a place and live away from it; where nothing is known of givers, all pairs are alike.
func (m *Market) from(province, place int) float64 {
	switch {
	case m.givers != nil:
		return m.givers.Away[province][place]
	case m.places[place].Recipient:
		return 1
	}
	return 0
}

// drawn is the chance that a tie donor gives to his place of origin, a place of this weight among all nearby: with the chance that it is drawn as any other place,
// that makes the logit exp(V + b_tie)/(exp(V + b_tie) + sum of the others' exp V) of E8.
func (m *Market) drawn(weight, sum float64) float64 {
	pull := float64(m.tie * weight)
	if pull <= 0 {
		return 0
	}
	return pull / (pull + sum)
}

// bar is how much a place receives for a unit of its weight, if a province's givers spread a part of their donations over a nest whose weights have this sum, each
// without the places where he may not give (L7); what these would receive is taken off them beforehand.
func (v *inversion) bar(sum float64, province int, part float64) (each float64) {
	if v.m.givers == nil {
		return 0
	}
	seat := v.m.towns + province
	if v.ownProv {
		sum -= v.weight[seat]
	}
	for _, h := range v.towns[province] {
		rest := sum
		if v.ownTown {
			rest -= v.weight[h]
		}
		if rest <= 0 {
			continue
		}
		n := float64(part*v.m.givers.Home[h]) / rest
		each += n
		if v.ownTown {
			v.out[h] -= float64(n * v.weight[h])
		}
	}
	if v.ownProv {
		v.out[seat] -= float64(each * v.weight[seat])
	}
	return each
}

// attention is by province how much of it comes from outside the peer group, relative to the nation (attention.local): (receipts of its own governments a giver)
// to the power gamma, over the mean of that; and the givers that such attention makes.
func (m *Market) attention(g *Givers) (local []float64, drawn *Givers) {
	local = make([]float64, len(m.near))
	own, living, mean, all := make([]float64, len(local)), make([]float64, len(local)), 0.0, 0.0
	for i, s := range m.share {
		own[m.places[i].Province] += s
		if g != nil && i < m.towns {
			living[m.places[i].Province] += g.Home[i]
		}
	}
	for r := range local {
		if local[r] = 1; own[r] > 0 && living[r] > 0 {
			local[r] = draw.Exp(float64(m.params.Attention.Local * draw.Log(own[r]/living[r])))
		}
		mean, all = mean+float64(local[r]*living[r]), all+living[r]
	}
	if all == 0 {
		return local, nil
	}
	drawn = &Givers{Home: make([]float64, m.towns), Away: make([][]float64, len(local))}
	for r := range local {
		local[r] = float64(local[r] * all / mean)
		drawn.Away[r] = make([]float64, len(m.places))
		for i, n := range g.Away[r] {
			drawn.Away[r][i] = float64(n * local[r])
		}
	}
	for h := range drawn.Home {
		drawn.Home[h] = float64(g.Home[h] * local[m.places[h].Province])
	}
	return local, drawn
}

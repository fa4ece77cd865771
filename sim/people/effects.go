package people

import "gohyang/sim/draw"

// Effects are the responses of births and moves to services that donations pay for (E22-E24). All are zero by default, because the published evidence is null
// (A5): moves only change who lives where, births are apart.
type Effects struct {
	Births float64 `toml:"births" unit:"births per 1,000 women" min:"0" max:"20" doc:"e_f: more births a year per 1,000 women aged 25-39 for each 10% that donations add to services for children (E22); 0 = off"`
	In     float64 `toml:"in" unit:"odds per unit of services" min:"0" max:"20" doc:"e_m: odds of a town as the destination of families (ages 0-14 and 25-59) times 1 + e_m x what donations add to its services for children (E24); 0 = off"`
	Out    float64 `toml:"out" unit:"share per unit of services" min:"0" max:"5" doc:"e_o: moves out of a town times 1 - e_o x what donations add to its services (E23); 0 = off"`
}

// On says whether services change births or moves at all.
func (e Effects) On() bool { return e != Effects{} }

// Gain is what donations have added to the services of every town, as a share of what they would be: 0.1 = a tenth more, -0.1 = a tenth less. What less does is the
// opposite of what as much more does, until births or moves are none, and pull a hundredth.
type Gain struct {
	General  []float64
	Children []float64
}

// The ages of mothers that services for children act on: those of the evidence on child-care places (J86).
const firstCare, lastCare = 25, 39

// birthLevel is the towns' level of births at an age.
func (y *Year) birthLevel(age int) []uint32 {
	if age < firstCare || age > lastCare {
		return y.birth
	}
	return y.care
}

// care sets the towns' birth levels at the ages that services for children act on (E22): as many births more for each tenth more of services, or fewer for less, in every town,
// spread over these ages as births are.
func (f *Yearly) care(y *Year) {
	y.care = y.birth
	if f.Effects.Births == 0 || f.Gain == nil {
		return
	}
	mean := 0.0
	for a := firstCare; a <= lastCare; a++ {
		mean += 2 * draw.Unit(y.byAge[1][a].birth) / (lastCare - firstCare + 1)
	}
	if mean == 0 {
		return
	}
	y.care = make([]uint32, len(y.birth))
	for i, level := range f.Tables.BirthLevel {
		more := float64(f.Effects.Births/1000*(f.Gain.Children[i]/0.1)) / mean
		y.care[i] = draw.Q16(max(level+more, 0))
	}
}

// leaving is a town's level of moves out with the effect of services (E23).
func (f *Yearly) leaving(town int, level float64) float64 {
	if f.Effects.Out == 0 || f.Gain == nil {
		return level
	}
	return float64(level * max(1-float64(f.Effects.Out*f.Gain.General[town]), 0))
}

// families tells whether an age group moves with, or will soon have, children.
func families(g int) bool { return g == GroupOf(0) || g == GroupOf(30) || g == GroupOf(40) }

// least is the least factor of services on a town's pull: no loss of them keeps all families away (judgement), so that every mover has somewhere to go.
const least = 0.01

// attraction is the factor of services on the towns' pull for an age group (E24), nil where there is none.
func (f *Yearly) attraction(g int) []float64 {
	if f.Effects.In == 0 || f.Gain == nil || !families(g) {
		return nil
	}
	out := make([]float64, len(f.Gain.Children))
	for i, gain := range f.Gain.Children {
		out[i] = max(1+float64(f.Effects.In*gain), least)
	}
	return out
}

// attract bends the destinations of an age group by factors on the towns' pull. The provinces' reference table stays, and a proposed province is accepted in
// proportion to its mean factor, so that without effect the same mover goes where he went; od and now say the resulting chances.
func (m *moveTables) attract(g int, aligned, factor []float64, free bool, c Country) {
	if free && m.accept[g] != nil {
		m.od[g] = copyRows(m.base[g])
	}
	m.accept[g] = nil
	if factor == nil {
		return
	}
	mean, most := make([]float64, c.Provinces), 0.0
	for i, p := range c.ProvinceOf {
		mean[p] += float64(m.now[g][i] * factor[i])
	}
	for _, x := range mean {
		most = max(most, x)
	}
	if most == 0 {
		return
	}
	m.accept[g] = make([]uint64, c.Provinces)
	for q, x := range mean {
		m.accept[g][q] = draw.Fix(x / most)
	}
	for p, row := range m.od[g] {
		sum := 0.0
		for q := range row {
			row[q] = float64(row[q] * mean[q])
			sum += row[q]
		}
		for q := range row {
			if sum > 0 {
				m.od[g][p][q] /= sum
			}
		}
	}
	both := make([]float64, len(factor))
	for i := range both {
		both[i] = float64(aligned[i] * factor[i])
	}
	m.town[g].SetRatios(both)
	m.shares(g, both, c)
}

// refused says whether a proposed province is drawn again.
func (m *moveTables) refused(g, province int, key uint64) bool {
	return m.accept[g] != nil && draw.Mix(key^draw.Golden) >= m.accept[g][province]
}

// oddsOf is the odds that a multiple of a town's base chance, among all towns but the mover's own, stands for.
func (y *Year) oddsOf(home, town uint16, g int, times float64) float64 {
	from, to := y.country.ProvinceOf[home], y.country.ProvinceOf[town]
	stay := float64(y.to.od[g][from][from] * y.to.now[g][home])
	return float64(y.to.od[g][from][to]*y.to.now[g][town]) / max(1-stay, 1e-9) * times
}

// bondDraws sends a mover to the place of his bond with the odds of E24, (1 + R_r stage) times those of the base and of the place of origin; None if it does
// not, and then he goes where he would go without a bond. Of several towns that a provincial government stands for each has these odds.
func (y *Year) bondDraws(id uint64, home, origin, bond uint16, stage uint8, g int) uint16 {
	if stage == 0 {
		return None
	}
	var own [1]uint16
	towns, times := y.country.leads(bond, &own), float64(y.related*float64(stage))
	x, back := 0.0, 0.0
	for _, to := range towns {
		x += y.bondOdds(home, origin, to, g, times)
	}
	if x == 0 {
		return None
	}
	if origin != home && origin != None && y.odds > 0 {
		back = y.oddsOf(home, origin, g, float64(y.odds)/65536)
	}
	u := draw.At(id, y.keyBond)
	if draw.Unit(u) >= x/(1+x+back) {
		return None
	}
	left, last := float64(draw.Unit(draw.Mix(u+draw.Golden))*x), uint16(None)
	for _, to := range towns {
		if odds := y.bondOdds(home, origin, to, g, times); odds > 0 {
			if last = to; left < odds {
				break
			}
			left -= odds
		}
	}
	return last
}

// bondOdds is the extra odds of a town that a bond leads to; none for the town lived in.
func (y *Year) bondOdds(home, origin, town uint16, g int, times float64) float64 {
	if town == home {
		return 0
	}
	x := y.oddsOf(home, town, g, times)
	if town == origin {
		x = float64(x * (1 + float64(y.odds)/65536))
	}
	return x
}

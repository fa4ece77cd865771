package sim_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"gohyang/sim"
	"gohyang/sim/people"
)

// valley is a stylised country of five towns, 0 to 2 in province 0 and 3 and 4 in province 1, where nobody donates and every demographic rate differs by town, sex
// and age: n persons in all, of ages 0 to 94. Rates are judgement, of the order of the two countries'.
func valley(tb testing.TB, n, years int) *sim.Config {
	cfg := demo(tb, 1000, years)
	provinces := []int{0, 0, 0, 1, 1}
	cfg.Places = append(cfg.Places[:5:5], cfg.Places[226], cfg.Places[226])
	for i, r := range provinces {
		cfg.Places[i].Province = r
	}
	cfg.Places[6].Code, cfg.Places[6].Province = "98000", 1
	cfg.NumTowns, cfg.Start.Receipts = 5, []float64{1, 1, 1, 1, 1, 0, 0}
	cfg.Giving.Attention.External, cfg.Options.Crowding = 0, 0
	cfg.Income.EarnerLevel, cfg.Income.Town = cfg.Income.EarnerLevel[:5], cfg.Income.Town[:5]
	d := cfg.Demography
	*d = people.Tables{First: cfg.First, MaleBirth: 0.513, Death: d.Death, Birth: d.Birth, Arrivals: make([][2][people.Ages]float64, 1),
		DeathLevel: []float64{0.9, 1, 1.1, 1.25, 1}, BirthLevel: []float64{0.7, 1, 1.2, 1.4, 0.9}, ArrivalShare: []float64{0.4, 0.1, 0.2, 0.05, 0.25},
		Population: make([][2][people.Ages]int32, 5), MoveLevel: make([][people.Groups]float64, 5), Attract: make([][people.Groups]float64, 5)}
	d.Death[0][0][0], d.Death[0][1][0] = 0.004, 0.003
	for i, size := range []float64{0.3, 0.2, 0.2, 0.16, 0.14} {
		for a := range 95 {
			x := float64(n) * size / 190 * (1.3 - 0.6*float64(a)/94)
			d.Population[i][0][a], d.Population[i][1][a] = int32(0.97*x), int32(1.03*x)
		}
		for g := range people.Groups {
			d.MoveLevel[i][g] = 1 + 0.1*float64((i*3+g*2)%7)
			d.Attract[i][g] = size * (1 + 0.1*float64((i+g)%3))
		}
	}
	for g := range people.Groups {
		stay := 0.6 + 0.02*float64(g)
		d.OD[g] = [][]float64{{stay, 1 - stay}, {1.2 - stay, stay - 0.2}}
	}
	for a := range people.Ages {
		for sex := range 2 {
			d.MoveAge[sex][a] = 0.02 + (0.12+0.02*float64(sex))*math.Exp(-math.Pow((float64(a)-26)/7, 2))
		}
		if a >= 20 && a < 30 {
			d.Arrivals[0][0][a], d.Arrivals[0][1][a] = float64(n)/2e4, float64(n)/3e4
		}
		if a >= 40 && a < 50 {
			d.Arrivals[0][0][a], d.Arrivals[0][1][a] = -float64(n)/4e4, -float64(n)/2e4
		}
	}
	return cfg
}

// cohort is a group of persons of one sex and birth year who entered together: where from, and with what chance each of them lives where by now.
type cohort struct {
	sex, age int // completed age on 1 January
	entered  []float64
	now      *mat.Dense // by town of entry and town of residence
	born     bool       // their number is itself uncertain
}

// projection is a deterministic cohort-component projection of the same country, written from the description of the year alone: births of half a year, deaths,
// departures, moves, births of the other half. Expected events by town are kept for the whole run.
type projection struct {
	cfg                          *sim.Config
	cohorts                      []*cohort
	where                        [people.Groups]*mat.Dense // by group: chance of each destination of a mover, by town of departure
	births, deaths, in, out, net []float64
	left                         []float64 // to abroad
}

func project(cfg *sim.Config) *projection {
	p := &projection{cfg: cfg}
	for _, v := range []*[]float64{&p.births, &p.deaths, &p.in, &p.out, &p.net, &p.left} {
		*v = make([]float64, cfg.NumTowns)
	}
	for g := range p.where {
		p.where[g] = p.destinations(g)
	}
	for sex := range 2 {
		for a := range people.Ages {
			c := p.enter(sex, a, false)
			for t := range c.entered {
				c.entered[t] = float64(cfg.Demography.Population[t][sex][a])
			}
		}
	}
	return p
}

// enter adds an empty cohort.
func (p *projection) enter(sex, age int, born bool) *cohort {
	n := p.cfg.NumTowns
	c := &cohort{sex: sex, age: age, entered: make([]float64, n), now: mat.NewDense(n, n, nil), born: born}
	for t := range n {
		c.now.Set(t, t, 1)
	}
	p.cohorts = append(p.cohorts, c)
	return c
}

// residents is the cohort's expected number by town, and the variance of it: persons are independent of each other, so it is binomial by town of entry, and
// Poisson where the number born is uncertain.
func (c *cohort) residents() (mean, variance []float64) {
	n := len(c.entered)
	mean, variance = make([]float64, n), make([]float64, n)
	for from, x := range c.entered {
		for to := range n {
			p := c.now.At(from, to)
			mean[to] += x * p
			if c.born {
				variance[to] += x * p
			} else {
				variance[to] += x * p * (1 - p)
			}
		}
	}
	return mean, variance
}

// moves is where persons of a group live after the year, by town before it, if they move with chance m times the level of the town.
func (p *projection) moves(m float64, g int) *mat.Dense {
	out := mat.DenseCopyOf(p.where[g])
	for from := range p.cfg.NumTowns {
		leave := m * p.cfg.Demography.MoveLevel[from][g]
		row := out.RawRowView(from)
		for to := range row {
			row[to] *= leave
		}
		row[from] = 1 - leave
	}
	return out
}

// destinations solves for where movers of a group go: province p to q with R[p][q], town j of q with a[j], never the own town,
//
//	P(j|i) = R[p][q] a[j] / (1 - R[p][p] a[i])
//
// such that with the movers of the first year the flows between the two provinces are those of the matrix and the moves into each town those of its pull
// within the province. Two shares R and three shares a are free, and Newton's method finds them (the engine fits proportionally instead).
func (p *projection) destinations(g int) *mat.Dense {
	d, out := p.cfg.Demography, make([]float64, 5)
	var movers [2]float64
	for i := range 5 {
		for sex := range 2 {
			for a, n := range d.Population[i][sex] {
				if people.GroupOf(a) == g {
					out[i] += float64(n) * d.MoveAge[sex][a] * d.MoveLevel[i][g]
				}
			}
		}
		movers[p.cfg.Places[i].Province] += out[i]
	}
	od := d.OD[g]
	pull := [2]float64{d.Attract[0][g] + d.Attract[1][g] + d.Attract[2][g], d.Attract[3][g] + d.Attract[4][g]}
	into := [2]float64{movers[0]*od[0][0] + movers[1]*od[1][0], movers[0]*od[0][1] + movers[1]*od[1][1]}
	chances := func(x []float64) *mat.Dense {
		r := [2][2]float64{{x[0], 1 - x[0]}, {1 - x[1], x[1]}}
		a := []float64{x[2], x[3], 1 - x[2] - x[3], x[4], 1 - x[4]}
		c := mat.NewDense(5, 5, nil)
		for i := range 5 {
			for j := range 5 {
				if from, to := p.cfg.Places[i].Province, p.cfg.Places[j].Province; i != j {
					c.Set(i, j, r[from][to]*a[j]/(1-r[from][from]*a[i]))
				}
			}
		}
		return c
	}
	missing := func(x []float64) []float64 {
		c := chances(x)
		var in [5]float64
		var within [2]float64
		for i := range 5 {
			for j := range 5 {
				in[j] += out[i] * c.At(i, j)
				if r := p.cfg.Places[i].Province; r == p.cfg.Places[j].Province {
					within[r] += out[i] * c.At(i, j)
				}
			}
		}
		f := []float64{within[0] - movers[0]*od[0][0], within[1] - movers[1]*od[1][1]}
		for _, j := range []int{0, 1, 3} {
			r := p.cfg.Places[j].Province
			f = append(f, in[j]-into[r]*d.Attract[j][g]/pull[r])
		}
		return f
	}
	return chances(newton(missing, []float64{od[0][0], od[1][1], d.Attract[0][g] / pull[0], d.Attract[1][g] / pull[0], d.Attract[3][g] / pull[1]}))
}

// newton finds a zero of f near x, with slopes by differences.
func newton(f func([]float64) []float64, x []float64) []float64 {
	n := len(x)
	for range 30 {
		y := f(x)
		slope := mat.NewDense(n, n, nil)
		for k := range n {
			moved := append([]float64(nil), x...)
			moved[k] += 1e-6
			for i, v := range f(moved) {
				slope.Set(i, k, (v-y[i])/1e-6)
			}
		}
		var step mat.VecDense
		if err := step.SolveVec(slope, mat.NewVecDense(n, y)); err != nil {
			panic(err)
		}
		for k := range x {
			x[k] -= step.AtVec(k)
		}
	}
	return x
}

// death is the chance of a person of completed age a on 1 January to die in the year, at level one: half of each of the two ages lived through, at constant
// hazard within an age; the first age's risk has 15% left on 1 January.
func death(q *[people.Ages]float64, a int) float64 {
	next := min(a+1, people.Ages-1)
	if a == 0 {
		return 1 - math.Pow(1-q[0], 0.15)*math.Sqrt(1-q[1])
	}
	return 1 - math.Sqrt((1-q[a])*(1-q[next]))
}

// year takes the projection through one year.
func (p *projection) year() {
	d, n := p.cfg.Demography, p.cfg.NumTowns
	born := make([]float64, n)
	bear := func(c *cohort) {
		if c.sex == 1 {
			mean, _ := c.residents()
			for t, x := range mean {
				born[t] += x * d.BirthLevel[t] * (d.Birth[0][c.age] + d.Birth[0][min(c.age+1, people.Ages-1)]) / 4
			}
		}
	}
	var nation [2][people.Ages]float64
	for _, c := range p.cohorts {
		mean, _ := c.residents()
		for _, x := range mean {
			nation[c.sex][c.age] += x
		}
	}
	for _, c := range p.cohorts {
		bear(c)
		before, _ := c.residents()
		q := death(&d.Death[0][c.sex], c.age)
		survive := mat.NewDiagDense(n, nil)
		for t := range n {
			survive.SetDiag(t, 1-q*d.DeathLevel[t])
			p.deaths[t] += before[t] * q * d.DeathLevel[t]
		}
		c.now.Mul(c.now, survive)
		before, _ = c.residents()
		if leave := -d.Arrivals[0][c.sex][c.age] / nation[c.sex][c.age]; leave > 0 {
			c.now.Scale(1-leave, c.now)
			for t := range n {
				p.net[t] -= before[t] * leave
				p.left[t] += before[t] * leave
			}
			before, _ = c.residents()
		}
		m := (d.MoveAge[c.sex][c.age] + d.MoveAge[c.sex][min(c.age+1, people.Ages-1)]) / 2
		move := p.moves(m, people.GroupOf(c.age))
		c.now.Mul(c.now, move)
		for from := range n {
			for to := range n {
				if x := before[from] * move.At(from, to); to != from {
					p.out[from] += x
					p.in[to] += x
				}
			}
		}
		bear(c)
	}
	for _, c := range p.cohorts {
		c.age = min(c.age+1, people.Ages-1)
	}
	p.join(born)
}

// join lets newborns and arrivals enter.
func (p *projection) join(born []float64) {
	d := p.cfg.Demography
	for sex, share := range []float64{d.MaleBirth, 1 - d.MaleBirth} {
		c := p.enter(sex, 0, true)
		dies := 1 - math.Pow(1-d.Death[0][sex][0], 0.85)
		for t, x := range born {
			c.entered[t] = x * share * (1 - dies*d.DeathLevel[t])
			p.deaths[t] += x * share * dies * d.DeathLevel[t]
		}
		for a := range people.Ages {
			if x := d.Arrivals[0][sex][a]; x > 0 {
				c := p.enter(sex, a+1, false)
				for t, share := range d.ArrivalShare {
					c.entered[t] = x * share
					p.net[t] += x * share
				}
			}
		}
	}
	for t, x := range born {
		p.births[t] += x
	}
}

// broad are the age groups compared: under 15, 15-39, 40-64, 65 and over.
func broad(age int) int {
	switch {
	case age < 15:
		return 0
	case age < 40:
		return 1
	case age < 65:
		return 2
	}
	return 3
}

// TestProjection compares the population by town, sex and broad age after 5, 10, 15 and 20 years, and the events of all the years by town, with the projection's
// expectations. No z score may be beyond 4.5 (160 of them), and their mean square must be near one: a bias too small for any one cell would show there, and
// so would shared luck between persons. Births of sisters depend on one mother's moves: the Poisson variance is a little low for the youngest.
func TestProjection(t *testing.T) {
	const years = 20
	cfg := valley(t, size(100000, 1500000), years)
	w, err := sim.New(cfg, sim.Layout{})
	if err != nil {
		t.Fatal(err)
	}
	p := project(cfg)
	var events [5][5]int64
	square, cells := 0.0, 0.0
	z := func(what string, got, mean, variance float64) {
		x := (got - mean) / math.Sqrt(variance)
		square, cells = square+x*x, cells+1
		if math.Abs(x) > 4.5 {
			t.Errorf("%s: %.0f, projected %.1f (z = %.1f)", what, got, mean, x)
		}
	}
	for year := 1; year <= years; year++ {
		r, err := w.Year(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		p.year()
		for i := range 5 {
			v := &r.Towns[i]
			for k, x := range []int64{v.Births, v.Deaths, v.MovesIn, v.MovesOut, v.Arrivals - v.Departures} {
				events[k][i] += x
			}
		}
		if year%5 != 0 {
			continue
		}
		var count [5][2][4]float64
		w.Persons(func(q sim.Person) { count[q.Home][q.Sex][broad(cfg.First+year-1-q.Birth)]++ })
		var mean, variance [5][2][4]float64
		for _, c := range p.cohorts {
			m, v := c.residents()
			for i := range m {
				mean[i][c.sex][broad(c.age)] += m[i]
				variance[i][c.sex][broad(c.age)] += v[i]
			}
		}
		for i := range count {
			for sex := range 2 {
				for b := range 4 {
					z(fmt.Sprintf("year %d, town %d, sex %d, ages %d", year, i, sex, b), count[i][sex][b], mean[i][sex][b], variance[i][sex][b])
				}
			}
		}
	}
	if ms := square / cells; ms < 0.5 || ms > 1.6 {
		t.Errorf("mean square of %.0f z scores is %.2f, want about 1", cells, ms)
	}
	for k, want := range [][]float64{p.births, p.deaths, p.in, p.out} {
		for i := range want {
			z(fmt.Sprintf("%s of town %d", []string{"births", "deaths", "moves in", "moves out"}[k], i), float64(events[k][i]), want[i], 1.3*want[i])
		}
	}
	for i, want := range p.net { // arrivals are counted out, departures are drawn; one person a year from rounding
		z(fmt.Sprintf("net arrivals of town %d", i), float64(events[4][i]), want, p.left[i]+years)
	}
}

// TestConservation: nobody appears or vanishes without an event, in any town and year, and every move out is a move in. The count is of persons, the events are
// the record's.
func TestConservation(t *testing.T) {
	for _, scale := range []float64{1, 0.1} {
		cfg := valley(t, size(30000, 100000), 12)
		cfg.Scale = scale
		if scale != 1 {
			cfg.Options.Crowding = 1
		}
		w, err := sim.New(cfg, sim.Layout{})
		if err != nil {
			t.Fatal(err)
		}
		count := func() (n [5]int64) {
			w.Persons(func(q sim.Person) { n[q.Home]++ })
			return n
		}
		agents := func(x int64) int64 { return int64(math.Round(float64(x) * scale)) }
		before := count()
		for range 12 {
			r, err := w.Year(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			after, moved := count(), int64(0)
			for i := range after {
				v := &r.Towns[i]
				want := before[i] + agents(v.Births) - agents(v.Deaths) + agents(v.MovesIn) - agents(v.MovesOut) + agents(v.Arrivals) - agents(v.Departures)
				if after[i] != want || agents(v.Population) != want {
					t.Errorf("scale %g, %d, town %d: %d persons, %d in the record, the events say %d", scale, r.Year, i, after[i], agents(v.Population), want)
				}
				if v.Population != v.ByAge[0]+v.ByAge[1]+v.ByAge[2] || v.Women2039 > v.ByAge[1] {
					t.Errorf("scale %g, %d, town %d: ages %v and %d women of 20-39 in a population of %d", scale, r.Year, i, v.ByAge, v.Women2039, v.Population)
				}
				moved += agents(v.MovesIn) - agents(v.MovesOut)
			}
			if moved != 0 {
				t.Errorf("scale %g, %d: %d moves in without a move out", scale, r.Year, moved)
			}
			before = after
		}
	}
}

// TestNothingButAge: with all rates at zero, ten years change nobody and nothing but age.
func TestNothingButAge(t *testing.T) {
	cfg := valley(t, 20000, 10)
	d := cfg.Demography
	d.Death, d.Birth, d.Arrivals = make([][2][people.Ages]float64, 1), make([][people.Ages]float64, 1), make([][2][people.Ages]float64, 1)
	d.MoveAge = [2][people.Ages]float64{}
	w, err := sim.New(cfg, sim.Layout{})
	if err != nil {
		t.Fatal(err)
	}
	before := persons(w)
	for k := range 10 {
		r, err := w.Year(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for i := range 5 {
			var ages [3]int64
			for sex := range 2 {
				for a, n := range d.Population[i][sex] {
					switch a += k + 1; {
					case a < 15:
						ages[0] += int64(n)
					case a < 65:
						ages[1] += int64(n)
					default:
						ages[2] += int64(n)
					}
				}
			}
			if r.Towns[i].ByAge != ages {
				t.Errorf("%d, town %d: ages %v, want %v", r.Year, i, r.Towns[i].ByAge, ages)
			}
		}
	}
	after := persons(w)
	if len(after) != len(before) {
		t.Fatalf("%d persons before, %d after", len(before), len(after))
	}
	for id, q := range before {
		if after[id] != q {
			t.Fatalf("a person changed from %+v to %+v", q, after[id])
		}
	}
}

// TestLifeTable: in a stationary population (as many births as deaths, ages as the life table's) the simulated survival from each age to the next, from birth on,
// multiplies to the table's life expectancy, the same number of persons live at all times, and population over births is that expectancy too.
func TestLifeTable(t *testing.T) {
	const years = 25
	cfg := valley(t, 0, years)
	d := cfg.Demography
	d.Arrivals, d.MaleBirth = make([][2][people.Ages]float64, 1), 0.5
	for i := range 5 {
		d.DeathLevel[i], d.BirthLevel[i] = 1, 1
	}
	perTown := float64(size(60, 500)) // births of each sex and town a year
	var e0 [2]float64
	bearing := 0.0
	for sex := range 2 {
		q, l := &d.Death[0][sex], 1.0
		e0[sex] = 1 - 0.9*q[0] // person-years of the first year: most infant deaths come early
		for a := range people.Ages {
			onJanuary := math.Sqrt(l * l * (1 - q[a])) // who is a years old on 1 January is a half, on average
			if a == 0 {
				onJanuary = math.Pow(1-q[0], 0.85)
			} else {
				e0[sex] += l * (1 - q[a]/2)
			}
			for i := range 5 {
				d.Population[i][sex][a] = int32(perTown*onJanuary + 0.5)
			}
			if sex == 1 && a >= 15 && a < 50 {
				bearing += 5 * perTown * onJanuary * (d.Birth[0][a] + d.Birth[0][a+1]) / 2 * (1 - death(q, a)/2)
			}
			l *= 1 - q[a]
		}
	}
	for a := range d.Birth[0] {
		d.Birth[0][a] *= 2 * 5 * perTown / bearing
	}
	w, err := sim.New(cfg, sim.Layout{})
	if err != nil {
		t.Fatal(err)
	}
	births, lived, pairs := 0.0, [2]float64{}, [2][people.Ages + 1][2]float64{} // pairs: persons at risk and survivors; index 0 from birth, a+1 from age a
	ages := func(year int) (n [2][people.Ages]float64) {
		w.Persons(func(q sim.Person) { n[q.Sex][min(year-1-q.Birth, people.Ages-1)]++ })
		return n
	}
	before := ages(cfg.First)
	for year := cfg.First; year <= cfg.Last; year++ {
		r, err := w.Year(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		after := ages(year + 1)
		for i := range 5 {
			births += float64(r.Towns[i].Births)
		}
		for sex := range 2 {
			pairs[sex][0][1] += after[sex][0]
			for a := range people.Ages - 1 {
				pairs[sex][a+1][0] += before[sex][a]
				pairs[sex][a+1][1] += after[sex][a+1]
			}
			for _, n := range after[sex] {
				lived[sex] += n
			}
		}
		before = after
	}
	newborn := (pairs[0][0][1] + pairs[1][0][1]) / births // of both sexes: the record does not tell boys from girls
	for sex := range 2 {
		l, got := newborn, newborn
		for a := range people.Ages - 1 {
			if pairs[sex][a+1][0] > 0 {
				l *= pairs[sex][a+1][1] / pairs[sex][a+1][0]
				got += l
			}
		}
		if tolerance := 0.1 + 20/math.Sqrt(births); math.Abs(got-e0[sex]) > tolerance {
			t.Errorf("sex %d: life expectancy %.2f simulated, %.2f by the table (within %.2f)", sex, got, e0[sex], tolerance)
		}
	}
	// births vary by their square root: 80 years of life are within four times 80/sqrt(births)
	if ratio := (lived[0] + lived[1]) / births; math.Abs(ratio-(e0[0]+e0[1])/2) > 0.1+320/math.Sqrt(births) {
		t.Errorf("%.2f persons a birth, life expectancy %.2f", ratio, (e0[0]+e0[1])/2)
	}
	if math.Abs(births/years/(10*perTown)-1) > 5/math.Sqrt(births) {
		t.Errorf("%.0f births a year, want %.0f", births/years, 10*perTown)
	}
}

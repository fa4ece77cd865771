package giving

import (
	"math"
	"os"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"gohyang/sim/draw"
	"gohyang/sim/law"
	"gohyang/sim/people"
	"gohyang/sim/towns"
)

// lawOf compiles the shipped law of a year, after changes.
func lawOf(t testing.TB, c law.Country, year int, change ...func(*law.Rules)) *law.Law {
	t.Helper()
	name := "law/" + string(c) + ".toml"
	data, err := os.ReadFile("../../scenarios/" + name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := law.ParseBook(name, data)
	if err != nil {
		t.Fatal(err)
	}
	r, _, err := b.Rules(year)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range change {
		f(&r)
	}
	l, err := law.Compile(c, year, r)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// eager are parameters under which everybody who considers it gives 100,000 won once a year for the gift: no hassle, no lapse, no forgetting, no shocks.
func eager() Params {
	return Params{
		Amount:  Amount{GiftValue: 0.8, Kink: 1, RecordSize: 20000, MaxRecords: 1, UseMean: 1, GlowTail: 1, GlowLimit: 1, Token: 40000},
		Motive:  Motive{Gift: 1},
		Hassle:  Hassle{Median: 1, OneStop: 1, Automatic: 1, Habit: 1},
		Choice:  Choice{GiftWeight: 4.5},
		Timing:  Timing{December: 1.0 / 12, Autumn: 2.0 / 12},
		Quality: Quality{Start: 0.3, TakeUp: 1},
	}
}

// land is a small country: six towns, 0-2 in province 0 and 3-5 in province 1, whose governments are places 6 and 7. Town 4 receives nothing itself, town 5
// is a depopulation area.
type land struct {
	params   Params
	places   []towns.Place
	receipts []float64
	persons  *people.Persons
	market   *Market
	yearly   *Yearly
}

const (
	seats = 8
	seed  = 21
)

// newLand settles n persons of each sex in each of the given towns at each of the given ages. Pay is 60 million won (yen) within a few thousandths, enough
// for the whole relief of any donation below.
func newLand(p Params, n int32, homes, ages []int) *land {
	d := &land{params: p, receipts: []float64{10, 20, 5, 30, 0, 15, 4, 8}}
	for i := range seats {
		province := 0
		if i > 2 && i != 6 {
			province = 1
		}
		d.places = append(d.places, towns.Place{Code: string([]byte{'1', '0', '0', '0', byte('0' + i)}), Province: province, Recipient: i != 4, Declining: i == 5,
			Lon: 126.5 + 0.4*float64(i), Lat: 35 + 0.3*float64(i%3)})
	}
	agents := make([][2][people.Ages]int32, 6)
	for _, h := range homes {
		for _, a := range ages {
			agents[h][0][a], agents[h][1][a] = n, n
		}
	}
	d.persons = people.Start(agents, 2023, 16384, 0)
	in := &people.Income{SD: 1e-4}
	for range 6 {
		in.EarnerLevel, in.Town = append(in.EarnerLevel, 1), append(in.Town, math.Log(60e6))
	}
	for sex := range 2 {
		for a := range people.Ages {
			in.EarnerShare[sex][a] = earners
		}
	}
	d.market = NewMarket(&d.params, d.places, 6, 2, &Start{Receipts: d.receipts})
	d.yearly = &Yearly{Params: &d.params, Places: d.places, Towns: 6, Market: d.market, Earnings: people.NewEarnings(in), Seed: seed,
		Bands: &Bands{Income: [IncomeBands - 1]int64{0, 1, 2, 3, 4, 5, 6}, Amount: [AmountBands - 1]int64{0, 99999, 100000, 150000, 500000, 1e6, 5e6}}}
	return d
}

// earners is the share of adults with pay: package people lets at most 98% of a cell earn.
const earners = 0.98

// prepare readies the market and the year; first says whether it is the run's first.
func (d *land) prepare(year int, l *law.Law, first bool, peers [][AgeBands]float64, pulls ...Pull) *Year {
	d.market.Prepare(seed, year, first, l, pulls)
	if peers == nil {
		peers = make([][AgeBands]float64, 2)
	}
	return d.yearly.Prepare(year, l, peers, nil)
}

// tiles takes all persons through f, as the yearly pass of sim does.
func (d *land) tiles(year int, f func(*people.Tile)) {
	p, t := d.persons, &people.Tile{P: d.persons}
	screen := draw.Key(seed, year, draw.Screen)
	for i := range p.Blocks {
		b := &p.Blocks[i]
		t.Block, t.Sex, t.Age = b, b.Sex, year-1-b.Birth
		words := int(b.N+63) / 64
		for at := 0; at < words; at += draw.MaxTile {
			n := min(draw.MaxTile, words-at)
			t.Base = b.From + uint32(at*64)
			first := int(t.Base / 64)
			t.Alive, t.Home = p.Alive[first:first+n], p.Home[t.Base:int(t.Base)+n*64]
			t.Load(uint64(first), n, nil, screen)
			f(t)
		}
	}
}

// each calls f with the slot of every living person.
func (d *land) each(f func(slot uint32)) {
	for _, b := range d.persons.Blocks {
		for s := b.From; s < b.From+b.N; s++ {
			f(s)
		}
	}
}

func has(plane []uint64, s uint32) bool { return plane[s>>6]>>(s&63)&1 != 0 }

// consider makes everybody consider giving; donors also makes everybody last year's donor, of the place last.
func (d *land) consider(donors bool, last uint16) {
	copy(d.persons.Aware, d.persons.Alive)
	if donors {
		copy(d.persons.Donor, d.persons.Alive)
		d.each(func(s uint32) { d.persons.Last[s] = last })
	}
}

// give lets everybody who considers it give in one year.
func (d *land) give(y *Year, year int) *Tally {
	w := NewTally(seats, 6, 2)
	d.tiles(year, func(t *people.Tile) { y.Give(t, w) })
	w.Total()
	return w
}

// donors is who gave, by slot.
func (d *land) donors() map[uint32]bool {
	out := map[uint32]bool{}
	d.each(func(s uint32) {
		if has(d.persons.Donor, s) {
			out[s] = true
		}
	})
	return out
}

// total adds up what residents did.
func total(w *Tally) (g Given) {
	for _, t := range w.Towns {
		g.Donors, g.Records, g.Amount, g.New, g.Considering = g.Donors+t.Donors, g.Records+t.Records, g.Amount+t.Amount, g.New+t.New, g.Considering+t.Considering
		g.State, g.Province, g.Town = g.State+t.State, g.Province+t.Province, g.Town+t.Town
	}
	return g
}

// near fails if a binomial count of n trials is further than 4.5 standard errors from its expectation; seeds are fixed.
func near(t *testing.T, what string, got int64, n, p float64) {
	t.Helper()
	if z := (float64(got) - n*p) / math.Sqrt(n*p*(1-p)+1e-9); math.Abs(z) > 4.5 {
		t.Errorf("%s: %d of %.0f, want %.1f (z = %.1f)", what, got, n, n*p, z)
	}
}

// fits is a chi-square test of counts against shares. Items of share zero must not occur.
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
	if n == 0 || df < 1 {
		t.Errorf("%s: %.0f draws, %.0f degrees of freedom", what, n, df)
		return
	}
	if p := (distuv.ChiSquared{K: df}).Survival(x); p < 1e-4 {
		t.Errorf("%s: chi-square %.1f with %.0f degrees (p = %.1g): counts %.0f, shares %.4f", what, x, df, p, count, share)
	}
}

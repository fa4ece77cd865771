package sim

import (
	"context"
	"math"

	"gohyang/sim/budget"
	"gohyang/sim/draw"
	"gohyang/sim/giving"
	"gohyang/sim/people"
)

// begin gives the base population its donors of the year before, so that each town has the observed share of them, and those who already consider
// donating; it returns the relief that those donors have yet to get. Who they are is drawn from those who would give again under the law of their year: what a
// scenario changes from the first year on does not change who gave before. Where the run starts with the scheme itself, or before it, nobody considers yet what
// does not exist: shock.start is about the start of a scheme that is older than the run.
func (w *World) begin() (o budget.Opening, err error) {
	start := &w.cfg.Start
	share := w.cfg.Giving.Shock.Start
	if start.Launch >= w.cfg.First {
		share = 0
	}
	if start.Donors == nil && share == 0 {
		return o, nil
	}
	rules := w.cfg.Before
	if rules == nil {
		rules = w.cfg.Laws[0]
	}
	w.market.Prepare(w.cfg.Seed, w.year, true, rules, nil)
	give := w.giving.Prepare(w.year, rules, w.peers, nil)
	if err := w.pass(context.Background(), func(t *people.Tile, k *worker) { give.Would(t, k.giving) }); err != nil {
		return o, err
	}
	w.merge()
	chance, held, ready := w.readiness(share)
	err = w.pass(context.Background(), func(t *people.Tile, k *worker) {
		give.Begin(t, chance, held, ready)
		give.Owed(t, k.giving)
	})
	if err != nil {
		return o, err
	}
	w.merge()
	o = w.opening()
	return o, w.startPeers()
}

// opening is the relief of the donations that the donors of the start made, scaled to what was received in their year.
func (w *World) opening() budget.Opening {
	o := budget.Opening{State: make([]int64, len(w.cfg.Places)), Own: make([]int64, len(w.cfg.Places)), Age: w.cfg.First - w.cfg.Start.Launch}
	given := int64(0)
	for i := range w.sums.giving.Towns {
		given += w.real(w.sums.giving.Towns[i].Amount)
	}
	if given == 0 || o.Age <= 0 {
		return budget.Opening{}
	}
	ratio := float64(w.cfg.Start.Before) / float64(given)
	scaled := func(agents int64) int64 { return int64(math.Round(float64(w.real(agents)) * ratio)) }
	for i := range w.sums.giving.Towns {
		g := &w.sums.giving.Towns[i]
		o.State[i], o.Own[i] = scaled(g.State), scaled(g.Town)
		o.Own[w.cfg.NumTowns+w.cfg.Places[i].Province] += scaled(g.Province)
	}
	return o
}

// readiness is who gave, or considered it, in the year before the run: by town the chance that one who would give again did; and how many of the other adults
// consider, of those to whom a first donation is not worth its hassle (a share of all who do not give, shock.start), and of those to whom it is (what the observed
// donors lack to shock.ready).
func (w *World) readiness(share float64) (chance []uint64, held, ready uint64) {
	start, shock := &w.cfg.Start, &w.cfg.Giving.Shock
	chance = make([]uint64, w.cfg.NumTowns)
	all, gave, kept, open := 0.0, 0.0, 0.0, 0.0 // adults, donors, those held back by hassle, others to whom giving is worth it
	for i, n := range w.adultsByTown() {
		g, donors, given := &w.sums.giving.Towns[i], 0.0, 0.0
		if start.Donors != nil && g.Donors > 0 {
			donors = float64(start.Donors[i] * float64(n))
			given = min(donors/float64(g.Donors), 1)
			chance[i] = draw.Fix(given)
		}
		all, gave, kept = all+float64(n), gave+donors, kept+float64(g.Considering)
		open += float64(float64(n-g.Considering) * (1 - given))
	}
	part := func(some, of float64) uint64 { return draw.Fix(min(max(some, 0)/max(of, 1), 1)) }
	if share == 0 {
		return chance, 0, 0
	}
	return chance, part(float64(share*(all-gave)), kept), part(float64(shock.Ready*all)-gave, open)
}

// startPeers counts last year's donors by peer cell after begin.
func (w *World) startPeers() error {
	err := w.pass(context.Background(), func(t *people.Tile, k *worker) {
		band := giving.BandOf(t.Age)
		for q := range t.Among(w.persons.Donor) {
			k.giving.Peers[w.cfg.Places[t.Home[t.List[q]]].Province][band]++
		}
	})
	if err != nil {
		return err
	}
	w.merge()
	w.setPeers()
	return nil
}

// setPeers turns the year's donors by peer cell into shares of adults, for the next year's attention.
func (w *World) setPeers() {
	adults := make([][giving.AgeBands]int64, len(w.peers))
	w.each(func(sex, age int, row []int32) {
		if age < giving.Adult {
			return
		}
		for t, n := range row {
			adults[w.cfg.Places[t].Province][giving.BandOf(age)] += int64(n)
		}
	})
	for r := range w.peers {
		for b := range w.peers[r] {
			w.peers[r][b] = 0
			if n := adults[r][b]; n > 0 {
				w.peers[r][b] = min(float64(w.sums.giving.Peers[r][b])/float64(n), 1)
			}
		}
	}
}

// each calls f with every cohort row that may hold residents and its completed age on 1 January of the current year; age is -1 for this year's newborns.
func (w *World) each(f func(sex, age int, row []int32)) {
	for r, row := range w.pop {
		birth := w.oldest + r/2
		if age := w.year - 1 - birth; age >= -1 {
			f(r%2, min(age, people.Ages-1), row)
		}
	}
}

func (w *World) adultsByTown() []int64 {
	out := make([]int64, w.cfg.NumTowns)
	w.each(func(_, age int, row []int32) {
		if age < giving.Adult {
			return
		}
		for t, n := range row {
			out[t] += int64(n)
		}
	})
	return out
}

// ages is the nation's population by sex and completed age on 1 January, agents.
func (w *World) ages() *[2][people.Ages]int64 {
	out := new([2][people.Ages]int64)
	w.each(func(sex, age int, row []int32) {
		if age < 0 {
			return
		}
		for _, n := range row {
			out[sex][age] += int64(n)
		}
	})
	return out
}

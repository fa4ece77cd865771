package sim

import (
	"context"

	"gohyang/sim/draw"
	"gohyang/sim/giving"
	"gohyang/sim/people"
)

// begin gives the base population its donors of the year before, so that each town has the observed share of them, and those who already consider
// donating. Who they are is drawn from those who would give again under the first year's law. Where the run starts with the scheme itself, or before it,
// nobody considers yet what does not exist: shock.start is about the start of a scheme that is older than the run.
func (w *World) begin() error {
	start := &w.cfg.Start
	share := w.cfg.Giving.Shock.Start
	if start.Launch >= w.cfg.First {
		share = 0
	}
	if start.Donors == nil && share == 0 {
		return nil
	}
	rules := w.cfg.Laws[0]
	w.market.Prepare(w.cfg.Seed, w.year, true, rules, nil)
	give := w.giving.Prepare(w.year, rules, w.peers, nil)
	if err := w.pass(context.Background(), func(t *people.Tile, k *worker) { give.Would(t, k.giving) }); err != nil {
		return err
	}
	w.merge()
	would := make([]int64, w.cfg.NumTowns)
	for i := range would {
		would[i] = w.sums.giving.Towns[i].Donors
	}
	chance := make([]uint64, w.cfg.NumTowns)
	adults := w.adultsByTown()
	for i := range chance {
		if start.Donors != nil && would[i] > 0 {
			chance[i] = draw.Fix(float64(start.Donors[i]*float64(adults[i])) / float64(would[i]))
		}
	}
	if err := w.pass(context.Background(), func(t *people.Tile, k *worker) { give.Begin(t, chance, draw.Fix(share)) }); err != nil {
		return err
	}
	return w.startPeers()
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

// due is the year's dated change of the law, nil if none is known.
func (w *World) due() *giving.Deadline {
	if i := w.year - w.cfg.First; i < len(w.cfg.Deadlines) && w.cfg.Deadlines[i].Next != nil {
		return &w.cfg.Deadlines[i]
	}
	return nil
}

// shock is the pull of a year's disaster: the mean over the year of an appeal that fades from its month on (E11).
func (w *World) shock(e *Event) giving.Pull {
	c := &w.cfg.Giving.Choice
	left := float64(13-e.Month) / c.Fade
	factor := 1 + float64(float64(c.Disaster*e.Severity)*float64(c.Fade*(1-draw.Exp(-left)))/12)
	return giving.Pull{Place: e.Place, Month: e.Month, Factor: factor, Force: e.Severity}
}

// struck tells which places a disaster hits this year.
func (w *World) struck() []bool {
	out := make([]bool, len(w.cfg.Places))
	for _, e := range w.cfg.Events {
		if e.Kind == Disaster && e.Year == w.year {
			out[e.Place] = true
		}
	}
	return out
}

// saturated is how much more of a service still has an effect: beyond a doubling, more changes nothing (judgement: the evidence is on additions of a tenth).
const saturated = 1.0

// gain is what donations had added to the services of the towns by the end of last year, nil where services have no effect.
func (w *World) gain() *people.Gain {
	if !w.cfg.Effects.On() {
		return nil
	}
	g := &people.Gain{General: make([]float64, w.cfg.NumTowns), Children: make([]float64, w.cfg.NumTowns)}
	for i := range w.cfg.NumTowns {
		general, children := w.books.Services(i)
		g.General[i], g.Children[i] = min(general-1, saturated), min(children-1, saturated)
	}
	return g
}

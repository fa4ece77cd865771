package sim

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"

	"gohyang/sim/budget"
	"gohyang/sim/draw"
	"gohyang/sim/giving"
	"gohyang/sim/people"
	"gohyang/sim/ties"
)

// World is the state of one run between two years.
type World struct {
	cfg     *Config
	layout  Layout
	persons *people.Persons
	pop     [][]int32 // residents by cohort row and town, agents
	oldest  int       // birth year of row 0
	year    int       // next year to simulate

	people   *people.Yearly
	earnings *people.Earnings
	giving   *giving.Yearly
	market   *giving.Market
	books    *budget.State
	ladder   *ties.Ladder
	projects []project                  // in the order of Config.Events
	peers    [][giving.AgeBands]float64 // share of donors among adults last year
	workers  []*worker
	sums     *worker // merged tallies of the year
	record   Record
}

// worker is one goroutine's workspace and tallies.
type worker struct {
	tile   people.Tile
	people *people.Tally
	giving *giving.Tally
	ties   *ties.Tally
	born   []segment
}

// segment is where a block's newborns lie in a worker's tally.
type segment struct{ block, from, to int }

// New builds the world of a scenario on 1 January of its first year.
func New(cfg *Config, layout Layout) (*World, error) {
	if err := check(cfg, &layout); err != nil {
		return nil, err
	}
	w := &World{cfg: cfg, layout: layout, year: cfg.First, oldest: cfg.First - people.Ages}
	agents := people.Agents(cfg.Demography.Population, cfg.Scale)
	w.persons = people.Start(agents, cfg.First, layout.Block, w.growth(agents))
	w.count(agents)
	provinces := len(cfg.Places) - cfg.NumTowns
	country := people.Country{Provinces: provinces, ProvinceOf: make([]int, cfg.NumTowns)}
	country.StandsFor = make([][]uint16, provinces)
	for i := range country.ProvinceOf {
		p := cfg.Places[i].Province
		if country.ProvinceOf[i] = p; !cfg.Places[i].Recipient {
			country.StandsFor[p] = append(country.StandsFor[p], uint16(i))
		}
	}
	w.people = &people.Yearly{Tables: cfg.Demography, Options: cfg.Options, Country: country, Seed: cfg.Seed, Align: cfg.Alignment, Origins: cfg.Origins,
		Related: float64(cfg.Ties.Net * cfg.Ties.Resident), Effects: cfg.Effects}
	if cfg.Origins != nil {
		w.persons.SetOrigins(cfg.Origins, country.ProvinceOf, floats(w.residents()), cfg.Seed)
	}
	w.earnings = people.NewEarnings(cfg.Income)
	from := cfg.Start
	from.Givers = givers(cfg)
	w.market = giving.NewMarket(&cfg.Giving, cfg.Places, cfg.NumTowns, provinces, &from)
	w.giving = &giving.Yearly{Params: &cfg.Giving, Places: cfg.Places, Towns: cfg.NumTowns, Market: w.market, Earnings: w.earnings,
		Bands: &cfg.Bands, Launch: cfg.Start.Launch, Seed: cfg.Seed}
	w.ladder = &ties.Ladder{Params: &cfg.Ties, Places: cfg.Places, Towns: cfg.NumTowns, Seed: cfg.Seed}
	w.peers = make([][giving.AgeBands]float64, provinces)
	for range layout.Workers {
		w.workers = append(w.workers, w.newWorker())
	}
	w.sums = w.newWorker()
	w.record = w.newRecord()
	opening, err := w.begin()
	w.books = budget.NewState(&cfg.Budget, cfg.Places, cfg.NumTowns, opening)
	w.newProjects()
	return w, err
}

// check refuses what the loader must have refused before, and fills the layout's defaults.
func check(cfg *Config, l *Layout) error {
	if l.Workers == 0 {
		l.Workers = runtime.GOMAXPROCS(0)
	}
	if l.Tile == 0 {
		l.Tile = draw.MaxTile
	}
	if l.Block == 0 {
		l.Block = 16384
	}
	switch {
	case cfg.Scale <= 0 || cfg.Scale > 1:
		return fmt.Errorf("scale: got %g, want a number above 0 and at most 1", cfg.Scale)
	case math.Abs(cfg.Scale*float64(cfg.Weight())-1) > 1e-9:
		return fmt.Errorf("scale: got %g, want one over a whole number, such as %g", cfg.Scale, 1/float64(cfg.Weight()))
	case cfg.Last < cfg.First || len(cfg.Laws) != cfg.Last-cfg.First+1:
		return fmt.Errorf("years: got %d to %d with %d laws", cfg.First, cfg.Last, len(cfg.Laws))
	case len(cfg.Places) > people.None || cfg.NumTowns <= 0 || cfg.NumTowns >= len(cfg.Places):
		return fmt.Errorf("places: got %d towns of %d places", cfg.NumTowns, len(cfg.Places))
	case l.Workers < 1 || l.Tile < 1 || l.Tile > draw.MaxTile || l.Slack < 0 || l.Block < 64*l.Tile || l.Block%(64*l.Tile) != 0:
		return fmt.Errorf("layout: got %+v, want workers >= 1, tile 1..%d, slack >= 0 and a block of whole tiles", *l, draw.MaxTile)
	}
	if people.None <= cfg.NumTowns {
		return errors.New("places: more towns than a home column can hold")
	}
	return nil
}

// growth estimates the slots that births and arrivals of the whole run need, a fifth above what constant births of the base year would.
func (w *World) growth(agents [][2][people.Ages]int32) int {
	t := w.cfg.Demography
	births := 0.0
	for i := range agents {
		for a, n := range agents[i][1] {
			births += float64(float64(n) * t.Birth[0][a])
		}
	}
	arrivals := 0.0
	for sex := range 2 {
		for _, n := range t.Arrivals[0][sex] {
			arrivals += float64(max(n, 0)*w.cfg.Scale) + 64
		}
	}
	return int((float64(births*1.2) + arrivals + 256) * float64(w.cfg.Last-w.cfg.First+1))
}

// count fills the cohort table from the agents.
func (w *World) count(agents [][2][people.Ages]int32) {
	rows := 2 * (people.Ages + w.cfg.Last - w.cfg.First + 1)
	w.pop = make([][]int32, rows)
	for r := range w.pop {
		w.pop[r] = make([]int32, w.cfg.NumTowns)
	}
	for t := range agents {
		for sex := range 2 {
			for a, n := range agents[t][sex] {
				w.pop[w.row(w.cfg.First-1-a, sex)][t] = n
			}
		}
	}
}

// row is the cohort table's row of a birth year and sex.
func (w *World) row(birth, sex int) int { return 2*(birth-w.oldest) + sex }

func (w *World) newWorker() *worker {
	n, t := len(w.cfg.Places), w.cfg.NumTowns
	k := &worker{people: people.NewTally(len(w.pop), t), giving: giving.NewTally(n, t, n-t), ties: ties.NewTally(n)}
	k.tile.Slack = uint32(w.layout.Slack)
	k.tile.P = w.persons
	return k
}

// residents is the population by town, agents.
func (w *World) residents() []int64 {
	out := make([]int64, w.cfg.NumTowns)
	for _, row := range w.pop {
		for t, n := range row {
			out[t] += int64(n)
		}
	}
	return out
}

func floats(n []int64) []float64 {
	out := make([]float64, len(n))
	for i, v := range n {
		out[i] = float64(v)
	}
	return out
}

// Run lives through all years that remain. Each observer sees each finished year from Config.Report on; an error of one, a broken identity or a cancelled context stops the run.
func (w *World) Run(ctx context.Context, observers ...Observer) error {
	for w.year <= w.cfg.Last {
		record, err := w.Year(ctx)
		if err != nil {
			return err
		}
		if record.Year < w.cfg.Report {
			continue
		}
		for _, o := range observers {
			if err := o.Observe(record); err != nil {
				return err
			}
		}
	}
	return nil
}

// Year lives through one year and returns its record, which is overwritten by the next.
func (w *World) Year(ctx context.Context) (*Record, error) {
	start := w.residents()
	rules := w.cfg.Laws[w.year-w.cfg.First]                                       // S1
	w.market.Prepare(w.cfg.Seed, w.year, w.year == w.cfg.First, rules, w.pulls()) // S3
	give := w.giving.Prepare(w.year, rules, w.peers, w.due())                     // S2, S4
	bond := w.ladder.Prepare(w.year, w.struck(), rules.Rules.Registration.Open)   // S7
	w.people.Gain = w.gain()
	live := w.people.Prepare(w.year, start, w.ages(), w.cfg.Scale) // S9
	err := w.pass(ctx, func(t *people.Tile, k *worker) {
		give.Attend(t)                // S4
		give.Give(t, k.giving)        // S5
		bond.Climb(t, k.ties)         // S7
		live.Bear(t, k.people, false) // S9: first half of the year's births
		live.Die(t, k.people)         //     deaths
		live.Depart(t, k.people)      //     departures to abroad
		live.Move(t, k.people)        //     moves
		live.Bear(t, k.people, true)  //     second half of the births
	})
	if err != nil {
		return nil, err
	}
	w.merge()
	w.admit(live)                           // S9: newborns and arrivals
	if err := w.settle(rules); err != nil { // S6, S8
		return nil, err
	}
	return w.close(start) // S10
}

package sim

import (
	"math"

	"gohyang/sim/budget"
	"gohyang/sim/giving"
	"gohyang/sim/law"
	"gohyang/sim/people"
	"gohyang/sim/ties"
	"gohyang/sim/towns"
)

// Config is one scenario, complete and immutable: no defaults are filled in later and nothing is read from outside.
type Config struct {
	Name    string // scenario name
	Country law.Country
	First   int // first simulated year, on whose 1 January the base population stands
	Report  int // first year that observers see; 0 = all
	Last    int // last simulated year
	Seed    uint64
	Scale   float64 // share of residents that are agents: 1 over a whole number, see Weight

	Places     []towns.Place // residence units first (NumTowns of them), then provincial governments in province order
	NumTowns   int
	Demography *people.Tables // by town, year, sex and single age
	Income     *people.Income // earnings by town, sex and age
	Origins    *people.Origins
	Laws       []*law.Law        // one per simulated year, index year-First
	Before     *law.Law          // of the year whose donors the run starts from, without anything the scenario changes; nil = as the first year
	Deadlines  []giving.Deadline // dated changes of the law within a simulated year, by the same index; nil = none
	Giving     giving.Params
	Ties       ties.Params
	Budget     budget.Params
	Options    people.Options
	Effects    people.Effects    // of services on births and moves, zero = none
	Alignment  *people.Alignment // factors towards official totals, nil = free
	Events     []Event
	Start      giving.Start // observed donors and receipts the run starts from
	Bands      giving.Bands // edges of the income and amount bands of the donors table
}

// Weight is the number of residents an agent stands for.
func (c *Config) Weight() int64 { return int64(math.Round(1 / c.Scale)) }

// Event is one exogenous happening of the scenario.
type Event struct {
	Year          int
	Month         int // 1..12
	Kind          Kind
	Place         int          // index into Config.Places
	Severity      float64      // disaster: multiple of the usual empathy weight scale, 1 = a Noto-sized shock
	Theme         budget.Theme // project
	Name          string       // project, may be empty
	Target        int64        // project: money to raise; gift: the amount
	Beneficiaries int64        // project: residents it is for; 0 = by its theme
	Note          string
}

// Layout is how a run is laid out over workers and memory. It never changes a result (tested).
type Layout struct {
	Workers int // goroutines of the yearly pass; 0 = as many as processors
	Block   int // persons per block, multiple of 64*Tile; 0 = 16384
	Tile    int // words of 64 persons per tile, 1..16; 0 = 16
	Slack   int // added to every screening bound, 0..255: loose bounds must not change results
}

// Kind is the kind of an Event.
type Kind string

// The kinds of events.
const (
	Disaster Kind = "disaster" // empathy donors turn to the place (E11)
	Project  Kind = "project"  // a designated project: theme and target (E12)
	Gift     Kind = "gift"     // a one-off large donation, not behaviour
)

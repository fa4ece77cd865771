package scenarios

import (
	"math"

	"gohyang/scenarios/facts"
	"gohyang/sim/budget"
	"gohyang/sim/giving"
	"gohyang/sim/law"
	"gohyang/sim/people"
	"gohyang/sim/ties"
)

// Scenario is one scenario, fully resolved and checked: its own file, its parents, the country's law and parameters and the settings of the command line.
// It is immutable.
type Scenario struct {
	Name     string      // shipped name, or the file's name without .toml
	File     string      // shipped: kr-baseline.toml; otherwise the path as given
	Parents  []string    // names of the scenarios it extends, nearest first
	Title    string      // one line
	Question string      // group under which `gohyang list` prints it, e.g. "Q1"; may be empty
	Country  law.Country // kr or jp
	Run      Run
	Policies []Overlay // in the order in which they apply

	Giving     giving.Params
	Ties       ties.Params
	Budget     budget.Params
	Effects    people.Effects
	Demography people.Options

	Events   []Event
	Expect   []Expect
	Outputs  Outputs
	Dropped  []string // policies, events and expectations outside the years set on the command line, which do not take part; one message each
	Warnings []string // what a reader of the results must know, such as factors computed for other facts
	Set      []string // the settings of the command line, as given

	country   country
	facts     *facts.Country
	alignment *alignment     // nil = free
	sources   []facts.Source // tables of facts
	settings  settings
	origins   map[string]Position // where a key was written, by dotted key
	since     int                 // first simulated year, that of the base population; the run is reported from Run.Years[0]
	rules     []yearRules         // by year from since
}

// Run is how the scenario is run.
type Run struct {
	Years [2]int  `toml:"years" min:"1900" max:"2200"`                      // first and last simulated year
	Base  int     `toml:"base" min:"0" max:"2200"`                          // start from the population of 1 January of this year, with the rates known then; 0 = the country's standard start
	Seed  uint64  `toml:"seed"`                                             // seed of all random numbers
	Scale float64 `toml:"scale" above:"0" max:"1" unit:"agents per person"` // share of residents that are agents
}

// Outputs are a scenario's wishes for its results, beside those of the command line.
type Outputs struct {
	CSV  bool `toml:"csv"`  // write the tables as CSV too
	Ages bool `toml:"ages"` // write residents by municipality, sex and single year of age too
}

// Overlay is one [[policy]]: changes of the law from a year on.
type Overlay struct {
	From    int         // first year in force
	To      int         // last year in force, 0 = open
	Note    string      // why, or by whom proposed
	Law     law.Country // take over the other country's levers first; "" = no
	LawYear int         // the year of that law; 0 = the simulated year
	LawRate float64     // own currency per unit of the other country's
	Changes []Change    // in the order of writing
	Where   Position
}

// In tells whether the overlay is in force in a year.
func (o Overlay) In(year int) bool { return year >= o.From && (o.To == 0 || year <= o.To) }

// Change is one lever of the law set to a value.
type Change struct {
	Key   string // dotted key of law.Rules
	Value any    // int64, float64, bool, string, []string or a slice of a tagged struct such as []law.Tier
	Where Position
}

// Event is one [[event]]: something that happens to one place.
type Event struct {
	Year          int      `toml:"year" min:"1900" max:"2200"`
	Month         int      `toml:"month" min:"1" max:"12"`
	Kind          string   `toml:"kind" enum:"disaster,project,gift"`
	Place         string   `toml:"place"`                                                                                         // code or unique name in the file; the five-digit code once loaded
	Severity      float64  `toml:"severity" above:"0" max:"100"`                                                                  // disaster: 1 = a Noto-sized shock
	Theme         string   `toml:"theme" enum:"children,health,elderly,education,culture,environment,disaster,economy,community"` // project: what it is for
	Name          string   `toml:"name"`                                                                                          // project: what it is called
	Target        int64    `toml:"target" min:"1" unit:"money"`                                                                   // project: money to raise; gift: the amount
	Beneficiaries int64    `toml:"beneficiaries" min:"1" unit:"persons"`                                                          // project: residents it is for; 0 = by its theme
	Note          string   `toml:"note"`
	Where         Position `toml:"-"`
}

// Expect is one [[expect]]: a verdict on a metric of the results. Either Within and Of are given, or at least one of Min and Max.
type Expect struct {
	Metric string     `toml:"metric"`
	Year   int        `toml:"year" min:"1900" max:"2200"`
	Place  string     `toml:"place"`  // code, or unique name in the file; empty = the nation
	Within [2]float64 `toml:"within"` // permitted range as factors of Of
	Of     float64    `toml:"of"`
	Min    *float64   `toml:"min"`
	Max    *float64   `toml:"max"`
	Source string     `toml:"source"` // where the number comes from
	Scale  float64    `toml:"-"`      // run.scale for which it was written: that of its file, whatever the command line sets; 0 = none
	Where  Position   `toml:"-"`
}

// Band is the range of values that meet the expectation; an open end is infinite.
func (e Expect) Band() (lo, hi float64) {
	if e.Min == nil && e.Max == nil {
		a, b := e.Within[0]*e.Of, e.Within[1]*e.Of
		return min(a, b), max(a, b)
	}
	lo, hi = math.Inf(-1), math.Inf(1)
	if e.Min != nil {
		lo = *e.Min
	}
	if e.Max != nil {
		hi = *e.Max
	}
	return lo, hi
}

// Met tells whether a value meets the expectation.
func (e Expect) Met(value float64) bool {
	lo, hi := e.Band()
	return value >= lo && value <= hi
}

// Origin tells where a value comes from.
type Origin struct {
	Source string   // article of law, evidence, or "scenario"
	At     Position // file and line
}

// yearRules is the law of one simulated year with its overlays.
type yearRules struct {
	rules   law.Rules
	origins map[string]Origin
	setBy   map[string]setter // levers that an overlay set
	last    Position          // the last overlay in force
}

package giving

// Bands of the donors table and of peer cells.
const (
	AgeBands    = 7 // under 30, 30s, 40s, 50s, 60s, 70s, 80 and over
	IncomeBands = 8
	AmountBands = 8
	Adult       = 18 // least completed age on 1 January of a donor
)

// BandOf is the age band of a completed age.
func BandOf(age int) int { return min(max(age/10-2, 0), AgeBands-1) }

// Bands are the upper edges of the income and amount bands, won or yen; the last band is open.
type Bands struct {
	Income [IncomeBands - 1]int64
	Amount [AmountBands - 1]int64
}

// Received is what came to one place, in agents' donations.
type Received struct {
	Records, Amount int64 // filled by Total from the flows
	Repeat          int64 // records from last year's donors to this place
	Cause           int64 // amount given for empathy
	Away            int64 // amount from donors whose known place of origin is in another province than their residence (R4)
	Home            int64 // of a provincial government: the same money by the donors' province of origin
}

// Given is what the residents of one town gave.
type Given struct {
	Records, Amount          int64
	Donors, New, Considering int64
	State, Province, Town    int64 // relief by bearer
}

// Cell is one cell of the donors table.
type Cell struct{ Donors, Given, Relief int64 }

// Flow is one cell of the origin-destination table.
type Flow struct{ Records, Amount int64 }

// Tally is what one worker counts in a year. All fields are integers and merge by addition.
type Tally struct {
	Places []Received
	Towns  []Given
	Flows  []Flow // province of residence x place
	Donors [AgeBands][IncomeBands][AmountBands]Cell
	Months [12]Flow
	Peers  [][AgeBands]int64 // donors by province of residence and age band
}

// NewTally makes an empty tally.
func NewTally(places, towns, provinces int) *Tally {
	return &Tally{Places: make([]Received, places), Towns: make([]Given, towns), Flows: make([]Flow, provinces*places),
		Peers: make([][AgeBands]int64, provinces)}
}

// Reset empties the tally.
func (t *Tally) Reset() {
	clear(t.Places)
	clear(t.Towns)
	clear(t.Flows)
	clear(t.Peers)
	t.Donors, t.Months = [AgeBands][IncomeBands][AmountBands]Cell{}, [12]Flow{}
}

// Add merges another tally and empties it.
func (t *Tally) Add(o *Tally) {
	for i := range o.Places {
		a, b := &t.Places[i], &o.Places[i]
		a.Repeat, a.Cause, a.Away, a.Home = a.Repeat+b.Repeat, a.Cause+b.Cause, a.Away+b.Away, a.Home+b.Home
		*b = Received{}
	}
	for i := range o.Towns {
		a, b := &t.Towns[i], &o.Towns[i]
		a.Records, a.Amount, a.Donors, a.New, a.Considering = a.Records+b.Records, a.Amount+b.Amount, a.Donors+b.Donors, a.New+b.New, a.Considering+b.Considering
		a.State, a.Province, a.Town = a.State+b.State, a.Province+b.Province, a.Town+b.Town
		*b = Given{}
	}
	addFlows(t.Flows, o.Flows)
	addFlows(t.Months[:], o.Months[:])
	for i := range o.Donors {
		for j := range o.Donors[i] {
			for k := range o.Donors[i][j] {
				a, b := &t.Donors[i][j][k], &o.Donors[i][j][k]
				a.Donors, a.Given, a.Relief = a.Donors+b.Donors, a.Given+b.Given, a.Relief+b.Relief
				*b = Cell{}
			}
		}
	}
	for i := range o.Peers {
		for j := range o.Peers[i] {
			t.Peers[i][j] += o.Peers[i][j]
			o.Peers[i][j] = 0
		}
	}
}

// Total sums the flows to each place, which are the only count of records and amounts kept during the year.
func (t *Tally) Total() {
	for c, f := range t.Flows {
		p := &t.Places[c%len(t.Places)]
		p.Records += f.Records
		p.Amount += f.Amount
	}
}

func addFlows(to, from []Flow) {
	for i := range from {
		to[i].Records += from[i].Records
		to[i].Amount += from[i].Amount
		from[i] = Flow{}
	}
}

// bandOf is the index of the first edge not below x.
func bandOf(x int64, edges []int64) int {
	for i, e := range edges {
		if x <= e {
			return i
		}
	}
	return len(edges)
}

package facts

import (
	"embed"
	"fmt"
	"io/fs"
)

// shipped holds the tables of both countries as built into the program.
//
//go:embed kr jp
var shipped embed.FS

// Load returns the facts of one country, "kr" or "jp", from the tables built into the program. It fails when a table is damaged (TamperedError),
// a cell does not parse, a row is missing, doubled or unknown; all faults are reported together.
func Load(code string) (*Country, error) { return LoadFS(shipped, code) }

// LoadFS is Load from a folder that holds one folder a country.
func LoadFS(fsys fs.FS, code string) (*Country, error) { return load(fsys, code, 0) }

// load reads the tables of a country from its standard start (0) or another.
func load(fsys fs.FS, code string, base int) (*Country, error) {
	if code != "kr" && code != "jp" {
		return nil, fmt.Errorf("facts: got country %q, want kr or jp", code)
	}
	l := &loader{fsys: fsys, code: code, base: base, c: &Country{Code: code}, place: map[string]int{}, town: map[string]int{}}
	l.c.Digest = l.verify()
	if err := l.err(); err != nil {
		return nil, err
	}
	// The order matters: codes first, then the tables that others are derived with.
	for _, step := range []func(){
		l.places, l.fiscal, l.constants, l.started, l.lifeTable, l.population, l.fertility, l.levels, l.moveAge, l.moves, l.od, l.arrivals,
		l.earners, l.birthplace, l.receipts, l.accounts, l.nation, l.donors, l.projection, l.vital, l.counts, l.estimates, l.totals,
	} {
		step()
	}
	if err := l.err(); err != nil {
		return nil, err
	}
	l.derive()
	if err := l.err(); err != nil {
		return nil, err
	}
	return l.c, nil
}

// derive computes what needs several tables; the tables are known to be whole here.
func (l *loader) derive() {
	l.deaths()
	l.splitPopulation()
	l.earnerLevels()
	l.townIncome()
}

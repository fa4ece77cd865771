package output

import (
	"fmt"
	"slices"

	"gohyang/sim"
)

// Levels of a place, the values of the level column.
const (
	LevelMunicipality = "municipality" // residents live here
	LevelProvince     = "province"     // a provincial government: it receives, bears and spends, but has no persons of its own
)

// Frame names what a record only numbers: places, provinces and bands.
type Frame struct {
	Country   string     // kr or jp
	Places    []Place    // in the order of Record.Towns: NumTowns municipalities first, then provincial governments
	NumTowns  int        // number of municipalities
	Provinces []Province // in the order of Flow.Origin
	Ages      []string   // labels of DonorRow.Age
	Incomes   []string   // labels of DonorRow.Income
	Amounts   []string   // labels of DonorRow.Amount
	Projects  []Project  // designated projects of the scenario; none = no projects table
}

// Place names one row of Record.Towns.
type Place struct {
	Code, Name string
	Class      string // si, gun, gu, metro, province; city, town, village, ward, designated, prefecture
	Province   int    // index into Frame.Provinces
	Recipient  bool   // may receive donations; counted in the concentration of receipts
}

// Project names one designated project.
type Project struct {
	Event  int // index of its event in the scenario
	Place  int // index into Frame.Places
	Theme  string
	Name   string
	Target int64
}

// Province names one region of origin.
type Province struct {
	Code, Name string
}

// check returns the first thing wrong with the frame, or nil.
func (f Frame) check() error {
	if f.NumTowns < 1 || f.NumTowns > len(f.Places) {
		return fmt.Errorf("frame: got %d municipalities of %d places, want 1 to all of them", f.NumTowns, len(f.Places))
	}
	for _, p := range f.Projects {
		if p.Place < 0 || p.Place >= len(f.Places) {
			return fmt.Errorf("frame: project of event %d: got place %d, want 0 to %d", p.Event, p.Place, len(f.Places)-1)
		}
	}
	seen := make(map[string]bool, len(f.Places))
	for i, p := range f.Places {
		if p.Province < 0 || p.Province >= len(f.Provinces) {
			return fmt.Errorf("frame: place %d (%s): got province %d, want 0 to %d", i, p.Code, p.Province, len(f.Provinces)-1)
		}
		if p.Code == "" || seen[p.Code] {
			return fmt.Errorf("frame: place %d (%s): got code %q, want one that no other place has", i, p.Name, p.Code)
		}
		seen[p.Code] = true
	}
	return nil
}

// fits checks a record against the frame, so that a wrong index stops the run with its place instead of writing a wrong name.
func (f Frame) fits(r *sim.Record) error {
	if len(r.Towns) != len(f.Places) {
		return fmt.Errorf("year %d: got %d places, want %d", r.Year, len(r.Towns), len(f.Places))
	}
	for i, c := range r.Flows {
		if c.Origin < 0 || c.Origin >= len(f.Provinces) || c.Dest < 0 || c.Dest >= len(f.Places) {
			return fmt.Errorf("year %d: flow %d: got origin %d and destination %d, want less than %d and %d",
				r.Year, i, c.Origin, c.Dest, len(f.Provinces), len(f.Places))
		}
	}
	for i, d := range r.Donors {
		if !within(d.Age, f.Ages) || !within(d.Income, f.Incomes) || !within(d.Amount, f.Amounts) {
			return fmt.Errorf("year %d: donors cell %d: got bands %d, %d, %d, want less than %d, %d, %d",
				r.Year, i, d.Age, d.Income, d.Amount, len(f.Ages), len(f.Incomes), len(f.Amounts))
		}
	}
	for i, l := range r.Ledger {
		if l.Place < 0 || l.Place >= len(f.Places) {
			return fmt.Errorf("year %d: ledger line %d (%s): got place %d, want less than %d", r.Year, i, l.Entry, l.Place, len(f.Places))
		}
	}
	for _, p := range r.Projects {
		if !slices.ContainsFunc(f.Projects, func(k Project) bool { return k.Event == p.Event }) {
			return fmt.Errorf("year %d: project of event %d: unknown", r.Year, p.Event)
		}
	}
	for _, a := range r.Accounts {
		if s := a.Donors + a.Towns + a.Provinces + a.State + a.Producers + a.Platforms + a.Suppliers; s != 0 {
			return fmt.Errorf("year %d: account %q: sectors sum to %d, want 0", r.Year, a.Entry, s)
		}
		if _, _, known := perimeters(a.Entry); !known {
			return fmt.Errorf("year %d: account %q: unknown entry, which belongs to no perimeter", r.Year, a.Entry)
		}
	}
	return nil
}

func within(i int, labels []string) bool { return i >= 0 && i < len(labels) }

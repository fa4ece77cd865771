package scenarios

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gohyang/scenarios/facts"
	"gohyang/sim"
	"gohyang/sim/budget"
	"gohyang/sim/draw"
	"gohyang/sim/giving"
	"gohyang/sim/law"
	"gohyang/sim/people"
	"gohyang/sim/towns"
)

// leastScale is the smallest share of residents that can be agents: one in a million leaves Korea fifty of them, fewer say nothing.
const leastScale = 1e-6

// Build turns a loaded scenario into the engine's configuration: facts, law of every year, parameters. The result refers to the scenario's own tables and
// must not be changed.
func Build(s *Scenario) (*sim.Config, error) {
	f := s.facts
	if s.Run.Scale < leastScale {
		return nil, Faults{{At: s.origins["run.scale"], Key: "run.scale", Got: fmt.Sprint(s.Run.Scale), Want: "at least one agent in a million residents, 0.000001"}}
	}
	cfg := &sim.Config{
		Name: s.Name, Country: s.Country, First: s.since, Report: s.Run.Years[0], Last: s.Run.Years[1], Seed: s.Run.Seed, Scale: WholeScale(s.Run.Scale),
		NumTowns: len(f.Towns), Demography: demography(f, s.Demography.Fertility), Income: income(f), Origins: &people.Origins{Province: f.BirthProvince, Town: f.BirthTown},
		Giving: s.Giving, Ties: s.Ties, Budget: s.Budget, Options: s.Demography, Effects: s.Effects, Bands: bands(s.Country),
	}
	if s.alignment != nil {
		cfg.Alignment = s.alignment.factors
	}
	for _, p := range f.Towns {
		cfg.Places = append(cfg.Places, place(p))
	}
	for _, p := range f.Provinces {
		cfg.Places = append(cfg.Places, place(p))
	}
	first, year := start(f, s.since)
	first.Launch = s.country.launch()
	if rules, _, err := s.country.book.Rules(year); err == nil { // no law yet: nobody was barred
		unbar(&first, cfg.Places, rules.Gift.Exclude)
		first.Excluded = rules.Residency.Excluded
		before, err := law.Compile(s.Country, year, rules)
		if err != nil {
			return nil, err
		}
		cfg.Before = before
	}
	cfg.Start = first
	var faults []error
	for year := cfg.First; year <= cfg.Last; year++ {
		rules, _, err := s.RulesFor(year)
		if err != nil {
			return nil, err
		}
		l, err := law.Compile(s.Country, year, rules)
		faults = append(faults, err)
		cfg.Laws = append(cfg.Laws, l)
	}
	due, err := s.deadlines()
	faults = append(faults, err)
	cfg.Deadlines = due
	for _, e := range s.Events {
		i, err := placeIndex(cfg.Places, e.Place)
		faults = append(faults, err)
		cfg.Events = append(cfg.Events, sim.Event{Year: e.Year, Month: e.Month, Kind: sim.Kind(e.Kind), Place: i, Severity: e.Severity, Theme: budget.Theme(e.Theme), Name: e.Name,
			Target: e.Target, Beneficiaries: e.Beneficiaries, Note: e.Note})
	}
	return cfg, errors.Join(faults...)
}

// WholeScale is the scale nearest to the one asked for at which an agent stands for a whole number of residents.
func WholeScale(scale float64) float64 { return 1 / math.Round(1/scale) }

// place turns a row of the facts into a place of the engine. A district of a Korean metropolitan city, like Sejong and the two cities of Jeju, pays its local
// income tax to the metropolitan or provincial government (지방세법); a Japanese designated city has the larger municipal share.
func place(p facts.Place) towns.Place {
	big := false
	switch p.Class {
	case "gu", "sejong", "admin_city", "designated":
		big = true
	}
	return towns.Place{
		Code: p.Code, Name: p.Name, NameEn: p.NameEn, Province: p.Province, Lon: p.Lon, Lat: p.Lat, Class: p.Class, Recipient: p.Recipient,
		Declining: p.Depopulation == "depopulation", BigCity: big, Receiving: p.Allocation == "receiving", LocalTax: p.LocalTax,
		EarnedTax: p.EarnedTax, OtherOwn: p.OtherOwn, Need: p.Need, Capacity: p.Capacity, Revenue: p.Standard,
	}
}

func placeIndex(places []towns.Place, code string) (int, error) {
	for i := range places {
		if places[i].Code == code {
			return i, nil
		}
	}
	return 0, fmt.Errorf("event: got place %q, want the code of a place", code)
}

func demography(f *facts.Country, fertility string) *people.Tables {
	t := &people.Tables{
		First: f.FirstYear, Population: f.Population, Death: f.Death, Birth: f.Birth[fertility], MaleBirth: f.MaleBirth,
		DeathLevel: f.DeathLevel, BirthLevel: f.BirthLevel, MoveAge: f.MoveAge, MoveLevel: f.MoveLevel, Attract: f.Attract, OD: f.OD,
		Arrivals: f.Arrivals, ArrivalShare: f.ArrivalShare,
	}
	return t
}

func income(f *facts.Country) *people.Income {
	return &people.Income{EarnerShare: f.EarnerShare, EarnerLevel: f.EarnerLevel, Log: f.LogIncome, Town: f.TownIncome, SD: f.IncomeSD}
}

// start is what giving starts from: the receipts of the year before the run or, where the scheme starts with it, those of its first observed year, which
// stand for the appeal of places and not for the level of giving; and last year's donors, where there were any. It also returns the year of the receipts.
func start(f *facts.Country, first int) (giving.Start, int) {
	s := giving.Start{Receipts: make([]float64, len(f.Towns)+len(f.Provinces))}
	index := map[string]int{}
	for i, p := range f.Towns {
		index[p.Code] = i
	}
	for i, p := range f.Provinces {
		if f.Provinces[i].Recipient {
			index[p.Code] = len(f.Towns) + i
		}
	}
	base, earliest := 0, math.MaxInt
	for _, r := range f.Receipts {
		earliest = min(earliest, r.Year)
		if r.Year < first {
			base = max(base, r.Year)
		}
	}
	if base == 0 {
		base = earliest
	}
	for _, r := range f.Receipts {
		if i, ok := index[r.Code]; ok && r.Year == base {
			s.Receipts[i] = float64(r.Amount)
			if base < first {
				s.Before += r.Amount
			}
		}
	}
	s.Donors = lastDonors(f, first-1)
	return s, base
}

// unbar replaces the starting receipts of places that the law barred in that year by the geometric mean of their class: what such a place received before
// the bar says nothing of its appeal under the law (the four bodies left out in June 2019 had drawn a fifth of Japan's donations with gifts that are illegal since).
func unbar(s *giving.Start, places []towns.Place, barred []string) {
	for i, p := range places {
		if !slices.Contains(barred, p.Code) {
			continue
		}
		sum, n := 0.0, 0.0
		for j, q := range places {
			if q.Class == p.Class && s.Receipts[j] > 0 && !slices.Contains(barred, q.Code) {
				sum += draw.Log(s.Receipts[j])
				n++
			}
		}
		if n > 0 {
			s.Receipts[i] = draw.Exp(sum / n)
		}
	}
}

// lastDonors is the share of each town's adults who were donors in a year. Towns' donors are published for later years only: their shares are brought to
// the national number of that year. Korea publishes records and no donors: a record counts as a donor there (A8 of the specification), the same share in every
// town. nil where no number is published.
func lastDonors(f *facts.Country, year int) []float64 {
	want := 0.0
	for _, n := range f.Nation {
		if n.Year == year {
			if want = float64(n.Donors); n.Donors == 0 {
				want = float64(n.Count)
			}
		}
	}
	shares, got := f.Donors, 0.0
	if !slices.ContainsFunc(shares, func(x float64) bool { return x > 0 }) {
		shares = slices.Repeat([]float64{1}, len(f.Towns))
	}
	for t, share := range shares {
		for sex := range 2 {
			for age := giving.Adult; age < facts.Ages; age++ {
				got += float64(share * float64(f.Population[t][sex][age]))
			}
		}
	}
	if want == 0 || got == 0 {
		return nil
	}
	out := make([]float64, len(shares))
	for t, share := range shares {
		out[t] = float64(share * (want / got))
	}
	return out
}

// bands are the edges of the donors table, in the country's money: the law's kinks and caps are among them.
func bands(c law.Country) giving.Bands {
	if c == law.Korea {
		return giving.Bands{
			Income: [giving.IncomeBands - 1]int64{0, 15e6, 30e6, 45e6, 60e6, 80e6, 120e6},
			Amount: [giving.AmountBands - 1]int64{99_999, 100_000, 200_000, 500_000, 1e6, 4_999_999, 5e6},
		}
	}
	return giving.Bands{
		Income: [giving.IncomeBands - 1]int64{0, 2e6, 3e6, 4e6, 6e6, 8e6, 12e6},
		Amount: [giving.AmountBands - 1]int64{10_000, 30_000, 50_000, 100_000, 200_000, 500_000, 1e6},
	}
}

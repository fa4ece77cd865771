package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gohyang/output"
	"gohyang/scenarios/facts"
)

// idle are the columns that may be zero everywhere in a golden run, with the reason.
var idle = map[string]string{
	"kr towns fund.earmarked": noProject, "kr years fund.earmarked": noProject, "jp towns fund.earmarked": noProject, "jp years fund.earmarked": noProject,
}

const noProject = "the baselines have no designated project"

// signed are the numbers that may be below zero: flows that can go either way, and what is left of the tax of a place of few agents after the relief of one
// who earns much. All others count something.
var signed = []string{"net", "compensation", "revenue", "self_reliance", "perimeter.", "sector."}

// invariants holds a result to what must be true of any run: persons and money close, the small tables add up to the large ones, and numbers are numbers.
func invariants(t *testing.T, r *output.Result, tables map[string]grid) {
	t.Helper()
	personsClose(t, r)
	moneyCloses(t, r)
	accountsClose(t, r, tables["accounts"])
	tablesAgree(t, tables)
	numbersAreNumbers(t, tables)
}

// growth is what the events of a year add to the persons of a place.
func growth(m *output.Measures) int64 {
	return m.Births - m.Deaths + m.MovesIn - m.MovesOut + m.Arrivals - m.Departures
}

// personsClose checks the demographic identity of every town and of the nation: who was there, less deaths and departures, plus births and arrivals, is there.
func personsClose(t *testing.T, r *output.Result) {
	t.Helper()
	before := map[string]int64{}
	for i := range r.Towns {
		p := &r.Towns[i]
		if p.Level != output.LevelMunicipality {
			if p.Population+p.Births+p.Deaths+p.MovesIn+p.MovesOut+p.Donors != 0 {
				t.Errorf("%s %d: a provincial government has persons: %+v", p.Name, p.Year, p.Measures)
			}
			continue
		}
		if start, ok := before[p.Code]; ok && start+growth(&p.Measures) != p.Population {
			t.Errorf("%s %d: %d at the start %+d is not %d at the end", p.Name, p.Year, start, growth(&p.Measures), p.Population)
		}
		if p.Young+p.Working+p.Old != p.Population || p.Women2039 > p.Working || p.Donors > p.Considering || p.NewDonors > p.Donors || p.Donors > p.Population-growth(&p.Measures) { // who gave was here at the start
			t.Errorf("%s %d: parts do not fit the whole: %+v", p.Name, p.Year, p.Measures)
		}
		before[p.Code] = p.Population
	}
	for i := range r.Years {
		y := &r.Years[i]
		if i > 0 && r.Years[i-1].Population+growth(&y.Measures) != y.Population {
			t.Errorf("the nation %d: %d at the start %+d is not %d at the end", y.Year, r.Years[i-1].Population, growth(&y.Measures), y.Population)
		}
		if y.MovesIn != y.MovesOut || y.MovesIn == 0 {
			t.Errorf("%d: %d moved in and %d moved out within the country", y.Year, y.MovesIn, y.MovesOut)
		}
	}
}

// moneyCloses checks that what is given is received, that relief is borne by somebody and that net is what it says.
func moneyCloses(t *testing.T, r *output.Result) {
	t.Helper()
	for i := range r.Towns {
		p := &r.Towns[i]
		if net := p.ReceivedAmount - p.Gifts - p.Fees - p.Operating - p.ReliefBorne + p.Compensation; net != p.Net {
			t.Errorf("%s %d: net is %d, its parts give %d", p.Name, p.Year, p.Net, net)
		}
		if p.Gifts+p.Fees+p.Operating > p.ReceivedAmount || p.ReceivedRepeat > p.ReceivedRecords {
			t.Errorf("%s %d: a part is larger than the whole: %+v", p.Name, p.Year, p.Measures)
		}
	}
	for i := range r.Years {
		y := &r.Years[i]
		if y.ReceivedAmount != y.GivenAmount || y.ReceivedRecords != y.GivenRecords {
			t.Errorf("%d: received %d in %d records, given %d in %d", y.Year, y.ReceivedAmount, y.ReceivedRecords, y.GivenAmount, y.GivenRecords)
		}
		if y.Relief <= 0 || y.Relief > y.GivenAmount || y.ReliefBorne > y.Relief {
			t.Errorf("%d: relief %d of %d given, of which %d borne by local governments", y.Year, y.Relief, y.GivenAmount, y.ReliefBorne)
		}
	}
}

// accountsClose checks that every entry of the ledger sums to zero and says the same as the years.
func accountsClose(t *testing.T, r *output.Result, g grid) {
	t.Helper()
	sectors := []string{"sector.donors", "sector.towns", "sector.provinces", "sector.state", "sector.producers", "sector.platforms", "sector.suppliers"}
	booked := map[string]int64{} // by year, entry and sector
	for row := range g.rows {
		sum := int64(0)
		for _, s := range sectors {
			v := g.whole(t, row, s)
			sum += v
			booked[g.key(row)+" "+s] = v
		}
		if sum != 0 {
			t.Errorf("%s: the entry sums to %d, want 0", g.key(row), sum)
		}
	}
	for i := range r.Years {
		y := &r.Years[i]
		local := func(entry string) int64 {
			return booked[fmt.Sprint(y.Year, " ", entry, " sector.towns")] + booked[fmt.Sprint(y.Year, " ", entry, " sector.provinces")]
		}
		state := booked[fmt.Sprint(y.Year, " relief.state sector.state")] + booked[fmt.Sprint(y.Year, " compensation sector.state")]
		for _, c := range []struct {
			what      string
			got, want int64
		}{
			{"donation", local("donation"), y.ReceivedAmount},
			{"gift", local("gift"), -y.Gifts},
			{"fee", local("fee"), -y.Fees},
			{"operation", local("operation"), -y.Operating},
			{"relief.local", local("relief.local"), -y.ReliefBorne},
			{"relief.state", -booked[fmt.Sprint(y.Year, " relief.state sector.state")], y.Relief - y.ReliefBorne},
			{"compensation", local("compensation"), y.Compensation},
			{"fund.spending", local("fund.spending") + local("fund.earmarked"), -y.Spent}, {"fund.earmarked", local("fund.earmarked"), -y.Earmarked},
			{"perimeter.local, the sum of net", y.Local, y.Net},
			{"perimeter.public", y.Public, y.Local + state},
			{"perimeter.recipients", y.Recipients, y.ReceivedAmount - y.Gifts - y.Fees - y.Operating},
		} {
			if c.got != c.want {
				t.Errorf("%d %s: got %d, the other tables say %d", y.Year, c.what, c.got, c.want)
			}
		}
	}
}

// tablesAgree checks that places, donors and months add up to years, and flows to places.
func tablesAgree(t *testing.T, tables map[string]grid) {
	t.Helper()
	amount, records := "donations.given.amount", "donations.given.records"
	towns, years, flows := tables["towns"], tables["years"], tables["flows"]
	type pair struct {
		what     string
		from, to map[string]int64
	}
	pairs := []pair{
		{"amount of flows by destination", flows.sums(t, amount, "year", "destination"), towns.sums(t, "donations.received.amount", "year", "code")},
		{"records of flows by destination", flows.sums(t, records, "year", "destination"), towns.sums(t, "donations.received.records", "year", "code")},
		{"amount of flows by origin", flows.sums(t, amount, "year", "origin"), towns.sums(t, amount, "year", "province")},
		{"records of flows by origin", flows.sums(t, records, "year", "origin"), towns.sums(t, records, "year", "province")},
		{"donors", tables["donors"].sums(t, "donors", "year"), years.sums(t, "donors", "year")},
		{"amount of donors", tables["donors"].sums(t, amount, "year"), years.sums(t, amount, "year")},
		{"relief of donors", tables["donors"].sums(t, "relief", "year"), years.sums(t, "relief", "year")},
		{"amount of months", tables["months"].sums(t, amount, "year"), years.sums(t, amount, "year")},
		{"records of months", tables["months"].sums(t, records, "year"), years.sums(t, records, "year")},
		{"twelve months", tables["months"].sums(t, "month", "year"), seventyEight(years)},
	}
	for _, m := range output.Metrics() {
		if m.Sums && slices.Contains(m.Tables, "towns") {
			pairs = append(pairs, pair{m.Name + " of places", towns.sums(t, m.Name, "year"), years.sums(t, m.Name, "year")})
		}
	}
	for _, c := range pairs {
		told := 0
		for key, want := range c.to {
			if got := c.from[key]; got != want && told < 5 {
				told++
				t.Errorf("%s, %s: sum to %d, want %d", c.what, key, got, want)
			}
		}
		for key, got := range c.from {
			if _, known := c.to[key]; !known && got != 0 {
				t.Errorf("%s, %s: %d of what nobody else knows", c.what, key, got)
			}
		}
	}
}

// seventyEight is 1 + 2 + ... + 12 for each year.
func seventyEight(years grid) map[string]int64 {
	out := map[string]int64{}
	for row := range years.rows {
		out[years.text(row, "year")] = 78
	}
	return out
}

// numbersAreNumbers checks that every cell of every measurement is a finite number of its range: counts and money at least zero unless they may be below,
// shares and the Gini coefficient within 0 and 1, indexes and ratios at least zero.
func numbersAreNumbers(t *testing.T, tables map[string]grid) {
	t.Helper()
	for _, g := range tables {
		for column, name := range g.header {
			m, ok := output.FindMetric(name)
			if !ok {
				t.Errorf("%s: column %s is not documented", g.name, name)
			}
			if m.Key {
				continue
			}
			free := slices.ContainsFunc(signed, func(s string) bool { return name == s || strings.HasSuffix(s, ".") && strings.HasPrefix(name, s) })
			for row := range g.rows {
				text := g.rows[row][column]
				if text == "" && (m.Unit == "ratio" || m.Unit == "share" || m.Unit == "index" || m.Unit == "years" || name == "donations.per_record") {
					continue // a ratio of nothing
				}
				v, err := strconv.ParseFloat(text, 64)
				switch {
				case err != nil || math.IsNaN(v) || math.IsInf(v, 0):
					t.Errorf("%s %s, %s: got %q, want a finite number", g.name, g.key(row), name, text)
				case v < 0 && !free:
					t.Errorf("%s %s, %s: got %s, want at least 0", g.name, g.key(row), name, text)
				case v > 1 && (m.Unit == "share" || name == "donations.gini"):
					t.Errorf("%s %s, %s: got %s, want at most 1", g.name, g.key(row), name, text)
				}
			}
		}
	}
}

// nothingIdle checks that no column of no table is empty or zero everywhere: a golden number can protect a metric that nobody fills. What idle excuses must
// really be idle, or the excuse goes.
func nothingIdle(t *testing.T, country string, tables map[string]grid) {
	t.Helper()
	for _, g := range tables {
		for column, name := range g.header {
			filled := slices.ContainsFunc(g.rows, func(row []string) bool {
				v, err := strconv.ParseFloat(row[column], 64)
				return row[column] != "" && (err != nil || v != 0)
			})
			why, excused := idle[country+" "+g.name+" "+name]
			if !filled && !excused {
				t.Errorf("%s: %s is zero or empty in every row", g.name, name)
			}
			if filled && excused {
				t.Errorf("%s: %s is filled, though %q; take it off the list", g.name, name, why)
			}
		}
	}
}

// startsFromFacts checks that the first year starts from the base population of the facts: the nation to half an agent, every town to two agents (see
// people.Agents).
func startsFromFacts(t *testing.T, r *output.Result) {
	t.Helper()
	f, err := facts.Load(r.Manifest.Country)
	if err != nil {
		t.Fatal(err)
	}
	places := r.Places(r.Manifest.FirstYear)
	agent := float64(r.Manifest.Weight)
	var nation, counted float64
	for i := range f.Population {
		want := 0.0
		for sex := range 2 {
			for _, n := range f.Population[i][sex] {
				want += float64(n)
			}
		}
		got := float64(places[i].Population - growth(&places[i].Measures))
		if math.Abs(got-want) > 2*agent {
			t.Errorf("%s starts with %.0f persons, the facts have %.0f", places[i].Name, got, want)
		}
		nation, counted = nation+want, counted+got
	}
	if math.Abs(counted-nation) > agent/2+1e-6 {
		t.Errorf("the nation starts with %.0f persons, the facts have %.0f", counted, nation)
	}
}

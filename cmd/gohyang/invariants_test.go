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
var idle = func() map[string]string {
	out := map[string]string{"kr towns compensation": noRefund, "kr years compensation": noRefund, "jp towns pool.loss": noPool, "jp years pool.loss": noPool,
		"kr towns points": noPoints, "kr years points": noPoints}
	for _, table := range []string{"kr towns", "kr years", "jp towns", "jp years"} {
		out[table+" redistribution"] = "the law of neither country redistributes"
		out[table+" donations.corporate.amount"], out[table+" relief.corporate"], out[table+" relief.corporate.state"] = noFirms, noFirms, noFirms
		out[table+" fund.earmarked"] = noProject
	}
	return out
}()

const (
	noProject = "the baselines have no designated project"
	noRefund  = "Korea refunds no local tax: its places lose by the pool, see pool.loss"
	noPool    = "no loss of Japan's allocation pool is booked, see the note in law/jp.toml"
	noPoints  = "no portal of Korea gives points"
	noFirms   = "corporations may not give in either country"
)

// signed are the numbers that may be below zero: flows that can go either way, and what is left of the tax of a place of few agents after the relief of one
// who earns much. All others count something.
var signed = []string{"net", "redistribution", "revenue", "revenue.per_resident", "self_reliance", "self_reliance.giving", "perimeter.", "sector.", "surplus.donors"}

// invariants holds a result to what must be true of any run: persons and money close, the small tables add up to the large ones, and numbers are numbers.
func invariants(t *testing.T, r *output.Result, tables map[string]grid) {
	t.Helper()
	personsClose(t, r)
	moneyCloses(t, r)
	revenueCloses(t, r)
	accountsClose(t, r, tables["accounts"])
	ledgerTraces(t, tables)
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
		if net := p.ReceivedAmount + p.Corporate - p.Gifts - p.Fees - p.Operating - p.ReliefBorne - p.CorporateRelief + p.Compensation - p.PoolLoss + p.Redistribution; net != p.Net {
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
		if y.Relief <= 0 || y.Relief > y.GivenAmount {
			t.Errorf("%d: relief %d of %d given", y.Year, y.Relief, y.GivenAmount)
		}
		if i > 0 && y.ReliefState+y.ReliefBorne != r.Years[i-1].Relief {
			t.Errorf("%d: relief of %d and %d comes due, donations of the year before brought %d", y.Year, y.ReliefState, y.ReliefBorne, r.Years[i-1].Relief)
		}
	}
}

// revenueCloses checks that revenue is the sum of its parts, that own revenue holds the tax, that allocation tax is the gap between need and capacity or nothing,
// and that some places get it and others do not.
func revenueCloses(t *testing.T, r *output.Result) {
	t.Helper()
	got, none := 0, 0
	for i := range r.Towns {
		p := &r.Towns[i]
		if sum := p.OwnRevenue + p.Allocation + p.Grants + p.Net; sum != p.Revenue {
			t.Errorf("%s %d: revenue is %d, its parts give %d", p.Name, p.Year, p.Revenue, sum)
		}
		if p.LocalTax > p.OwnRevenue || p.Allocation != 0 && p.Allocation != p.Need-p.Capacity {
			t.Errorf("%s %d: a part is larger than the whole: %+v", p.Name, p.Year, p.Measures)
		}
		if p.Allocation > 0 {
			got++
		} else {
			none++
		}
	}
	if got == 0 || none == 0 {
		t.Errorf("%d places get allocation tax, %d do not", got, none)
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
		state := int64(0)
		for _, entry := range []string{"relief.state", "relief.corporate.state", "compensation", "pool", "redistribution.floor"} {
			state += booked[fmt.Sprint(y.Year, " ", entry, " sector.state")]
		}
		all := func(sector string) (sum int64) {
			for row := range g.rows {
				if g.text(row, "year") == fmt.Sprint(y.Year) {
					sum += g.whole(t, row, sector)
				}
			}
			return sum
		}
		for _, c := range []struct {
			what      string
			got, want int64
		}{
			{"donation", local("donation"), y.ReceivedAmount},
			{"gift", local("gift"), -y.Gifts},
			{"fee", local("fee"), -y.Fees},
			{"shipping", local("shipping"), -y.Shipping},
			{"operation", local("operation") + local("shipping"), -y.Operating},
			{"points", -booked[fmt.Sprint(y.Year, " points sector.platforms")], y.Points},
			{"relief.town and relief.province", local("relief.town") + local("relief.province"), -y.ReliefBorne},
			{"relief.state", -booked[fmt.Sprint(y.Year, " relief.state sector.state")], y.ReliefState},
			{"donation.corporate", local("donation.corporate"), y.Corporate},
			{"relief.corporate", local("relief.corporate"), -y.CorporateRelief},
			{"relief.corporate.state", -booked[fmt.Sprint(y.Year, " relief.corporate.state sector.state")], y.CorporateState},
			{"compensation", local("compensation"), y.Compensation},
			{"pool", local("pool"), -y.PoolLoss},
			{"fund.spending", local("fund.spending") + local("fund.earmarked"), -y.Spent}, {"fund.earmarked", local("fund.earmarked"), -y.Earmarked},
			{"perimeter.local, the sum of net", y.Local, y.Net},
			{"perimeter.public", y.Public, y.Local + state},
			{"surplus.donors", y.Surplus, y.Relief - y.ReceivedAmount + y.Points + int64(giftValue*float64(y.Gifts))},
			{"sector.producers", y.Producers, all("sector.producers")},
			{"sector.platforms", y.Platforms, y.Fees - y.Points},
			{"sector.suppliers", y.Suppliers, y.Operating},
			{"everybody", y.Public + y.Producers + y.Platforms + y.Suppliers, -all("sector.donors")},
			{"perimeter.recipients", y.Recipients, y.ReceivedAmount + y.Corporate - y.Gifts - y.Fees - y.Operating},
		} {
			if c.got != c.want {
				t.Errorf("%d %s: got %d, the other tables say %d", y.Year, c.what, c.got, c.want)
			}
		}
	}
}

// ledgerTraces recomputes the money of the other tables from the ledger, flow by flow: each column of each place, and each sector of each entry.
func ledgerTraces(t *testing.T, tables map[string]grid) {
	t.Helper()
	ledger, towns, accounts := tables["ledger"], tables["towns"], tables["accounts"]
	paid, booked := map[string]int64{}, map[string]int64{} // by year, code and entry, to the government above zero; by year, entry and sector
	for row := range ledger.rows {
		year, entry, from, to, amount := ledger.text(row, "year"), ledger.text(row, "entry"), ledger.text(row, "from"), ledger.text(row, "to"), ledger.whole(t, row, "amount")
		at := year + " " + ledger.text(row, "code") + " " + entry
		if amount <= 0 {
			t.Errorf("%s: a flow of %d", at, amount)
		}
		if from == "towns" || from == "provinces" {
			paid[at] -= amount
		} else {
			paid[at] += amount
		}
		booked[year+" "+entry+" "+from] -= amount
		booked[year+" "+entry+" "+to] += amount
	}
	columns := map[string]string{"donation": "donations.received.amount", "donation.corporate": "donations.corporate.amount", "relief.corporate": "relief.corporate", "gift": "gifts.cost", "fee": "fees.cost", "shipping": "operating.cost", "operation": "operating.cost", "points": "points",
		"relief.state": "relief.state", "relief.corporate.state": "relief.corporate.state", "relief.town": "relief.borne", "relief.province": "relief.borne", "compensation": "compensation", "pool": "pool.loss", "fund.spending": "fund.spent", "fund.earmarked": "fund.spent"}
	costs := []string{"gift", "fee", "shipping", "operation", "relief.town", "relief.province", "relief.corporate", "pool", "fund.spending", "fund.earmarked"}
	for row := range towns.rows {
		want := map[string]int64{}
		net, at := int64(0), towns.text(row, "year")+" "+towns.text(row, "code")+" "
		for entry, column := range columns {
			v := paid[at+entry]
			if entry != "points" && entry != "relief.state" && entry != "relief.corporate.state" && !strings.HasPrefix(entry, "fund.") {
				net += v
			}
			if slices.Contains(costs, entry) {
				v = -v
			}
			want[column] += v
		}
		for _, entry := range []string{"home", "ceiling", "pool", "floor"} {
			want["redistribution"] += paid[at+"redistribution."+entry]
		}
		want["net"], want["fund.earmarked"] = net+want["redistribution"], -paid[at+"fund.earmarked"]
		for column, v := range want {
			if got := towns.whole(t, row, column); got != v {
				t.Errorf("%s%s: %d, the ledger adds up to %d", at, column, got, v)
			}
		}
	}
	for row := range accounts.rows {
		for _, sector := range []string{"donors", "towns", "provinces", "state", "producers", "platforms", "suppliers"} {
			if got, want := accounts.whole(t, row, "sector."+sector), booked[accounts.key(row)+" "+sector]; got != want {
				t.Errorf("%s, %s: %d, the ledger adds up to %d", accounts.key(row), sector, got, want)
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

// giftValue is what a gift of one won or yen is worth to donors in the shipped parameters of both countries (amount.gift_value).
const giftValue = 0.8

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
				if text == "" && (m.Unit == "ratio" || m.Unit == "share" || m.Unit == "index" || m.Unit == "years" || name == "donations.per_record" || name == "revenue.per_resident") {
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

package output

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Rows and years that a summary shows.
const (
	summaryYears  = 6
	summaryTop    = 10
	summaryAgents = 100 // places with fewer agents in the first year are not ranked by population (judgement: their sampling error exceeds a tenth)
)

// rankNote stands under every ranking of places by money.
const rankNote = "Ranks of single places depend on the seed; do not read them as a forecast."

// Summarize is the text of summary.txt: the nation in a few years, its three perimeters, the places that stand out, and footnotes. first and last are
// the places in the first and the last year, in the same order; projects are those of the last year.
func Summarize(m Manifest, years []YearRow, first, last []TownRow, projects []ProjectRow) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s, %d-%d, seed %d\n", Product, m.Scenario, m.FirstYear, m.LastYear, m.Seed)
	if m.Title != "" {
		b.WriteString(oneLine(m.Title) + "\n")
	}
	if line := changedLine(m); line != "" {
		b.WriteString(oneLine(line) + "\n")
	}
	shown := pickYears(years, summaryYears)
	section(&b, "People", peopleTable(shown))
	section(&b, "Donations (amounts in "+nationUnit(m.Country).name+")", donationTable(shown, nationUnit(m.Country)))
	section(&b, "Who gains, in three perimeters ("+nationUnit(m.Country).name+")", perimeterTable(shown, nationUnit(m.Country)))
	section(&b, "From recipients to local governments and the state ("+nationUnit(m.Country).name+")", stepTable(shown, nationUnit(m.Country)))
	section(&b, "Local economy ("+nationUnit(m.Country).name+"; services: 1 = as without donations)", incomeTable(shown, nationUnit(m.Country)))
	section(&b, "Related population: residents elsewhere bound by donations (persons)", tiesTable(shown))
	if len(m.Surveys) > 0 {
		section(&b, "For context, what surveys count: every bond, of which those made by donations are a part at most", surveyTable(m.Surveys))
	}
	unit := placeUnit(m.Country)
	if len(projects) > 0 {
		section(&b, fmt.Sprintf("Designated projects, end of %d (%s)", m.LastYear, unit.name), projectTable(projects, unit))
	}
	section(&b, fmt.Sprintf("Top %d recipients, %d (%s)", summaryTop, m.LastYear, unit.name), recipientTable(last, unit))
	b.WriteString(rankNote + "\n")
	section(&b, fmt.Sprintf("Biggest net losers, %d (%s)", m.LastYear, unit.name), loserTable(last, unit))
	b.WriteString(rankNote + "\n")
	section(&b, fmt.Sprintf("What municipalities live on, without provincial governments, %d, by extinction index (revenue per resident, %s)", m.LastYear, pick(m.Country, "won", "yen", "money")), financeTable(first, last))
	if m.FirstYear < m.LastYear {
		title := fmt.Sprintf("Fastest falling population, end of %d to end of %d", m.FirstYear, m.LastYear)
		if m.Weight > 1 {
			title += fmt.Sprintf(" (places of %d agents or more)", summaryAgents)
		}
		section(&b, title, declineTable(first, last, max(m.Weight, 1)))
		section(&b, fmt.Sprintf("Municipalities by extinction index, end of %d and end of %d", m.FirstYear, m.LastYear), classTable(first, last))
		if n, of := halvedCount(last); of > 0 {
			fmt.Fprintf(&b, "%s of %s municipalities have half or fewer of the women aged 20-39 of %d.\n", Int(n), Int(of), m.FirstYear)
		}
	}
	b.WriteString("\nNotes\n")
	for _, n := range summaryNotes(m, last) {
		b.WriteString("- " + n + "\n")
	}
	return b.String()
}

func section(b *strings.Builder, title string, t *Table) {
	b.WriteString("\n" + title + "\n")
	if t.Len() == 0 {
		b.WriteString("none\n")
		return
	}
	b.WriteString(t.String())
}

// pickYears are at most n years, the first, the last and evenly spaced ones between.
func pickYears(years []YearRow, n int) []YearRow {
	if len(years) <= n {
		return years
	}
	picked := make([]YearRow, n)
	for i := range picked {
		picked[i] = years[(i*(len(years)-1)+(n-1)/2)/(n-1)]
	}
	return picked
}

func peopleTable(years []YearRow) *Table {
	t := NewTable(Right("year"), Right("population"), Right("change %"), Right("65+ %"), Right("births"), Right("deaths"), Right("net abroad"),
		Right("extinction index"))
	for i, y := range years {
		change := missing
		if i > 0 && years[0].Population > 0 {
			change = Decimal(100*float64(y.Population-years[0].Population)/float64(years[0].Population), 1)
		}
		t.Add(fmt.Sprint(y.Year), Int(y.Population), change, percent(ratio(y.Old, y.Population), 1), Int(y.Births), Int(y.Deaths),
			Int(y.Arrivals-y.Departures), optional(y.Extinction, 3))
	}
	return t
}

func donationTable(years []YearRow, unit moneyUnit) *Table {
	t := NewTable(Right("year"), Right("amount"), Right("records"), Right("donors"), Right("donors %"), Right("per record"), Right("gifts %"),
		Right("December %"), Right("top-20 share %"), Right("Gini"))
	for _, y := range years {
		t.Add(fmt.Sprint(y.Year), unit.money(y.ReceivedAmount), Int(y.ReceivedRecords), Int(y.Donors), percent(ratio(y.Donors, y.Population), 1),
			optional(y.PerRecord, 0), percent(ratio(y.Gifts, y.ReceivedAmount), 1), percent(y.December, 1), percent(y.Top20, 1), optional(y.Gini, 3))
	}
	return t
}

// perimeterTable is who gains: the three perimeters and, apart, donors and those who sell to them.
func perimeterTable(years []YearRow, unit moneyUnit) *Table {
	t := NewTable(Right("year"), Right("recipients"), Right("local governments"), Right("with the state"), Right("donors' surplus"), Right("producers"),
		Right("platforms"), Right("suppliers"))
	for _, y := range years {
		t.Add(fmt.Sprint(y.Year), unit.money(y.Recipients), unit.money(y.Local), unit.money(y.Public), unit.money(y.Surplus), unit.money(y.Producers),
			unit.money(y.Platforms), unit.money(y.Suppliers))
	}
	return t
}

// stepTable is how one perimeter leads to the next, flow by flow: from recipients to local governments; then, with the state, which gives up national tax and from
// which comes what the steps before moved; and the relief of the year's own donations, which is in none of them yet. Relief is that of persons and corporations.
func stepTable(years []YearRow, unit moneyUnit) *Table {
	t := NewTable(Right("year"), Right("recipients"), Right("local tax"), Right("compensation"), Right("pool"), Right("redistribution"), Right("= local"),
		Right("paid by the state"), Right("national tax"), Right("= with the state"), Right("due next year"), Right("fund stock"), Right("fund spent"))
	for _, y := range years {
		t.Add(fmt.Sprint(y.Year), unit.money(y.Recipients), unit.money(-y.borne()), unit.money(y.Compensation), unit.money(-y.PoolLoss),
			unit.money(y.Redistribution), unit.money(y.Local), unit.money(y.PoolLoss-y.Compensation-y.Redistribution), unit.money(-y.ReliefState-y.CorporateState),
			unit.money(y.Public), unit.money(-y.Relief), unit.money(y.Fund), unit.money(y.Spent))
	}
	return t
}

// ranked returns the first n places that keep wants, least score first; equal scores stay in the order of places.
func ranked(places []TownRow, n int, keep func(*TownRow) bool, less func(a, b *TownRow) int) []*TownRow {
	var list []*TownRow
	for i := range places {
		if keep(&places[i]) {
			list = append(list, &places[i])
		}
	}
	slices.SortStableFunc(list, less)
	return list[:min(n, len(list))]
}

func recipientTable(last []TownRow, unit moneyUnit) *Table {
	t := NewTable(Right(""), Left("place"), Right("received"), Right("records"), Right("gifts"), Right("other costs"), Right("tax, transfers"), Right("net"))
	top := ranked(last, summaryTop, func(r *TownRow) bool { return r.ReceivedAmount > 0 },
		func(a, b *TownRow) int { return cmp.Compare(b.ReceivedAmount, a.ReceivedAmount) })
	for i, r := range top {
		t.Add(fmt.Sprint(i+1), r.fullName(), unit.money(r.ReceivedAmount+r.Corporate), Int(r.ReceivedRecords), unit.money(r.Gifts), unit.money(r.Fees+r.Operating),
			unit.money(r.Net-r.kept()), unit.money(r.Net))
	}
	return t
}

func loserTable(last []TownRow, unit moneyUnit) *Table {
	t := NewTable(Right(""), Left("place"), Right("kept"), Right("relief borne"), Right("compensation"), Right("pool"), Right("redistribution"), Right("net"))
	losers := ranked(last, summaryTop, func(r *TownRow) bool { return r.Net < 0 }, func(a, b *TownRow) int { return cmp.Compare(a.Net, b.Net) })
	for i, r := range losers {
		t.Add(fmt.Sprint(i+1), r.fullName(), unit.money(r.kept()), unit.money(-r.borne()), unit.money(r.Compensation), unit.money(-r.PoolLoss),
			unit.money(r.Redistribution), unit.money(r.Net))
	}
	return t
}

// declineTable leaves out places that are a handful of agents: their fall is the luck of the draw.
func declineTable(first, last []TownRow, weight int64) *Table {
	start := make(map[string]int64, len(first))
	for i := range first {
		start[first[i].Code] = first[i].Population
	}
	change := func(r *TownRow) float64 { return float64(r.Population-start[r.Code]) / float64(start[r.Code]) }
	t := NewTable(Right(""), Left("place"), Right("population"), Right("change"), Right("%"))
	falling := ranked(last, summaryTop, func(r *TownRow) bool { return start[r.Code] > r.Population && start[r.Code] >= summaryAgents*weight },
		func(a, b *TownRow) int { return cmp.Compare(change(a), change(b)) })
	for i, r := range falling {
		t.Add(fmt.Sprint(i+1), r.fullName(), Int(r.Population), Int(r.Population-start[r.Code]), Decimal(100*change(r), 1))
	}
	return t
}

// fullName is province and name, because several places share a name (고성군, 府中市).
func (r *TownRow) fullName() string {
	if r.Level == LevelProvince || r.ProvinceName == r.Name {
		return r.Name
	}
	return r.ProvinceName + " " + r.Name
}

func summaryNotes(m Manifest, last []TownRow) []string {
	notes := []string{
		fmt.Sprintf("Simulated, not observed. Amounts are in %s of the year; \"per record\" is in single %s.",
			pick(m.Country, "won", "yen", "money"), pick(m.Country, "won", "yen", "units")),
	}
	if m.Weight <= 1 {
		notes = append(notes, "Every resident is an agent (scale 1).")
	} else {
		notes = append(notes, fmt.Sprintf("Scale %s: one agent stands for %s residents.", Scale(m.Scale), Int(m.Weight)))
		if middle, least, ok := townAgents(last, m.Weight); ok {
			text := "Results of single places are noisy at this scale: in %d half of the municipalities have %s agents or fewer, the smallest %s."
			notes = append(notes, fmt.Sprintf(text, m.LastYear, Int(middle), Int(least)))
		}
	}
	if m.Provisional > 0 {
		text := "Donations: %d of %d behaviour parameters are provisional or judgement (gohyang check %s lists them), the others published or fitted " +
			"(gohyang hindcast scores them)."
		notes = append(notes, fmt.Sprintf(text, m.Provisional, m.Parameters, m.Scenario))
	}
	notes = append(notes, effectNotes(m)...)
	notes = append(notes,
		"One seed is one possible course. Compare scenarios with gohyang compare, over several seeds.",
		"Recipients: donations less gifts, fees and operation. Local governments: with local tax given up, compensation, pool and redistribution. The third adds the state: what it "+
			"pays of these (compensation and floor less pool) cancels, national tax given up is lost. Tax is given up for donations by persons and by corporations.",
		"Local and national tax are given up the year after the donation, the pool (보통교부세) shrinks with national tax compensation.pool_lag years later; due next year is "+
			"the relief of the year's own donations. While giving grows, a budget year looks better than the donations of that year are.",
		"Switches of these flows: burden.state and burden.state_tax (local or national tax), compensation.rate and .all, compensation.pool, redistribution.*; zero is off.",
		"Donors' surplus is of the year's donations: the relief they bring (due next year) and points less donations, with gifts at amount.gift_value, without hassle and the joy of giving. Platforms: fees less points.",
		"Strength: standard fiscal capacity over need (재정력지수, 財政力指数). Self-reliance (재정자립도): own revenue over revenue without donations; with giving, what is kept of them and the redistribution "+
			"are own revenue too. Was: the same places in the first year.",
		"Top-20 share: the part of all donations that the 20 governments receiving most get.")
	return notes
}

// townAgents are the median and the least number of agents in a municipality.
func townAgents(places []TownRow, weight int64) (middle, least int64, ok bool) {
	var agents []int64
	for i := range places {
		if places[i].Level == LevelMunicipality {
			agents = append(agents, places[i].Population/weight)
		}
	}
	if len(agents) == 0 {
		return 0, 0, false
	}
	slices.Sort(agents)
	return agents[len(agents)/2], agents[0], true
}

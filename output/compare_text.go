package output

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// compareTop is the number of places shown for each metric, and compareYears the number of years of the course.
const (
	compareTop   = 10
	compareYears = 6
)

// courseMetrics are shown over the years in the text.
func courseMetrics() []string {
	return []string{"donations.received.amount", "donors", "net", "perimeter.public", "population"}
}

// WriteText writes the comparison for people: every national metric of the last common year, the course of a few metrics, the places that change
// most, and the notes.
func (c *Comparison) WriteText(w io.Writer) error {
	var b strings.Builder
	last := c.Years[len(c.Years)-1]
	fmt.Fprintf(&b, "A: %s\nB: %s\n", oneLine(c.A), oneLine(c.B))
	warnings, notes := c.split()
	for _, n := range warnings {
		b.WriteString(n + "\n")
	}
	if t, more := c.settingTable(); t.Len() > 0 {
		section(&b, "Settings that differ", t)
		if more > 0 {
			fmt.Fprintf(&b, "and %d more; run.json of the results lists every setting\n", more)
		}
	}
	section(&b, fmt.Sprintf("The nation, %d", last), c.nationTable(last))
	if len(c.Years) > 1 {
		section(&b, "Over the years", c.courseTable())
	}
	section(&b, fmt.Sprintf("For whom, %d", last), c.groupTable())
	for _, name := range placeMetrics() {
		if t := c.placeTable(name); t.Len() > 0 {
			m, _ := FindMetric(name)
			section(&b, fmt.Sprintf("Places with the largest difference in %s, %d (%s)", name, last, c.scale(m, true).name), t)
		}
	}
	if t := c.peakTable(); len(c.Years) > 1 && t.Len() > 0 {
		m, _ := FindMetric(peakMetric)
		title := "Places with the largest difference in %s in any year, %d-%d (%s)"
		section(&b, fmt.Sprintf(title, peakMetric, c.Years[0], last, c.scale(m, true).name), t)
	}
	b.WriteString("\nNotes\n")
	for _, n := range notes {
		b.WriteString("- " + n + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// split parts the warnings, which stand at the top, from the other notes.
func (c *Comparison) split() (warnings, notes []string) {
	for _, n := range c.Notes {
		if strings.HasPrefix(n, "Warning:") {
			warnings = append(warnings, n)
		} else {
			notes = append(notes, n)
		}
	}
	return warnings, notes
}

// peakTable lists the places with the largest difference in whatever year it is.
func (c *Comparison) peakTable() *Table {
	m, _ := FindMetric(peakMetric)
	t := c.heads(Left("place"), Right("year"))
	for _, d := range largest(c.Peaks) {
		t.Add(append([]string{d.Name, strconv.Itoa(d.Year)}, c.cells(d.Difference, c.scale(m, true))...)...)
	}
	return t
}

// largest are the compareTop largest differences; equal ones stay in the order of places.
func largest(list []TownDifference) []TownDifference {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(x, y TownDifference) int { return cmp.Compare(math.Abs(y.Diff), math.Abs(x.Diff)) })
	return list[:min(compareTop, len(list))]
}

// scaling is how values of one metric are shown.
type scaling struct {
	size     float64
	decimals int
	name     string
}

// scale chooses unit and decimals by the unit of a metric.
func (c *Comparison) scale(m Metric, place bool) scaling {
	switch {
	case m.Unit == "money" && m.Sums && place:
		u := placeUnit(c.Country)
		return scaling{u.size, 1, u.name}
	case m.Unit == "money" && m.Sums:
		u := nationUnit(c.Country)
		return scaling{u.size, 1, u.name}
	case m.Unit == "money":
		return scaling{1, 0, pick(c.Country, "원", "円", "money")}
	case m.Sums:
		return scaling{1, 0, m.Unit}
	default:
		return scaling{1, 4, m.Unit}
	}
}

// cells are A, B, difference, per cent and, with several seeds, the interval.
func (c *Comparison) cells(d Difference, s scaling) []string {
	show := func(v float64) string { return Decimal(v/s.size, s.decimals) }
	change := optional(d.Percent, 2)
	if d.Spread.Noise() {
		change = "~"
	}
	cells := []string{show(d.A), show(d.B), show(d.Diff), change}
	if len(c.Seeds) > 1 {
		cells = append(cells, "["+show(d.Spread.Low)+", "+show(d.Spread.High)+"]")
	}
	return cells
}

// heads are the columns that cells fills, after some of the caller's.
func (c *Comparison) heads(before ...Column) *Table {
	heads := append(before, Right("A"), Right("B"), Right("B - A"), Right("%"))
	if len(c.Seeds) > 1 {
		heads = append(heads, Right("95% interval of B - A"))
	}
	return NewTable(heads...)
}

func (c *Comparison) nationTable(year int) *Table {
	t := c.heads(Left("metric"), Left("unit"))
	for _, d := range c.Nation {
		if d.Year == year {
			m, _ := FindMetric(d.Metric)
			s := c.scale(m, false)
			t.Add(append([]string{d.Metric, s.name}, c.cells(d, s)...)...)
		}
	}
	return t
}

func (c *Comparison) courseTable() *Table {
	t := c.heads(Left("metric"), Left("unit"), Right("year"))
	years := pickInts(c.Years, compareYears)
	for _, name := range courseMetrics() {
		m, _ := FindMetric(name)
		s := c.scale(m, false)
		for _, d := range c.Nation {
			if d.Metric == name && slices.Contains(years, d.Year) {
				t.Add(append([]string{name, s.name, strconv.Itoa(d.Year)}, c.cells(d, s)...)...)
			}
		}
	}
	return t
}

// placeTable lists the places whose metric differs most, noise left out: a place must differ for certain, or there must be only one seed.
func (c *Comparison) placeTable(metric string) *Table {
	m, _ := FindMetric(metric)
	s := c.scale(m, true)
	var list []TownDifference
	for _, d := range c.Towns {
		if d.Metric == metric && d.Diff != 0 && !d.Spread.Noise() {
			list = append(list, d)
		}
	}
	t := c.heads(Left("place"))
	for _, d := range largest(list) {
		t.Add(append([]string{d.Name}, c.cells(d.Difference, s)...)...)
	}
	return t
}

// pickInts is pickYears for plain years.
func pickInts(years []int, n int) []int {
	if len(years) <= n {
		return years
	}
	picked := make([]int, n)
	for i := range picked {
		picked[i] = years[(i*(len(years)-1)+(n-1)/2)/(n-1)]
	}
	return picked
}

// WriteCSV writes every difference for a spreadsheet (BOM, CRLF): first the nation, all metrics and years, then groups of places and the places in the last common year.
// The interval is empty with one seed; values are in single units.
func (c *Comparison) WriteCSV(w io.Writer) error {
	if _, err := io.WriteString(w, bom); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	out.Write([]string{"code", "name", "metric", "unit", "year", "a", "b", "difference", "percent", "low", "high", "noise", "seeds"}) // see out.Error
	for _, d := range c.Nation {
		out.Write(csvCells("", c.Country, d))
	}
	for _, d := range c.Groups {
		out.Write(csvCells(d.Code, d.Name, d.Difference))
	}
	for _, d := range c.Towns {
		out.Write(csvCells(d.Code, d.Name, d.Difference))
	}
	out.Flush()
	return out.Error()
}

func csvCells(code, name string, d Difference) []string {
	plain := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) } // no exponents: people read it
	change, low, high, noise := "", "", "", ""
	if d.Percent != nil {
		change = plain(*d.Percent)
	}
	if d.Spread.N > 1 {
		low, high, noise = plain(d.Spread.Low), plain(d.Spread.High), strconv.FormatBool(d.Spread.Noise())
	}
	return []string{code, name, d.Metric, d.Unit, strconv.Itoa(d.Year), plain(d.A), plain(d.B), plain(d.Diff), change, low, high, noise,
		strconv.Itoa(d.Spread.N)}
}

package output

import "fmt"

// groupMetrics are compared by groups of places.
func groupMetrics() []string {
	return []string{"donations.received.amount", "net", "births", "population"}
}

// groupDifferences compares sums over the municipalities of each class of the extinction index, and over the provincial governments: for whom a policy is good, and
// at whose cost. The class is that of side A in the first common year, so that no policy moves a place to another row. Empty groups are left out.
func groupDifferences(pairs []pair, first, last int) []TownDifference {
	var list []TownDifference
	for _, name := range groupMetrics() {
		m, _ := FindMetric(name)
		for g := range len(classNames) + 1 {
			var a, b []float64
			places := 0
			for _, p := range pairs {
				in := members(p.a.Places(first), g)
				places = max(places, len(in))
				a, b = append(a, sumOf(p.a.Places(last), in, name)), append(b, sumOf(p.b.Places(last), in, name))
			}
			code, title := "level=province", "provincial governments"
			if g < len(classNames) {
				code, title = fmt.Sprintf("extinction.class=%d", g), classNames[g]
			}
			if d := difference(m, last, a, b); places > 0 && (d.A != 0 || d.B != 0) {
				list = append(list, TownDifference{code, title, d})
			}
		}
	}
	return list
}

// members are the codes of the places of a group: a class of the extinction index, the last group the provincial governments.
func members(places []TownRow, g int) map[string]bool {
	in := map[string]bool{}
	for i := range places {
		r := &places[i]
		if g == len(classNames) && r.Level != LevelMunicipality || g < len(classNames) && r.Level == LevelMunicipality && r.RiskClass != nil && int(*r.RiskClass) == g {
			in[r.Code] = true
		}
	}
	return in
}

// sumOf is the sum of a metric over the places of a group, in their order.
func sumOf(places []TownRow, in map[string]bool, metric string) (sum float64) {
	for i := range places {
		if in[places[i].Code] {
			v, _ := places[i].Value(metric)
			sum += v
		}
	}
	return sum
}

// groupTable shows one metric by group.
func (c *Comparison) groupTable() *Table {
	t := c.heads(Left("metric"), Left("unit"), Left("extinction index of A at the start"))
	for _, d := range c.Groups {
		m, _ := FindMetric(d.Metric)
		s := c.scale(m, false)
		t.Add(append([]string{d.Metric, s.name, d.Name}, c.cells(d.Difference, s)...)...)
	}
	return t
}

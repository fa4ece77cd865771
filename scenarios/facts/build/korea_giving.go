package build

import (
	"slices"
	"strconv"

	"gohyang/scenarios/facts"
)

// krGovernment is one of the 243 recipients with what is known of one year.
type krGovernment struct {
	code, class  string // class: gun, si, gu or province
	depopulation bool
	sido         string
	amount       int64 // won; 0 = not known
	count        int64 // 0 = not known
	observed     bool  // published by the government itself
	weight       float64
}

// krMean is a published mean receipt of a class of governments in won.
type krMean struct {
	year int
	what string
	won  float64
}

// krProvinceMean is the mean receipt of a province government that publishes none: judgement, near the median of those that do (155 to 633 million won).
const krProvinceMean = 300e6

// krDepopulation are the classes that group governments by depopulation instead of type.
var krDepopulation = map[string]bool{"89 depopulation areas": true, "137 other sigungu": false}

// krCapital are the provinces of the capital region, whose share of all receipts is published.
var krCapital = map[string]bool{"11000": true, "28000": true, "41000": true}

// donations returns the rows of donations_town.csv for 2023 and 2024: published receipts as they are, the others derived so that every province total that
// was published, that of the capital region (in a tenth of a per cent) and the national total are met to the won.
//
// Derivation: a government without a figure for 2024 starts at its class mean, one without a figure for 2023 at its own of 2024; these starting values are
// raked (100 rounds) to the published means by type (gun, si, gu) and by depopulation status, and to the totals of provinces and of the capital region. What is
// left of each total is then apportioned by them.
func (k *korea) donations(means []krMean, nation []krNation) (rows [][]string) {
	after := k.year(nation[1], nil, means)
	for y, govs := range [][]krGovernment{k.year(nation[0], after, means), after} {
		for _, g := range govs {
			count := ""
			if g.count > 0 {
				count = strconv.FormatInt(g.count, 10)
			}
			rows = append(rows, []string{g.code, strconv.Itoa(2023 + y), strconv.FormatInt(g.amount, 10), count, krFlag(g.observed)})
		}
	}
	return rows
}

// year derives one year; start holds the governments of the year that the starting values come from, in the same order, or nil for the class means.
func (k *korea) year(of krNation, start []krGovernment, means []krMean) []krGovernment {
	govs := k.governments(of.year)
	var targets []krMean
	for _, m := range means {
		if m.year == of.year {
			targets = append(targets, m)
		}
	}
	for i := range govs {
		govs[i].weight = krProvinceMean
		for _, m := range targets {
			if govs[i].class == m.what {
				govs[i].weight = m.won
			}
		}
		if start != nil {
			govs[i].weight = float64(start[i].amount)
		}
	}
	sido := k.sidoTotals(of.year)
	k.rake(govs, targets, sido, of)
	k.settle(govs, sido, of)
	return govs
}

func krFlag(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// governments lists the recipients in the order of places.csv with the receipts published for a year.
func (k *korea) governments(year int) []krGovernment {
	var govs []krGovernment
	for _, p := range k.provinces {
		govs = append(govs, krGovernment{code: p.code, class: "province", sido: p.code})
	}
	for _, t := range k.towns {
		if t.recipient {
			govs = append(govs, krGovernment{code: t.code, class: t.class, depopulation: t.depopulation == "depopulation",
				sido: k.provinces[t.province].code})
		}
	}
	t := k.read("donations_municipality.csv")
	for r := range t.Rows {
		if int(t.Int(r, "year")) != year {
			continue
		}
		i := slices.IndexFunc(govs, func(g krGovernment) bool { return g.code == t.Str(r, "code") })
		if i < 0 || govs[i].amount != 0 {
			k.fault("donations_municipality.csv: %s %d: unknown or doubled", t.Str(r, "code"), year)
			continue
		}
		govs[i].amount, govs[i].count = t.Int(r, "amount_krw"), t.Int(r, "count")
		govs[i].observed = t.Str(r, "bound") != "derived"
	}
	return govs
}

// sidoTotals are the published totals of province and municipalities together.
func (k *korea) sidoTotals(year int) map[string]int64 {
	out := map[string]int64{}
	t := k.read("donations_sido.csv")
	for r := range t.Rows {
		if int(t.Int(r, "year")) == year && t.Str(r, "scope") == "province+municipalities" {
			out[t.Str(r, "code")] = t.Int(r, "amount_krw")
		}
	}
	return out
}

// rake scales the weights of the governments without a figure to published totals; a total already exceeded by the published figures is left alone.
func (k *korea) rake(govs []krGovernment, means []krMean, sido map[string]int64, nation krNation) {
	scale := func(want float64, in func(g *krGovernment) bool) {
		var open float64
		for i := range govs {
			g := &govs[i]
			switch {
			case !in(g):
			case g.amount > 0:
				want -= float64(g.amount)
			default:
				open += g.weight
			}
		}
		if want <= 0 || open <= 0 {
			return
		}
		for i := range govs {
			if in(&govs[i]) && govs[i].amount == 0 {
				govs[i].weight *= want / open
			}
		}
	}
	for range 100 {
		for _, m := range means {
			in := func(g *krGovernment) bool { return g.class == m.what }
			if depopulation, ok := krDepopulation[m.what]; ok {
				in = func(g *krGovernment) bool { return g.class != "province" && g.depopulation == depopulation }
			}
			n := 0
			for i := range govs {
				if in(&govs[i]) {
					n++
				}
			}
			scale(m.won*float64(n), in)
		}
		for _, p := range k.provinces {
			if total, ok := sido[p.code]; ok {
				scale(float64(total), func(g *krGovernment) bool { return g.sido == p.code })
			}
		}
		scale(float64(nation.amount-nation.beyond), func(g *krGovernment) bool { return krCapital[g.sido] })
		scale(float64(nation.amount), func(*krGovernment) bool { return true })
	}
}

// settle turns the weights into whole won: first within the provinces whose total is published, then over the rest of the capital region and of the nation.
func (k *korea) settle(govs []krGovernment, sido map[string]int64, nation krNation) {
	share := func(total int64, in func(g *krGovernment) bool) {
		var open []int
		var weights []float64
		for i := range govs {
			if !in(&govs[i]) {
				continue
			}
			if govs[i].amount > 0 {
				total -= govs[i].amount
			} else {
				open, weights = append(open, i), append(weights, govs[i].weight)
			}
		}
		if len(open) == 0 {
			return
		}
		if total <= 0 {
			k.fault("donations: %d governments without a figure, but %d won left for them", len(open), total)
			return
		}
		for n, won := range facts.Apportion(total, weights) {
			govs[open[n]].amount = won
		}
	}
	for _, p := range k.provinces {
		if total, ok := sido[p.code]; ok {
			share(total, func(g *krGovernment) bool { return g.sido == p.code })
		}
	}
	share(nation.amount-nation.beyond, func(g *krGovernment) bool { return krCapital[g.sido] })
	share(nation.amount, func(*krGovernment) bool { return true })
}

// readMeans are the published means by class of government in won.
func (k *korea) readMeans() (out []krMean) {
	t := k.read("donations_breakdown.csv")
	for r := range t.Rows {
		switch t.Str(r, "dimension") {
		case "mean_per_government_type", "mean_per_government":
			out = append(out, krMean{int(t.Int(r, "year")), t.Str(r, "category"), t.Float(r, "value")})
		}
	}
	return out
}

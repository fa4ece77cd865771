package main

import (
	"math"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/sim"
	"gohyang/sim/towns"
)

// sign is what a scenario does to a metric against the scenario it extends.
type sign int

const (
	less    sign = -2
	notMore sign = -1
	notLess sign = 1
	more    sign = 2
)

func (s sign) holds(before, after float64) bool {
	switch s {
	case less:
		return after < before
	case notMore:
		return after <= before
	case notLess:
		return after >= before
	}
	return after > before
}

// answer is one shipped scenario: a metric that its header tells to read, at some places (nil = the nation), and where it must go. A metric that starts with | is the
// sum of its absolute values over places.
type answer struct {
	scenario, metric string
	at               func(*towns.Place) bool
	want             sign
	why              string
}

func code(code string) func(*towns.Place) bool {
	return func(p *towns.Place) bool { return p.Code == code }
}

func classed(classes string) func(*towns.Place) bool {
	return func(p *towns.Place) bool { return strings.Contains(" "+classes+" ", " "+p.Class+" ") }
}

func depopulated(p *towns.Place) bool { return p.Declining }

// koreanAnswers and japaneseAnswers are the menu of policy: every scenario that extends another, in the order of the questions.
func koreanAnswers() []answer {
	goheung, gokseong := code("46770"), code("46720")
	return []answer{
		{"kr-full-credit-200k", "donations.given.amount", nil, more, "Q1: who gives as much as comes back gives more where more comes back"},
		{"kr-full-credit-300k", "donations.given.amount", nil, more, "Q1: the same"},
		{"kr-full-credit-500k", "donations.given.amount", nil, more, "Q1: the same"},
		{"kr-partial-credit-500k", "relief", nil, more, "Q1: more of what lies above 200,000 comes back"},
		{"kr-no-partial-credit", "donations.given.amount", nil, less, "Q1: who wants no loss gave up to 200,000 under the slice of 44%"},
		{"kr-cap-5m", "donations.given.amount", nil, notMore, "Q2: a lower bound on few gifts"},
		{"kr-no-cap", "donations.given.amount", nil, notLess, "Q2: a bound less, which hardly anybody met (P10)"},
		{"kr-corporations", "donations.corporate.amount", nil, more, "Q2: they may not give under the law"},
		{"kr-without-pool-loss", "perimeter.local", nil, more, "Q3: local governments lose no allocation tax"},
		{"kr-local-share-half", "relief.borne", nil, more, "Q3: they bear half instead of a tenth"},
		{"kr-state-bears-all", "perimeter.local", nil, more, "Q3: they bear nothing"},
		{"kr-under-japan-rules", "compensation", nil, more, "Q3: Japan's law refunds 75% to receiving bodies, Korea's nothing"},
		{"kr-declining-credit-33", "donations.received.amount", depopulated, more, "Q4: large gifts cost less there"},
		{"kr-declining-credit-66", "donations.received.amount", depopulated, more, "Q4: and still less"},
		{"kr-give-anywhere", "donations.received.amount", classed("metro"), more, "Q4: their residents may give to them"},
		{"kr-own-province-allowed", "donations.received.amount", classed("metro province"), more, "Q4: their residents may give to them"},
		{"kr-laundry-room", "donations.received.amount", gokseong, more, "Q5: a project draws donors who would have given elsewhere"},
		{"kr-childrens-clinic", "donations.received.amount", gokseong, more, "Q5: empathy goes where something for children is missing"},
		{"kr-disaster", "donations.received.amount", goheung, more, "Q5: empathy goes to the struck"},
		{"kr-disaster-no-credit", "relief", nil, notMore, "Q5: less of a large gift comes back"},
		{"kr-related-10", "ties.visitor", nil, more, "Q6: under the law no visit is counted as new"},
		{"kr-related-30", "ties.visitor", nil, more, "Q6: more of the visits are new"},
		{"kr-related-50", "local.income", nil, more, "Q6: visitors spend"},
		{"kr-registration", "ties.registered", nil, more, "Q6: nobody may register under the law"},
		{"kr-services-births", "births", nil, notLess, "Q7: by hardly anything, for donations add little to services"},
		{"kr-services-moves", "moves.in", depopulated, notLess, "Q7: the same"},
		{"kr-services-both", "moves.in", depopulated, notLess, "Q7: the same"},
		{"kr-clinic-births", "services.children", gokseong, more, "Q7: the clinic is the only difference"},
		{"kr-platforms-closed", "donors", nil, less, "Q8: portals draw attention"},
		{"kr-platform-fee-13", "fees.cost", nil, more, "Q8: a fee by law"},
		{"kr-points", "donors", nil, more, "Q8: points are worth the trouble to some"},
		{"kr-pool", "|redistribution", nil, more, "Q10: the pot is shared by residents and need, not by receipts"},
		{"kr-pool-by-need", "redistribution", depopulated, more, "Q10: they are small, and here each place counts once"},
		{"kr-home-share", "|redistribution", nil, more, "Q10: origins are not where the gifts go"},
	}
}

func japaneseAnswers() []answer {
	return []answer{
		{"jp-under-korea-rules", "compensation", nil, less, "Q3: Korea's law refunds nothing"},
		{"jp-own-town-barred", "donations.received.amount", classed("prefecture"), less, "Q4: their residents may not give to them"},
		{"jp-related-10", "ties.visitor", nil, more, "Q6: under the law no visit is counted as new"},
		{"jp-related-30", "ties.visitor", nil, more, "Q6: more of the visits are new"},
		{"jp-related-50", "local.income", nil, more, "Q6: visitors spend"},
		{"jp-registration", "ties.visitor", nil, more, "Q6: who registers is supposed to climb faster"},
		{"jp-services-births", "births", nil, notLess, "Q7: by little, for donations add a tenth to the services of few towns"},
		{"jp-services-moves", "moves.in", classed("town village"), more, "Q7: it is towns and villages that live on donations"},
		{"jp-points-allowed", "donors", nil, more, "Q8: points are worth the trouble to some"},
		{"jp-platforms-closed", "considering", nil, less, "Q8: portals draw attention"},
		{"jp-platform-fee-5", "fees.cost", nil, less, "Q8: portals charge less"},
		{"jp-gift-20", "gifts.cost", nil, less, "Q9: gifts are smaller, and draw less"},
		{"jp-no-ceiling-2027", "donations.given.amount", nil, notLess, "Q9: a bound less, on the very rich"},
		{"jp-cost-limit-50", "donors", nil, notLess, "Q9: the lower limit takes from gifts, which draw donors"},
		{"jp-without-reform", "donors", nil, notLess, "Q9: the same"},
		{"jp-no-compensation", "compensation", nil, less, "Q10: nothing is refunded"},
		{"jp-full-compensation", "compensation", nil, more, "Q10: all instead of three quarters"},
		{"jp-wards-compensated", "compensation", classed("ward"), more, "Q10: the wards get nothing under the law"},
		{"jp-state-bears-all", "perimeter.local", nil, more, "Q10: local governments bear nothing"},
		{"jp-pool", "|redistribution", nil, more, "Q10: the pot is shared by residents and need, not by receipts"},
		{"jp-pool-by-need", "redistribution", classed("town village"), more, "Q10: they are small, and here each place counts once"},
		{"jp-ceiling-per-resident", "|redistribution", nil, more, "Q10: some towns keep more than that"},
		{"jp-home-share", "|redistribution", nil, more, "Q10: origins are not where the gifts go"},
		{"jp-loss-floor", "redistribution", nil, more, "Q10: some cities lose more than 2%, and the state pays"},
	}
}

// TestMenu runs every shipped scenario over the years in which its policies and events begin, holds it to the invariants, and compares it with the one it extends,
// with the same seed: it must do what its question supposes, to a metric its header names.
func TestMenu(t *testing.T) {
	answered := map[string]bool{"kr-baseline": true, "jp-baseline": true}
	for _, part := range []struct {
		answers []answer
		args    []string
	}{
		{koreanAnswers(), []string{"--scale", "0.002", "--years", "2027-2029"}},
		{japaneseAnswers(), []string{"--scale", "0.0005", "--years", "2028-2030"}},
	} {
		if testing.Short() && part.answers[0].scenario[:2] == "jp" {
			continue // a second each, and TestGolden holds jp-baseline to the invariants
		}
		seen := map[string]lived{}
		for _, a := range part.answers {
			answered[a.scenario] = true
			t.Run(a.scenario, func(t *testing.T) {
				after := once(t, seen, a.scenario, part.args)
				before := once(t, seen, after.scenario.Parents[0], part.args)
				if x, y := before.sum(t, a), after.sum(t, a); !a.want.holds(x, y) {
					t.Errorf("%s: %s is %g, %g in %s: want otherwise, because %s", a.scenario, a.metric, y, x, before.scenario.Name, a.why)
				}
				told(t, a)
			})
		}
	}
	list, err := scenarios.Names()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range list {
		if !answered[l.Name] && !testing.Short() {
			t.Errorf("%s: no row of the menu says what it should do", l.Name)
		}
	}
}

// lived is a scenario and its results.
type lived struct {
	prepared
	tables map[string]grid
}

// once runs a scenario, if it has not been run yet.
func once(t *testing.T, seen map[string]lived, name string, args []string) lived {
	t.Helper()
	if l, ok := seen[name]; ok {
		return l
	}
	p, dir := prepare(t, name, args...), filepath.Join(t.TempDir(), name)
	p.live(t, sim.Layout{}, dir, true)
	result, err := output.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	seen[name] = lived{p, tablesOf(t, dir)}
	invariants(t, result, seen[name].tables)
	return seen[name]
}

// sum adds the metric of an answer up over all years and its places.
func (l lived) sum(t *testing.T, a answer) (sum float64) {
	t.Helper()
	metric, absolute := strings.CutPrefix(a.metric, "|")
	g := l.tables["years"]
	if absolute || a.at != nil {
		g = l.tables["towns"]
	}
	for row := range g.rows {
		if g.name == "towns" && a.at != nil && !a.at(l.place(t, g.text(row, "code"))) {
			continue
		}
		v, err := strconv.ParseFloat(g.text(row, metric), 64)
		if err != nil {
			t.Fatal(err)
		}
		if absolute {
			v = math.Abs(v)
		}
		sum += v
	}
	return sum
}

func (l lived) place(t *testing.T, code string) *towns.Place {
	t.Helper()
	for i := range l.cfg.Places {
		if l.cfg.Places[i].Code == code {
			return &l.cfg.Places[i]
		}
	}
	t.Fatalf("no place %s", code)
	return nil
}

// told checks that the header's "What to read" names the metric.
func told(t *testing.T, a answer) {
	t.Helper()
	text, err := scenarios.Source(a.scenario)
	if err != nil {
		t.Fatal(err)
	}
	_, read, _ := strings.Cut(text, "# What to read:")
	read, _, _ = strings.Cut(read, "\ntitle")
	if metric := strings.TrimPrefix(a.metric, "|"); !strings.Contains(read, metric) {
		t.Errorf("%s.toml: what to read does not name %s", a.scenario, metric)
	}
}

// dottedWord is what looks like the name of a metric: words of small letters, digits and _ joined by dots.
var dottedWord = regexp.MustCompile(`[a-z][a-z0-9_]*(\.[a-z0-9_]+)+`)

// TestHeadersNameWhatThereIs: every dotted word in the header of a shipped scenario is a metric, a lever, a parameter, an entry of the ledger or a file.
func TestHeadersNameWhatThereIs(t *testing.T) {
	known := map[string]bool{"relief.corporate.state": true}
	for _, m := range output.Metrics() {
		known[m.Name] = true
	}
	for _, name := range []string{"kr-baseline", "jp-baseline"} {
		for _, e := range prepare(t, name).scenario.Sheet() {
			known[e.Key], known[strings.TrimPrefix(e.Key, "law.")] = true, true
		}
	}
	list, err := scenarios.Names()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range list {
		text, err := scenarios.Source(l.Name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "#") {
				continue
			}
			for _, word := range dottedWord.FindAllString(line, -1) {
				file := strings.HasSuffix(word, ".toml") || strings.HasSuffix(word, ".txt") || strings.HasSuffix(word, ".parquet") || strings.HasSuffix(word, ".md")
				if !known[strings.TrimPrefix(word, "policy.")] && !file {
					t.Errorf("%s.toml: the header names %s, which is no metric, lever or parameter", l.Name, word)
				}
			}
		}
	}
}

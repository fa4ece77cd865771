package output

import (
	"cmp"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
)

// Comparison is what changes from side A to side B, paired by seed.
type Comparison struct {
	A, B     string // scenario names, with what the command line changed
	Country  string
	Settings []SettingDifference // settings that differ
	Seeds    []uint64            // pairs, ascending
	Years    []int               // years both sides have
	Nation   []Difference
	Towns    []TownDifference // last common year, every metric of the towns table, in the order of metric, then place
	Groups   []TownDifference // last common year: sums over the municipalities of a class of extinction.class, and over provincial governments
	Peaks    []TownDifference // peakMetric in the year of its largest difference that is not noise, in the order of places; none = left out
	Notes    []string         // what a reader must know before he believes a line
}

// Difference is one metric of one year: means over the pairs.
type Difference struct {
	Metric  string
	Unit    string
	Year    int
	A, B    float64
	Diff    float64  // mean of B - A
	Percent *float64 // 100 Diff / A; nil when A is zero or negative
	Spread  Spread
}

// TownDifference is a Difference of one place.
type TownDifference struct {
	Code, Name string // Name with its province
	Difference
}

// placeMetrics are shown place by place in the text.
func placeMetrics() []string {
	return []string{"donations.received.amount", "net", "donors", "population", "women.20_39"}
}

// pair is one seed on both sides.
type pair struct {
	seed uint64
	a, b *Result
}

// Compare pairs the results of two sides by seed. It returns an error when a side is empty, holds a seed twice or several scenarios, of different countries, or
// when no seed or no year is common; whatever else makes the sides unlike is a note.
func Compare(a, b []*Result) (*Comparison, error) {
	if err := oneCountry(a, b); err != nil {
		return nil, err
	}
	pairs, notes, err := pairUp(a, b)
	if err != nil {
		return nil, err
	}
	left, right := pairs[0].a.Manifest, pairs[0].b.Manifest
	c := &Comparison{A: heading(left), B: heading(right), Country: left.Country, Settings: settingDifferences(left, right)}
	first, last := math.MinInt, math.MaxInt
	for _, p := range pairs {
		c.Seeds = append(c.Seeds, p.seed)
		first = max(first, p.a.Manifest.FirstYear, p.b.Manifest.FirstYear)
		last = min(last, p.a.Manifest.LastYear, p.b.Manifest.LastYear)
	}
	for y := first; y <= last; y++ {
		c.Years = append(c.Years, y)
	}
	if len(c.Years) == 0 {
		return nil, fmt.Errorf("compare %s %s: no common year; run both over the same --years", c.A, c.B)
	}
	c.Nation = nationDifferences(pairs, c.Years)
	c.Towns, err = townDifferences(pairs, last)
	if err != nil {
		return nil, err
	}
	c.Groups = groupDifferences(pairs, first, last)
	if c.Peaks, err = peaks(pairs, c.Years); err != nil {
		return nil, err
	}
	c.Notes = append(notes, unlike(pairs)...)
	c.Notes = append(c.Notes, seedNote(len(pairs)))
	return c, nil
}

// pairUp matches the sides by seed.
func pairUp(a, b []*Result) ([]pair, []string, error) {
	left, err := bySeed("A", a)
	if err != nil {
		return nil, nil, err
	}
	right, err := bySeed("B", b)
	if err != nil {
		return nil, nil, err
	}
	var pairs []pair
	var alone []string
	for seed, r := range left {
		if other := right[seed]; other != nil {
			pairs = append(pairs, pair{seed, r, other})
		} else {
			alone = append(alone, fmt.Sprintf("A %d", seed))
		}
	}
	for seed := range right {
		if left[seed] == nil {
			alone = append(alone, fmt.Sprintf("B %d", seed))
		}
	}
	slices.Sort(alone)
	if len(pairs) == 0 {
		return nil, nil, fmt.Errorf("compare: no seed on both sides (only %s); run both scenarios with the same --seed", strings.Join(alone, ", "))
	}
	slices.SortFunc(pairs, func(x, y pair) int { return cmp.Compare(x.seed, y.seed) })
	if len(alone) > 0 {
		return pairs, []string{"Left out, because the other side lacks the seed: " + strings.Join(alone, ", ") + "."}, nil
	}
	return pairs, nil, nil
}

func bySeed(side string, results []*Result) (map[uint64]*Result, error) {
	if len(results) == 0 {
		return nil, fmt.Errorf("compare: side %s has no result", side)
	}
	seeds := make(map[uint64]*Result, len(results))
	for _, r := range results {
		if other := seeds[r.Manifest.Seed]; other != nil {
			return nil, fmt.Errorf("compare: side %s has seed %d twice (%s and %s); keep one of them", side, r.Manifest.Seed, other.Dir, r.Dir)
		}
		if r.Manifest.Scenario != results[0].Manifest.Scenario {
			return nil, fmt.Errorf("compare: side %s holds several scenarios (%s and %s); name one", side, results[0].Manifest.Scenario, r.Manifest.Scenario)
		}
		seeds[r.Manifest.Seed] = r
	}
	return seeds, nil
}

// nationDifferences compares every metric of the years table, by metric, then year.
func nationDifferences(pairs []pair, years []int) []Difference {
	var list []Difference
	for _, col := range columnsOf(reflect.TypeFor[YearRow]()) {
		m, ok := FindMetric(col.name)
		if !ok || m.Key {
			continue
		}
		for _, year := range years {
			var a, b []float64
			for _, p := range pairs {
				x, okA := p.a.Nation(col.name, year)
				y, okB := p.b.Nation(col.name, year)
				if okA && okB {
					a, b = append(a, x), append(b, y)
				}
			}
			if len(a) == len(pairs) {
				list = append(list, difference(m, year, a, b))
			}
		}
	}
	return list
}

// townDifferences compares every metric of the places of one year; a place that a side lacks is an error. What a place has no value of counts as zero.
func townDifferences(pairs []pair, year int) ([]TownDifference, error) {
	var list []TownDifference
	for _, col := range columnsOf(reflect.TypeFor[TownRow]()) {
		m, ok := FindMetric(col.name)
		if !ok || m.Key {
			continue
		}
		of := func(t *TownRow) float64 { v, _ := number(reflect.ValueOf(t).Elem().FieldByIndex(col.index)); return v }
		part, err := placesOf(pairs, year, m, of)
		if err != nil {
			return nil, err
		}
		list = append(list, part...)
	}
	return list, nil
}

// placesOf compares one metric of the places of one year.
func placesOf(pairs []pair, year int, m Metric, of func(*TownRow) float64) ([]TownDifference, error) {
	var list []TownDifference
	for i, place := range pairs[0].a.Places(year) {
		var a, b []float64
		for _, p := range pairs {
			x, y := p.a.Places(year), p.b.Places(year)
			if i >= len(x) || i >= len(y) || x[i].Code != place.Code || y[i].Code != place.Code {
				return nil, fmt.Errorf("compare: %s and %s do not list the same places (row %d, %s); run both with the same facts",
					p.a.Dir, p.b.Dir, i, place.Code)
			}
			a, b = append(a, of(&x[i])), append(b, of(&y[i]))
		}
		list = append(list, TownDifference{place.Code, place.fullName(), difference(m, year, a, b)})
	}
	return list, nil
}

// peakMetric is compared place by place in every year, so that what happens to one place in one year shows.
const peakMetric = "donations.received.amount"

// peaks are, of each place, the year in which peakMetric differs most; noise and what does not differ are left out. Of equal years it is the first.
func peaks(pairs []pair, years []int) ([]TownDifference, error) {
	m, _ := FindMetric(peakMetric)
	most := map[string]TownDifference{}
	for _, year := range years {
		list, err := placesOf(pairs, year, m, func(t *TownRow) float64 { return float64(t.ReceivedAmount) })
		if err != nil {
			return nil, err
		}
		for _, d := range list {
			if !d.Spread.Noise() && math.Abs(d.Diff) > math.Abs(most[d.Code].Diff) {
				most[d.Code] = d
			}
		}
	}
	var found []TownDifference
	for _, place := range pairs[0].a.Places(years[0]) {
		if d, ok := most[place.Code]; ok {
			found = append(found, d)
		}
	}
	return found, nil
}

// oneCountry refuses sides of different countries: won and yen cannot be subtracted, and no place is on both sides.
func oneCountry(a, b []*Result) error {
	if len(a) == 0 || len(b) == 0 || a[0].Manifest.Country == b[0].Manifest.Country {
		return nil // an empty side is reported by bySeed
	}
	x, y := a[0].Manifest, b[0].Manifest
	return fmt.Errorf("compare: A (%s) is a result of %s, B (%s) of %s: money and places of different countries cannot be subtracted; "+
		"name two results of one country", x.Scenario, pick(x.Country, "Korea", "Japan", x.Country), y.Scenario, pick(y.Country, "Korea", "Japan", y.Country))
}

// difference is the paired difference of one metric over the seeds.
func difference(m Metric, year int, a, b []float64) Difference {
	d := Difference{Metric: m.Name, Unit: m.Unit, Year: year, A: mean(a), B: mean(b)}
	diffs := make([]float64, len(a))
	for i := range a {
		diffs[i] = b[i] - a[i]
	}
	d.Spread = spreadOf(diffs)
	d.Diff = d.Spread.Mean
	if d.A > 0 {
		p := 100 * d.Diff / d.A
		d.Percent = &p
	}
	return d
}

// unlike lists what makes the sides differ beside the scenario.
func unlike(pairs []pair) []string {
	var notes []string
	say := func(what string, of func(Manifest) any) {
		for _, p := range pairs {
			if x, y := of(p.a.Manifest), of(p.b.Manifest); x != y {
				notes = append(notes, fmt.Sprintf("Warning: %s differs: A %v, B %v (seed %d). Part of the difference may come from that.", what, x, y, p.seed))
				return
			}
		}
	}
	say("scale", func(m Manifest) any { return Scale(m.Scale) })
	say("range of years", func(m Manifest) any { return fmt.Sprintf("%d-%d", m.FirstYear, m.LastYear) })
	say("facts digest", func(m Manifest) any { return short(m.FactsDigest) })
	say("program version", func(m Manifest) any { return strings.TrimSpace(m.Version + " " + short(m.Commit)) })
	for _, p := range pairs {
		if p.a.Manifest.ScenarioDigest != pairs[0].a.Manifest.ScenarioDigest || p.b.Manifest.ScenarioDigest != pairs[0].b.Manifest.ScenarioDigest {
			return append(notes, "Warning: one side holds seeds of different versions of its scenario.")
		}
	}
	return notes
}

func short(digest string) string { return digest[:min(12, len(digest))] }

func seedNote(n int) string {
	if n == 1 {
		return "1 seed: no interval. A difference may be chance; run both sides with more seeds to know."
	}
	return fmt.Sprintf("%d seeds: mean difference and 95%% interval of paired differences (Student's t); ~ means that the interval includes zero.", n)
}

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
	A, B    string // scenario names
	Country string
	Seeds   []uint64 // pairs, ascending
	Years   []int    // years both sides have
	Nation  []Difference
	Towns   []TownDifference // last common year, the metrics of placeMetrics, in the order of metric, then place
	Notes   []string         // what a reader must know before he believes a line
}

// Difference is one metric of one year: means over the pairs.
type Difference struct {
	Metric  string
	Unit    string
	Year    int
	A, B    float64
	Diff    float64  // mean of B - A
	Percent *float64 // 100 Diff / |A|; nil when A is zero
	Spread  Spread
}

// TownDifference is a Difference of one place.
type TownDifference struct {
	Code, Name string // Name with its province
	Difference
}

// placeMetrics are compared place by place.
func placeMetrics() []string {
	return []string{"donations.received.amount", "net", "donors", "population", "women.20_39"}
}

// pair is one seed on both sides.
type pair struct {
	seed uint64
	a, b *Result
}

// Compare pairs the results of two sides by seed. It returns an error when a side is empty, holds a seed twice or several scenarios, or when no seed
// or no year is common; whatever else makes the sides unlike is a note.
func Compare(a, b []*Result) (*Comparison, error) {
	pairs, notes, err := pairUp(a, b)
	if err != nil {
		return nil, err
	}
	c := &Comparison{A: a[0].Manifest.Scenario, B: b[0].Manifest.Scenario, Country: a[0].Manifest.Country}
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

// townDifferences compares the places of one year; a place that a side lacks is an error, unless the countries differ and no place can match.
func townDifferences(pairs []pair, year int) ([]TownDifference, error) {
	if pairs[0].a.Manifest.Country != pairs[0].b.Manifest.Country {
		return nil, nil
	}
	var list []TownDifference
	for _, name := range placeMetrics() {
		m, _ := FindMetric(name)
		for i, place := range pairs[0].a.Places(year) {
			var a, b []float64
			for _, p := range pairs {
				x, y := p.a.Places(year), p.b.Places(year)
				if i >= len(x) || i >= len(y) || x[i].Code != place.Code || y[i].Code != place.Code {
					return nil, fmt.Errorf("compare: %s and %s do not list the same places (row %d, %s); run both with the same facts",
						p.a.Dir, p.b.Dir, i, place.Code)
				}
				vx, _ := x[i].Value(name)
				vy, _ := y[i].Value(name)
				a, b = append(a, vx), append(b, vy)
			}
			list = append(list, TownDifference{place.Code, place.fullName(), difference(m, year, a, b)})
		}
	}
	return list, nil
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
	if d.A != 0 {
		p := 100 * d.Diff / math.Abs(d.A)
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
	say("country", func(m Manifest) any { return m.Country })
	say("scale", func(m Manifest) any { return m.Scale })
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

package output

import (
	"reflect"
	"slices"
)

// Cut says which part of the results a number is taken from: a metric of the years table, or of some places, or of some bands of the donors table.
type Cut struct {
	Metric  string
	Year    int
	Places  []string // codes: of the towns table these rows only; nil = the nation
	Ages    []int    // bands: of the donors table these rows only; nil = all
	Amounts []int    // bands, likewise; with neither the donors table is not read
	As      string   // total, share (of the whole table in that year) or mean (per place)
}

// Ways of Cut.As.
const (
	AsTotal = "total"
	AsShare = "share"
	AsMean  = "mean"
)

// Measure is the number of a cut; false when the year or the metric is not there, or its denominator is zero. Cuts by place need a collection with places.
func (c *Collection) Measure(k Cut) (float64, bool) {
	switch {
	case k.Ages != nil || k.Amounts != nil:
		return c.donorsIn(k)
	case k.Places != nil:
		return c.placesIn(k)
	}
	for i := range c.Years {
		if int(c.Years[i].Year) == k.Year {
			return c.Years[i].Value(k.Metric)
		}
	}
	return 0, false
}

// placesIn adds up a metric over some places.
func (c *Collection) placesIn(k Cut) (float64, bool) {
	at := slices.IndexFunc(columnsOf(reflect.TypeFor[TownRow]()), func(x column) bool { return x.name == k.Metric })
	if at < 0 {
		return 0, false
	}
	index := columnsOf(reflect.TypeFor[TownRow]())[at].index
	wanted := make(map[string]bool, len(k.Places))
	for _, code := range k.Places {
		wanted[code] = true
	}
	part, all, n := 0.0, 0.0, 0
	for i := range c.Towns {
		row := &c.Towns[i]
		if int(row.Year) != k.Year {
			continue
		}
		v, ok := number(reflect.ValueOf(row).Elem().FieldByIndex(index))
		if !ok {
			continue
		}
		all += v
		if wanted[row.Code] {
			part, n = part+v, n+1
		}
	}
	return portion(k.As, part, all, float64(n))
}

// donorsIn adds up a metric over some bands of the donors table.
func (c *Collection) donorsIn(k Cut) (float64, bool) {
	part, all := int64(0), int64(0)
	for _, row := range c.Donors {
		v, known := map[string]int64{"donors": row.Donors, "donations.given.amount": row.Given, "relief": row.Relief}[k.Metric]
		if !known || int(row.Year) != k.Year {
			continue
		}
		all += v
		if (k.Ages == nil || slices.Contains(k.Ages, int(row.AgeBand))) && (k.Amounts == nil || slices.Contains(k.Amounts, int(row.AmountBand))) {
			part += v
		}
	}
	return portion(k.As, float64(part), float64(all), 0)
}

// portion turns a part of a whole, of n members, into what is asked for.
func portion(as string, part, whole, n float64) (float64, bool) {
	switch as {
	case AsShare:
		return part / whole, whole != 0
	case AsMean:
		return part / n, n != 0
	}
	return part, true
}

package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/scenarios/facts"
)

// Metrics of the results tables that a hindcast of giving knows by name.
const (
	amountMetric   = "donations.received.amount"
	recordsMetric  = "donations.received.records"
	donorsMetric   = "donors"
	decemberMetric = "donations.december.share"
)

// observations are what was counted, by metric and year.
type observations struct {
	nation map[string]map[int]float64
	towns  map[string]map[int]map[string]float64 // by code
	direct map[int]map[string]bool               // receipts that the place itself published; others were derived from totals
}

// lastYear is the last year of any.
func (o *observations) lastYear() int {
	last := 0
	for _, by := range o.nation {
		for year := range by {
			last = max(last, year)
		}
	}
	for _, by := range o.towns {
		for year := range by {
			last = max(last, year)
		}
	}
	return last
}

// set adds one number; code "" is the nation.
func (o *observations) set(code, metric string, year int, value float64) {
	if code == "" {
		if o.nation[metric] == nil {
			o.nation[metric] = map[int]float64{}
		}
		o.nation[metric][year] = value
		return
	}
	if o.towns[metric] == nil {
		o.towns[metric] = map[int]map[string]float64{}
	}
	if o.towns[metric][year] == nil {
		o.towns[metric][year] = map[string]float64{}
	}
	o.towns[metric][year][code] = value
}

// published sets a number of the nation unless it is 0, not published.
func (o *observations) published(metric string, year int, value float64) {
	if value != 0 {
		o.set("", metric, year, value)
	}
}

// observed are the shipped counts of a country's giving.
func observed(c *facts.Country) *observations {
	o := &observations{nation: map[string]map[int]float64{}, towns: map[string]map[int]map[string]float64{}, direct: map[int]map[string]bool{}}
	for _, n := range c.Nation {
		o.published(amountMetric, n.Year, float64(n.Amount))
		o.published(recordsMetric, n.Year, float64(n.Count))
		o.published(donorsMetric, n.Year, float64(n.Donors))
		o.published(decemberMetric, n.Year, n.December)
	}
	for _, r := range c.Receipts {
		o.set(r.Code, amountMetric, r.Year, float64(r.Amount))
		o.mark(r.Code, r.Year, r.Observed)
	}
	return o
}

// mark notes whether a receipt was published by the place.
func (o *observations) mark(code string, year int, direct bool) {
	if o.direct[year] == nil {
		o.direct[year] = map[string]bool{}
	}
	o.direct[year][code] = direct
}

// read adds the observations of a file: columns code, year, metric, value; an empty code is the nation. The error is scenarios.Faults, all of them.
func (o *observations) read(file string, c *facts.Country, first int) error {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return scenarios.Faults{{At: scenarios.Position{File: file}, Got: "no such file", Want: "a CSV file with the columns code, year, metric, value"}}
	}
	if err != nil {
		return fmt.Errorf("--observed: %w", err)
	}
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	in.FieldsPerRecord = -1
	s := &observedFile{file: file, name: namesOf(c), first: first, seen: map[string]int{}}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			s.fault(lineOfError(err), "", "a row that is no CSV: "+err.Error(), "four cells")
			break
		}
		line, _ := in.FieldPos(0)
		if s.line(line, row) {
			o.set(s.code, s.metric, s.year, s.value)
			if s.code != "" && s.metric == amountMetric {
				o.mark(s.code, s.year, true)
			}
		}
	}
	if s.rows == 0 && len(s.faults) == 0 {
		s.fault(1, "", "no rows", "a header code,year,metric,value and rows")
	}
	if len(s.faults) > 0 {
		return s.faults
	}
	return nil
}

// lineOfError is the line of a fault in the form of a CSV file.
func lineOfError(err error) int {
	var p *csv.ParseError
	if errors.As(err, &p) {
		return p.Line
	}
	return 1
}

// observedFile is a file of observations being read, and its row.
type observedFile struct {
	file   string
	name   map[string]string // of places by code
	first  int
	headed bool
	rows   int
	seen   map[string]int
	faults scenarios.Faults

	code, metric string
	year         int
	value        float64
}

func (s *observedFile) fault(line int, key, got, want string) {
	s.faults = append(s.faults, scenarios.Fault{At: scenarios.Position{File: s.file, Line: line}, Key: key, Got: got, Want: want})
}

// line takes a row; false if it is the header or has faults.
func (s *observedFile) line(at int, row []string) bool {
	before := len(s.faults)
	if !s.headed {
		s.headed = true
		if !slices.Equal(row, []string{"code", "year", "metric", "value"}) {
			s.fault(at, "header", fmt.Sprintf("%q", row), "code,year,metric,value")
		}
		return false
	}
	s.rows++
	if len(row) != 4 {
		s.fault(at, "", fmt.Sprintf("%d cells", len(row)), "four: code, year, metric, value")
		return false
	}
	var err error
	if s.code = row[0]; s.code != "" && s.name[s.code] == "" {
		s.fault(at, "code", strconv.Quote(s.code), "the code of a place with five digits, or nothing for the nation")
	}
	if s.year, err = strconv.Atoi(row[1]); err != nil || s.year < s.first || s.year > latestYear {
		s.fault(at, "year", strconv.Quote(row[1]), fmt.Sprintf("a year from %d to %d", s.first, latestYear))
	}
	s.metric = row[2]
	if known := metricsOf(s.code); !slices.Contains(known, s.metric) {
		s.faults = append(s.faults, scenarios.Fault{At: scenarios.Position{File: s.file, Line: at}, Key: "metric", Got: strconv.Quote(s.metric),
			Want: "a measurement of the years table for the nation, of the towns table for a place", Hint: near(s.metric, known)})
	}
	if s.value, err = strconv.ParseFloat(row[3], 64); err != nil || !(s.value >= -1e18 && s.value <= 1e18) {
		s.fault(at, "value", strconv.Quote(row[3]), "a number")
	}
	key := fmt.Sprint(s.code, " ", row[1], " ", s.metric)
	if first, ok := s.seen[key]; ok {
		s.fault(at, "", "a row with the same code, year and metric as line "+strconv.Itoa(first), "each once")
	} else {
		s.seen[key] = at
	}
	return len(s.faults) == before
}

// latestYear is the last year that a file of observations may have; the facts reach to 2072.
const latestYear = 2072

// metricsOf are the measurements of the years table, or of the towns table for the code of a place.
func metricsOf(code string) (names []string) {
	table := "towns"
	if code == "" {
		table = "years"
	}
	for _, m := range output.Metrics() {
		if !m.Key && slices.Contains(m.Tables, table) {
			names = append(names, m.Name)
		}
	}
	return names
}

// near is the hint that names the known word nearest to what was typed.
func near(typed string, known []string) string {
	if n := scenarios.Nearest(typed, known); n != "" {
		return "did you mean " + n + "?"
	}
	return ""
}

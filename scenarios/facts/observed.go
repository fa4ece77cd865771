package facts

import (
	"strings"
	"time"
)

// Count is one counted or projected population.
type Count struct {
	Series     string // observed: census, estimate, registered (all on the register), residents (with a known address); past projections: the publication
	Code       string // town or province; "" = the nation
	Date       float64
	Population int64
}

// counts reads observed.csv and projection_past.csv: populations at a date, for scoring.
func (l *loader) counts() {
	s := l.open("observed.csv", "series,code,date,population")
	for s.next() {
		series := []string{"census", "estimate", "registered", "residents"}[s.oneOf("census", "estimate", "registered", "residents")]
		l.c.Observed = append(l.c.Observed, s.count(series))
	}
	if len(l.c.Observed) == 0 && s.cols != nil {
		l.fault(s.file, "no rows")
	}
	s = l.open("projection_past.csv", "publication,code,date,population")
	for s.next() {
		l.c.Past = append(l.c.Past, s.count(s.name()))
	}
}

// count takes code, date and population of a row.
func (s *sheet) count(series string) Count {
	c := Count{Series: series, Code: s.placeOrNation(), Date: s.date(), Population: s.whole(0)}
	s.once(c.Series, " ", c.Code, " ", c.Date)
	return c
}

// date takes the next cell as a day and gives the time of the year it stands for: 2015-10-01 is 2015.75. The end of a year, 31 December, is the next 1 January.
func (s *sheet) date() float64 {
	day, err := time.Parse(time.DateOnly, s.str())
	if err != nil || day.Year() < 1900 || day.Year() > 2200 {
		s.bad("a day as YYYY-MM-DD")
		return 0
	}
	if day.Month() == time.December && day.Day() == 31 {
		return float64(day.Year() + 1)
	}
	return float64(day.Year()) + float64(day.Month()-1)/12 + float64(day.Day()-1)/365
}

// Estimate is one number of estimates.csv: a parameter fitted to data, or one of the figures it was fitted to.
type Estimate struct {
	Group    string  // what was fitted: rogers-castro, gravity
	Key      string  // the parameter, or "target: ..."
	Value    float64 // of a target the published figure
	Unit     string
	Residual float64 // of a target: fitted over published minus one
	Source   string
}

// Target tells whether the number is a published figure that something was fitted to.
func (e *Estimate) Target() bool { return strings.HasPrefix(e.Key, "target: ") }

// estimates reads estimates.csv: the numbers that were fitted when the tables were made, with what they were fitted to.
func (l *loader) estimates() {
	s := l.open("estimates.csv", "estimate,key,value,unit,residual,source")
	for s.next() {
		e := Estimate{Group: s.name(), Key: s.name(), Value: s.num(-1e12, 1e12), Unit: s.name(), Residual: s.blankNum(-10, 10), Source: s.name()}
		s.once(e.Group, " ", e.Key)
		l.c.Estimates = append(l.c.Estimates, e)
	}
	if len(l.c.Estimates) == 0 && s.cols != nil {
		l.fault(s.file, "no rows")
	}
}

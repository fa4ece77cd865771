package output

import (
	"encoding/json"
	"io"
	"math"
	"strconv"
	"strings"
)

// GivingScore is one line of the scoreboard of giving: what a rule says of a measure in a year, or over a period, against what was counted. Errors of amounts are
// per cent of the count, those of shares and indices given as points are in the unit's hundredth.
type GivingScore struct {
	Country string   `parquet:"country" json:"country"`
	Part    string   `parquet:"part" json:"part"`
	Measure string   `parquet:"measure" json:"measure"` // as in the results tables where they have it
	When    string   `parquet:"when" json:"when"`       // a year, or years
	Period  string   `parquet:"period" json:"period"`   // calibration, validation, later
	Rule    string   `parquet:"rule" json:"rule"`       // model, or a naive rule
	Unit    string   `parquet:"unit" json:"unit"`       // of value and counted
	Units   int32    `parquet:"units" json:"units"`     // places or years that are scored
	Counted *float64 `parquet:"counted,optional" json:"counted"`
	Value   *float64 `parquet:"value,optional" json:"value"` // of the model the median
	Low90   *float64 `parquet:"low_90,optional" json:"low_90"`
	Low50   *float64 `parquet:"low_50,optional" json:"low_50"`
	High50  *float64 `parquet:"high_50,optional" json:"high_50"`
	High90  *float64 `parquet:"high_90,optional" json:"high_90"`
	Error   *float64 `parquet:"error,optional" json:"error"`
	ErrorOf string   `parquet:"error_unit" json:"error_unit"` // %, points
	Inside  *bool    `parquet:"inside_90,optional" json:"inside_90"`
	CRPS    *float64 `parquet:"crps,optional" json:"crps"`   // in the unit
	Skill   *float64 `parquet:"skill,optional" json:"skill"` // of the model against the best naive rule
	Goal    string   `parquet:"goal" json:"goal"`
	Met     *bool    `parquet:"goal_met,optional" json:"met"`
	Note    string   `parquet:"note" json:"note"`
	Scale   float64  `parquet:"scale" json:"scale"`           // of the runs
	Seeds   int32    `parquet:"seeds" json:"seeds"`           // replicates
	From    string   `parquet:"parameters" json:"parameters"` // shipped, posterior, or a file
}

// Significant is a number rounded to six significant digits, as the scoreboard of giving has them; nil if there is none.
func Significant(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 6, 64), 64)
	if err != nil {
		return nil
	}
	if y == 0 {
		y = 0 // not -0
	}
	return &y
}

// WriteGivingScores writes scores as CSV for Excel.
func WriteGivingScores(w io.Writer, scores []GivingScore) error {
	c, err := newCSVWriter[GivingScore](w)
	if err != nil {
		return err
	}
	return c.write(scores)
}

// WriteGivingScoresJSON writes scores as one JSON array.
func WriteGivingScoresJSON(w io.Writer, scores []GivingScore) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(scores)
}

// GivingTable is the scores of one part as aligned text. Money is in hundreds of millions.
func GivingTable(scores []GivingScore) *Table {
	t := NewTable(Left("measure"), Left("year"), Left("rule"), Right("counted"), Right("says"), Right("50% band"), Right("90% band"), Right("error"), Left("in 90%"),
		Right("CRPS"), Right("skill"), Left("goal"))
	last := [2]string{}
	for _, s := range scores {
		head := [2]string{s.Measure, s.When}
		shown := head
		if head == last {
			shown = [2]string{}
		} else if head[0] == last[0] {
			shown[0] = ""
		}
		last = head
		size := scoreSize(&s)
		t.Add(shown[0], shown[1], s.Rule, size.show(s.Counted), size.show(s.Value), size.band(s.Low50, s.High50), size.band(s.Low90, s.High90), s.miss(), yesNo(s.Inside),
			size.show(s.CRPS), skillText(s.Skill), s.verdict())
	}
	return t
}

// sized is how numbers of a row are written: divided, with decimals.
type sized struct {
	by       float64
	decimals int
}

// scoreSize chooses it by the unit and size of the row.
func scoreSize(s *GivingScore) sized {
	most := 0.0
	for _, v := range []*float64{s.Counted, s.Value} {
		if v != nil {
			most = math.Max(most, math.Abs(*v))
		}
	}
	switch {
	case (s.Unit == "won" || s.Unit == "yen") && most >= 1e8:
		return sized{1e8, 1}
	case most >= 1000:
		return sized{1, 0}
	case most >= 10:
		return sized{1, 1}
	}
	return sized{1, 3}
}

func (z sized) show(v *float64) string {
	if v == nil {
		return ""
	}
	return Decimal(*v/z.by, z.decimals)
}

func (z sized) band(low, high *float64) string {
	if low == nil || high == nil {
		return ""
	}
	return z.show(low) + " – " + z.show(high)
}

// miss is the error with its sign and unit.
func (s *GivingScore) miss() string {
	if s.Error == nil {
		return ""
	}
	text := Decimal(*s.Error, 1)
	if *s.Error > 0 && text != "0.0" {
		text = "+" + text
	}
	if s.ErrorOf == "points" {
		return text + " pt"
	}
	return text + " %"
}

// verdict is the goal and whether it is met, in words.
func (s *GivingScore) verdict() string {
	switch {
	case s.Goal == "" || s.Met == nil:
		return ""
	case *s.Met:
		return "met: " + s.Goal
	}
	return "missed: " + s.Goal
}

func yesNo(b *bool) string {
	switch {
	case b == nil:
		return ""
	case *b:
		return "yes"
	}
	return "no"
}

// skillText is a skill, or that there is none.
func skillText(v *float64) string {
	switch {
	case v == nil:
		return ""
	case *v <= 0:
		return Decimal(*v, 2) + " no skill here"
	}
	return Decimal(*v, 2)
}

// Got is the number that a goal is about, in words.
func (s *GivingScore) Got() string {
	switch {
	case strings.HasPrefix(s.Goal, "error") && s.Error != nil:
		return s.miss()
	case strings.HasPrefix(s.Goal, "skill") && s.Skill != nil:
		return "skill " + Decimal(*s.Skill, 2)
	case s.Value == nil:
		return missing
	case s.Counted != nil:
		return Decimal(*s.Value, 2) + " for " + Decimal(*s.Counted, 2)
	}
	return Decimal(*s.Value, 2)
}

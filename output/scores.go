package output

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
)

// Score is one line of a hindcast's scoreboard: how far a rule lies from what was counted, over the units of a level. Errors are per cent.
type Score struct {
	Country  string   `parquet:"country" json:"country"`
	Start    int32    `parquet:"start" json:"start"` // the population stands on 1 January of this year
	Kind     string   `parquet:"kind" json:"kind"`   // forecast, back-cast, ahead
	Measure  string   `parquet:"measure" json:"measure"`
	Level    string   `parquet:"level" json:"level"` // nation, province, town
	When     string   `parquet:"when" json:"when"`   // a day, or the year of a flow
	Rule     string   `parquet:"rule" json:"rule"`
	Units    int32    `parquet:"units" json:"units"`
	Median   float64  `parquet:"median_error" json:"median_error"`     // MedAPE
	Weighted float64  `parquet:"weighted_error" json:"weighted_error"` // WAPE
	Bias     float64  `parquet:"bias" json:"bias"`
	Near     float64  `parquet:"within_5_percent" json:"within_5_percent"` // share of units
	Furthest string   `parquet:"furthest" json:"furthest"`                 // code of the unit furthest off
	Off      float64  `parquet:"furthest_error" json:"furthest_error"`
	Skill    *float64 `parquet:"skill,optional" json:"skill"`  // of the model against the best naive rule
	Goal     *float64 `parquet:"goal,optional" json:"goal"`    // largest error the model was to have: the median or, of GoalOf, the furthest
	GoalOf   string   `parquet:"goal_of" json:"goal_of"`       // median or furthest
	Met      *bool    `parquet:"goal_met,optional" json:"met"` //
}

// Round is a number with four decimals, as scores are written: a last bit that differs between processors is not kept.
func Round(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// WriteScores writes scores as CSV for Excel.
func WriteScores(w io.Writer, scores []Score) error {
	c, err := newCSVWriter[Score](w)
	if err != nil {
		return err
	}
	return c.write(scores)
}

// WriteScoresJSON writes scores as one JSON array.
func WriteScoresJSON(w io.Writer, scores []Score) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(scores)
}

// ScoreTable is scores as aligned text; name gives the name of a place by its code.
func ScoreTable(scores []Score, name func(code string) string) *Table {
	t := NewTable(Left("what"), Left("level"), Left("when"), Left("rule"), Right("units"), Right("median %"), Right("weighted %"), Right("bias %"), Right("within 5%"),
		Right("skill"), Left("goal"), Right("furthest %"), Left("place"))
	last := [3]string{}
	for _, s := range scores {
		head := [3]string{s.Measure, s.Level, s.When}
		shown := head
		if head == last {
			shown = [3]string{}
		}
		last = head
		t.Add(shown[0], shown[1], shown[2], s.Rule, Int(int64(s.Units)), Decimal(s.Median, 2), Decimal(s.Weighted, 2), signed(s.Bias), Decimal(100*s.Near, 0),
			optional(s.Skill, 2), s.verdict(), signed(s.Off), name(s.Furthest))
	}
	return t
}

// signed is a percentage with its sign.
func signed(x float64) string {
	text := Decimal(x, 2)
	if x > 0 && text != "0.00" {
		return "+" + text
	}
	return text
}

// verdict is the goal and whether it is met, in words.
func (s *Score) verdict() string {
	if s.Goal == nil {
		return ""
	}
	word := "missed"
	if *s.Met {
		word = "met"
	}
	return fmt.Sprintf("%s: %s ≤ %s", word, s.GoalOf, Decimal(*s.Goal, 1))
}

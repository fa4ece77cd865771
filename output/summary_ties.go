package output

import "fmt"

// tiesTable is the ladder of related population; the share is that of stages 3 to 5, whom surveys call visiting, among persons of 15 and over.
func tiesTable(years []YearRow) *Table {
	t := NewTable(Right("year"), Right("gave once"), Right("give again"), Right("visit"), Right("stay often"), Right("second base"), Right("visiting %"),
		Right("registered"), Right("moved there"))
	for _, y := range years {
		visiting := y.TiesVisitor + y.TiesRegular + y.TiesBase
		t.Add(fmt.Sprint(y.Year), Int(y.TiesDonor), Int(y.TiesRepeat), Int(y.TiesVisitor), Int(y.TiesRegular), Int(y.TiesBase),
			percent(ratio(visiting, y.Working+y.Old), 2), Int(y.Registered), Int(y.Related))
	}
	return t
}

// surveyTable is what surveys found, beside the model.
func surveyTable(surveys []Survey) *Table {
	t := NewTable(Left("survey"), Right("year"), Left("counted"), Right("persons"), Right("of"), Right("%"))
	for _, s := range surveys {
		t.Add(s.Name, fmt.Sprint(s.Year), s.What, Int(s.Persons), Int(s.Of), percent(ratio(s.Persons, s.Of), 1))
	}
	return t
}

// incomeTable is local income in all places, and what of it is the nation's.
func incomeTable(years []YearRow, unit moneyUnit) *Table {
	t := NewTable(Right("year"), Right("gifts"), Right("fund spent"), Right("on projects"), Right("local income"), Right("not diverted"), Right("services"),
		Right("for children"))
	for _, y := range years {
		t.Add(fmt.Sprint(y.Year), unit.money(y.Gifts), unit.money(y.Spent), unit.money(y.Earmarked), unit.money(y.LocalIncome), unit.money(y.IncomeNet),
			optional(y.Services, 4), optional(y.Care, 4))
	}
	return t
}

// projectTable is the designated projects at the end of the run.
func projectTable(projects []ProjectRow, unit moneyUnit) *Table {
	t := NewTable(Left("place"), Left("project"), Left("theme"), Right("target"), Right("raised"), Right("%"), Right("completed"), Right("beneficiaries"))
	for _, p := range projects {
		t.Add(p.Name, p.Project, p.Theme, unit.money(p.Target), unit.money(p.Total), percent(p.Share, 1), completed(p), Int(p.Beneficiaries))
	}
	return t
}

// completed is the year in which the target was reached.
func completed(p ProjectRow) string {
	if p.Completed == nil {
		return "no"
	}
	return fmt.Sprint(int(*p.Completed))
}

// effectNotes say which effects of giving on lives the run had.
func effectNotes(m Manifest) []string {
	var notes []string
	if m.Effects != "" {
		notes = append(notes, "Effects of services on births and moves: "+m.Effects+".")
	}
	for _, s := range m.Settings {
		if s.Key == "ties.net" {
			text := "Related population: net share of donors' later visits and moves (chi) " + s.Value
			if s.Value == "0" {
				text += ": no donor becomes a visitor, because no causal estimate exists"
			}
			notes = append(notes, text+".")
		}
	}
	return notes
}

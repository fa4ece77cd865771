package scenarios

import (
	"slices"
	"strconv"
	"strings"
)

// Question is a question of policy that scenarios answer.
type Question struct {
	ID    string // as in a scenario's question
	Text  string
	Asked string // by whom
}

// question reports a question that is none of the ten.
func (l *loader) question(id string, n *node) {
	var ids []string
	for _, q := range Questions() {
		ids = append(ids, q.ID)
	}
	if id != "" && !slices.Contains(ids, id) {
		l.add(Fault{At: n.at, Key: "question", Got: strconv.Quote(id), Want: "one of " + strings.Join(ids, ", ") + ", or no question"})
	}
}

// Questions are the ten questions of the model description (section 11), in its order.
func Questions() []Question {
	return []Question{
		{"Q1", "Raise the full-credit line to 200,000, 300,000 or 500,000 won, or credit a part of the next slice? What does an extra won kept cost?",
			"bills for 200,000 to 500,000 won (among them 2205535); KRIHS; Ministry of Economy and Finance, 2025"},
		{"Q2", "Does the annual cap matter, or admitting corporations?", "ten bills by April 2023"},
		{"Q3", "Does local finance gain once national tax and the allocation tax are counted, and who should bear the credit?", "National Assembly Budget Office; KRILA"},
		{"Q4", "Should credits or the right to give be tilted: declining areas, poorer governments, residency?", "KRILA; forum of March 2025; KREI"},
		{"Q5", "Do projects of empathy and disaster credits bring durable donors, or one-off gifts?", "KRILA-MRI seminar of 22 January 2026; KREI"},
		{"Q6", "From donation to related population to local economy: how many, net of who would have come anyway, and worth what?",
			"Jeollanam-do at the seminar; Japan's Ministry of Internal Affairs (resident registration of the furusato)"},
		{"Q7", "Can childcare or grants paid from donations change population, or do they only move people?", "KIHASA 44(4); Miyakonojo, Kamishihoro"},
		{"Q8", "Platforms, their opening, fees and points: growth, leakage or concentration?", "Japan's Ministry of Internal Affairs; Toyo Keizai; Herald"},
		{"Q9", "Japan's reform of 2026-27, a ceiling of 1.93 million yen, lower costs, gifts of 20%: donors, money kept, equity?", "cabinet bill of 20 February 2026; NLI Research; RIETI"},
		{"Q10", "Who pays for the loss of the cities, is a refund of 75% right, and would a pool beat competition?", "mayors of the 23 wards, 4 December 2025; Kook 2025; Uemura"},
	}
}

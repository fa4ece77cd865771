package output

import "testing"

// TestMeasure: cuts of a small hand-made collection, worked out by hand.
func TestMeasure(t *testing.T) {
	half := 0.5
	c := &Collection{
		Years: []YearRow{{Year: 2023, Measures: Measures{Donors: 10}, Gini: &half}, {Year: 2024}},
		Towns: []TownRow{
			{Year: 2023, Code: "a", Measures: Measures{ReceivedAmount: 1}}, {Year: 2023, Code: "b", Measures: Measures{ReceivedAmount: 2}},
			{Year: 2023, Code: "c", Measures: Measures{ReceivedAmount: 5}}, {Year: 2024, Code: "a", Measures: Measures{ReceivedAmount: 7}},
		},
		Donors: []DonorRow{{Year: 2023, AgeBand: 1, AmountBand: 0, Donors: 4, Given: 40}, {Year: 2023, AgeBand: 2, AmountBand: 1, Donors: 12, Given: 60}},
	}
	for _, x := range []struct {
		name string
		cut  Cut
		want float64
		ok   bool
	}{
		{"the nation", Cut{Metric: "donors", Year: 2023}, 10, true},
		{"a ratio of the nation", Cut{Metric: "donations.gini", Year: 2023}, 0.5, true},
		{"a ratio that is null", Cut{Metric: "donations.gini", Year: 2024}, 0, false},
		{"a year that is not there", Cut{Metric: "donors", Year: 2025}, 0, false},
		{"places", Cut{Metric: "donations.received.amount", Year: 2023, Places: []string{"a", "c"}}, 6, true},
		{"share of places", Cut{Metric: "donations.received.amount", Year: 2023, Places: []string{"b"}, As: AsShare}, 0.25, true},
		{"mean of places", Cut{Metric: "donations.received.amount", Year: 2023, Places: []string{"a", "c"}, As: AsMean}, 3, true},
		{"mean of no place", Cut{Metric: "donations.received.amount", Year: 2023, Places: []string{"z"}, As: AsMean}, 0, false},
		{"an unknown metric of places", Cut{Metric: "alms", Year: 2023, Places: []string{"a"}}, 0, false},
		{"share of an age", Cut{Metric: "donors", Year: 2023, Ages: []int{1}, As: AsShare}, 0.25, true},
		{"donors of an amount", Cut{Metric: "donors", Year: 2023, Amounts: []int{1}}, 12, true},
		{"amount of an age and amount", Cut{Metric: "donations.given.amount", Year: 2023, Ages: []int{1, 2}, Amounts: []int{0}}, 40, true},
		{"share of a year without donors", Cut{Metric: "donors", Year: 2024, Ages: []int{1}, As: AsShare}, 0, false},
	} {
		got, ok := c.Measure(x.cut)
		if ok != x.ok || ok && got != x.want {
			t.Errorf("%s: got %v %v, want %v %v", x.name, got, ok, x.want, x.ok)
		}
	}
}

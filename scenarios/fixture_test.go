package scenarios_test

import (
	"fmt"
	"testing"

	"gohyang/scenarios"
	"gohyang/scenarios/facts"
)

// metrics are names of the results tables that the tests' expectations use.
var metrics = []string{"population", "births", "deaths", "moves.in", "donations.received.amount", "donations.received.records", "donors", "gifts.cost", "net"}

// fewPlaces is a small country: enough places to look up, years as the real facts have them.
func fewPlaces(code string, base int) (*facts.Country, error) {
	if base != 0 && base != 2016 {
		return nil, &facts.StartError{Code: code, Year: base, Starts: []int{2016}}
	}
	c := &facts.Country{Code: code, BaseYear: 2023, FirstYear: 2023}
	if code == "jp" {
		c.BaseYear, c.FirstYear = 2020, 2020
	}
	if base != 0 {
		c.BaseYear, c.FirstYear = base, base
	}
	c.Death = make([][2][facts.Ages]float64, 2072-c.FirstYear+1)
	switch code {
	case "kr":
		c.Provinces = []facts.Place{
			{Code: "36000", Name: "세종특별자치시", NameEn: "Sejong", Recipient: true},
			{Code: "46000", Name: "전라남도", NameEn: "Jeollanam-do", Recipient: true},
			{Code: "50000", Name: "제주특별자치도", NameEn: "Jeju-do", Recipient: true},
		}
		c.Towns = []facts.Place{
			{Code: "26110", Name: "중구", NameEn: "Jung-gu", Recipient: true},
			{Code: "27110", Name: "중구", NameEn: "Jung-gu", Recipient: true},
			{Code: "36110", Name: "세종특별자치시", NameEn: "Sejong"},
			{Code: "46770", Name: "고흥군", NameEn: "Goheung-gun", Recipient: true},
			{Code: "50110", Name: "제주시", NameEn: "Jeju-si"},
		}
	case "jp":
		c.Provinces = []facts.Place{{Code: "27000", Name: "大阪府", NameEn: "Osaka", Recipient: true}}
		c.Towns = []facts.Place{{Code: "27213", Name: "泉佐野市", NameEn: "Izumisano City", Recipient: true}}
	default:
		return nil, fmt.Errorf("no country %q", code)
	}
	return c, nil
}

// options are Load's options with the small country and the settings.
func options(set ...string) scenarios.Options {
	return scenarios.Options{Metrics: metrics, Facts: fewPlaces, Set: set}
}

// load loads a scenario that must be valid.
func load(t *testing.T, ref string, set ...string) *scenarios.Scenario {
	t.Helper()
	s, err := scenarios.Load(ref, options(set...))
	if err != nil {
		t.Fatalf("Load(%q, %q):\n%v", ref, set, err)
	}
	return s
}

// shippedFacts reads the real facts, each country once.
func shippedFacts() scenarios.Facts {
	read := map[string]*facts.Country{}
	return func(code string, _ int) (*facts.Country, error) {
		if c, ok := read[code]; ok {
			return c, nil
		}
		c, err := facts.Load(code)
		read[code] = c
		return c, err
	}
}

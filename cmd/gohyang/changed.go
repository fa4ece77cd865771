package main

import (
	"slices"
	"strconv"
	"strings"

	"gohyang/scenarios"
)

// changed lists the settings of the command line as "key = value" for titles, numbers without underscores. Seed and years are left out, because titles
// name them anyway; of a key set twice the last value stands, as in the run.
func changed(s *scenarios.Scenario) []string {
	var keys, list []string
	for _, setting := range s.Set {
		key, value, _ := strings.Cut(setting, "=")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if key == "run.seed" || key == "run.years" {
			continue
		}
		if plain := strings.ReplaceAll(value, "_", ""); number(plain) {
			value = plain
		}
		if i := slices.Index(keys, key); i >= 0 {
			list[i] = key + " = " + value
			continue
		}
		keys, list = append(keys, key), append(list, key+" = "+value)
	}
	return list
}

func number(text string) bool {
	_, err := strconv.ParseFloat(text, 64)
	return err == nil
}

// unfitted counts the parameters of a run that decide donations, those of demography and of effects on it left out, and those of them that were set by hand for want of a
// calibration. What the scenario itself sets is a question put to the model and not a guess.
func unfitted(s *scenarios.Scenario) (all, byHand int) {
	for _, e := range s.Sheet() {
		switch room, _, _ := strings.Cut(e.Key, "."); room {
		case "country", "run", "outputs", "law", "event", "expect", "facts", "demography", "effects":
			continue
		}
		all++
		if e.Status == "provisional" || e.Status == "judgement" {
			byHand++
		}
	}
	return all, byHand
}

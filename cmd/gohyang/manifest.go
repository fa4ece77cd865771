package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strings"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/sim"
	"gohyang/sim/giving"
	"gohyang/sim/people"
)

// frame names the places, provinces and bands of a run for the tables.
func frame(cfg *sim.Config) output.Frame {
	f := output.Frame{Country: string(cfg.Country), NumTowns: cfg.NumTowns}
	for _, p := range cfg.Places {
		f.Places = append(f.Places, output.Place{Code: p.Code, Name: p.Name, Class: p.Class, Province: p.Province, Recipient: p.Recipient})
	}
	for _, p := range cfg.Places[cfg.NumTowns:] {
		f.Provinces = append(f.Provinces, output.Province{Code: p.Code, Name: p.Name})
	}
	for i := range giving.AgeBands {
		f.Ages = append(f.Ages, ageLabel(i))
	}
	for i, e := range cfg.Events {
		if e.Kind == sim.Project {
			f.Projects = append(f.Projects, output.Project{Event: i, Place: e.Place, Theme: string(e.Theme), Name: e.Name, Target: e.Target})
		}
	}
	f.Incomes, f.Amounts = moneyLabels(cfg.Bands.Income[:]), moneyLabels(cfg.Bands.Amount[:])
	return f
}

// ageLabel names a donor's age band of giving.BandOf.
func ageLabel(band int) string {
	switch band {
	case 0:
		return "under 30"
	case giving.AgeBands - 1:
		return fmt.Sprintf("%d and over", 10*(band+2))
	default:
		return fmt.Sprintf("%d-%d", 10*(band+2), 10*(band+2)+9)
	}
}

// moneyLabels names the bands between upper edges, which belong to the band below them; the last band is open.
func moneyLabels(edges []int64) []string {
	var labels []string
	for i, e := range edges {
		switch {
		case i == 0 && e == 0:
			labels = append(labels, "none")
		case i == 0:
			labels = append(labels, "up to "+output.Int(e))
		case edges[i-1]+1 == e:
			labels = append(labels, output.Int(e))
		default:
			labels = append(labels, output.Int(edges[i-1]+1)+" to "+output.Int(e))
		}
	}
	return append(labels, "above "+output.Int(edges[len(edges)-1]))
}

// manifest is what run.json says of a run beside what the recorder knows itself.
func manifest(s *scenarios.Scenario, cfg *sim.Config, factsDigest string) output.Manifest {
	b := buildStamp()
	m := output.Manifest{
		Version: b.Version, Commit: b.Revision,
		Scenario: s.Name, Title: s.Title, ScenarioDigest: s.Digest(), FactsDigest: factsDigest, LawDigest: lawDigest(s),
		Seed: cfg.Seed, Scale: cfg.Scale, Weight: max(1, int64(math.Round(1/cfg.Scale))),
	}
	m.Changed, m.Effects = changed(s), effects(cfg.Effects)
	for _, x := range s.Surveys() {
		m.Surveys = append(m.Surveys, output.Survey{Name: x.Name, Year: x.Year, What: x.What, Persons: x.Persons, Of: x.Of, Source: x.Source})
	}
	m.Parameters, m.Provisional = unfitted(s)
	for _, e := range s.Sheet() {
		m.Settings = append(m.Settings, output.Setting{Key: within(e), Value: e.Value, Source: origin(e)})
	}
	return m
}

// effects says in words which effects of services on births and moves a run had.
func effects(e people.Effects) string {
	if !e.On() {
		return "off (published evidence is null)"
	}
	state := func(x float64) string {
		if x == 0 {
			return "off"
		}
		return output.Shortest(x)
	}
	return fmt.Sprintf("births %s (effects.births), moves in %s (effects.in), moves out %s (effects.out); published evidence is null", state(e.Births), state(e.In), state(e.Out))
}

// lawDigest is the SHA-256, in hex, of every lever of the law in every year of the run, overlays included: two runs with the same digest lived under the
// same law.
func lawDigest(s *scenarios.Scenario) string {
	h := sha256.New()
	for _, e := range s.Sheet() {
		if strings.HasPrefix(e.Key, "law.") {
			fmt.Fprintf(h, "%s\t%s\t%s\n", e.Key, e.Years, e.Value)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// within is the key of an entry with the years it holds, if they are not all of the run.
func within(e scenarios.Entry) string {
	if e.Years == "" {
		return e.Key
	}
	return e.Key + " " + e.Years
}

// origin is where an entry comes from: its source and the file and line that say so.
func origin(e scenarios.Entry) string {
	if e.File == "" {
		return e.Source
	}
	at := e.File
	if e.Line > 0 {
		at = fmt.Sprintf("%s:%d", e.File, e.Line)
	}
	if e.Source == "" || e.Source == "scenario" {
		return at
	}
	return e.Source + " (" + at + ")"
}

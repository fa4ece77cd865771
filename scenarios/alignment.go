package scenarios

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"strconv"
	"strings"

	"gohyang/scenarios/facts"
	"gohyang/sim/law"
	"gohyang/sim/people"
)

// Free is the alignment that leaves the rates as they are.
const Free = "free"

// AlignmentModes are the alignments of a country: Korea has no official projection by municipality.
func AlignmentModes(c law.Country) []string {
	if c == law.Korea {
		return []string{"nation", "province"}
	}
	return []string{"nation", "province", "town"}
}

// alignment is one file of align/: the factors of E26 with what they were computed for.
type alignment struct {
	file    string
	digest  string            // SHA-256 of the file, hex
	about   map[string]string // method, targets, fit, date, facts, parameters
	factors *people.Alignment
}

// aboutKeys are the lines at the head of a file, in order.
var aboutKeys = []string{"method", "targets", "fit", "date", "facts", "parameters"}

// alignmentFile names the file of a country and mode.
func alignmentFile(c law.Country, mode string) string {
	return "align/" + string(c) + "-" + mode + ".csv"
}

// align reads the alignment a scenario asks for and says in Warnings if it was computed for other facts or parameters.
func (l *loader) align(s *Scenario, root *node) error {
	mode := s.Demography.Alignment
	if mode == Free || mode == "" {
		return nil
	}
	at := s.country.priors["demography.alignment"].Where
	if n := root.get("demography", "alignment"); n != nil {
		at = n.at
	}
	if s.Run.Base != 0 {
		l.add(Fault{At: at, Key: "demography.alignment", Got: strconv.Quote(mode), Want: `"free" with run.base: factors are computed for the standard start only`})
		return nil
	}
	file := alignmentFile(s.Country, mode)
	data, err := shipped.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		l.add(Fault{At: at, Key: "demography.alignment", Got: strconv.Quote(mode), Want: "free, " + strings.Join(AlignmentModes(s.Country), " or ") + " for " + string(s.Country),
			Hint: "there is no official projection by municipality to align to"})
		return nil
	}
	if err != nil {
		return fmt.Errorf("scenarios: %w", err)
	}
	a, err := parseAlignment(file, string(data), s.facts)
	if err != nil {
		return err
	}
	s.alignment = a
	for _, m := range []struct{ what, was, is string }{
		{"facts", a.about["facts"], s.facts.Digest}, {"demographic parameters", a.about["parameters"], parametersDigest(s.settings)},
	} {
		if m.was != m.is {
			s.Warnings = append(s.Warnings, fmt.Sprintf("alignment %q was computed for other %s than this run's: totals will differ from the official projection (%s)", mode, m.what, file))
		}
	}
	return nil
}

// parametersDigest is the SHA-256, in hex, of the demographic parameters that shape a projection.
func parametersDigest(s settings) string {
	h := sha256.New()
	for _, f := range settingsFields() {
		if strings.HasPrefix(f.key, "demography.") && f.key != "demography.alignment" {
			fmt.Fprintf(h, "%s\t%s\n", f.key, literal(f.of(s).Interface()))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// parseAlignment reads a file: lines "# key: value", then a table of factors with a row for births, deaths, arrivals and every province or town, a column a year. A
// town without a row takes its province's.
func parseAlignment(file, text string, c *facts.Country) (*alignment, error) {
	sum := sha256.Sum256([]byte(text))
	a := &alignment{file: file, digest: hex.EncodeToString(sum[:]), about: map[string]string{}}
	for _, key := range aboutKeys {
		line, rest, _ := strings.Cut(text, "\n")
		value, ok := strings.CutPrefix(line, "# "+key+": ")
		if !ok {
			return nil, fmt.Errorf("%s: got line %q, want %q", file, line, "# "+key+": ...")
		}
		a.about[key], text = value, rest
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(rows) < 4 || len(rows[0]) < 2 || rows[0][0] != "code" {
		return nil, fmt.Errorf("%s: got no table of factors by code and year", file)
	}
	byCode := map[string][]float64{}
	var faults []error
	for k, row := range rows {
		values := make([]float64, len(row)-1)
		for i, cell := range row[1:] {
			v, err := strconv.ParseFloat(cell, 64)
			if err != nil || math.IsNaN(v) || v <= 0 || k > 0 && v > 100 || k == 0 && i > 0 && v != values[i-1]+1 {
				faults = append(faults, fmt.Errorf("%s:%d: %s: got %q, want a factor above 0, and years one by one", file, k+1+len(aboutKeys), row[0], cell))
			}
			values[i] = v
		}
		if byCode[row[0]] != nil {
			faults = append(faults, fmt.Errorf("%s:%d: got %s twice", file, k+1+len(aboutKeys), row[0]))
		}
		byCode[row[0]] = values
	}
	a.factors, err = byYear(file, byCode, c)
	return a, errors.Join(append(faults, err)...)
}

// byYear turns the rows of a file into the factors of each year.
func byYear(file string, byCode map[string][]float64, c *facts.Country) (*people.Alignment, error) {
	years := byCode["code"]
	if byCode["birth"] == nil || byCode["death"] == nil || byCode["abroad"] == nil {
		return nil, fmt.Errorf("%s: got no row for birth, death or abroad", file)
	}
	local := len(byCode) > 4
	rows := make([][]float64, len(c.Towns))
	var faults []error
	for i, p := range c.Towns {
		if rows[i] = byCode[p.Code]; rows[i] == nil {
			rows[i] = byCode[c.Provinces[p.Province].Code]
		}
		if local && rows[i] == nil {
			faults = append(faults, fmt.Errorf("%s: got no row for %s (%s) or its province", file, p.Code, p.Name))
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	out := &people.Alignment{First: int(years[0]), Years: make([]people.Factors, len(years))}
	for k := range years {
		f := people.Factors{Birth: byCode["birth"][k], Death: byCode["death"][k], Abroad: byCode["abroad"][k]}
		for i := range rows {
			if local {
				f.Out = append(f.Out, rows[i][k])
			}
		}
		out.Years[k] = f
	}
	return out, nil
}

// alignmentEntry is the sheet's line on the factors in use.
func (s *Scenario) alignmentEntry() []Entry {
	if s.alignment == nil {
		return nil
	}
	a := s.alignment
	source := fmt.Sprintf("%s; %s; fit: %s; computed %s", a.about["method"], a.about["targets"], a.about["fit"], a.about["date"])
	for _, w := range s.Warnings {
		source += "; WARNING: " + w
	}
	return []Entry{{Key: "demography.alignment.factors", Value: a.digest, Unit: "sha256", Status: "calibrated", Source: source, File: a.file}}
}

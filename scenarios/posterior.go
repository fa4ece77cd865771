package scenarios

import (
	"bytes"
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"

	"gohyang/sim/law"
)

// fitted holds what calibrations have left, if any: COUNTRY-posterior.csv, a weighted sample of parameter sets.
//
//go:embed calibration
var fitted embed.FS

// Posterior is a sample of parameter sets, each with a weight.
type Posterior struct {
	Keys   []string // of behaviour parameters
	Sets   [][]float64
	Weight []float64
}

// ReadPosterior reads the shipped posterior sample of a country; nil if there is none.
func ReadPosterior(c law.Country) (*Posterior, error) {
	file := "calibration/" + string(c) + "-posterior.csv"
	data, err := fitted.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("scenarios: %w", err)
	}
	return parsePosterior(file, data)
}

// parsePosterior reads one column a parameter, and the column weight; a column run numbers the rows.
func parsePosterior(file string, data []byte) (*Posterior, error) {
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(rows) < 2 || !slices.Contains(rows[0], "weight") {
		return nil, fmt.Errorf("%s: want a column weight, a column for each parameter, and rows", file)
	}
	known := keysOf(settingsFields())
	p := &Posterior{}
	var faults []error
	for _, key := range rows[0] {
		if key == "weight" || key == "run" {
			continue
		}
		p.Keys = append(p.Keys, key)
		if !slices.Contains(known, key) {
			faults = append(faults, fmt.Errorf("%s:1: got the column %q, want weight, run or the key of a parameter", file, key))
		}
	}
	for r, row := range rows[1:] {
		var set []float64
		for i, cell := range row {
			x, err := strconv.ParseFloat(cell, 64)
			if err != nil || rows[0][i] == "weight" && !(x >= 0) {
				faults = append(faults, fmt.Errorf("%s:%d: %s: got %q, want a number", file, r+2, rows[0][i], cell))
			}
			switch rows[0][i] {
			case "weight":
				p.Weight = append(p.Weight, x)
			case "run":
			default:
				set = append(set, x)
			}
		}
		p.Sets = append(p.Sets, set)
	}
	return p, errors.Join(faults...)
}

// Spread takes n members by systematic sampling: member i is the set at which the cumulated weight passes (i + 1/2)/n of the whole. Equal weights and n equal
// to the size of the sample give every set once.
func (p *Posterior) Spread(n int) []int {
	sum := 0.0
	for _, w := range p.Weight {
		sum += w
	}
	out := make([]int, n)
	at, passed := 0, 0.0
	for i := range out {
		for at < len(p.Weight)-1 && passed+p.Weight[at] <= (float64(i)+0.5)/float64(n)*sum {
			passed += p.Weight[at]
			at++
		}
		out[i] = at
	}
	return out
}

// Settings are a set's parameters as Options.Set takes them. Parameters that are whole numbers are written as such.
func (p *Posterior) Settings(set int) (out []string) {
	for i, key := range p.Keys {
		out = append(out, key+"="+strconv.FormatFloat(p.Sets[set][i], 'f', -1, 64))
	}
	return out
}

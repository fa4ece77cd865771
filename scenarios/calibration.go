package scenarios

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"gohyang/scenarios/facts"
	"gohyang/sim/law"
)

// Calibration is one calibration/*.toml: what is fitted to what, written down before the fit. See model.md, sections 7 and 8.
type Calibration struct {
	Title      string   `toml:"title"`
	Country    string   `toml:"country" enum:"kr,jp"`
	Scenario   string   `toml:"scenario"`                                              // the scenario that is run
	Set        []string `toml:"set"`                                                   // settings laid over it, key=value
	Years      [2]int   `toml:"years" min:"1900" max:"2200"`                           // first and last simulated year
	Scale      float64  `toml:"scale" min:"0.000001" max:"1" unit:"agents per person"` // of all runs
	Seed       uint64   `toml:"seed"`                                                  // of designs and runs, unless the command line says another
	Seeds      int      `toml:"seeds" min:"1" max:"1000"`                              // runs at a point, averaged
	Waves      int      `toml:"waves" min:"1" max:"20"`                                // of history matching
	Points     int      `toml:"points" min:"5" max:"100000"`                           // of a wave
	Ranks      []int    `toml:"ranks" min:"1" max:"1000"`                              // by wave, the last repeated, see study.Wave
	Candidates int      `toml:"candidates" min:"5" max:"10000000"`                     // tried for what is left after a wave
	Sample     int      `toml:"sample" min:"5" max:"100000"`                           // points of the posterior sample, evenly from what is left
	Effective  float64  `toml:"effective" min:"2" max:"100000"`                        // least effective number of them
	Finalists  int      `toml:"finalists" min:"1" max:"1000"`                          // points the chosen one is taken from
	FinalSeeds int      `toml:"final_seeds" min:"1" max:"1000"`                        // runs at each of these
	Parameters []Varied `toml:"-"`                                                     // [[parameter]]: what is varied
	Targets    []Target `toml:"-"`                                                     // [[target]]: what is to be met
	File       string   `toml:"-"`
	Digest     string   `toml:"-"` // SHA-256 of the file, in hex
	Where      Position `toml:"-"`
}

// Varied is one parameter of a calibration with its prior: even between Low and High on its scale.
type Varied struct {
	Key    string   `toml:"key"`
	Low    float64  `toml:"low"`
	High   float64  `toml:"high"`
	Scale  string   `toml:"scale" enum:"linear,log"`
	Source string   `toml:"source"` // of the prior
	Where  Position `toml:"-"`
}

// Target is one number the model is to meet: a metric of the years table or, with places or bands, of the towns or the donors table. On a log scale the
// deviations are those of the natural logarithm, about relative errors.
type Target struct {
	Name        string   `toml:"name"` // made up of metric, selection and year unless given
	Metric      string   `toml:"metric"`
	Year        int      `toml:"year" min:"1900" max:"2200"`
	Provinces   []string `toml:"provinces"`              // codes: all places in these provinces, their governments included
	Outside     []string `toml:"outside"`                // codes: all places in other provinces
	Class       []string `toml:"class"`                  // recipients of these classes
	Declining   *bool    `toml:"declining"`              // municipalities that are depopulation areas, or are not
	Ages        []int64  `toml:"ages" min:"0" max:"200"` // first and last age of donors
	Amounts     []int64  `toml:"amounts" min:"0"`        // least and largest donation
	As          string   `toml:"as" enum:"total,share,mean"`
	Value       float64  `toml:"value"`
	Observation float64  `toml:"observation" min:"0" max:"1000"` // s.d. of the counting
	Discrepancy float64  `toml:"discrepancy" min:"0" max:"1000"` // s.d. of the model around the truth at its best point
	Scale       string   `toml:"scale" enum:"linear,log"`
	Check       bool     `toml:"check"` // reported, not fitted
	Source      string   `toml:"source"`
	Where       Position `toml:"-"`

	Places     []string `toml:"-"` // codes that the selection comes to, nil = the nation
	AgeBands   []int    `toml:"-"`
	MoneyBands []int    `toml:"-"`
}

// LoadCalibration reads a calibration and checks everything. path "" is the shipped one of the country. The error is Faults if the file is invalid,
// otherwise the failure to read it. Of the options it takes Metrics and Facts.
func LoadCalibration(country law.Country, path string, opt Options) (*Calibration, error) {
	file, text, err := openCalibration(country, path)
	if err != nil {
		return nil, err
	}
	c, err := ReadCalibration(country, file, text, opt)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(text))
	c.File, c.Digest = file, hex.EncodeToString(sum[:])
	return c, nil
}

func openCalibration(country law.Country, path string) (file, text string, err error) {
	if path == "" {
		file = "calibration/" + string(country) + ".toml"
		data, err := shipped.ReadFile(file)
		return file, string(data), err
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", "", fmt.Errorf("calibration: %w", err)
	}
	if !info.Mode().IsRegular() || info.Size() > largest {
		return "", "", fmt.Errorf("calibration: %s: it must be a regular file of at most %d bytes", path, largest)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", "", fmt.Errorf("calibration: %w", err)
	}
	return path, string(data), nil
}

// ReadCalibration decodes and checks the text of a calibration; file is its name in messages.
func ReadCalibration(country law.Country, file, text string, opt Options) (*Calibration, error) {
	root, err := parse(file, text)
	if err != nil {
		var f Fault
		if errors.As(err, &f) {
			return nil, Faults{f}
		}
		return nil, err
	}
	r := &calibrationReader{decoder: decoder{collector: &collector{}, top: []string{"parameter", "target"}}, root: root}
	r.decode()
	if r.c.Country != "" && r.c.Country != string(country) {
		r.add(Fault{At: root.key("country"), Key: "country", Got: show(r.c.Country), Want: fmt.Sprintf("%q, the country that is calibrated", country)})
	}
	known, err := readCountry(country)
	if err != nil {
		return nil, err
	}
	read := opt.Facts
	if read == nil {
		read = builtIn
	}
	places, err := read(string(country), 0)
	if err != nil {
		return nil, err
	}
	r.check(known.priors, places, opt.Metrics)
	if err := r.err([]string{file}); err != nil {
		return nil, err
	}
	return &r.c, nil
}

// selected are the codes that a target's selection comes to, nil for none.
func (t *Target) selected(f *facts.Country) []string {
	byProvince := func(want func(code string) bool) (codes []string) {
		for i, p := range f.Provinces {
			if !want(p.Code) {
				continue
			}
			for _, x := range f.Towns {
				if x.Province == i {
					codes = append(codes, x.Code)
				}
			}
			codes = append(codes, p.Code)
		}
		return codes
	}
	switch {
	case t.Provinces != nil:
		return byProvince(func(code string) bool { return slices.Contains(t.Provinces, code) })
	case t.Outside != nil:
		return byProvince(func(code string) bool { return !slices.Contains(t.Outside, code) })
	}
	var codes []string
	for _, p := range slices.Concat(f.Towns, f.Provinces) {
		switch {
		case !p.Recipient:
		case t.Class != nil && slices.Contains(t.Class, p.Class):
			codes = append(codes, p.Code)
		case t.Declining != nil && p.Class != "province" && p.Class != "metro" && p.Class != "prefecture" && *t.Declining == (p.Depopulation == "depopulation"):
			codes = append(codes, p.Code)
		}
	}
	return codes
}

// label is a target's name: as given, or metric, selection and year.
func (t *Target) label() string {
	if t.Name != "" {
		return t.Name
	}
	parts := []string{t.Metric}
	list := func(what string, words []string) {
		if words != nil {
			parts = append(parts, what+" "+strings.Join(words, "+"))
		}
	}
	list("in", t.Provinces)
	list("outside", t.Outside)
	list("of", t.Class)
	if t.Declining != nil {
		parts = append(parts, map[bool]string{true: "of declining", false: "of others"}[*t.Declining])
	}
	if t.Ages != nil {
		parts = append(parts, fmt.Sprintf("ages %d-%d", t.Ages[0], t.Ages[1]))
	}
	if t.Amounts != nil {
		parts = append(parts, fmt.Sprintf("gifts %d-%d", t.Amounts[0], t.Amounts[1]))
	}
	if t.As != "" && t.As != "total" {
		parts = append(parts, t.As)
	}
	return strings.Join(append(parts, fmt.Sprint(t.Year)), " ")
}

package scenarios

import (
	"fmt"
	"reflect"

	"gohyang/sim/law"
)

// Survey is a published count of related persons, printed beside the model as context; nothing is fitted to it.
type Survey struct {
	Country string `toml:"country" enum:"kr,jp"`
	Name    string `toml:"name"`
	Year    int    `toml:"year" min:"1900" max:"2200"`
	What    string `toml:"what"` // whom it counts
	Persons int64  `toml:"persons" min:"1" unit:"persons"`
	Of      int64  `toml:"of" min:"1" unit:"persons"` // adults, or registered residents of the places
	Source  string `toml:"source"`
}

// Surveys are the surveys of related population in the scenario's country.
func (s *Scenario) Surveys() []Survey { return s.country.surveys }

// readSurveys reads those of a country.
func readSurveys(code law.Country) ([]Survey, error) {
	const file = "surveys/related.toml"
	data, err := shipped.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("scenarios: %w", err)
	}
	root, err := parse(file, string(data))
	if err != nil {
		return nil, err
	}
	var list struct {
		Survey []Survey `toml:"survey"`
	}
	d := decoder{collector: &collector{}}
	d.table(root, reflect.ValueOf(&list).Elem(), "")
	var out []Survey
	for _, s := range list.Survey {
		if s.Country == string(code) {
			out = append(out, s)
		}
	}
	return out, d.err([]string{file})
}

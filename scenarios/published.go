package scenarios

import (
	"embed"
	"fmt"
	"reflect"

	"gohyang/sim/law"
)

//go:embed scores/*.toml
var scoreFiles embed.FS

// Figure is one published figure of a hindcast of giving that the facts do not have.
type Figure struct {
	Series string   `toml:"series"`
	Year   int      `toml:"year" min:"1900" max:"2200"`
	Value  float64  `toml:"value" min:"0"`
	Unit   string   `toml:"unit"`
	Source string   `toml:"source"`
	Where  Position `toml:"-"`
}

// Figures are the published shares of donors, donations and their origins in a country, in the order of the file. An error is a fault of the shipped file.
func Figures(c law.Country) ([]Figure, error) {
	file := "scores/" + string(c) + "-shares.toml"
	data, err := scoreFiles.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("scenarios: %w", err)
	}
	return parseFigures(file, string(data))
}

func parseFigures(file, text string) ([]Figure, error) {
	root, err := parse(file, text)
	if err != nil {
		return nil, err
	}
	d := decoder{collector: &collector{}}
	var all struct {
		Figure []Figure `toml:"figure"`
	}
	d.table(root, reflect.ValueOf(&all).Elem(), "")
	seen := map[string]bool{}
	for _, f := range all.Figure {
		key := fmt.Sprint(f.Series, " ", f.Year)
		switch {
		case f.Series == "" || f.Year == 0 || f.Unit == "" || f.Source == "":
			d.add(Fault{At: f.Where, Key: "figure", Got: "series, year, unit or source missing", Want: "all of them"})
		case seen[key]:
			d.add(Fault{At: f.Where, Key: "figure", Got: key + " twice", Want: "each figure once"})
		}
		seen[key] = true
	}
	return all.Figure, d.err([]string{file})
}

package facts

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A country's standard tables stand in its folder. Another start stands below it in base/YEAR: the population of 1 January of that year and the rates as they
// could be estimated then. A table there takes the place of the standard table of the same name; what is not there is taken from the standard.

// Kinds of another start, named in its SOURCES.toml.
const (
	Then     = "then"      // the rates know what had been counted by the start, and what SOURCES.toml names beyond it
	BackCast = "back-cast" // population and rates were made with later counts
)

// Bases are the years of a country's other starts, as shipped, in order.
func Bases(code string) ([]int, error) { return BasesFS(shipped, code) }

// BasesFS is Bases of a folder that holds one folder a country.
func BasesFS(fsys fs.FS, code string) ([]int, error) {
	names, err := fs.Glob(fsys, code+"/base/*/SOURCES.toml")
	if err != nil {
		return nil, err
	}
	var years []int
	for _, name := range names {
		folder := path.Base(path.Dir(name))
		year, err := strconv.Atoi(folder)
		if err != nil {
			return nil, fmt.Errorf("facts %s/base/%s: got %q, want a year as the name of a folder", code, folder, folder)
		}
		years = append(years, year)
	}
	slices.Sort(years)
	return years, nil
}

// LoadBase is Load with another start: the population and the rates of base/YEAR in place of the standard ones.
func LoadBase(code string, year int) (*Country, error) { return LoadBaseFS(shipped, code, year) }

// LoadBaseFS is LoadBase from a folder that holds one folder a country.
func LoadBaseFS(fsys fs.FS, code string, year int) (*Country, error) {
	years, err := BasesFS(fsys, code)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(years, year) {
		return nil, &StartError{Code: code, Year: year, Starts: years}
	}
	return load(fsys, code, year)
}

// StartError says that a country has no start of a year.
type StartError struct {
	Code   string
	Year   int
	Starts []int // the years that are there
}

// Error names the years that are there.
func (e *StartError) Error() string {
	return fmt.Sprintf("facts %s: got the start %d, want %s", e.Code, e.Year, Listed(e.Starts))
}

// Listed writes years as a choice: "2008 or 2016", or "none" where there are none.
func Listed(years []int) string {
	if len(years) == 0 {
		return "none"
	}
	words := make([]string, len(years))
	for i, y := range years {
		words[i] = strconv.Itoa(y)
	}
	if len(words) == 1 {
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// folder is where the tables of another start are, "" for the standard.
func (l *loader) folder() string {
	if l.base == 0 {
		return ""
	}
	return fmt.Sprintf("%s/base/%d", l.code, l.base)
}

// path is where a table is read from: the folder of the start, if it is there, or the country's.
func (l *loader) path(name string) string {
	if dir := l.folder(); dir != "" {
		if _, err := fs.Stat(l.fsys, dir+"/"+name); err == nil {
			return dir + "/" + name
		}
	}
	return l.code + "/" + name
}

// started checks that the base year is that of the folder.
func (l *loader) started() {
	if l.base != 0 && l.c.BaseYear != l.base {
		l.fault(l.path("constants.csv"), "base_year: got %d, want %d, the year of the folder", l.c.BaseYear, l.base)
	}
}

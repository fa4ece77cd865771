package scenarios

import (
	"fmt"

	"gohyang/sim/law"
)

// country is what the shipped files say of one country.
type country struct {
	book     *law.Book
	settings settings
	surveys  []Survey
	priors   priors
}

// readCountry reads the law and the behaviour parameters of a country. An error is a fault of the shipped files.
func readCountry(code law.Country) (country, error) {
	book, err := readBook(code)
	if err != nil {
		return country{}, err
	}
	file := "params/" + string(code) + ".toml"
	data, err := shipped.ReadFile(file)
	if err != nil {
		return country{}, fmt.Errorf("scenarios: %w", err)
	}
	s, p, err := readParams(file, string(data))
	if err != nil {
		return country{}, err
	}
	surveys, err := readSurveys(code)
	return country{book: book, settings: s, priors: p, surveys: surveys}, err
}

// launch is the first year of the scheme: the first whose law is complete.
func (c country) launch() int {
	first := c.book.First()
	if first.After(law.InForce(first.Year())) {
		return first.Year() + 1
	}
	return first.Year()
}

// readBook reads the dated law of a country.
func readBook(code law.Country) (*law.Book, error) {
	file := "law/" + string(code) + ".toml"
	data, err := shipped.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("scenarios: %w", err)
	}
	return law.ParseBook(file, data)
}

// other is the other country.
func other(c law.Country) law.Country {
	if c == law.Korea {
		return law.Japan
	}
	return law.Korea
}

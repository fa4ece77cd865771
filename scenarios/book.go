package scenarios

import (
	"gohyang/scenarios/facts"
	"gohyang/sim/law"
)

// Law is the shipped dated law of a country. An error is a fault of the shipped file.
func Law(c law.Country) (*law.Book, error) { return readBook(c) }

// Nearest is the known word nearest to what was typed, or "" when none is near.
func Nearest(word string, known []string) string { return nearest(word, known) }

// BigCity says whether the residents of a place share their tax credit by burden.big_city, as the engine takes it.
func BigCity(p facts.Place) bool { return place(p).BigCity }

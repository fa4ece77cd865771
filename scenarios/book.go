package scenarios

import "gohyang/sim/law"

// Law is the shipped dated law of a country. An error is a fault of the shipped file.
func Law(c law.Country) (*law.Book, error) { return readBook(c) }

// Nearest is the known word nearest to what was typed, or "" when none is near.
func Nearest(word string, known []string) string { return nearest(word, known) }

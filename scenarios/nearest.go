package scenarios

import (
	"fmt"
	"strings"
)

// didYouMean is the hint that names the known word nearest to word, or "" when none is near.
func didYouMean(word string, known []string) string {
	if n := nearest(word, known); n != "" {
		return fmt.Sprintf("did you mean %s?", n)
	}
	return ""
}

// nearest returns the known word with the smallest edit distance to word, upper and lower case alike, if no more than a third of the word and of each of its
// dotted parts (at least one letter) differs; the first of equals; failing that, the known word that ends in the word given without its first part; ""
// otherwise.
func nearest(word string, known []string) string {
	limit := max(1, len([]rune(word))/3)
	best, name := limit+1, ""
	for _, k := range known {
		if strings.HasSuffix(strings.ToLower(k), "."+strings.ToLower(word)) {
			name = k
			break
		}
	}
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < best && d < max(len([]rune(k)), 2) && partsNear(word, k) {
			best, name = d, k
		}
	}
	return name
}

// partsNear tells whether two words of as many dotted parts are near in each part: donations.totl is not near donations.gini.
func partsNear(a, b string) bool {
	x, y := strings.Split(strings.ToLower(a), "."), strings.Split(strings.ToLower(b), ".")
	if len(x) != len(y) || len(x) == 1 {
		return true
	}
	for i := range x {
		if distance(x[i], y[i]) > max(1, len([]rune(x[i]))/3) {
			return false
		}
	}
	return true
}

// distance is the edit distance of two words: insertions, deletions, replacements and swaps of neighbours (restricted Damerau-Levenshtein).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 200 || len(y) > 200 {
		return max(len(x), len(y))
	}
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}

// ofGroup says what could stand in place of an unknown dotted word: the known ones that share its first part, if they are few, else what otherwise says.
func ofGroup(word string, known []string, otherwise string) string {
	group, _, dotted := strings.Cut(word, ".")
	var names []string
	for _, k := range known {
		if dotted && strings.HasPrefix(k, group+".") {
			names = append(names, k)
		}
	}
	if len(names) == 0 || len(names) > 12 {
		return otherwise
	}
	return "one of " + strings.Join(names, ", ")
}

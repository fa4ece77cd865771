package facts

import (
	"fmt"
	"strings"
)

// splitPopulation fills Country.Population from the five-year groups; the open group follows the survivors of the base year's life table.
func (l *loader) splitPopulation() {
	for sex := range 2 {
		var tail [Ages]float64
		alive := 1.0
		for a := range tail {
			q := l.c.Death[0][sex][a]
			tail[a] = alive * (1 - q/2)
			alive *= 1 - q
		}
		for i := range l.c.Population {
			groups := l.groups[i][sex]
			first := make([]int, len(groups))
			for k := range first {
				first[k] = 5 * k
			}
			l.c.Population[i][sex] = SplitAges(first, groups, tail[first[len(first)-1]:])
		}
	}
}

// population reads population.csv; the five-year columns may end in 90+ or 100+.
func (l *loader) population() {
	s := l.open("population.csv", populationHeader(90), populationHeader(100))
	n := len(l.c.Towns)
	l.c.Population = make([][2][Ages]int32, n)
	l.groups = make([][2][]int64, n)
	for s.next() {
		i := s.index(l.town, "town")
		sex := s.sex()
		s.once(i, " ", sex)
		for range len(s.cols) - 2 {
			l.groups[i][sex] = append(l.groups[i][sex], s.whole(0))
		}
	}
	s.complete(2*n, "one a town and sex")
}

// populationHeader is the header with five-year columns up to an open one.
func populationHeader(open int) string {
	cols := []string{"code", "sex"}
	for a := 0; a < open; a += 5 {
		cols = append(cols, fmt.Sprintf("%d-%d", a, a+4))
	}
	return strings.Join(append(cols, fmt.Sprintf("%d+", open)), ",")
}

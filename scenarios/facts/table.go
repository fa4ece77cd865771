package facts

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"
)

// maxFaults bounds how many faults one load reports; the rest are counted.
const maxFaults = 20

// loader reads the tables of one country and collects every fault, so that one run shows them all.
type loader struct {
	fsys   fs.FS
	code   string
	base   int // year of another start, 0 = the standard
	c      *Country
	place  map[string]int // province code -> index
	town   map[string]int // town code -> index
	mx     *mortality
	groups [][2][]int64 // by town and sex: persons by five-year age group
	faults []error
	more   int
}

// fault records one fault at a place such as "kr/population.csv:12:5: sex".
func (l *loader) fault(at, format string, args ...any) {
	if len(l.faults) == maxFaults {
		l.more++
		return
	}
	l.faults = append(l.faults, fmt.Errorf("facts %s: %s", at, fmt.Sprintf(format, args...)))
}

func (l *loader) err() error {
	if l.more > 0 {
		return errors.Join(append(slices.Clone(l.faults), fmt.Errorf("facts %s: %d more faults", l.code, l.more))...)
	}
	return errors.Join(l.faults...)
}

// sheet is one table being read row by row; cells are taken from left to right in the order of the header.
type sheet struct {
	l    *loader
	file string
	cols []string
	rows [][]string
	pos  [][][2]int // line and byte column of each cell
	row  int
	cell int
	seen map[string]int
}

// open reads a table whole. The header must be one of the given ones, column by column. A fault gives a sheet without rows.
func (l *loader) open(name string, headers ...string) *sheet {
	s := &sheet{l: l, file: l.path(name), row: -1, seen: map[string]int{}}
	data, err := fs.ReadFile(l.fsys, s.file)
	if err != nil {
		l.fault(s.file, "%v", err)
		return s
	}
	r := csv.NewReader(strings.NewReader(string(data)))
	head, err := r.Read()
	if err != nil {
		l.fault(s.file, "header: %v", err)
		return s
	}
	if !slices.Contains(headers, strings.Join(head, ",")) {
		l.fault(s.file+":1", "header: got %q, want %q", strings.Join(head, ","), strings.Join(headers, `" or "`))
		return s
	}
	s.cols = head
	for {
		rec, err := r.Read()
		if rec == nil {
			break
		}
		if err != nil {
			l.fault(s.file, "%v", err)
			break
		}
		pos := make([][2]int, len(rec))
		for i := range rec {
			pos[i][0], pos[i][1] = r.FieldPos(i)
		}
		s.rows, s.pos = append(s.rows, rec), append(s.pos, pos)
	}
	return s
}

// next moves to the next row.
func (s *sheet) next() bool {
	s.row++
	s.cell = -1
	return s.row < len(s.rows)
}

// bad reports the current cell.
func (s *sheet) bad(want string) {
	p := s.pos[s.row][s.cell]
	s.l.fault(fmt.Sprintf("%s:%d:%d", s.file, p[0], p[1]), "%s: got %q, want %s", s.cols[s.cell], s.rows[s.row][s.cell], want)
}

// str takes the next cell as it stands.
func (s *sheet) str() string {
	s.cell++
	return s.rows[s.row][s.cell]
}

// name takes the next cell, which must not be blank.
func (s *sheet) name() string {
	v := s.str()
	if v == "" {
		s.bad("a text")
	}
	return v
}

// oneOf takes the next cell, one of the given texts, and returns its index (0 after a fault).
func (s *sheet) oneOf(texts ...string) int {
	i := slices.Index(texts, s.str())
	if i < 0 {
		s.bad("one of " + strings.Join(texts, ", "))
		return 0
	}
	return i
}

// whole takes the next cell, a whole number from lo up.
func (s *sheet) whole(lo int64) int64 {
	n, err := strconv.ParseInt(s.str(), 10, 64)
	if err != nil || n < lo {
		s.bad(fmt.Sprintf("a whole number of %d or more", lo))
		return lo
	}
	return n
}

// year takes the next cell, a calendar year.
func (s *sheet) year() int {
	n, err := strconv.Atoi(s.str())
	if err != nil || n < 1900 || n > 2200 {
		s.bad("a year")
		return 0
	}
	return n
}

// blank is whole(0), and 0 where the cell is blank (not published).
func (s *sheet) blank() int64 {
	if s.rows[s.row][s.cell+1] == "" {
		s.cell++
		return 0
	}
	return s.whole(0)
}

// num takes the next cell, a number between lo and hi.
func (s *sheet) num(lo, hi float64) float64 {
	x, err := strconv.ParseFloat(s.str(), 64)
	if err != nil || !(x >= lo && x <= hi) {
		s.bad(fmt.Sprintf("a number from %g to %g", lo, hi))
		return math.Max(lo, 0)
	}
	return x
}

// blankNum is num, and 0 where the cell is blank.
func (s *sheet) blankNum(lo, hi float64) float64 {
	if s.rows[s.row][s.cell+1] == "" {
		s.cell++
		return 0
	}
	return s.num(lo, hi)
}

// index takes the next cell, a code of the map, and returns its index (0 after a fault).
func (s *sheet) index(of map[string]int, what string) int {
	i, ok := of[s.str()]
	if !ok {
		s.bad("the code of a " + what)
	}
	return i
}

// sex takes the next cell: M is 0, F is 1.
func (s *sheet) sex() int { return s.oneOf("M", "F") }

// ages takes the next cell, an age group such as 25-29 or 90+, and returns its first age and the age after its last (Ages for an open group).
func (s *sheet) ages() (first, after int) {
	v := s.str()
	first, after, ok := ageGroup(v)
	if !ok {
		s.bad("an age group such as 25-29 or 90+")
		return 0, 5
	}
	return first, after
}

func ageGroup(v string) (first, after int, ok bool) {
	if rest, open := strings.CutSuffix(v, "+"); open {
		a, err := strconv.Atoi(rest)
		return a, Ages, err == nil && a >= 0 && a < Ages
	}
	lo, hi, found := strings.Cut(v, "-")
	a, err1 := strconv.Atoi(lo)
	b, err2 := strconv.Atoi(hi)
	return a, b + 1, found && err1 == nil && err2 == nil && a >= 0 && b >= a && b < Ages
}

// once reports a row whose key was met before.
func (s *sheet) once(key ...any) {
	k := fmt.Sprint(key...)
	line := s.pos[s.row][0][0]
	if before, ok := s.seen[k]; ok {
		s.l.fault(fmt.Sprintf("%s:%d", s.file, line), "duplicate row: the same key stands on line %d", before)
		return
	}
	s.seen[k] = line
}

// complete reports how many rows are missing: a full table has want distinct keys.
func (s *sheet) complete(want int, of string) {
	if s.cols != nil && len(s.seen) != want {
		s.l.fault(s.file, "got %d rows, want %d: %s", len(s.seen), want, of)
	}
}

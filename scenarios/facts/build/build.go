// Package build derives the compact facts tables that the product ships (scenarios/facts/kr and jp) from the project's reference figures. It runs
// only when a table is rebuilt, never in a simulation; its output is plain CSV with few decimals, so that the same reference gives the same bytes.
//
// One function per country (Korea, Japan) reads the reference and writes every table; Rebuild also renews the SHA-256 digests in SOURCES.toml and
// leaves its prose, which is written by hand, alone.
package build

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Table is one reference CSV in memory. Cells are read by column name; faults are collected and returned together by Err.
type Table struct {
	File string
	Rows [][]string
	cols map[string]int
	line []int
	errs []error
}

// Read loads dir/name, a UTF-8 CSV with a header row. A byte order mark is dropped. Lines starting with # are data, not comments.
func Read(dir, name string) (*Table, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return nil, fmt.Errorf("reference %s: %w", name, err)
	}
	defer f.Close()
	in := bufio.NewReader(f)
	if mark, err := in.Peek(3); err == nil && string(mark) == "\ufeff" {
		if _, err := in.Discard(3); err != nil {
			return nil, err
		}
	}
	r := csv.NewReader(in)
	head, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("reference %s: header: %w", name, err)
	}
	t := &Table{File: name, cols: map[string]int{}}
	for i, h := range head {
		t.cols[h] = i
	}
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reference %s: %w", name, err)
		}
		line, _ := r.FieldPos(0)
		t.Rows = append(t.Rows, rec)
		t.line = append(t.line, line)
	}
}

// Str returns the cell of a row and column; an unknown column is a fault and gives "".
func (t *Table) Str(row int, col string) string {
	i, ok := t.cols[col]
	if !ok {
		t.errs = append(t.errs, fmt.Errorf("%s: no column %q", t.File, col))
		return ""
	}
	return t.Rows[row][i]
}

// Int returns a whole number; a blank cell is 0, anything else that does not parse is a fault.
func (t *Table) Int(row int, col string) int64 {
	s := t.Str(row, col)
	if s == "" {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		t.errs = append(t.errs, fmt.Errorf("%s:%d: %s: got %q, want a whole number", t.File, t.line[row], col, s))
	}
	return n
}

// Float returns a number; a blank cell is 0, anything else that does not parse is a fault.
func (t *Table) Float(row int, col string) float64 {
	s := t.Str(row, col)
	if s == "" {
		return 0
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.errs = append(t.errs, fmt.Errorf("%s:%d: %s: got %q, want a number", t.File, t.line[row], col, s))
	}
	return x
}

// Err returns every fault met so far, or nil. Call it once the table has been used.
func (t *Table) Err() error { return errors.Join(t.errs...) }

// Write writes dir/name as CSV with \n line ends: the header (comma separated) and the rows.
func Write(dir, name, header string, rows [][]string) error {
	var b strings.Builder
	w := csv.NewWriter(&b)
	if err := w.Write(strings.Split(header, ",")); err != nil {
		return err
	}
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, name), []byte(b.String()), 0o644)
}

// Num prints a number with at most the given decimals and no trailing zeros, so that tables stay small and byte-stable.
func Num(x float64, decimals int) string {
	s := strconv.FormatFloat(x, 'f', decimals, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		return "0"
	}
	return s
}

// IPF scales a seed matrix by iterative proportional fitting until its row and column sums equal rows and cols (whose totals must agree).
// Zero cells stay zero. It fails when the sums do not agree or 10,000 rounds do not reach a relative error of 1e-10.
func IPF(seed [][]float64, rows, cols []float64) ([][]float64, error) {
	if a, b := Sum(rows), Sum(cols); math.Abs(a-b) > 1e-6*math.Max(1, a) {
		return nil, fmt.Errorf("ipf: rows sum to %g, columns to %g", a, b)
	}
	m := make([][]float64, len(seed))
	for i := range seed {
		m[i] = slices.Clone(seed[i])
	}
	for range 10000 {
		for j := range cols {
			var s float64
			for i := range m {
				s += m[i][j]
			}
			scaleColumn(m, j, ratio(cols[j], s))
		}
		worst := 0.0
		for i := range m {
			s := Sum(m[i])
			worst = math.Max(worst, math.Abs(s-rows[i])/math.Max(1e-12, rows[i]))
			f := ratio(rows[i], s)
			for j := range m[i] {
				m[i][j] *= f
			}
		}
		if worst < 1e-10 {
			return m, nil
		}
	}
	return nil, errors.New("ipf: no convergence in 10,000 rounds; a row or column has no free cell")
}

// IPF3 fits one matrix a group, started from the seed, to row sums and column sums by group such that the matrices add up to the seed. It fails when 10,000
// rounds do not bring rows and cells within 1e-8 of their targets (columns are met by the last step).
func IPF3(seed [][]float64, rows, cols [][]float64) ([][][]float64, error) {
	m := make([][][]float64, len(rows))
	for g := range m {
		for i := range seed {
			m[g] = append(m[g], slices.Clone(seed[i]))
		}
	}
	for range 10000 {
		worst := 0.0
		for i := range seed {
			for j, want := range seed[i] {
				var s float64
				for g := range m {
					s += m[g][i][j]
				}
				worst = math.Max(worst, math.Abs(s-want)/math.Max(1, want))
				for g := range m {
					m[g][i][j] *= ratio(want, s)
				}
			}
		}
		for g := range m {
			for i, want := range rows[g] {
				s := Sum(m[g][i])
				worst = math.Max(worst, math.Abs(s-want)/math.Max(1, want))
				for j := range m[g][i] {
					m[g][i][j] *= ratio(want, s)
				}
			}
			for j, want := range cols[g] {
				var s float64
				for i := range m[g] {
					s += m[g][i][j]
				}
				scaleColumn(m[g], j, ratio(want, s))
			}
		}
		if worst < 1e-8 {
			return m, nil
		}
	}
	return nil, errors.New("ipf: no convergence on three margins in 10,000 rounds")
}

func scaleColumn(m [][]float64, j int, f float64) {
	for i := range m {
		m[i][j] *= f
	}
}

// ratio is a/b, and 0 where both are 0: a row without seed stays empty.
func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// Sum adds in slice order.
func Sum(xs []float64) float64 {
	var s float64
	for _, x := range xs {
		s += x
	}
	return s
}

// Survive carries a single-year population one year forward by the probabilities q of dying between exact ages: deaths are spread evenly over the
// year, so a person of completed age a lives to completed age a+1 with (1-q[a]/2)(1-q[a+1]/2), the usual approximation of L(a+1)/L(a). The last
// age is open. Age 0 of the result is 0: births are the caller's.
func Survive(pop, q []float64) []float64 {
	n := len(pop)
	out := make([]float64, n)
	for a := range n - 1 {
		out[a+1] += pop[a] * (1 - q[a]/2) * (1 - q[a+1]/2)
	}
	out[n-1] += pop[n-1] * (1 - q[n-1])
	return out
}

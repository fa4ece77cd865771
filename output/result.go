package output

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// Result is a finished result directory, read back and verified.
type Result struct {
	Dir      string
	Manifest Manifest
	Years    []YearRow    // first year first
	Towns    []TownRow    // by year, then in the order of places
	Projects []ProjectRow // by year, then in the order of events; empty when the scenario has none
}

// Open reads the nation and the places of a result directory after it has verified the digests of all Parquet tables; CSV files and the summary are
// copies for people and may have been edited. Errors are *Error of kind ErrNoResult or ErrDamaged.
func Open(dir string) (*Result, error) {
	m, err := ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	r := &Result{Dir: dir, Manifest: m}
	for _, table := range []string{tableAccounts, tableDonors, tableFlows, tableLedger, tableMonths, tableProjects, tableTowns, tableYears} {
		name := table + ".parquet"
		k := slices.IndexFunc(m.Files, func(f File) bool { return f.Name == name })
		if k < 0 && table == tableProjects {
			continue
		}
		if k < 0 {
			return nil, damaged(filepath.Join(dir, manifestName), "does not list "+name, nil)
		}
		if err := verify(filepath.Join(dir, name), m.Files[k]); err != nil {
			return nil, err
		}
	}
	if r.Years, err = readTable[YearRow](dir, tableYears); err != nil {
		return nil, err
	}
	if r.Towns, err = readTable[TownRow](dir, tableTowns); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(m.Files, func(f File) bool { return f.Name == tableProjects+".parquet" }) {
		if r.Projects, err = readTable[ProjectRow](dir, tableProjects); err != nil {
			return nil, err
		}
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	return r, nil
}

// OpenAll opens a result directory, or every result directory directly inside dir (replicates), by name.
func OpenAll(dir string) ([]*Result, error) {
	if _, err := os.Stat(filepath.Join(dir, manifestName)); err == nil {
		r, err := Open(dir)
		if err != nil {
			return nil, err
		}
		return []*Result{r}, nil
	}
	entries, _ := os.ReadDir(dir) // an unreadable dir has no entries here and is explained below
	var list []*Result
	for _, e := range entries {
		sub := filepath.Join(dir, e.Name())
		if _, err := os.Stat(filepath.Join(sub, manifestName)); err != nil || strings.Contains(e.Name(), ".partial-") {
			continue // no result, or one that another run is writing
		}
		r, err := Open(sub)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	if len(list) == 0 {
		_, err := ReadManifest(dir)
		return nil, err
	}
	return list, nil
}

// verify compares size and digest of a file with the manifest.
func verify(path string, want File) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return damaged(path, "is missing", err)
	}
	if err != nil {
		return &Error{Path: path, Problem: "cannot be read: " + cause(err), Hint: "check the permissions of the file", Kind: ErrNoResult, Err: err}
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err != nil {
		return &Error{Path: path, Problem: "cannot be read: " + cause(err), Hint: "check the disk", Kind: ErrNoResult, Err: err}
	}
	if n != want.Bytes {
		return damaged(path, fmt.Sprintf("was changed or damaged: got %d bytes, want %d", n, want.Bytes), nil)
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != want.SHA256 {
		return damaged(path, fmt.Sprintf("was changed or damaged: got sha256 %.12s, want %.12s", got, want.SHA256), nil)
	}
	return nil
}

func readTable[T any](dir, table string) ([]T, error) {
	path := filepath.Join(dir, table+".parquet")
	rows, err := parquet.ReadFile[T](path)
	if err != nil {
		return nil, damaged(path, "is not readable as Parquet: "+err.Error(), err)
	}
	return rows, nil
}

// check verifies that the tables cover the years of the manifest.
func (r *Result) check() error {
	n := r.Manifest.LastYear - r.Manifest.FirstYear + 1
	if len(r.Years) != n || n < 1 || len(r.Towns)%n != 0 || len(r.Towns) == 0 {
		return damaged(r.Dir, fmt.Sprintf("got %d years and %d rows of places, want %d years", len(r.Years), len(r.Towns), n), nil)
	}
	for i, y := range r.Years {
		if int(y.Year) != r.Manifest.FirstYear+i || len(r.places(i)) == 0 || r.places(i)[0].Year != y.Year {
			return damaged(r.Dir, fmt.Sprintf("row %d of the years: got %d, want %d", i, y.Year, r.Manifest.FirstYear+i), nil)
		}
	}
	return nil
}

// places are the rows of the i-th year.
func (r *Result) places(i int) []TownRow {
	n := len(r.Towns) / len(r.Years)
	return r.Towns[i*n : (i+1)*n]
}

// Places are the rows of the places in one year, nil when the result does not have that year.
func (r *Result) Places(year int) []TownRow {
	i := year - r.Manifest.FirstYear
	if i < 0 || i >= len(r.Years) {
		return nil
	}
	return r.places(i)
}

// Summary is the text of summary.txt, made anew from the tables.
func (r *Result) Summary() string {
	latest := slices.DeleteFunc(slices.Clone(r.Projects), func(p ProjectRow) bool { return int(p.Year) != r.Manifest.LastYear })
	return Summarize(r.Manifest, r.Years, r.places(0), r.places(len(r.Years)-1), latest)
}

// Nation is the value of a metric of the years table; false when the year or the metric is not there or the value is null.
func (r *Result) Nation(metric string, year int) (float64, bool) {
	i := year - r.Manifest.FirstYear
	if i < 0 || i >= len(r.Years) {
		return 0, false
	}
	return r.Years[i].Value(metric)
}

// Value is one measurement of the row by its metric name; false when there is none or it is null.
func (y *YearRow) Value(metric string) (float64, bool) {
	return value(reflect.ValueOf(y).Elem(), metric)
}

// Value is one measurement of the row by its metric name; false when there is none or it is null.
func (t *TownRow) Value(metric string) (float64, bool) {
	return value(reflect.ValueOf(t).Elem(), metric)
}

// value looks a measurement up by column name.
func value(row reflect.Value, metric string) (float64, bool) {
	for _, c := range columnsOf(row.Type()) {
		if c.name == metric {
			return number(row.FieldByIndex(c.index))
		}
	}
	return 0, false
}

// number turns a field into a float; int64 amounts stay exact up to 2^53.
func number(v reflect.Value) (float64, bool) {
	switch v.Kind() {
	case reflect.Int64:
		return float64(v.Int()), true
	case reflect.Pointer:
		if v.IsNil() {
			return 0, false
		}
		return v.Elem().Float(), true
	default:
		return 0, false // keys are no measurements
	}
}

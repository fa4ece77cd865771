package output

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"gohyang/sim"
)

const summaryName = "summary.txt"

// Recorder writes the records of one run into a result directory. It implements sim.Observer. Between Create and the end of Close everything is
// in a temporary folder beside the target, named <target>.partial-<random>, so the target appears whole or not at all.
type Recorder struct {
	target  string
	partial string
	parents []string // folders made on the way to the target, deepest last
	frame   Frame
	open    func(path string) (sink, error)
	sinks   []sink // every file opened, for Abort

	years    *tableFile[YearRow]
	towns    *tableFile[TownRow]
	flows    *tableFile[FlowRow]
	donors   *tableFile[DonorRow]
	accounts *tableFile[AccountRow]
	ledger   *tableFile[LedgerRow]
	months   *tableFile[MonthRow]
	persons  *tableFile[PersonRow]  // nil unless WithPersons
	projects *tableFile[ProjectRow] // nil unless the scenario has projects

	nation      []YearRow
	first, last []TownRow    // places in the first and the latest year
	works       []ProjectRow // projects in the latest year
	women       int64        // the nation's women aged 20-39 in the first year
	summary     string
	failed      error // first error; afterwards every call returns it
	closed      bool
}

var _ sim.Observer = (*Recorder)(nil)

// Create starts a recording into the directory target, which must not exist; missing parent folders are made. With csv every table is written as
// CSV too. Errors: *Error of kind ErrExists or ErrUnwritable; a faulty frame.
func Create(target string, frame Frame, csv bool) (*Recorder, error) {
	return newRecorder(target, frame, csv, create)
}

// CheckTarget returns the error of kind ErrExists when there is something at target, so that a caller can refuse before hours of work.
func CheckTarget(target string) error {
	switch _, err := os.Lstat(target); {
	case err == nil:
		return exists(target)
	case errors.Is(err, os.ErrNotExist):
		return nil
	default:
		return unwritable(target, err)
	}
}

func newRecorder(target string, frame Frame, csv bool, open func(string) (sink, error)) (*Recorder, error) {
	if err := frame.check(); err != nil {
		return nil, err
	}
	target = filepath.Clean(target)
	if err := CheckTarget(target); err != nil {
		return nil, err
	}
	r := &Recorder{target: target, frame: frame, open: open}
	if err := r.makeFolder(); err != nil {
		r.Abort()
		return nil, unwritable(target, err)
	}
	if err := r.openTables(csv); err != nil {
		r.Abort()
		return nil, unwritable(target, err)
	}
	return r, nil
}

// makeFolder makes the missing parents and the temporary folder.
func (r *Recorder) makeFolder() error {
	var missing []string
	for dir := filepath.Dir(r.target); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(dir); err == nil || !errors.Is(err, os.ErrNotExist) || dir == filepath.Dir(dir) {
			break
		}
		missing = append(missing, dir)
	}
	for i := len(missing) - 1; i >= 0; i-- {
		if err := os.Mkdir(missing[i], 0o777); err != nil && !errors.Is(err, os.ErrExist) {
			return err
		}
		r.parents = append(r.parents, missing[i])
	}
	var random [4]byte
	rand.Read(random[:]) // never fails; a name only, nothing of the result depends on it
	partial := r.target + ".partial-" + hex.EncodeToString(random[:])
	if err := os.Mkdir(partial, 0o777); err != nil {
		return err
	}
	r.partial = partial
	return nil
}

func (r *Recorder) openTables(csv bool) (err error) {
	if r.years, err = newTableFile[YearRow](tableYears, csv, r.file); err != nil {
		return err
	}
	if r.towns, err = newTableFile[TownRow](tableTowns, csv, r.file); err != nil {
		return err
	}
	if r.flows, err = newTableFile[FlowRow](tableFlows, csv, r.file); err != nil {
		return err
	}
	if r.donors, err = newTableFile[DonorRow](tableDonors, csv, r.file); err != nil {
		return err
	}
	if r.accounts, err = newTableFile[AccountRow](tableAccounts, csv, r.file); err != nil {
		return err
	}
	if r.ledger, err = newTableFile[LedgerRow](tableLedger, csv, r.file); err != nil {
		return err
	}
	if r.months, err = newTableFile[MonthRow](tableMonths, csv, r.file); err != nil || len(r.frame.Projects) == 0 {
		return err
	}
	r.projects, err = newTableFile[ProjectRow](tableProjects, csv, r.file)
	return err
}

// WithPersons makes the recorder write the persons table too: residents by municipality, sex and single year of age, each year as it comes. It is called before
// the first year; with csv the table is written as CSV too. Errors are of kind ErrUnwritable.
func (r *Recorder) WithPersons(csv bool) (err error) {
	if r.persons, err = newTableFile[PersonRow](tablePersons, csv, r.file); err != nil {
		r.failed = unwritable(r.target, err)
	}
	return r.failed
}

// file opens one file of the result.
func (r *Recorder) file(name string) (*digestFile, error) {
	s, err := r.open(filepath.Join(r.partial, name))
	if err != nil {
		return nil, err
	}
	r.sinks = append(r.sinks, s)
	return newDigestFile(name, s), nil
}

// Observe writes one finished year. Years must come one by one in order. An error is final: the result cannot be closed any more.
func (r *Recorder) Observe(rec *sim.Record) error {
	if r.failed != nil {
		return r.failed
	}
	if err := r.frame.fits(rec); err != nil {
		r.failed = err
		return err
	}
	if n := len(r.nation); n > 0 && rec.Year != int(r.nation[n-1].Year)+1 {
		r.failed = fmt.Errorf("year: got %d after %d, want years one by one", rec.Year, r.nation[n-1].Year)
		return r.failed
	}
	if err := r.write(rec); err != nil {
		r.failed = unwritable(r.target, err)
		return r.failed
	}
	return nil
}

func (r *Recorder) write(rec *sim.Record) error {
	towns, accounts, months := r.frame.townRows(rec), accountRows(rec), monthRows(rec)
	year := nationRow(r.frame, towns, accounts, months)
	year.MedianAge, year.Surplus = median(rec.Ages...), year.surplus(rec.Worth)
	if r.first == nil {
		r.first, r.women = towns, year.Women2039
	}
	year.WomenChange = ratio(year.Women2039, r.women)
	for i := range towns {
		towns[i].WomenChange = ratio(towns[i].Women2039, r.first[i].Women2039)
	}
	r.nation = append(r.nation, year)
	r.last, r.works = towns, r.frame.projectRows(rec)
	for _, write := range []func() error{
		func() error { return r.towns.write(towns, true) },
		func() error { return r.flows.write(r.frame.flowRows(rec), true) },
		func() error { return r.years.write([]YearRow{year}, false) },
		func() error { return r.donors.write(r.frame.donorRows(rec), false) },
		func() error { return r.accounts.write(accounts, false) },
		func() error { return r.ledger.write(r.frame.ledgerRows(rec), true) },
		func() error { return r.months.write(months, false) },
		func() error {
			if r.persons == nil {
				return nil
			}
			return r.persons.write(r.frame.personRows(rec), true)
		},
		func() error {
			if r.projects == nil {
				return nil
			}
			return r.projects.write(r.works, false)
		},
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// Years are the rows of the nation recorded so far, first year first. The slice belongs to the recorder.
func (r *Recorder) Years() []YearRow { return r.nation }

// Summary is the text of summary.txt after a successful Close.
func (r *Recorder) Summary() string { return r.summary }

// Close completes the tables, writes summary.txt and run.json, and moves the folder to its target. On any error the temporary folder is removed
// and the target does not exist. Errors are of kind ErrExists or ErrUnwritable, or the error that an Observe returned.
func (r *Recorder) Close(m Manifest) error {
	if r.closed {
		return errors.New("result already closed")
	}
	if r.failed == nil && len(r.nation) == 0 {
		r.failed = errors.New("no year was recorded; there is no result to write")
	}
	if r.failed == nil {
		r.failed = r.complete(m)
	}
	if r.failed != nil {
		r.Abort()
		return r.failed
	}
	r.closed = true
	return nil
}

// complete does the work of Close.
func (r *Recorder) complete(m Manifest) error {
	m.Product, m.Format, m.Metrics = Product, ResultFormat, MetricsVersion
	m.Country, m.FirstYear, m.LastYear = r.frame.Country, int(r.nation[0].Year), int(r.nation[len(r.nation)-1].Year)
	files, err := r.finishTables()
	if err != nil {
		return unwritable(r.target, err)
	}
	r.summary = Summarize(m, r.nation, r.first, r.last, r.works)
	lines := int64(strings.Count(r.summary, "\n"))
	text, err := r.writeText(summaryName, func(f *digestFile) error { _, err := io.WriteString(f, r.summary); return err }, lines)
	if err != nil {
		return unwritable(r.target, err)
	}
	m.Files = append(files, text)
	if _, err := r.writeText(manifestName, func(f *digestFile) error { return m.write(f) }, 0); err != nil {
		return unwritable(r.target, err)
	}
	return r.publish()
}

func (r *Recorder) finishTables() ([]File, error) {
	var all []File
	finishes := []func() ([]File, error){r.accounts.finish, r.donors.finish, r.flows.finish, r.ledger.finish, r.months.finish, r.towns.finish, r.years.finish}
	if r.persons != nil {
		finishes = slices.Insert(finishes, 5, r.persons.finish) // by name
	}
	if r.projects != nil {
		finishes = slices.Insert(finishes, len(finishes)-2, r.projects.finish)
	}
	for _, finish := range finishes {
		files, err := finish()
		if err != nil {
			return nil, err
		}
		all = append(all, files...)
	}
	return all, nil
}

func (r *Recorder) writeText(name string, write func(*digestFile) error, lines int64) (File, error) {
	f, err := r.file(name)
	if err != nil {
		return File{}, err
	}
	if err := write(f); err != nil {
		return File{}, err
	}
	return f.finish(lines)
}

// publish makes the folder durable and gives it its name. Rename replaces neither a file nor a folder with something in it.
func (r *Recorder) publish() error {
	if err := syncFolder(r.partial); err != nil {
		return unwritable(r.target, err)
	}
	if err := CheckTarget(r.target); err != nil {
		return err
	}
	if err := os.Rename(r.partial, r.target); err != nil {
		if CheckTarget(r.target) != nil {
			return exists(r.target)
		}
		return unwritable(r.target, err)
	}
	r.partial = ""
	_ = syncFolder(filepath.Dir(r.target)) // the result is whole under its name; that the name survives a power cut is best effort
	return nil
}

// syncFolder makes names in a folder durable. Windows has no such call and needs none.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) {
		return err // some network file systems cannot sync folders and say so by these two
	}
	return nil
}

// Abort removes everything written so far, with parent folders that Create made and that are empty. After a successful Close it does nothing.
func (r *Recorder) Abort() {
	if r.closed {
		return
	}
	r.closed = true
	if r.failed == nil {
		r.failed = errors.New("the recording was given up")
	}
	for _, s := range r.sinks {
		s.Close() // a second Close is harmless, and nothing written is kept
	}
	if r.partial != "" {
		os.RemoveAll(r.partial)
	}
	for i := len(r.parents) - 1; i >= 0; i-- {
		os.Remove(r.parents[i]) // only when empty
	}
}

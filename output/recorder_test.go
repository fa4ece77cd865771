package output

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gohyang/sim"
)

func TestRoundTrip(t *testing.T) {
	r := openTiny(t, tinyManifest("tiny", 7), 0, 2023, 2024, 2025)
	frame := tinyFrame()
	var towns []TownRow
	var years []YearRow
	for y := 2023; y <= 2025; y++ {
		rec := tinyRecord(y, 0)
		rows := frame.townRows(rec)
		year := nationRow(frame, rows, accountRows(rec), monthRows(rec))
		year.MedianAge, year.WomenChange = median(rec.Ages...), ratio(year.Women2039, 2_800+11_000+52_000)
		year.Surplus = year.surplus(rec.Worth)
		for i := range rows[:3] {
			rows[i].WomenChange = ratio(rows[i].Women2039, []int64{2_800, 11_000, 52_000}[i])
		}
		towns, years = append(towns, rows...), append(years, year)
	}
	if diff := cmp.Diff(towns, r.Towns); diff != "" {
		t.Errorf("towns (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(years, r.Years); diff != "" {
		t.Errorf("years (-want +got):\n%s", diff)
	}
	if got := r.Places(2024); len(got) != 5 || got[1].Code != "01100" || got[1].Population != 100_100 {
		t.Errorf("places of 2024: got %+v", got)
	}
	if r.Places(2022) != nil || r.Places(2026) != nil {
		t.Error("places of a year outside the run: want nil")
	}
	if v, ok := r.Nation("population", 2025); !ok || v != 638_200 { // 58,000 + 100,200 + 480,000
		t.Errorf("population 2025: got %v %v, want 638200", v, ok)
	}
	if _, ok := r.Nation("nation", 2025); ok {
		t.Error("a key is no measurement")
	}
	text, err := os.ReadFile(filepath.Join(r.Dir, summaryName))
	if err != nil || string(text) != r.Summary() {
		t.Errorf("summary.txt differs from Summary(): %v", err)
	}
}

func TestSameBytes(t *testing.T) {
	digests := func(procs int) []File {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		dir := filepath.Join(t.TempDir(), "r")
		recordTiny(t, dir, tinyManifest("tiny", 7), true, 0, 2023, 2024)
		m, err := ReadManifest(dir)
		if err != nil {
			t.Fatal(err)
		}
		run, err := os.ReadFile(filepath.Join(dir, manifestName))
		if err != nil {
			t.Fatal(err)
		}
		return append(m.Files, File{Name: manifestName, SHA256: string(run)})
	}
	if diff := cmp.Diff(digests(1), digests(8)); diff != "" {
		t.Errorf("two recordings of the same records differ:\n%s", diff)
	}
}

func TestManifestGolden(t *testing.T) {
	r := openTiny(t, tinyManifest("tiny", 7), 0, 2023, 2024)
	m := r.Manifest
	for i := range m.Files {
		m.Files[i].Bytes, m.Files[i].SHA256 = 0, "" // proven by TestSameBytes and Open; here only the layout is golden
	}
	var b strings.Builder
	if err := m.write(&b); err != nil {
		t.Fatal(err)
	}
	golden(t, "run.json", b.String())
}

func TestFolders(t *testing.T) {
	parent := t.TempDir()
	target := filepath.Join(parent, "a", "b", "out")
	r, err := Create(target, tinyFrame(), true)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Observe(tinyRecord(2023, 0)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(target); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the target is there before Close")
	}
	if got := names(t, filepath.Dir(target)); len(got) != 1 || !strings.HasPrefix(got[0], "out.partial-") {
		t.Errorf("while recording: got %v, want one out.partial-*", got)
	} else if _, err := Open(filepath.Join(filepath.Dir(target), got[0])); !errors.Is(err, ErrNoResult) {
		t.Errorf("open of a partial folder: got %v, want ErrNoResult", err)
	}
	r.Abort()
	if got := names(t, parent); len(got) != 0 {
		t.Errorf("after Abort: got %v, want nothing, parents made on the way included", got)
	}
	if err := r.Observe(tinyRecord(2024, 0)); err == nil {
		t.Error("observe after Abort: want an error")
	}
	if err := r.Close(tinyManifest("tiny", 1)); err == nil {
		t.Error("close after Abort: want an error")
	}
	recordTiny(t, target, tinyManifest("tiny", 1), false, 0, 2023)
	want := []string{"accounts.parquet", "donors.parquet", "flows.parquet", "ledger.parquet", "months.parquet", "run.json", "summary.txt", "towns.parquet", "years.parquet"}
	if diff := cmp.Diff(want, names(t, target)); diff != "" {
		t.Errorf("files of a result:\n%s", diff)
	}
	if got := names(t, filepath.Dir(target)); len(got) != 1 {
		t.Errorf("after Close: got %v, want the target alone", got)
	}
}

func TestExistingTarget(t *testing.T) {
	target := filepath.Join(t.TempDir(), "out")
	recordTiny(t, target, tinyManifest("tiny", 1), false, 0, 2023)
	_, err := Create(target, tinyFrame(), false)
	if want := target + ": exists already and is never overwritten; choose another --out, or move or delete it"; !errors.Is(err, ErrExists) || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if _, err := Open(target); err != nil {
		t.Errorf("the existing result was touched: %v", err)
	}
}

func TestTargetAppearsMeanwhile(t *testing.T) {
	parent := t.TempDir()
	target := filepath.Join(parent, "out")
	r, err := Create(target, tinyFrame(), false)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Observe(tinyRecord(2023, 0)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(target, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(tinyManifest("tiny", 1)); !errors.Is(err, ErrExists) {
		t.Errorf("got %v, want ErrExists", err)
	}
	if text, _ := os.ReadFile(target); string(text) != "mine" {
		t.Errorf("the other's file: got %q", text)
	}
	if got := names(t, parent); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
}

func TestParentIsFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := Create(filepath.Join(file, "out"), tinyFrame(), false)
	if !errors.Is(err, ErrUnwritable) || !strings.Contains(err.Error(), "is a file, not a folder; choose another --out") {
		t.Errorf("got %v", err)
	}
}

// failingSink stands for a disk: all its files together take room bytes, and one of its calls fails with err.
type failingSink struct {
	sink
	room *int
	err  error
	call string
}

func (f failingSink) Write(p []byte) (int, error) {
	if *f.room -= len(p); f.call == "write" && *f.room < 0 {
		return 0, &fs.PathError{Op: "write", Path: "secret", Err: f.err}
	}
	return f.sink.Write(p)
}

func (f failingSink) Sync() error {
	if f.call == "sync" && *f.room < 0 {
		return &fs.PathError{Op: "sync", Path: "secret", Err: f.err}
	}
	return f.sink.Sync()
}

func TestFullDisk(t *testing.T) {
	size := func() int { // bytes of a whole result
		used := 0
		if err := recordOn(t.TempDir(), "", &used, nil); err != nil {
			t.Fatal(err)
		}
		return -used
	}()
	for _, c := range []struct {
		call string
		err  error
		want string
	}{
		{"write", syscall.ENOSPC, "the disk is full; nothing was kept; free some space or choose an --out on another disk"},
		{"write", syscall.EDQUOT, "the disk is full; nothing was kept; free some space or choose an --out on another disk"},
		{"write", syscall.EROFS, "may not be written here: read-only file system; choose an --out in a folder of your own"},
		{"write", syscall.EIO, "cannot be written: input/output error; nothing was kept; choose another --out"},
		{"sync", syscall.ENOSPC, "the disk is full; nothing was kept; free some space or choose an --out on another disk"},
	} {
		for _, room := range []int{0, 3, 100, size / 3, size / 2, size - 2000, size - 1} { // "sync" fails at the first call once the room is used up
			parent := t.TempDir()
			left := room
			err := recordOn(parent, c.call, &left, c.err)
			if err == nil {
				t.Errorf("%s %v with room for %d of %d bytes: no error", c.call, c.err, room, size)
				continue
			}
			if want := filepath.Join(parent, "out") + ": " + c.want; err.Error() != want || !errors.Is(err, ErrUnwritable) || !errors.Is(err, c.err) {
				t.Errorf("%s %v: got  %v\nwant %s", c.call, c.err, err, want)
			}
			if got := names(t, parent); len(got) != 0 {
				t.Errorf("%s %v: left behind %v", c.call, c.err, got)
			}
		}
	}
}

// recordOn records two years on a failing disk.
func recordOn(parent, call string, room *int, err error) error {
	open := func(path string) (sink, error) {
		s, openErr := create(path)
		return failingSink{s, room, err, call}, openErr
	}
	r, createErr := newRecorder(filepath.Join(parent, "out"), tinyFrame(), true, open)
	if createErr != nil {
		return createErr
	}
	defer r.Abort()
	for y := 2023; y <= 2024; y++ {
		if err := r.Observe(tinyRecord(y, 0)); err != nil {
			if again := r.Close(Manifest{}); again != err {
				return fmt.Errorf("close after a failed year: got %v, want %v", again, err)
			}
			return err
		}
	}
	return r.Close(tinyManifest("tiny", 1))
}

func TestOpenFails(t *testing.T) {
	r, err := newRecorder(filepath.Join(t.TempDir(), "out"), tinyFrame(), false, func(string) (sink, error) {
		return nil, &fs.PathError{Op: "open", Path: "secret", Err: syscall.EACCES}
	})
	if r != nil || !errors.Is(err, ErrUnwritable) || !strings.HasSuffix(err.Error(), "out: may not be written here: permission denied; choose an --out in a folder of your own") {
		t.Errorf("got %v", err)
	}
}

func TestBadRecords(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*sim.Record)
		want  string
	}{
		"places":  {func(r *sim.Record) { r.Towns = r.Towns[:4] }, "year 2024: got 4 places, want 5"},
		"flow":    {func(r *sim.Record) { r.Flows[1].Dest = 5 }, "year 2024: flow 1: got origin 1 and destination 5, want less than 2 and 5"},
		"band":    {func(r *sim.Record) { r.Donors[0].Age = 2 }, "year 2024: donors cell 0: got bands 2, 0, 0, want less than 2, 2, 2"},
		"account": {func(r *sim.Record) { r.Accounts[3].Towns++ }, `year 2024: account "relief.town": sectors sum to 1, want 0`},
		"entry":   {func(r *sim.Record) { r.Accounts[0].Entry = "bribe" }, `year 2024: account "bribe": unknown entry, which belongs to no perimeter`},
		"line":    {func(r *sim.Record) { r.Ledger[1].Place = 5 }, `year 2024: ledger line 1 (donation): got place 5, want less than 5`},
		"year":    {func(r *sim.Record) { r.Year = 2026 }, "year: got 2026 after 2023, want years one by one"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := Create(filepath.Join(t.TempDir(), "out"), tinyFrame(), false)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Abort()
			if err := r.Observe(tinyRecord(2023, 0)); err != nil {
				t.Fatal(err)
			}
			rec := tinyRecord(2024, 0)
			c.spoil(rec)
			if err := r.Observe(rec); err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if err := r.Close(Manifest{}); err == nil || err.Error() != c.want {
				t.Errorf("close: got %v, want the same error", err)
			}
		})
	}
	if r, err := Create(filepath.Join(t.TempDir(), "out"), tinyFrame(), false); err != nil || r.Close(Manifest{}) == nil {
		t.Errorf("close without a year: want an error (create: %v)", err)
	}
}

func TestCSV(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	recordTiny(t, dir, tinyManifest("tiny", 1), true, 0, 2023, 2024)
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "towns.csv"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	if !strings.HasPrefix(text, "\xEF\xBB\xBFyear,code,") {
		t.Errorf("start: got %q, want the UTF-8 byte order mark and the heading", text[:20])
	}
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") || strings.Count(text, "\n") != 11 {
		t.Errorf("got %d line ends, %d of them CRLF, want 11", strings.Count(text, "\n"), strings.Count(text, "\r\n"))
	}
	cells, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, bom))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	columns := columnsOf(reflect.TypeFor[TownRow]())
	for i, row := range r.Towns {
		for k, col := range columns {
			if want := cell(reflect.ValueOf(row).FieldByIndex(col.index)); cells[i+1][k] != want || cells[0][k] != col.name {
				t.Errorf("row %d %s: got %q under %q, want %q", i, col.name, cells[i+1][k], cells[0][k], want)
			}
		}
	}
	if got := cells[2][:7]; !cmp.Equal(got, []string{"2023", "01100", "泉佐野市", "11000", "서울특별시", "municipality", "city"}) {
		t.Errorf("keys: got %v", got)
	}
	for _, table := range []string{tableYears, tableFlows, tableDonors, tableAccounts, tableLedger, tableMonths} {
		if data, err := os.ReadFile(filepath.Join(dir, table+".csv")); err != nil || !strings.HasPrefix(string(data), bom) {
			t.Errorf("%s.csv: no byte order mark (%v)", table, err)
		}
	}
}

package output

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
)

// secondReader is set where the second reader must be there (.ci/run): then its absence is a failure.
const secondReader = "GOHYANG_SECOND_READER"

// foreign is one table as testdata/reader/read.mjs prints it.
type foreign struct {
	CreatedBy string `json:"created_by"`
	Columns   []struct {
		Name, Type, Codec string
		Nullable          bool
	}
	Groups []any
	Rows   []map[string]any
}

// TestSecondReader: hyparquet (JavaScript, no code shared with the writer) reads every table with the same columns, types, nulls and values.
func TestSecondReader(t *testing.T) {
	script := filepath.Join("testdata", "reader", "read.mjs")
	_, nodeErr := exec.LookPath("node")
	_, moduleErr := os.Stat(filepath.Join("testdata", "reader", "node_modules", "hyparquet"))
	if nodeErr != nil || moduleErr != nil {
		message := fmt.Sprintf("the second Parquet reader is not installed (node: %v; module: %v): run npm ci --prefix output/testdata/reader", nodeErr, moduleErr)
		if os.Getenv(secondReader) != "" {
			t.Fatal(message)
		}
		t.Skip(message + "; .ci/run does so and sets " + secondReader + "=1, which makes this a failure")
	}
	dir := filepath.Join(t.TempDir(), "out")
	recordTiny(t, dir, tinyManifest("tiny", 1), false, 0, 2023, 2024)
	tables := []string{tableYears, tableTowns, tableFlows, tableDonors, tableAccounts, tableMonths, tableLedger}
	args := []string{script}
	for _, table := range tables {
		args = append(args, filepath.Join(dir, table+".parquet"))
	}
	text, err := exec.Command("node", args...).Output()
	if exit, ok := err.(*exec.ExitError); ok {
		t.Fatalf("%v\n%s", err, exit.Stderr)
	} else if err != nil {
		t.Fatal(err)
	}
	var got []foreign
	if err := json.Unmarshal(text, &got); err != nil || len(got) != len(tables) {
		t.Fatalf("%d tables, %v", len(got), err)
	}
	sameTable[YearRow](t, dir, tableYears, got[0], 1)
	sameTable[TownRow](t, dir, tableTowns, got[1], 2)
	sameTable[FlowRow](t, dir, tableFlows, got[2], 2)
	sameTable[DonorRow](t, dir, tableDonors, got[3], 1)
	sameTable[AccountRow](t, dir, tableAccounts, got[4], 1)
	sameTable[MonthRow](t, dir, tableMonths, got[5], 1)
	sameTable[LedgerRow](t, dir, tableLedger, got[6], 2)
}

// sameTable compares what the second reader saw with what was recorded.
func sameTable[T any](t *testing.T, dir, table string, got foreign, groups int) {
	t.Helper()
	rows, err := parquet.ReadFile[T](filepath.Join(dir, table+".parquet"))
	if err != nil || len(rows) == 0 {
		t.Fatalf("%s: %d rows, %v", table, len(rows), err)
	}
	physical := map[reflect.Kind]string{reflect.Int32: "INT32", reflect.Int64: "INT64", reflect.String: "BYTE_ARRAY", reflect.Pointer: "DOUBLE"}
	columns := columnsOf(reflect.TypeFor[T]())
	if len(got.Columns) != len(columns) || len(got.Rows) != len(rows) || len(got.Groups) != groups || got.CreatedBy != "gohyang version 1(build 0)" {
		t.Fatalf("%s: got %d columns, %d rows, %d row groups by %q, want %d, %d, %d", table, len(got.Columns), len(got.Rows), len(got.Groups), got.CreatedBy,
			len(columns), len(rows), groups)
	}
	for k, c := range columns {
		kind := reflect.TypeFor[T]().FieldByIndex(c.index).Type.Kind()
		if g := got.Columns[k]; g.Name != c.name || g.Type != physical[kind] || g.Nullable != (kind == reflect.Pointer) || g.Codec != "ZSTD" {
			t.Errorf("%s column %d: got %+v, want %s of %s", table, k, g, c.name, physical[kind])
		}
	}
	for i := range rows {
		want := map[string]any{}
		for _, c := range columns {
			want[c.name] = foreignValue(reflect.ValueOf(rows[i]).FieldByIndex(c.index))
		}
		if diff := cmp.Diff(want, got.Rows[i]); diff != "" {
			t.Errorf("%s row %d (-want +got):\n%s", table, i, diff)
		}
	}
}

// foreignValue is a value as it comes out of JSON: 64-bit integers as text, other numbers as float64, null as nil.
func foreignValue(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Int32:
		return float64(v.Int())
	case reflect.Int64:
		return fmt.Sprint(v.Int())
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return v.Elem().Float()
	default:
		return v.String()
	}
}

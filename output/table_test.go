package output

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
)

func TestWidth(t *testing.T) {
	for text, want := range map[string]int{"": 0, "abc": 3, "고흥군": 6, "泉佐野市": 8, "Goheung 고흥군": 14, "が": 2, "ｶﾞ": 2, "±1": 2, "é": 1} {
		if got := Width(text); got != want {
			t.Errorf("%q: got %d, want %d", text, got, want)
		}
	}
}

// TestWidthIgnoresEnvironment: the bytes of summary.txt must not depend on a terminal's settings, which the library reads at its start into this variable.
func TestWidthIgnoresEnvironment(t *testing.T) {
	before := *runewidth.DefaultCondition
	defer func() { *runewidth.DefaultCondition = before }()
	runewidth.DefaultCondition.EastAsianWidth = true
	if runewidth.StringWidth("±") != 2 {
		t.Fatal("the setting has no effect any more: this test proves nothing")
	}
	if got := Width("±"); got != 1 {
		t.Errorf("got %d, want 1", got)
	}
}

func TestTable(t *testing.T) {
	table := NewTable(Left("place"), Right("net"), Left("note"))
	table.Add("고흥군", "1,234.5", "한글")
	table.Add("泉佐野市", "-7")
	table.Add("two\nlines\t", "0", "end ")
	want := `
place          net  note
고흥군     1,234.5  한글
泉佐野市        -7
two lines        0  end
`
	if got := "\n" + table.String(); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	column := -1
	for _, line := range strings.Split(strings.TrimSpace(table.String()), "\n") { // every number ends in the same display column
		for _, number := range []string{"net", "1,234.5", "-7", "0  end"} {
			if i := strings.Index(line, number); i > 0 {
				end := Width(line[:i]) + len(strings.Fields(number)[0])
				if column < 0 {
					column = end
				}
				if end != column {
					t.Errorf("%q ends at column %d, want %d", number, end, column)
				}
			}
		}
	}
	bare := NewTable(Left(""), Right(""))
	bare.Add("a", "1")
	if got := bare.String(); got != "a  1\n" {
		t.Errorf("without heads: got %q", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("too many cells: want a panic")
		}
	}()
	bare.Add("a", "b", "c")
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Int(0), "0"}, {Int(999), "999"}, {Int(1000), "1,000"}, {Int(-1234567), "-1,234,567"}, {Int(math.MinInt64), "-9,223,372,036,854,775,808"},
		{Decimal(1234.56, 1), "1,234.6"}, {Decimal(-0.04, 1), "0.0"}, {Decimal(-100, 0), "-100"}, {Decimal(0.5, 0), "0"},
		{Decimal(math.NaN(), 1), "-"}, {Decimal(math.Inf(1), 1), "-"}, {optional(nil, 2), "-"}, {percent(ratio(1, 8), 1), "12.5"},
		{nationUnit("kr").money(87_930_000_000), "879.3"}, {nationUnit("jp").name, "億円"}, {placeUnit("jp").money(-1_500_000), "-1.5"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// TestNoDictionaries: parquet-go fills dictionaries in another order with vector instructions than without, so a dictionary-encoded column has other bytes on
// amd64 than on arm64. zstd makes up for their absence.
func TestNoDictionaries(t *testing.T) {
	for _, row := range []any{YearRow{}, TownRow{}, FlowRow{}, DonorRow{}, AccountRow{}, LedgerRow{}, MonthRow{}, PersonRow{}} {
		for _, f := range reflect.VisibleFields(reflect.TypeOf(row)) {
			if strings.Contains(f.Tag.Get("parquet"), ",dict") {
				t.Errorf("%T.%s is dictionary-encoded", row, f.Name)
			}
		}
	}
}

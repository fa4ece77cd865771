package output

import (
	"math"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"gohyang/sim/budget"
)

// rowTypes are the row structs by table.
func rowTypes() map[string]reflect.Type {
	return map[string]reflect.Type{
		tableYears: reflect.TypeFor[YearRow](), tableTowns: reflect.TypeFor[TownRow](), tableFlows: reflect.TypeFor[FlowRow](),
		tableDonors: reflect.TypeFor[DonorRow](), tableAccounts: reflect.TypeFor[AccountRow](), tableMonths: reflect.TypeFor[MonthRow](),
		tableLedger:  reflect.TypeFor[LedgerRow](),
		tablePersons: reflect.TypeFor[PersonRow](), tableProjects: reflect.TypeFor[ProjectRow](),
	}
}

// TestMetricsDocumentColumns: every column is documented for its table and every documented metric is a column of the tables it names.
func TestMetricsDocumentColumns(t *testing.T) {
	documented := map[string]Metric{}
	for _, m := range Metrics() {
		if _, twice := documented[m.Name]; twice {
			t.Errorf("%s is documented twice", m.Name)
		}
		documented[m.Name] = m
		if m.Meaning == "" || m.Unit == "" || len(m.Tables) == 0 {
			t.Errorf("%s: meaning, unit or tables missing: %+v", m.Name, m)
		}
		if !regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$`).MatchString(m.Name) {
			t.Errorf("%s: want lower case words joined by dots", m.Name)
		}
		for _, table := range m.Tables {
			if rowTypes()[table] == nil || !slices.ContainsFunc(columnsOf(rowTypes()[table]), func(c column) bool { return c.name == m.Name }) {
				t.Errorf("%s: no such column in table %s", m.Name, table)
			}
		}
	}
	for table, row := range rowTypes() {
		for _, c := range columnsOf(row) {
			if m, ok := documented[c.name]; !ok || !slices.Contains(m.Tables, table) {
				t.Errorf("column %s of table %s is not documented", c.name, table)
			}
		}
	}
}

// TestMetricKinds: what adds over places is an integer, what does not is a nullable ratio, keys are text or small integers.
func TestMetricKinds(t *testing.T) {
	for table, row := range rowTypes() {
		for _, c := range columnsOf(row) {
			m, _ := FindMetric(c.name)
			want := []string{"int64"}
			if m.Key {
				want = []string{"string", "int32"}
			} else if !m.Sums {
				want = []string{"*float64"}
			}
			if got := row.FieldByIndex(c.index).Type.String(); !slices.Contains(want, got) {
				t.Errorf("%s of %s is %s, want one of %v", c.name, table, got, want)
			}
		}
	}
	if _, ok := FindMetric("donations"); ok {
		t.Error("FindMetric finds what is not there")
	}
}

// TestAddCoversEveryField fails when a new count is forgotten in add.
func TestAddCoversEveryField(t *testing.T) {
	var sum, one Measures
	v := reflect.ValueOf(&one).Elem()
	for i := range v.NumField() {
		v.Field(i).SetInt(int64(i + 1))
	}
	sum.add(&one)
	sum.add(&one)
	for i := range v.NumField() {
		if got := reflect.ValueOf(sum).Field(i).Int(); got != int64(2*(i+1)) {
			t.Errorf("%s: got %d after adding %d twice", v.Type().Field(i).Name, got, i+1)
		}
	}
}

// TestMeasureCoversEveryField fails when a field of the record reaches no column.
func TestMeasureCoversEveryField(t *testing.T) {
	rec := tinyRecord(2023, 0)
	town := reflect.ValueOf(&rec.Towns[0]).Elem()
	for i := range town.NumField() {
		before := tinyFrame().townRows(rec)[0]
		f, name := town.Field(i), town.Type().Field(i).Name
		switch f.Kind() {
		case reflect.Int64:
			f.SetInt(f.Int() + 1)
		case reflect.Float64:
			f.SetFloat(f.Float() + 1)
		case reflect.Array:
			f.Index(f.Len() - 1).SetInt(f.Index(f.Len()-1).Int() + 1)
		default:
			t.Fatalf("%s: kind %s", name, f.Kind())
		}
		if reflect.DeepEqual(before, tinyFrame().townRows(rec)[0]) {
			t.Errorf("Town.%s changes no column", name)
		}
	}
}

func TestNationRow(t *testing.T) {
	frame, rec := tinyFrame(), tinyRecord(2024, 0)
	y := nationRow(frame, frame.townRows(rec), accountRows(rec), monthRows(rec))
	near := func(name string, want float64) {
		t.Helper()
		if got, ok := y.Value(name); !ok || math.Abs(got-want) > 1e-12*math.Abs(want) {
			t.Errorf("%s: got %v %v, want %v", name, got, ok, want)
		}
	}
	near("population", 59_000+100_100+480_000)
	near("donations.received.amount", 2_000_000_000)
	near("extinction.index", (2_800.0+11_000+52_000)/(28_000+25_000+80_000)) // of the sums, not the sum or mean of 0.1, 0.44 and 0.65
	near("services", 1.01)                                                   // all alike
	near("gift.ratio", 0.3)
	near("donations.december.share", 470.0/1020)
	near("donations.per_record", 1_020_000_000.0/10_200) // given: 20, 400 and 600 million in records of 100,000
	near("donations.top20.share", 1)
	// Receipts of the four that may receive, ascending: 0, 300, 500, 1200 million. G = 2 (2*300 + 3*500 + 4*1200) / (4*2000) - 5/4 = 0.475
	near("donations.gini", 0.475)
	// Perimeters by hand from the fixture's accounts: recipients 1,020 - 306 - 51; local - 91.8 + 45.9; public - 826.2 - 45.9 (millions).
	near("perimeter.recipients", 663_000_000)
	near("perimeter.local", 617_100_000)
	near("perimeter.public", -255_000_000)
	if got := y.surplus(rec.Worth); got != 918_000_000+244_800_000+40_000_000-2_000_000_000 { // relief of 918 million, gifts of 306 at 0.8, points of 40, less receipts
		t.Errorf("donors' surplus %d", got)
	}
	near("sector.producers", 306_000_000)
	near("sector.suppliers", 0) // without the fund's spending
	// Places with a capacity of 3/4 of need live on 15, 90, 900 and 30 billion of own revenue, a quarter of it in allocation tax and half in grants; 제주시 has no budget.
	own := 15e9 + 90e9 + 900e9 + 30e9 - (1_800_000 + 36_000_000)
	near("fiscal.strength", 0.75)
	near("allocation.tax", 1035e9/4)
	near("self_reliance", own/(own+1035e9*3/4+(1_800_000+36_000_000)/2-(1_800_000+36_000_000)/10))
	near("self_reliance.giving", (own+2e9*0.64+(1_800_000+36_000_000)/10)/float64(y.Revenue)) // with what the redistribution moved
}

// TestPerimetersKnowEveryKind: whatever the accounts book belongs to a perimeter or, said so, to none.
func TestPerimetersKnowEveryKind(t *testing.T) {
	for k := range budget.NumKinds {
		if recipient, residence, known := perimeters(k.String()); !known || recipient && residence {
			t.Errorf("%s: recipients %t, residence %t, known %t", k, recipient, residence, known)
		}
	}
}

func TestConcentration(t *testing.T) {
	for _, c := range []struct {
		ascending []int64
		gini, top float64
	}{
		{[]int64{5, 5, 5, 5}, 0, 0.5},    // equal
		{[]int64{0, 0, 0, 8}, 0.75, 1},   // one has all: (n-1)/n
		{[]int64{1, 2, 3, 4}, 0.25, 0.7}, // 2*30/(4*10) - 5/4
		{[]int64{7}, 0, 1},               // fewer than asked
	} {
		if got := topShare(c.ascending, 2); math.Abs(*got-c.top) > 1e-5 {
			t.Errorf("%v: top 2 share got %v, want %v", c.ascending, *got, c.top)
		}
		if got := gini(c.ascending); math.Abs(*got-c.gini) > 1e-15 {
			t.Errorf("%v: gini got %v, want %v", c.ascending, *got, c.gini)
		}
	}
	if gini([]int64{0, 0}) != nil || topShare(nil, 20) != nil {
		t.Error("nothing received: want null")
	}
	big := make([]int64, 1_800)
	for i := range big {
		big[i] = 6_172_840 * int64(i+1) // sums to 10^13; linear: G = (n-1)/(3n)
	}
	if g := *gini(big); math.Abs(g-1_799.0/5_400) > 1e-12 {
		t.Errorf("linear receipts of 10^13: got %v, want 1799/5400", g)
	}
}

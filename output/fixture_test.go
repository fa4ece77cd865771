package output

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gohyang/sim"
)

var update = flag.Bool("update", false, "rewrite the golden files of this package")

// All figures of the fixture are invented; expectations in the tests are worked out by hand or recomputed from the record.

// tinyFrame has three municipalities, one of which may not receive, in two provinces that are places as well.
func tinyFrame() Frame {
	return Frame{
		Country: "kr", NumTowns: 3,
		Places: []Place{
			{Code: "46770", Name: "고흥군", Class: "gun", Province: 1, Recipient: true},
			{Code: "01100", Name: "泉佐野市", Class: "city", Province: 0, Recipient: true}, // a leading zero and a Japanese name on purpose
			{Code: "50110", Name: "제주시", Class: "admin_city", Province: 0},
			{Code: "11000", Name: "서울특별시", Class: "metro", Province: 0, Recipient: true},
			{Code: "46000", Name: "전라남도", Class: "province", Province: 1, Recipient: true},
		},
		Provinces: []Province{{"11000", "서울특별시"}, {"46000", "전라남도"}},
		Ages:      []string{"under 30", "30 and over"},
		Incomes:   []string{"low", "high"},
		Amounts:   []string{"up to 100,000", "over 100,000"},
	}
}

// tinyRecord is the year of a nation whose figures grow with the year and with plus, which stands for another scenario or seed.
func tinyRecord(year int, plus int64) *sim.Record {
	n := int64(year - 2023)
	town := func(pop, old, women, received, records, given, tax int64) sim.Town {
		gifts, fees, oper := received*3/10, received/20, received/100
		relief := given * 9 / 10
		borne := relief / 10
		return sim.Town{
			Population: pop, ByAge: [3]int64{pop / 10, pop - pop/10 - old, old}, Women2039: women, Births: pop / 200, Deaths: pop / 100, MovesIn: pop / 20,
			MovesOut: pop / 16, Arrivals: pop / 300, Departures: pop / 400, Considering: pop / 8, Donors: pop / 50, NewDonors: pop / 100,
			ReceivedRecords: records, ReceivedAmount: received, Repeat: records / 3, GivenRecords: given / 100_000, GivenAmount: given, Relief: relief,
			ReliefState: relief - borne, ReliefTown: borne, Gifts: gifts, Fees: fees, Operating: oper, Points: received / 50, Compensation: borne / 2,
			PoolLoss: borne / 10, Redistribution: borne / 10, Net: received - gifts - fees - oper - borne + borne/2,
			Fund: received / 2, Spent: received / 4, LocalIncome: gifts, Services: 1 + float64(n)/100, GiftRatio: 0.3,
			Ties: [6]int64{0, records, records / 2, records / 4, records / 8, records / 16}, LocalTax: tax, Own: tax, Allocation: tax / 4, Grants: tax / 2,
			Revenue: tax + tax/4 + tax/2 + received - gifts - fees - oper - borne + borne/2, Need: tax, Capacity: tax * 3 / 4, Strength: 0.75,
		}
	}
	r := &sim.Record{Year: year, Towns: []sim.Town{
		town(60_000-1_000*n, 28_000, 2_800, 1_200_000_000+plus, 11_000+n, 20_000_000, 15_000_000_000),
		town(100_000+100*n, 25_000, 11_000, 300_000_000, 2_000, 400_000_000, 90_000_000_000),
		town(480_000, 80_000, 52_000, 0, 0, 600_000_000, 0),
		town(0, 0, 0, 500_000_000, 5_000, 0, 900_000_000_000),
		town(0, 0, 0, 0, 0, 0, 30_000_000_000),
	}}
	r.Towns[2].Net, r.Towns[2].Revenue, r.Towns[2].ReliefTown, r.Towns[2].Compensation = -54_000_000, 0, 54_000_000, 0
	r.Ages = make([]sim.Ages, 3) // the persons of the broad ages, spread over a few single ones
	for i := range r.Ages {
		w := &r.Towns[i]
		r.Ages[i][0][10], r.Ages[i][1][30], r.Ages[i][0][50] = w.ByAge[0], w.Women2039, w.ByAge[1]-w.Women2039
		r.Ages[i][1][70], r.Ages[i][1][110] = w.ByAge[2]-5, 5
	}
	r.Flows = []sim.Flow{{Origin: 0, Dest: 0, Records: 9_000, Amount: 1_000_000_000}, {Origin: 1, Dest: 3, Records: 10, Amount: 20_000_000}}
	r.Donors = []sim.DonorRow{{Age: 0, Income: 0, Amount: 0, Donors: 4_000, Given: 400_000_000, Relief: 400_000_000},
		{Age: 1, Income: 1, Amount: 1, Donors: 900, Given: 620_000_000, Relief: 300_000_000}}
	r.Accounts = []sim.Account{
		{Entry: "donation", Donors: -1_020_000_000, Towns: 1_000_000_000, Provinces: 20_000_000},
		{Entry: "gift", Towns: -306_000_000, Producers: 306_000_000},
		{Entry: "fee", Towns: -40_000_000, Provinces: -11_000_000, Platforms: 51_000_000},
		{Entry: "relief.town", Donors: 91_800_000, Towns: -91_800_000},
		{Entry: "relief.state", Donors: 826_200_000, State: -826_200_000},
		{Entry: "compensation", Towns: 45_900_000, State: -45_900_000},
		{Entry: "fund.spending", Towns: -300_000_000, Suppliers: 300_000_000}, // in no perimeter
	}
	r.Worth = 244_800_000 // gifts of 306 million at 0.8
	r.Ledger = []sim.Line{{Entry: "donation", Place: 1, From: "donors", To: "towns", Amount: 1_000_000_000},
		{Entry: "donation", Place: 4, From: "donors", To: "provinces", Amount: 20_000_000}}
	for m := range r.Months {
		r.Months[m] = sim.Month{Records: 500, Amount: 50_000_000}
	}
	r.Months[11] = sim.Month{Records: 4_700, Amount: 470_000_000}
	return r
}

// tinyManifest is what a command would fill in.
func tinyManifest(scenario string, seed uint64) Manifest {
	return Manifest{
		Version: "v0.1.0", Commit: "0123456789ab", Scenario: scenario, Title: "A tiny nation",
		ScenarioDigest: "aa11", FactsDigest: "bb22", LawDigest: "cc33", Seed: seed, Scale: 0.02, Weight: 50,
		Settings: []Setting{{"run.seed", "1", "kr-baseline.toml:4"}, {"cap", "20000000", "law/kr.toml:12 <소득세법 & 고향사랑기부금법>"}},
	}
}

// recordTiny records the years into dir and closes.
func recordTiny(t *testing.T, dir string, m Manifest, csv bool, plus int64, years ...int) {
	t.Helper()
	r, err := Create(dir, tinyFrame(), csv)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Abort()
	for _, y := range years {
		if err := r.Observe(tinyRecord(y, plus)); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(m); err != nil {
		t.Fatal(err)
	}
}

// openTiny records and opens.
func openTiny(t *testing.T, m Manifest, plus int64, years ...int) *Result {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "r")
	recordTiny(t, dir, m, false, plus, years...)
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// golden compares text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s\nrun this package's tests with -update if the change is meant", path, diff)
	}
}

// names lists a folder, nil when it is missing.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

package law

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"
)

// households are the household types of MIC's table of limits (全額控除されるふるさと納税額の目安): 高校生 is 16 to 18 years old, 大学生 19 to 22.
var households = map[string]Household{
	"single_or_dual":          {},
	"couple":                  {Spouse: true},
	"dual_child_hs":           {Dependants: []int{17}},
	"dual_children_univ_hs":   {Dependants: []int{20, 17}},
	"couple_children_univ_hs": {Spouse: true, Dependants: []int{20, 17}},
}

// table reads a CSV file of testdata as one map a row.
func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, head := range rows[0] {
			m[head] = row[i]
		}
		out = append(out, m)
	}
	return out
}

func money(t *testing.T, s string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// Every published cell of MIC's table of limits, which rounds down to 1,000 yen; source in the file, collected in ../shared/reference/jp/limits_table.csv.
// The cell for 100 million yen is a press figure under the law of 2027, "438万円", rounded to 10,000 yen. The table holds for the rules of 2020-2024.
func TestPublishedLimits(t *testing.T) {
	laws := map[int]*Law{2021: lawOf(t, Japan, 2021), 2024: lawOf(t, Japan, 2024)}
	press := lawOf(t, Japan, 2024, func(r *Rules) { r.Credit.CeilingAbsolute = 1_930_000 })
	cells := 0
	for _, row := range table(t, "jp_limits.csv") {
		gross, want := int64(money(t, row["salary_income_jpy"])), int64(money(t, row["published_limit_jpy"]))
		h, ok := households[row["household_type"]]
		if !ok {
			t.Fatalf("household %q", row["household_type"])
		}
		cells++
		if gross == 100_000_000 {
			if got := (press.Taxpayer(gross, h).Limit + 5_000) / 10_000 * 10_000; got != want {
				t.Errorf("%d %s: limit %d, want %d", gross, row["household_type"], got, want)
			}
			continue
		}
		for year, l := range laws {
			if got := l.Taxpayer(gross, h).Limit / 1_000 * 1_000; got != want {
				t.Errorf("%d: %d %s: limit %d, want %d", year, gross, row["household_type"], got, want)
			}
		}
	}
	if cells != 97 {
		t.Errorf("%d published cells, want 97", cells)
	}
}

// Every row of the vectors made by MIC's simulation workbook (rules of 2021), ../shared/reference/jp/deduction_test_vectors.csv. The workbook does not round the
// parts of the credit, which have up to two decimals: the total agrees to half a yen, each part to less than one yen, all else exactly.
func TestWorkbookVectors(t *testing.T) {
	l := lawOf(t, Japan, 2021)
	rows := table(t, "jp_vectors.csv")
	if len(rows) != 209 {
		t.Errorf("%d rows, want 209", len(rows))
	}
	for _, row := range rows {
		h, ok := households[row["household_type"]]
		if !ok {
			t.Fatalf("household %q", row["household_type"])
		}
		num := func(column string) float64 { return money(t, row[column]) }
		p := l.Taxpayer(int64(num("salary_income_jpy")), h)
		d := int64(num("donation"))
		parts := l.Parts(&p, d, 0, true)
		total := l.Relief(&p, d, true, false).Total()
		for _, c := range []struct {
			column string
			got    float64
			within float64
		}{
			{"employment_income", float64(l.tax.income(p.Gross)), 0},
			{"social_insurance_deduction", float64(l.tax.social.at(p.Gross)), 0},
			{"resident_income_levy_after_adjust", float64(p.Local), 0},
			{"income_tax_taxable_income", float64(p.Taxable), 0},
			{"income_tax_marginal_rate_incl_2p1pct", float64(p.Margin) / million, 0},
			{"special_cap_20pct", float64(l.ceiling(&p)), 0},
			{"limit_raw", float64(p.Limit), 0.9999},
			{"income_tax_saving", float64(parts.State), 0.5},
			{"resident_basic_credit", float64(parts.Basic), 0.5},
			{"resident_special_credit", float64(parts.Special), 0.9999},
			{"total_saving", float64(total), 0.5},
			{"self_burden", float64(d - total), 0.5},
		} {
			if want := num(c.column); math.Abs(c.got-want) > c.within+1e-9 {
				t.Errorf("%s %s, donation %d: %s %v, want %v", row["salary_income_jpy"], row["household_type"], d, c.column, c.got, want)
			}
		}
	}
}

// One donor by hand: 5 million yen a year, single. Pay less deduction 3,560,000 (2014: 3,460,000), social insurance 750,000, resident taxable income 2,380,000, levy
// 238,000 - 2,500 = 235,500, marginal rate 10.21% (2010: 10%). The ceiling is 47,100 yen (before 2015: 23,550).
func TestJapaneseLimitThroughTime(t *testing.T) {
	for year, want := range map[int]int64{
		2010: 34_437, // 23,550 / 80% + 5,000
		2012: 31_437, // the floor is 2,000
		2014: 31_514, // 23,550 / 79.79% + 2,000: the surtax started in 2013
		2015: 61_029, // 47,100 / 79.79% + 2,000
		2024: 61_029,
		2025: 61_029, // the basic deduction of the reform moves no bracket here
	} {
		p := lawOf(t, Japan, year).Taxpayer(5_000_000, Household{})
		if p.Local != 235_500 || p.Limit != want {
			t.Errorf("%d: levy %d and limit %d, want 235,500 and %d", year, p.Local, p.Limit, want)
		}
	}
}

// The same donor in 2024. 100,000 yen is beyond the limit: income tax 98,000 * 10.21% = 10,005.8, basic credit 9,800, special credit 47,100; one-stop 47,100 *
// 10.21 / 79.79 = 6,027 in place of the income tax.
func TestJapaneseBearers(t *testing.T) {
	l := lawOf(t, Japan, 2024)
	noState := lawOf(t, Japan, 2024, func(r *Rules) { r.Burden.StateTax = false })
	p := l.Taxpayer(5_000_000, Household{})
	for _, c := range []struct {
		law          *Law
		donated      int64
		filing, city bool
		want         Relief
	}{
		{l, 2_000, true, false, Relief{}},
		{l, 61_000, true, false, Relief{State: 6_024, Town: 31_785, Province: 21_191}}, // 59,000 in all
		{l, 61_000, false, false, Relief{Town: 35_400, Province: 23_600}},
		{l, 61_000, false, true, Relief{Town: 47_200, Province: 11_800}},
		{noState, 61_000, true, true, Relief{Town: 47_200, Province: 11_800}},
		{l, 100_000, true, false, Relief{State: 10_006, Town: 34_140, Province: 22_760}},
		{l, 100_000, false, false, Relief{Town: 37_756, Province: 25_171}},
	} {
		if got := c.law.Relief(&p, c.donated, c.filing, c.city); got != c.want {
			t.Errorf("%d, return %v, city %v: %+v, want %+v", c.donated, c.filing, c.city, got, c.want)
		}
		if got := c.law.Disaster(&p, c.donated, c.donated, c.filing, c.city); got != c.want {
			t.Errorf("%d to a disaster area: %+v, want %+v as anywhere", c.donated, got, c.want)
		}
	}
	if got, want := l.Parts(&p, 100_000, 0, false), (Parts{Basic: 9_800, Special: 47_100, Deemed: 6_027}); got != want {
		t.Errorf("one-stop: %+v, want %+v", got, want)
	}
}

// From 2027 the special credit is at most 1,930,000 yen: 200 million yen of pay, t 45.945%: 1,930,000 / 44.055% + 2,000.
func TestAbsoluteCeiling(t *testing.T) {
	for year, want := range map[int]int64{2026: 8_918_354, 2027: 4_382_887} {
		p := lawOf(t, Japan, year).Taxpayer(200_000_000, Household{})
		if p.Local != 19_640_500 || p.Limit != want { // 2026: 3,928,100 / 44.055% + 2,000
			t.Errorf("%d: levy %d, limit %d, want %d", year, p.Local, p.Limit, want)
		}
	}
}

// A family beyond the ministry's table, by hand: 7 million yen in 2024, a spouse and dependants of 10, 17, 20 and 75. Income 5,200,000, social insurance 1,050,000.
// Income tax: 480 + 380 + 0 + 380 + 630 + 480 thousand leave 1,800,000; 5.105% of it 91,890. Resident tax: 430 + 330 + 0 + 330 + 450 + 380 leave 2,230,000; the
// deductions differ by 50 + 50 + 0 + 50 + 180 + 100 = 430 thousand, less 230: 5% of 200 thousand is the adjustment credit. Limit 42,600 / 84.895% + 2,000.
func TestFamilyBeyondTheTable(t *testing.T) {
	p := lawOf(t, Japan, 2024).Taxpayer(7_000_000, Household{Spouse: true, Dependants: []int{10, 17, 20, 75}})
	if want := (Taxpayer{Gross: 7_000_000, Taxable: 1_800_000, Due: 91_800, Local: 213_000, Margin: 51_050, Limit: 52_179}); p != want {
		t.Errorf("got  %+v\nwant %+v", p, want)
	}
}

// What an age decides from 2011: nothing under 16, 16 to 18 as 23 to 69, more at 19 to 22 and from 70; who counts twice counts as two.
func TestAgesOfDependants(t *testing.T) {
	l := lawOf(t, Japan, 2024)
	limit := func(ages ...int) int64 { return l.Taxpayer(8_000_000, Household{Dependants: ages}).Limit }
	groups := [][]int{{0, 8, 15}, {16, 17, 18, 23, 40, 69}, {19, 20, 21, 22}, {70, 71, 99}}
	for i, group := range groups {
		for _, age := range group {
			if limit(age) != limit(group[0]) || limit(age, 20) != limit(20, group[0]) {
				t.Errorf("age %d: limit %d, want that of age %d, %d", age, limit(age), group[0], limit(group[0]))
			}
		}
		if i == 0 && limit(group[0]) != limit() || i == 1 && limit(17) >= limit() || i == 2 && limit(20) >= limit(70) || i == 3 && limit(70) >= limit(17) {
			t.Errorf("limits by age: none %d, 10 %d, 17 %d, 20 %d, 70 %d", limit(), limit(10), limit(17), limit(20), limit(70))
		}
	}
}

// The cells of the table that no copy shows, from a port of the ministry's workbook: not published, but another program's.
func TestPortedLimits(t *testing.T) {
	l := lawOf(t, Japan, 2021)
	rows := table(t, "jp_limits_port.csv")
	if len(rows) < 140 {
		t.Errorf("%d cells, want 140 or more", len(rows))
	}
	for _, row := range rows {
		gross, want := int64(money(t, row["salary_income_jpy"])), int64(money(t, row["port_limit_jpy"]))
		if got := l.Taxpayer(gross, households[row["household_type"]]).Limit / 1_000 * 1_000; got != want {
			t.Errorf("%d %s: limit %d, want %d", gross, row["household_type"], got, want)
		}
	}
}

// Municipality and prefecture round their levies down to 100 yen apart: a base of 3,922,000 makes 235,300 and 156,800, not 392,200.
func TestLeviesAreRoundedApart(t *testing.T) {
	s := lawOf(t, Japan, 2021).Statement(8_750_000, households["couple_children_univ_hs"])
	if s.Resident != 3_922_000 || s.Levy != 392_100 || s.Local != 389_600 || s.Limit != 113_986 {
		t.Errorf("base %d, levy %d, after the adjustment credit %d, limit %d; want 3,922,000, 392,100, 389,600, 113,986", s.Resident, s.Levy, s.Local, s.Limit)
	}
}

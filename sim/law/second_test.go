package law

import "testing"

// The second transcriptions (plain_test.go, plain_korea_test.go, each from another source than the law file) against the compiled law, table by table, for every year
// and at every edge, one unit below and above included.

// around is each edge with its neighbours, and some amounts between and beyond.
func around(edges ...int64) []int64 {
	points := []int64{0, 1, 777_777, 3_333_333, 12_345_678, 99_999_999, 400_000_000}
	for _, e := range edges {
		points = append(points, max(e-1, 0), e, e+1, e+1_000)
	}
	return points
}

func TestSecondTranscriptionJapan(t *testing.T) {
	pay := around(550_000, 650_000, 1_625_000, 1_800_000, 1_900_000, 3_600_000, 6_600_000, 8_500_000, 10_000_000, 12_000_000, 15_000_000)
	incomes := around(1_320_000, 3_360_000, 4_890_000, 6_550_000, 9_000_000, 9_500_000, 10_000_000, 23_500_000, 24_000_000, 24_500_000, 25_000_000)
	bases := around(1_950_000, 3_300_000, 6_950_000, 9_000_000, 18_000_000, 40_000_000)
	for year := 2008; year <= 2072; year++ {
		x := &lawOf(t, Japan, year).tax
		same := func(what string, at, got, want int64) {
			if got != want {
				t.Errorf("%d: %s at %d: got %d, want %d", year, what, at, got, want)
			}
		}
		for _, a := range pay {
			same("income", a, x.income(a), japanIncome(year, a))
		}
		for _, a := range incomes {
			p := x.personal(a, Household{Spouse: true})
			b, s := japanBasic(year, a), japanSpouse(year, a)
			same("basic deduction", a, p.Basic, b.state)
			same("basic deduction, resident tax", a, p.ResidentBasic, b.resident)
			same("spouse", a, p.Spouse, s.state)
			same("spouse, resident tax", a, p.ResidentSpouse, s.resident)
		}
		for age := range 121 {
			got, want := x.dependant(age), japanDependant(year, age)
			same("dependant", int64(age), got.State, want.state)
			same("dependant, resident tax", int64(age), got.Resident, want.resident)
		}
		for _, a := range bases {
			percent, constant := japanRate(year, a)
			same("tax", a, x.brackets.at(a), a*percent/100-constant)
		}
		for others, want := range []int64{350_000, 1_020_000, 1_370_000, 1_720_000, 2_070_000, 2_420_000, 2_770_000} { // city of Nogata, fiscal 2009, by family
			if year >= 2020 {
				want += 100_000
			}
			same("exemption", int64(others), x.exemptUpto(Household{Dependants: make([]int, others)}), want)
		}
	}
}

func TestSecondTranscriptionKorea(t *testing.T) {
	pay := around(5_000_000, 15_000_000, 33_000_000, 43_000_000, 45_000_000, 70_000_000, 70_320_000, 70_800_000, 74_040_000, 76_440_000, 79_080_000, 100_000_000, 120_000_000,
		120_600_000, 362_500_000)
	taxes := around(1_300_000)
	bases := around(14_000_000, 50_000_000, 88_000_000, 150_000_000, 300_000_000, 500_000_000, 1_000_000_000)
	for year := 2023; year <= 2072; year++ {
		x := &lawOf(t, Korea, year).tax
		same := func(what string, at, got, want int64) {
			if got != want {
				t.Errorf("%d: %s at %d: got %d, want %d", year, what, at, got, want)
			}
		}
		for _, a := range pay {
			same("income", a, a-x.income(a), koreaDeduction(a))
			same("pension", a, x.social.at(a), koreaPension(year, a))
			for _, b := range append(taxes, bases...) {
				same("earned-income credit", a, x.earnedCredit(a, b), koreaEarned(a, b))
			}
		}
		for _, a := range bases {
			same("tax", a, x.brackets.at(a), koreaTax(a))
		}
		for n := range 6 {
			ages := []int{8, 20, 7, 21, 15, 9}[:n]
			same("children", int64(n), x.childCredit(Household{Dependants: ages}), koreaChildren(year, ages))
		}
		for age := range 121 {
			want := int64(0)
			if age <= 20 || age >= 60 {
				want = 1_500_000
			}
			if age >= 70 {
				want += 1_000_000
			}
			same("dependant", int64(age), x.dependant(age).State, want)
		}
		p := x.personal(50_000_000, Household{Spouse: true})
		same("basic deduction", 0, p.Basic, 1_500_000)
		same("spouse", 0, p.Spouse, 1_500_000)
		same("standard credit", 0, x.Standard, 130_000)
	}
}

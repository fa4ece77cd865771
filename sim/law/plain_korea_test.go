package law

import (
	"math/big"
	"testing"
)

// koreaDeduction is 근로소득공제 (소득세법 제47조) as public payroll calculators state it: what is deducted up to an edge and the rate above it; at most 20 million won (memory).
func koreaDeduction(pay int64) int64 {
	for _, s := range []struct {
		over, base int64
		rate       string
	}{{100_000_000, 14_750_000, "0.02"}, {45_000_000, 12_000_000, "0.05"}, {15_000_000, 7_500_000, "0.15"}, {5_000_000, 3_500_000, "0.4"}, {0, 0, "0.7"}} {
		if pay > s.over {
			return min(s.base+floor(times(pay-s.over, s.rate)), 20_000_000)
		}
	}
	return 0
}

// koreaTax is 산출세액 (제55조), from the tax up to each edge as in a calculator's table of 2025, not from the quick table.
func koreaTax(base int64) int64 {
	for _, s := range []struct{ over, tax, percent int64 }{{1_000_000_000, 384_060_000, 45}, {500_000_000, 174_060_000, 42}, {300_000_000, 94_060_000, 40},
		{150_000_000, 37_060_000, 38}, {88_000_000, 15_360_000, 35}, {50_000_000, 6_240_000, 24}, {14_000_000, 840_000, 15}, {0, 0, 6}} {
		if base > s.over {
			return s.tax + (base-s.over)*s.percent/100
		}
	}
	return 0
}

// koreaEarned is 근로소득세액공제 (제59조).
func koreaEarned(pay, tax int64) int64 {
	credit := 715_000 + floor(times(max(tax-1_300_000, 0), "0.3"))
	if tax <= 1_300_000 {
		credit = floor(times(tax, "0.55"))
	}
	var most int64
	switch {
	case pay <= 33_000_000:
		most = 740_000
	case pay <= 70_000_000:
		most = max(740_000-floor(times(pay-33_000_000, "0.008")), 660_000)
	case pay <= 120_000_000:
		most = max(660_000-(pay-70_000_000)/2, 500_000)
	default:
		most = max(500_000-(pay-120_000_000)/2, 200_000)
	}
	return min(credit, most)
}

// koreaChildren is 자녀세액공제 (제59조의2) for children of 8 to 20: 15, 15 (from 2024 20), 30; from 2025 25, 30, 40 (in 10,000 won).
func koreaChildren(year int, ages []int) int64 {
	first, second, more := int64(150_000), int64(150_000), int64(300_000)
	if year >= 2024 {
		second = 200_000
	}
	if year >= 2025 {
		first, second, more = 250_000, 300_000, 400_000
	}
	credit, n := int64(0), 0
	for _, age := range ages {
		if age < 8 || age > 20 {
			continue
		}
		switch n++; n {
		case 1:
			credit += first
		case 2:
			credit += second
		default:
			credit += more
		}
	}
	return credit
}

// koreaPension is the employee's half of the national pension: ceilings a month of July, 590, 617, 637 and (2026, seoultimes.news 2026-01-11) 659 ten thousand won; half a
// point of rate more a year from 2026 to 2033, half of it the employee's.
func koreaPension(year int, pay int64) int64 {
	ceiling := map[int]int64{2023: 5_900_000, 2024: 6_170_000, 2025: 6_370_000}[year]
	if year >= 2026 {
		ceiling = 6_590_000
	}
	rate := sum(frac("0.045"), product(frac("0.0025"), whole(int64(min(max(year-2025, 0), 8)))))
	return floor(product(whole(min(pay, 12*ceiling)), rate))
}

// plainKorea is one employee's tax: with the standard credit or with the insurance deducted, whichever leaves less.
func plainKorea(year int, pay int64, h Household) plainTax {
	base := pay - koreaDeduction(pay) - 1_500_000 - koreaPension(year, pay)
	if h.Spouse {
		base -= 1_500_000
	}
	for _, age := range h.Dependants {
		if age <= 20 || age >= 60 {
			base -= 1_500_000
		}
		if age >= 70 {
			base -= 1_000_000
		}
	}
	insurance := "0.049" // health 3.545%, care 12.95% of it, employment 0.9%
	if year >= 2026 {
		insurance = "0.0497" // 3.595%, 13.14%
	}
	due := func(base, standard int64) (int64, int64) {
		base = max(base, 0)
		tax := koreaTax(base)
		return base, max(tax-koreaEarned(pay, tax)-koreaChildren(year, h.Dependants)-standard, 0) / 10 * 10
	}
	p := plainTax{}
	p.taxable, p.due = due(base, 130_000)
	if taxable, less := due(base-floor(times(pay, insurance)), 0); less < p.due {
		p.taxable, p.due = taxable, less
	}
	p.local = p.due / 10 / 10 * 10
	p.limit = min(100_000, p.due+p.local)
	return p
}

// koreaCredit is 조세특례제한법 제58조 and 지방세특례제한법: of donations by slice, ordinary ones first, those to a special disaster area at 30% and its tenth.
func koreaCredit(year int, ordinary, zone int64) *big.Rat {
	most := int64(5_000_000)
	if year >= 2025 {
		most = 20_000_000
	}
	slice := func(from, upto, low, high int64) *big.Rat { return whole(max(min(upto, high)-max(from, low), 0)) }
	credit := new(big.Rat)
	for _, part := range []struct {
		from, upto int64
		zone       bool
	}{{0, ordinary, false}, {ordinary, ordinary + zone, true}} {
		middle, above := "0.165", "0.165"
		if part.zone && year >= 2025 {
			middle, above = "0.33", "0.33"
		}
		if year >= 2026 {
			middle = "0.44"
		}
		credit = sum(credit, slice(part.from, part.upto, 0, 100_000), product(slice(part.from, part.upto, 100_000, 200_000), frac(middle)),
			product(slice(part.from, part.upto, 200_000, most), frac(above)))
	}
	return credit
}

func TestPlainKorea(t *testing.T) {
	r := random(2023)
	laws := map[int]*Law{}
	for range taxpayers {
		year := 2023 + int(r.below(18))
		if laws[year] == nil {
			laws[year] = lawOf(t, Korea, year)
		}
		l, pay, h := laws[year], r.money(3_000_000_000), r.household()
		want, p := plainKorea(year, pay, h), l.Taxpayer(pay, h)
		if got := (plainTax{p.Taxable, p.Due, p.Local, p.Limit}); got != want {
			t.Fatalf("%d, pay %d, %+v: got %+v, want %+v", year, pay, h, got, want)
		}
		zone, ordinary := int64(0), r.money(30_000_000)
		if r.below(3) == 0 {
			zone, ordinary = r.money(2_000_000), r.money(2_000_000)
		}
		credit := floor(least(koreaCredit(year, ordinary, zone), whole(want.due+want.local)))
		got := l.Disaster(&p, ordinary+zone, zone, false, false)
		state := credit * 100 / 110
		if got.Total() != credit || got.State != state {
			t.Fatalf("%d, pay %d, %+v, donated %d and %d: got %+v, want %d, of it %d national", year, pay, h, ordinary, zone, got, credit, state)
		}
	}
}

package law

import (
	"math/big"
	"testing"
)

// A second implementation of both countries' tax and credit, written from the text of the law in exact fractions. It shares no code and no table with the
// package: its amounts are typed from the sources named at each function. Where the law is silent on fractions of a won or yen it drops them in favour of
// the treasury in deductions and of the taxpayer in caps, as the public calculators do.

func frac(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

func whole(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

func times(n int64, rate string) *big.Rat { return new(big.Rat).Mul(whole(n), frac(rate)) }

// floorTo drops what is less than a unit.
func floorTo(r *big.Rat, unit int64) int64 {
	q := new(big.Int).Quo(r.Num(), new(big.Int).Mul(r.Denom(), big.NewInt(unit)))
	return q.Int64() * unit
}

func floor(r *big.Rat) int64 { return floorTo(r, 1) }

func least(a *big.Rat, more ...*big.Rat) *big.Rat {
	for _, b := range more {
		if b.Cmp(a) < 0 {
			a = b
		}
	}
	return a
}

func positive(r *big.Rat) *big.Rat {
	if r.Sign() < 0 {
		return new(big.Rat)
	}
	return r
}

func sum(parts ...*big.Rat) *big.Rat {
	s := new(big.Rat)
	for _, p := range parts {
		s.Add(s, p)
	}
	return s
}

func less(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }

func product(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

// plainTax is what both implementations must agree on to the won or yen.
type plainTax struct{ taxable, due, local, limit int64 }

// japanIncome is pay less the employment-income deduction: the city of Fujioka's table before and after 2020 (city.fujioka.gunma.jp, page 1624), the ceilings of 2013,
// 2016 and 2017 of the city of Yamagata (市県民税 平成26年度改正), the minimum of 2025 (令和7年度改正: 65万円 up to 190万円).
func japanIncome(year int, a int64) int64 {
	plus, top, flat := int64(0), int64(1_950_000), int64(550_000)
	switch {
	case year < 2013:
		top = 1 << 60
	case year < 2016:
		top = 2_450_000
	case year < 2017:
		top = 2_300_000
	case year < 2020:
		top = 2_200_000
	}
	if year < 2020 {
		plus, flat = 100_000, 650_000
	} else if year >= 2025 {
		flat = 650_000
	}
	var deduction int64
	switch {
	case a <= 1_625_000:
		deduction = flat
	case a <= 1_800_000:
		deduction = floor(times(a, "0.4")) - 100_000 + plus
	case a <= 3_600_000:
		deduction = floor(times(a, "0.3")) + 80_000 + plus
	case a <= 6_600_000:
		deduction = floor(times(a, "0.2")) + 440_000 + plus
	case a <= 10_000_000 || year >= 2020:
		deduction = floor(times(a, "0.1")) + 1_100_000 + plus
	default:
		deduction = floor(times(a, "0.05")) + 1_700_000
	}
	return max(a-min(max(deduction, flat), top), 0)
}

// pair is a deduction of the income tax and of the resident tax.
type pair struct{ state, resident int64 }

// japanBasic is 基礎控除: 38/33 (fukunavi.or.jp, 所得税・住民税控除額一覧), from 2020 48/43 with the steps of the city of Kasugai's page 1018434 (the income tax's, 32 and 16,
// from memory), from 2025 the reform: its edges as a public take-home calculator tests them, its amounts as in contents-web.com jbl 202502, which the law file names too.
func japanBasic(year int, income int64) pair {
	switch {
	case year < 2020:
		return pair{380_000, 330_000}
	case income > 25_000_000:
		return pair{}
	case income > 24_500_000:
		return pair{160_000, 150_000}
	case income > 24_000_000:
		return pair{320_000, 290_000}
	case year < 2025 || income > 23_500_000:
		return pair{480_000, 430_000}
	case income <= 1_320_000:
		return pair{950_000, 430_000}
	case year >= 2027 || income > 6_550_000:
		return pair{580_000, 430_000}
	case income > 4_890_000:
		return pair{630_000, 430_000}
	case income > 3_360_000:
		return pair{680_000, 430_000}
	default:
		return pair{880_000, 430_000}
	}
}

// japanSpouse is 配偶者控除: 38/33, from 2018 by the taxpayer's income (city of Kurobe, 平成31年度から適用).
func japanSpouse(year int, income int64) pair {
	switch {
	case year < 2018 || income <= 9_000_000:
		return pair{380_000, 330_000}
	case income <= 9_500_000:
		return pair{260_000, 220_000}
	case income <= 10_000_000:
		return pair{130_000, 110_000}
	}
	return pair{}
}

// japanDependant is 扶養控除: the city of Imari's picture of both taxes before and after the abolition of 2011 (city.imari.saga.jp, page 5419), those over 69 living apart.
func japanDependant(year, age int) pair {
	switch {
	case age >= 70:
		return pair{480_000, 380_000}
	case age >= 19 && age <= 22, age >= 16 && age <= 18 && year < 2011:
		return pair{630_000, 450_000}
	case age < 16 && year >= 2011:
		return pair{}
	}
	return pair{380_000, 330_000}
}

// japanRate is the rate and the constant of the quick table (国税庁 No. 2260), as percent and yen.
func japanRate(year int, base int64) (percent, constant int64) {
	switch {
	case base <= 1_950_000:
		return 5, 0
	case base <= 3_300_000:
		return 10, 97_500
	case base <= 6_950_000:
		return 20, 427_500
	case base <= 9_000_000:
		return 23, 636_000
	case base <= 18_000_000:
		return 33, 1_536_000
	case base <= 40_000_000 || year < 2015:
		return 40, 2_796_000
	}
	return 45, 4_796_000
}

// plainJapan is one employee of Japan.
type plainJapan struct {
	year      int
	income    int64
	floor     int64
	rate      *big.Rat // marginal, with surtax
	tax       plainTax
	most      *big.Rat // ceiling of the special credit
	specials  *big.Rat // 90% less rate
	surcharge *big.Rat
}

func newPlainJapan(year int, pay int64, h Household) *plainJapan {
	j := &plainJapan{year: year, income: japanIncome(year, pay), floor: 2_000, surcharge: whole(1)}
	if year < 2011 {
		j.floor = 5_000
	}
	if year >= 2048 {
		j.surcharge = frac("1.01")
	} else if year >= 2013 {
		j.surcharge = frac("1.021")
	}
	// the ministry's rule of thumb: 15%, of pay above 9 million 3%, none above 18 million
	social := floor(sum(times(min(pay, 9_000_000), "0.15"), times(min(max(pay-9_000_000, 0), 9_000_000), "0.03")))
	basic := japanBasic(year, j.income)
	state, resident, difference := basic.state, basic.resident, int64(50_000)
	others, child := int64(len(h.Dependants)), false
	if h.Spouse {
		p := japanSpouse(year, j.income)
		others++
		state, resident, difference = state+p.state, resident+p.resident, difference+p.state-p.resident
	}
	for _, age := range h.Dependants {
		p := japanDependant(year, age)
		state, resident, difference = state+p.state, resident+p.resident, difference+p.state-p.resident
		child = child || age <= 22
	}
	if year >= 2020 && child { // 所得金額調整控除, of the resident tax only as in the ministry's workbook
		resident += floor(times(max(min(pay, 10_000_000)-8_500_000, 0), "0.1"))
	}
	j.tax.taxable = max(j.income-social-state, 0) / 1000 * 1000
	percent, constant := japanRate(year, j.tax.taxable)
	if j.tax.taxable == 0 {
		percent = 0
	}
	j.tax.due = floorTo(product(whole(j.tax.taxable*percent/100-constant), j.surcharge), 100)
	j.rate = product(big.NewRat(percent, 100), j.surcharge)
	j.specials = less(frac("0.9"), j.rate)
	j.levy(max(j.income-social-resident, 0)/1000*1000, difference, others)
	j.limit()
	return j
}

// levy is 所得割: exempt up to 35万 a head, 32万 more with a family, 10万 more from 2020 (city of Nogata, page 1181); less 調整控除 (city of Amakusa, kiji0031264).
func (j *plainJapan) levy(base, difference, others int64) {
	exempt := 350_000 * (1 + others)
	if others > 0 {
		exempt += 320_000
	}
	if j.year >= 2020 {
		exempt += 100_000
	}
	if j.income <= exempt {
		return
	}
	adjust := min(difference, base) * 5 / 100
	if base > 2_000_000 {
		adjust = max(difference-(base-2_000_000), 50_000) * 5 / 100
	}
	j.tax.local = max(base*6/100/100*100+base*4/100/100*100-adjust, 0) // each level drops what is less than 100 yen
}

func (j *plainJapan) limit() {
	share := "0.2"
	if j.year < 2015 {
		share = "0.1"
	}
	j.most = whole(floor(times(j.tax.local, share)))
	if j.year >= 2027 {
		j.most = least(j.most, whole(1_930_000))
	}
	if j.most.Sign() > 0 {
		j.tax.limit = min(floor(new(big.Rat).Quo(j.most, j.specials))+j.floor, j.tax.due+j.tax.local+j.floor)
	}
}

// credit is the saving of the national tax and of the resident tax (所得税法第78条, 地方税法第37条の2, 第314条の7, 附則第7条).
func (j *plainJapan) credit(donated int64, filing bool) (state, resident *big.Rat) {
	if donated <= j.floor || j.tax.due+j.tax.local == 0 {
		return new(big.Rat), new(big.Rat)
	}
	d, f := whole(donated), whole(j.floor)
	special := least(product(less(d, f), j.specials), j.most)
	basic := product(positive(less(least(d, whole(floor(times(j.income, "0.3")))), f)), frac("0.1"))
	local := whole(j.tax.local)
	if !filing {
		deemed := new(big.Rat).Quo(product(special, j.rate), j.specials)
		return new(big.Rat), least(sum(basic, special, deemed), local)
	}
	state = product(positive(less(least(d, whole(floor(times(j.income, "0.4")))), f)), j.rate)
	return least(state, whole(j.tax.due)), least(sum(basic, special), local)
}

// random is a generator of the test's own (splitmix64): the same taxpayers on every machine.
type random uint64

func (r *random) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (r *random) below(n int64) int64 { return int64(r.next() % uint64(n)) }

// money spreads over orders of magnitude, now and then round.
func (r *random) money(most int64) int64 {
	x := r.below(most) >> r.below(14)
	if r.below(3) == 0 {
		x -= x % 100_000
	}
	return x
}

func (r *random) household() Household {
	h := Household{Spouse: r.below(2) == 0}
	for range r.below(5) {
		h.Dependants = append(h.Dependants, int(r.below(96)))
	}
	return h
}

const taxpayers = 100_000

// Each part of the relief is rounded to the yen once, so that the total is off the exact fraction by half a yen at most and each level by less than one.
func TestPlainJapan(t *testing.T) {
	r := random(2008)
	laws := map[int]*Law{}
	for range taxpayers {
		year := 2008 + int(r.below(42))
		if laws[year] == nil {
			laws[year] = lawOf(t, Japan, year)
		}
		l, pay, h := laws[year], r.money(400_000_000), r.household()
		plain, p := newPlainJapan(year, pay, h), l.Taxpayer(pay, h)
		if got := (plainTax{p.Taxable, p.Due, p.Local, p.Limit}); got != plain.tax {
			t.Fatalf("%d, pay %d, %+v: got %+v, want %+v", year, pay, h, got, plain.tax)
		}
		donated, filing := r.money(60_000_000), r.below(2) == 0
		if r.below(2) == 0 {
			donated = p.Limit + r.below(2_000) - 1_000
		}
		state, resident := plain.credit(donated, filing)
		got := l.Relief(&p, donated, filing, false)
		if !within(got.Total(), sum(state, resident), "0.5") || !within(got.State, state, "0.5") || !within(got.Town+got.Province, resident, "1") {
			t.Fatalf("%d, pay %d, %+v, donated %d, return %v: got %+v, want %s and %s", year, pay, h, donated, filing, got, state.FloatString(3), resident.FloatString(3))
		}
	}
}

// within says whether a whole amount is at most so far from a fraction.
func within(got int64, want *big.Rat, by string) bool {
	d := less(whole(got), want)
	return d.Abs(d).Cmp(frac(by)) <= 0
}

package law

import "testing"

// Each country under the other's kind of credit, by hand.
func TestCrossedRegimes(t *testing.T) {
	laws := regimes(t)

	// 40 million won, single, 2026: base 40,000,000 - 11,250,000 - 1,500,000 - pension 1,900,000 - insurance 1,988,000 = 23,362,000; tax 2,244,300 - 684,000.
	// Notional levy 2,336,200, ceiling 467,240, limit 467,240 / 75% + 18,000.
	p := laws["kr under ceiling"].Taxpayer(40_000_000, Household{})
	if want := (Taxpayer{Gross: 40_000_000, Taxable: 23_362_000, Due: 1_560_300, Local: 156_030, Margin: 150_000, Limit: 640_986}); p != want {
		t.Errorf("got  %+v\nwant %+v", p, want)
	}
	// at the limit: income tax 15% of 622,986 = 93,447.9; the rest of 622,986 is local, 60 to 40
	if got, want := laws["kr under ceiling"].Relief(&p, p.Limit, true, false), (Relief{State: 93_448, Town: 317_722, Province: 211_816}); got != want {
		t.Errorf("Korea under ceiling: %+v, want %+v", got, want)
	}

	// 5 million yen, single, 2026: income tax base 3,560,000 - 750,000 - 680,000 = 2,130,000, tax 115,500 * 1.021 = 117,925 -> 117,900; levy 235,500.
	// 100,000 yen: 10,000 + 44% of 10,000 + 16.5% of 80,000 = 27,600, of it 10/11 national.
	l := laws["jp under tiers"]
	p = l.Taxpayer(5_000_000, Household{})
	if p.Due != 117_900 || p.Local != 235_500 || p.Limit != 10_000 {
		t.Errorf("%+v", p)
	}
	if got, want := l.Relief(&p, 100_000, false, false), (Relief{State: 25_090, Town: 1_506, Province: 1_004}); got != want {
		t.Errorf("Japan under tiers: %+v, want %+v", got, want)
	}
	if got, want := l.Relief(&p, 2_000_000, false, false).Total(), int64(341_100); got != want { // 14,400 + 16.5% of 1,980,000, less than the tax
		t.Errorf("Japan under tiers: %d, want %d", got, want)
	}
	poor := l.Taxpayer(1_500_000, Household{}) // income 850,000, less 225,000 and 430,000: levy on 195,000, 19,500 - 2,500 = 17,000; no income tax
	if got := l.Relief(&poor, 2_000_000, false, false).Total(); poor.Due != 0 || got != 17_000 {
		t.Errorf("%+v saves %d, want the whole levy, 17,000", poor, got)
	}
}

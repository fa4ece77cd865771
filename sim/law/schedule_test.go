package law

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The price schedule integrates to the saving: from each kink to the next, and to a point between, the saving grows by what the price says, but for rounding.
func TestScheduleIsTheSlope(t *testing.T) {
	for name, l := range regimes(t) {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				p := l.Taxpayer(drawMoney(t, "gross", 9), drawHousehold(t))
				filing := rapid.Bool().Draw(t, "filing")
				total := func(d int64) int64 { return l.Relief(&p, d, filing, false).Total() }
				s := l.Schedule(&p, filing)
				if s[0].From != 0 || s[len(s)-1].Price < 0 {
					t.Fatalf("%+v", s)
				}
				for i, x := range s {
					end := x.From + 10_000_000
					if i+1 < len(s) {
						end = s[i+1].From
						if end <= x.From || s[i+1].Price == x.Price {
							t.Fatalf("slices %+v", s)
						}
					}
					if x.Price < 0 || x.Price > million {
						t.Fatalf("price %d, %+v", x.Price, s)
					}
					to := x.From + rapid.Int64Range(1, end-x.From).Draw(t, "to")
					got, want := total(to)-total(x.From), (to-x.From)*(million-x.Price)/million
					if got < want-3 || got > want+3 {
						t.Fatalf("from %d to %d saves %d more, want %d by the schedule %+v, tax %+v", x.From, to, got, want, s, p)
					}
					if l.Price(&p, x.From, filing) != x.Price {
						t.Fatalf("price at %d is %d, want %d", x.From, l.Price(&p, x.From, filing), x.Price)
					}
				}
			})
		})
	}
}

// The prices of ../shared/reference/kr/policy.md and, for Japan, 1 less basic credit and margin beyond the limit.
func TestPrices(t *testing.T) {
	for _, c := range []struct {
		country Country
		year    int
		gross   int64
		want    []Slice
	}{
		{Korea, 2025, 200_000_000, []Slice{{0, 0}, {100_000, 835_000}, {20_000_000, million}}},
		{Korea, 2026, 200_000_000, []Slice{{0, 0}, {100_000, 560_000}, {200_000, 835_000}, {20_000_000, million}}},
		{Korea, 2026, 0, []Slice{{0, million}}},
		// 5 million yen, single: limit 61,029; 30% and 40% of the income 3,560,000; income tax 10.21% on a base of 2,330,000: 138,300, used up at 1,356,555
		{Japan, 2024, 5_000_000, []Slice{{0, million}, {2_000, 0}, {61_030, 797_900}, {1_068_000, 897_900}, {1_356_555, million}}},
	} {
		l := lawOf(t, c.country, c.year)
		p := l.Taxpayer(c.gross, Household{})
		if got := l.Schedule(&p, true); !slices.Equal(got, c.want) {
			t.Errorf("%s %d, %d: got %v, want %v", c.country, c.year, c.gross, got, c.want)
		}
	}
}

// The lines of a tiers credit cover the donation without a gap and add up to the credit.
func TestBands(t *testing.T) {
	for name, l := range regimes(t) {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				d := drawMoney(t, "donated", 8)
				zone := rapid.Int64Range(0, d).Draw(t, "zone")
				p := Taxpayer{Due: most / 2, Local: most / 2}
				at, sum := int64(0), int64(0)
				for _, b := range l.Bands(d, zone) {
					if b.From != at || b.Upto <= b.From || b.Credit < 0 {
						t.Fatalf("%+v after %d", b, at)
					}
					at, sum = b.Upto, sum+b.Credit
				}
				if want := l.Disaster(&p, d, zone, true, false).Total(); l.byTier && (sum != want || at != min(d, l.Rules.Cap)) {
					t.Fatalf("%d with %d in a zone: lines up to %d add up to %d, want %d", d, zone, at, sum, want)
				}
			})
		})
	}
}

package law

import (
	"testing"

	"pgregory.net/rapid"
)

// regimes are the laws the properties must hold under: each country's own through time, and each under the other's.
func regimes(t testing.TB) map[string]*Law {
	japan, _, err := shipped(t, Japan).Rules(2030)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]*Law{
		"kr 2023": lawOf(t, Korea, 2023), "kr 2025": lawOf(t, Korea, 2025), "kr 2026": lawOf(t, Korea, 2026), "kr 2040": lawOf(t, Korea, 2040),
		"jp 2009": lawOf(t, Japan, 2009), "jp 2014": lawOf(t, Japan, 2014), "jp 2021": lawOf(t, Japan, 2021), "jp 2030": lawOf(t, Japan, 2030),
		"kr under ceiling": lawOf(t, Korea, 2026, func(r *Rules) {
			r.Cap, r.Credit, r.Burden = 0, japan.Credit, japan.Burden
			r.Credit.Floor, r.Credit.CeilingAbsolute = 18_000, 17_370_000
		}),
		"jp under tiers": lawOf(t, Japan, 2026, func(r *Rules) {
			r.Cap = 2_000_000
			r.Credit.Kind, r.Credit.Tiers = "tiers", []Tier{{10_000, 1}, {20_000, 0.44}, {2_000_000, 0.165}}
			r.Burden.State = 10.0 / 11
		}),
	}
}

// floorOf is the donor's own share, which kind tiers does not know.
func floorOf(l *Law) int64 {
	if l.byTier {
		return 0
	}
	return l.Rules.Credit.Floor
}

func drawHousehold(t *rapid.T) Household {
	return Household{Spouse: rapid.Bool().Draw(t, "spouse"), Dependants: rapid.SliceOfN(rapid.IntRange(0, 95), 0, 5).Draw(t, "dependants")}
}

// drawMoney spreads over orders of magnitude.
func drawMoney(t *rapid.T, name string, exponent int) int64 {
	top := int64(10)
	for range rapid.IntRange(0, exponent).Draw(t, name+" digits") {
		top *= 10
	}
	return rapid.Int64Range(0, top).Draw(t, name)
}

// Credit is never more than the donation or the tax due, never falls when more is given, never grows by more than what is given (but for a rounded yen), and
// its parts are what each bearer's share says.
func TestCreditProperties(t *testing.T) {
	for name, l := range regimes(t) {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				p := l.Taxpayer(drawMoney(t, "gross", 11), drawHousehold(t))
				d := drawMoney(t, "donated", 10)
				zone := rapid.Int64Range(0, d).Draw(t, "zone")
				filing, city := rapid.Bool().Draw(t, "filing"), rapid.Bool().Draw(t, "city")
				r := l.Disaster(&p, d, zone, filing, city)
				if min(r.State, r.Province, r.Town) < 0 || r.Total() > d || r.Total() > p.Due+p.Local {
					t.Fatalf("%+v for %d, tax %+v", r, d, p)
				}
				if !l.byTier && l.tax.levy > 0 && (r.State > p.Due || r.Town+r.Province > p.Local) {
					t.Fatalf("%+v: more than the tax of one level, %+v", r, p)
				}
				if local := r.Town + r.Province; city && r.Town != l.city.of(local) || !city && r.Town != l.town.of(local) {
					t.Fatalf("%+v: not split by the law's share", r)
				}
				more := rapid.Int64Range(1, 1000).Draw(t, "more")
				next := l.Disaster(&p, d+more, zone, filing, city)
				if grows := next.Total() - r.Total(); grows < 0 || grows > more+1 {
					t.Fatalf("%d more saves %d more: %+v, %+v, tax %+v", more, grows, r, next, p)
				}
				if extra := l.Relief(&p, d, filing, city); extra.Total() > r.Total() {
					t.Fatalf("a disaster area earns less: %+v, ordinary %+v", r, extra)
				}
			})
		})
	}
}

// Up to the limit everything above the floor comes back; beyond it the price of the next won or yen rises.
func TestLimitIsWhereTheSlopeChanges(t *testing.T) {
	for name, l := range regimes(t) {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				p := l.Taxpayer(drawMoney(t, "gross", 9), drawHousehold(t))
				filing := rapid.Bool().Draw(t, "filing")
				floor := floorOf(l)
				if p.Limit <= floor {
					return
				}
				d := rapid.Int64Range(floor, p.Limit).Draw(t, "donated")
				lost := max((p.Limit-floor)*p.Margin/million-p.Due+1, 0) // income tax too small for its part
				if short := d - floor - l.Relief(&p, d, filing, false).Total(); short < 0 || short > lost {
					t.Fatalf("%d of %d: %d short, tax %+v", d, p.Limit, short, p)
				}
				if beyond := p.Limit + 100; l.Relief(&p, beyond, filing, false).Total() >= beyond-floor {
					t.Fatalf("%d beyond the limit %d still comes back, tax %+v", beyond, p.Limit, p)
				}
			})
		})
	}
}

// Between kinks the relief of kind tiers is linear: the middle earns the mean of the ends, but for rounding.
func TestKinks(t *testing.T) {
	for name, l := range regimes(t) {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				p := l.Taxpayer(drawMoney(t, "gross", 9), drawHousehold(t))
				total := func(d int64) int64 { return l.Relief(&p, d, true, false).Total() }
				from := floorOf(l)
				for _, k := range l.Kinks(&p, nil) {
					if k <= from {
						t.Fatalf("kink %d after %d", k, from)
					}
					if middle := 2*total((from+k)/2) - total(from) - total(k); l.byTier && (middle < -4 || middle > 4) {
						t.Fatalf("between %d and %d: %d from a line, tax %+v", from, k, middle, p)
					}
					from = k
				}
				if l.byTier && total(from) != total(from+1_000_000) {
					t.Fatalf("after the last kink %d more still saves tax, %+v", from, p)
				}
			})
		})
	}
}

// More pay never leaves less after income tax and local tax (no rate reaches one), and the tax never falls with pay but where the law steps:
// Japan's household deductions and the exemption of the levy step, Korea's do not.
func TestTaxProperties(t *testing.T) {
	for name, l := range regimes(t) {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				h := drawHousehold(t)
				gross := drawMoney(t, "gross", 10)
				p := l.Taxpayer(gross, h)
				if p.Gross != gross || min(p.Taxable, p.Due, p.Local, p.Limit) < 0 || p.Taxable > gross || p.Due+p.Local > gross || p.Margin >= million {
					t.Fatalf("%+v", p)
				}
				next := l.Taxpayer(gross+rapid.Int64Range(1, 10_000_000).Draw(t, "raise"), h)
				if next.Taxable < p.Taxable && l.Country == Japan {
					t.Fatalf("pay rises, taxable income falls: %+v, %+v", p, next)
				}
				if next.Due+next.Local < p.Due+p.Local {
					t.Fatalf("pay rises, tax falls: %+v, %+v", p, next)
				}
				if fewer := l.Taxpayer(gross, Household{}); fewer.Due+fewer.Local < p.Due+p.Local {
					t.Fatalf("a family pays more: %+v, alone %+v", p, fewer)
				}
			})
		})
	}
}

// shareOf must find the fractions laws use exactly, from the decimals files hold.
func TestShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		den := rapid.Int64Range(1, 1000).Draw(t, "den")
		num := rapid.Int64Range(0, den).Draw(t, "num")
		s := shareOf(float64(num) / float64(den))
		if s.num*den != num*s.den {
			t.Fatalf("%d/%d: got %d/%d", num, den, s.num, s.den)
		}
	})
	if s := shareOf(0.909090909090909); s != (share{10, 11}) {
		t.Errorf("0.909090909090909: got %d/%d, want 10/11", s.num, s.den)
	}
}

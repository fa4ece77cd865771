package law

import "testing"

// The credit rate for declining places (R3) on the law of 2026, by hand: 100% to 100,000, 44% to 200,000, 16.5% above.
func TestDecliningCredit(t *testing.T) {
	for _, c := range []struct {
		rate  float64
		split Split
		want  int64
	}{
		{0, Split{0, 1_000_000, 0}, 276_000},
		{0.165, Split{0, 1_000_000, 0}, 276_000},              // no more than the tier
		{0.33, Split{0, 1_000_000, 0}, 408_000},               // 144,000 + 33% of 800,000: 44% is more where it holds
		{0.5, Split{0, 1_000_000, 0}, 550_000},                // 100,000 + 50% of 900,000
		{0.5, Split{0, 100_000, 0}, 100_000},                  // below the first edge all comes back anyway
		{0.5, Split{500_000, 500_000, 0}, 443_500},            // ordinary first: 193,500 + 50% of 500,000
		{0.5, Split{0, 500_000, 500_000}, 465_000},            // 100,000 + 50% of 400,000 + 33% of 500,000
		{0.5, Split{30_000_000, 1_000_000, 0}, 3_746_000},     // the cap takes ordinary ones off: 144,000 + 16.5% of 18.8 million + 50% of a million
		{0.5, Split{0, -5, 0}, 0},                             // nothing
		{1, Split{0, 2_000_000, 0}, 2_000_000},                // all of it
		{0.5, Split{0, 40_000_000, 0}, 10_050_000},            // the cap again
		{0.5, Split{19_000_000, 0, 2_000_000}, 3_741_000},     // 144,000 + 16.5% of 17.8 million + 33% of two million
		{0.2, Split{0, 1_000_000, 1_000_000}, 304_000 + 33e4}, // 144,000 + 20% of 800,000 + 33% of a million
	} {
		l := lawOf(t, Korea, 2026, func(r *Rules) { r.Credit.Declining = c.rate })
		p := l.Taxpayer(300_000_000, Household{})
		if got := l.Special(&p, c.split, false, false).Total(); got != c.want {
			t.Errorf("rate %g: %v saves %d, want %d", c.rate, c.split, got, c.want)
		}
	}
}

// Of two rates the higher one counts; a rate that is not in force makes no standing.
func TestStanding(t *testing.T) {
	for _, c := range []struct {
		declining, disaster float64
		weak, struck        bool
		want                Standing
	}{
		{0, 0, true, true, Ordinary},
		{0.3, 0, true, false, Declining}, {0.3, 0, false, true, Ordinary},
		{0, 0.3, true, false, Ordinary}, {0, 0.3, false, true, Struck},
		{0.3, 0.33, true, true, Struck}, {0.4, 0.33, true, true, Declining}, {0.4, 0.33, false, true, Struck},
	} {
		l := &Law{Rules: Rules{Credit: Credit{Declining: c.declining}, Disaster: Disaster{Rate: c.disaster}}}
		if got := l.Standing(c.weak, c.struck); got != c.want {
			t.Errorf("%+v: standing %d", c, got)
		}
	}
}

// The rate belongs to the tiers: under kind ceiling it is refused.
func TestDecliningNeedsTiers(t *testing.T) {
	r, _, err := shipped(t, Japan).Rules(2026)
	if err != nil {
		t.Fatal(err)
	}
	r.Credit.Declining = 0.3
	_, err = Compile(Japan, 2026, r)
	want := `credit.declining_rate: got 0.3, want 0 under credit.kind "ceiling" (Japan's law): it is a rate of the tiers (Korea's)`
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

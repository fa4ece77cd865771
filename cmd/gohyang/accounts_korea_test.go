package main

import (
	"math"
	"slices"
	"testing"

	"gohyang/sim/budget"
	"gohyang/sim/law"
)

// What is published of Korea's first year, 2023, in hundred millions of won (eok) unless it says otherwise.
const (
	krReceipts   = 650.6  // K01
	krGiftsMade  = 151.0  // K29: gifts bought
	krNonCapital = 0.890  // K34: share of receipts of governments outside the capital region
	krFromRegion = 0.476  // donations_national.csv, 2024: share of the amount given by residents of the capital region
	krNoTax      = 0.336  // K58: wage filers whose determined tax is zero (2022)
	krGain       = 402.36 // K59, KRILA: net gain of the 243 governments, and its parts
	krGainRest   = 367.24
	krGainRegion = 35.12
	krRecords    = 526_305 // K02
	krAtKink     = 441_291 // K07: records of exactly 100,000 won
	krBelow      = 69_199  // K08
	krToken      = 40_000  // judgement, behaviour amount.token: mean won of a record below 100,000
)

// credit is what the law of 2023 credits for the records of that year: all of a donation to 100,000 won, 16.5 % above, the records above taken at their mean.
func (r *real) credit() float64 {
	above := float64(krRecords - krAtKink - krBelow)
	amount := krReceipts*1e8 - krAtKink*100_000 - krBelow*krToken
	mean, sum, from := amount/above, 0.0, int64(0)
	for _, tier := range r.rules.Credit.Tiers {
		sum += tier.Rate * math.Max(math.Min(mean, float64(tier.Upto))-float64(from), 0)
		from = tier.Upto
	}
	return krAtKink*100_000 + krBelow*krToken + above*sum
}

// capital says whether a place lies in Seoul, Incheon or Gyeonggi.
func (r *real) capital(i int) bool {
	code := r.cfg.Places[r.cfg.NumTowns+r.cfg.Places[i].Province].Code
	return code == "11000" || code == "28000" || code == "41000"
}

// year2023 is what Korea's donations of 2023 brought and took. Receipts of places are those of the shipped table, scaled to the published share of the capital
// region; gifts are the same share everywhere; costs other than gifts are a share of receipts; a share of donors claims the credit, where wage filers live.
func (r *real) year2023(claim, operate float64) []budget.Flows {
	in := make([]budget.Flows, len(r.cfg.Places))
	var receipts, filers [2]float64
	side := func(i int) int {
		if r.capital(i) {
			return 1
		}
		return 0
	}
	for _, x := range r.facts.Receipts {
		if x.Year == 2023 {
			i := r.index[x.Code]
			if i < r.cfg.NumTowns && !r.cfg.Places[i].Recipient {
				continue
			}
			in[i].Received = x.Amount
			receipts[side(i)] += float64(x.Amount)
		}
	}
	for i, p := range r.facts.Towns {
		filers[side(i)] += float64(p.Taxpayers)
	}
	published := [2]float64{krReceipts * krNonCapital * 1e8, krReceipts * (1 - krNonCapital) * 1e8}
	given := [2]float64{1 - krFromRegion, krFromRegion}
	for i := range in {
		f := &in[i]
		f.Received = int64(math.Round(float64(f.Received) / receipts[side(i)] * published[side(i)]))
		f.Gifts, _, f.Operating = budget.Costs(&law.Law{Rules: r.rules}, f.Received, krGiftsMade/krReceipts, 0, operate)
	}
	for i, p := range r.facts.Towns {
		credit := claim * r.credit() * given[side(i)] * float64(p.Taxpayers) / filers[side(i)]
		state := int64(math.Round(credit * r.rules.Burden.State))
		local := i
		if r.cfg.Places[i].BigCity { // the metropolitan government holds the local income tax
			local = r.cfg.NumTowns + r.cfg.Places[i].Province
		}
		in[i].State = state
		in[local].Relief += int64(math.Round(credit)) - state
	}
	return in
}

// sides are the net gains of governments outside and inside the capital region, and of the state, in eok.
func (r *real) sides(books *budget.Books) (rest, region, state float64) {
	for i, b := range books.Places {
		if x := float64(b.Net) / 1e8; r.capital(i) {
			region += x
		} else {
			rest += x
		}
	}
	for _, e := range books.Entries {
		state += float64(e.Gain[budget.Treasury]) / 1e8
	}
	return rest, region, state
}

// TestAccountsKorea: KRILA (Jeon and Hong, K59) finds that the 243 governments gained 40.2 billion won in 2023. The perimeter that the published sums allow:
// receipts - gifts bought - local income tax (1/11 of the credit) - 19.24 % of the national tax lost (the allocation pool); no other cost of raising the
// money; donors without tax to pay claim nothing. The one assumption of size is who claims: here all but the 33.6 % of wage filers whose tax is zero (KRILA says that
// part of donors claim no credit, not how many). With it the sum is met within three per cent; the share that meets it exactly is on the board. The capital's part
// rests on where donors lived in 2024 and on the start's allocation tax. Among perimeters tried, points issued (193) for gifts bought misses by a tenth.
func TestAccountsKorea(t *testing.T) {
	r := realYear(t, "kr", 2023)
	places := slices.Clone(r.cfg.Places)
	rest, region, _ := r.sides(r.settle(t, places, r.year2023(1-krNoTax, 0)))
	gain := rest + region
	for what, c := range map[string]struct{ got, want, within float64 }{
		"243 governments": {gain, krGain, 0.03}, "outside the capital region": {rest, krGainRest, 0.03}, "capital region": {region, krGainRegion, 0.15},
	} {
		if math.Abs(c.got/c.want-1) > c.within {
			t.Errorf("%s: gain of %.1f eok, KRILA has %.2f", what, c.got, c.want)
		}
	}
	r0, c0, _ := r.sides(r.settle(t, places, r.year2023(0, 0)))
	exact := (1 - krNoTax) * (r0 + c0 - krGain) / (r0 + c0 - gain) // the sum is linear in the share that claims
	if exact < 0.6 || exact > 0.8 {
		t.Errorf("KRILA's gain wants %.2f of the credits claimed", exact)
	}
	// NABO (K60): from the nation's view the fiscal loss may exceed the local gain. With the model's own accounts, all donors claiming and costs booked, it does.
	s := r.cfg.Giving.Quality.Operate
	all := r.nation(t, 1, s)
	some := r.nation(t, 1-krNoTax, s)
	even := (all - r.nation(t, 0, s)) // what claims cost the nation
	if all >= 0 || even >= 0 {
		t.Errorf("local governments and the state gain %.1f eok together, NABO says they may lose", all)
	}
	row := func(perimeter, item string, observed, computed float64, unit, source, note string) boardRow {
		return boardRow{country: "kr", year: "2023", perimeter: perimeter, item: item, observed: observed, computed: round(computed, 2), unit: unit, source: source, note: note}
	}
	const krila, nabo, eok = "243 governments, KRILA", "local governments and the state", "eok won"
	nan := math.NaN()
	checkBoard(t, "kr", []boardRow{
		row(krila, "credit if all claim", 500, r.credit()/1e8, eok, "facts.csv K31 (MOIS estimate)", "records below 100,000 won at 40,000 (judgement), those above at their mean"),
		row(krila, "net gain", krGain, gain, eok, "facts.csv K59", "receipts - gifts bought - local income tax - pool; 66.4 % of credits claimed (assumption: K58)"),
		row(krila, "net gain outside the capital region", krGainRest, rest, eok, "facts.csv K59", ""),
		row(krila, "net gain in the capital region", krGainRegion, region, eok, "facts.csv K59", "47.6 % of donations from residents of the region (2024)"),
		row(krila, "share of credits claimed that meets the net gain", nan, exact, "share", "", "solved"),
		row(nabo, "net gain, all claim", nan, all, eok, "facts.csv K60: the loss may exceed the local gain", "gifts bought and quality.operate of receipts booked as cost"),
		row(nabo, "net gain, 66.4 % claim", nan, some, eok, "", "the sign turns with KRILA's assumption"),
		row(nabo, "share of credits claimed at which nobody gains", nan, 1-all/even, "share", "", "solved"),
	})
}

// nation is what local governments and the state gain together, in eok.
func (r *real) nation(t *testing.T, claim, operate float64) float64 {
	rest, region, state := r.sides(r.settle(t, r.cfg.Places, r.year2023(claim, operate)))
	return rest + region + state
}

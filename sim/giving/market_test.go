package giving

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"gohyang/sim/law"
	"gohyang/sim/towns"
)

// market runs a market for some years under a gift limit, receipts unchanged, and returns each year's gift ratios, the mean on offer last.
func market(p *Params, receipts []float64, limit float64, years int, l *law.Law) [][]float64 {
	places := make([]towns.Place, len(receipts)+1)
	for i := range receipts {
		places[i].Recipient = true
	}
	m := NewMarket(p, places, len(receipts), 1, &Start{Receipts: append(append([]float64(nil), receipts...), 0)})
	changed := *l
	changed.Rules.Gift.Limit = limit
	var out [][]float64
	for y := range years {
		m.Prepare(7, 2023+y, y == 0, &changed, nil)
		row := make([]float64, len(receipts))
		for i := range row {
			row[i] = m.Gift(i)
		}
		out = append(out, append(row, m.Advertised()))
	}
	return out
}

// TestGiftRatios: whatever the parameters, no town ever offers more than the law allows, nor less than nothing; a lower limit leaves no town with more; the mean
// on offer lies between the least and the most; and without a limit ratios approach the best response, which falls with market share (E12).
func TestGiftRatios(t *testing.T) {
	l := lawOf(t, law.Korea, 2023)
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.Float64Range(0, 1)
		p := eager()
		p.Choice.GiftWeight = rapid.Float64Range(0, 20).Draw(t, "weight")
		p.Quality = Quality{Start: unit.Draw(t, "start"), Respond: unit.Draw(t, "respond"), Adjust: unit.Draw(t, "adjust"), Fee: unit.Draw(t, "fee"),
			Operate: unit.Draw(t, "operate"), Persist: 0.7, Shock: 1}
		receipts := rapid.SliceOfN(rapid.Float64Range(0, 1e6), 1, 20).Draw(t, "receipts")
		low, high := unit.Draw(t, "limit"), unit.Draw(t, "other limit")
		low, high = min(low, high), max(low, high)
		a, b := market(&p, receipts, low, 8, l), market(&p, receipts, high, 8, l)
		for y := range a {
			least, most := 1.0, 0.0
			for i := range receipts {
				if a[y][i] > low || b[y][i] > high || a[y][i] < 0 {
					t.Fatalf("year %d: ratios %.4f and %.4f under limits of %.4f and %.4f", y, a[y][i], b[y][i], low, high)
				}
				if a[y][i] > b[y][i] {
					t.Fatalf("year %d: a limit of %.4f leaves %.4f, one of %.4f only %.4f", y, low, a[y][i], high, b[y][i])
				}
				least, most = min(least, a[y][i]), max(most, a[y][i])
			}
			if mean := a[y][len(receipts)]; mean < least-1e-9 || mean > most+1e-9 {
				t.Fatalf("year %d: mean on offer %.4f, ratios from %.4f to %.4f", y, mean, least, most)
			}
		}
	})
}

// TestBestResponse: towns that answer in full offer 1 - c - fee - 1/(b_g phi (1 - s)) (E12). With b_g 5, phi 0.8, cost and fee 0.2 a small town without a limit
// offers 0.8 - 1/4 = 0.55; at a cost of 0.15 and b_g phi 4 that is the 0.6 of the Nash equilibrium in J63.
func TestBestResponse(t *testing.T) {
	p := eager()
	p.Choice.GiftWeight = 5
	p.Quality = Quality{Start: 0.1, Respond: 1, Adjust: 1, Fee: 0.08, Operate: 0.12}
	l := lawOf(t, law.Korea, 2023, func(r *law.Rules) { r.Platform.Private = true })
	receipts := []float64{50, 30, 19, 1}
	got := market(&p, receipts, 1, 2, l)[1]
	for i, r := range receipts {
		if want := 0.8 - 1/(4*(1-r/100)); math.Abs(got[i]-want) > 1e-9 {
			t.Errorf("market share %.2f: offers %.4f, want %.4f", r/100, got[i], want)
		}
	}
	for _, c := range []struct{ respond, adjust, want float64 }{{0, 1, 0.1}, {1, 0, 0.1}, {1, 0.5, (0.1 + 0.8 - 1/(4*0.5)) / 2}} {
		p.Quality.Respond, p.Quality.Adjust = c.respond, c.adjust
		if got := market(&p, receipts, 1, 2, l)[1][0]; math.Abs(got-c.want) > 1e-9 {
			t.Errorf("respond %g, adjust %g: offers %.4f, want %.4f", c.respond, c.adjust, got, c.want)
		}
	}
	public := lawOf(t, law.Korea, 2023, func(r *law.Rules) { r.Platform.Private = false })
	p.Quality.Respond, p.Quality.Adjust = 1, 1
	if got, want := market(&p, receipts, 1, 2, public)[1][3], 0.88-1/(4*0.99); math.Abs(got-want) > 1e-9 {
		t.Errorf("no portal to pay: offers %.4f, want %.4f", got, want)
	}
}

// TestCosts: gifts ordered, fees and operation as shares of receipts; no private portal takes a fee where none may list, and operation obeys its own limit.
func TestCosts(t *testing.T) {
	p := eager()
	p.Quality = Quality{Start: 0.3, TakeUp: 0.75, Fee: 0.05, Operate: 0.2}
	for _, c := range []struct {
		private              bool
		fee, operating       float64
		wantFee, wantOperate float64
		limit, wantGift      float64
	}{
		{true, 0, 1, 0.05, 0.2, 0.3, 0.225},
		{false, 0, 1, 0, 0.2, 0.3, 0.225},
		{true, 0.1, 0.15, 0.1, 0.15, 0.2, 0.15},
	} {
		l := lawOf(t, law.Korea, 2023, func(r *law.Rules) {
			r.Platform.Private, r.Platform.Fee, r.Cost.Operating, r.Gift.Limit = c.private, c.fee, c.operating, c.limit
		})
		d := newLand(p, 1, []int{0}, []int{40})
		d.prepare(2023, l, true, nil)
		gift, fee, operate := d.market.Costs(1, l)
		for name, x := range map[string][2]float64{"gift": {gift, c.wantGift}, "fee": {fee, c.wantFee}, "operation": {operate, c.wantOperate}} {
			if math.Abs(x[0]-x[1]) > 1e-12 {
				t.Errorf("%+v: %s %.4f, want %.4f", c, name, x[0], x[1])
			}
		}
	}
}

// TestQuality: without shocks a place's deviation from the mean log quality of its class fades by rho a year (E9): two places of one class, 4:1 apart, are 4^rho
// apart the year after, 4^(rho^2) the next; with full persistence they stay.
func TestQuality(t *testing.T) {
	for _, rho := range []float64{1, 0.5} {
		p := eager()
		p.Quality.Persist = rho
		d := newLand(p, 30000, []int{4}, []int{40})
		d.receipts = []float64{4, 1, 0, 0, 0, 0, 0, 0}
		for i := 2; i < seats; i++ {
			d.places[i].Recipient = false
		}
		d.market = NewMarket(&d.params, d.places, 6, 2, &Start{Receipts: d.receipts})
		d.yearly.Market = d.market
		d.consider(false, 0)
		for y := range 3 {
			w := d.give(d.prepare(2023+y, residency(t, "none"), y == 0, nil), 2023+y)
			got := []float64{float64(w.Places[0].Records), float64(w.Places[1].Records)}
			fits(t, fmt.Sprintf("persistence %g, year %d", rho, y), got, []float64{math.Pow(4, math.Pow(rho, float64(y))), 1})
		}
	}
}

// TestShock: the yearly shock of log quality has mean zero and the standard deviation sigma, over many places: weights of 4,000 alike places after one shock.
func TestShock(t *testing.T) {
	const n, sigma = 4000, 1.2
	p := eager()
	p.Quality.Shock, p.Quality.Persist = sigma, 0.7
	places, receipts := make([]towns.Place, n+1), make([]float64, n+1)
	for i := range n {
		places[i].Recipient, receipts[i] = true, 1
	}
	m := NewMarket(&p, places, n, 1, &Start{Receipts: receipts})
	l := lawOf(t, law.Korea, 2023)
	m.Prepare(3, 2023, true, l, nil)
	before := append([]float64(nil), m.xi[:n]...)
	for _, x := range before {
		if math.Abs(x) > 1e-9 {
			t.Fatalf("alike places start with a deviation of %g", x)
		}
	}
	m.Prepare(3, 2024, false, l, nil)
	sum, square := 0.0, 0.0
	for _, x := range m.xi[:n] {
		sum += x
		square += x * x
	}
	if mean := sum / n; math.Abs(mean) > 4.5*sigma/math.Sqrt(n) {
		t.Errorf("mean shock %.4f", mean)
	}
	if sd := math.Sqrt(square / n); math.Abs(sd/sigma-1) > 4.5/math.Sqrt(2*n) {
		t.Errorf("standard deviation of shocks %.4f, want %.2f", sd, sigma)
	}
}

// TestCostRoom: what towns offer leaves gifts ordered, fees and operation together within the law's cost limit (L6), as long as fees and operation alone are.
func TestCostRoom(t *testing.T) {
	start := lawOf(t, law.Korea, 2023)
	rapid.Check(t, func(t *rapid.T) {
		unit, high, small := rapid.Float64Range(0, 1), rapid.Float64Range(0.4, 1), rapid.Float64Range(0, 0.3)
		p := eager()
		p.Quality = Quality{Start: high.Draw(t, "start"), TakeUp: high.Draw(t, "take-up"), Fee: small.Draw(t, "fee"), Operate: small.Draw(t, "operate"),
			Respond: unit.Draw(t, "respond"), Adjust: unit.Draw(t, "adjust"), Persist: 1}
		l := *start
		l.Rules.Gift.Limit, l.Rules.Cost.Operating = high.Draw(t, "gift limit"), unit.Draw(t, "operating limit")
		l.Rules.Cost.Limit = rapid.Float64Range(0.2, 0.6).Draw(t, "cost limit")
		l.Rules.Platform.Private, l.Rules.Platform.Fee = rapid.Bool().Draw(t, "private"), small.Draw(t, "portal's fee by law")
		places := []towns.Place{{Recipient: true}, {Recipient: true}, {}}
		m := NewMarket(&p, places, 2, 1, &Start{Receipts: []float64{1, 3, 0}})
		for y := range 4 {
			m.Prepare(5, 2023+y, y == 0, &l, nil)
			for i := range 2 {
				if gift, fee, operate := m.Costs(i, &l); gift+fee+operate > max(l.Rules.Cost.Limit, fee+operate)+1e-9 {
					t.Fatalf("year %d: gifts %.4f, fees %.4f and operation %.4f under a limit of %.4f", y, gift, fee, operate, l.Rules.Cost.Limit)
				}
			}
		}
	})
}

// TestReckoning: the fee and the operating cost that a town reckons with in its best response are those it bears (Costs), also where the law sets them.
func TestReckoning(t *testing.T) {
	p := eager()
	p.Choice.GiftWeight = 5
	p.Quality = Quality{Start: 0.1, Respond: 1, Adjust: 1, Fee: 0.05, Operate: 0.2, TakeUp: 1}
	for _, c := range []struct{ fee, operating float64 }{{0, 1}, {0.12, 1}, {0, 0.15}, {0.12, 0.15}} {
		l := lawOf(t, law.Korea, 2023, func(r *law.Rules) {
			r.Platform.Private, r.Platform.Fee, r.Cost.Operating, r.Gift.Limit = true, c.fee, c.operating, 1
		})
		m := NewMarket(&p, []towns.Place{{Recipient: true}, {Recipient: true}, {}}, 2, 1, &Start{Receipts: []float64{1, 1, 0}})
		m.Prepare(5, 2023, true, l, nil)
		m.Prepare(5, 2024, false, l, nil)
		_, fee, operate := m.Costs(0, l)
		if want := 1 - operate - fee - 1/(4*0.5); math.Abs(m.Gift(0)-want) > 1e-9 {
			t.Errorf("law: portal's fee %g, operation at most %g: offers %.4f, want %.4f at the costs it bears, %.2f and %.2f", c.fee, c.operating, m.Gift(0), want, fee, operate)
		}
	}
}

// TestDigest: two markets that differ in one thing alone, were it by moving appeal from the level to the deviation, have different digests.
func TestDigest(t *testing.T) {
	seen := map[uint64]string{}
	for name, change := range map[string]func(*Market){
		"nothing": func(*Market) {}, "mean": func(m *Market) { m.mean++ }, "tie": func(m *Market) { m.tie++ }, "limit": func(m *Market) { m.limit++ },
		"open": func(m *Market) { m.open = true }, "listed": func(m *Market) { m.listed[1] = true }, "listed elsewhere": func(m *Market) { m.listed[2] = true },
		"level": func(m *Market) { m.level[1]++ }, "xi": func(m *Market) { m.xi[1]++ }, "level for xi": func(m *Market) { m.level[1]++; m.xi[1]-- },
		"gift": func(m *Market) { m.gift[1]++ }, "share": func(m *Market) { m.share[1]++ }, "effort": func(m *Market) { m.effort[1]++ }, "promo": func(m *Market) { m.promo[1]++ },
		"lost": func(m *Market) { m.lost[1]++ }, "lasting": func(m *Market) { m.lasting[1]++ }, "force": func(m *Market) { m.force[1]++ },
		"lasting for force": func(m *Market) { m.lasting[1]++; m.force[1]-- }, "gained": func(m *Market) { m.gained[1]++ },
	} {
		d := newLand(eager(), 1, []int{0}, []int{40})
		change(d.market)
		h := d.market.Digest()
		if other, ok := seen[h]; ok {
			t.Errorf("%s and %s have the same digest", name, other)
		}
		seen[h] = name
	}
}

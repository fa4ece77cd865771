package giving

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"gohyang/sim/law"
	"gohyang/sim/towns"
)

// TestCampaign: no other effort pays better than the best response (M - a^2/(2 theta)) exp(own a), and it rises with the margin (E13).
func TestCampaign(t *testing.T) {
	if got, want := campaign(1, 1, 0.4), math.Sqrt(1.8)-1; math.Abs(got-want) > 1e-12 {
		t.Errorf("theta 1, margin 0.4: %.6f, want %.6f", got, want)
	}
	rapid.Check(t, func(t *rapid.T) {
		theta, own := rapid.Float64Range(0.05, 20).Draw(t, "theta"), rapid.Float64Range(0.1, 1).Draw(t, "own")
		margin := rapid.Float64Range(0.01, 1).Draw(t, "margin")
		best := campaign(theta, own, margin)
		profit := func(a float64) float64 { return (margin - a*a/(2*theta)) * math.Exp(own*a) }
		for _, other := range []float64{best * 0.9, best * 1.1, 0} {
			if profit(other) > profit(best)+1e-12 {
				t.Fatalf("an effort of %.4f pays more than the best response %.4f", other, best)
			}
		}
		if campaign(theta, own, margin*1.1) <= best {
			t.Fatal("a larger margin does not raise the effort")
		}
	})
}

// TestPromotionCost: a town held from 0.55 (E12) to a new limit of 0.2, from one of 0.3 at the start, promotes by a(0.6) - a(0.5) and pays for it as operation: with
// theta 1 and a market share near nothing that is (2.2^0.5 - 2^0.5) = 0.0690 of log appeal at (0.4832^2 - 0.4142^2)/2 = 0.0310 of
// receipts; freed to 0.55 it saves 0.0604. A limit on operation leaves it less, in proportion.
func TestPromotionCost(t *testing.T) {
	p := eager()
	p.Choice.GiftWeight = 5
	p.Quality = Quality{Start: 0.3, Respond: 1, Adjust: 1, Operate: 0.2, TakeUp: 1, Effort: 1}
	places, receipts := make([]towns.Place, 1001), make([]float64, 1001)
	for i := range 1000 {
		places[i].Recipient, receipts[i] = true, 1
	}
	for _, c := range []struct{ limit, operating, cost float64 }{{0.3, 1, 0}, {0.2, 1, 0.0310}, {0.2, 0.21, 0.01}, {0.6, 1, -0.0604}} {
		m := NewMarket(&p, places, 1000, 1, &Start{Receipts: receipts})
		l := *lawOf(t, law.Korea, 2023, func(r *law.Rules) {
			r.Gift.Limit, r.Cost.Operating, r.Cost.Limit, r.Platform.Private = 0.3, c.operating, 1, false
		})
		m.Prepare(5, 2023, true, &l, nil)
		l.Rules.Gift.Limit = c.limit
		m.Prepare(5, 2024, false, &l, nil)
		_, _, operate := m.Costs(7, &l)
		if got := operate - 0.2; math.Abs(got-c.cost) > 3e-4 {
			t.Errorf("limit %g, operation at most %g: promotion costs %.4f, want %.4f", c.limit, c.operating, got, c.cost)
		}
		if (m.effort[7] > 0) != (c.cost > 0) {
			t.Errorf("limit %g: appeal by promotion %.4f at a cost of %.4f", c.limit, m.effort[7], c.cost)
		}
	}
}

// TestImitation: who does not re-optimise follows the gift ratio of the peer, same class and province, that received most; others' peers do not matter (E12).
func TestImitation(t *testing.T) {
	p := eager()
	p.Quality = Quality{Imitate: 1, Adjust: 0.5, TakeUp: 1}
	gun, si := towns.Place{Recipient: true, Class: "gun"}, towns.Place{Recipient: true, Class: "si"}
	far := gun
	far.Province = 1
	places := []towns.Place{gun, gun, si, far, {}, {Province: 1}}
	m := NewMarket(&p, places, 4, 2, &Start{Receipts: []float64{1, 5, 9, 9, 0, 0}})
	l := lawOf(t, law.Korea, 2023, func(r *law.Rules) { r.Gift.Limit = 1 })
	m.Prepare(5, 2023, true, l, nil)
	copy(m.gift, []float64{0.1, 0.3, 0.2, 0.25})
	m.Prepare(5, 2024, false, l, nil)
	for i, want := range []float64{0.2, 0.3, 0.2, 0.25} {
		if math.Abs(m.Gift(i)-want) > 1e-12 {
			t.Errorf("place %d offers %.3f, want %.3f", i, m.Gift(i), want)
		}
	}
}

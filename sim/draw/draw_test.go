package draw

import (
	"math"
	"math/bits"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// TestQuantile compares with gonum's independent normal quantile.
func TestQuantile(t *testing.T) {
	for _, p := range []float64{1e-12, 1e-6, 0.001, 0.074, 0.075, 0.2, 0.5, 0.7, 0.926, 0.99, 1 - 1e-9} {
		want := distuv.UnitNormal.Quantile(p)
		if got := Quantile(p); math.Abs(got-want) > 1e-9*(1+math.Abs(want)) {
			t.Errorf("Quantile(%g) = %.15g, gonum says %.15g", p, got, want)
		}
	}
}

func TestExpLog(t *testing.T) {
	for i := range 20001 {
		x := float64(i-10000) / 100
		if got, want := Exp(x), math.Exp(x); math.Abs(got/want-1) > 1e-14 {
			t.Fatalf("Exp(%g) = %g, want %g", x, got, want)
		}
		if y := Exp(x); math.Abs(Log(y)-x) > 2e-14*max(1, math.Abs(x)) {
			t.Fatalf("Log(Exp(%g)) = %.17g", x, Log(y))
		}
	}
}

// screenAll runs one decision over words of slots and returns the persons whose uniform lies below p.
func screenAll(t *Tile, seed uint64, year int, d Decision, words int, p float64, keyed []uint64) []uint64 {
	k := NewKeys(seed, year, d)
	all := make([]uint64, MaxTile)
	for i := range all {
		all[i] = ^uint64(0)
	}
	out := make([]uint64, words)
	th := Fix(p)
	for w := 0; w < words; w += MaxTile {
		var part []uint64
		if keyed != nil {
			part = keyed[w*64 : (w+MaxTile)*64]
		}
		t.Load(uint64(w), MaxTile, part, Key(seed, year, Screen))
		for q := range t.Screen(&k, Bound(p), all) {
			if t.U[q] < th {
				i := int(t.List[q])
				out[w+i>>6] |= 1 << (i & 63)
			}
		}
	}
	return out
}

// TestScreenIndependence checks that events are as frequent as they should be and independent between neighbours, years and decisions, for slots and
// for keyed persons: z scores of counts under independence, seed fixed.
func TestScreenIndependence(t *testing.T) {
	const words = 160 * MaxTile
	keys := make([]uint64, words*64)
	for i := range keys {
		keys[i] = Hash(9, uint64(i))
	}
	for name, keyed := range map[string][]uint64{"slots": nil, "keyed": keys} {
		for _, p := range []float64{0.0004, 0.0123, 0.3} {
			var tile Tile
			a := screenAll(&tile, 7, 2030, Death, words, p, keyed)
			b := screenAll(&tile, 7, 2031, Death, words, p, keyed)
			c := screenAll(&tile, 7, 2030, Move, words, p, keyed)
			n := float64(words * 64)
			z := func(what string, f func(i int) uint64, q float64) {
				s := 0
				for i := range words {
					s += bits.OnesCount64(f(i))
				}
				if z := (float64(s) - n*q) / math.Sqrt(n*q*(1-q)); math.Abs(z) > 4 {
					t.Errorf("%s p=%g: %s has z = %.2f", name, p, what, z)
				}
			}
			z("frequency", func(i int) uint64 { return a[i] }, p)
			z("neighbours", func(i int) uint64 { return a[i] & (a[i]>>1 | a[(i+1)%words]<<63) }, p*p)
			z("next year", func(i int) uint64 { return a[i] & b[i] }, p*p)
			z("other decision", func(i int) uint64 { return a[i] & c[i] }, p*p)
		}
	}
}

// TestSlack: loose bounds must not change a single event.
func TestSlack(t *testing.T) {
	const words = 8 * MaxTile
	for _, p := range []float64{0, 0.001, 0.02, 0.49, 0.999, 1} {
		var tight Tile
		want := screenAll(&tight, 3, 2040, Attend, words, p, nil)
		for _, slack := range []uint32{1, 7, 255, 1000} {
			loose := Tile{Slack: slack}
			got := screenAll(&loose, 3, 2040, Attend, words, p, nil)
			for i := range want {
				if got[i] != want[i] {
					t.Fatalf("p=%g slack=%d: word %d is %x, want %x", p, slack, i, got[i], want[i])
				}
			}
		}
	}
}

// TestChooser: frequencies follow reference times ratio, also far above the ceiling and at zero.
func TestChooser(t *testing.T) {
	ref := []float64{1, 2, 3, 4, 5, 6}
	ratio := []float64{1, 0, 9, 1.2, 0.5, 1}
	c := NewChooser(1, len(ref), func(_, i int) float64 { return ref[i] })
	c.SetRatios(ratio)
	sum := 0.0
	for i := range ref {
		sum += ref[i] * ratio[i]
	}
	const n = 400000
	var count, exact [6]float64
	for s := range uint64(n) {
		key := Hash(s, 5)
		for a := 0; ; a++ {
			if i, ok := c.Try(0, key, a); ok {
				count[i]++
				break
			}
		}
		exact[c.Exact(0, Mix(key), func(i int) bool { return true })]++
	}
	for i := range ref {
		p := ref[i] * ratio[i] / sum
		for _, got := range []float64{count[i], exact[i]} {
			if z := (got - n*p) / math.Sqrt(n*p*(1-p)+1e-9); math.Abs(z) > 4 {
				t.Errorf("item %d drawn %.0f times, want %.0f (z %.1f)", i, got, n*p, z)
			}
		}
	}
}

// TestChooserCoupling: doubling one middling weight among 1,741 moves only about the donors it must (total variation 0.08%, performance.md), and
// every draw that changes goes to that item.
func TestChooserCoupling(t *testing.T) {
	const n = 1741
	ref := make([]float64, n)
	for i := range ref {
		ref[i] = Exp(1.2 * Quantile(Unit(Hash(1, uint64(i)))/2+0.25))
	}
	a := NewChooser(1, n, func(_, i int) float64 { return ref[i] })
	b := NewChooser(1, n, func(_, i int) float64 { return ref[i] })
	ratio := make([]float64, n)
	for i := range ratio {
		ratio[i] = 1
	}
	ratio[n/2] = 2
	b.SetRatios(ratio)
	pick := func(c *Chooser, key uint64) int {
		for at := 0; ; at++ {
			if i, ok := c.Try(0, key, at); ok {
				return i
			}
		}
	}
	changed, other := 0, 0
	const draws = 1 << 19
	for s := range uint64(draws) {
		key := Hash(s, 77)
		x, y := pick(a, key), pick(b, key)
		if x != y {
			changed++
			if y != n/2 {
				other++
			}
		}
	}
	if share := float64(changed) / draws; share > 0.0012 || changed == 0 {
		t.Errorf("%.3f%% of draws changed, want about 0.06%% and at most 0.12%%", 100*share)
	}
	if other > 0 {
		t.Errorf("%d changed draws went elsewhere than the favoured item", other)
	}
}

var sink uint64

func BenchmarkScreen(b *testing.B) {
	var t Tile
	k := NewKeys(1, 2030, Death)
	all := make([]uint64, MaxTile)
	for i := range all {
		all[i] = ^uint64(0)
	}
	for i := range b.N {
		t.Load(uint64(i)*MaxTile, MaxTile, nil, 0)
		sink += uint64(t.Screen(&k, Bound(0.01), all))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/Persons, "ns/person")
}

// TestChooserShare: the share of a row's weight, reference times ratio, by hand.
func TestChooserShare(t *testing.T) {
	c := NewChooser(2, 4, func(row, i int) float64 { return float64((row + 1) * i) })
	c.SetRatios([]float64{1, 2, 0, 1})
	odd := func(i int) bool { return i%2 == 1 }
	if got := c.Share(1, odd); got != 1 { // 0, 4, 0, 6: all of it is odd
		t.Errorf("odd items have %g, want 1", got)
	}
	if got := c.Share(0, func(i int) bool { return i == 1 }); got != 0.4 { // 0, 2, 0, 3
		t.Errorf("the second item has %g, want 0.4", got)
	}
	c.SetRatios(make([]float64, 4))
	if got := c.Share(0, odd); got != 0 {
		t.Errorf("without weight: %g, want 0", got)
	}
}

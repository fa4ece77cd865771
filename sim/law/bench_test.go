package law

import (
	"os"
	"testing"
)

// One call prices one class of taxpayers; the engine makes some ten thousand a year.

func BenchmarkTaxpayer(b *testing.B) {
	for _, c := range []Country{Korea, Japan} {
		b.Run(string(c), func(b *testing.B) {
			l := lawOf(b, c, 2026)
			h := Household{Spouse: true, Dependants: []int{17, 20}}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				l.Taxpayer(int64(i%100)*1_000_000, h)
			}
		})
	}
}

func BenchmarkRelief(b *testing.B) {
	for _, c := range []Country{Korea, Japan} {
		b.Run(string(c), func(b *testing.B) {
			l := lawOf(b, c, 2026)
			p := l.Taxpayer(60_000_000, Household{})
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				l.Relief(&p, int64(i%1000)*1000, i%2 == 0, false)
			}
		})
	}
}

func BenchmarkRules(b *testing.B) {
	book := shipped(b, Japan)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := book.Rules(2026); err != nil {
			b.Fatal(err)
		}
	}
}

func TestPricingDoesNotAllocate(t *testing.T) {
	h := Household{Spouse: true, Dependants: []int{17, 20}}
	for name, l := range regimes(t) {
		buf := make([]int64, 0, 16)
		n := testing.AllocsPerRun(100, func() {
			p := l.Taxpayer(60_000_000, h)
			l.Relief(&p, 150_000, true, false)
			l.Disaster(&p, 300_000, 200_000, false, true)
			l.Parts(&p, 150_000, 0, true)
			buf = l.Kinks(&p, buf[:0])
		})
		if n != 0 {
			t.Errorf("%s: %v allocations, want 0", name, n)
		}
	}
}

func BenchmarkParseBook(b *testing.B) {
	data, err := os.ReadFile("../../scenarios/law/jp.toml")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseBook("jp.toml", data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSchedule(b *testing.B) {
	for _, c := range []Country{Korea, Japan} {
		b.Run(string(c), func(b *testing.B) {
			l := lawOf(b, c, 2026)
			p := l.Taxpayer(60_000_000, Household{})
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				l.Schedule(&p, i%2 == 0)
			}
		})
	}
}

package sim_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gohyang/sim"
)

// BenchmarkDemo1 is the demographic and donation work unit of the speed comparison, on this engine with every guarantee on: 10 million persons, 30 years.
// Person-years per second count living persons; compare ratios within one run only.
func BenchmarkDemo1(b *testing.B) {
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			benchmark(b, func() *sim.Config { return demo(b, 10_000_000, 30) }, workers)
		})
	}
}

// benchmark reports million person-years per second of whole runs, set-up apart, and bytes of columns per person of the base population.
func benchmark(b *testing.B, config func() *sim.Config, workers int) {
	lived, spent := int64(0), time.Duration(0)
	for b.Loop() {
		b.StopTimer()
		w, err := sim.New(config(), sim.Layout{Workers: workers})
		if err != nil {
			b.Fatal(err)
		}
		years := &personYears{}
		b.StartTimer()
		start := time.Now()
		if err := w.Run(context.Background(), years); err != nil {
			b.Fatal(err)
		}
		spent += time.Since(start)
		lived += years.n
		bytes, _ := w.Memory()
		b.ReportMetric(float64(bytes)/float64(years.first), "B/person")
	}
	b.ReportMetric(float64(lived)/1e6/spent.Seconds(), "Mpy/s")
}

// personYears adds up the population at the end of each year.
type personYears struct{ n, first int64 }

func (p *personYears) Observe(r *sim.Record) error {
	sum := int64(0)
	for i := range r.Towns {
		sum += r.Towns[i].Population
	}
	if p.first == 0 {
		p.first = sum
	}
	p.n += sum
	return nil
}

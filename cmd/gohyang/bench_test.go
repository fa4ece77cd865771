package main

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/sim"
)

// BenchmarkRun lives through the baselines of both countries, all stages on, at the default scale and with every resident an agent, on one and two workers:
// million person-years per second of the yearly passes, bytes of the persons' columns per person of the base population, and seconds of set-up.
// The full size takes minutes: go test ./cmd/gohyang -run XXX -bench Run -benchtime 1x
func BenchmarkRun(b *testing.B) {
	for _, name := range []string{"kr-baseline", "jp-baseline"} {
		for _, scale := range []string{"0.02", "1.0"} {
			for _, workers := range []int{1, 2} {
				b.Run(fmt.Sprintf("%s/scale=%s/workers=%d", name, scale, workers), func(b *testing.B) { benchmark(b, name, scale, workers) })
			}
		}
	}
}

func benchmark(b *testing.B, name, scale string, workers int) {
	s, err := scenarios.Load(name, scenarios.Options{Metrics: verdictMetrics(), Set: []string{"run.scale=" + scale}})
	if err != nil {
		b.Fatal(err)
	}
	cfg, err := scenarios.Build(s)
	if err != nil {
		b.Fatal(err)
	}
	var lived agentYears
	var passes, setup time.Duration
	for b.Loop() {
		start := time.Now()
		w, err := sim.New(cfg, sim.Layout{Workers: workers})
		if err != nil {
			b.Fatal(err)
		}
		setup += time.Since(start)
		start = time.Now()
		lived.first = 0
		if err := w.Run(context.Background(), &lived); err != nil {
			b.Fatal(err)
		}
		passes += time.Since(start)
		bytes, _ := w.Memory()
		b.ReportMetric(float64(bytes)/(lived.first*s.Run.Scale), "B/person")
	}
	b.ReportMetric(lived.sum*s.Run.Scale/1e6/passes.Seconds(), "Mpy/s")
	b.ReportMetric(setup.Seconds()/float64(b.N), "setup-s/op")
}

// agentYears adds up the population at the end of each year.
type agentYears struct{ sum, first float64 }

func (a *agentYears) Observe(r *sim.Record) error {
	people := 0.0
	for i := range r.Towns {
		people += float64(r.Towns[i].Population)
	}
	if a.first == 0 {
		a.first = people
	}
	a.sum += people
	return nil
}

// BenchmarkRecorder is what writing the tables of one year of Japan costs, against the year itself in BenchmarkRun.
func BenchmarkRecorder(b *testing.B) {
	s, err := scenarios.Load("jp-baseline", scenarios.Options{Metrics: verdictMetrics(), Set: []string{"run.scale=0.02"}})
	if err != nil {
		b.Fatal(err)
	}
	cfg, err := scenarios.Build(s)
	if err != nil {
		b.Fatal(err)
	}
	w, err := sim.New(cfg, sim.Layout{})
	if err != nil {
		b.Fatal(err)
	}
	year, err := w.Year(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	record, err := output.Create(b.TempDir()+"/out", frame(cfg), false)
	if err != nil {
		b.Fatal(err)
	}
	defer record.Abort()
	for b.Loop() {
		if err := record.Observe(year); err != nil {
			b.Fatal(err)
		}
	}
}

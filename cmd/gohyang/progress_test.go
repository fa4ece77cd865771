package main

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"gohyang/sim"
)

// lockedBuffer is a buffer that the bar's timer and the test may use at once.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func year(y int) *sim.Record {
	return &sim.Record{Year: y, Towns: []sim.Town{{Population: 1_000_000}}}
}

// TestProgressAppears: a run that lasts shows the bar with years done, also before its first year is finished, and removes it in the end.
func TestProgressAppears(t *testing.T) {
	var out lockedBuffer
	p := newProgress(&out, true, "kr-baseline", 2, 0.5, time.Millisecond)
	for start := time.Now(); !strings.Contains(out.String(), "kr-baseline"); time.Sleep(time.Millisecond) {
		if time.Since(start) > 10*time.Second {
			t.Fatalf("no bar after ten seconds, got %q", out.String())
		}
	}
	if !strings.Contains(out.String(), "0/2") {
		t.Errorf("got %q, want 0/2 before the first year is done", out.String())
	}
	if err := p.Observe(year(2024)); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); !strings.Contains(got, "1/2") || !strings.Contains(got, "2024") || !strings.Contains(got, "M person-years/s") {
		t.Errorf("got %q, want the year, 1/2 and a rate", got)
	}
	p.remove()
	if got := out.String(); !strings.HasSuffix(got, "\r") {
		t.Errorf("got %q, want the line cleared at the end", got)
	}
	before := out.String()
	if err := p.Observe(year(2025)); err != nil || out.String() != before {
		t.Errorf("a bar that is done draws again: %v, %q", err, strings.TrimPrefix(out.String(), before))
	}
}

// TestProgressCatchesUp: a bar that appears late counts the years done before.
func TestProgressCatchesUp(t *testing.T) {
	var out lockedBuffer
	p := newProgress(&out, true, "late", 4, 1, time.Hour)
	defer p.remove()
	for y := range 2 {
		if err := p.Observe(year(2024 + y)); err != nil {
			t.Fatal(err)
		}
	}
	p.appear()
	if got := out.String(); !strings.Contains(got, "2/4") || !strings.Contains(got, "2025") {
		t.Errorf("got %q, want 2/4 and the year 2025", got)
	}
}

// TestProgressSilent: a short run, a pipe and --quiet see no bar.
func TestProgressSilent(t *testing.T) {
	var out lockedBuffer
	for _, p := range []*progress{
		newProgress(&out, true, "short", 1, 1, time.Hour),
		newProgress(&out, false, "pipe", 1, 1, 0),
	} {
		if err := p.Observe(year(2024)); err != nil {
			t.Fatal(err)
		}
		p.remove()
	}
	if out.String() != "" {
		t.Errorf("got %q, want nothing", out.String())
	}
	if isTerminal(io.Discard) || isTerminal(&out) {
		t.Error("a buffer is no terminal")
	}
}

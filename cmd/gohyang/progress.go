package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"gohyang/sim"
)

// patience is how long a command may take before it shows a progress bar.
const patience = time.Second

// isTerminal says whether w is a terminal; pipes, files and the logs of CI are not.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// progress shows on a terminal how many years of a run are done. It is an observer of the run like the recorder, and the run does not know it.
type progress struct {
	mu      sync.Mutex // the bar appears from a timer while the run goes on
	bar     *progressbar.ProgressBar
	wake    *time.Timer
	start   time.Time
	scale   float64 // agents per resident
	agents  float64 // agent-years done
	done    int     // years done
	visible bool
}

// newProgress prepares a bar of the given number of years on w, to appear after wait; show = false makes every method do nothing.
func newProgress(w io.Writer, show bool, title string, years int, scale float64, wait time.Duration) *progress {
	p := &progress{scale: scale, start: time.Now()}
	if !show {
		return p
	}
	p.bar = progressbar.NewOptions(years,
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetDescription(title),
		progressbar.OptionShowCount(),
		progressbar.OptionSetWidth(30),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(0),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionSetVisibility(false))
	p.wake = time.AfterFunc(wait, p.appear)
	return p
}

// appear makes the bar visible from now on.
func (p *progress) appear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.visible = true
	progressbar.OptionSetVisibility(true)(p.bar)
	p.draw()
}

// draw shows the years done. The bar counts nothing while it is invisible, so that the count is kept here.
func (p *progress) draw() {
	if p.done == 0 {
		_ = p.bar.RenderBlank() // a terminal that cannot be written to must not stop the run
		return
	}
	_ = p.bar.Set(p.done) // as above
}

// Observe counts one finished year. It implements sim.Observer and never stops a run.
func (p *progress) Observe(r *sim.Record) error {
	if p.bar == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range r.Towns {
		p.agents += float64(r.Towns[i].Population) * p.scale
	}
	rate := p.agents / time.Since(p.start).Seconds() / 1e6
	progressbar.OptionSetDescription(fmt.Sprintf("%d  %.1f M person-years/s", r.Year, rate))(p.bar)
	p.step()
	return nil
}

// Done counts one finished part of any long work.
func (p *progress) Done() {
	if p.bar == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.step()
}

func (p *progress) step() {
	p.done++
	if p.visible {
		p.draw()
	}
}

// remove takes the bar away, so that what is printed next starts on a clean line.
func (p *progress) remove() {
	if p.bar == nil {
		return
	}
	p.wake.Stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.visible {
		_ = p.bar.Clear()
	}
	progressbar.OptionSetVisibility(false)(p.bar)
	p.visible = false
}

package sim

import "gohyang/sim/people"

// saturated is how much more, or less, of a service still has an effect: beyond a doubling, more changes nothing (judgement: the evidence is on additions of a tenth).
const saturated = 1.0

// gain is what donations had added to the services of the towns, or taken from them, by the end of last year; nil where services have no effect.
func (w *World) gain() *people.Gain {
	if !w.cfg.Effects.On() {
		return nil
	}
	g := &people.Gain{General: make([]float64, w.cfg.NumTowns), Children: make([]float64, w.cfg.NumTowns)}
	for i := range w.cfg.NumTowns {
		general, children := w.books.Services(i)
		g.General[i], g.Children[i] = bounded(general-1), bounded(children-1)
	}
	return g
}

func bounded(gain float64) float64 { return min(max(gain, -saturated), saturated) }

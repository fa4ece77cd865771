package sim

import (
	"gohyang/sim/draw"
	"gohyang/sim/giving"
)

// pulls are the year's disasters and open projects (E11, E12).
func (w *World) pulls() []giving.Pull {
	var out []giving.Pull
	for _, e := range w.cfg.Events {
		if e.Kind == Disaster && e.Year == w.year {
			out = append(out, w.shock(&e))
		}
	}
	for k := range w.projects {
		p := &w.projects[k]
		if open := w.open(p); open > 0 {
			out = append(out, giving.Pull{Place: w.cfg.Events[p.event].Place, Factor: 1 + float64(w.appeal(p)*open)})
		}
	}
	return out
}

// due is the year's dated change of the law, nil if none is known.
func (w *World) due() *giving.Deadline {
	if i := w.year - w.cfg.First; i < len(w.cfg.Deadlines) && w.cfg.Deadlines[i].Next != nil {
		return &w.cfg.Deadlines[i]
	}
	return nil
}

// shock is the pull of a year's disaster: the mean over the year of an appeal that fades from its month on (E11).
func (w *World) shock(e *Event) giving.Pull {
	c := &w.cfg.Giving.Choice
	left := float64(13-e.Month) / c.Fade
	factor := 1 + float64(float64(c.Disaster*e.Severity)*float64(c.Fade*(1-draw.Exp(-left)))/12)
	return giving.Pull{Place: e.Place, Month: e.Month, Factor: factor, Force: e.Severity}
}

// struck tells which places a disaster hits this year.
func (w *World) struck() []bool {
	out := make([]bool, len(w.cfg.Places))
	for _, e := range w.cfg.Events {
		if e.Kind == Disaster && e.Year == w.year {
			out[e.Place] = true
		}
	}
	return out
}

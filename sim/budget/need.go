package budget

import "gohyang/sim/draw"

// Need says how standard fiscal need per resident follows size and age: the slopes of a cross-section of places, in log points.
type Need struct {
	Size     float64 `toml:"size" unit:"log need per log resident" min:"-3" max:"3" doc:"slope of need per resident on log residents"`
	Curve    float64 `toml:"curve" unit:"log need per log resident squared" min:"-1" max:"1" doc:"slope on the square of log residents: need per resident is least in middling towns"`
	Old      float64 `toml:"old" unit:"log need per share" min:"-20" max:"20" doc:"slope on the share of residents of 65 and over"`
	Young    float64 `toml:"young" unit:"log need per share" min:"-20" max:"20" doc:"slope on the share of residents of 0-14"`
	Province float64 `toml:"province" unit:"log need per log resident" min:"-3" max:"3" doc:"slope of the need of provincial governments per resident on log residents"`
}

// indexYears is the number of years that the fiscal strength index is the mean of (財政力指数: three).
const indexYears = 3

// standard is the year's standard fiscal need and capacity, the allocation tax that closes the gap, and the strength index, the mean of three years. Capacity
// follows local tax before relief: the refund of relief is booked as compensation.
func (s *State) standard(r *Result, i int, f *Flows) {
	p := &s.places[i]
	r.Need = whole(s.standardNeed(i, f))
	capacity := s.people(i, f)
	if p.LocalTax > 0 {
		capacity = s.localTax(i, f) / float64(p.LocalTax)
	}
	r.Capacity = whole(float64(p.Capacity) * capacity)
	if p.Receiving {
		r.Allocation = max(r.Need-r.Capacity, 0)
	}
	h := &s.strength[i]
	if copy(h[:], h[1:]); r.Need > 0 {
		h[indexYears-1] = float64(r.Capacity) / float64(r.Need)
	}
	for _, x := range h {
		r.Strength += x / indexYears
	}
}

// standardNeed is the start's need, moved along the cross-section as size and age change: the place keeps what sets it apart from the fit. Ages count as far as
// they differ from the nation's: the cross-section tells who needs more than others, and unit costs are set each year so that the pool of national taxes reaches
// (조정률, 単位費用), which no ageing of the whole nation can enlarge. A place that nobody lived in at the start keeps its need, one that nobody lives in has none.
func (s *State) standardNeed(i int, f *Flows) float64 {
	start, need := &s.start[i], float64(s.places[i].Need)
	switch {
	case start.Population <= 0:
		return need
	case f.Population <= 0:
		return 0
	}
	k, now, then := &s.params.Need, draw.Log(float64(f.Population)), draw.Log(float64(start.Population))
	if i >= s.numTowns {
		return float64(need * draw.Exp(float64((1+k.Province)*(now-then))))
	}
	change := float64((1 + k.Size) * (now - then))
	change += float64(k.Curve * (float64(now*now) - float64(then*then)))
	was, is := ageing(start).less(s.ages[0]), ageing(f).less(s.ages[1])
	change += float64(k.Old*(is.old-was.old)) + float64(k.Young*(is.young-was.young))
	return float64(need * draw.Exp(change))
}

// ageMix is the parts of residents who are 0-14 and 65 and over.
type ageMix struct{ young, old float64 }

func (a ageMix) less(b ageMix) ageMix { return ageMix{a.young - b.young, a.old - b.old} }

func ageing(f *Flows) ageMix {
	if f.Population <= 0 {
		return ageMix{}
	}
	return ageMix{float64(f.Young) / float64(f.Population), float64(f.Old) / float64(f.Population)}
}

// nation is the ages of all residents.
func (s *State) nation(in []Flows) ageMix {
	var all Flows
	for i := range in[:s.numTowns] {
		all.Population += in[i].Population
		all.Young += in[i].Young
		all.Old += in[i].Old
	}
	return ageing(&all)
}

// openStrength gives every place the index of its start for the years before the run.
func (s *State) openStrength() {
	s.strength = make([][indexYears]float64, len(s.places))
	for i := range s.places {
		if p := &s.places[i]; p.Need > 0 {
			for k := range indexYears {
				s.strength[i][k] = float64(p.Capacity) / float64(p.Need)
			}
		}
	}
}

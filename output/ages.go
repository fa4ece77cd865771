package output

import "gohyang/sim"

// Bounds of the classes of extinction.index (한국고용정보원, 소멸위험지수): below 0.2 소멸고위험, below 0.5 소멸위험진입, below 1.0 주의; the higher
// classes of that scale, normal and low, are one here, as in the reference figures.
const (
	highRisk = 0.2
	risk     = 0.5
	caution  = 1.0
)

// halved is the share of women aged 20-39 left at or below which a municipality meets the Japanese criterion (日本創成会議 2014: a fall by half or more).
const halved = 0.5

// classNames are the words for the classes of extinction.class, in their order.
var classNames = [4]string{"high risk (below 0.2)", "risk (0.2 to 0.5)", "caution (0.5 to 1)", "low (1 and over)"}

// riskClass is the class of an extinction index, nil when there is none.
func riskClass(index *float64) *float64 {
	if index == nil {
		return nil
	}
	class := 3.0
	switch {
	case *index < highRisk:
		class = 0
	case *index < risk:
		class = 1
	case *index < caution:
		class = 2
	}
	return &class
}

// median is the age that half of the residents have not reached, persons spread evenly within a year of age; nil without residents.
func median(ages ...sim.Ages) *float64 {
	var byAge [len(sim.Ages{}[0])]int64
	total := int64(0)
	for _, town := range ages {
		for sex := range town {
			for a, n := range town[sex] {
				byAge[a] += n
				total += n
			}
		}
	}
	below := int64(0)
	for a, n := range byAge {
		if n > 0 && 2*(below+n) >= total {
			v := float64(a) + (float64(total)/2-float64(below))/float64(n)
			return &v
		}
		below += n
	}
	return nil
}

// personRows are the residents by town, sex and age, without empty cells.
func (f Frame) personRows(r *sim.Record) []PersonRow {
	var rows []PersonRow
	for t := range r.Ages {
		for sex, name := range [2]string{"male", "female"} {
			for a, n := range r.Ages[t][sex] {
				if n != 0 {
					rows = append(rows, PersonRow{Year: int32(r.Year), Code: f.Places[t].Code, Sex: name, Age: int32(a), Population: n})
				}
			}
		}
	}
	return rows
}

// classTable counts the municipalities of each class in the first and the last year, and those that changed.
func classTable(first, last []TownRow) *Table {
	t := NewTable(Left("extinction index"), Right("first year"), Right("last year"), Right("fell into"), Right("rose into"))
	start := map[string]float64{}
	var counts [4][4]int64
	for i := range first {
		if c := first[i].RiskClass; c != nil && first[i].Level == LevelMunicipality {
			start[first[i].Code] = *c
			counts[int(*c)][0]++
		}
	}
	for i := range last {
		c := last[i].RiskClass
		if c == nil || last[i].Level != LevelMunicipality {
			continue
		}
		n := &counts[int(*c)]
		n[1]++
		switch before, ok := start[last[i].Code]; {
		case ok && *c < before:
			n[2]++
		case ok && *c > before:
			n[3]++
		}
	}
	for c, name := range classNames {
		t.Add(name, Int(counts[c][0]), Int(counts[c][1]), Int(counts[c][2]), Int(counts[c][3]))
	}
	return t
}

// halvedCount is how many municipalities have half or fewer of the women aged 20-39 of the first year, of those that had any.
func halvedCount(last []TownRow) (count, of int64) {
	for i := range last {
		if c := last[i].WomenChange; c != nil && last[i].Level == LevelMunicipality {
			of++
			if *c <= halved {
				count++
			}
		}
	}
	return count, of
}

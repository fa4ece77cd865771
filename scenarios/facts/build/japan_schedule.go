package build

import "gohyang/scenarios/facts"

// jpMovers2019By is the movers between municipalities of 2019 by age, all residents: Statistics Bureau, 住民基本台帳人口移動報告 2019, as quoted by
// yokayamu.com/relocate-register (5,403,465 in all). Those of 45-64 are what the other ages leave.
var jpMovers2019By = []Mobility{
	{"0-4", 0, 5, 320222}, {"5-9", 5, 10, 136956}, {"10-14", 10, 15, 74338}, {"15-19", 15, 20, 284543}, {"20-24", 20, 25, 1012483},
	{"25-29", 25, 30, 1045034}, {"30-34", 30, 35, 731045}, {"35-39", 35, 40, 468372}, {"40-44", 40, 45, 321262}, {"45-64", 45, 65, 689080},
	{"65+", 65, facts.Ages, 320130},
}

// jpMovers is movers by age of one year, as counts in the place of rates, and what of the schedule they are to fit.
type jpMovers struct {
	by    []Mobility
	total float64 // movers of all ages
	free  []Parameter
}

// jpMoved2019 is what the schedule of the standard tables is fitted to, with all seven parameters: movers are known from childhood to old age.
func jpMoved2019() jpMovers {
	return jpMovers{jpMovers2019By, jpMovers2019, []Parameter{A1, Alpha1, A2, Alpha2, Mu2, Lambda2, C}}
}

// fitSchedule fits the schedule to movers by age: counts over the base population, as rates relative to that of all movers, so that the level of the year
// they were counted in does not enter. Parameters that are not free keep the values of the model schedule.
func (j *japan) fitSchedule(m jpMovers) {
	persons := j.residents()
	all := m.total / Sum(persons[:])
	for _, t := range m.by {
		t.Rate /= Sum(persons[t.First:t.After]) * all
		j.targets = append(j.targets, t)
	}
	fit, err := FitSchedule(j.targets, persons, ModelSchedule(21), m.free...)
	if err != nil {
		j.fault("moves by age: %w", err)
		fit = &ScheduleFit{Schedule: ModelSchedule(21)}
	}
	j.schedule = fit
}

// residents is the nation's base population by single age.
func (j *japan) residents() *[facts.Ages]float64 {
	var persons [facts.Ages]float64
	for i := range j.towns {
		for sex := range 2 {
			for age, n := range j.towns[i].base[sex] {
				persons[age] += n
			}
		}
	}
	return &persons
}

package build

import "math"

// krStandardRate is the part of local tax that counts as standard fiscal capacity (지방교부세법 제8조: 80 per cent of ordinary tax; memory, unverified).
const krStandardRate = 0.8

// fiscal gives every government its standard need and capacity, and fits how need follows size and age. The reference has neither figure: need is what standard
// capacity and general grants cover together, which the grants are made to do. Where a government gets no ordinary allocation tax, need is what the fit says
// (Seongnam, Hwaseong) or, of the two provinces, which no fit reaches, what its capacity is: an index of one, the least that law allows.
func (k *korea) fiscal() {
	k.bodies = nil
	var err error
	for i := range k.towns {
		t := &k.towns[i]
		if t.recipient { // the residents of Sejong and Jeju have their province's government only
			b := krBody(t.code, t.localTax, t.ownRevenue, t.grants, t.revenue)
			b.receiving = krAllocation(t.code, t.class) == "receiving"
			b.fitted = b.receiving && (t.class == "si" || t.class == "gun")
			b.people = broad(t.people[0][:], t.people[1][:])
			k.bodies = append(k.bodies, b)
		}
	}
	towns := len(k.bodies)
	if k.need, err = fitNeed(k.bodies, 5); err != nil {
		k.fault("need of towns: %w", err)
		return
	}
	for i := range k.bodies {
		if b := &k.bodies[i]; krAllocation(b.code, "si") == "non_receiving" {
			b.need = max(int64(math.Round(k.need.of(b))), b.capacity)
		}
	}
	for _, p := range k.provinces {
		b := krBody(p.code, p.localTax, p.ownRevenue, p.grants, p.revenue)
		b.receiving = krAllocation(p.code, "province") == "receiving"
		b.fitted = b.receiving
		if !b.receiving {
			b.need = b.capacity
		}
		for _, i := range p.towns {
			people := &k.towns[i].people
			for a, n := range broad(people[0][:], people[1][:]) {
				b.people[a] += n
			}
		}
		k.bodies = append(k.bodies, b)
	}
	if k.needProvince, err = fitNeed(k.bodies[towns:], 2); err != nil {
		k.fault("need of provinces: %w", err)
	}
}

// krBody is a government with its standard capacity, and the need that its general grants show. All its tax follows earnings: the reference does not split it.
func krBody(code string, tax, own, grants, revenue int64) body {
	capacity := int64(math.Round(krStandardRate * float64(tax)))
	return body{code: code, localTax: tax, earned: tax, own: own - tax, capacity: capacity, need: capacity + grants, revenue: revenue}
}

func (k *korea) fiscalEstimates(e *estimates) {
	e.need("fiscal need", k.need, "si and gun that receive allocation tax")
	e.need("fiscal need, provinces", k.needProvince, "governments of provinces and metropolitan cities that receive it")
	e.value("fiscal capacity", "over local tax", krStandardRate, "ratio", "지방교부세법: standard rate of ordinary tax (memory, unverified)")
}

package build

// jpArrivalBound limits how far a share of net immigration may stand from its first measure: from half of it to twice (judgement).
const jpArrivalBound = 2

// arrivals shares the nation's net immigration over the prefectures, and each prefecture's over its municipalities, like the mean of two measures. The first
// is, over prefectures, the foreigners among the movers between prefectures of 2019 (all less Japanese), which favours the suburbs of Tokyo, where
// foreigners move on to; within a prefecture the residents aged 15-39. The second is what the cohorts gained between the censuses of 2015 and 2020
// beyond net moves, which shows where foreigners settle (factory towns, language schools) and where they do not (new suburbs); evacuees and students
// registered elsewhere are in it too, hence the bounds. Equal weights: judgement.
func (j *japan) arrivals() {
	beyond, nation := j.gainBeyondMoves()
	like, over := make([]float64, len(j.prefs)), make([]float64, len(j.prefs))
	for k, p := range j.prefs {
		like[k] = p.in - p.inJapanese
		for _, i := range p.towns {
			over[k] += beyond[i]
		}
	}
	for k, share := range jpArrivalShares(like, over, nation) {
		p := &j.prefs[k]
		like, over := make([]float64, len(p.towns)), make([]float64, len(p.towns))
		for n, i := range p.towns {
			like[n], over[n] = j.towns[i].young(), beyond[i]
		}
		for n, part := range jpArrivalShares(like, over, nation*share) {
			j.towns[p.towns[n]].arrival = share * part
		}
	}
}

// gainBeyondMoves is what the cohorts of each municipality gained a year between the censuses beyond its net moves (zero for the displaced, whose cohorts
// are not known), and what those of the nation gained.
func (j *japan) gainBeyondMoves() (beyond []float64, nation float64) {
	beyond = make([]float64, len(j.towns))
	for i := range j.towns {
		t := &j.towns[i]
		if t.displaced {
			continue
		}
		var gain float64
		for sex := range 2 {
			for c := range jpFives {
				seen, expected := j.cohort(t, sex, c)
				gain += (seen - expected) / 5
			}
		}
		beyond[i] = gain - (t.in - t.out)
		nation += gain
	}
	return beyond, nation
}

// jpArrivalShares shares total like the mean of its distribution by like and of beyond, each place bounded; the result adds up to one.
func jpArrivalShares(like, beyond []float64, total float64) []float64 {
	all := Sum(like)
	shares := make([]float64, len(like))
	for i := range like {
		first := total * ratio(like[i], all)
		shares[i] = min(jpArrivalBound*first, max(first/jpArrivalBound, (first+beyond[i])/2))
	}
	sum := Sum(shares)
	for i := range shares {
		shares[i] = ratio(shares[i], sum)
	}
	return shares
}

// young counts the residents aged 15-39 of the base population.
func (t *jpTown) young() float64 {
	var n float64
	for sex := range 2 {
		n += Sum(t.base[sex][15:40])
	}
	return n
}

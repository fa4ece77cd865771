package build

// krBirth names one published share of birthplace.csv: census year, the population it is of, the place of birth.
type krBirth struct {
	year              int64
	population, place string
}

// krNative is the seed's share of residents born in their province, krJejuTown the share of residents born in Jeju who live in that one of its two cities they
// were born in. Both are judgements.
const krNative, krJejuTown = 0.7, 0.92

// birthplaces fits the matrix residence x birthplace.
//
// Seed: krNative of a province's residents are born in it, the rest spread like the moves into it since 2000 (judgement: lifetime streams look like those of
// the last 25 years). Rows: residents. Columns: published shares of all residents by province of birth; the provinces without one share the rest by
// their population of 2000 (judgement). The published cells of Seoul's residents are held fixed, so are those born in their province in Sejong (all who
// live in their sigungu of birth, the province being one sigungu) and in Jeju (those in their sigungu of birth over krJejuTown).
func (k *korea) birthplaces() {
	v := map[krBirth]float64{}
	t := k.read("birthplace.csv")
	for r := range t.Rows {
		v[krBirth{t.Int(r, "census_year"), t.Str(r, "population"), t.Str(r, "birthplace_or_measure")}] = t.Float(r, "value_pct") / 100
	}
	const sigungu = "lives in birth sigungu"
	fixed := map[[2]string]float64{
		{"11000", "11000"}: v[krBirth{2015, "서울 residents", "서울"}],
		{"11000", "41000"}: v[krBirth{2015, "서울 residents", "경기"}],
		{"11000", "46000"}: v[krBirth{2015, "서울 residents", "전남"}],
		{"36000", "36000"}: v[krBirth{2015, "세종 residents", sigungu}],
		{"50000", "50000"}: v[krBirth{2015, "제주 residents", sigungu}] / krJejuTown,
	}
	for cell, share := range fixed {
		if share == 0 {
			k.fault("birthplace.csv: no value for %v", cell)
			return
		}
	}
	rows, cols := k.residents(), k.bornIn(v)
	seed, cells := k.originSeed(rows), krMatrix(len(k.provinces))
	left, right := append([]float64(nil), rows...), append([]float64(nil), cols...)
	for r := range k.provinces {
		for b := range k.provinces {
			if share, ok := fixed[[2]string{k.provinces[r].code, k.provinces[b].code}]; ok {
				cells[r][b] = share * rows[r]
				left[r] -= cells[r][b]
				right[b] -= cells[r][b]
				seed[r][b] = 0
			}
		}
	}
	m, err := IPF(seed, left, right)
	if err != nil {
		k.fault("birthplaces: %w", err)
		return
	}
	for r := range m {
		for b := range m[r] {
			m[r][b] = (m[r][b] + cells[r][b]) / rows[r]
		}
	}
	k.origin = m
	k.birthTowns(rows, map[string]float64{
		"50000": v[krBirth{2015, "제주 residents", sigungu}], "41000": v[krBirth{2015, "경기 residents", sigungu}],
		"36000": v[krBirth{2015, "세종 residents", sigungu}],
	}, v[krBirth{2015, "national", sigungu}])
}

// originSeed is the starting matrix residence x birthplace for the residents given.
func (k *korea) originSeed(rows []float64) [][]float64 {
	seed := krMatrix(len(k.provinces))
	for r := range k.provinces {
		var in float64
		for b := range k.provinces {
			if b != r {
				in += k.stock[b][r]
			}
		}
		for b := range k.provinces {
			seed[r][b] = rows[r] * krNative
			if b != r {
				seed[r][b] = rows[r] * (1 - krNative) * k.stock[b][r] / in
			}
		}
	}
	return seed
}

// residents are the shares of the provinces in the population.
func (k *korea) residents() []float64 {
	out := make([]float64, len(k.provinces))
	for j := range k.provinces {
		out[j] = float64(k.provinces[j].population)
	}
	sum := Sum(out)
	for j := range out {
		out[j] /= sum
	}
	return out
}

// bornIn are the shares of the provinces as places of birth, in the whole population: the latest census that gives each. Incheon is the capital region
// less Seoul and Gyeonggi; Gwangju and Jeonbuk share what Honam has beyond Jeonnam.
func (k *korea) bornIn(v map[krBirth]float64) []float64 {
	seoul, gyeonggi := v[krBirth{2020, "national", "서울 (born)"}], v[krBirth{2015, "national", "경기"}]
	jeonnam, honam := v[krBirth{2015, "national", "전남"}], v[krBirth{2020, "national", "호남 (born)"}]
	share := map[string]float64{
		"11000": seoul, "41000": gyeonggi, "28000": v[krBirth{2020, "national", "capital region (born)"}] - seoul - gyeonggi,
		"47000": v[krBirth{2015, "national", "경북"}], "48000": v[krBirth{2010, "national", "경남"}], "46000": jeonnam,
		"36000": 0.004, // judgement: the county that became Sejong held 0.2% of the nation, children born since as much again
	}
	pop := map[string]float64{}
	var rest, honamRest float64
	for _, p := range k.provinces {
		pop[p.code] = p.pop2000
	}
	honamRest = pop["29000"] + pop["52000"]
	share["29000"] = (honam - jeonnam) * pop["29000"] / honamRest
	share["52000"] = (honam - jeonnam) * pop["52000"] / honamRest
	var known float64
	for _, p := range k.provinces { // fixed order of addition
		if s, ok := share[p.code]; ok {
			known += s
		} else {
			rest += p.pop2000
		}
	}
	out := make([]float64, len(k.provinces))
	for j, p := range k.provinces {
		s, ok := share[p.code]
		if !ok {
			s = (1 - known) * p.pop2000 / rest
		}
		if s <= 0 {
			k.fault("birthplace.csv: share of %s is %g, want more than 0", p.name, s)
		}
		out[j] = s
	}
	return out
}

// birthTowns fills the share, of those born in their province of residence, who live in their town of birth: published for three provinces (over the
// share born in the province), one value for the others such that the nation's share is met.
func (k *korea) birthTowns(rows []float64, known map[string]float64, nation float64) {
	k.stayTown = make([]float64, len(rows))
	var open float64
	left := nation
	for j, p := range k.provinces {
		if s, ok := known[p.code]; ok {
			k.stayTown[j] = min(1, s/k.origin[j][j])
			left -= rows[j] * s
		} else {
			open += rows[j] * k.origin[j][j]
		}
	}
	other := left / open
	if other <= 0 || other > 1 {
		k.fault("birthplace.csv: share living in their town of birth is %g outside the published provinces", other)
	}
	for j, p := range k.provinces {
		if _, ok := known[p.code]; !ok {
			k.stayTown[j] = other
		}
	}
}

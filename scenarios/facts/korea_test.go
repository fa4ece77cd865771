package facts

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"gohyang/sim/people"
)

// korea loads Korea's tables.
func korea(t *testing.T) *Country {
	t.Helper()
	c, err := Load("kr")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// within checks a value against a published one with a relative tolerance.
func within(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Abs(want)) {
		t.Errorf("%s: got %.6g, want %.6g within %g", what, got, want, tolerance)
	}
}

// TestKoreaTotals checks every row of totals.csv against what the loaded tables add up to; an unknown kind of total is a failure.
func TestKoreaTotals(t *testing.T) {
	c := korea(t)
	bands := incomeBands(c, 43_320_000, 30e6, 50e6, 100e6)
	for _, total := range c.Totals {
		name := total.Table + " " + total.Key
		switch total.Table {
		case "population":
			places, sex, _ := strings.Cut(total.Key, ":")
			var n float64
			for place := range strings.SplitSeq(places, "+") {
				n += c.persons(place, strings.Index("MF", sex))
			}
			within(t, name, n, total.Value, 0)
		case "taxpayers": // 5,011 of 21,078,535 filers have no place
			within(t, name, c.sum(func(p *Place) int64 { return p.Taxpayers }), total.Value, 0.0003)
		case "mean_income": // published in 10,000 won, over all filers
			within(t, name, c.sum(func(p *Place) int64 { return p.Income })/c.sum(func(p *Place) int64 { return p.Taxpayers }), total.Value, 0.0005)
		case "income_band":
			band := map[string]int{"<=30M KRW": 0, "30-50M": 1, "50-100M": 2, ">100M": 3}[total.Key]
			if d := bands[band] - total.Value; math.Abs(d) > 0.01 {
				t.Errorf("%s: got %.4f, want %.4f within a percentage point", name, bands[band], total.Value)
			}
		case "donations":
			within(t, name, c.donations(t, total.Key), total.Value, 0)
		case "births":
			within(t, name, c.expectedBirths(), total.Value, 0.01)
		case "deaths":
			within(t, name, c.expectedDeaths(), total.Value, 0.02)
		case "moves_out":
			within(t, name, c.movesOut(total.Key), total.Value, 0.002)
		case "projection":
			within(t, name, c.projected(t, total.Key), total.Value, 0.0001)
		default:
			t.Errorf("%s: no check for this kind of total", name)
		}
	}
	if len(c.Totals) < 70 {
		t.Errorf("got %d totals, want 70 or more", len(c.Totals))
	}
}

// persons adds up the single-year population of a place ("nation" for all) and sex.
func (c *Country) persons(place string, sex int) float64 {
	var n int64
	for i := range c.Towns {
		if place != "nation" && c.Provinces[c.Towns[i].Province].Code != place {
			continue
		}
		for _, k := range c.Population[i][sex] {
			n += int64(k)
		}
	}
	return float64(n)
}

func (c *Country) sum(of func(*Place) int64) float64 {
	var n int64
	for i := range c.Towns {
		n += of(&c.Towns[i])
	}
	return float64(n)
}

// donations adds up the receipts of a key such as 2023 (the nation, which must also stand in Nation) or 2023:46000 (a province and its towns).
func (c *Country) donations(t *testing.T, key string) float64 {
	t.Helper()
	year, code, one := strings.Cut(key, ":")
	var n int64
	for _, r := range c.Receipts {
		if strconv.Itoa(r.Year) == year && (!one || r.Code[:2] == code[:2]) {
			n += r.Amount
		}
	}
	for _, nation := range c.Nation {
		if !one && strconv.Itoa(nation.Year) == year && nation.Amount != n {
			t.Errorf("donations %s: donations_nation.csv has %d, the governments add up to %d", year, nation.Amount, n)
		}
	}
	return float64(n)
}

// expectedBirths are the births of the first year: women of 1 January half in their age, half in the next.
func (c *Country) expectedBirths() (n float64) {
	f := &c.Birth["medium"][0]
	for i := range c.Towns {
		for a := range Ages - 1 {
			n += float64(c.Population[i][1][a]) * (f[a] + f[a+1]) / 2 * c.BirthLevel[i]
		}
	}
	return n
}

// expectedDeaths are the deaths of the first year among the residents of 1 January.
func (c *Country) expectedDeaths() (n float64) {
	for i := range c.Towns {
		for sex := range 2 {
			q := &c.Death[0][sex]
			for a := range Ages - 1 {
				n += float64(c.Population[i][sex][a]) * (q[a] + q[a+1]) / 2 * c.DeathLevel[i]
			}
		}
	}
	return n
}

// movesOut are the moves the levels of a province's towns give its residents of the base year.
func (c *Country) movesOut(code string) (n float64) {
	for i, town := range c.Towns {
		if c.Provinces[town.Province].Code != code {
			continue
		}
		for sex := range 2 {
			for a := range Ages {
				n += float64(c.Population[i][sex][a]) * c.MoveAge[sex][a] * c.MoveLevel[i][people.GroupOf(a)]
			}
		}
	}
	return n
}

// projected adds up the provinces' projections of a year, which must agree with the nation's.
func (c *Country) projected(t *testing.T, year string) float64 {
	t.Helper()
	var provinces, nation int64
	for _, p := range c.Projection {
		switch {
		case strconv.Itoa(p.Year) != year:
		case p.Code == "":
			nation = p.Population
		default:
			provinces += p.Population
		}
	}
	if nation != provinces {
		t.Errorf("projection %s: the nation has %d, the provinces %d", year, nation, provinces)
	}
	return float64(provinces)
}

// incomeBands are the shares of earners under each bound and over the last, wages being scaled to the given mean.
func incomeBands(c *Country, mean float64, bounds ...float64) []float64 {
	scale := mean / (c.sum(func(p *Place) int64 { return p.Income }) / c.sum(func(p *Place) int64 { return p.Taxpayers }))
	below := make([]float64, len(bounds)+1)
	var all float64
	for i := range c.Towns {
		for sex := range 2 {
			for a := range Ages {
				n := float64(c.Population[i][sex][a]) * math.Min(maxEarners, c.EarnerLevel[i]*c.EarnerShare[sex][a])
				all += n
				for b, x := range bounds {
					z := (math.Log(x/scale) - c.TownIncome[i] - c.LogIncome[sex][a]) / c.IncomeSD
					below[b] += n * math.Erfc(-z/math.Sqrt2) / 2
				}
			}
		}
	}
	below[len(bounds)] = all
	out := []float64{below[0] / all}
	for b := 1; b < len(below); b++ {
		out = append(out, (below[b]-below[b-1])/all)
	}
	return out
}

// TestKoreaPlaces checks the numbers of governments, names, classes and what the scheme needs of Sejong and Jeju.
func TestKoreaPlaces(t *testing.T) {
	c := korea(t)
	recipients, byClass, byStatus := 0, map[string]int{}, map[string]int{}
	for _, p := range append(append([]Place{}, c.Provinces...), c.Towns...) {
		byClass[p.Class]++
		byStatus[p.Depopulation]++
		if p.Recipient {
			recipients++
		}
	}
	if recipients != 243 {
		t.Errorf("got %d recipients, want 243: 17 provinces and 226 si, gun and gu", recipients)
	}
	for class, want := range map[string]int{"si": 75, "gun": 82, "gu": 69, "sejong": 1, "admin_city": 2, "metro": 8, "province": 9} {
		if byClass[class] != want {
			t.Errorf("class %s: got %d, want %d", class, byClass[class], want)
		}
	}
	if byStatus["depopulation"] != 89 || byStatus["interest"] != 18 {
		t.Errorf("got %v, want 89 depopulation and 18 interest areas", byStatus)
	}
	want := map[string]string{"46770": "Goheung-gun", "11110": "Jongno-gu", "41130": "Seongnam-si", "11260": "Jungnang-gu", "51150": "Gangneung-si",
		"47940": "Ulleung-gun", "51780": "Cheorwon-gun", "44250": "Gyeryong-si", "48270": "Miryang-si", "28177": "Michuhol-gu", "26230": "Busanjin-gu",
		"48720": "Uiryeong-gun", "36110": "Sejong-si", "50130": "Seogwipo-si", "47850": "Chilgok-gun", "28720": "Ongjin-gun", "11170": "Yongsan-gu",
		"41250": "Dongducheon-si", "43720": "Boeun-gun", "43730": "Okcheon-gun", "46860": "Hampyeong-gun", "48890": "Hapcheon-gun", "52180": "Jeongeup-si"}
	for _, p := range c.Towns {
		if name, ok := want[p.Code]; ok && p.NameEn != name {
			t.Errorf("%s %s: got %s, want %s", p.Code, p.Name, p.NameEn, name)
		}
		delete(want, p.Code)
		if (p.Class == "sejong" || p.Class == "admin_city") == p.Recipient {
			t.Errorf("%s %s: class %s, recipient %v", p.Code, p.Name, p.Class, p.Recipient)
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
}

// TestKoreaLife compares the life table with the official one of 2023, and the path with its direction.
func TestKoreaLife(t *testing.T) {
	c := korea(t)
	for sex, want := range []float64{80.6, 86.4} { // life_table_2023_summary.csv of the reference; WPP stands a little above it
		e := expectancy(&c.Death[0][sex])
		if math.Abs(e-want) > 0.8 {
			t.Errorf("life expectancy 2023 of sex %d: got %.2f, want %.1f within 0.8", sex, e, want)
		}
		if last := expectancy(&c.Death[len(c.Death)-1][sex]); last < e+4 || last > 95 {
			t.Errorf("life expectancy 2072 of sex %d: got %.2f, want 4 years more than %.2f", sex, last, e)
		}
	}
	for variant, want := range map[string]float64{"low": 0.82, "medium": 1.08, "high": 1.34} {
		var tfr float64
		for _, f := range c.Birth[variant][2072-c.FirstYear] {
			tfr += f
		}
		within(t, "total fertility 2072 "+variant, tfr, want, 0.001)
	}
}

func expectancy(q *[Ages]float64) (e float64) {
	alive := 1.0
	for a := range q {
		e += alive * (1 - q[a]/2)
		alive *= 1 - q[a]
	}
	return e
}

// TestKoreaOfficialLife compares the life expectancies at the nation's level of deaths with those the official 2022-based projection assumes for 2072 (press, December
// 2023) and the official life table of 2023 (life_table_2023_summary.csv of the reference).
func TestKoreaOfficialLife(t *testing.T) {
	c := korea(t)
	for _, w := range []struct {
		year      int
		want      [2]float64
		tolerance float64
	}{{2023, [2]float64{80.6, 86.4}, 0.5}, {2072, [2]float64{89.5, 92.7}, 0.15}} {
		for sex, want := range w.want {
			if got := expectancy(c.atLevel(w.year, sex)); math.Abs(got-want) > w.tolerance {
				t.Errorf("life expectancy %d of sex %d: got %.2f, want %.1f within %g", w.year, sex, got, want, w.tolerance)
			}
		}
	}
}

// atLevel are a year's probabilities of dying at the level of deaths of the nation: towns weighted by the deaths expected there.
func (c *Country) atLevel(year, sex int) *[Ages]float64 {
	var expected, at float64
	q := &c.Death[year-c.FirstYear][sex]
	for i := range c.Towns {
		for a, n := range c.Population[i][sex] {
			expected += float64(n) * q[a]
			at += float64(n) * q[a] * c.DeathLevel[i]
		}
	}
	out := *q
	for a := range out {
		out[a] = math.Min(1, out[a]*at/expected)
	}
	return &out
}

// TestKoreaAbroad checks the net international migration: the first year lies under the 155,000 officially assumed for 2022 and the last is the 61,000 of 2072
// (donga.com 122627432); Gyeonggi takes the 597,000 of 1,688,855 foreigners who lived there at the end of 2022.
func TestKoreaAbroad(t *testing.T) {
	c := korea(t)
	total := func(year int) (n float64) {
		for sex := range 2 {
			for _, x := range c.Arrivals[year-c.FirstYear][sex] {
				n += x
			}
		}
		return n
	}
	within(t, "net immigration 2072", total(2072), 61000, 0.001)
	if first := total(2023); first > 155000 || first < 120000 {
		t.Errorf("net immigration 2023: got %.0f, want 120,000 to 155,000", first)
	}
	shares := map[string]float64{}
	for i, town := range c.Towns {
		shares[c.Provinces[town.Province].Code] += c.ArrivalShare[i]
	}
	within(t, "Gyeonggi's share", shares["41000"], 597000.0/1688855, 0.0001)
	within(t, "Sejong's share", shares["36000"], 7000.0/1688855, 0.001)
}

// TestKoreaMoves: between provinces the moves of the origin-destination tables are the published ones (vital.csv: moves in and out of the provinces, mean of
// 2022-2024).
func TestKoreaMoves(t *testing.T) {
	c := korea(t)
	for j, p := range c.Provinces {
		var out, all, away float64
		for _, v := range c.Vital {
			if v.Code == p.Code && v.Year >= 2022 && v.Year <= 2024 {
				out += float64(v.MovesOut) / 3
			}
		}
		for i, town := range c.Towns {
			if town.Province != j {
				continue
			}
			for sex := range 2 {
				for a := range Ages {
					g := people.GroupOf(a)
					m := float64(c.Population[i][sex][a]) * c.MoveAge[sex][a] * c.MoveLevel[i][g]
					all += m
					away += m * (1 - c.OD[g][j][j])
				}
			}
		}
		within(t, p.NameEn+" moves to other provinces", away, out, 0.001)
		if all < away {
			t.Errorf("%s: got %.0f moves, of which %.0f to other provinces", p.NameEn, all, away)
		}
	}
}

// TestKoreaStarts checks the populations of the other starts against the registers (MOIS: population_sido_2000_2024.csv for all registered at the end of 2015,
// population_sigungu.csv for residents) and their first year against what had been counted by then.
func TestKoreaStarts(t *testing.T) {
	for _, s := range []struct {
		year                int
		nation              float64
		province            map[string]float64
		births, deaths, tfr float64 // expected in the first year; tolerances below
	}{
		// 2015 counted 438,420 births and 275,895 deaths; Daegu and Gyeongbuk together, because Gunwi-gun went over in 2023
		{2016, 51529338, map[string]float64{"11000": 10022181, "36000": 210884, "41000": 12522606, "27000+47000": 2487829 + 2702826}, 438420, 275895, 1.239},
		// 2022 counted 249,186 births at 0.778, of which 0.72 leaves 230,600; 2021 counted 317,680 deaths, two more years of ageing add some 4%
		{2023, 51200910, map[string]float64{"11000": 9355332, "36000": 382844, "27000+47000": 2355187 + 2592862}, 249186 * 0.72 / 0.778, 317680 * 1.04, 0.72},
		// 2023 counted 230,028 births at 0.721, of which 0.68 leaves 216,900, and 352,511 deaths
		{2024, 51090859, map[string]float64{"11000": 9314535, "27000": 2366654, "47000": 2546848}, 230028 * 0.68 / 0.721, 352511, 0.68},
		{2025, 50983646, map[string]float64{"11000": 9261703, "36000": 389842, "41000": 13629700}, 238317 * 0.65 / 0.748, 358569, 0.65},
	} {
		c, err := LoadBase("kr", s.year)
		if err != nil {
			t.Error(err)
			continue
		}
		name := strconv.Itoa(s.year)
		within(t, name+" nation", c.persons("nation", 0)+c.persons("nation", 1), s.nation, 0)
		for places, want := range s.province {
			var got float64
			for place := range strings.SplitSeq(places, "+") {
				got += c.persons(place, 0) + c.persons(place, 1)
			}
			within(t, name+" "+places, got, want, 0)
		}
		within(t, name+" births", c.expectedBirths(), s.births, 0.025)
		within(t, name+" deaths", c.expectedDeaths(), s.deaths, 0.03)
		var tfr float64
		for _, f := range c.Birth["medium"][0] {
			tfr += f
		}
		within(t, name+" total fertility", tfr, s.tfr, 0.001)
	}
}

// TestKoreaEarners checks that the derived levels give back the published filers and wages of every town.
func TestKoreaEarners(t *testing.T) {
	c := korea(t)
	for i := range c.Towns {
		n, relative := c.earnersOf(i, c.EarnerLevel[i])
		within(t, c.Towns[i].Name+" filers", n, float64(c.Towns[i].Taxpayers), 1e-6)
		mean := math.Exp(c.TownIncome[i]+c.IncomeSD*c.IncomeSD/2) * relative
		within(t, c.Towns[i].Name+" mean wage", mean, float64(c.Towns[i].Income)/float64(c.Towns[i].Taxpayers), 1e-6)
	}
}

// TestKoreaOrigins checks published birthplaces.
func TestKoreaOrigins(t *testing.T) {
	c := korea(t)
	var all, seoul, town, honam, honamHome float64
	for i, p := range c.Provinces {
		n := c.persons(p.Code, 0) + c.persons(p.Code, 1)
		all += n
		town += n * c.BirthProvince[i][i] * c.BirthTown[i]
		for j, q := range c.Provinces {
			switch q.Code {
			case "11000":
				seoul += n * c.BirthProvince[i][j]
			case "29000", "46000", "52000":
				honam += n * c.BirthProvince[i][j]
				if p.Code == "29000" || p.Code == "46000" || p.Code == "52000" {
					honamHome += n * c.BirthProvince[i][j]
				}
			}
		}
	}
	within(t, "born in Seoul", seoul/all, 0.163, 0.001)
	within(t, "born in Honam", honam/all, 0.168, 0.001)
	within(t, "living in the town of birth", town/all, 0.407, 0.001)
	within(t, "Seoul residents born in Seoul", c.BirthProvince[0][0], 0.479, 0.001)
	if away := 1 - honamHome/honam; away < 0.41 {
		t.Errorf("born in Honam and living outside: got %.3f, want 0.41 or more (published lower bound)", away)
	}
}

// TestKoreaGiving compares the derived receipts with published figures they were not fitted to: the ten largest municipalities and the size classes.
func TestKoreaGiving(t *testing.T) {
	c := korea(t)
	classes := map[int]int{}
	observed := map[int]int{}
	for _, r := range c.Receipts {
		if r.Year > 2024 {
			t.Errorf("%s %d: outcomes after 2024 are held out", r.Code, r.Year)
		}
		if r.Amount <= 0 {
			t.Errorf("%s %d: got %d won, want more than 0", r.Code, r.Year, r.Amount)
		}
		if r.Observed {
			observed[r.Year]++
		}
		if r.Year == 2023 {
			for _, bound := range []int64{1e8, 3e8, 5e8, 1e9} {
				if r.Amount >= bound {
					classes[int(bound/1e8)]++
				}
			}
		}
	}
	if observed[2023] < 60 || observed[2024] < 60 {
		t.Errorf("got %v published receipts, want 60 and 60 or more", observed)
	}
	// K39: 4, 31, 85, 171 governments at or over 1 billion, 500, 300, 100 million won
	for bound, want := range map[int]int{10: 4, 5: 31, 3: 85, 1: 171} {
		if d := classes[bound] - want; d < -12 || d > 12 {
			t.Errorf("governments with %d00 million won or more in 2023: got %d, want %d within 12", bound, classes[bound], want)
		}
	}
}

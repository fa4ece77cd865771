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

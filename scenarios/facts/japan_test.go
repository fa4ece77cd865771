package facts

import (
	"maps"
	"math"
	"strconv"
	"strings"
	"testing"

	"gohyang/sim/people"
)

// japan loads the shipped tables once a test.
func japan(t *testing.T) *Country {
	t.Helper()
	c, err := Load("jp")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// published looks a total up; a missing one is a failure, never a zero.
func published(t *testing.T, c *Country, table, key string) float64 {
	t.Helper()
	for _, p := range c.Totals {
		if p.Table == table && p.Key == key {
			return p.Value
		}
	}
	t.Fatalf("totals.csv: no row %s, %s", table, key)
	return 0
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Abs(want)) {
		t.Errorf("%s: got %.6g, want %.6g within %.3g%%", what, got, want, 100*tolerance)
	}
}

func TestJapanPlaces(t *testing.T) {
	c := japan(t)
	class, status := map[string]int{}, map[string]int{}
	for _, p := range c.Towns {
		class[p.Class]++
		status[p.Allocation]++
		if !p.Recipient || p.Code[:2] != c.Provinces[p.Province].Code[:2] {
			t.Errorf("%s %s: recipient %v, prefecture %s", p.Code, p.Name, p.Recipient, c.Provinces[p.Province].Code)
		}
	}
	if len(c.Provinces) != 47 || len(c.Towns) != 1741 {
		t.Errorf("got %d prefectures and %d municipalities, want 47 and 1741", len(c.Provinces), len(c.Towns))
	}
	for name, want := range map[string]int{"ward": 23, "designated": 20, "city": 772, "town": 743, "village": 183} {
		if class[name] != want {
			t.Errorf("class %s: got %d, want %d", name, class[name], want)
		}
	}
	for name, want := range map[string]int{"ward": 23, "non_receiving": 77, "receiving": 1641} {
		if status[name] != want {
			t.Errorf("allocation %s: got %d, want %d", name, status[name], want)
		}
	}
	for _, p := range c.Provinces {
		if (p.Allocation == "non_receiving") != (p.Code == "13000") {
			t.Errorf("%s: allocation %s; Tokyo alone receives none", p.NameEn, p.Allocation)
		}
	}
}

// TestJapanPopulation walks from the published census to the base population: census + 3/4 of (deaths - births - net moves).
func TestJapanPopulation(t *testing.T) {
	c := japan(t)
	census := published(t, c, "census", "nation")
	if census != 126146099 || published(t, c, "census", "nation:M")+published(t, c, "census", "nation:F") != census {
		t.Errorf("census: got %.0f, want 126,146,099 and its two sexes", census)
	}
	flows := published(t, c, "backcast", "deaths") - published(t, c, "backcast", "births") - published(t, c, "backcast", "net_moves")
	var got, men float64
	for i := range c.Towns {
		for a := range Ages {
			got += float64(c.Population[i][0][a] + c.Population[i][1][a])
			men += float64(c.Population[i][0][a])
		}
	}
	if want := math.Round(census + 0.75*flows); got != want {
		t.Errorf("population: got %.0f, want %.0f", got, want)
	}
	near(t, "share of men", men/got, published(t, c, "census", "nation:M")/census, 0.002)
	for _, p := range c.Projection { // the projection starts from the same census, so each prefecture must be close nine months earlier
		if p.Year != 2020 || p.Code == "" || !strings.HasSuffix(p.Code, "000") {
			continue
		}
		var n float64
		for i, town := range c.Towns {
			if town.Code[:2] == p.Code[:2] {
				for a := range Ages {
					n += float64(c.Population[i][0][a] + c.Population[i][1][a])
				}
			}
		}
		near(t, "population of "+p.Code, n, float64(p.Population), 0.015)
	}
}

// TestJapanVital: the deaths and births that tables and population imply for 2020 are those registered.
func TestJapanVital(t *testing.T) {
	c := japan(t)
	var deaths, births float64
	for i := range c.Towns {
		for a := range Ages {
			for sex := range 2 { // half the year at age a, half at a+1
				q := (c.Death[0][sex][a] + c.Death[0][sex][min(a+1, Ages-1)]) / 2
				deaths += float64(c.Population[i][sex][a]) * q * c.DeathLevel[i]
			}
			f := (c.Birth["medium"][0][a] + c.Birth["medium"][0][min(a+1, Ages-1)]) / 2
			births += float64(c.Population[i][1][a]) * f * c.BirthLevel[i]
		}
	}
	near(t, "expected deaths of 2020", deaths, published(t, c, "vital", "deaths:2020"), 0.02)
	near(t, "expected births of 2020", births, published(t, c, "vital", "births:2020"), 0.02)
	sum, prefectures, nation := map[string]int64{}, map[string]int64{}, map[string]int64{}
	for _, v := range c.Vital {
		switch {
		case v.Year < 2010 || v.Year > 2021:
			t.Fatalf("%s %d: only 2010-2021 may be here", v.Code, v.Year)
		case v.Code == "":
			addVital(nation, v)
			continue
		case strings.HasSuffix(v.Code, "000"):
			addVital(prefectures, v)
			continue
		}
		sum["births:"+strconv.Itoa(v.Year)] += v.Births
		sum["deaths:"+strconv.Itoa(v.Year)] += v.Deaths
		sum["moves:"+strconv.Itoa(v.Year)] += v.MovesIn - v.MovesOut
	}
	if len(nation) != 4*12 || !maps.Equal(nation, prefectures) {
		t.Errorf("prefectures 2010-2021 sum to %v, the nation is %v", prefectures, nation)
	}
	for _, key := range []string{"births:2020", "births:2021", "deaths:2020", "deaths:2021"} {
		if got, want := sum[key], int64(published(t, c, "vital", key)); got != want {
			t.Errorf("%s: municipalities sum to %d, prefectures to %d", key, got, want)
		}
	}
	for y := 2016; y <= 2021; y++ {
		if n := sum["moves:"+strconv.Itoa(y)]; n != 0 {
			t.Errorf("%d: moves into all municipalities less moves out: got %d, want 0", y, n)
		}
	}
}

func addVital(sum map[string]int64, v Vital) {
	for key, n := range map[string]int64{"births": v.Births, "deaths": v.Deaths, "in": v.MovesIn, "out": v.MovesOut} {
		sum[key+strconv.Itoa(v.Year)] += n
	}
}

// TestJapanPaths: the paths end at the official levels of 2070, and life expectancy there is the official one.
func TestJapanPaths(t *testing.T) {
	c := japan(t)
	for variant, want := range map[string]float64{"low": 1.08, "medium": 1.36, "high": 1.64} {
		var tfr float64
		for _, f := range c.Birth[variant][2070-c.FirstYear] {
			tfr += f
		}
		near(t, "total fertility of 2070, "+variant, tfr, want, 0.001)
	}
	for sex, want := range []float64{85.89, 91.94} {
		alive, years := 1.0, 0.0
		for _, q := range c.Death[2070-c.FirstYear][sex] {
			years += alive * (1 - q/2)
			alive *= 1 - q
		}
		near(t, "life expectancy of 2070", years, want, 0.005)
	}
	net := map[int]float64{2020: -10750, 2021: -43000, 2022: 164000, 2050: 164000}
	for y, want := range net {
		var n float64
		for sex := range 2 {
			n += sumAges(c.Arrivals[y-c.FirstYear][sex])
		}
		near(t, "net immigration of "+strconv.Itoa(y), n, want, 1e-4)
	}
}

func sumAges(x [Ages]float64) (n float64) {
	for _, v := range x {
		n += v
	}
	return n
}

// TestJapanMoves: out-moves implied by schedule and levels, and attraction, are the published moves of 2019 without those between wards of one city; each
// origin has a full row.
func TestJapanMoves(t *testing.T) {
	c := japan(t)
	var out, in, within float64
	byPref := make([][Groups]float64, len(c.Provinces))
	for i, town := range c.Towns {
		for g := range Groups {
			in += c.Attract[i][g]
		}
		for a := range Ages {
			for sex := range 2 {
				n := float64(c.Population[i][sex][a]) * c.MoveAge[sex][a] * c.MoveLevel[i][people.GroupOf(a)]
				out += n
				byPref[town.Province][people.GroupOf(a)] += n
			}
		}
	}
	all, home := published(t, c, "moves", "between_municipalities:2019"), published(t, c, "moves", "within_prefectures:2019")
	wards := published(t, c, "moves", "between_wards:2019")
	if all != 5403465 || home != 2835379 || wards < 0.05*all || wards > 0.1*all {
		t.Errorf("moves of 2019: got %.0f, %.0f within prefectures, %.0f between wards; want 5,403,465, 2,835,379 and 5 to 10%% of all", all, home, wards)
	}
	near(t, "out-moves", out, all-wards, 0.002)
	near(t, "in-moves", in, all-wards, 0.0001)
	for g := range Groups {
		for o, row := range c.OD[g] {
			var sum float64
			for d, v := range row {
				if v <= 0 {
					t.Errorf("group %d from %s to %s: share %g, want above 0", g, c.Provinces[o].Code, c.Provinces[d].Code, v)
				}
				sum += v
			}
			near(t, "row of shares", sum, 1, 1e-12)
			within += byPref[o][g] * row[o]
		}
	}
	near(t, "moves within prefectures", within, home-wards, 0.005)
	for o, row := range c.BirthProvince {
		near(t, "birthplaces of "+c.Provinces[o].Code, sumOf(row), 1, 1e-9)
	}
}

func sumOf(x []float64) (n float64) {
	for _, v := range x {
		n += v
	}
	return n
}

// TestJapanBirthplaces: 71.1% live in their prefecture of birth (survey of 2016: 64.4 of 90.6).
func TestJapanBirthplaces(t *testing.T) {
	c := japan(t)
	people := make([]float64, len(c.Provinces))
	for i, town := range c.Towns {
		for a := range Ages {
			people[town.Province] += float64(c.Population[i][0][a] + c.Population[i][1][a])
		}
	}
	var home, homeTown float64
	for p, n := range people {
		home += n * c.BirthProvince[p][p]
		homeTown += n * c.BirthProvince[p][p] * c.BirthTown[p]
	}
	near(t, "share living in the prefecture of birth", home/sumOf(people), 64.4/90.6, 0.002)
	near(t, "share of these in the town of birth", homeTown/home, 0.55, 0.002)
}

// TestJapanTaxpayers: the published payers and incomes add up; the map of payers departs from them only where people stood evacuated in 2015.
func TestJapanTaxpayers(t *testing.T) {
	c := japan(t)
	l := &loader{fsys: shipped, code: "jp", town: map[string]int{}}
	for i, p := range c.Towns {
		l.town[p.Code] = i
	}
	var all, income int64
	var moved []string
	s := l.open("taxable_income.csv", "code,taxpayers,taxable_income")
	for s.next() {
		i := s.index(l.town, "town")
		s.once(i)
		payers, taxable := s.whole(0), s.whole(0)
		all, income = all+payers, income+taxable
		if payers != c.Towns[i].Taxpayers {
			moved = append(moved, c.Towns[i].Code)
		} else if c.Towns[i].Income <= taxable {
			t.Errorf("%s: gross earnings %d, want more than the income after deduction %d", c.Towns[i].Code, c.Towns[i].Income, taxable)
		}
	}
	s.complete(len(c.Towns), "one a municipality")
	if err := l.err(); err != nil {
		t.Fatal(err)
	}
	if all != int64(published(t, c, "taxpayers", "nation")) || income != 224819386035000 {
		t.Errorf("payers %d and income %d, want 57151834 and 224,819,386,035 thousand yen", all, income)
	}
	if got := strings.Join(moved, " "); got != "07542 07543 07545 07546 07547 07548 07564" {
		t.Errorf("payers differ from the register in %s, want the seven displaced municipalities of Fukushima", got)
	}
	var earners float64
	for i := range c.Towns {
		n, _ := c.earnersOf(i, c.EarnerLevel[i])
		earners += n
	}
	near(t, "expected earners", earners, 57135852, 0.001)
	if c.IncomeSD < 0.4 || c.IncomeSD > 0.7 {
		t.Errorf("income_sd: got %g, want 0.4 to 0.7, which is what wages of one sex and age spread", c.IncomeSD)
	}
}

// TestJapanDonations: every year's receipts and records add up to the national figures to the yen; nothing later than FY2021 is here.
func TestJapanDonations(t *testing.T) {
	c := japan(t)
	amount, count, rows := map[int]int64{}, map[int]int64{}, map[int]int{}
	for _, r := range c.Receipts {
		amount[r.Year] += r.Amount
		count[r.Year] += r.Count
		rows[r.Year]++
		if r.Year > 2021 || !r.Observed {
			t.Fatalf("%s %d: only observed receipts to 2021 may be here", r.Code, r.Year)
		}
	}
	if len(c.Nation) != 14 {
		t.Errorf("national years: got %d, want FY2008-2021", len(c.Nation))
	}
	for _, n := range c.Nation {
		year := strconv.Itoa(n.Year)
		if amount[n.Year] != n.Amount || float64(n.Amount) != published(t, c, "donations", year) {
			t.Errorf("%s: receipts %d, nation %d", year, amount[n.Year], n.Amount)
		}
		if count[n.Year] != n.Count || float64(n.Count) != published(t, c, "records", year) || rows[n.Year] != 1788 {
			t.Errorf("%s: records %d of %d governments, nation %d of 1,788", year, count[n.Year], rows[n.Year], n.Count)
		}
	}
	var donors float64
	for i := range c.Towns {
		var n float64
		for sex := range 2 {
			for a := adultAge; a < Ages; a++ {
				n += float64(c.Population[i][sex][a])
			}
		}
		donors += n * c.Donors[i]
	}
	near(t, "donors of 2020", donors, 5640000, 1e-4) // the rate of a municipality without adults (Futaba) is lost
}

// TestJapanProjection: the prefectures add up to the nation, and their municipalities to them (Fukushima's coast is projected as one).
func TestJapanProjection(t *testing.T) {
	c := japan(t)
	prefectures, towns := map[int]int64{}, map[string]int64{}
	for _, p := range c.Projection {
		switch {
		case p.Code == "":
		case strings.HasSuffix(p.Code, "000"):
			prefectures[p.Year] += p.Population
			towns[p.Code[:2]+strconv.Itoa(p.Year)] -= p.Population
		default:
			towns[p.Code[:2]+strconv.Itoa(p.Year)] += p.Population
		}
	}
	for _, year := range []int{2020, 2050} {
		if got := prefectures[year]; float64(got) != published(t, c, "projection", strconv.Itoa(year)) {
			t.Errorf("%d: prefectures sum to %d", year, got)
		}
	}
	for key, gap := range towns {
		if coast := key[:2] == "07"; coast == (gap == 0) {
			t.Errorf("%s: municipalities less prefecture: got %d, want 0 except in Fukushima", key, gap)
		}
	}
	if towns["072020"] != -452508 {
		t.Errorf("Fukushima 2020: got %d, want the coast's 452,508", towns["072020"])
	}
}

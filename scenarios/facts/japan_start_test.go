package facts

import (
	"testing"
)

// start loads one of Japan's other starts.
func start(t *testing.T, year int) *Country {
	t.Helper()
	c, err := LoadBase("jp", year)
	if err != nil {
		t.Fatal(err)
	}
	if c.BaseYear != year || len(c.Death) != 2072-year+1 {
		t.Errorf("start of %d: got base year %d and %d years of death rates", year, c.BaseYear, len(c.Death))
	}
	return c
}

// everybody counts everybody, and the men.
func (c *Country) everybody() (all, men float64) {
	for i := range c.Population {
		for a := range Ages {
			all += float64(c.Population[i][0][a] + c.Population[i][1][a])
			men += float64(c.Population[i][0][a])
		}
	}
	return all, men
}

// firstYear is the deaths and births that the tables expect in the base year: half of it at each of two ages.
func (c *Country) firstYear() (deaths, births float64) {
	for i := range c.Towns {
		for a := range Ages {
			next := min(a+1, Ages-1)
			for sex := range 2 {
				deaths += float64(c.Population[i][sex][a]) * (c.Death[0][sex][a] + c.Death[0][sex][next]) / 2 * c.DeathLevel[i]
			}
			births += float64(c.Population[i][1][a]) * (c.Birth["medium"][0][a] + c.Birth["medium"][0][next]) / 2 * c.BirthLevel[i]
		}
	}
	return deaths, births
}

// atBirth is the life expectancy of one sex in a year.
func (c *Country) atBirth(year, sex int) float64 {
	alive, years := 1.0, 0.0
	for _, q := range c.Death[year-c.FirstYear][sex] {
		years += alive * (1 - q/2)
		alive *= 1 - q
	}
	return years
}

// TestJapanStart2016: the census of 2015 (127,094,745; men 61,841,738), the deaths and births of 2016 (1,307,748 and 976,978 by MHLW, here those of the
// prefectures), and the assumptions of the national projection of April 2017.
func TestJapanStart2016(t *testing.T) {
	c := start(t, 2016)
	all, men := c.everybody()
	near(t, "residents, against the census three months before", all, 127094745, 0.001)
	near(t, "share of men", men/all, 61841738.0/127094745, 0.0005)
	deaths, births := c.firstYear()
	near(t, "deaths of 2016", deaths, 1306941, 0.01)
	near(t, "births of 2016", births, 977177, 0.015)
	for sex, want := range []float64{84.95, 91.35} {
		near(t, "life expectancy of 2065", c.atBirth(2065, sex), want, 0.005)
	}
	for sex, want := range []float64{80.75, 86.99} { // official, 2015
		near(t, "life expectancy of 2016", c.atBirth(2016, sex), want, 0.006)
	}
	for year, want := range map[int]float64{2016: 1.4498, 2065: 1.44, 2072: 1.44} {
		near(t, "total fertility", sumAges(c.Birth["medium"][year-2016]), want, 1e-4)
	}
	near(t, "low fertility of 2065", sumAges(c.Birth["low"][2065-2016]), 1.44*1.08/1.36, 1e-4)
	var moves float64
	for i := range c.Towns {
		for g := range Groups {
			moves += c.Attract[i][g]
		}
	}
	near(t, "moves, of which Japanese 4,880,967 in 2016 with those between wards", moves, 4880967, 0.05)
	net := sumAges(c.Arrivals[0][0]) + sumAges(c.Arrivals[0][1])
	near(t, "net immigration", net, 92758, 1e-3)
}

// TestJapanStart2008: the estimates of 1 October 2007 (128,036,000) and 2008 (128,083,000; men 62,423,000), the deaths of 2008 (1,140,536) and its births
// (1,090,983).
func TestJapanStart2008(t *testing.T) {
	c := start(t, 2008)
	all, men := c.everybody()
	near(t, "residents", all, 0.75*128036000+0.25*128083000, 1e-6)
	near(t, "share of men", men/all, 62423.0/128083, 0.0005)
	deaths, births := c.firstYear()
	near(t, "deaths of 2008", deaths, 1140536, 0.025)
	near(t, "births of 2008", births, 1090983, 0.015)
	for sex, want := range []float64{79.29, 86.05} {
		// official, 2008; the ages within 90 and over are those of a stationary population, too old for 2008, and the level makes up for it
		near(t, "life expectancy of 2008", c.atBirth(2008, sex), want, 0.01)
	}
	standard := japan(t)
	for _, year := range []int{2025, 2060} {
		for sex := range 2 {
			near(t, "life expectancy of the standard tables", c.atBirth(year, sex), standard.atBirth(year, sex), 1e-9)
		}
		near(t, "fertility of the standard tables", sumAges(c.Birth["medium"][year-2008]), sumAges(standard.Birth["medium"][year-2020]), 1e-9)
	}
	for i, p := range c.Towns {
		n := 0.0
		for a := range Ages {
			n += float64(c.Population[i][0][a] + c.Population[i][1][a])
		}
		if n < 100 {
			t.Errorf("%s %s: got %.0f residents; even Aogashima had 190", p.Code, p.Name, n)
		}
		if p.Code == "07547" && (n < 12000 || n > 30000) { // Namie: 21,434 at the census of 2005
			t.Errorf("Namie before its evacuation: got %.0f residents, want about 21,000", n)
		}
	}
}

package build

import (
	"errors"
	"math"
	"path/filepath"

	"gohyang/scenarios/facts"
)

// Years of the Japanese tables.
const (
	jpBase       = 2020 // the population stands on 1 January of this year
	jpLastYear   = 2074 // the last year of the yearly tables
	jpFirstDon   = 2008 // first and last visible fiscal year of donations
	jpLastDon    = 2021
	jpFirstRates = 2015 // death rates of periods that end before this year are shipped with the starts that need them
	jpFirstVit   = 2016 // first and last visible year of births, deaths and moves
	jpLastVit    = 2021
)

// jpFives is the number of five-year age groups, 0-4 to 85-89 and 90+.
const jpFives = 19

// jpTown is one of the 1,741 municipalities with what the reference says of it.
type jpTown struct {
	code, name, nameEn string
	pref               int
	lon, lat           float64
	class, allocation  string
	strength           float64
	localTax, revenue  int64 // yen
	revenue2021        int64 // yen: settlement of FY2021
	levy, allocated    int64 // yen: income levy of FY2024, local allocation tax of FY2024 as first decided
	taxpayers, taxable int64 // persons with the income levy; their 課税対象所得 in yen

	census    [2][jpFives]float64 // the census the base population is made from, 1 October 2020 (see japan.start for other starts), unknown ages spread
	earlier   [2][jpFives]float64 // the census five years before it; not known for other starts
	vital     [jpLastVit - jpFirstVit + 1]jpVital
	displaced bool // evacuated in 2015 (Fukushima): registered flows do not belong to the census residents

	base    [2][facts.Ages]float64 // 1 January of the base year, before rounding
	persons [2][jpFives]int64      // the same, as shipped

	death, birth   float64 // levels, shrunk
	in, out        float64 // moves a year, all residents
	inBy, outBy    [facts.Groups]float64
	expected       [facts.Groups]float64 // out-moves the national schedule expects
	logMean        float64               // mean log gross earnings of the taxpayers, in log yen
	earners, gross int64                 // taxpayers who live there, and their gross earnings in yen
	arrival        float64               // share of the nation's net immigration
	donors         [2]int64              // users of the deduction, donation years 2020 and 2021
}

// jpVital is one year of a municipality's register: Japanese nationals only.
type jpVital struct{ births, deaths, in, out float64 }

// jpPref is one of the 47 prefectures.
type jpPref struct {
	code, name, nameEn string
	lon, lat           float64
	strength           float64
	localTax, lat2021  int64 // yen: tax of the prefectural government, its local allocation tax in 2021
	need, capacity     int64 // yen: its standard need and capacity of 2021
	needTowns          int64 // the same of all its municipalities, yen
	capacityTowns      int64
	taxTowns           int64
	in, out            float64 // moves between prefectures in 2019 (see japan.start for other starts), all residents
	inJapanese         float64 // the same, Japanese nationals
	intra              float64 // moves within the prefecture a year
	population         float64 // census 2020
	children, elders   float64 // residents aged 0-14 and 65+ in 2000
	towns              []int

	years  map[int]*jpPrefYear          // 2000-2021
	census map[int]*[2][jpFives]float64 // 2005, 2010, 2015 and 2020, unknown ages spread
}

// jpPrefYear is one year of a prefecture. Births and deaths are those of Japanese nationals in Japan.
type jpPrefYear struct {
	population, births, deaths float64    // residents of 1 October
	residents, died            [2]float64 // the same by sex
	in, out                    float64    // moves between prefectures, Japanese nationals
	inAll, outAll              float64    // all residents, since 2014
}

// jpStart is what sets one start of the simulation apart from another.
type jpStart struct {
	year                int     // the population stands on 1 January of this year
	moveFirst, moveLast int     // years of the municipal pattern of moves
	within              float64 // published moves between municipalities of one prefecture, all residents; 0 = as the municipal counts give it
}

// jpStandard is the start of the standard tables. The pattern of 2016-2019 is of all the years the reference has before the pandemic; the last two alone carry
// single housing estates into the decades.
var jpStandard = jpStart{year: jpBase, moveFirst: 2016, moveLast: 2019, within: jpMoversWithin}

// japan is the whole work piece: what was read and what was derived, town by town in code order.
type japan struct {
	start  jpStart
	dir    string
	sheets []*Table
	faults []error

	towns  []jpTown
	index  map[string]int
	prefs  []jpPref
	byPref map[string]int // two-digit code

	published map[string]float64 // national sums of the prefectures: "2020 births"

	periods  []jpPeriod
	factor   map[int]float64   // of 2020 and 2021 on the death rates of 2020-2024
	asfr     map[int][]float64 // by year: births per woman at 10-14, ..., 50-54
	tfr      map[int]float64
	schedule *ScheduleFit
	targets  []Mobility // of the schedule
	moves    [2][facts.Ages]float64
	wardFit  jpWardFit
	wards    float64 // moves between wards of one city a year, taken off the published moves
	distance float64 // elasticity of moves between prefectures to their distance
	od       [facts.Groups][][]float64
	earner   jpEarners
	brackets []jpBracket
	origin   [][]float64 // by prefecture of residence: share born in each
	stayers  []float64
	nation   map[int]jpNation
	gifts    []jpGift
	bodies   []body // municipalities, then prefectural governments
	need     needFit
	needPref needFit
}

// jpGift is what one government received in one fiscal year.
type jpGift struct {
	code          string
	year          int
	amount, count int64
}

// Japan reads the Japanese reference figures (the folder jp of reference) and writes the compact tables to the folder out; SOURCES.toml
// there is prose and only gets its digests renewed, by Rebuild.
// It returns every fault it finds in the reference at once.
func Japan(reference, out string) error {
	korea, err := KoreaGravity(reference) // the reference has no table of moves between prefectures to fit an elasticity to
	if err != nil {
		return err
	}
	j := &japan{start: jpStandard, dir: filepath.Join(reference, "jp"), distance: korea.Distance()}
	for _, chapter := range []func(){j.read, j.derive, func() { j.write(out) }, func() { j.writeForecast(out) }, func() { j.writeBackcast(out) }} {
		chapter()
		for _, t := range j.sheets {
			j.faults = append(j.faults, t.errs...)
		}
		if len(j.faults) > 0 {
			return errors.Join(j.faults...)
		}
	}
	return nil
}

// read loads every reference table used.
func (j *japan) read() {
	j.readPlaces()
	if len(j.faults) > 0 {
		return // every later table needs the list of places
	}
	j.readPrefectures()
	j.readPanel()
	j.readCensus("population_municipality_2020_5yr_derived.csv", "population_scaled_to_total", func(t *jpTown) *[2][jpFives]float64 { return &t.census })
	j.readCensus("population_municipality_2015_census_5yr.csv", "population", func(t *jpTown) *[2][jpFives]float64 { return &t.earlier })
	j.readVital()
	j.readMortality()
	j.readFertility()
	j.readBrackets()
	j.readDonations()
}

// derive runs the chapters in the order in which they need each other.
func (j *japan) derive() {
	j.markDisplaced()
	j.centreOfPrefectures()
	j.extendMortality()
	j.levels()
	j.backcast()
	j.periodsOfBase()
	j.moveTotals()
	j.fitSchedule(jpMoved2019())
	j.moveGroups(j.netByGroup)
	j.originDestination()
	j.income()
	j.birthplaces()
	j.arrivals()
	j.donors()
	j.fiscal()
}

// markDisplaced finds the municipalities that stood evacuated at the census of 2015: fewer than half of their census 2020 residents, or none.
func (j *japan) markDisplaced() {
	for i := range j.towns {
		t := &j.towns[i]
		t.displaced = jpSum(t.earlier) < 0.5*jpSum(t.census) || jpSum(t.earlier) == 0
	}
}

// centreOfPrefectures puts each prefecture at the population-weighted mean of its municipalities.
func (j *japan) centreOfPrefectures() {
	for p := range j.prefs {
		var lon, lat, n float64
		for _, i := range j.prefs[p].towns {
			w := jpSum(j.towns[i].census)
			lon += float64(w * j.towns[i].lon)
			lat += float64(w * j.towns[i].lat)
			n += w
		}
		j.prefs[p].lon, j.prefs[p].lat, j.prefs[p].population = lon/n, lat/n, n
	}
}

// jpSum adds a table by sex and five-year age.
func jpSum(five [2][jpFives]float64) float64 {
	var n float64
	for _, row := range five {
		for _, v := range row {
			n += v
		}
	}
	return n
}

// jpDistance is the great-circle distance in kilometres.
func jpDistance(lon1, lat1, lon2, lat2 float64) float64 {
	const radius, degree = 6371, math.Pi / 180
	a := math.Pow(math.Sin((lat2-lat1)*degree/2), 2)
	b := math.Cos(lat1*degree) * math.Cos(lat2*degree) * math.Pow(math.Sin((lon2-lon1)*degree/2), 2)
	return 2 * radius * math.Asin(math.Sqrt(a+b))
}

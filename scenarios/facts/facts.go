// Package facts holds the official figures the model starts from: compact tables of Korea and Japan, one folder a country, each table named in
// SOURCES.toml with publisher, year, licence, unit, derivation and SHA-256. Load verifies every digest, parses every table strictly and returns
// one typed Country; both countries share the same table formats.
package facts

import "gohyang/sim/people"

// Ages is the number of single-year age classes, 0 to 110 and over.
const Ages = people.Ages

// Groups is the number of age groups of the migration tables, see people.GroupOf.
const Groups = people.Groups

// Place is one government or place of residence.
type Place struct {
	Code         string // 행정구역 (Korea, 2024 codes) or JIS X 0402 (Japan), 5 digits
	Name         string // 고흥군, 泉佐野市
	NameEn       string // Goheung-gun, Izumisano City
	Province     int    // index into Country.Provinces
	Lon, Lat     float64
	Class        string  // Korea: si gun gu sejong admin_city, province: metro province; Japan: designated city ward town village, province: prefecture
	Recipient    bool    // a government that may receive hometown donations (Korea: 226 + 17; Sejong and Jeju receive as provinces)
	Depopulation string  // "", "depopulation" (인구감소지역, 過疎 not covered), "interest" (관심지역)
	Allocation   string  // local allocation tax: "receiving", "non_receiving", "ward"
	Strength     float64 // Japan: fiscal strength index (財政力指数); Korea: fiscal independence (재정자립도) / 100
	LocalTax     int64   // won or yen a year
	Revenue      int64   // total revenue or general-account budget, won or yen a year; 0 = not in the reference
	EarnedTax    int64   // of the local tax, levied on residents' earnings
	OtherOwn     int64   // own revenue beside tax; 0 = not in the reference
	Need         int64   // standard fiscal need
	Capacity     int64   // standard fiscal capacity
	Standard     int64   // revenue without donations
	Taxpayers    int64   // Korea: wage filers; Japan: payers of the income levy who live there
	Income       int64   // their gross earnings, won or yen: Korea total wages; Japan derived from 課税対象所得 (published: taxable_income.csv), see SOURCES.toml
}

// Country is all facts of one country. Slices by town follow Towns, by province Provinces; [2] is male, female.
type Country struct {
	Code      string
	BaseYear  int    // Population stands on 1 January of this year
	Kind      string // of another start: Then or BackCast; "" = the standard
	Provinces []Place
	Towns     []Place // every place of residence

	Population [][2][Ages]int32 // persons by town, sex, single age; five-year tables split by a sum-preserving monotone cubic

	FirstYear int                        // first year of the yearly tables below; the last is 2072 or later
	Death     [][2][Ages]float64         // by year: probability of dying between exact ages a and a+1 (life table q)
	Birth     map[string][][Ages]float64 // by variant (low, medium, high) and year: births per woman and year at age a
	MaleBirth float64                    // share of births that are boys

	DeathLevel []float64 // by town: observed over expected deaths, shrunk
	BirthLevel []float64 // by town: observed over expected births, shrunk

	MoveAge   [2][Ages]float64    // yearly probability of moving to another municipality, national
	MoveLevel [][Groups]float64   // by town: factor on MoveAge
	Attract   [][Groups]float64   // by town: weight as a destination within its province
	OD        [Groups][][]float64 // by group, origin province, destination province: shares of moves, rows sum to 1

	Arrivals     [][2][Ages]float64 // by year from FirstYear: net international migration, persons (negative = departures)
	ArrivalShare []float64          // by town, sums to 1

	EarnerShare [2][Ages]float64 // share of persons who are taxpayers with earnings, national, by sex and age (before the town's level)
	EarnerLevel []float64        // by town: factor on EarnerShare that reproduces Taxpayers
	LogIncome   [2][Ages]float64 // log earnings relative to the national mean, by sex and age
	TownIncome  []float64        // by town: mean of log earnings minus LogIncome of its earners, in log won or yen
	IncomeSD    float64          // standard deviation of log earnings within town, sex and age

	BirthProvince [][]float64 // by province of residence: share born in each province (rows sum to 1)
	BirthTown     []float64   // by province of residence: share, of those born in the province, who live in their town of birth

	Receipts   []Receipt // observed donations by government and year (visible years only)
	Nation     []NationYear
	Accounts   []Account    // observed costs and lost tax by town (Japan, FY2021), for the check of the accounts
	Donors     []float64    // by town: donors per adult in the year before BaseYear or the first year observed; zeros where the scheme starts later
	Projection []Projection // official projections, by province and town

	Vital     []Vital    // observed births, deaths and moves by place and year (visible years only), for scoring
	Observed  []Count    // populations as counted, for scoring
	Past      []Count    // official projections made in the past, for scoring
	Estimates []Estimate // numbers fitted when the tables were made, with what they were fitted to
	Totals    []Total    // published totals that the tables add up to; tests check them

	Sources []Source // where each table comes from

	Digest string // SHA-256 over the digests of all tables of the country, hex
}

// Receipt is what one government received in one year.
type Receipt struct {
	Code     string
	Year     int
	Amount   int64 // won or yen
	Count    int64 // records; 0 = not published
	Observed bool  // false = derived from totals of its class or province, see SOURCES.toml
}

// NationYear is the observed national total of one year.
type NationYear struct {
	Year          int
	Amount, Count int64
	Donors        int64   // persons with a deduction; 0 = not published
	December      float64 // share of the year's amount; 0 = not published
	GiftShare     float64 // gifts over receipts; 0 = not published
	CostShare     float64 // all costs over receipts; 0 = not published
}

// Vital is what was counted in one place in one year; -1 = not published.
type Vital struct {
	Code                              string // province or town; "" = the nation
	Year                              int
	Births, Deaths, MovesIn, MovesOut int64
}

// Total is one published total of a table, such as the population of a province.
type Total struct {
	Table  string // population, earners, ...
	Key    string // what is added up: a province code, "nation", "nation:M", a year
	Value  float64
	Source string
}

// Projection is one figure of the official population projection.
type Projection struct {
	Code       string // "" = the nation
	Year       int
	Population int64
	ByAge      [3]int64 // 0-14, 15-64, 65 and over; zeros = not published with it
}

package people

// Ages is the number of single-year age classes, 0 to 110 and over.
const Ages = 111

// Groups is the number of age groups of the migration tables, see GroupOf.
const Groups = 6

// GroupOf maps an age to its migration age group: 0-14, 15-19, 20-24, 25-34, 35-59, 60 and over.
func GroupOf(age int) int {
	switch {
	case age < 15:
		return 0
	case age < 20:
		return 1
	case age < 25:
		return 2
	case age < 35:
		return 3
	case age < 60:
		return 4
	default:
		return 5
	}
}

// Tables are the demographic rates of one country and scenario. Index [2] is male, female; towns and provinces are in the order of the places.
type Tables struct {
	First        int                 // year of index 0 of the yearly tables
	Population   [][2][Ages]int32    // by town, on 1 January of the first simulated year
	Death        [][2][Ages]float64  // by year: probability of dying between exact ages a and a+1
	Birth        [][Ages]float64     // by year: births per woman and year at age a
	MaleBirth    float64             // share of boys among births
	DeathLevel   []float64           // by town
	BirthLevel   []float64           // by town
	MoveAge      [2][Ages]float64    // yearly probability of moving to another town, by sex and age
	MoveLevel    [][Groups]float64   // by town and age group
	Attract      [][Groups]float64   // by town: weight as a destination within its province
	OD           [Groups][][]float64 // by group, province of origin and destination: shares of moves
	Arrivals     [][2][Ages]float64  // by year: net international migration of the whole nation, persons
	ArrivalShare []float64           // by town, sums to 1
}

// at returns the index of a year in the yearly tables, the last one beyond their end.
func at(first, length, year int) int { return min(max(year-first, 0), length-1) }

// Origins is where the residents of each province were born.
type Origins struct {
	Province [][]float64 // by province of residence: share born in each province
	Town     []float64   // by province: share of those born in their province of residence who live in their town of birth
}

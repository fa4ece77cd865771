package build

import (
	"math"
	"strconv"
)

// windowEstimates are the evidence for the years of the migration table. On the tables of 2000 to 2024, at every origin from the end of 2009 on, the mean net
// rate of a province (net moves over its registered) in the years to come is foretold by its mean over the last years; the value is the root mean square error over
// provinces and origins. Sejong, founded in 2012, is left out. Three years foretell better than ten, at every horizon.
func (k *korea) windowEstimates(e *estimates) {
	const source = "migration_sido_od.csv, population_sido_2000_2024.csv; origins from the end of 2009"
	rates := k.netRates()
	for _, horizon := range []int{2, 5, 10} {
		for _, window := range []int{3, 5, 10} {
			var sum, n float64
			for origin := 2009; origin+horizon <= krLastVital; origin++ {
				for j, p := range k.provinces {
					if p.code == krSejong {
						continue
					}
					d := krMeanRate(rates[j], origin-window+1, origin) - krMeanRate(rates[j], origin+1, origin+horizon)
					sum, n = sum+d*d, n+1
				}
			}
			key := "next " + strconv.Itoa(horizon) + " years from the last " + strconv.Itoa(window)
			e.value("migration window", key, 100*math.Sqrt(sum/n), "% of residents a year, root mean square error", source)
		}
	}
}

// krSejong is the province founded in 2012.
const krSejong = "36000"

// netRates are the provinces' net moves over their registered, by year.
func (k *korea) netRates() []map[int]float64 {
	out := make([]map[int]float64, len(k.provinces))
	for j, p := range k.provinces {
		out[j] = map[int]float64{}
		for y := 2000; y <= krLastVital; y++ {
			var net float64
			for i := range k.provinces {
				net += k.yearly[y][i][j] - k.yearly[y][j][i]
			}
			if n := p.registered[y][0] + p.registered[y][1]; n > 0 {
				out[j][y] = net / float64(n)
			}
		}
	}
	return out
}

// krMeanRate is the mean of the years first to last.
func krMeanRate(of map[int]float64, first, last int) (mean float64) {
	for y := first; y <= last; y++ {
		mean += of[y] / float64(last-first+1)
	}
	return mean
}

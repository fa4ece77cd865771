// Package towns holds the governments and places of residence of a country as one immutable list: municipalities first, then the governments of the
// provinces (metropolitan cities and provinces of Korea, prefectures of Japan). It knows where they are and how far apart; what they own and owe is in
// budget, what they offer donors in giving.
package towns

import "math"

// Place is one government or place of residence.
type Place struct {
	Code      string // 행정구역 (Korea) or JIS X 0402 (Japan), 5 digits
	Name      string
	NameEn    string
	Province  int // index of its province, 0 to the number of provinces - 1
	Lon, Lat  float64
	Class     string // si, gun, gu, admin_city, sejong, metro, province; designated, city, ward, town, village, prefecture
	Recipient bool   // may receive hometown donations
	Declining bool   // depopulation area (인구감소지역)
	BigCity   bool   // its province's government (metropolitan city) or itself (designated city) holds the larger part of the local tax, see law.Burden
	Receiving bool   // receives local allocation tax (지방교부세, 地方交付税)
	LocalTax  int64  // won or yen a year at the start
	EarnedTax int64  // of the local tax, levied on residents' earnings
	OtherOwn  int64  // own revenue beside tax, won or yen a year at the start
	Need      int64  // standard fiscal need (기준재정수요액, 基準財政需要額), won or yen a year at the start
	Capacity  int64  // standard fiscal capacity (기준재정수입액, 基準財政収入額)
	Revenue   int64  // all revenue without donations, won or yen a year at the start
}

// Allocation is the ordinary local allocation tax of the start (보통교부세, 普通交付税): what capacity lacks of need, where the place may receive it.
func (p *Place) Allocation() int64 {
	if !p.Receiving {
		return 0
	}
	return max(p.Need-p.Capacity, 0)
}

// Government is the place that receives donations meant for a town: itself, or its province's government where the town has none of its own. The first numTowns
// places are towns, then come the governments of the provinces.
func Government(places []Place, numTowns, town int) int {
	if places[town].Recipient {
		return town
	}
	return numTowns + places[town].Province
}

const (
	earth  = 6371.0 // mean radius, km
	radian = 3.14159265358979323846 / 180
)

// Distance is the distance between two places in km on a sphere, in the equirectangular approximation about the middle latitude (error below half a
// per cent within Korea or Japan), by arithmetic that is the same on all architectures.
func Distance(a, b *Place) float64 {
	y := float64((a.Lat - b.Lat) * radian)
	x := float64(float64((a.Lon-b.Lon)*radian) * cos(float64((a.Lat+b.Lat)/2*radian)))
	return earth * math.Sqrt(float64(x*x)+float64(y*y))
}

// cos is the Taylor series to x^16 with explicit rounding; exact to 1e-15 for |x| < 1.
func cos(x float64) float64 {
	z := float64(x * x)
	p := 1.0
	for k := 16.0; k >= 2; k -= 2 {
		p = 1 - float64(float64(z/(k*(k-1)))*p)
	}
	return p
}

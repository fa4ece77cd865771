package towns

import (
	"math"
	"testing"
)

// Great-circle distances computed with the haversine formula on the same coordinates.
func TestDistance(t *testing.T) {
	at := func(lon, lat float64) *Place { return &Place{Lon: lon, Lat: lat} }
	haversine := func(a, b *Place) float64 {
		dLat, dLon := (b.Lat-a.Lat)*radian, (b.Lon-a.Lon)*radian
		h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(a.Lat*radian)*math.Cos(b.Lat*radian)*math.Pow(math.Sin(dLon/2), 2)
		return 2 * earth * math.Asin(math.Sqrt(h))
	}
	for _, c := range []struct {
		name string
		a, b *Place
	}{
		{"Seoul-Busan", at(126.98, 37.57), at(129.08, 35.18)},
		{"Sapporo-Naha", at(141.25, 42.99), at(127.68, 26.21)},
		{"Sapporo-Fukuoka", at(141.25, 42.99), at(130.40, 33.59)},
		{"neighbours", at(126.98, 37.57), at(126.99, 37.56)},
	} {
		got, want := Distance(c.a, c.b), haversine(c.a, c.b)
		if math.Abs(got/want-1) > 0.01 {
			t.Errorf("%s: %.1f km, want %.1f", c.name, got, want)
		}
	}
	if d := Distance(at(127, 36), at(127, 36)); d != 0 {
		t.Errorf("distance to itself is %g", d)
	}
}

func TestCos(t *testing.T) {
	for i := range 101 {
		x := float64(i) / 100
		if math.Abs(cos(x)-math.Cos(x)) > 1e-15*2 {
			t.Errorf("cos(%g) = %.17g, want %.17g", x, cos(x), math.Cos(x))
		}
	}
}

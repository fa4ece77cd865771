package build

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestLeastSquares: an exact plane is found again, and columns that say the same are refused.
func TestLeastSquares(t *testing.T) {
	rows := [][]float64{{1, 2, -1}, {1, 0, 3}, {1, 5, 2}, {1, -4, 7}, {1, 1, 1}}
	want := []float64{0.5, -2, 3}
	var y []float64
	for _, r := range rows {
		y = append(y, want[0]+want[1]*r[1]+want[2]*r[2])
	}
	got, err := leastSquares(rows, y)
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-9 {
			t.Errorf("coefficient %d: got %g, want %g", i, got[i], want[i])
		}
	}
	if _, err := leastSquares([][]float64{{1, 2}, {2, 4}, {3, 6}}, []float64{1, 2, 4}); err == nil {
		t.Error("a column that is twice the other: got no error")
	}
}

// TestJapanArrivalShares: halfway between the two measures, within the bounds, adding up to one.
func TestJapanArrivalShares(t *testing.T) {
	got := jpArrivalShares([]float64{1, 1, 1, 1}, []float64{150, 50, 1000, -1000}, 400) // before scaling 125, 75, 200 and 50
	for i, want := range []float64{125.0 / 450, 75.0 / 450, 200.0 / 450, 50.0 / 450} {
		if math.Abs(got[i]-want) > 1e-12 {
			t.Errorf("share %d: got %g, want %g", i, got[i], want)
		}
	}
}

// reference gives a work piece of Japan, derived from the reference figures.
func reference(t *testing.T) *japan {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "..", "shared", "reference")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("NOT CHECKED: moves against the reference figures, which are not here (../shared/reference): %v", err)
	}
	j := &japan{start: jpStandard, dir: filepath.Join(dir, "jp")}
	j.read()
	j.derive()
	for _, err := range j.faults {
		t.Fatal(err)
	}
	return j
}

// TestJapanWards: only designated cities lose moves, none more than six tenths; the removal leaves the net moves of each prefecture as published, and what is
// left with what was removed adds up to the published moves.
func TestJapanWards(t *testing.T) {
	j := reference(t)
	for i, share := range j.betweenWards() {
		switch town := &j.towns[i]; {
		case town.class != "designated" && share != 0:
			t.Errorf("%s: got a share of moves between wards of %g, want 0", town.name, share)
		case share < 0 || share > 0.6:
			t.Errorf("%s: got a share of moves between wards of %g, want 0 to 0.6", town.name, share)
		}
	}
	var between, within float64
	for _, p := range j.prefs {
		var net float64
		for _, i := range p.towns {
			net += j.towns[i].in - j.towns[i].out
		}
		if math.Abs(net-(p.in-p.out)) > 1e-6*p.in {
			t.Errorf("net moves of %s: got %.0f, want %.0f", p.nameEn, net, p.in-p.out)
		}
		between += p.in
		within += p.intra
	}
	if math.Abs(within+j.wards-jpMoversWithin) > 1 {
		t.Errorf("moves within prefectures %.0f and between wards %.0f: want %d together", within, j.wards, jpMoversWithin)
	}
	if math.Abs(between+within+j.wards-jpMovers2019) > 2 {
		t.Errorf("all moves and those between wards: got %.0f, want %d", between+within+j.wards, jpMovers2019)
	}
	if j.wards < 200000 || j.wards > 600000 {
		t.Errorf("moves between wards: got %.0f, want some hundred thousand", j.wards)
	}
}

// TestJapanNetMoves compares the net migration of places over 20,000 that the tables imply - in-moves less out-moves, plus the share of net immigration - with
// the yearly gain of their cohorts between the censuses of 2015 and 2020, and the moves alone with those registered in 2016-2020.
func TestJapanNetMoves(t *testing.T) {
	j := reference(t)
	beyond, nation := j.gainBeyondMoves()
	var census, register []float64
	var implied, gained, people float64 // of the designated cities
	for i := range j.towns {
		town := &j.towns[i]
		n := jpSum(town.census)
		if town.displaced || n < 20000 {
			continue
		}
		net := town.in - town.out
		var seen float64
		for y := 2016; y <= 2020; y++ {
			seen += (town.vital[y-jpFirstVit].in - town.vital[y-jpFirstVit].out) / 5
		}
		excess := town.arrival*nation - beyond[i]
		census, register = append(census, math.Abs(excess)/n), append(register, math.Abs(net-seen)/n)
		if math.Abs(excess) > 0.013*n && town.code != "07212" { // Minamisoma: evacuees who are registered there all the time came back
			t.Errorf("%s %s: cohorts gained %.0f a year, the tables imply %.0f", town.code, town.name, beyond[i]+net, net+town.arrival*nation)
		}
		if town.class == "designated" {
			implied, gained, people = implied+net+town.arrival*nation, gained+beyond[i]+net, people+n
		}
	}
	slices.Sort(census)
	slices.Sort(register)
	if got := census[len(census)/2]; got > 0.001 {
		t.Errorf("median distance from the census: got %.3f%% of the residents a year, want at most 0.1%%", 100*got)
	}
	if got := register[len(register)/2]; got > 0.001 {
		t.Errorf("median distance from the register: got %.3f%% of the residents a year, want at most 0.1%%", 100*got)
	}
	if math.Abs(implied-gained) > 0.001*people {
		t.Errorf("designated cities: the tables imply %.0f a year, their cohorts gained %.0f", implied, gained)
	}
}

// TestKoreaShrinkNet: with registers of two years, towns keep a half of their distance from the rate of the province, whose net moves stay.
func TestKoreaShrinkNet(t *testing.T) {
	k := &korea{start: krStandard, towns: make([]krTown, 3), provinces: []krProvince{{towns: []int{0, 2}}, {towns: []int{1}}}}
	for i, v := range [][2]float64{{100, 60}, {50, -30}, {300, -20}} {
		for g := range krGroups {
			k.towns[i].expect[g], k.towns[i].net[g] = v[0], v[1]
		}
	}
	k.shrinkNet()
	for i, before := range []float64{0.6, -0.6, -20.0 / 300} {
		mean := []float64{0.1, -0.6, 0.1}[i]
		for g := range krGroups {
			got, want := k.towns[i].net[g]/k.towns[i].expect[g], mean+0.5*(before-mean)
			if math.Abs(got-want) > 1e-12 {
				t.Errorf("town %d, group %d: got a rate of %g, want %g", i, g, got, want)
			}
		}
	}
	if got := k.towns[0].net[2] + k.towns[2].net[2]; math.Abs(got-40) > 1e-9 {
		t.Errorf("net moves of the first province: got %g, want 40", got)
	}
}

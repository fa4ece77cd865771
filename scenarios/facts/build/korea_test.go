package build

import (
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// referenceFolder is the folder of the reference figures; without it the test is skipped.
func referenceFolder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "..", "shared", "reference")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("NOT CHECKED: Korea against the reference figures, which are not here (../shared/reference): %v", err)
	}
	return dir
}

// TestIPF3 checks on random tables that the rows and columns of every group and the sum of the groups are met.
func TestIPF3(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const n, groups = 4, 3
		seed := krMatrix(n)
		rows, cols := make([][]float64, groups), make([][]float64, groups)
		for g := range groups {
			rows[g], cols[g] = make([]float64, n), make([]float64, n)
			for i := range n {
				for j := range n {
					x := rapid.Float64Range(0.5, 10).Draw(t, "cell")
					seed[i][j] += x
					rows[g][i] += x
					cols[g][j] += x
				}
			}
		}
		m, err := IPF3(seed, rows, cols)
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			for j := range n {
				var sum float64
				for g := range m {
					sum += m[g][i][j]
				}
				if math.Abs(sum-seed[i][j]) > 1e-6 {
					t.Fatalf("cell %d %d: the groups add up to %g, want %g", i, j, sum, seed[i][j])
				}
			}
			for g := range m {
				var col float64
				for r := range n {
					col += m[g][r][i]
				}
				if math.Abs(Sum(m[g][i])-rows[g][i]) > 1e-6 || math.Abs(col-cols[g][i]) > 1e-6 {
					t.Fatalf("group %d, margin %d: got %g and %g, want %g and %g", g, i, Sum(m[g][i]), col, rows[g][i], cols[g][i])
				}
			}
		}
	})
}

// TestKoreaOD reads the shipped origin-destination tables of every start: between provinces the six groups add up to the published table, mean of the start's
// years, to the rounding of the cells (two decimals, six groups); inside a province to its moves that cross a town's border.
func TestKoreaOD(t *testing.T) {
	dir := referenceFolder(t)
	for _, s := range krStarts {
		folder := filepath.Join("..", "kr")
		if s != krStandard {
			folder = filepath.Join(folder, "base", strconv.Itoa(s.year))
		}
		if s.year == 2025 {
			continue // the standard's
		}
		k, err := derived(dir, s)
		if err != nil {
			t.Fatal(err)
		}
		shipped, err := Read(folder, "od.csv")
		if err != nil {
			t.Fatal(err)
		}
		got := krMatrix(len(k.provinces))
		for r := range shipped.Rows {
			got[k.province[shipped.Str(r, "origin")]][k.province[shipped.Str(r, "dest")]] += shipped.Float(r, "movers")
		}
		for i := range got {
			for j := range got {
				want := k.published[i][j]
				if i == j {
					want = k.od[i][i]
				}
				if math.Abs(got[i][j]-want) > 6*0.005+1e-3 {
					t.Errorf("%d: %s to %s: got %.2f movers a year, want %.2f", s.year, k.provinces[i].code, k.provinces[j].code, got[i][j], want)
				}
			}
		}
	}
}

// TestKoreaPublishedMoves: the mean of 2022-2024 the tables start from is the published one, some cells by hand (migration_sido_od.csv).
func TestKoreaPublishedMoves(t *testing.T) {
	k, err := derived(referenceFolder(t), krStandard)
	if err != nil {
		t.Fatal(err)
	}
	var all float64
	for i := range k.published {
		all += Sum(k.published[i])
	}
	if want := (6152155.0 + 6128738 + 6283319) / 3; math.Abs(all-want) > 0.5 { // KOSTAT internal migration, all moves of the three years
		t.Errorf("all moves: got %.1f, want %.1f", all, want)
	}
	for pair, want := range map[[2]string]float64{{"11000", "41000"}: (279731 + 279375 + 290079) / 3.0, {"26000", "48000"}: (42713 + 40693 + 44615) / 3.0} {
		if got := k.published[k.province[pair[0]]][k.province[pair[1]]]; math.Abs(got-want) > 1e-6 {
			t.Errorf("moves from %s to %s: got %.2f, want %.2f", pair[0], pair[1], got, want)
		}
	}
}

// TestKoreaRevive: a year back and a year forward again is where it started, and the deaths in between are those counted.
func TestKoreaRevive(t *testing.T) {
	k, err := derived(referenceFolder(t), krStandard)
	if err != nil {
		t.Fatal(err)
	}
	var end krPeople
	for sex := range end {
		for a := range end[sex] {
			end[sex][a] = 1000 * math.Exp(-float64(a)/40)
		}
	}
	const level = 0.9
	start, died := k.revive(&end, 2018, level, 0)
	var lost float64
	for sex := range start {
		q := k.dying(2018, sex)
		for a := range q {
			q[a] *= level
		}
		again := Survive(start[sex][:], q[:])
		for a := 1; a < krAges-1; a++ {
			if math.Abs(again[a]-end[sex][a]) > 1e-6 {
				t.Fatalf("sex %d, age %d: got %g, want %g", sex, a, again[a], end[sex][a])
			}
		}
		lost += Sum(start[sex][:krAges-2]) - Sum(again[:krAges-1])
	}
	if math.Abs(died-lost) > 1e-6*lost {
		t.Errorf("deaths: got %g, want %g", died, lost)
	}
}

// TestKoreaBackcast: every province and sex has its published register at every end of a year, deaths are those counted, and the children under five of 2015 are the
// births of 2011 to 2015 within 3% (their residents at ages 5-9 of 2022 are 1.4% more than the births of 2013-2017).
func TestKoreaBackcast(t *testing.T) {
	k, err := derived(referenceFolder(t), krStarts[1])
	if err != nil {
		t.Fatal(err)
	}
	for year := krPast; year <= krFirst; year++ {
		for j, p := range k.provinces {
			for sex, want := range p.registered[year] {
				if got := Sum(k.past[year][j][sex][:]); math.Abs(got-float64(want)) > 1e-3 {
					t.Errorf("%s %d sex %d: got %.1f, want %d", p.code, year, sex, got, want)
				}
			}
		}
	}
	var children, births float64
	for j := range k.provinces {
		for sex := range 2 {
			children += Sum(k.past[2015][j][sex][:5])
		}
	}
	for y := 2011; y <= 2015; y++ {
		births += k.births[y]
	}
	if d := children/births - 1; d < -0.005 || d > 0.03 {
		t.Errorf("children under five at the end of 2015: got %.0f, %.2f%% from the births of 2011-2015", children, 100*d)
	}
	if n := k.gunwi(krFirst); n < 23000 || n > 24000 { // 23,283 residents with a known address
		t.Errorf("Gunwi-gun at the end of 2022: got %d registered", n)
	}
}

// TestKoreaAbroad: the path begins and ends as published, and the registers' gain is the change of their totals beyond births and deaths.
func TestKoreaAbroad(t *testing.T) {
	k, err := derived(referenceFolder(t), krStandard)
	if err != nil {
		t.Fatal(err)
	}
	for year, want := range map[int]float64{2022: 155000, 2072: 61000} {
		if got := k.net(year); math.Abs(got-want) > 50 {
			t.Errorf("net immigration of %d: got %.0f, want %.0f", year, got, want)
		}
	}
	for _, g := range k.abroad.residuals {
		if d := g.got/g.official - 1; math.Abs(d) > 0.005 {
			t.Errorf("growth to %d: got %.4f, official %.4f", g.year, g.got, g.official)
		}
	}
	past, err := derived(referenceFolder(t), krStarts[1])
	if err != nil {
		t.Fatal(err)
	}
	// population_sido_2000_2024.csv 2012, 2015; births and deaths of 2013-2015 in projection_national.csv
	const want = (51529338 - 50948272 - (436455 + 435435 + 438420) + (266257 + 267692 + 275895)) / 3.0
	if got := past.net(2030); math.Abs(got-want) > 1 {
		t.Errorf("gain of the registers 2013-2015: got %.0f a year, want %.0f", got, want)
	}
}

// TestKoreaReliability: no register, one year, two years.
func TestKoreaReliability(t *testing.T) {
	for years, want := range map[int]float64{-2022: 0, 0: 0, 1: 1.0 / 3, 2: 0.5} {
		if got := krReliability(years); math.Abs(got-want) > 1e-12 {
			t.Errorf("%d years: got %g, want %g", years, got, want)
		}
	}
}

// TestKoreaObserved: Gunwi-gun's change of province moves nobody in or out of the two, the towns add up to their provinces, and both series have their published
// totals (population_sido_2000_2024.csv; population_sigungu.csv).
func TestKoreaObserved(t *testing.T) {
	k, err := derived(referenceFolder(t), krStandard)
	if err != nil {
		t.Fatal(err)
	}
	n := map[[3]string]int64{}
	for _, r := range k.rowsObserved() {
		v, err := strconv.ParseInt(r[3], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		n[[3]string{r[0], r[1], r[2]}] = v
	}
	for key, want := range map[[3]string]int64{
		{"registered", "", "2015-12-31"}: 51529338, {"registered", "", "2024-12-31"}: 51217221, {"registered", "11000", "2015-12-31"}: 10022181,
		{"registered", "27000", "2023-12-31"}: 2374960, {"residents", "", "2022-12-31"}: 51200910, {"residents", "", "2024-12-31"}: 50983646,
		{"residents", krGunwi, "2022-12-31"}: 23283,
	} {
		if n[key] != want {
			t.Errorf("%v: got %d, want %d", key, n[key], want)
		}
	}
	// before the change: 2,487,829 in Daegu and 2,702,826 in Gyeongbuk at the end of 2015; Gunwi-gun held 24,171 a year later (gunwinews.com 42592)
	daegu, gyeongbuk := n[[3]string{"registered", krDaegu, "2015-12-31"}], n[[3]string{"registered", krGyeongbuk, "2015-12-31"}]
	if moved := daegu - 2487829; daegu+gyeongbuk != 2487829+2702826 || moved != 24171 {
		t.Errorf("end of 2015: got %d in Daegu and %d in Gyeongbuk", daegu, gyeongbuk)
	}
	for j, p := range k.provinces {
		var towns int64
		for _, i := range k.provinces[j].towns {
			towns += n[[3]string{"residents", k.towns[i].code, "2023-12-31"}]
		}
		if got := n[[3]string{"residents", p.code, "2023-12-31"}]; got != towns {
			t.Errorf("%s 2023: got %d, its towns add up to %d", p.code, got, towns)
		}
	}
	if rows := k.rowsProjectionPast(); len(rows) != 18*31 {
		t.Errorf("past projection: got %d rows, want the nation and 17 provinces from 2022 to 2052", len(rows))
	}
}

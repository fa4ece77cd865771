package sim_test

import (
	"math"
	"testing"

	"gohyang/sim"
	"gohyang/sim/budget"
	"gohyang/sim/giving"
	"gohyang/sim/law"
	"gohyang/sim/people"
	"gohyang/sim/ties"
	"gohyang/sim/towns"
)

// demo is the stylised country DEMO-1 of the speed comparison (performance notes): n persons of ages 0 to 84 in 226 towns of one province, town m with weight
// 1/(m+3); death min(1, 0.00003 exp(0.095 age)), women 0.6 times; women of 15-49 bear with 0.75 x a bell of mean 32 and s.d. 5.5; ages 18-45 move with 4% a year to
// a town in proportion to its population; ages 20-70 give 100,000 with 5% a year, to another town in proportion to 1 + 9((37m) mod 226)/226.
func demo(tb testing.TB, n, years int) *sim.Config {
	tb.Helper()
	const numTowns = 226
	cfg := &sim.Config{Name: "demo", Country: law.Korea, First: 2025, Last: 2025 + years - 1, Seed: 1, Scale: 1, NumTowns: numTowns}
	weight, sum := make([]float64, numTowns), 0.0
	for m := range weight {
		weight[m] = 1 / float64(m+3)
		sum += weight[m]
		cfg.Places = append(cfg.Places, towns.Place{Code: code(m), Class: "gun", Recipient: true, Lon: 127, Lat: 36, LocalTax: 1e10, Revenue: 1e11})
		cfg.Start.Receipts = append(cfg.Start.Receipts, 1+9*float64(37*m%226)/226)
	}
	cfg.Places = append(cfg.Places, towns.Place{Code: "99000", Class: "province", Lon: 127, Lat: 36})
	cfg.Start.Receipts = append(cfg.Start.Receipts, 0)
	cfg.Demography, cfg.Income = demoTables(n, years, weight, sum), demoIncome()
	cfg.Giving = giving.Params{
		Attention: giving.Attention{External: -math.Log(0.95), Forget: 1},
		Hassle:    giving.Hassle{Median: 1, Lapse: 1},
		Amount:    giving.Amount{GiftValue: 1, Kink: 1, RecordSize: 100000, MaxRecords: 1},
		Motive:    giving.Motive{Gift: 1},
		Timing:    giving.Timing{December: 1.0 / 12, Autumn: 2.0 / 12},
		Quality:   giving.Quality{Start: 0.3},
	}
	cfg.Ties, cfg.Budget = ties.Params{Register: 1, Lure: 1, Origin: 1, Young: 1, Old: 1, Decay: 1}, budget.Params{Multiplier: 1}
	cfg.Options = people.Options{Fertility: "medium", Level: 1, Crowding: 1, Abroad: 1}
	cfg.Bands = giving.Bands{Income: [giving.IncomeBands - 1]int64{0, 1, 2, 3, 4, 5, 6}, Amount: [giving.AmountBands - 1]int64{1, 2, 3, 4, 5, 6, 7}}
	for range years {
		cfg.Laws = append(cfg.Laws, demoLaw(tb))
	}
	return cfg
}

func code(m int) string {
	return string([]byte{'1', byte('0' + m/100), byte('0' + m/10%10), byte('0' + m%10), '0'})
}

func demoTables(n, years int, weight []float64, sum float64) *people.Tables {
	t := &people.Tables{First: 2025, MaleBirth: 0.5, Population: make([][2][people.Ages]int32, len(weight)), Death: make([][2][people.Ages]float64, 1),
		Birth: make([][people.Ages]float64, 1), Arrivals: make([][2][people.Ages]float64, 1)}
	for m, w := range weight {
		t.DeathLevel, t.BirthLevel = append(t.DeathLevel, 1), append(t.BirthLevel, 1)
		t.ArrivalShare = append(t.ArrivalShare, 1)
		var one [people.Groups]float64
		for g := range one {
			one[g] = 1
		}
		t.MoveLevel = append(t.MoveLevel, one)
		for g := range one {
			one[g] = w
		}
		t.Attract = append(t.Attract, one)
		for a := range 85 {
			for sex := range 2 {
				t.Population[m][sex][a] = int32(float64(n)*w/sum/170 + 0.5)
			}
		}
	}
	for g := range people.Groups {
		t.OD[g] = [][]float64{{1}}
	}
	bell := 0.0
	for a := 15; a < 50; a++ {
		t.Birth[0][a] = math.Exp(-math.Pow((float64(a)-32)/5.5, 2) / 2)
		bell += t.Birth[0][a]
	}
	for a := range people.Ages {
		t.Birth[0][a] *= 0.75 / bell
		q := min(1, 0.00003*math.Exp(0.095*float64(a)))
		t.Death[0][0][a], t.Death[0][1][a] = q, 0.6*q
		if a >= 18 && a <= 45 {
			t.MoveAge[0][a], t.MoveAge[1][a] = 0.04, 0.04
		}
	}
	return t
}

func demoIncome() *people.Income {
	in := &people.Income{SD: 0.3}
	for range 226 {
		in.EarnerLevel, in.Town = append(in.EarnerLevel, 1), append(in.Town, math.Log(60e6))
	}
	for sex := range 2 {
		for a := 20; a <= 70; a++ {
			in.EarnerShare[sex][a] = 0.98
		}
	}
	return in
}

// demoLaw credits 100,000 in full against a flat income tax of a tenth.
func demoLaw(tb testing.TB) *law.Law {
	tb.Helper()
	r := law.Rules{
		Cap: 5e6, Credit: law.Credit{Kind: "tiers", Tiers: []law.Tier{{Upto: 100000, Rate: 1}, {Upto: 5e6, Rate: 0.165}}},
		Gift: law.Gift{Limit: 0.3}, Cost: law.Cost{Limit: 1, Operating: 1}, Residency: law.Residency{Excluded: "town"},
		Convenience: law.Convenience{Filing: "automatic"}, Promotion: law.Promotion{Rule: "strict"}, Burden: law.Burden{State: 10.0 / 11, Town: 1},
		Tax: law.Tax{Brackets: []law.Bracket{{Over: 0, Rate: 0.1}}, Round: law.Round{Base: 1, Due: 1, Levy: 1}},
	}
	l, err := law.Compile(law.Korea, 2025, r)
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

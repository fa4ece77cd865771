package output

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"gohyang/sim"
	"gohyang/sim/budget"
	"gohyang/sim/law"
	"gohyang/sim/towns"
)

// corporateYear settles the second of two like years of two towns and their two provinces with every flow between governments: relief of persons and corporations,
// compensation, pool, home share, ceiling, shared pool and floor; and returns the frame and the record.
func corporateYear(t *testing.T) (Frame, *sim.Record) {
	t.Helper()
	places, in := make([]towns.Place, 4), make([]budget.Flows, 4)
	frame := Frame{Country: "kr", NumTowns: 2, Provinces: []Province{{"11000", "서울특별시"}, {"46000", "전라남도"}}}
	for i := range places {
		places[i] = towns.Place{Province: i % 2, Recipient: true, Receiving: i%2 == 1, LocalTax: 20_000, Revenue: 90_000, Need: 60_000, Capacity: 20_000}
		frame.Places = append(frame.Places, Place{Code: strconv.Itoa(i), Province: i % 2, Recipient: true})
		in[i] = budget.Flows{Received: int64(7000 * i), Corporate: 1100, Gifts: int64(1900 * i), Fees: int64(130 * i), Operating: 90, State: 5003, Relief: 1501,
			Population: 100, Old: int64(10 + i), Women: 9, Earnings: 1}
	}
	for i := 2; i < 4; i++ {
		in[i].CorporateState, in[i].CorporateRelief, in[i].Home = 1703, 907, 1200
		in[i].Homeward = 1200
	}
	rules := law.Rules{Compensation: law.Compensation{Rate: 0.75, Pool: 0.1924},
		Redistribution: law.Redistribution{PoolRate: 0.2, PerResident: 120, HomeShare: 0.3, Floor: 0.05}}
	s := budget.NewState(&budget.Params{Execute: 0.5, Children: 0.1}, places, 2, budget.Opening{})
	var books *budget.Books
	for year := 2024; year < 2026; year++ {
		var err error
		if books, err = s.Settle(&law.Law{Rules: rules}, year, in); err != nil {
			t.Fatal(err)
		}
	}
	rec := &sim.Record{Year: 2025}
	for i, r := range books.Places {
		f := &in[i]
		rec.Towns = append(rec.Towns, sim.Town{Population: f.Population, ReceivedAmount: f.Received, Corporate: f.Corporate, Gifts: f.Gifts, Fees: f.Fees, Operating: f.Operating,
			ReliefState: r.ReliefState, ReliefTown: r.Borne, CorporateState: r.CorporateState, CorporateRelief: r.CorporateBorne, Compensation: r.Compensation, PoolLoss: r.PoolLoss,
			Redistribution: r.Redistribution, Net: r.Net, Own: r.Own, Allocation: r.Allocation, Grants: r.Grants, Revenue: r.Revenue})
	}
	for _, e := range books.Entries {
		rec.Accounts = append(rec.Accounts, sim.Account{Entry: e.Kind.String(), Donors: e.Gain[budget.Donors], Towns: e.Gain[budget.Towns], Provinces: e.Gain[budget.Provinces],
			State: e.Gain[budget.Treasury], Producers: e.Gain[budget.Producers], Platforms: e.Gain[budget.Platforms], Suppliers: e.Gain[budget.Suppliers]})
	}
	return frame, rec
}

// TestBridgeAddsUp: the steps between the perimeters, of persons' and corporations' money, add up to the local governments and on to the state, as printed.
func TestBridgeAddsUp(t *testing.T) {
	frame, rec := corporateYear(t)
	y := nationRow(frame, frame.townRows(rec), accountRows(rec), monthRows(rec))
	if y.Corporate == 0 || y.CorporateRelief == 0 || y.CorporateState == 0 || y.Compensation == 0 || y.PoolLoss == 0 || y.Redistribution == 0 {
		t.Fatalf("the fixture lacks a flow: %+v", y.Measures)
	}
	if y.Recipients != y.kept() || y.Local != y.Net {
		t.Errorf("perimeters %d and %d, the places' own %d and %d", y.Recipients, y.Local, y.kept(), y.Net)
	}
	table := stepTable([]YearRow{y}, moneyUnit{size: 1})
	cell := map[string]float64{}
	for i, c := range table.columns {
		v, err := strconv.ParseFloat(strings.ReplaceAll(table.rows[0][i], ",", ""), 64)
		if err != nil {
			t.Fatal(err)
		}
		cell[c.Head] = v
	}
	local := cell["recipients"] + cell["local tax"] + cell["compensation"] + cell["pool"] + cell["redistribution"]
	if local != cell["= local"] || int64(local) != y.Local {
		t.Errorf("the steps to local governments add up to %.0f, printed %.0f, want %d", local, cell["= local"], y.Local)
	}
	if public := local + cell["paid by the state"] + cell["national tax"]; public != cell["= with the state"] || int64(public) != y.Public {
		t.Errorf("the steps to the state add up to %.0f, printed %.0f, want %d", public, cell["= with the state"], y.Public)
	}
}

// TestRelianceOfAllMoney: self-reliance counts the relief of persons and of corporations, with giving all that is kept and what was redistributed: what own revenue
// then lacks of all revenue is allocation tax, grants, compensation and the pool.
func TestRelianceOfAllMoney(t *testing.T) {
	frame, rec := corporateYear(t)
	for i, r := range frame.townRows(rec) {
		own := float64(r.OwnRevenue - r.ReliefBorne - r.CorporateRelief)
		others := float64(r.Allocation + r.Grants + r.Compensation - r.PoolLoss)
		if want := own / (own + others); math.Abs(*r.SelfReliance-want) > 1e-12 {
			t.Errorf("place %d: self-reliance %g, want %g", i, *r.SelfReliance, want)
		}
		if want := 1 - others/float64(r.Revenue); math.Abs(*r.WithGiving-want) > 1e-12 {
			t.Errorf("place %d: with giving %g, want %g", i, *r.WithGiving, want)
		}
	}
}

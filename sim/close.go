package sim

import (
	"context"
	"fmt"

	"gohyang/sim/budget"
	"gohyang/sim/giving"
	"gohyang/sim/law"
	"gohyang/sim/people"
	"gohyang/sim/ties"
)

// real turns agents, or agents' money, into residents and whole won or yen. An agent stands for a whole number of residents, so sums stay sums.
func (w *World) real(x int64) int64 { return x * w.cfg.Weight() }

// settle closes the accounts of the year (S6, S8).
func (w *World) settle(rules *law.Law) error {
	residents := w.byTown()
	flows := w.flows(rules, residents)
	relief, received := make([]int64, len(flows)), make([]int64, len(flows))
	for i := range flows {
		relief[i], received[i] = flows[i].Relief, flows[i].Received
	}
	w.market.Felt(relief, received, rules)
	w.firms(rules, flows)
	w.collect()
	books, err := w.books.Settle(rules, w.year, flows)
	if err != nil {
		return err
	}
	w.fill(flows, residents, books)
	return nil
}

// flows is what the year brought to each place.
func (w *World) flows(rules *law.Law, residents []residency) []budget.Flows {
	g := w.sums.giving
	flows := make([]budget.Flows, len(w.cfg.Places))
	for i := range flows {
		f := &flows[i]
		given := w.real(g.Places[i].Amount)
		f.Received = given + w.oneOff(i)
		gift, fee, operate := w.market.Costs(i, rules)
		f.Gifts, f.Fees, f.Operating = budget.Costs(rules, f.Received, gift, fee, operate)
		f.Shipping = min(int64(w.cfg.Budget.Shipping*float64(f.Gifts)), f.Operating)
		f.Homeward, f.Home = w.real(g.Places[i].Away), w.real(g.Places[i].Home)
		f.Points = int64(rules.Rules.Platform.Points * float64(given))
		for s := range ties.Stages {
			f.Visits += w.real(w.sums.ties.Places[i][s]) * ties.Stays(s) * int64(w.cfg.Ties.Spend)
		}
	}
	for i := range w.cfg.NumTowns {
		f, province, r := &flows[i], &flows[w.cfg.NumTowns+w.cfg.Places[i].Province], &residents[i]
		f.State, f.Relief = w.real(g.Towns[i].State), w.real(g.Towns[i].Town)
		province.Relief += w.real(g.Towns[i].Province)
		f.Population, f.Young, f.Old, f.Women, f.Earnings = w.real(r.all), w.real(r.young), w.real(r.old), w.real(r.women), r.earnings
		province.Population += f.Population
		province.Young += f.Young
		province.Old += f.Old
		province.Women += f.Women
		province.Earnings += f.Earnings
	}
	return flows
}

// firms adds what corporations give; towns and donors look at what persons give alone. Their relief stands with the government of their province, which bears the local part of it.
func (w *World) firms(rules *law.Law, flows []budget.Flows) {
	firms := w.market.Firms(rules)
	for i, amount := range firms.Received {
		flows[i].Corporate = amount
	}
	for r, relief := range firms.Relief {
		f := &flows[w.cfg.NumTowns+r]
		f.CorporateState, f.CorporateRelief = relief.State, relief.Province
	}
}

// oneOff is the money of this year's one-off gifts to a place.
func (w *World) oneOff(place int) (sum int64) {
	for _, e := range w.cfg.Events {
		if e.Kind == Gift && e.Year == w.year && e.Place == place {
			sum += e.Target
		}
	}
	return sum
}

// residency is the residents of a town at the end of the year, in agents, and their expected earnings, won or yen a year in agents' money times 1/scale.
type residency struct {
	ages                   [2][people.Ages]int64 // by sex and completed age
	all, young, old, women int64                 // everybody, 0-14, 65 and over, women aged 20-39
	earnings               float64
}

// byTown is who lives in each town.
func (w *World) byTown() []residency {
	out := make([]residency, w.cfg.NumTowns)
	w.each(func(sex, age int, row []int32) {
		age = min(age+1, people.Ages-1) // at the end of the year
		for t, n := range row {
			out[t].ages[sex][age] += int64(n)
		}
	})
	for t := range out {
		r := &out[t]
		for sex := range 2 {
			for age, n := range r.ages[sex] {
				r.all += n
				switch {
				case age < 15:
					r.young += n
				case age >= 65:
					r.old += n
				}
				if sex == 1 && age >= 20 && age < 40 {
					r.women += n
				}
			}
		}
		r.earnings = w.earnings.Expected(t, &r.ages) / w.cfg.Scale
	}
	return out
}

// close checks the identities, prepares the next year's feedbacks and finishes the record (S10).
func (w *World) close(start []int64) (*Record, error) {
	end := w.residents()
	for t := range end {
		c := &w.sums.people.Towns[t]
		want := start[t] + c.Births + c.In + c.Arrivals - c.Deaths - c.Out - c.Departures
		if end[t] != want {
			p := &w.cfg.Places[t]
			return nil, fmt.Errorf("persons of %s (%s) in %d do not close: start %d + births %d + moves in %d + arrivals %d - deaths %d - moves out %d - departures %d = %d, counted %d",
				p.Name, p.Code, w.year, start[t], c.Births, c.In, c.Arrivals, c.Deaths, c.Out, c.Departures, want, end[t])
		}
	}
	if w.year == w.cfg.Last {
		if err := w.Audit(); err != nil {
			return nil, err
		}
	}
	w.setPeers()
	amounts := make([]int64, len(w.cfg.Places))
	for i := range amounts {
		amounts[i] = w.sums.giving.Places[i].Amount
	}
	w.market.Received(amounts)
	if err := w.learn(); err != nil {
		return nil, err
	}
	w.record.Year = w.year
	w.year++
	return &w.record, nil
}

// learn tells the market and the year's donors what was observed in it, if the run is told (see giving.Start).
func (w *World) learn() error {
	receipts, ok := w.cfg.Start.Told[w.year]
	if !ok {
		return nil
	}
	w.market.Told(receipts)
	counts := make(map[*worker][]int64, len(w.workers)) // the year's own sums are still in use
	for _, k := range w.workers {
		counts[k] = make([]int64, len(w.cfg.Places))
	}
	if err := w.pass(context.Background(), func(t *people.Tile, k *worker) { giving.Count(t, counts[k]) }); err != nil {
		return err
	}
	donors := make([]int64, len(w.cfg.Places))
	for _, k := range w.workers {
		for i, n := range counts[k] {
			donors[i] += n
		}
	}
	memory := w.market.NewMemory(w.cfg.Seed, w.year, donors)
	return w.pass(context.Background(), func(t *people.Tile, _ *worker) { memory.Recall(t) })
}

// Audit counts every living person at home and compares with the cohort table, which is kept up to date by events only.
func (w *World) Audit() error {
	p := w.persons
	count := make([][]int32, len(w.pop))
	for r := range count {
		count[r] = make([]int32, w.cfg.NumTowns)
	}
	for _, b := range p.Blocks {
		row := count[w.row(b.Birth, b.Sex)]
		for s := b.From; s < b.From+b.N; s++ {
			if p.Alive[s>>6]>>(s&63)&1 != 0 {
				row[p.Home[s]]++
			}
		}
	}
	for r := range count {
		for t, n := range count[r] {
			if n != w.pop[r][t] {
				return fmt.Errorf("persons of %s born in %d (sex %d) in %d: counted %d, the events say %d", w.cfg.Places[t].Code, w.oldest+r/2, r%2, w.year, n, w.pop[r][t])
			}
		}
	}
	return nil
}

// fill writes the year's record.
func (w *World) fill(flows []budget.Flows, residents []residency, books *budget.Books) {
	for i := range w.record.Towns {
		t := &w.record.Towns[i]
		*t = Town{}
		w.fillAccounts(t, i, &flows[i], &books.Places[i])
		if i < w.cfg.NumTowns {
			w.fillPersons(t, i, &residents[i])
		}
	}
	w.record.Projects = w.projectRows()
	g := w.sums.giving
	w.record.Flows = w.record.Flows[:0]
	n := len(w.cfg.Places)
	for c, f := range g.Flows {
		if f.Records > 0 {
			w.record.Flows = append(w.record.Flows, Flow{Origin: c / n, Dest: c % n, Records: w.real(f.Records), Amount: w.real(f.Amount)})
		}
	}
	w.record.Donors = w.record.Donors[:0]
	for a := range g.Donors {
		for b := range g.Donors[a] {
			for c, d := range g.Donors[a][b] {
				if d.Donors > 0 {
					w.record.Donors = append(w.record.Donors, DonorRow{a, b, c, w.real(d.Donors), w.real(d.Given), w.real(d.Relief)})
				}
			}
		}
	}
	for m, f := range g.Months {
		w.record.Months[m] = Month{w.real(f.Records), w.real(f.Amount)}
	}
	w.fillLedger(books)
}

// fillLedger writes the ledger and its sums.
func (w *World) fillLedger(books *budget.Books) {
	w.record.Worth = int64(w.cfg.Giving.Amount.GiftValue * float64(books.Entries[budget.Gift].Gain[budget.Producers]))
	w.record.Accounts = w.record.Accounts[:0]
	for _, e := range books.Entries {
		w.record.Accounts = append(w.record.Accounts, Account{Entry: e.Kind.String(), Donors: e.Gain[budget.Donors], Towns: e.Gain[budget.Towns], Provinces: e.Gain[budget.Provinces], State: e.Gain[budget.Treasury],
			Producers: e.Gain[budget.Producers], Platforms: e.Gain[budget.Platforms], Suppliers: e.Gain[budget.Suppliers]})
	}
	w.record.Ledger = w.record.Ledger[:0]
	for _, l := range books.Lines {
		w.record.Ledger = append(w.record.Ledger, Line{Entry: l.Kind.String(), Place: l.Place, From: l.From.String(), To: l.To.String(), Amount: l.Amount})
	}
}

func (w *World) fillAccounts(t *Town, i int, f *budget.Flows, r *budget.Result) {
	g := &w.sums.giving.Places[i]
	t.ReceivedRecords, t.ReceivedAmount, t.Repeat = w.real(g.Records), f.Received, w.real(g.Repeat)
	t.Corporate, t.CorporateState, t.CorporateRelief = f.Corporate, r.CorporateState, r.CorporateBorne
	t.Gifts, t.Fees, t.Operating, t.Shipping, t.Points = f.Gifts, f.Fees, f.Operating, f.Shipping, f.Points
	t.ReliefState, t.ReliefTown, t.Compensation, t.PoolLoss, t.Redistribution, t.Net = r.ReliefState, r.Borne, r.Compensation, r.PoolLoss, r.Redistribution, r.Net
	t.Fund, t.Spent, t.Earmarked, t.LocalIncome, t.IncomeNet = r.Fund, r.Spent, r.Earmarked, r.LocalIncome, r.IncomeNet
	t.Services, t.ServicesChildren = r.Services, r.ServicesChildren
	t.GiftRatio = w.market.Gift(i)
	t.LocalTax, t.Own, t.Allocation, t.Grants, t.Revenue = r.LocalTax, r.Own, r.Allocation, r.Grants, r.Revenue
	t.Need, t.Capacity, t.Strength = r.Need, r.Capacity, r.Strength
	for s := range ties.Stages {
		t.Ties[s] = w.real(w.sums.ties.Places[i][s])
	}
	t.Registered = w.real(w.sums.ties.Registered[i])
}

// fillPersons writes who lives in a town at the end of the year and what happened to its residents.
func (w *World) fillPersons(t *Town, i int, r *residency) {
	t.Population, t.Women2039 = w.real(r.all), w.real(r.women)
	t.ByAge = [3]int64{w.real(r.young), w.real(r.all - r.young - r.old), w.real(r.old)}
	for sex := range r.ages {
		for age, n := range r.ages[sex] {
			w.record.Ages[i][sex][age] = w.real(n)
		}
	}
	c, g := &w.sums.people.Towns[i], &w.sums.giving.Towns[i]
	t.Births, t.Deaths = w.real(c.Births), w.real(c.Deaths)
	t.MovesIn, t.MovesOut, t.Related = w.real(c.In), w.real(c.Out), w.real(c.Related)
	t.Arrivals, t.Departures = w.real(c.Arrivals), w.real(c.Departures)
	t.Considering, t.Donors, t.NewDonors = w.real(g.Considering), w.real(g.Donors), w.real(g.New)
	t.GivenRecords, t.GivenAmount = w.real(g.Records), w.real(g.Amount)
	t.Relief = w.real(g.State) + w.real(g.Province) + w.real(g.Town)
}

func (w *World) newRecord() Record {
	return Record{Towns: make([]Town, len(w.cfg.Places)), Ages: make([]Ages, w.cfg.NumTowns), Donors: make([]DonorRow, 0, giving.AgeBands*giving.IncomeBands)}
}

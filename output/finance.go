package output

// financeTable shows what the municipalities of each class of the extinction index live on in the last year: revenue per resident, and of it the shares of allocation
// tax, donations kept and net; and how far they stand on their own: capacity over need and self-reliance of the sums, now and in the first year. Classes are those of
// the last year; places of both years are in the same order.
func financeTable(first, last []TownRow) *Table {
	t := NewTable(Left("extinction index"), Right("places"), Right("revenue"), Right("allocation %"), Right("donations %"), Right("net %"), Right("strength"), Right("was"),
		Right("self-reliance %"), Right("was"), Right("with giving %"))
	for c := range len(classNames) + 1 {
		var now, then Measures
		var places int64
		for i := range last {
			r := &last[i]
			if r.Level != LevelMunicipality || r.SelfReliance == nil || r.RiskClass == nil || c < len(classNames) && int(*r.RiskClass) != c {
				continue
			}
			places++
			now.add(&r.Measures)
			then.add(&first[i].Measures)
		}
		name := "all"
		if c < len(classNames) {
			name = classNames[c]
		}
		if places == 0 {
			continue
		}
		t.Add(name, Int(places), optional(ratio(now.Revenue, now.Population), 0), percent(ratio(now.Allocation, now.Revenue), 1), percent(ratio(now.kept(), now.Revenue), 2), percent(ratio(now.Net, now.Revenue), 2),
			optional(ratio(now.Capacity, now.Need), 3), optional(ratio(then.Capacity, then.Need), 3),
			percent(now.selfReliance(), 2), percent(then.selfReliance(), 2), percent(now.withGiving(), 2))
	}
	return t
}

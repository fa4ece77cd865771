package output

// LedgerEntry documents one kind of payment in the accounts and ledger tables.
type LedgerEntry struct {
	Name      string
	From, To  string // sectors; towns stands for the governments of municipalities and of provinces, donors for corporations too
	Perimeter string // where it counts first: recipients (E14), local (E15), public (E16), or none
	Meaning   string
}

// Where an entry of the ledger counts. What counts with the recipients counts with all local governments, and that with local governments and the state together.
const (
	inRecipients = "recipients"
	inLocal      = "local"
	inPublic     = "public"
	inNone       = "none"
)

// LedgerEntries lists every kind of entry, in the order in which a year is booked (model.md 5.8).
func LedgerEntries() []LedgerEntry {
	return []LedgerEntry{
		{"donation", "donors", "towns", inRecipients, "donations of persons"},
		{"donation.corporate", "donors", "towns", inRecipients, "donations of corporations (L16)"},
		{"gift", "towns", "producers", inRecipients, "return gifts"},
		{"shipping", "towns", "suppliers", inRecipients, "delivery of gifts; operating.cost of the towns table is shipping and operation together"},
		{"fee", "towns", "platforms", inRecipients, "fees of portals and payment"},
		{"operation", "towns", "suppliers", inRecipients, "publicity and administration"},
		{"points", "platforms", "donors", inNone, "points that portals give: no government pays them"},
		{"relief.state", "state", "donors", inPublic, "tax relief for last year's donations at the cost of national tax; the place is where the donor lives"},
		{"relief.town", "towns", "donors", inLocal, "the same at the cost of the municipality's own tax"},
		{"relief.province", "towns", "donors", inLocal, "the same at the cost of the province's tax"},
		{"relief.corporate", "towns", "donors", inLocal, "relief of corporations at the cost of the tax of their province"},
		{"relief.corporate.state", "state", "donors", inPublic, "the same at the cost of national tax"},
		{"compensation", "state", "towns", inLocal, "refund of lost tax (L14)"},
		{"pool", "towns", "state", inLocal, "what the allocation pool loses with national tax forgone (compensation.pool)"},
		{"redistribution.home", "pool", "towns", inLocal, "share that goes home (R4); a place that pays is the payer"},
		{"redistribution.ceiling", "pool", "towns", inLocal, "what was kept above the ceiling per resident (R2), and who got it"},
		{"redistribution.pool", "pool", "towns", inLocal, "the pool's share of what was kept (R1), and who got it"},
		{"redistribution.floor", "state", "towns", inLocal, "what the state pays of losses beyond the floor (R7)"},
		{spending, "towns", "suppliers", inNone, "spending from the fund: the government gets something for it"},
		{earmarked, "towns", "suppliers", inNone, "the same on designated projects"},
	}
}

// perimeters tells where an entry of the ledger counts: with the recipients, or where the donor lives and with the state, or in neither. known is false for any
// other entry.
func perimeters(entry string) (recipient, residence, known bool) {
	for _, e := range LedgerEntries() {
		if e.Name == entry {
			return e.Perimeter == inRecipients, e.Perimeter == inLocal || e.Perimeter == inPublic, true
		}
	}
	return false, false, false
}

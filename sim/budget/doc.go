// Package budget keeps the accounts of towns, provinces and the state: who gains and who pays for hometown donations (model.md 5.8-5.11, E14-E20).
//
// Of one place j in one year, in whole won or yen, on an accrual basis (the relief is booked in the year of the donation; donors get it, and governments
// lose it, in the year after):
//
//	gifts = R x gift ratio x take-up, fees = R x fee share, operating = R x cost share, together at most the law's cost limit
//	E14, E15  net = R - gifts - fees - operating - relief borne by j's own tax + compensation
//	E16       state = - relief borne by the state - compensation
//	compensation = rate x relief borne by a receiving municipality or prefecture (Japan) - its share of the lost allocation pool (Korea), by grants received
//	fund' = fund + max(R - gifts - fees - operating, 0) - spent, spent = execution rate x fund; what was given to a project has a purse of its own
//	E19       local income = multiplier x (gifts + spent + visitors' spending); the nation keeps (1 - dvt) of it, the rest is diverted from other places
//	E20       S' = (1-d) S + d (1 + u (flypaper x free + earmarked) / revenue), u = 1 - e R / revenue: an index that is 1 without donations, with the revenue without them; the stock of services
//	          for children likewise: u (flypaper x free x c + earmarked for children) / (c x revenue), c their usual share of spending
//	local tax = that of the start x expected earnings of residents relative to the start; grants and other revenue follow population
//
// Every flow is an Entry of a double-entry ledger over seven sectors; each entry sums to zero to the won, or Settle fails.
package budget

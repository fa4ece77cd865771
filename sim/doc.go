// Package sim lives through the decades: it holds the world of one scenario, the yearly order of events, and the only goroutines.
//
// A year, as in section 3 of the specification:
//
//	S1  the law in force, dated
//	S2  tax and price of giving by income class
//	S3  towns: quality, gifts, barred places, disasters and projects
//	S4  attention: forgetting, lapse, peers of the year before
//	S5  participation, amount, destination, month
//	S7  related population: bonds rise and fade
//	S9  demography: half the births, deaths, departures, moves, the other half of the births; then newborns and arrivals enter
//	S6  settlement: gifts, fees, relief, compensation; the ledger closes
//	S8  funds, services, local income
//	S10 identities, ageing, the year's record
//
// S4, S5, S7 and the events of S9 are one pass over the persons, tile by tile: persons meet only through aggregates of the year before, so their order and
// the number of workers do not matter. S6 and S8 follow it because they need its sums.
//
// Determinism: see the contract in package draw; sums are integers, floats are summed in one fixed order outside the pass, and identities (persons by town,
// money by sector) are checked every year. A broken identity stops the run.
package sim

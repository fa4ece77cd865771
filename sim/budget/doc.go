// Package budget keeps the accounts of towns, provinces and the state: who gains and who pays for hometown donations (model.md 5.8-5.11, E14-E20).
//
// Of one place j in one budget year t, in whole won or yen:
//
//	costs     gifts = R x gift ratio x take-up, fees = R x fee share, operating = R x cost share, together at most the law's cost limit (Costs)
//	E14       kept = R - gifts - fees - operating
//	lags      relief borne in t is the relief of the donations of t-1 (Korea: refund of February; Japan: resident tax of the next levy year, income tax refunded
//	          early in it); the refund of lost tax follows in the same year; the allocation pool feels lost national tax pool_lag years after the loss (one:
//	          t+2 of the donation)
//	L14       compensation = rate x relief borne, of receiving places; with compensation.all = rate x (relief borne + pool loss), of all
//	          pool loss = pool x national tax lost pool_lag years ago, by grants received at the start
//	L16       corporations are donors of their own: what they give counts as kept, their relief is lagged as persons' and is borne by the state and their province
//	E15       net = kept - relief borne (of persons and corporations) + compensation - pool loss + redistribution; the sum over places is what local governments gain (E14 + E15)
//	E16       state = - relief borne by national tax - compensation + pool loss - floor
//	fund' = fund + max(kept + what the pools moved, 0) - spent, spent = execution rate x fund; what was given to a project has a purse of its own
//	E19       local income = multiplier x (gifts + spent + visitors' spending); the nation keeps (1 - dvt) of it, the rest is diverted from other places
//	E20       S' = (1-d) S + d (1 + u (flypaper x free + earmarked) / revenue), u = 1 - e R / revenue: an index that is 1 without donations, with the revenue
//	          without them; the stock of services for children likewise: u (flypaper x free x c + earmarked for children) / (c x revenue), c their usual share of spending
//	local tax = that of the start x expected earnings of residents relative to the start; grants and other revenue follow population
//
// The redistribution menu (E17, L15), off at zero, each step on what those before it left:
//
//	R4 home     x of the donations of persons whose known place of origin is in another province than their residence leaves the recipients and goes to the provinces of origin
//	R2 ceiling  kept beyond per_resident x residents goes to the pool; a place above keeps exactly the ceiling
//	R1 pool     pool_rate of what is still kept, where that is above zero, goes to the pool
//	            both pools are shared by decline index x residents^a / local tax per resident; what comes out of them is not levied again
//	R7 floor    relief borne less compensation beyond the floor's share of the year's local tax is paid by the state
//	R5, R6      compensation.rate and compensation.all; rate 1 for all leaves no local loss in either country
//
// A run that starts with its scheme has nothing due in its first year. A later one inherits an estimate, see Opening. To settle an observed year alone, settle the
// year before with nothing but its relief, then the year.
//
// Every flow is a Line of a double-entry ledger: a payer, a receiver, an amount, the place concerned. Entries are their sums by kind and sector. Settle fails if a
// place's net is not what its lines say, or if the clearing account of the pools is not empty.
package budget

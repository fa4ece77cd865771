// Package budget keeps the accounts of towns, provinces and the state: who gains and who pays for hometown donations (model.md 5.8-5.11, E14-E20).
//
// Of one place j in one budget year t, in whole won or yen:
//
//	costs     gifts = R x gift ratio x take-up, fees = R x fee share, operating = R x cost share, together at most the law's cost limit (Costs);
//	          shipping = gifts x delivery share, a part of operating
//	E14       kept = R - gifts - fees - operating
//	lags      relief borne in t is the relief of the donations of t-1 (Korea: refund of February; Japan: resident tax of the next levy year, income tax refunded
//	          early in it); the refund of lost tax follows in the same year; the allocation pool feels lost national tax pool_lag years after the loss (one:
//	          t+2 of the donation)
//	L14       compensation = rate x relief borne, of receiving places; with compensation.all = rate x (relief borne, of persons and corporations, + pool loss), of all
//	          pool loss = pool x national tax lost pool_lag years ago, by the allocation tax of the start
//	L16       corporations are donors of their own: what they give counts as kept, their relief is lagged as persons' and is borne by the state and their province
//	E15       net = kept - relief borne (of persons and corporations) + compensation - pool loss + redistribution; the sum over places is what local governments gain (E14 + E15)
//	E16       state = - relief borne by national tax - compensation + pool loss - floor
//	fund' = fund + max(kept + what the pools moved, 0) - spent, spent = execution rate x fund; what persons gave to a project, less its part of the
//	          costs, has a purse of its own; what corporations gave and the pools brought is free
//	E19       local income = multiplier x (gifts + spent + visitors' spending); the nation keeps (1 - dvt) of it, the rest is diverted from other places
//	E20       S' = (1-d) S + d (1 + (u (flypaper x free + earmarked) - flypaper x lost) / revenue), u = 1 - e R / revenue: an index that is 1 without donations, with the
//	          revenue without them; lost = what does not come out of the fund: relief borne + pool loss - compensation - floor, at once and without waste; the level is
//	          never below 0. Services for children likewise: (u (flypaper x free x c + earmarked for children) - flypaper x lost x c) / (c x revenue), c their usual share
//	          of spending. A town whose province's government alone may receive (Sejong, Jeju) has the services of that government
//	revenue = own revenue + allocation tax + grants + net, see below
//
// The redistribution menu (E17, L15), off at zero, each step on what those before it left:
//
//	R4 home     x of the donations of persons whose known place of origin is in another province than their residence leaves the recipients and goes to the provinces of origin
//	R2 ceiling  kept beyond per_resident x residents goes to the pool; a place above ends at exactly the ceiling
//	R1 pool     pool_rate of what is still kept, where that is above zero, goes to the pool
//	            both pools are shared by decline index x residents^a / local tax per resident; what comes out of them is not levied again,
//	            and lifts nobody above the ceiling: what one has no room for the others share. Only what nobody has room for goes back to those who paid it
//	R7 floor    relief borne, of persons and corporations, less compensation beyond the floor's share of the year's local tax is paid by the state
//	R5, R6      compensation.rate and compensation.all; rate 1 for all leaves no local loss in either country
//
// Revenue over decades (all amounts start as published, see facts/*/SOURCES.toml, fiscal.csv; prices and wages stay as they are):
//
//	local tax     = part levied on earnings x expected earnings + the rest x residents, both relative to the start. Japan: the income levy is that part; Korea: all
//	own revenue   = local tax + fees and the like (Korea) x residents
//	capacity      = that of the start x local tax; before donations, which are never in it, and before relief, whose refund is compensation
//	need          = that of the start x exp(change of the cross-section): need per resident on log residents, its square, and the shares of 0-14 and 65 and over,
//	                the shares as far as they differ from the nation's; provincial governments on log residents only. A place keeps its residual
//	allocation    = max(need - capacity, 0) where the place receives allocation tax at the start
//	grants        = all the rest at the start x residents
//	strength      = capacity / need, mean of three years
//
// The fit (gohyang estimate, estimates.csv): Japan 1,640 municipalities, R2 0.86; Korea 155 si and gun, R2 0.92; prefectures 0.83, Korean provinces 0.41. Limits. Capacity
// and need of Japan's municipalities are backed out of index, allocation tax and published sums of prefectures, which they meet within five per cent; Korea publishes
// none in the reference: 80 per cent of local tax (memory), and need is what general grants add to it, those of si and gun being allocation tax and the province's
// adjustment grants together. Autonomous gu and the wards of Tokyo get no allocation tax; the adjustment grants of their metropolis (조정교부금, 財政調整交付金) are in their other
// grants and follow residents. Who receives does not change: a body without allocation tax at the start gets none later, however its need grows. The pool of
// national taxes is not a bound: the sum of allocation tax is what needs and capacities make it. Every start of a run, 2008 too, begins with these figures. Japan's local and allocation tax of the start are what the relief of their time had left
// (facts/jp/SOURCES.toml), and the model takes relief off again: revenue starts too low by that much, one per cent of tax in the nation. A
// cross-section is not a history: a town that shrinks is given the costs of one that was always small, at once.
//
// A run that starts with its scheme has nothing due in its first year. A later one inherits an estimate, see Opening. To settle an observed year alone, settle the
// year before with nothing but its relief, then the year.
//
// Every flow is a Line of a double-entry ledger: a payer, a receiver, an amount, the place concerned. Entries are their sums by kind and sector. Settle fails if a
// place's net is not what its lines say, or if the clearing account of the pools is not empty.
package budget

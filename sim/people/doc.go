// Package people keeps every resident as a row of packed columns and lives their demographic year: deaths, births, moves, arrivals, ageing.
//
// Persons are stored by what never changes, birth year and sex, in blocks of slots; home is a column, so moving is one store and nobody is copied.
// A person of birth year b is, on 1 January of year t, a = t-1-b years old, and turns a+1 during the year. The year's events of such a cohort use
// period rates averaged over the two ages it lives through (E21-E25 of the specification):
//
//	death      1 - sqrt((1-q(a))(1-q(a+1))) x level of the town; q is the life table's probability of dying between exact ages
//	birth      (f(a)+f(a+1))/2 x level of the town, half of it before deaths and moves, half after (Split-Fertility order, Bacon et al. 2023)
//	out-move   (m(a)+m(a+1))/2 x level of the town and age group
//	to where   province by the age group's origin-destination matrix, town within it by its pull; (1+R_o) times the odds for the town of origin;
//	            all fitted so that the first year's moves, returns among them, go where the tables say; (1+R_r stage) times the odds for the place of a bond
//
// Where the scenario turns them on, services paid for by donations act on births (E22), moves out (E23) and the pull of towns (E24), see Effects. Moves only
// change who lives where. A mover whom neither concerns goes where he would go without.
//
// A child is born with a key hashed from the mother's key, the year and the half of the year; the first year's death risk before the first
// 1 January is 1-(1-q0)^0.85, the rest of it falls in the next year (0.85: share of infant deaths in the calendar year of birth, judgement; in
// populations of low mortality most infant deaths are in the first weeks).
//
// Alignment (E26) bends these chances by factors of the year and the town, on the logit scale and where the yearly tables are built; Expect lives the same year in
// fractions of persons, without chance, and Align finds the factors with which it meets official totals.
package people

// Package giving decides who donates, how much, to whom and in which month (model.md 5.2-5.7).
//
// Of a year, in this order:
//
//	retain       a donor lapses with delta_L, a considering non-donor forgets with delta_A
//	attend       E4: P(start considering) = 1 - exp(-(p_e + q n + m)), n = share of donors last year among adults of the same age band and province
//	participate  E5, E6: a considering person gives if the private surplus of the amount he would give exceeds his hassle cost
//	             relief(D) - D + phi g D + points D > kappa H zeta;  kappa = exp(mu + s z), z the normal quantile of his hassle rank
//	amount       E7: full-relief kink, no-loss amount, warm glow D = D1 p^-|eps| with a Pareto D1 at net price p, or a token; under a ceiling law the kink is his
//	             own limit times a utilisation (income is uncertain), split into records
//	destination  E8 as a mixture of nests: last year's place (habit), gift (market share of the place times exp(b_g phi (g - 0.3))), tie (place of origin, else
//	             nearby places), empathy (declining, struck or project towns)
//	month        E10
//
// Towns' appeal is exp(level + xi): the level is the mean log share of the place's class at the start, xi starts at the place's observed deviation from it and is
// an AR(1) (E9); their gift ratio moves towards the best response
// 1 - c - fee - 1/(b_g phi (1 - s)) within the law's limit (E12). Draws of destinations are coupled across scenarios, see draw.Chooser: the reference
// weights hold only what no policy can change.
//
// Note: income, amounts and surplus are tabulated by income class and amount type once a year, so a considering person costs a few look-ups.
package giving

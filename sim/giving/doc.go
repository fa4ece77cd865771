// Package giving decides who donates, how much, to whom and in which month (model.md 5.2-5.7).
//
// Of a year, in this order:
//
//	retain       a donor lapses with delta_L, a considering non-donor forgets with delta_A
//	attend       E4: P(start considering) = 1 - exp(-(l (p_e + m) + q n)), n = share of donors last year among adults of the same age band and province,
//	             m = m_platform x share of recipients on the portals + m_promo under relaxed or free promotion + m_shock in its dated years + p_launch in the first;
//	             l = (receipts of the province's own governments at the start, a giver)^gamma over its mean: a scheme is talked of where it brings money
//	participate  E5, E6: a considering person gives if the private surplus of the amount he would give exceeds his hassle cost
//	             relief(D) - D + phi g D + points D > kappa H zeta;  kappa = exp(mu + s z), z the normal quantile of his hassle rank. Who would give in more
//	             records than one-stop covers files a return if that still pays, and else keeps to as many (the max over D and j of E5)
//	amount       E7: full-relief kink, no-loss amount, warm glow D = D1 p^-|eps| with a Pareto D1 at net price p, or a token (p is that of the
//	             place: a disaster area has its own rate while its special relief holds, a declining place where the law has one, R3; the no-loss
//	             amount likewise); under a ceiling law the kink is his own
//	             limit times a utilisation (income is uncertain), split into records
//	             In the scheme's first year more give for its own sake: amount.novelty of these are kink donors later (P10)
//	destination  E8 as a mixture of nests: last year's place (habit), gift (weight of the place times exp(b_g phi (g - 0.3) + a), a its promotion), tie (place of
//	             a bond as visitor or closer, with b_rel stage/5; place of origin, by a logit with b_tie; home before the last move of the run, with b_par; else nearby
//	             places), empathy (declining, struck or project towns; a project pulls by a_theme (1 - raised/target), so a completed one no longer does)
//	             Where the law has a rate for declining places (R3), who chooses by gifts and gives beyond the kink is turned to one of them with the chance
//	             x s / (1 + x s), x = exp(b_g bonus/D) - 1, s their share of the gift weights: a bonus weighs as a gift does, and others stay where they were
//	month        E10: P(m) = base_m; December's share is d + rush (1 - k) for kink donors and d - rush k for others, so that it is d at the share k = amount.kink
//	             of kink donors and drifts with who gives. In the scheme's first year timing.novelty of the records come evenly. If the law of the next year holds from a day of this year on and leaves less of
//	             phi g + points, the share min(psi loss/0.05, 1) of the records due after that day is made in the month before: the year's sum stays
//
// Towns' appeal is exp(level + xi): the level is the mean log quality of the place's class at the start, xi starts at the place's deviation from it and is an AR(1)
// whose rho and sigma are those of a young, then of a mature scheme (E9); levels near their mean by rho while the scheme is young. Quality at the start is such
// that all nests together, with the homes and origins of givers and the rule on residence of the time, share donations as observed (inversion); b_tie comes with it,
// so that choice.origin of those who live away give to their origin. Neither knows the scenario's law, seed or scale: no lever moves where towns start.
//
// After a disaster of severity v a place on the portals keeps dxi v, which fades with rho (E11, P7). What towns do (E12, E13), a share a_br re-optimising each year by the part lambda_g of the gap:
//
//	gift       g' = clip(1 - c - fee - 1/(b_g phi (1 - s)), 0, limits of the law on gifts and costs); of the others a share follows the gift ratio of the
//	           peer (class and province) that received most
//	promotion  an appeal of a costs a^2/(2 theta) of receipts, so (M - a^2/(2 theta)) exp((1-s) a) is greatest at a(M) = (sqrt(1 + 2 theta (1-s)^2 M) - 1)/(1-s),
//	           M = 1 - c - fee - g. A gift limit that holds g below what the limit of the run's first year would let it be raises M, and
//	           with it a and its cost, by a(M) - a(M of the first limit): the observed c contains the promotion under that one. The cost goes into
//	           operation, within the law's limits on it. Where the limit does not bind nothing changes
//	portals    where the law lets private portals work, P(list) = 1 - exp(-(h_enter + h_loss x own tax lost to other places + h_peers x own tax that listed recipients
//	           of the province kept, in the mean)), both as shares of the places' own tax last year; a place that is not listed pays no fee and lacks
//	           an appeal among gift donors. Portals already at work when the run starts list everybody, for so the receipts were observed
//
// Corporations, where the law admits them (L16), are an aggregate beside all this: those of a province give a share of its local tax to recipients elsewhere, in
// proportion to last year's receipts from persons, whose behaviour does not see them.
//
// A run may be told observed receipts (Start.Told): at the end of such a year shares and quality are those of the counts, as at the start, and donors' last
// destinations are moved to them with as few moves as that takes. The next year is then a forecast by one who knew the last.
//
// Draws of destinations are coupled across scenarios, see draw.Chooser: the reference weights hold only what no policy can change.
//
// Note: income, amounts and surplus are tabulated by income class and amount type once a year, so a considering person costs a few look-ups.
package giving

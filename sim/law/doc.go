// Package law answers one question: what does a donation cost the donor, and who gives up the tax? It holds the dated law of giving of Korea and Japan
// as data (Book, read from scenarios/law/*.toml by its callers), turns the law of one year into compiled integer curves (Compile), and prices
// donations for a taxpayer: Law.Taxpayer and Law.Statement work out the tax before any donation, Law.Relief, Law.Special and Law.Parts what donations save,
// Law.Schedule and Law.Price what the next won or yen costs, Law.Bands the lines of a credit by slices. It opens no file, and it never asks "which country?" in a formula: the two
// systems are two sets of values of the same Rules, so that either can be tried on the other's taxpayers.
//
// Symbols: d the year's donations, s_k and b_k rate and upper edge of credit slice k, T the tax due, f the donor's own share (floor), t the marginal rate
// of national income tax with surtax, L the income levy of the resident tax, theta the ceiling rate, A the absolute ceiling. All money is whole won or yen.
//
// Credit of kind tiers (E1 of the model description; Korea, 조세특례제한법 제58조):
//
//	C(d) = min( sum_k s_k * [min(d, b_k) - b_(k-1)]+ , T ),  d <= cap,  T = national income tax + local income tax
//	national part = floor(share * C), local part = the rest
//	gifts to special disaster areas (L12) and to depopulation areas (R3) lie on top of the others and earn their own rate above b_1, if it is more than s_k
//
// Credit of kind ceiling (E2; Japan, 地方税法 第37条の2, 第314条の7, 所得税法 第78条):
//
//	income-tax saving S = (min(d, 40% of income) - f) * t
//	basic credit      B = (min(d, 30% of income) - f) * 10%
//	special credit    P = min( (d - f) * (90% - t), theta * L, A )
//	limit             D* = min(theta * L, A) / (90% - t) + f
//	without a return (one-stop): S is replaced by a resident-tax credit P * t / (90% - t), which is S up to the limit
//
// Rounding: rates are millionths; every product is exact in millionths of a won or yen and is rounded once. A tier credit is rounded down to the won.
// Under ceiling the sum S+B(+P where the ceiling does not bind) is rounded half up to the yen, S is rounded half up, and the rest is the resident tax
// credit, so the parts always add up and the total saving up to the limit is exactly d - f. Taxable income, tax and levy are rounded down to the units
// of the law (tax.round.*), the levy for municipality and prefecture apart. Deductions drop fractions of a won or yen; so does what lowers a cap.
//
// Year of a rule: the law of simulated year Y is what is in force on 1 July of Y (InForce). A rule of June 2019 therefore counts for 2019, one of December
// 2024 for 2025. Book.At has the law of any day. Tax rules are those of the income of year Y, which the resident tax levies in the fiscal year after.
//
// One person and the average: pay and household are all the law can know of a person here. The engine knows the pay alone, so that its laws also deduct what the
// average taxpayer claims besides (tax.average, a statistic marked as such); Law.Exact is the law without, for a calculator.
//
// Checks: every published cell of Japan's table of limits, the vectors of its ministry's workbook, worked cases by hand, second transcriptions of every table for
// every year, a second implementation in exact fractions on 100,000 random taxpayers of each country, and the replay of every reform.
package law

// Package scenarios is what an analyst changes without Go: the scenario files, the dated law and the behaviour parameters beside this package, and the
// strict loader that turns one scenario with its parents and the command line's settings into a Scenario in which every number knows where it came from.
//
// # A scenario file
//
// TOML with the keys title, question, country ("kr" or "jp"), extends, the tables [run], [outputs], [behaviour], [ties], [budget], [demography] and the
// arrays of tables [[policy]], [[event]], [[expect]]. Everything a file does not say comes from its parent (extends), then from the law
// (law/*.toml) and the behaviour parameters of the country (params/kr.toml, params/jp.toml).
//
// Merging along extends: tables are merged key by key and the child wins; [[policy]], [[event]] and [[expect]] of the child are appended after the
// parent's; every other array replaces the parent's. Settings of the command line (key=value) are merged last in the same way, except that
// policy.<lever>=value makes one more overlay in force in every year of the run.
//
// Overlays apply in order, the later one wins: those whose from <= year <= to (no to = open) change the law of that year. A [[policy]] with
// law = "jp" or law = "kr" first takes over every lever of the other country's law but the tax code itself and lists of government codes: the law of the
// simulated year, or of law_year, money multiplied by law_rate (won per yen in a Korean scenario, yen per won in a Japanese one). The further keys of the
// same overlay apply after that.
//
// # Alignment
//
// demography.alignment brings the baseline to the official projection (E26): align/<country>-<mode>.csv holds the factors that Align computed once, with method, fit,
// date and the digests of facts and parameters they were computed for. Every scenario of the country uses them unchanged, so no policy effect is aligned away; a run with
// other facts or demographic parameters says so in its sheet, in run.json and on the screen.
//
// # Calibration
//
// calibration/<country>.toml says which behaviour parameters are fitted to what, with priors, targets and deviations, and is written before the fit (gohyang
// calibrate). Beside it stand what came of it: the sample of the posterior, the chosen point, which is a scenario of its own and what params/ holds, and the
// report. Its loader is as strict as that of scenarios.
//
// # Faults
//
// Unknown keys, wrong types, values out of range, impossible years, unknown places, overlapping tiers and whatever else cannot be run are reported as
//
//	file:line: key: got X, want Y; hint
//
// all of them at once, ordered by file (the named one first) and line. Only a syntax error hides the faults behind it.
package scenarios

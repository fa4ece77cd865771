// Package draw makes every random number of the model, without state.
//
// A draw is a pure function of (seed, person, year, decision, index): the same person meets the same luck in every scenario with the same seed
// (common random numbers), whatever the number of workers, the size of blocks or what anybody else does. Persons of the base population are
// numbered by slot; persons born or arrived later carry a 64-bit key made from their mother's key or from (town, year, ordinal).
//
// The generator is the SplitMix64 finaliser (Steele, Lea, Flood 2014, OOPSLA; constants of Stafford's mix 13) over id*golden + key, where key is itself
// a hash of (seed, year, decision). Note: a key built by adding (seed + a*year + b*decision + id) fails PractRand even with a good mixer.
//
// Most persons meet no event in a year, so a decision is first screened: the leading eight binary digits of 64 persons' uniforms come from eight
// hashes (bit-sliced), and only persons whose leading digits lie below a bound get the other 56 digits and the exact test. A loose bound cannot
// change a result, because the exact test decides (tested).
package draw

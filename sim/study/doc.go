// Package study scores what a model says against what was counted, fits a model to counts, and tells which of its parameters matter. It knows nothing of
// what a model is about: a model is a function from a point (one value for each parameter) to outputs. It uses sim/draw and knows no files.
//
// For units i with forecast f(i), count c(i) and denominator d(i) (the count itself, or the residents where the count may be zero or negative, as net moves
// are):
//
//	e(i)      (f(i) - c(i)) / d(i)                            relative error
//	median    median over i of |e(i)|                         MedAPE: half of the units are nearer
//	weighted  sum |f(i) - c(i)| / sum d(i)                    WAPE: large units count by their size
//	bias      sum (f(i) - c(i)) / sum d(i)                    too much (+) or too little (-) in all
//	skill     1 - weighted(f) / weighted(naive)               0 = no better than the naive rule, 1 = without error
//
// A fit goes in waves, then takes a sample (model.md, sections 7 and 8):
//
//	Space        the parameters, their ranges and scales
//	Search       points that nothing rules out yet; a Latin hypercube at first
//	Run          the model at these points, in parallel, resumable
//	EmulateAll   a Gaussian process for each output; LeaveOneOut says whether to trust it
//	History      what the emulators and the targets rule out; then Search again
//	ABC          the posterior, from runs of the model itself at points not ruled out
//	Fit          all of this by a plan, and the point to go on with
//
// SobolDesign and Sobol, MorrisDesign and Morris say which parameters an output depends on; Predict of an emulator may stand in for the model there.
// CRPS, Coverage and Quantile score samples; Persistence, LastGrowth, LogTrend and FitBass are what a forecast must beat; Gini, TopShare, Hill and Spearman
// compare distributions.
//
// Numbers that are shipped are summed in a fixed order, each product rounded on its own, so that all processors agree. That holds for designs, scores and
// weights; the linear algebra and the optimisers are gonum's, so that emulators, and what follows from them, agree between processors to many digits only.
// On one kind of processor everything is the same to the bit in every run, with any number of workers.
package study

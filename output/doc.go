// Package output turns the yearly records of a run into what people read: Parquet and CSV tables, a manifest, a summary, and the comparison of
// results.
//
// The way of a record. The run hands each finished year to a Recorder (a sim.Observer), which at once turns it into rows (fill.go, rows.go), writes
// them to the tables in a temporary folder beside the target (parquet and CSV by the same struct tags), and keeps only the nation's rows and the
// first and last year of the places. Close writes summary.txt and, last of all, run.json, and renames the folder to its target: a result
// directory exists whole or not at all, and a folder without run.json is never a result.
//
// Tables. Each row is a struct; its parquet tags are the column names, and Metrics documents every one of them with unit and meaning. Counts
// and money are int64 in persons, records and whole won or yen. A ratio is a nullable double recomputed from its parts wherever it stands:
//
//	extinction.index = women.20_39 / population.65plus                    소멸위험지수; below 0.5 "at risk", below 0.2 "high risk"
//	extinction.class = 0 below 0.2, 1 below 0.5, 2 below 1, 3 otherwise
//	women.20_39.relative = women.20_39 / that of the first year of the results
//	age.median = age a that half have not reached: a + (half - those younger than a) / those of age a
//	dependency.ratio = (population.0_14 + population.65plus) / population.15_64
//	self_reliance    = own / (own + allocation.tax + grants.other + compensation - pool loss), own = own.revenue - relief.borne - relief.corporate
//	self_reliance.giving = (own + kept + redistribution) / revenue, kept = donations received from persons and corporations - gifts - fees - operating
//	fiscal.strength  = mean of three years of fiscal.capacity / fiscal.need
//	donations.gini   = 2 sum(i x_i) / (n sum(x_i)) - (n+1)/n              x_1 <= ... <= x_n: receipts of all governments that may receive
//
// A zero denominator gives null (an empty CSV cell), never zero. The national services index is weighted by population and the national gift.ratio
// by receipts. Perimeters follow the accounts of the budget year (model.md 5.8): recipients count donations, gifts, fees and operation; local adds relief
// borne, compensation, the loss of the pool and redistribution; public adds the state. Spending from the fund and points are in none of them. Donors' surplus, which is of the year's
// donations, producers, platforms and suppliers stand apart. Relief is booked when it comes due, the year after the donation: relief of year t is relief.state
// plus relief.borne of t+1; corporations' stands apart, in relief.corporate and relief.corporate.state. The ledger table has every flow with its payer, its receiver and the government concerned; accounts are its sums by entry.
//
// Bytes. Nothing written depends on clock, host, path, number of workers or build: two recordings of the same records are equal byte for byte
// (tested), and run.json holds the SHA-256 of every other file, which Open verifies before anything is read.
//
// Comparison pairs results by seed. With n >= 2 pairs the interval of a difference is mean(d) +- t(0.975, n-1) sd(d)/sqrt(n) (Student's paired t);
// an interval that includes zero prints "~". With one seed there is no interval and the text says so.
//
// Note: CSV is for Excel (UTF-8 with BOM, CRLF). Excel drops the leading zero of codes such as 01100 when it opens a CSV by double click; Parquet
// keeps them as text.
package output

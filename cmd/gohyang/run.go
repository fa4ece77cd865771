package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gohyang/output"
	"gohyang/scenarios"
)

func runCmd() *cobra.Command {
	var flags runFlags
	var out string
	var csv, ages bool
	cmd := &cobra.Command{
		Use:   "run NAME|FILE.toml",
		Short: "live through a scenario and write its results",
		Long: "run lives through the years of a scenario and leaves a result directory: run.json, summary.txt and Parquet tables (with --csv also CSV\n" +
			"files that Excel opens). The directory appears whole or not at all and is never overwritten. Verdicts of the scenario's [[expect]]\n" +
			"are printed in the end; exit code 1 says that one of them failed, misses in a sample smaller than the scenario's not counted. Flags\n" +
			"override the scenario and are kept in run.json; the summary names them.",
		Example: examples(
			"gohyang run kr-baseline --scale 0.0005 --years 2023-2023",
			"gohyang run jp-baseline --scale 0.0005 --years 2020-2020 --seed 7 --csv --out japan",
			"gohyang run kr-baseline --set policy.cap=10_000_000 --scale 0.0005 --years 2023-2023 --out cap10m --quiet",
		),
		Args:              names(1, "the name of a scenario or a .toml file"),
		ValidArgsFunction: completeScenario(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runScenario(cmd, args[0], out, csv, ages, &flags)
		},
	}
	flags.add(cmd.Flags())
	cmd.Flags().StringVarP(&out, "out", "o", "", "write the results into this new `folder` (default results/NAME-seedN)")
	cmd.Flags().BoolVar(&csv, "csv", false, "write every table as CSV too (UTF-8 with byte order mark, for Excel)")
	cmd.Flags().BoolVar(&ages, "ages", false, "write residents by municipality, sex and single year of age too (persons.parquet)")
	return cmd
}

// runScenario is the verb: load, simulate, print the summary and the verdicts.
func runScenario(cmd *cobra.Command, ref, out string, csv, ages bool, flags *runFlags) error {
	s, err := load(ref, flags)
	if err != nil {
		return err
	}
	if out == "" && cmd.Flags().Changed("out") {
		return usage("--out: got nothing, want the name of a new folder; leave it out for results/%s-seed%d", s.Name, s.Run.Seed)
	}
	if out == "" {
		out = filepath.Join("results", fmt.Sprintf("%s-seed%d", s.Name, s.Run.Seed))
	}
	notes(cmd, s, flags, "")
	ctx, release := interruptible(context.Background())
	defer release()
	summary, err := simulate(ctx, s, job{target: out, csv: csv || s.Outputs.CSV, ages: ages || s.Outputs.Ages, flags: flags, screen: cmd.ErrOrStderr()})
	if err != nil {
		return err
	}
	if !flags.quiet {
		fmt.Fprintf(cmd.OutOrStdout(), "%s\nresults in %s\n", summary, out)
	}
	return judge(cmd, s, out, flags.quiet)
}

// notes warns of what a reader of the results must know, quiet or not, and tells what of a scenario does not take part in a run over other years, but for
// what contains the word idle ("" = all), which does not matter, and the scale if it is not the one asked for.
func notes(cmd *cobra.Command, s *scenarios.Scenario, flags *runFlags, idle string) {
	for _, w := range s.Warnings {
		fmt.Fprintln(cmd.ErrOrStderr(), "warning:", w)
	}
	for _, dropped := range s.Dropped {
		if !flags.quiet && (idle == "" || !strings.Contains(dropped, idle)) {
			fmt.Fprintln(cmd.ErrOrStderr(), "note:", dropped)
		}
	}
	if text := scaleNote(s, flags); text != "" && !flags.quiet {
		fmt.Fprintln(cmd.ErrOrStderr(), "note:", text)
	}
}

// uncounted is the verdict on a missed expectation in a run with fewer agents than the scenario asks for.
const uncounted = "missed, not counted"

// judge prints the verdict on every expectation of the scenario. Failed ones are printed even when quiet, and make the exit code 1; in a sample smaller
// than the scenario's own they may be sampling error and are not counted.
func judge(cmd *cobra.Command, s *scenarios.Scenario, out string, quiet bool) error {
	if len(s.Expect) == 0 {
		return nil
	}
	result, err := output.Open(out)
	if err != nil {
		return err
	}
	table := output.NewTable(output.Left("verdict"), output.Left("metric"), output.Left("place"), output.Right("year"), output.Right("value"),
		output.Right("from"), output.Right("to"), output.Left("source"))
	failures, misses := 0, 0
	for _, e := range s.Expect {
		value, known := measured(result, e)
		verdict, shown := "ok", "none"
		if known {
			shown = plain(value)
		}
		met := known && e.Met(value)
		switch {
		case !met && smallSample(s, e):
			verdict = uncounted
			misses++
		case !met:
			verdict = "FAILED"
			failures++
		}
		if quiet && verdict != "FAILED" {
			continue
		}
		lo, hi := e.Band()
		table.Add(verdict, e.Metric, e.Place, fmt.Sprint(e.Year), shown, plain(lo), plain(hi), e.Source)
	}
	if table.Len() > 0 {
		if _, err := table.WriteTo(cmd.OutOrStdout()); err != nil {
			return failed("verdicts: %w", err)
		}
	}
	if misses > 0 && !quiet {
		fmt.Fprintf(cmd.OutOrStdout(), "%s: the sample is smaller than the scenario's: scale %s\n", uncounted, output.Scale(scenarios.WholeScale(s.Run.Scale)))
	}
	if failures > 0 {
		return &ending{exitVerdict, fmt.Errorf("%s: %d of %d expectations failed; the results are complete in %s", s.Name, failures, len(s.Expect), out)}
	}
	return nil
}

// measured is the value an expectation is about; false when the results have none.
func measured(r *output.Result, e scenarios.Expect) (float64, bool) {
	if e.Place == "" {
		return r.Nation(e.Metric, e.Year)
	}
	towns := r.Places(e.Year)
	for i := range towns {
		if towns[i].Code == e.Place {
			return towns[i].Value(e.Metric)
		}
	}
	return 0, false
}

// plain writes a number with as many decimals as its size deserves.
func plain(v float64) string {
	if v < 1000 && v > -1000 && v != float64(int64(v)) {
		return output.Decimal(v, 4)
	}
	return output.Decimal(v, 0)
}

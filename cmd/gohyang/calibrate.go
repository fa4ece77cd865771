package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/sim/law"
	"gohyang/sim/study"
)

// calibrateFlags are the flags of the verb.
type calibrateFlags struct {
	out, file, date string
	seed            seedValue
	workers         workersValue
	plan, quiet     bool
}

func calibrateCmd() *cobra.Command {
	var f calibrateFlags
	cmd := &cobra.Command{
		Use:   "calibrate kr|jp",
		Short: "fit behaviour parameters to what was counted",
		Long: "calibrate fits the behaviour parameters of a country to what was counted: waves of history matching rule out what cannot be, a sample of\n" +
			"what is left is weighed by how well it meets the targets (approximate Bayesian computation), and the best points are run again before\n" +
			"one is chosen. Parameters, priors and targets stand in a TOML file, written before the fit; --plan prints them and ends. The folder of\n" +
			"--out keeps every finished run: the same command goes on where it was stopped and comes to the same numbers. In the end it holds\n" +
			"report.txt, runs.csv, waves.csv, posterior.csv, chosen.toml (a scenario with the chosen values) and, last, complete.json.",
		Example:   examples("gohyang calibrate kr --plan"),
		Args:      names(1, "a country, kr or jp"),
		ValidArgs: []string{"kr", "jp"},
		RunE:      func(cmd *cobra.Command, args []string) error { return calibrate(cmd, args[0], &f) },
	}
	cmd.Flags().StringVarP(&f.out, "out", "o", "", "keep runs and results in this `folder`, new or of the same calibration (default results/calibrate-COUNTRY)")
	cmd.Flags().StringVar(&f.file, "file", "", "what is fitted to what: a TOML `file` in place of the shipped one")
	cmd.Flags().StringVar(&f.date, "date", "", "`day` that is written into the results, YYYY-MM-DD")
	cmd.Flags().Var(&f.seed, "seed", "seed of designs and runs: a whole number from 0 (default: the file's)")
	cmd.Flags().Var(&f.workers, "workers", "runs at a time: 1 to 1024; never changes a result (default: one per processor)")
	cmd.Flags().BoolVar(&f.plan, "plan", false, "print what would be fitted to what, and how many runs it takes, and end")
	cmd.Flags().BoolVarP(&f.quiet, "quiet", "q", false, "print errors only")
	return cmd
}

func calibrate(cmd *cobra.Command, country string, f *calibrateFlags) error {
	if country != string(law.Korea) && country != string(law.Japan) {
		return usage("calibrate: got %s, want kr or jp", country)
	}
	if _, err := time.Parse(time.DateOnly, f.date); err != nil && f.date != "" {
		return usage("--date: got %q, want the day of the calibration as YYYY-MM-DD", f.date)
	}
	if f.out == "" && cmd.Flags().Changed("out") {
		return usage("--out: got nothing, want the name of a folder; leave it out for results/calibrate-%s", country)
	}
	if f.out == "" {
		f.out = filepath.Join("results", "calibrate-"+country)
	}
	flags := &runFlags{}
	c, err := scenarios.LoadCalibration(law.Country(country), f.file, scenarios.Options{Metrics: verdictMetrics(), Facts: flags.country})
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return usage("--file: %w", err)
	case err != nil:
		return invalid(err)
	}
	if f.seed.typed {
		c.Seed = f.seed.value
	}
	t, err := newTrials(c, flags)
	if err != nil {
		return err
	}
	if f.plan {
		return t.printPlan(cmd.OutOrStdout())
	}
	return t.fit(cmd, f)
}

// fit opens the folder, fits and leaves the results in it.
func (t *trials) fit(cmd *cobra.Command, f *calibrateFlags) error {
	folder, err := openFolder(f.out, t)
	if err != nil {
		return err
	}
	defer folder.close()
	ctx, release := interruptible(context.Background())
	defer release()
	bar := newProgress(cmd.ErrOrStderr(), !f.quiet && isTerminal(cmd.ErrOrStderr()), "calibrate "+t.c.Country, t.runs(), 1, patience)
	defer bar.remove()
	for range folder.kept() {
		bar.Done()
	}
	done := func(stage string, i int, point, _ []float64) error {
		bar.Done()
		return folder.keep(stage, i, point)
	}
	outcome, err := await(ctx, func() (study.Outcome, error) {
		return study.Fit(ctx, t.plan(workersOf(f.workers)), study.Bench{Model: t.model, Finished: folder.finished, Done: done})
	})
	bar.remove()
	if ctx.Err() != nil {
		return failed("calibrate %s: interrupted; %d of %d points are kept in %s; the same command goes on from there", t.c.Country, folder.kept(), t.runs(), f.out)
	}
	if err != nil {
		return failed("calibrate %s: %w; finished runs are kept in %s", t.c.Country, err, f.out)
	}
	report, err := folder.finish(&outcome, f.date)
	if err != nil {
		return failed("calibrate %s: %w; finished runs are kept in %s", t.c.Country, err, f.out)
	}
	if f.quiet {
		return nil
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s\nresults in %s\n", report, f.out)
	return err
}

// printPlan prints what is fitted to what.
func (t *trials) printPlan(w io.Writer) error {
	parameters := output.NewTable(output.Left("parameter"), output.Right("from"), output.Right("to"), output.Left("scale"), output.Left("prior"))
	for _, p := range t.c.Parameters {
		parameters.Add(p.Key, output.Shortest(p.Low), output.Shortest(p.High), p.Scale, p.Source)
	}
	targets := output.NewTable(output.Left("target"), output.Right("observed"), output.Right("counting"), output.Right("model"), output.Left("scale"),
		output.Left("source"))
	for _, x := range t.c.Targets {
		source := x.Source
		if x.Check {
			source = "not fitted; " + source
		}
		targets.Add(x.Name, plain(x.Value), output.Shortest(x.Observation), output.Shortest(x.Discrepancy), x.Scale, source)
	}
	_, err := fmt.Fprintf(w, "%s\n%s, %d-%d, scale %s, seed %d; %s\n\n%s\nTargets with the standard deviations of counting and of the model (log: relative)\n%s\n"+
		"%d waves of %d points with %d runs each, a sample of %d points, and %d points with %d runs each: %d runs\n",
		t.c.Title, t.c.Scenario, t.c.Years[0], t.c.Years[1], output.Shortest(t.c.Scale), t.c.Seed, t.c.File, parameters, targets,
		t.c.Waves, t.c.Points, t.c.Seeds, t.c.Sample, t.c.Finalists, t.c.FinalSeeds, (t.runs()-t.c.Finalists)*t.c.Seeds+t.c.Finalists*t.c.FinalSeeds)
	return err
}

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"gohyang/output"
	"gohyang/scenarios"
)

func compareCmd() *cobra.Command {
	var flags runFlags
	var csv string
	cmd := &cobra.Command{
		Use:   "compare A B",
		Short: "what changes from A to B, paired by seed",
		Long: "compare prints what changes from A to B. Each side is a result directory, a folder of result directories (replicates, paired by seed), or\n" +
			"a scenario, which is run first with the same flags and not kept. Both sides share every random number, so a difference is the\n" +
			"effect of what differs; with several seeds it has an interval, and ~ marks what is noise.",
		Example: examples(
			"gohyang compare kr-baseline kr-cap-5m --scale 0.0005 --years 2023-2025",
			"gohyang compare kr-baseline kr-full-credit-200k --scale 0.0005 --years 2023-2023 --csv change.csv",
		),
		Args:              names(2, "two results or scenarios"),
		ValidArgsFunction: completeScenario(2),
		RunE:              func(cmd *cobra.Command, args []string) error { return compare(cmd, args, csv, &flags) },
	}
	flags.add(cmd.Flags())
	cmd.Flags().StringVar(&csv, "csv", "", "write every difference to this new `file` (UTF-8 with byte order mark, for Excel)")
	return cmd
}

// compare is the verb: read or run both sides, print the differences.
func compare(cmd *cobra.Command, args []string, csv string, flags *runFlags) error {
	if err := idleFlags(cmd, args); err != nil {
		return err
	}
	if csv == "" && cmd.Flags().Changed("csv") {
		return usage("--csv: got nothing, want the name of a new file")
	}
	if csv != "" {
		if err := output.CheckTarget(csv); err != nil {
			return fmt.Errorf("--csv %w", err)
		}
	}
	ctx, release := interruptible(context.Background())
	defer release()
	work, err := os.MkdirTemp("", "gohyang-compare-")
	if err != nil {
		return failed("compare: %w; a scenario is run in the temporary folder", err)
	}
	defer os.RemoveAll(work)
	var sides [2]side
	for i, ref := range args {
		if sides[i], err = open(ref, flags); err != nil {
			return err
		}
	}
	if err := sameCountry(args, sides); err != nil { // before anything is run
		return err
	}
	for i := range sides {
		if err := sides[i].run(ctx, cmd, filepath.Join(work, fmt.Sprint(i)), flags); err != nil {
			return err
		}
	}
	c, err := output.Compare(sides[0].results, sides[1].results)
	if err != nil {
		return usage("%w", err)
	}
	if !flags.quiet {
		if err := c.WriteText(cmd.OutOrStdout()); err != nil {
			return failed("compare: %w", err)
		}
	}
	if csv != "" {
		return writeCSV(csv, c.WriteCSV)
	}
	return nil
}

// isResult says whether one side of a comparison is a directory, not a scenario.
func isResult(ref string) bool {
	info, err := os.Stat(ref)
	return err == nil && info.IsDir()
}

// idleFlags refuses flags for running when both sides are finished results: they would change nothing, and silence would mislead.
func idleFlags(cmd *cobra.Command, args []string) error {
	if !isResult(args[0]) || !isResult(args[1]) {
		return nil
	}
	for _, name := range []string{"seed", "scale", "years", "workers", "set", "facts"} {
		if f := cmd.Flags().Lookup(name); f.Changed {
			return usage("--%s: has no effect, both %s and %s are finished results; leave it out or name a scenario", name, args[0], args[1])
		}
	}
	return nil
}

// side is one side of a comparison: finished results, or a scenario to be run.
type side struct {
	results  []*output.Result
	scenario *scenarios.Scenario // nil for finished results
}

// open reads the results of one side from their directory, or its scenario.
func open(ref string, flags *runFlags) (side, error) {
	if isResult(ref) {
		results, err := output.OpenAll(ref)
		return side{results: results}, err
	}
	s, err := load(ref, flags)
	return side{scenario: s}, err
}

// country is the code of the side's country.
func (s side) country() string {
	if s.scenario != nil {
		return string(s.scenario.Country)
	}
	return s.results[0].Manifest.Country
}

// sameCountry refuses sides of different countries: won and yen cannot be subtracted, and no place is on both sides.
func sameCountry(args []string, sides [2]side) error {
	if a, b := sides[0].country(), sides[1].country(); a != b {
		return usage("compare: %s is of country %s, %s of %s: money and places of different countries cannot be subtracted; name two of one country",
			args[0], a, args[1], b)
	}
	return nil
}

// run lives through the side's scenario, if it is one, into the folder target.
func (s *side) run(ctx context.Context, cmd *cobra.Command, target string, flags *runFlags) error {
	if s.scenario == nil {
		return nil
	}
	notes(cmd, s.scenario, flags, ": expect.") // a comparison gives no verdicts
	if _, err := simulate(ctx, s.scenario, job{target: target, flags: flags, screen: cmd.ErrOrStderr()}); err != nil {
		return err
	}
	r, err := output.Open(target)
	s.results = []*output.Result{r}
	return err
}

// writeCSV writes a table for a spreadsheet. The file is not overwritten, and not left behind half written.
func writeCSV(path string, write func(io.Writer) error) error {
	var text bytes.Buffer
	if err := write(&text); err != nil {
		return failed("--csv %s: %w", path, err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return failed("--csv: %w", err)
	}
	_, err = f.Write(text.Bytes())
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		os.Remove(path)
		return failed("--csv: %w; the file was removed", err)
	}
	return nil
}

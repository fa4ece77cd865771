package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"gohyang/scenarios"
	"gohyang/sim/law"
)

// alignCmd is for maintainers of the shipped alignments and hidden: an analyst chooses one with demography.alignment.
func alignCmd() *cobra.Command {
	var mode, date, into string
	var flags runFlags
	cmd := &cobra.Command{
		Use:   "align kr|jp --mode nation|province|town --date YYYY-MM-DD",
		Short: "compute the factors that bring a baseline to the official projection",
		Long: "align projects the baseline of a country without chance, finds the factors on births, deaths and moves that bring it to the official\n" +
			"projection, and writes them into the folder of the shipped alignments, with method, fit, date and digests of facts and parameters.",
		Hidden:  true,
		Example: examples("gohyang align kr --mode nation --date 2026-11-23"),
		Args:    names(1, "a country, kr or jp"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := time.Parse(time.DateOnly, date); err != nil {
				return usage("--date: got %q, want the day of the computation as YYYY-MM-DD; it is written into the file", date)
			}
			return align(cmd, args[0], mode, date, into, &flags)
		},
	}
	cmd.Flags().StringVar(&mode, "mode", "", "what to align: `nation`, province or, in Japan, town")
	cmd.Flags().StringVar(&date, "date", "", "`day` written into the file as the day of computation")
	cmd.Flags().StringVar(&into, "into", "scenarios/align", "`folder` of the alignments")
	cmd.Flags().StringVar(&flags.facts, "facts", "", "use the fact tables of this `folder` in place of the built-in ones")
	return cmd
}

func align(cmd *cobra.Command, country, mode, date, into string, flags *runFlags) error {
	if country != string(law.Korea) && country != string(law.Japan) {
		return usage("align: got %s, want kr or jp", country)
	}
	if !slices.Contains(scenarios.AlignmentModes(law.Country(country)), mode) {
		return usage("--mode: got %q, want one of %v for %s", mode, scenarios.AlignmentModes(law.Country(country)), country)
	}
	flags.set = []string{"demography.alignment=free"}
	s, err := load(country+"-baseline", flags)
	if err != nil {
		return err
	}
	file, text, fit, err := scenarios.Align(s, mode, date)
	var faults scenarios.Faults
	if errors.As(err, &faults) {
		return invalid(err)
	}
	if err != nil {
		return failed("align: %w", err)
	}
	path := filepath.Join(into, filepath.Base(file))
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		return failed("align: %w", err)
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "wrote %s: %s; at most %d projections of a year\n", path, scenarios.Fitted(fit), fit.Tries)
	return err
}

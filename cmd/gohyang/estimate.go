package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/scenarios/facts"
	"gohyang/scenarios/facts/build"
)

// estimateCmd is for maintainers of the shipped tables and hidden: an analyst never needs it.
func estimateCmd() *cobra.Command {
	var reference, into, date string
	cmd := &cobra.Command{
		Use:   "estimate --reference FOLDER --date YYYY-MM-DD",
		Short: "make the shipped fact tables anew from the reference figures, fits included",
		Long: "estimate derives every table under scenarios/facts from the project's reference figures: it copies what is published, fits age schedules,\n" +
			"gravity, levels and the rest, writes what was fitted and how far each target is missed into estimates.csv, renews the digests and the date\n" +
			"in SOURCES.toml, and prints the estimates.",
		Hidden:  true,
		Example: examples("gohyang estimate --reference ../shared/reference --date 2026-11-25"),
		Args:    names(0, "no name"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if reference == "" {
				return usage("--reference: needs the folder of the reference figures")
			}
			if _, err := time.Parse(time.DateOnly, date); err != nil {
				return usage("--date: got %q, want the day of the estimation as YYYY-MM-DD; it is written into SOURCES.toml", date)
			}
			for _, country := range []string{"kr", "jp"} {
				if err := estimate(cmd.OutOrStdout(), reference, into, country, date); err != nil {
					return invalid(err)
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&reference, "reference", "", "`folder` of the reference figures")
	cmd.Flags().StringVar(&date, "date", "", "`day` written into SOURCES.toml as the day of estimation")
	cmd.Flags().StringVar(&into, "into", "scenarios/facts", "`folder` of the tables")
	return cmd
}

// estimate makes the tables of a country and prints what was fitted.
func estimate(w io.Writer, reference, into, country, date string) error {
	folder := filepath.Join(into, country)
	if err := build.Rebuild(reference, folder, country); err != nil {
		return err
	}
	if err := build.Stamp(folder, date); err != nil {
		return err
	}
	c, err := facts.LoadFS(os.DirFS(into), country)
	if err != nil {
		return err
	}
	table := output.NewTable(output.Left("estimate"), output.Left("number"), output.Right("value"), output.Left("unit"), output.Right("missed by %"), output.Left("source"))
	last := ""
	for _, e := range c.Estimates {
		group, missed := e.Group, ""
		if group == last {
			group = ""
		}
		last = e.Group
		if e.Target() {
			missed = output.Decimal(100*e.Residual, 2)
		}
		table.Add(group, e.Key, output.Shortest(e.Value), e.Unit, missed, e.Source)
	}
	if _, err = fmt.Fprintf(w, "made the tables in %s\n%s", folder, table); err != nil {
		return err
	}
	return estimateTie(w, into, country)
}

// estimateTie prints what the tie to the place of origin comes to with the tables just made: a parameter, which is set where it differs.
func estimateTie(w io.Writer, into, country string) error {
	s, err := load(country+"-baseline", &runFlags{facts: into, set: []string{"demography.alignment=free"}})
	if err != nil {
		return err
	}
	fit, err := scenarios.FitTie(s)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "tie to the place of origin: demography.return is %g, fitted %.1f (the stock alone wants %.1f; %.1f%% never left, %.1f%% returned, "+
		"%.1f%% elsewhere; flows off by %.0e of residents)\n\n",
		s.Demography.Return, fit.Odds, fit.Stock, 100*fit.Shares.Never, 100*fit.Shares.Returned, 100*fit.Shares.Elsewhere, fit.Miss)
	return err
}

package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"gohyang/scenarios/facts/build"
)

// factsCmd is for maintainers of the shipped tables and hidden: an analyst never needs it.
func factsCmd() *cobra.Command {
	var reference, into string
	cmd := &cobra.Command{
		Use:     "facts --reference FOLDER",
		Short:   "rebuild the shipped fact tables from the reference figures",
		Long:    "facts derives every table under scenarios/facts from the project's reference figures and renews the digests in SOURCES.toml.",
		Hidden:  true,
		Example: examples("gohyang facts --reference ../shared/reference"),
		Args:    names(0, "no name"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if reference == "" {
				return usage("--reference: needs the folder of the reference figures")
			}
			for _, country := range []string{"kr", "jp"} {
				folder := filepath.Join(into, country)
				if err := build.Rebuild(reference, folder, country); err != nil {
					return invalid(err)
				}
				fmt.Fprintf(cmd.OutOrStdout(), "rebuilt the tables in %s\n", folder)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&reference, "reference", "", "`folder` of the reference figures")
	cmd.Flags().StringVar(&into, "into", "scenarios/facts", "`folder` of the tables")
	return cmd
}

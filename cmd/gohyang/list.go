package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"gohyang/output"
	"gohyang/scenarios"
)

func listCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "list the shipped scenarios",
		Example: examples("gohyang list"),
		Args:    names(0, "no name"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			list, err := scenarios.Names()
			if err != nil {
				return invalid(err)
			}
			table := output.NewTable(output.Left("name"), output.Left("country"), output.Left("question"), output.Left("extends"), output.Left("title"))
			for _, l := range list {
				table.Add(l.Name, l.Country, l.Question, l.Parent, l.Title)
			}
			fmt.Fprint(cmd.OutOrStdout(), table)
			return nil
		},
	}
}

package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"gohyang/scenarios"
)

func showCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "show NAME|FILE.toml",
		Short: "print a scenario file as written, to read or to copy",
		Long: "show prints a scenario file as written. To make a scenario of your own, write it to a file and change two numbers, or start a new file\n" +
			"with extends = \"NAME\" and only what differs. check prints what becomes of it.",
		Example:           examples("gohyang show kr-cap-5m"),
		Args:              names(1, "the name of a scenario or a .toml file"),
		ValidArgsFunction: completeScenario(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := scenarios.Source(args[0])
			if err != nil {
				return usage("%w", err)
			}
			fmt.Fprint(cmd.OutOrStdout(), text)
			return nil
		},
	}
}

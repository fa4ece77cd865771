package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"gohyang/output"
	"gohyang/scenarios"
)

func diffCmd() *cobra.Command {
	var flags runFlags
	cmd := &cobra.Command{
		Use:   "diff A B",
		Short: "list every value in which two scenarios differ",
		Long: "diff reads two scenarios, with their parents and the same flags, and lists every value in which they differ: what is written, not what\n" +
			"comes of it. compare runs them.",
		Example:           examples("gohyang diff kr-baseline kr-cap-5m"),
		Args:              names(2, "two scenarios"),
		ValidArgsFunction: completeScenario(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			var both [2]*scenarios.Scenario
			for i, ref := range args {
				var err error
				if both[i], err = load(ref, &flags); err != nil {
					return err
				}
			}
			fmt.Fprint(cmd.OutOrStdout(), differences(both[0], both[1]))
			return nil
		},
	}
	flags.add(cmd.Flags())
	return cmd
}

// differences is the list of differing values as text.
func differences(a, b *scenarios.Scenario) string {
	list := scenarios.Diff(a, b)
	if len(list) == 0 {
		return fmt.Sprintf("%s and %s say the same\n", a.Name, b.Name)
	}
	table := output.NewTable(output.Left("key"), output.Left("years"), output.Left(a.Name), output.Left(b.Name))
	for _, d := range list {
		table.Add(d.Key, d.Years, d.A, d.B)
	}
	return table.String()
}

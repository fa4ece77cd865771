package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gohyang/output"
)

func columnsCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "columns [TABLE]",
		Short: "explain the columns of the results and the entries of the ledger",
		Long: "columns prints every column of every table of the results with its unit and meaning, and every entry of the ledger: who pays whom, and the first\n" +
			"of the three perimeters it counts in. Recipients are the smallest; all local governments contain them, and with the state they are the public.",
		Example: examples("gohyang columns", "gohyang columns towns", "gohyang columns ledger"),
		Args:    cobra.MaximumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return output.TableNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			tables := output.TableNames()
			if len(args) == 1 {
				if !slices.Contains(tables, args[0]) {
					return usage("%s: no table of the results; want one of %s", args[0], strings.Join(tables, ", "))
				}
				tables = args
			}
			writeColumns(cmd.OutOrStdout(), tables)
			return nil
		},
	}
}

// writeColumns prints the columns of some tables, and under the ledger its entries.
func writeColumns(w io.Writer, tables []string) {
	for i, table := range tables {
		if i > 0 {
			fmt.Fprintln(w)
		}
		t := output.NewTable(output.Left(table), output.Left("unit"), output.Left("meaning"))
		for _, m := range output.Metrics() {
			if slices.Contains(m.Tables, table) {
				t.Add(m.Name, m.Unit, m.Meaning)
			}
		}
		fmt.Fprint(w, t)
		if table != "ledger" {
			continue
		}
		e := output.NewTable(output.Left("entry"), output.Left("from"), output.Left("to"), output.Left("counts first in"), output.Left("meaning"))
		for _, x := range output.LedgerEntries() {
			e.Add(x.Name, x.From, x.To, x.Perimeter, x.Meaning)
		}
		fmt.Fprintf(w, "\n%stowns: governments of municipalities; those of provinces are booked as provinces. donors: corporations too.\n", e)
	}
}

package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gohyang/output"
	"gohyang/scenarios"
)

func checkCmd() *cobra.Command {
	var flags runFlags
	cmd := &cobra.Command{
		Use:   "check NAME|FILE.toml",
		Short: "check a scenario and print every number with its source",
		Long: "check reads a scenario with its parents, the law and the parameters of its country, reports every fault with file and line, and\n" +
			"otherwise prints the resolved sheet: each value of the run, from when to when it holds, and where it comes from.",
		Example: examples(
			"gohyang check kr-baseline",
			"gohyang check kr-baseline --years 2023-2030 --set policy.cap=5_000_000",
		),
		Args:              names(1, "the name of a scenario or a .toml file"),
		ValidArgsFunction: completeScenario(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := load(args[0], &flags)
			if err != nil {
				return err
			}
			if _, err := configure(s); err != nil {
				return err
			}
			if flags.quiet {
				return nil
			}
			if text := scaleNote(s, &flags); text != "" {
				fmt.Fprintln(cmd.ErrOrStderr(), "note:", text)
			}
			fmt.Fprint(cmd.OutOrStdout(), sheet(s))
			return nil
		},
	}
	flags.add(cmd.Flags())
	return cmd
}

// sheet is the resolved sheet as text, one table a group.
func sheet(s *scenarios.Scenario) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", s.Name, s.Title)
	if len(s.Parents) > 0 {
		fmt.Fprintf(&b, "extends %s\n", strings.Join(s.Parents, ", which extends "))
	}
	for _, w := range s.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	for _, dropped := range s.Dropped {
		fmt.Fprintf(&b, "note: %s\n", dropped)
	}
	var table *output.Table
	group := ""
	flush := func() {
		if table != nil {
			fmt.Fprintf(&b, "\n%s\n%s", group, table)
		}
	}
	for _, e := range s.Sheet() {
		if g := groupOf(e.Key); table == nil || g != group {
			flush()
			group = g
			table = output.NewTable(output.Left("key"), output.Left("years"), output.Left("value"), output.Left("unit"), output.Left("status"), output.Left("source"))
		}
		lines := values(e)
		table.Add(e.Key, e.Years, lines[0], e.Unit, e.Status, origin(e))
		for _, line := range lines[1:] {
			table.Add("", "", line)
		}
	}
	flush()
	return b.String()
}

// groupOf is the heading under which a key stands.
func groupOf(key string) string {
	room, _, _ := strings.Cut(key, ".")
	switch {
	case key == "country" || room == "run" || room == "outputs":
		return "Run"
	case room == "law":
		return "Law"
	case room == "facts":
		return "Facts (value: SHA-256)"
	case room == "expect":
		return "Expectations"
	case room == "event":
		return "Events"
	default:
		return strings.ToUpper(room[:1]) + room[1:]
	}
}

// values is the value of an entry in lines short enough for a column: of a digest the first twelve digits, of a table one line a row.
func values(e scenarios.Entry) []string {
	rows, table := strings.CutPrefix(e.Value, "[{")
	switch {
	case strings.HasPrefix(e.Key, "facts.") && len(e.Value) == 64:
		return []string{e.Value[:12]}
	case !table:
		return []string{e.Value}
	}
	lines := strings.Split(strings.TrimSuffix(rows, "}]"), "}, {")
	for i := range lines {
		lines[i] = "{" + lines[i] + "}"
	}
	return lines
}

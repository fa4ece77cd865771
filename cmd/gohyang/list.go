package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gohyang/output"
	"gohyang/scenarios"
)

func listCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "list [kr|jp] [QUESTION]",
		Short: "list the shipped scenarios by the question they answer",
		Long: "list prints the shipped scenarios, the baselines first, then by question of policy with who asks it. Name a country, a question, or both to see\n" +
			"only theirs. show prints a scenario, with a comment that says what it changes and what to read in its results.",
		Example: examples("gohyang list", "gohyang list Q1", "gohyang list jp Q10"),
		Args:    cobra.MaximumNArgs(2),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return listWords(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			country, question, err := listFilter(args)
			if err != nil {
				return err
			}
			list, err := scenarios.Names()
			if err != nil {
				return invalid(err)
			}
			list = slices.DeleteFunc(list, func(l scenarios.Listing) bool {
				return country != "" && l.Country != country || question != "" && l.Question != question
			})
			if len(list) == 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), "no shipped scenario answers %s for %s\n", question, country)
			}
			writeList(cmd.OutOrStdout(), list)
			return nil
		},
	}
}

// listWords are what list can be narrowed to: countries and questions.
func listWords() []string {
	words := []string{"kr", "jp"}
	for _, q := range scenarios.Questions() {
		words = append(words, q.ID)
	}
	return words
}

// listFilter reads which country and question to list, "" = all.
func listFilter(args []string) (country, question string, err error) {
	for _, a := range args {
		i := slices.IndexFunc(listWords(), func(w string) bool { return strings.EqualFold(w, a) })
		switch {
		case i < 0:
			return "", "", usage("%s: no country or question; want kr, jp or one of Q1 to Q%d", a, len(listWords())-2)
		case i < 2 && country == "":
			country = listWords()[i]
		case i >= 2 && question == "":
			question = listWords()[i]
		default:
			return "", "", usage("%s: want one country and one question at most", a)
		}
	}
	return country, question, nil
}

// writeList prints scenarios in groups: those without a question, then by question. All rows are aligned as one table.
func writeList(w io.Writer, list []scenarios.Listing) {
	groups := []scenarios.Question{{Text: "Start here: what everything else is compared with"}}
	groups = append(groups, scenarios.Questions()...)
	table := output.NewTable(output.Left(""), output.Left(""), output.Left(""), output.Left(""))
	heads := map[int]scenarios.Question{} // by the row they stand before
	for _, g := range groups {
		heads[table.Len()] = g
		for _, l := range list {
			if l.Question == g.ID {
				table.Add(l.Name, l.Country, l.Parent, l.Title)
			}
		}
	}
	rows := strings.Split(strings.TrimSuffix(table.String(), "\n"), "\n")
	for i, row := range rows[:table.Len()] {
		if g, ok := heads[i]; ok {
			writeQuestion(w, g, i > 0)
		}
		fmt.Fprintf(w, "  %s\n", row)
	}
}

// writeQuestion prints the heading of a group, after an empty line where it is not the first.
func writeQuestion(w io.Writer, q scenarios.Question, gap bool) {
	if gap {
		fmt.Fprintln(w)
	}
	if q.ID == "" {
		fmt.Fprintln(w, q.Text)
		return
	}
	fmt.Fprintf(w, "%s  %s\n    Asked by: %s\n", q.ID, q.Text, q.Asked)
}

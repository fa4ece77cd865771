package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/scenarios/facts"
	"gohyang/sim/law"
	"gohyang/sim/study"
)

// hindcastFlags are the flags of the verb.
type hindcastFlags struct {
	topic, csv  string
	start       int
	json, whole bool

	observed, params string // of the topic giving
	seeds            int
	scale            scaleValue
	workers          workersValue
}

func hindcastCmd() *cobra.Command {
	var f hindcastFlags
	cmd := &cobra.Command{
		Use:   "hindcast kr|jp",
		Short: "score the model against what was counted, beside naive rules",
		Long: "hindcast starts the demography of a country from earlier base populations, with the rates known then, and holds it against what was\n" +
			"counted since: population, births, deaths and moves, by nation, province and municipality, beside naive rules (constant, last change,\n" +
			"share of the nation) and the official projection of the time. Last it holds the standard run in free mode against the official\n" +
			"projection in force. Errors are of expectations, without the noise of a sample. Misses stay on the board; the last date of each\n" +
			"measure is shown, --all shows every date and --csv writes all of them.\n\n" +
			"With --topic giving it runs the scheme from its first year (Japan 2008 to 2021, Korea 2023 to 2024) through every dated rule, in many\n" +
			"replicates, and holds donors, records, amounts, towns' receipts, shares and what the gift rule of 2019 did against what was counted.\n" +
			"--observed adds later counts and runs on to their last year; --params scores other parameters. Exit code 3 if either file is bad.",
		Example: examples(
			"gohyang hindcast kr --topic population --start 2024",
			"gohyang hindcast kr --start 2024 --csv scores.csv",
			"gohyang hindcast kr --topic giving --seeds 2 --scale 0.0005",
		),
		Args:      names(1, "a country, kr or jp"),
		ValidArgs: []string{"kr", "jp"},
		RunE:      func(cmd *cobra.Command, args []string) error { return hindcast(cmd, args[0], &f) },
	}
	cmd.Flags().StringVar(&f.topic, "topic", "population", "what to score: `population` or giving")
	cmd.Flags().IntVar(&f.start, "start", 0, "only this start: the `year` of a base population; 0 = every start, and the standard run ahead")
	cmd.Flags().StringVar(&f.csv, "csv", "", "write every score to this new `file` (UTF-8 with byte order mark, for Excel)")
	cmd.Flags().BoolVar(&f.json, "json", false, "print every score as JSON, for programs")
	cmd.Flags().BoolVar(&f.whole, "all", false, "print every date, not the last one only; of giving, naive rules year by year too")
	cmd.Flags().StringVar(&f.observed, "observed", "", "giving: add the counts of this `file` (CSV: code, year, metric, value; no code = the nation)")
	cmd.Flags().StringVar(&f.params, "params", "", "giving: score the behaviour parameters of this .toml `file` (tables and keys as in scenarios/params)")
	cmd.Flags().IntVar(&f.seeds, "seeds", 20, "giving: replicates, with the seeds 1 to `N`: 1 to 1000")
	cmd.Flags().Var(&f.workers, "workers", "giving: runs at a time: 1 to 1024; never changes a result (default: one per processor)")
	cmd.Flags().Var(&f.scale, "scale", "giving: share of residents that are agents (default 0.02); rounded to one over a whole number")
	return cmd
}

func hindcast(cmd *cobra.Command, country string, f *hindcastFlags) error {
	if country != string(law.Korea) && country != string(law.Japan) {
		return usage("hindcast: got %s, want kr or jp", country)
	}
	if err := f.check(cmd); err != nil {
		return err
	}
	if f.topic == givingTopic {
		return hindcastGiving(cmd, law.Country(country), f)
	}
	starts, err := hindcastStarts(cmd, law.Country(country), f.start)
	if err != nil {
		return err
	}
	ctx, release := interruptible(context.Background())
	defer release()
	var hindcasts []*scenarios.Hindcast
	bar := newProgress(cmd.ErrOrStderr(), isTerminal(cmd.ErrOrStderr()) && !f.json, "hindcast "+country, len(starts), 1, patience)
	defer bar.remove()
	for _, start := range starts {
		h, err := await(ctx, func() (*scenarios.Hindcast, error) { return scenarios.RunHindcast(law.Country(country), start) })
		if err != nil {
			return failed("hindcast: %w", err)
		}
		hindcasts = append(hindcasts, h)
		bar.Done()
	}
	bar.remove()
	return writeHindcasts(cmd.OutOrStdout(), hindcasts, f)
}

// check refuses flags that do not go together.
func (f *hindcastFlags) check(cmd *cobra.Command) error {
	if f.topic != "population" && f.topic != givingTopic {
		return usage("--topic: got %q, want population or giving", f.topic)
	}
	other := []string{"observed", "params", "seeds", "scale", "workers"}
	if f.topic == givingTopic {
		other = []string{"start"}
	}
	for _, name := range other {
		if cmd.Flags().Changed(name) {
			return usage("--%s: no flag of --topic %s", name, f.topic)
		}
	}
	if f.seeds < 1 || f.seeds > 1000 {
		return usage("--seeds: got %d, want 1 to 1000", f.seeds)
	}
	for _, name := range []string{"csv", "observed", "params"} {
		if cmd.Flags().Changed(name) && cmd.Flags().Lookup(name).Value.String() == "" {
			return usage("--%s: got nothing, want the name of a file", name)
		}
	}
	if f.csv != "" {
		if err := output.CheckTarget(f.csv); err != nil {
			return fmt.Errorf("--csv %w", err)
		}
	}
	return nil
}

// writeHindcasts prints the scoreboards, as text or JSON, and writes the file asked for.
func writeHindcasts(w io.Writer, hindcasts []*scenarios.Hindcast, f *hindcastFlags) error {
	var all []output.Score
	for _, h := range hindcasts {
		scores := scoresOf(h)
		all = append(all, scores...)
		if f.json {
			continue
		}
		if err := printHindcast(w, h, scores, f.whole); err != nil {
			return failed("hindcast: %w", err)
		}
	}
	if f.json {
		if err := output.WriteScoresJSON(w, all); err != nil {
			return failed("hindcast: %w", err)
		}
	}
	if f.csv == "" {
		return nil
	}
	return writeCSV(f.csv, func(w io.Writer) error { return output.WriteScores(w, all) })
}

// hindcastStarts are the starts to score; 0 is the standard run ahead.
func hindcastStarts(cmd *cobra.Command, country law.Country, only int) ([]int, error) {
	starts, err := scenarios.HindcastStarts(country)
	if err != nil {
		return nil, invalid(err)
	}
	if !cmd.Flags().Changed("start") || only == 0 {
		return append(starts, 0), nil
	}
	if !slices.Contains(starts, only) {
		return nil, usage("--start: got %d, want %s: the years with a base population of their own", only, facts.Listed(starts))
	}
	return []int{only}, nil
}

// scoresOf scores every rule of every comparison.
func scoresOf(h *scenarios.Hindcast) (out []output.Score) {
	for i := range h.Comparisons {
		c := &h.Comparisons[i]
		var best *study.Errors
		errs := make([]study.Errors, len(c.Forecasts))
		for k, f := range c.Forecasts {
			errs[k] = study.Score(f.Values, c.Counted, c.Per)
			if f.Rule != scenarios.Model && f.Rule != scenarios.OfficialThen && (best == nil || errs[k].Weighted < best.Weighted) {
				best = &errs[k]
			}
		}
		for k, f := range c.Forecasts {
			e := &errs[k]
			s := output.Score{Country: string(h.Country), Start: int32(h.Start), Kind: h.Kind, Measure: c.Measure, Level: c.Level, When: whenOf(c), Rule: f.Rule, Units: int32(e.Units),
				Median: output.Round(100 * e.Median), Weighted: output.Round(100 * e.Weighted), Bias: output.Round(100 * e.Bias), Near: output.Round(e.Near), Off: output.Round(100 * e.Furthest)}
			if e.Worst >= 0 {
				s.Furthest = c.Codes[e.Worst]
			}
			if f.Rule == scenarios.Model {
				weigh(&s, h, c, e, best)
			}
			out = append(out, s)
		}
	}
	return out
}

// weigh gives the model's line its skill and verdict.
func weigh(s *output.Score, h *scenarios.Hindcast, c *scenarios.Comparison, e, best *study.Errors) {
	if best != nil && !math.IsInf(study.Skill(*e, *best), 0) {
		skill := output.Round(study.Skill(*e, *best))
		s.Skill = &skill
	}
	goal, ok := h.Goal(c)
	if !ok {
		return
	}
	limit, got := output.Round(100*goal.Limit), e.Median
	s.GoalOf = "median"
	if goal.Worst {
		s.GoalOf, got = "furthest", math.Abs(e.Furthest)
	}
	met := got <= goal.Limit
	s.Goal, s.Met = &limit, &met
}

// whenOf is the day of a count, or the year of a flow.
func whenOf(c *scenarios.Comparison) string {
	if c.Measure != "population" {
		return strconv.Itoa(int(c.When))
	}
	year := int(c.When)
	month := time.Month(1 + math.Round((c.When-float64(year))*12))
	if month == 1 {
		return fmt.Sprintf("%d-12-31", year-1)
	}
	return fmt.Sprintf("%d-%02d-01", year, month)
}

// printHindcast prints one start's scoreboard.
func printHindcast(w io.Writer, h *scenarios.Hindcast, scores []output.Score, whole bool) error {
	if len(scores) == 0 {
		_, err := fmt.Fprintf(w, "%s from 1 January %d: nothing has been counted since\n", h.Country, h.Start)
		return err
	}
	what := map[string]string{
		scenarios.Forecasted: "rates known at the start, against what was counted since",
		scenarios.BackCast:   "a back-cast made with later counts: agreement is no forecast",
		scenarios.Ahead:      "the standard run in free mode against the official projection in force",
	}[h.Kind]
	last := map[[2]string]string{}
	for _, s := range scores {
		last[[2]string{s.Measure, s.Level}] = s.When
	}
	keep := slices.Clone(scores)
	if !whole {
		goals := map[[3]string]bool{}
		for _, s := range scores {
			if s.Goal != nil {
				goals[[3]string{s.Measure, s.Level, s.When}] = true
			}
		}
		keep = slices.DeleteFunc(keep, func(s output.Score) bool {
			return last[[2]string{s.Measure, s.Level}] != s.When && !goals[[3]string{s.Measure, s.Level, s.When}]
		})
	}
	name := namesOf(h.Facts)
	_, err := fmt.Fprintf(w, "%s from 1 January %d: %s\n%s\n", h.Country, h.Start, what, output.ScoreTable(keep, func(code string) string { return name[code] }))
	return err
}

// namesOf are the names of a country's places by code.
func namesOf(c *facts.Country) map[string]string {
	name := map[string]string{}
	for _, list := range [][]facts.Place{c.Provinces, c.Towns} {
		for _, p := range list {
			name[p.Code] = p.Name
		}
	}
	return name
}

package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/sim/law"
)

// givingTopic is the topic of a hindcast of giving.
const givingTopic = "giving"

// usualScale is the share of residents that are agents unless --scale says another.
const usualScale = 0.02

// scaleUsed is the scale of the runs.
func (f *hindcastFlags) scaleUsed() float64 {
	if f.scale.typed {
		return scenarios.WholeScale(f.scale.value)
	}
	return usualScale
}

// hindcastGiving is the topic giving of the verb.
func hindcastGiving(cmd *cobra.Command, country law.Country, f *hindcastFlags) error {
	plan := scenarios.GivingHindcast(country)
	var settings []scenarios.Setting
	var err error
	if f.params != "" {
		if settings, err = scenarios.ReadSettings(f.params); err != nil {
			return invalid(err)
		}
	}
	c, err := plan.Facts()
	if err != nil {
		return invalid(err)
	}
	o := observed(c)
	if f.observed != "" {
		if err := o.read(f.observed, c, plan.First); err != nil {
			return invalid(err)
		}
	}
	figures, err := scenarios.Figures(country)
	if err != nil {
		return invalid(err)
	}
	ctx, release := interruptible(context.Background())
	defer release()
	bar := newProgress(cmd.ErrOrStderr(), isTerminal(cmd.ErrOrStderr()) && !f.json, "hindcast "+string(country), 2*f.seeds, 1, patience)
	defer bar.remove()
	runs := &givingRuns{plan: plan, facts: c, last: max(o.lastYear(), plan.LastVisible), barred: map[int][]string{},
		scale: f.scaleUsed(), workers: workersOf(f.workers)}
	if err := runGiving(ctx, runs, o, f, settings, bar.Done); err != nil {
		return err
	}
	bar.remove()
	b := &givingBoard{r: runs, o: o, figures: figures}
	if err := b.all(); err != nil {
		return failed("hindcast: %w", err)
	}
	return b.write(cmd.OutOrStdout(), f)
}

// all scores every part.
func (b *givingBoard) all() error {
	b.nation()
	b.concentration()
	b.towns()
	if err := b.scoreFigures(); err != nil {
		return err
	}
	b.townsAhead()
	b.otherTowns()
	b.experiments()
	order := []string{scenarios.Nation, scenarios.Ahead1, scenarios.Concentration, scenarios.Towns, scenarios.Towns1, scenarios.Shares, scenarios.Experiment}
	slices.SortStableFunc(b.rows, func(x, y output.GivingScore) int {
		return slices.Index(order, x.Part) - slices.Index(order, y.Part)
	})
	return nil
}

// write prints the scoreboard, as text or JSON, and writes the file asked for.
func (b *givingBoard) write(w io.Writer, f *hindcastFlags) error {
	show := func(w io.Writer) error { return b.print(w, f.whole) }
	if f.json {
		show = func(w io.Writer) error { return output.WriteGivingScoresJSON(w, b.rows) }
	}
	if f.csv != "" {
		if err := writeCSV(f.csv, func(w io.Writer) error { return output.WriteGivingScores(w, b.rows) }); err != nil {
			return err
		}
	}
	if err := show(w); err != nil {
		return failed("hindcast: %w", err)
	}
	return nil
}

// print is the scoreboard as text: part by part, the goals last.
func (b *givingBoard) print(w io.Writer, whole bool) error {
	plan := b.r.plan
	_, err := fmt.Fprintf(w, "%s: giving %d to %d, scale %s, seeds 1-%d, %s. Calibrated to %d; money from a hundred million up in hundreds of millions\n",
		plan.Country, plan.First, b.r.last, output.Scale(b.r.scale), len(b.r.free), b.r.origins, plan.LastCalibrated)
	if err != nil {
		return err
	}
	titles := []struct{ part, title string }{
		{scenarios.Nation, "The nation, forecast from the start; naive rules from the last year before the period"},
		{scenarios.Ahead1, "The nation, one year ahead: the model's growth on the last count"},
		{scenarios.Concentration, "How receipts are spread over places"},
		{scenarios.Towns, "Receipts place by place, forecast from the start"},
		{scenarios.Towns1, "Receipts place by place, one year ahead, each rule but those marked scaled to the nation"},
		{scenarios.Shares, "Amounts, months, ages, origins"},
		{scenarios.Experiment, "What the gift rule did"},
	}
	for _, t := range titles {
		var rows []output.GivingScore
		for _, s := range b.rows {
			if s.Part == t.part && (whole || b.shown(&s)) {
				rows = append(rows, s)
			}
		}
		if len(rows) == 0 {
			continue
		}
		if _, err := fmt.Fprintf(w, "\n%s\n%s%s", t.title, output.GivingTable(rows), notesOf(rows)); err != nil {
			return err
		}
	}
	return b.printGoals(w)
}

// notesOf are the notes of rows, each once.
func notesOf(rows []output.GivingScore) (text string) {
	var seen []string
	for _, s := range rows {
		if note := strings.TrimSpace(s.Note); note != "" && !slices.Contains(seen, note) {
			seen = append(seen, note)
			text += "note: " + note + "\n"
		}
	}
	return text
}

// shown says whether a row is printed without --all: sums over years, the model's rows of the nation and, of the other parts, those of recent years and with a goal.
func (b *givingBoard) shown(s *output.GivingScore) bool {
	overall := strings.Contains(s.When, "-")
	if s.Part == scenarios.Ahead1 || s.Part == scenarios.Nation {
		return overall || s.Part == scenarios.Nation && s.Rule == modelRule
	}
	if s.Rule != modelRule && strings.HasSuffix(s.Measure, "medape") || s.Rule != modelRule && strings.HasSuffix(s.Measure, "spearman") {
		return false
	}
	year, err := strconv.Atoi(s.When)
	return err != nil || year > b.r.plan.LastVisible-recent || s.Met != nil
}

// recent is how many visible years are printed of the parts that have many lines.
const recent = 4

// printGoals lists every goal with its verdict.
func (b *givingBoard) printGoals(w io.Writer) error {
	t := output.NewTable(output.Left("goal"), output.Left("measure"), output.Left("year"), output.Left("wanted"), output.Right("got"))
	met, all := 0, 0
	for i := range b.rows {
		s := &b.rows[i]
		if s.Met == nil {
			continue
		}
		all++
		verdict := "missed"
		if *s.Met {
			verdict = "met"
			met++
		}
		t.Add(verdict, s.Part+": "+s.Measure, s.When, s.Goal, s.Got())
	}
	_, err := fmt.Fprintf(w, "\nGoals: %d of %d met\n%s", met, all, t)
	return err
}

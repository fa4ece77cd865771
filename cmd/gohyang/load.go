package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"gohyang/output"
	"gohyang/scenarios"
	"gohyang/scenarios/facts"
)

// load reads a scenario by name or file with the flags of the command line laid over it. An unknown name or a file that cannot be read is an error of
// usage; everything else that is wrong with scenario, facts or law makes them invalid.
func load(ref string, f *runFlags) (*scenarios.Scenario, error) {
	if _, err := scenarios.Source(ref); err != nil {
		return nil, usage("%w", err)
	}
	set, typed := f.settings()
	s, err := scenarios.Load(ref, scenarios.Options{Metrics: verdictMetrics(), Facts: f.country, Set: set})
	var faults scenarios.Faults
	if errors.As(err, &faults) {
		for i, fault := range faults {
			if flag, ok := typed[fault.At.File]; ok {
				faults[i].At.File = flag
			}
		}
		err = faults
	}
	if err != nil {
		return nil, invalid(err)
	}
	return s, nil
}

// settings are the flags in the form key=value in which a scenario takes them, after what --set says. typed gives, for the file name under which the loader
// reports one of them, the flag as it was typed.
func (f *runFlags) settings() (set []string, typed map[string]string) {
	set, typed = append(set, f.set...), map[string]string{}
	add := func(flag, value, setting string) {
		set = append(set, setting)
		typed["--set "+setting] = "--" + flag + " " + value
	}
	if f.seed.typed {
		add("seed", f.seed.String(), "run.seed="+f.seed.String())
	}
	if f.scale.typed {
		value := strconv.FormatFloat(f.scale.value, 'f', -1, 64)
		if !strings.Contains(value, ".") {
			value += ".0"
		}
		add("scale", f.scale.String(), "run.scale="+value)
	}
	if f.years.typed {
		add("years", f.years.String(), fmt.Sprintf("run.years=[%d, %d]", f.years.first, f.years.last))
	}
	return set, typed
}

// start is a country and the year of another start than the standard one, 0 = the standard.
type start struct {
	code string
	base int
}

// country loads the facts of a country and start, once: the built-in tables, or those of --facts.
func (f *runFlags) country(code string, base int) (*facts.Country, error) {
	key := start{code, base}
	if c := f.loaded[key]; c != nil {
		return c, nil
	}
	c, err := f.read(code, base)
	if err != nil {
		return nil, err
	}
	if f.loaded == nil {
		f.loaded = map[start]*facts.Country{}
	}
	f.loaded[key] = c
	return c, nil
}

func (f *runFlags) read(code string, base int) (*facts.Country, error) {
	switch {
	case f.facts == "" && base == 0:
		return facts.Load(code)
	case f.facts == "":
		return facts.LoadBase(code, base)
	case base == 0:
		return facts.LoadFS(os.DirFS(f.facts), code)
	}
	return facts.LoadBaseFS(os.DirFS(f.facts), code, base)
}

// verdictMetrics are the metrics an [[expect]] may name: every measurement of the years and towns tables.
func verdictMetrics() []string {
	var names []string
	for _, m := range output.Metrics() {
		for _, t := range m.Tables {
			if !m.Key && (t == "years" || t == "towns") {
				names = append(names, m.Name)
				break
			}
		}
	}
	return names
}

// completeScenario offers the shipped scenarios, with their titles, and .toml files to the shell.
func completeScenario(limit int) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) >= limit {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		list, err := scenarios.Names()
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		var found []cobra.Completion
		for _, l := range list {
			if strings.HasPrefix(l.Name, typed) {
				found = append(found, cobra.CompletionWithDesc(l.Name, l.Title))
			}
		}
		return found, cobra.ShellCompDirectiveDefault
	}
}

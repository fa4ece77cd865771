package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"gohyang/scenarios/facts"
)

// runFlags are the flags that say how a scenario is run. A flag that was not typed leaves the scenario's own value.
type runFlags struct {
	seed    seedValue
	scale   scaleValue
	years   yearsValue
	workers workersValue
	set     []string
	quiet   bool
	facts   string
	loaded  map[start]*facts.Country // by country code, see country
}

// add declares the flags.
func (f *runFlags) add(flags *pflag.FlagSet) {
	flags.Var(&f.seed, "seed", "seed of all random numbers: a whole number from 0; runs with the same seed share every draw")
	flags.Var(&f.scale, "scale", "share of residents that are agents: above 0, at most 1; rounded to one over a whole number, 0.03 to 1/33")
	flags.Var(&f.years, "years", "first and last simulated year: A-B, or one year")
	flags.Var(&f.workers, "workers", "goroutines to work with: 1 to 1024; never changes a result (default: one per processor)")
	flags.StringArrayVar(&f.set, "set", nil, "change one value of the scenario for exploring: `key=value`, repeatable; kept in run.json")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print errors only")
	flags.StringVar(&f.facts, "facts", "", "use the fact tables of this `folder` (with kr, jp and SOURCES.toml) in place of the built-in ones")
	if err := flags.MarkHidden("facts"); err != nil {
		panic(err) // the line above declares it
	}
}

// seedValue is --seed.
type seedValue struct {
	value uint64
	typed bool
}

// Set parses what was typed.
func (v *seedValue) Set(text string) error {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return errors.New("want a whole number from 0 to 18446744073709551615")
	}
	v.value, v.typed = n, true
	return nil
}

// String is the value as typed, empty when it was not.
func (v *seedValue) String() string {
	if !v.typed {
		return ""
	}
	return strconv.FormatUint(v.value, 10)
}

// Type is the placeholder in the help text.
func (v *seedValue) Type() string { return "N" }

// smallestScale is the least share of residents; the engine turns agents into residents in millionths.
const smallestScale = 0.000001

// scaleValue is --scale.
type scaleValue struct {
	value float64
	typed bool
}

// Set parses what was typed.
func (v *scaleValue) Set(text string) error {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || !(x > 0 && x <= 1) {
		return errors.New("want a number above 0 and at most 1, the share of residents that are agents; 1 is every resident, 0.02 one in fifty")
	}
	if x < smallestScale {
		return fmt.Errorf("want at least %.6f, one resident in a million", smallestScale)
	}
	v.value, v.typed = x, true
	return nil
}

// String is the value as typed, empty when it was not.
func (v *scaleValue) String() string {
	if !v.typed {
		return ""
	}
	return strconv.FormatFloat(v.value, 'g', -1, 64)
}

// Type is the placeholder in the help text.
func (v *scaleValue) Type() string { return "S" }

// yearsValue is --years.
type yearsValue struct {
	first, last int
	typed       bool
}

// Set parses what was typed: A-B, A..B, or one year. Whether the facts reach that far is for the loader to say.
func (v *yearsValue) Set(text string) error {
	a, b, found := strings.Cut(strings.Replace(text, "..", "-", 1), "-")
	if !found {
		b = a
	}
	first, errA := strconv.Atoi(strings.TrimSpace(a))
	last, errB := strconv.Atoi(strings.TrimSpace(b))
	if errA != nil || errB != nil || first < 1000 || last > 9999 {
		return errors.New("want first and last year as A-B, such as 2024-2050, or one year")
	}
	if first > last {
		return fmt.Errorf("the first year comes after the last; want %d-%d", last, first)
	}
	v.first, v.last, v.typed = first, last, true
	return nil
}

// String is the value as typed, empty when it was not.
func (v *yearsValue) String() string {
	if !v.typed {
		return ""
	}
	return fmt.Sprintf("%d-%d", v.first, v.last)
}

// Type is the placeholder in the help text.
func (v *yearsValue) Type() string { return "A-B" }

// workersValue is --workers; 0 means one per processor.
type workersValue int

// Set parses what was typed.
func (v *workersValue) Set(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 1024 {
		return errors.New("want a whole number from 1 to 1024")
	}
	*v = workersValue(n)
	return nil
}

// String is the value as typed, empty when it was not.
func (v *workersValue) String() string {
	if *v == 0 {
		return ""
	}
	return strconv.Itoa(int(*v))
}

// Type is the placeholder in the help text.
func (v *workersValue) Type() string { return "N" }

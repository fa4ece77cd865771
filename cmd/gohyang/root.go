package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// run is the whole program: it does what args say and returns the exit code. Results go to stdout; errors, notes and progress to stderr.
func run(args []string, stdout, stderr io.Writer) int {
	root := program()
	out := &faithful{to: stdout}
	root.SetOut(out)
	root.SetErr(stderr)
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd(args...)
	args = verbFirst(root, args)
	root.SetArgs(args)
	err := unknownVerb(root, args)
	if err == nil {
		err = root.Execute()
	}
	if err == nil && out.err != nil {
		err = failed("output: %w", out.err)
	}
	if err != nil {
		fmt.Fprintln(stderr, err)
	}
	return exitCode(err)
}

// faithful is a writer that remembers its first error, so that a verb whose output did not arrive, say on a full disk, does not end with code 0.
type faithful struct {
	to  io.Writer
	err error
}

// Write writes, or repeats the first error.
func (f *faithful) Write(p []byte) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	n, err := f.to.Write(p)
	f.err = err
	return n, err
}

// program is the command tree.
func program() *cobra.Command {
	root := &cobra.Command{
		Use:   "gohyang",
		Short: "what a hometown-donation system does to towns, donors, budgets and population",
		Long: "gohyang lives through the coming decades with every resident of Korea or Japan as an agent and shows what a hometown-donation\n" +
			"system (고향사랑기부제, ふるさと納税), written down as a scenario, does to donors, municipal budgets and population.\n\n" +
			"Exit codes: 0 done, 1 an expectation failed, 2 usage, 3 invalid scenario, facts or law, 4 the run broke off.",
		Example: examples(
			"gohyang list",
			"gohyang run kr-baseline --scale 0.0005 --years 2023-2023 --out first --quiet",
		),
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(runCmd(), compareCmd(), checkCmd(), listCmd(), showCmd(), diffCmd(), columnsCmd(), taxCmd(), hindcastCmd(), calibrateCmd(), versionCmd(), estimateCmd(), alignCmd())
	return root
}

// unknownVerb is nil, or an error that names the verb nearest to what was typed.
func unknownVerb(root *cobra.Command, args []string) error {
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		return nil
	}
	_, _, err := root.Find(args)
	if err == nil {
		return nil
	}
	typed := args[slices.IndexFunc(args, func(a string) bool { return !strings.HasPrefix(a, "-") })]
	root.SuggestionsMinimumDistance = 2
	hint := "gohyang --help lists the verbs"
	if near := root.SuggestionsFor(typed); len(near) > 0 {
		hint = "did you mean " + strings.Join(near, " or ") + "?"
	}
	return usage("%s: no such verb; %s", typed, hint)
}

// verbFirst moves the verb in front of flags typed before it, as in "gohyang --quiet run kr-baseline": the flags belong to the verb, and only the verb
// knows which of them take a value.
func verbFirst(root *cobra.Command, args []string) []string {
	if len(args) == 0 || !strings.HasPrefix(args[0], "-") {
		return args
	}
	for i, a := range args {
		if a == "--" {
			break
		}
		for _, verb := range root.Commands() {
			if verb.Name() == a && (i == 0 || !takesValue(verb, args[i-1])) {
				return slices.Concat([]string{a}, args[:i], args[i+1:])
			}
		}
	}
	return args
}

// takesValue says whether arg is a flag of the verb whose value is the next argument.
func takesValue(verb *cobra.Command, arg string) bool {
	name, found := strings.CutPrefix(arg, "--")
	if !found || strings.Contains(name, "=") {
		return false
	}
	f := verb.Flags().Lookup(name)
	return f != nil && f.NoOptDefVal == ""
}

// flagError turns what the flag parser says into one paragraph that starts with the flag and says what is allowed.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var bad *pflag.InvalidValueError
	var missing *pflag.ValueRequiredError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.Is(err, pflag.ErrHelp):
		return err
	case errors.As(err, &unknown):
		return unknownFlag(cmd, unknown)
	case errors.As(err, &bad):
		return usage("--%s %s: %w", bad.GetFlag().Name, bad.GetValue(), bad.Unwrap())
	case errors.As(err, &missing):
		name, what := pflag.UnquoteUsage(missing.GetFlag())
		return usage("--%s: needs a value: --%s %s, %s", missing.GetFlag().Name, missing.GetFlag().Name, name, what)
	case errors.As(err, &syntax):
		return usage("%s: not a flag; a flag is written --name or --name value", syntax.GetSpecifiedFlag())
	default:
		return usage("%w", err)
	}
}

// unknownFlag names the nearest flag of the verb, or lists them all. Long flags typed with one dash, as in "-seed 3", are recognised.
func unknownFlag(cmd *cobra.Command, unknown *pflag.NotExistError) error {
	typed, name := "--"+unknown.GetSpecifiedName(), unknown.GetSpecifiedName()
	if short := unknown.GetSpecifiedShortnames(); short != "" {
		typed, name = "-"+short, short
	}
	if name == "version" {
		return usage("--version: no such flag; the version is a verb: gohyang version")
	}
	names := &cobra.Command{SuggestionsMinimumDistance: 2}
	var all []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			all = append(all, "--"+f.Name)
			names.AddCommand(&cobra.Command{Use: f.Name, Run: func(*cobra.Command, []string) {}})
		}
	})
	if near := names.SuggestionsFor(name); len(near) > 0 {
		return usage("%s: no such flag of %s; did you mean --%s?", typed, cmd.Name(), strings.Join(near, " or --"))
	}
	return usage("%s: no such flag of %s; it has %s", typed, cmd.Name(), strings.Join(all, ", "))
}

// names demands exactly n names after the verb; what says what they are.
func names(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == n {
			return nil
		}
		got := "nothing"
		if len(args) > 0 {
			got = strings.Join(args, " ")
		}
		return usage("%s: got %s, want %s; for example: %s", cmd.Name(), got, what, firstLine(cmd.Example))
	}
}

// examples is the text of a verb's examples; every line is run by a test.
func examples(lines ...string) string { return "  " + strings.Join(lines, "\n  ") }

// firstLine is the first line of a text, without what is indented.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSpace(line)
}

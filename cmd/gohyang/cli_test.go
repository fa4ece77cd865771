package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"
)

// TestMain makes the program, and a program that will not stop, commands of the scripts.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"gohyang": main, "stubborn": stubborn})
}

// TestScript runs the program as a user types it: testdata/script/*.txtar.
func TestScript(t *testing.T) {
	facts, err := filepath.Abs(filepath.Join("..", "..", "scenarios", "facts"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			env.Setenv("FACTS", facts) // the shipped tables, for scripts that copy them
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"fails":     failsWith,
			"interrupt": interrupt,
			"bom":       bom,
			"paragraph": paragraph,
		},
		RequireUniqueNames: true,
	})
}

// failsWith runs a command that must end with the given exit code: fails CODE command args...
func failsWith(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: fails CODE command args...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case err == nil:
		ts.Fatalf("got exit code 0, want %d", want)
	case !errors.As(err, &exit):
		ts.Fatalf("%v", err)
	case exit.ExitCode() != want:
		ts.Fatalf("got exit code %d, want %d", exit.ExitCode(), want)
	}
}

// interrupt starts a command, waits for a path that matches a pattern to exist and not to be an empty file, sends a signal, and wants the given exit code within a second:
// interrupt SIGNAL PATTERN CODE command args... It writes what the command printed on stderr to the file interrupted.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 {
		ts.Fatalf("usage: interrupt SIGNAL PATTERN CODE command args...")
	}
	signal := map[string]os.Signal{"INT": os.Interrupt, "TERM": syscall.SIGTERM}[args[0]]
	want, err := strconv.Atoi(args[2])
	ts.Check(err)
	program, err := exec.LookPath(args[3])
	ts.Check(err)
	cmd := exec.Command(program, args[4:]...)
	var stderr bytes.Buffer
	cmd.Dir, cmd.Stderr = ts.MkAbs("."), &stderr
	ts.Check(cmd.Start())
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	waitFor(ts, ts.MkAbs(args[1]), ended)
	ts.Check(cmd.Process.Signal(signal))
	sent := time.Now()
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		_ = cmd.Process.Kill()
		ts.Fatalf("still running 20 seconds after the signal")
	}
	if took := time.Since(sent); took > time.Second {
		ts.Fatalf("ended %v after the signal, want within a second", took)
	}
	if got := cmd.ProcessState.ExitCode(); got != want {
		ts.Fatalf("got exit code %d, want %d; stderr: %s", got, want, stderr.String())
	}
	ts.Check(os.WriteFile(ts.MkAbs("interrupted"), stderr.Bytes(), 0o666))
}

// waitFor returns when a path that matches pattern exists, if it is a file with something in it, and the command is still running.
func waitFor(ts *testscript.TestScript, pattern string, ended <-chan error) {
	for start := time.Now(); time.Since(start) < time.Minute; time.Sleep(5 * time.Millisecond) {
		found, err := filepath.Glob(pattern)
		ts.Check(err)
		if len(found) > 0 {
			if info, err := os.Stat(found[0]); err == nil && info.Size() > 0 {
				return
			}
		}
		select {
		case err := <-ended:
			ts.Fatalf("ended before %s appeared: %v", pattern, err)
		default:
		}
	}
	ts.Fatalf("%s did not appear within a minute", pattern)
}

// bom wants a file to begin with the UTF-8 byte order mark that tells Excel how to read it.
func bom(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: bom FILE")
	}
	if !strings.HasPrefix(ts.ReadFile(args[0]), "\ufeff") {
		ts.Fatalf("%s does not begin with a byte order mark", args[0])
	}
}

// paragraph wants a file, or stderr of the last command, to be one paragraph: one line that ends with a newline and says no "usage:" and no "error:".
func paragraph(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: paragraph stderr|FILE")
	}
	text := ts.ReadFile(args[0])
	lower := strings.ToLower(text)
	if strings.Count(text, "\n") != 1 || !strings.HasSuffix(text, "\n") || strings.Contains(lower, "usage:") || strings.Contains(lower, "error:") {
		ts.Fatalf("got %q, want one paragraph", text)
	}
}

// TestHelp wants every verb to explain itself: one line, an example that runs, and every flag.
func TestHelp(t *testing.T) {
	for _, verb := range program().Commands() {
		var out, errs bytes.Buffer
		if code := run([]string{verb.Name(), "--help"}, &out, &errs); code != exitOK || errs.Len() > 0 {
			t.Errorf("%s --help: exit code %d, stderr %q", verb.Name(), code, errs.String())
		}
		if verb.Short == "" || verb.Example == "" || !strings.Contains(out.String(), "Usage:\n  gohyang "+verb.Name()) {
			t.Errorf("%s --help: want a one-line description, an example and the usage, got %q", verb.Name(), out.String())
		}
	}
}

// TestExamples runs every example of every help text, in the order in which they stand, in one empty folder: documentation cannot lie.
func TestExamples(t *testing.T) {
	t.Chdir(t.TempDir())
	root := program()
	for _, verb := range append([]*cobra.Command{root}, root.Commands()...) {
		if verb.Hidden {
			continue
		}
		for _, line := range strings.Split(verb.Example, "\n") {
			args := strings.Fields(line)
			if len(args) < 2 || args[0] != "gohyang" {
				t.Errorf("%s: the example %q does not start with gohyang", verb.Name(), line)
				continue
			}
			var out, errs bytes.Buffer
			if code := run(args[1:], &out, &errs); code != exitOK {
				t.Errorf("%s: exit code %d: %s", line, code, errs.String())
			}
		}
	}
}

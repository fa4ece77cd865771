package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"testing"
	"time"
)

// stubborn is a command of the tests: it listens for Ctrl-C as a run does, and then takes for ever to clean up.
func stubborn() {
	ctx, release := interruptible(context.Background())
	defer release()
	fmt.Println("ready")
	<-ctx.Done()
	fmt.Println("interrupted")
	time.Sleep(time.Minute)
}

// TestSecondInterruptKills: whoever presses Ctrl-C twice wants the program gone, whatever it is doing.
func TestSecondInterruptKills(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no signal can be sent to a process there")
	}
	cmd := exec.Command("stubborn")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for _, want := range []string{"ready", "interrupted"} {
		if !lines.Scan() || lines.Text() != want {
			t.Fatalf("got %q, want %q", lines.Text(), want)
		}
		if want == "interrupted" {
			time.Sleep(100 * time.Millisecond) // the default behaviour returns just after the context ends
		}
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
	}
	sent := time.Now()
	_ = cmd.Wait() // an error, because it was killed: looked at below
	status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if took := time.Since(sent); took > 10*time.Second || !ok || !status.Signaled() || status.Signal() != syscall.SIGINT {
		t.Errorf("after the second Ctrl-C: ended in %v with %v, want killed at once by the signal", took, cmd.ProcessState)
	}
}

package main

import (
	"errors"
	"fmt"

	"gohyang/output"
	"gohyang/scenarios"
)

// The exit codes of every verb, for scripts and CI.
const (
	exitOK      = 0 // done
	exitVerdict = 1 // an [[expect]] of the scenario, or a regression check, failed; the results are complete
	exitUsage   = 2 // unknown verb, flag or scenario name, bad flag value, output that already exists
	exitInvalid = 3 // the scenario, the facts, the law or a result cannot be used; every fault is listed
	exitFailed  = 4 // the run broke off: interrupted, disk full, output not writable, books that do not close
)

// ending is an error with the exit code it leads to.
type ending struct {
	code int
	err  error
}

// Error is the message for the user: one paragraph that starts with what is at fault.
func (e *ending) Error() string { return e.err.Error() }

// Unwrap gives the cause.
func (e *ending) Unwrap() error { return e.err }

// usage is an error in how the command was typed.
func usage(format string, args ...any) error {
	return &ending{exitUsage, fmt.Errorf(format, args...)}
}

// invalid is an error in what the command was given to read.
func invalid(err error) error { return &ending{exitInvalid, err} }

// failed is an error that broke off a run.
func failed(format string, args ...any) error {
	return &ending{exitFailed, fmt.Errorf(format, args...)}
}

// exitCode is the code an error leads to. Faults of a scenario and troubles with a result directory are recognised by their kind wherever they come from;
// an error nobody classified broke off the work.
func exitCode(err error) int {
	var e *ending
	var faults scenarios.Faults
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &e):
		return e.code
	case errors.Is(err, output.ErrExists), errors.Is(err, output.ErrNoResult):
		return exitUsage
	case errors.As(err, &faults), errors.Is(err, output.ErrDamaged):
		return exitInvalid
	default:
		return exitFailed
	}
}

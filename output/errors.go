package output

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"syscall"
)

// Kinds of trouble with a result directory, for errors.Is.
var (
	// ErrExists says that the target of a recording is there already; it is never overwritten.
	ErrExists = errors.New("exists already")
	// ErrNoResult says that a directory is missing or is no complete result.
	ErrNoResult = errors.New("no complete result")
	// ErrDamaged says that a file of a result is not the one that was written.
	ErrDamaged = errors.New("damaged or changed")
	// ErrUnwritable says that the disk is full or the place may not be written.
	ErrUnwritable = errors.New("cannot write")
)

// Error is one problem with one path: "path: problem; hint".
type Error struct {
	Path    string
	Problem string
	Hint    string
	Kind    error // one of the kinds above
	Err     error // cause, may be nil
}

// Error is one paragraph that names the path, what is wrong and what to do.
func (e *Error) Error() string { return e.Path + ": " + e.Problem + "; " + e.Hint }

// Unwrap gives kind and cause to errors.Is and errors.As.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}

// exists is the error of a target that is there already.
func exists(dir string) error {
	return &Error{Path: dir, Problem: "exists already and is never overwritten", Hint: "choose another --out, or move or delete it", Kind: ErrExists}
}

// unwritable explains why something under the target dir could not be written; nothing of the result is kept.
func unwritable(dir string, err error) error {
	e := &Error{Path: dir, Kind: ErrUnwritable, Err: err}
	switch {
	case errors.As(err, new(*Error)):
		return err
	case diskFull(err):
		e.Problem = "the disk is full; nothing was kept"
		e.Hint = "free some space or choose an --out on another disk"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		e.Problem = "may not be written here: " + cause(err)
		e.Hint = "choose an --out in a folder of your own"
	case errors.Is(err, syscall.ENOTDIR):
		e.Problem = "a part of this path is a file, not a folder"
		e.Hint = "choose another --out"
	default:
		e.Problem = fmt.Sprintf("cannot be written: %s; nothing was kept", cause(err))
		e.Hint = "choose another --out"
	}
	return e
}

// diskFull tells a full disk or an exhausted quota.
func diskFull(err error) bool {
	const windowsDiskFull = syscall.Errno(112) // ERROR_DISK_FULL; the same number means something else elsewhere
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || (runtime.GOOS == "windows" && errors.Is(err, windowsDiskFull))
}

// cause is the operating system's own words without the temporary path, which means nothing to the reader.
func cause(err error) string {
	if p := new(fs.PathError); errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

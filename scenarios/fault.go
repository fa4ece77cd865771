package scenarios

import (
	"fmt"
	"sort"
	"strings"
)

// Position is a place in an input: a file (or a command line setting) and a line. Line 0 means the input as a whole.
type Position struct {
	File string
	Line int
}

// String gives file:line, or the file alone.
func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// Fault is one thing wrong with an input.
type Fault struct {
	At   Position
	Key  string // dotted key, "" for the file as a whole
	Got  string // what was found
	Want string // what is allowed
	Hint string // what to do, may be empty
}

// Error gives "file:line: key: got X, want Y; hint".
func (f Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.At.String())
	b.WriteString(": ")
	if f.Key != "" {
		b.WriteString(f.Key)
		b.WriteString(": ")
	}
	fmt.Fprintf(&b, "got %s, want %s", f.Got, f.Want)
	if f.Hint != "" {
		b.WriteString("; ")
		b.WriteString(f.Hint)
	}
	return b.String()
}

// Faults are all faults of one scenario with its parents, in reading order. It is the error Load returns for an invalid scenario.
type Faults []Fault

// Error gives one fault a line.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// collector gathers faults while a scenario is read.
type collector struct {
	faults Faults
	seen   map[Fault]bool
}

// add keeps a fault once.
func (c *collector) add(f Fault) {
	if c.seen == nil {
		c.seen = map[Fault]bool{}
	}
	if !c.seen[f] {
		c.seen[f] = true
		c.faults = append(c.faults, f)
	}
}

// err returns the faults ordered by file (in the order given), line and key; nil when there are none.
func (c *collector) err(files []string) error {
	if len(c.faults) == 0 {
		return nil
	}
	rank := map[string]int{}
	for i, f := range files {
		rank[f] = i
	}
	fs := c.faults
	sort.SliceStable(fs, func(i, j int) bool {
		a, b := fs[i], fs[j]
		if a.At.File != b.At.File {
			return rank[a.At.File] < rank[b.At.File]
		}
		if a.At.Line != b.At.Line {
			return a.At.Line < b.At.Line
		}
		return a.Key < b.Key
	})
	return fs
}

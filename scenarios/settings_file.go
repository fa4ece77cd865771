package scenarios

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"strings"
)

// Setting is one parameter of a file of parameters.
type Setting struct {
	Text string   // key=value, as Options.Set takes it
	At   Position // where it was written
}

// ReadSettings reads a file of behaviour parameters: tables and keys as in params/, some or all of them, each a plain value or, as there, a table whose value
// counts. The error is Faults, all of them, each with file and line.
func ReadSettings(file string) ([]Setting, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, Faults{{At: Position{File: file}, Got: "no such file", Want: "a .toml file of parameters"}}
		}
		return nil, fmt.Errorf("parameters: %w", err)
	}
	root, err := parse(file, string(text))
	var f Fault
	if errors.As(err, &f) {
		return nil, Faults{f}
	}
	if err != nil {
		return nil, err
	}
	plain := valuesOf(root)
	d := decoder{collector: &collector{}, full: keysOf(settingsFields())}
	var into settings
	d.table(plain, reflect.ValueOf(&into).Elem(), "")
	out := settingsOf(plain)
	if len(out) == 0 && len(d.faults) == 0 {
		d.add(Fault{At: plain.at, Got: "no parameters", Want: "keys such as behaviour.attention.peer"})
	}
	return out, d.err([]string{file})
}

// valuesOf replaces every table of value, range, status and source by its value.
func valuesOf(n *node) *node {
	t := n.table()
	if t == nil {
		return n
	}
	if v, ok := t["value"]; ok {
		for k := range t {
			ok = ok && (k == "value" || k == "range" || k == "status" || k == "source")
		}
		if ok {
			return &node{at: n.at, val: v.val}
		}
	}
	plain := make(map[string]*node, len(t))
	for k, x := range t {
		plain[k] = valuesOf(x)
	}
	return &node{at: n.at, val: plain}
}

// settingsOf are the parameters that a decoded file has, in the order of the parameters.
func settingsOf(root *node) (out []Setting) {
	for _, f := range settingsFields() {
		if n := root.get(strings.Split(f.key, ".")...); n != nil && n.table() == nil {
			out = append(out, Setting{Text: f.key + "=" + show(n.val), At: n.at})
		}
	}
	return out
}

// Placed gives faults of settings the place at which these were written.
func Placed(err error, settings []Setting) error {
	var faults Faults
	if !errors.As(err, &faults) {
		return err
	}
	placed := make(Faults, len(faults))
	copy(placed, faults)
	for i := range placed {
		for _, s := range settings {
			if placed[i].At.File == "--set "+s.Text {
				placed[i].At = s.At
			}
		}
	}
	return placed
}

// Texts are the settings as Options.Set takes them.
func Texts(settings []Setting) []string {
	texts := make([]string, len(settings))
	for i, s := range settings {
		texts[i] = s.Text
	}
	return texts
}

package scenarios

import (
	"errors"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// node is a TOML value that knows where it was written. val is a string, int64, float64, bool, time.Time, a []*node (array) or a map[string]*node (table).
type node struct {
	at  Position
	val any
}

// appended are the arrays of tables in which a child's elements follow its parent's; all other arrays replace.
var appended = map[string]bool{"policy": true, "event": true, "expect": true}

// parse reads one TOML text. A syntax error is a Fault.
func parse(file, text string) (*node, error) {
	text = strings.TrimPrefix(text, "\ufeff") // Windows editors write a byte order mark
	var tree map[string]any
	if _, err := toml.Decode(text, &tree); err != nil {
		return nil, syntaxFault(file, err)
	}
	lines := lineOf(text)
	return build(tree, "", Position{File: file, Line: 1}, lines), nil
}

// syntaxFault turns the decoder's error into a Fault.
func syntaxFault(file string, err error) Fault {
	f := Fault{At: Position{File: file, Line: 1}, Want: "valid TOML"}
	msg := err.Error()
	var pe toml.ParseError
	if errors.As(err, &pe) {
		f.At.Line = max(pe.Position.Line, 1)
		msg = pe.Message
	}
	msg = strings.TrimSuffix(strings.TrimPrefix(msg, "toml: "), ".")
	if key, ok := strings.CutSuffix(msg, "' has already been defined"); ok {
		f.Key = strings.TrimPrefix(key, "Key '")
		f.Got, f.Want = "a second definition", "each key once"
		return f
	}
	f.Got = fmt.Sprintf("a syntax error (%s)", msg)
	return f
}

// build converts a decoded tree, giving each node the line of its path or, if that is unknown, of the node around it.
func build(v any, path string, at Position, lines map[string]int) *node {
	if l, ok := lines[path]; ok {
		at.Line = l
	}
	n := &node{at: at}
	switch v := v.(type) {
	case map[string]any:
		t := make(map[string]*node, len(v))
		for k, x := range v {
			t[k] = build(x, join(path, k), at, lines)
		}
		n.val = t
	case []map[string]any:
		list := make([]*node, len(v))
		for i, x := range v {
			list[i] = build(x, element(path, i), at, lines)
		}
		n.val = list
	case []any:
		list := make([]*node, len(v))
		for i, x := range v {
			list[i] = build(x, element(path, i), at, lines)
		}
		n.val = list
	default:
		n.val = v
	}
	return n
}

// table returns the node's table, nil if it is none.
func (n *node) table() map[string]*node {
	t, _ := n.val.(map[string]*node)
	return t
}

// keys are the table's keys in the order of writing (line, then name).
func (n *node) keys() []string {
	t := n.table()
	keys := make([]string, 0, len(t))
	for k := range t {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		a, b := t[keys[i]].at.Line, t[keys[j]].at.Line
		if a != b {
			return a < b
		}
		return keys[i] < keys[j]
	})
	return keys
}

// get follows keys down from a table; nil if there is no such node.
func (n *node) get(keys ...string) *node {
	for _, k := range keys {
		if n == nil {
			return nil
		}
		n = n.table()[k]
	}
	return n
}

// key is the position of a key of a table, or of the table itself if it lacks the key.
func (n *node) key(k string) Position {
	if x := n.get(k); x != nil {
		return x.at
	}
	return n.at
}

// merge lays child over parent and returns the result; neither is changed. top tells that the two are whole files, whose [[policy]], [[event]] and
// [[expect]] are appended.
func merge(parent, child *node, top bool) *node {
	p, c := parent.table(), child.table()
	if p == nil || c == nil {
		return child
	}
	t := make(map[string]*node, len(p)+len(c))
	for k, v := range p {
		t[k] = v
	}
	for k, v := range c {
		old := p[k]
		switch {
		case old == nil:
			t[k] = v
		case top && appended[k]:
			t[k] = concat(old, v)
		default:
			t[k] = merge(old, v, false)
		}
	}
	return &node{at: child.at, val: t}
}

// concat appends the child's elements to the parent's; if either is no array the child stands and the decoder reports it.
func concat(parent, child *node) *node {
	a, ok := parent.val.([]*node)
	b, ok2 := child.val.([]*node)
	if !ok || !ok2 {
		return child
	}
	return &node{at: child.at, val: append(append([]*node(nil), a...), b...)}
}

// show writes a value as a message quotes it.
func show(v any) string {
	switch v := v.(type) {
	case string:
		return strconv.Quote(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		s := strconv.FormatFloat(v, 'g', -1, 64)
		if v == math.Trunc(v) && !math.IsInf(v, 0) && !strings.ContainsAny(s, "e.") {
			s += ".0"
		}
		return strings.ToLower(strings.TrimPrefix(s, "+"))
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return "the date " + v.Format("2006-01-02")
	case []*node:
		return fmt.Sprintf("an array of %d", len(v))
	case map[string]*node:
		return "a table"
	default:
		return fmt.Sprintf("%v", v)
	}
}

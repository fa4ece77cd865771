package scenarios

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"gohyang/scenarios/facts"
	"gohyang/sim/law"
)

// Options are what Load needs beside the scenario itself.
type Options struct {
	Metrics []string // names an [[expect]] may use, e.g. those of the results tables
	Facts   Facts    // facts of a country and start; nil = the built-in ones
	Set     []string // settings of the command line, key=value, merged last
}

// Facts gives the facts of a country with its standard start (base 0) or another, see facts.LoadBase.
type Facts func(code string, base int) (*facts.Country, error)

// builtIn are the facts built into the program.
func builtIn(code string, base int) (*facts.Country, error) {
	if base == 0 {
		return facts.Load(code)
	}
	return facts.LoadBase(code, base)
}

// Load reads a scenario, its parents, the law and the parameters of its country and checks everything. ref is a shipped name or the path of a
// .toml file. The error is Faults if the scenario is unknown or invalid, otherwise the failure to read a file.
func Load(ref string, opt Options) (*Scenario, error) {
	l := loader{collector: &collector{}, opt: opt}
	chain, err := l.chain(ref)
	if err != nil {
		return nil, err
	}
	return l.resolve(chain)
}

// loader is one call of Load.
type loader struct {
	*collector
	opt   Options
	files []string // in the order in which faults are listed
}

// link is one file of a chain of parents.
type link struct {
	source
	root *node
}

// chain is a scenario's file followed by its parents, nearest first.
type chain []link

// merged is the whole chain as one table.
func (c chain) merged() *node {
	root := c[len(c)-1].root
	for i := len(c) - 2; i >= 0; i-- {
		root = merge(root, c[i].root, true)
	}
	return root
}

// chain reads a scenario and its parents.
func (l *loader) chain(ref string) (chain, error) {
	var c chain
	at, dir := Position{File: ref}, ""
	for {
		src, err := open(ref, dir, at)
		if err != nil {
			return nil, parentError(err, len(c) > 0, at)
		}
		for _, k := range c {
			if k.file == src.file {
				return nil, Faults{{At: at, Key: "extends", Got: fmt.Sprintf("%q", ref), Want: "a parent that does not extend this scenario again",
					Hint: "the chain is " + c.names() + ", " + src.name}}
			}
		}
		l.files = append(l.files, src.file)
		root, err := parse(src.file, src.text)
		if err != nil {
			var f Fault
			if errors.As(err, &f) {
				return nil, Faults{f}
			}
			return nil, err
		}
		c = append(c, link{src, root})
		n := root.get("extends")
		if n == nil {
			return c, nil
		}
		parent, ok := n.val.(string)
		if !ok {
			return nil, Faults{{At: n.at, Key: "extends", Got: show(n.val), Want: "the name or path of the parent in quotes"}}
		}
		ref, at, dir = parent, n.at, src.dir
	}
}

// parentError names the key extends in the fault of a parent that cannot be opened.
func parentError(err error, parent bool, at Position) error {
	if !parent {
		return err
	}
	var fs Faults
	if errors.As(err, &fs) {
		for i := range fs {
			fs[i].Key = "extends"
		}
		return fs
	}
	return err
}

// names are the chain's scenarios for a message.
func (c chain) names() string {
	s := make([]string, len(c))
	for i, k := range c {
		s[i] = k.name
	}
	return strings.Join(s, ", ")
}

// raw is the shape of a scenario file. The tables of behaviour parameters are decoded over the country's values.
type raw struct {
	Title    string  `toml:"title"`
	Question string  `toml:"question"`
	Country  string  `toml:"country" enum:"kr,jp"`
	Extends  string  `toml:"extends"`
	Run      Run     `toml:"run"`
	Outputs  Outputs `toml:"outputs"`
	settings
	Policy []*node `toml:"policy"`
	Event  []*node `toml:"event"`
	Expect []*node `toml:"expect"`
}

// resolve turns the merged files into a scenario, or reports all faults.
func (l *loader) resolve(c chain) (*Scenario, error) {
	root, policy := l.set(c.merged())
	code := l.oneCountry(c, root)
	s := &Scenario{Name: c[0].name, File: c[0].file, Set: l.opt.Set, origins: map[string]Position{}}
	for _, k := range c[1:] {
		s.Parents = append(s.Parents, k.name)
	}
	var r raw
	if code == "kr" || code == "jp" {
		s.Country = law.Country(code)
		k, err := readCountry(law.Country(code))
		if err != nil {
			return nil, err
		}
		s.country = k
		r.settings = k.settings
	}
	d := &decoder{collector: l.collector, full: fullKeys()}
	d.root(root, &r)
	l.required(root, c[0].file)
	l.question(r.Question, root.get("question"))
	note(s.origins, root, "")
	s.Title, s.Question, s.Run, s.Outputs = r.Title, r.Question, r.Run, r.Outputs
	s.settings = r.settings
	s.Giving, s.Ties, s.Budget, s.Effects, s.Demography = r.Giving, r.Ties, r.Budget, r.Effects, r.settings.Demography
	overlays := d.overlays(r.Policy, policy, s.Run.Years[0])
	events, expects := d.events(r.Event), d.expects(r.Expect)
	if s.Country != "" {
		if err := l.check(s, root, overlays, events, expects); err != nil {
			return nil, err
		}
	}
	if err := l.err(l.files); err != nil {
		return nil, err
	}
	for i := range s.Expect {
		s.Expect[i].Scale = c.scaleFor(s.Expect[i].Where.File)
	}
	return s, nil
}

// scaleFor is the run.scale with which a file of the chain was written: its own or that of its nearest parent which has one; 0 = none is a number.
func (c chain) scaleFor(file string) float64 {
	for _, k := range c[max(0, slices.IndexFunc(c, func(k link) bool { return k.file == file })):] {
		switch v := val(k.root.get("run", "scale")).(type) {
		case float64:
			return v
		case int64:
			return float64(v)
		}
	}
	return 0
}

// root decodes the top table. The embedded settings are tables of their own, so the struct is walked in two parts.
func (d *decoder) root(n *node, r *raw) {
	mine, theirs := map[string]*node{}, map[string]*node{}
	st := reflect.TypeFor[settings]()
	var tables []string
	for i := range st.NumField() {
		tables = append(tables, tomlName(st.Field(i)))
	}
	for k, x := range n.table() {
		if slices.Contains(tables, k) {
			theirs[k] = x
		} else {
			mine[k] = x
		}
	}
	d.top = tables
	d.table(&node{at: n.at, val: mine}, reflect.ValueOf(r).Elem(), "")
	d.top = nil
	d.table(&node{at: n.at, val: theirs}, reflect.ValueOf(&r.settings).Elem(), "")
}

// fullKeys are all dotted keys a scenario may have outside its arrays of tables.
func fullKeys() []string {
	keys := append(keysOf(settingsFields()), "run.years", "run.base", "run.seed", "run.scale", "outputs.csv", "outputs.ages")
	for _, l := range law.Keys() {
		keys = append(keys, "policy."+l.Name)
	}
	return keys
}

// required reports what a scenario must say itself or through its parents.
func (l *loader) required(root *node, file string) {
	for _, r := range []struct{ key, want string }{
		{"title", "one line that says what the scenario is"}, {"country", "one of kr, jp"}, {"run.years", "the first and the last year"},
		{"run.seed", "an integer of at least 0"}, {"run.scale", "a number above 0 and at most 1 (agents per person)"},
	} {
		n := root.get(strings.Split(r.key, ".")...)
		if v := val(n); v == nil || v == "" {
			at := Position{File: file, Line: 1}
			if n != nil {
				at = n.at
			}
			l.add(Fault{At: at, Key: r.key, Got: "nothing", Want: r.want})
		}
	}
}

// oneCountry returns the country that the farthest parent names and reports a file or setting that says another.
func (l *loader) oneCountry(c chain, root *node) string {
	nodes := []*node{root.get("country")} // differs from the files' only if set on the command line
	for _, k := range c {
		nodes = append(nodes, k.root.get("country"))
	}
	first := ""
	for i := len(nodes) - 1; i >= 0; i-- {
		n := nodes[i]
		if n == nil {
			continue
		}
		code, _ := n.val.(string)
		if first == "" {
			first = code
		}
		if code != first {
			l.add(Fault{At: n.at, Key: "country", Got: show(n.val), Want: fmt.Sprintf("%q as in its parent", first)})
		}
	}
	return first
}

// note records where every key was written.
func note(origins map[string]Position, n *node, prefix string) {
	for _, k := range n.keys() {
		x, key := n.table()[k], dotted(prefix, k)
		origins[key] = x.at
		if !appended[key] {
			note(origins, x, key)
		}
	}
}

// set merges the settings of the command line. Levers set as policy.<lever> come back apart, as the table of one more overlay (nil = none).
func (l *loader) set(root *node) (*node, *node) {
	var policy *node
	for _, s := range l.opt.Set {
		file := "--set " + s
		l.files = append(l.files, file)
		n := l.setting(file, s)
		if n == nil {
			continue
		}
		if p := n.get("policy"); p != nil && p.table() != nil {
			if policy == nil {
				policy = p
			} else {
				policy = merge(policy, p, false)
			}
			delete(n.table(), "policy")
		}
		root = merge(root, n, true)
	}
	return root, policy
}

// setting parses one key=value as TOML. A value that is a single bare word counts as text.
func (l *loader) setting(file, s string) *node {
	key, value, ok := strings.Cut(s, "=")
	at := Position{File: file}
	if !ok || strings.ContainsAny(s, "\n\r#") {
		l.add(Fault{At: at, Got: fmt.Sprintf("%q", s), Want: "key=value on one line", Hint: "for example behaviour.attention.peer=0.4"})
		return nil
	}
	n, err := parse(file, key+"="+value)
	if err != nil && bare(strings.TrimSpace(value)) {
		n, err = parse(file, key+`="`+strings.TrimSpace(value)+`"`)
	}
	var f Fault
	if errors.As(err, &f) {
		f.At = at
		f.Hint = "text needs quotes, keys are dotted"
		l.add(f)
		return nil
	}
	if strings.HasPrefix(strings.TrimSpace(key), "[") || n.get("extends") != nil {
		l.add(Fault{At: at, Got: fmt.Sprintf("%q", strings.TrimSpace(key)), Want: "a key of the scenario other than extends"})
		return nil
	}
	n.place(at)
	return n
}

// bare tells whether s is a word of letters, digits, - and _.
func bare(s string) bool {
	for _, r := range s {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-') {
			return false
		}
	}
	return s != "" && !(s[0] >= '0' && s[0] <= '9') && s[0] != '-'
}

// place moves a whole tree to one position.
func (n *node) place(at Position) {
	n.at = at
	for _, x := range n.table() {
		x.place(at)
	}
	if list, ok := n.val.([]*node); ok {
		for _, x := range list {
			x.place(at)
		}
	}
}

// fromCommandLine tells whether a node was set on the command line.
func fromCommandLine(n *node) bool { return n != nil && strings.HasPrefix(n.at.File, "--set ") }

package scenarios

import (
	"os"
	"strings"
	"testing"

	"gohyang/scenarios/facts"
	"gohyang/sim/law"
)

// TestLineOf: every key and element of an awkward document has the line on which it is written.
func TestLineOf(t *testing.T) {
	text := strings.Join([]string{
		`# [not.a.table]`,         // 1
		`a = "x # [no] \" = {"`,   // 2
		`b.c."d.e" = 1 # comment`, // 3
		`m = """`,                 // 4
		`k = 1`,                   // 5
		`""" `,                    // 6
		`[t] # [x]`,               // 7
		`list = [ # one`,          // 8
		`  { u = 1, v = [ 1,`,     // 9
		`     2 ] },`,             // 10
		`  {u = '''`,              // 11
		`x''' }, ]`,               // 12
		`d = 2020-01-01 10:00:00`, // 13
		`[[p]]`,                   // 14
		`q = 1`,                   // 15
		`[p.sub]`,                 // 16
		`r = 2`,                   // 17
		`[[p.z]]`,                 // 18
		`[[p]]`,                   // 19
		`'q' = { }`,               // 20
		`[[p.z]]`,                 // 21
		`w = [[1],[2, 3]]`,        // 22
	}, "\n")
	root, err := parse("x.toml", text)
	if err != nil {
		t.Fatal(err)
	}
	list := func(n *node, i int) *node { return n.val.([]*node)[i] }
	for _, c := range []struct {
		what string
		n    *node
		line int
	}{
		{"a", root.get("a"), 2}, {"b.c", root.get("b", "c"), 3}, {`b.c."d.e"`, root.get("b", "c", "d.e"), 3}, {"m", root.get("m"), 4},
		{"t", root.get("t"), 7}, {"t.list", root.get("t", "list"), 8}, {"t.list[0]", list(root.get("t", "list"), 0), 9},
		{"t.list[0].v", list(root.get("t", "list"), 0).get("v"), 9}, {"t.list[0].v[1]", list(list(root.get("t", "list"), 0).get("v"), 1), 10},
		{"t.list[1].u", list(root.get("t", "list"), 1).get("u"), 11}, {"t.d", root.get("t", "d"), 13},
		{"p[0]", list(root.get("p"), 0), 14}, {"p[0].q", list(root.get("p"), 0).get("q"), 15}, {"p[0].sub", list(root.get("p"), 0).get("sub"), 16},
		{"p[0].sub.r", list(root.get("p"), 0).get("sub", "r"), 17}, {"p[0].z[0]", list(list(root.get("p"), 0).get("z"), 0), 18},
		{"p[1]", list(root.get("p"), 1), 19}, {"p[1].q", list(root.get("p"), 1).get("q"), 20}, {"p[1].z[0]", list(list(root.get("p"), 1).get("z"), 0), 21},
		{"p[1].z[0].w[1]", list(list(list(root.get("p"), 1).get("z"), 0).get("w"), 1), 22},
	} {
		if c.n == nil || c.n.at.Line != c.line {
			t.Errorf("%s is %+v, want line %d", c.what, c.n, c.line)
		}
	}
}

// TestNearest: misspellings find their word, strangers nothing.
func TestNearest(t *testing.T) {
	known := []string{"seed", "scale", "years", "credit.tiers", "고흥군"}
	for word, want := range map[string]string{"sede": "seed", "SCALE": "scale", "scle": "scale", "credit.teirs": "credit.tiers", "고홍군": "고흥군", "cap": "", "peer": "",
		strings.Repeat("x", 10_000): ""} {
		if got := nearest(word, known); got != want {
			t.Errorf("nearest(%.20q) is %q, want %q", word, got, want)
		}
	}
}

// TestParams: the shipped parameter files are whole, and each way of breaking one is reported.
func TestParams(t *testing.T) {
	good, err := shipped.ReadFile("params/kr.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []law.Country{law.Korea, law.Japan} {
		c, err := readCountry(code)
		if err != nil {
			t.Fatal(err)
		}
		if len(c.priors) != len(settingsFields()) {
			t.Errorf("%s: %d parameters, want %d", code, len(c.priors), len(settingsFields()))
		}
	}
	line := "amount.gift_value   = { value = 0.8, range = [0.6, 1.0], status = \"judgement\", source = \"section 6: not separable from hassle; fixed and swept\" }\n"
	if !strings.Contains(string(good), line) {
		t.Fatal("the line to break is not there")
	}
	for _, c := range []struct{ with, want string }{
		{"", "behaviour.amount.gift_value: got nothing, want a number from 0 to 2 (share)"},
		{line + line, "behaviour.amount.gift_value.value: got a second definition, want each key once"},
		{strings.Replace(line, "0.8", "3.0", 1), "behaviour.amount.gift_value: got 3.0, want a number from 0 to 2 (share)"},
		{strings.Replace(line, "0.8", "0.5", 1), "behaviour.amount.gift_value: got range 0.6 to 1, want a range around the value 0.5 and inside a number from 0 to 2 (share)"},
		{strings.Replace(line, "judgement", "guess", 1), `behaviour.amount.gift_value.status: got "guess", want one of published, calibrated, judgement, memory, provisional`},
		{strings.Replace(line, "section 6: not separable from hassle; fixed and swept", "", 1), "behaviour.amount.gift_value: got no status or no source, want both"},
		{strings.Replace(line, "amount.gift_value", "amount.gift_valu", 1) + line, "behaviour.amount.gift_valu: got an unknown key, want a parameter; did you mean behaviour.amount.gift_value?"},
		{strings.Replace(line, "value = 0.8, ", "", 1), "behaviour.amount.gift_value: got no value, want a number from 0 to 2 (share)"},
		{"amount.gift_value = 0.8\n", "behaviour.amount.gift_value: got 0.8, want a table of value, range, status, source"},
	} {
		_, _, err := readParams("params/kr.toml", strings.Replace(string(good), line, c.with, 1))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("with %q: got %v, want %s", c.with, err, c.want)
		}
	}
}

// FuzzLoad: no bytes make the loader panic, and whatever it accepts has a position for every key.
func FuzzLoad(f *testing.F) {
	for _, name := range names() {
		text, err := shipped.ReadFile(name + ".toml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, bad := range []string{"tiers-overlap", "event-unknown-place", "syntax", "table-for-number"} {
		text, err := os.ReadFile("testdata/bad/" + bad + ".toml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte("a = [[1,{b='''x'''}],\n2]\n[[\"p q\"]]\n'' = 1\n[p.\"\"]\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		root, err := parse("fuzz.toml", string(text))
		if err != nil {
			return
		}
		lines := 1 + strings.Count(string(text), "\n")
		found := lineOf(strings.TrimPrefix(string(text), "\ufeff"))
		located(t, root, "", found, lines)
		if root.get("extends") != nil || len(text) > 4096 {
			return // the parent would be read from disk
		}
		l := loader{collector: &collector{}, opt: Options{Facts: noFacts}}
		_, _ = l.resolve(chain{{source{name: "fuzz", file: "fuzz.toml", text: string(text)}, root}})
	})
}

// located checks that every node below n is known to the scanner and lies inside the text.
func located(t *testing.T, n *node, path string, found map[string]int, lines int) {
	if n.at.Line < 1 || n.at.Line > lines {
		t.Fatalf("%s is on line %d of %d", path, n.at.Line, lines)
	}
	if _, ok := found[path]; path != "" && !ok {
		t.Fatalf("%s has no line", path)
	}
	for k, x := range n.table() {
		located(t, x, join(path, k), found, lines)
	}
	if list, ok := n.val.([]*node); ok {
		for i, x := range list {
			located(t, x, element(path, i), found, lines)
		}
	}
}

// noFacts is a country without places, with years.
func noFacts(code string, _ int) (*facts.Country, error) {
	return &facts.Country{Code: code, BaseYear: 2023, FirstYear: 2020, Death: make([][2][facts.Ages]float64, 60)}, nil
}

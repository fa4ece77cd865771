package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestHouseRulesBite breaks every rule of TestHouse once and wants exactly that fault: a rule that cannot fail protects nothing.
func TestHouseRulesBite(t *testing.T) {
	doc := "// Package %s is here.\n"
	for _, c := range []struct{ rule, name, text, want string }{
		{"upward", "sim/law/x.go", "package law\nimport _ \"gohyang/sim\"\n", "sim/law/x.go: imports sim; imports go down only"},
		{"sideways", "sim/ties/x.go", "package ties\nimport _ \"gohyang/sim/giving\"\n", "imports sim/giving; imports go down only"},
		{"no rank", "sim/other/x.go", "package other\n", "package sim/other has no rank"},
		{"unknown room", "output/x.go", "package output\nimport _ \"gohyang/sim/other\"\n", "imports sim/other; imports go down only"},
		{"clock", "sim/people/x.go", "package people\nimport \"time\"\nvar t = time.Now()\n", "people/x.go:4: time.Now; sim and everything below: no clock"},
		{"files", "sim/x.go", "package sim\nimport _ \"os\"\n", "no files, no environment"},
		{"process", "sim/x.go", "package sim\nimport _ \"os/exec\"\n", "no files, no environment"},
		{"network", "sim/x.go", "package sim\nimport _ \"net/http\"\n", "no network"},
		{"chance", "sim/draw/x.go", "package draw\nimport _ \"math/rand/v2\"\n", "random numbers come from sim/draw"},
		{"goroutine", "sim/ties/x.go", "package ties\nfunc f() { go f() }\n", "sim/ties/x.go:3: starts a goroutine"},
		{"errgroup", "sim/ties/x.go", "package ties\nimport _ \"golang.org/x/sync/errgroup\"\n", "only sim and sim/study start goroutines"},
		{"init", "output/x.go", "package output\nfunc init() {}\n", "output/x.go:3: func init"},
		{"long function", "output/x.go", "package output\nfunc f() {" + strings.Repeat("\n", 60) + "}\n", "func f has 61 lines"},
		{"long file", "output/x.go", "package output\n" + strings.Repeat("\n", 400), "402 lines, want at most 400"},
		{"vague name", "output/x.go", "package helper\n", "package helper: the name says nothing"},
		{"folder", "output/x.go", "package outputs\n", "package outputs lives in folder output"},
		{"machine path", "output/x.go", "package output\nconst a = \"/" + "home/me/x\"\n", "machine path"},
		{"function without comment", "output/x.go", "package output\nfunc F() {}\n", "output/x.go:3: F is exported and has no comment"},
		{"method without comment", "output/x.go", "package output\n// T is.\ntype T struct{}\nfunc (*T) M() {}\n", "M is exported"},
		{"type without comment", "output/x.go", "package output\ntype T struct{}\n", "T is exported"},
		{"constant without comment", "output/x.go", "package output\nconst (\n\ta, B = 1, 2\n)\n", "B is exported"},
		{"package comment", "output/x.go", "package output\n", "output: want exactly one package comment"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			text := strings.Replace(doc, "%s", filepath.Base(filepath.Dir(c.name)), 1) + c.text
			if c.rule == "package comment" {
				text = c.text
			}
			s, err := parse(c.name, []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			faults := faultsOf([]source{s})
			if len(faults) == 0 || !strings.Contains(strings.Join(faults, "\n"), c.want) {
				t.Errorf("got %q, want a fault with %q", faults, c.want)
			}
		})
	}
	s, err := parse("output/x.go", []byte("// Package output is here.\npackage output\n\nimport _ \"gohyang/sim\"\n\n// F does.\nfunc F() {}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if faults := faultsOf([]source{s}); len(faults) > 0 {
		t.Errorf("a faultless file has faults: %q", faults)
	}
}

// TestNoMachinePaths reads every text file of the repository, as git knows it, for paths of somebody's machine. Go files are read by TestHouse.
func TestNoMachinePaths(t *testing.T) {
	root := filepath.Join("..", "..")
	if _, err := os.Stat(filepath.Join(root, ".git")); err != nil {
		t.Skip("not a git work tree: the list of committed files is not known here; CI runs this test in a clone")
	}
	list, err := exec.Command("git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Split(strings.TrimRight(string(list), "\x00"), "\x00") {
		if filepath.Ext(name) == ".go" || filepath.Ext(name) == ".parquet" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(root, name))
		if os.IsNotExist(err) {
			continue // removed, not yet committed
		}
		if err != nil {
			t.Fatal(err)
		}
		if found := machinePath.Find(text); found != nil {
			t.Errorf("%s: contains the machine path %q", name, found)
		}
	}
}

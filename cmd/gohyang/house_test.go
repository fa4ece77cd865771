package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// ranks is the order of the rooms: a package imports packages of a lower rank only. A new package must be given its place here.
var ranks = map[string]int{
	"sim/draw":              0,
	"sim/law":               0,
	"scenarios/facts":       2,
	"sim/people":            1,
	"sim/towns":             1,
	"scenarios/facts/build": 3,
	"sim/giving":            2,
	"sim/ties":              2,
	"sim/budget":            2,
	"sim":                   3,
	"sim/study":             4,
	"scenarios":             4,
	"output":                4,
	"cmd/gohyang":           5,
}

// outside is what sim and everything below it must not see, with the reason. A trailing / bans the folder too.
var outside = map[string]string{
	"os/":          "no files, no environment",
	"io/fs":        "no files",
	"embed":        "no files; data arrive in Config",
	"path/":        "no files",
	"log/":         "a run reports through its Observers",
	"net/":         "no network",
	"math/rand/":   "random numbers come from sim/draw",
	"crypto/rand":  "random numbers come from sim/draw",
	"hash/maphash": "seeded differently in every process",
	"syscall":      "no operating system",
	"unsafe":       "no layout tricks",
	"plugin":       "no code from outside",
	"flag":         "no command line",
}

// clock are the names of package time that tell or spend time. Law dates its rules with time.Time, which does neither.
var clock = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer", "Local", "LoadLocation"}

// vague are package names that say nothing about what is inside.
var vague = []string{"util", "utils", "common", "helper", "helpers", "lib", "base", "manager", "internal", "pkg", "misc", "shared", "types", "experimental"}

// Limits of size outside tests, in lines.
const (
	longestFunction = 60
	longestFile     = 400
)

// longer are the functions and files allowed beyond the limits, with the reason.
var longer = map[string]string{}

// source is one parsed Go file: its folder and name below the module root.
type source struct {
	dir, name string
	test      bool
	text      string
	fset      *token.FileSet
	file      *ast.File
}

// parse reads one Go file for the checks.
func parse(name string, text []byte) (source, error) {
	s := source{dir: path.Dir(name), name: name, test: strings.HasSuffix(name, "_test.go"), text: string(text), fset: token.NewFileSet()}
	var err error
	s.file, err = parser.ParseFile(s.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	return s, err
}

// at is file:line of a node.
func (s source) at(n ast.Node) string {
	return fmt.Sprintf("%s:%d", s.name, s.fset.Position(n.Pos()).Line)
}

// imports are the paths a file imports.
func (s source) imports() []string {
	var all []string
	for _, spec := range s.file.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			all = append(all, p)
		}
	}
	return all
}

// TestHouse reads every Go file of the module and holds it to the rules of the house.
func TestHouse(t *testing.T) {
	for _, fault := range faultsOf(readModule(t)) {
		t.Error(fault)
	}
}

// faultsOf applies every rule.
func faultsOf(all []source) []string {
	var faults []string
	for _, s := range all {
		faults = slices.Concat(faults, rankFaults(s), sizeFaults(s), nameFaults(s), docFaults(s))
	}
	return append(faults, packageFaults(all)...)
}

// readModule parses every Go file below the module root.
func readModule(t *testing.T) []source {
	t.Helper()
	root := filepath.Join("..", "..")
	var all []source
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(file, ".go") {
			return nil
		}
		name, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		s, err := parse(filepath.ToSlash(name), text)
		all = append(all, s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("only %d Go files found below %s; is this still the module root?", len(all), root)
	}
	return all
}

// rankFaults checks that imports go down and that sim sees nothing of the world outside. Tests may import any package of the module but not a higher one,
// and may touch files.
func rankFaults(s source) []string {
	rank, known := ranks[s.dir]
	if !known {
		return []string{fmt.Sprintf("%s: package %s has no rank; give it its place in house_test.go", s.name, s.dir)}
	}
	simulates := s.dir == "sim" || strings.HasPrefix(s.dir, "sim/")
	var faults []string
	for _, p := range s.imports() {
		if inside, ok := strings.CutPrefix(p, "gohyang/"); ok {
			other, known := ranks[inside]
			if own := inside == s.dir && s.test; !own && (!known || other >= rank) {
				faults = append(faults, fmt.Sprintf("%s: imports %s; imports go down only, from rank %d to a lower one", s.name, inside, rank))
			}
			continue
		}
		if why, banned := forbidden(p); simulates && !s.test && banned {
			faults = append(faults, fmt.Sprintf("%s: imports %s; sim and everything below: %s", s.name, p, why))
		}
		if p == "golang.org/x/sync/errgroup" && simulates && s.dir != "sim" && s.dir != "sim/study" {
			faults = append(faults, fmt.Sprintf("%s: imports errgroup; only sim and sim/study start goroutines", s.name))
		}
	}
	if simulates && !s.test {
		faults = append(faults, clockFaults(s)...)
	}
	return faults
}

// clockFaults checks a file of sim or below for reading the clock, and for starting goroutines where sim and sim/study alone do.
func clockFaults(s source) []string {
	var faults []string
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			if s.dir != "sim" && s.dir != "sim/study" {
				faults = append(faults, s.at(n)+": starts a goroutine; only sim and sim/study do")
			}
		case *ast.SelectorExpr:
			if from, ok := n.X.(*ast.Ident); ok && from.Name == "time" && slices.Contains(clock, n.Sel.Name) {
				faults = append(faults, s.at(n)+": time."+n.Sel.Name+"; sim and everything below: no clock")
			}
		}
		return true
	})
	return faults
}

// forbidden looks an import path up in outside.
func forbidden(p string) (why string, banned bool) {
	for ban, why := range outside {
		if p == strings.TrimSuffix(ban, "/") || strings.HasSuffix(ban, "/") && strings.HasPrefix(p, ban) {
			return why, true
		}
	}
	return "", false
}

// sizeFaults checks the length of functions and files and that nothing runs before main.
func sizeFaults(s source) []string {
	if s.test {
		return nil
	}
	var faults []string
	lines := strings.Count(s.text, "\n")
	if _, allowed := longer[s.name]; lines > longestFile && !allowed {
		faults = append(faults, fmt.Sprintf("%s: %d lines, want at most %d", s.name, lines, longestFile))
	}
	for _, d := range s.file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		n := s.fset.Position(f.End()).Line - s.fset.Position(f.Pos()).Line + 1
		if _, allowed := longer[s.name+" "+f.Name.Name]; n > longestFunction && !allowed {
			faults = append(faults, fmt.Sprintf("%s: func %s has %d lines, want at most %d", s.at(f), f.Name.Name, n, longestFunction))
		}
		if f.Name.Name == "init" && f.Recv == nil {
			faults = append(faults, s.at(f)+": func init; nothing happens before main")
		}
	}
	return faults
}

// machinePath finds paths of somebody's machine. It is put together here so that this file does not contain one.
var machinePath = regexp.MustCompile(`(^|[\s"'=(` + "`" + `])(/` + `(work|tmp|home|root|Users)/\w|[A-Z]:\\` + `Users)`)

// nameFaults checks package names and machine paths.
func nameFaults(s source) []string {
	var faults []string
	if slices.Contains(vague, strings.TrimSuffix(s.file.Name.Name, "_test")) {
		faults = append(faults, fmt.Sprintf("%s: package %s: the name says nothing; name what it holds", s.name, s.file.Name.Name))
	}
	if s.file.Name.Name != "main" && strings.TrimSuffix(s.file.Name.Name, "_test") != path.Base(s.dir) {
		faults = append(faults, fmt.Sprintf("%s: package %s lives in folder %s", s.name, s.file.Name.Name, path.Base(s.dir)))
	}
	if found := machinePath.FindString(s.text); found != "" {
		faults = append(faults, fmt.Sprintf("%s: contains the machine path %q", s.name, strings.TrimSpace(found)))
	}
	return faults
}

// docFaults checks that everything exported is documented.
func docFaults(s source) []string {
	if s.test {
		return nil
	}
	var faults []string
	missing := func(n ast.Node, name string) {
		faults = append(faults, fmt.Sprintf("%s: %s is exported and has no comment", s.at(n), name))
	}
	for _, d := range s.file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
				missing(d, d.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if name, documented := specDoc(spec); name != "" && !documented && d.Doc == nil {
					missing(spec, name)
				}
			}
		}
	}
	return faults
}

// exportedReceiver says whether a function, or the type it is a method of, is visible outside its package.
func exportedReceiver(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	typ := f.Recv.List[0].Type
	for {
		switch t := typ.(type) {
		case *ast.StarExpr:
			typ = t.X
		case *ast.IndexExpr:
			typ = t.X
		case *ast.IndexListExpr:
			typ = t.X
		case *ast.Ident:
			return t.IsExported()
		default:
			return true
		}
	}
}

// specDoc gives the first exported name of a declaration ("" if none) and whether it has a comment of its own.
func specDoc(spec ast.Spec) (name string, documented bool) {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() {
			return s.Name.Name, s.Doc != nil || s.Comment != nil
		}
	case *ast.ValueSpec:
		for _, n := range s.Names {
			if n.IsExported() {
				return n.Name, s.Doc != nil || s.Comment != nil
			}
		}
	}
	return "", false
}

// packageFaults checks that every package has exactly one package comment, that starts as godoc wants it, and that every rank is used.
func packageFaults(all []source) []string {
	comments, seen := map[string][]string{}, map[string]string{}
	for _, s := range all {
		if s.test {
			continue
		}
		seen[s.dir] = s.file.Name.Name
		if s.file.Doc == nil {
			continue
		}
		comments[s.dir] = append(comments[s.dir], s.name)
		want := "Package " + s.file.Name.Name + " "
		if s.file.Name.Name == "main" {
			want = "Command " + path.Base(s.dir) + " "
		}
		if !strings.HasPrefix(s.file.Doc.Text(), want) {
			comments[s.dir] = append(comments[s.dir], fmt.Sprintf("which must start with %q", want))
		}
	}
	var faults []string
	for dir := range seen {
		if len(comments[dir]) != 1 {
			faults = append(faults, fmt.Sprintf("%s: want exactly one package comment, got %d: %s", dir, len(comments[dir]), strings.Join(comments[dir], ", ")))
		}
	}
	slices.Sort(faults)
	return faults
}

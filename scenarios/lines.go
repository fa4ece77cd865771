package scenarios

import (
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// lineOf maps the path of every key and array element of a valid TOML text to its line. The decoder reports no positions for keys, so this scanner
// reads the text once more; it relies on the decoder having accepted the text and never fails, it only stops early.
func lineOf(text string) map[string]int {
	s := scanner{text: text, line: 1, lines: map[string]int{}, tables: map[string]int{}}
	s.document()
	return s.lines
}

// join appends a key to a path. Keys are quoted so that a dot inside a key cannot be mistaken.
func join(path, key string) string { return path + "." + strconv.Quote(key) }

// element is the path of an array's element.
func element(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// scanner walks a TOML text.
type scanner struct {
	text   string
	at     int
	line   int
	lines  map[string]int
	tables map[string]int // arrays of tables: elements so far, by path
}

// peek is the next byte, 0 at the end (a valid text has no zero byte).
func (s *scanner) peek() byte {
	if s.at < len(s.text) {
		return s.text[s.at]
	}
	return 0
}

// step moves on by n bytes and counts lines.
func (s *scanner) step(n int) {
	for ; n > 0 && s.at < len(s.text); n-- {
		if s.text[s.at] == '\n' {
			s.line++
		}
		s.at++
	}
}

// blank skips white space, and with newlines also line ends and comments.
func (s *scanner) blank(newlines bool) {
	for s.at < len(s.text) {
		switch c := s.peek(); {
		case c == ' ' || c == '\t':
			s.step(1)
		case newlines && (c == '\n' || c == '\r'):
			s.step(1)
		case newlines && c == '#':
			for s.at < len(s.text) && s.peek() != '\n' {
				s.step(1)
			}
		default:
			return
		}
	}
}

// document reads headers and key-value lines to the end.
func (s *scanner) document() {
	prefix := ""
	for {
		s.blank(true)
		start := s.at
		switch s.peek() {
		case 0:
			return
		case '[':
			prefix = s.header()
		default:
			s.pair(prefix)
		}
		if s.at == start {
			return // not the TOML the decoder accepted
		}
	}
}

// header reads [a.b] or [[a.b]] and returns the path it opens.
func (s *scanner) header() string {
	line := s.line
	s.step(1)
	array := s.peek() == '['
	if array {
		s.step(1)
	}
	keys := s.keys()
	for s.peek() == ']' || s.peek() == ' ' || s.peek() == '\t' {
		s.step(1)
	}
	path := ""
	for i, k := range keys {
		path = join(path, k)
		s.note(path, line)
		if array && i == len(keys)-1 {
			s.tables[path]++
		}
		if n := s.tables[path]; n > 0 {
			path = element(path, n-1)
			s.note(path, line)
		}
	}
	return path
}

// note keeps the first line of a path.
func (s *scanner) note(path string, line int) {
	if _, ok := s.lines[path]; !ok {
		s.lines[path] = line
	}
}

// pair reads key = value below prefix.
func (s *scanner) pair(prefix string) {
	line := s.line
	path := prefix
	for _, k := range s.keys() {
		path = join(path, k)
		s.note(path, line)
	}
	s.blank(false)
	if s.peek() == '=' {
		s.step(1)
		s.value(path)
	}
}

// keys reads a dotted key.
func (s *scanner) keys() []string {
	var keys []string
	for {
		s.blank(false)
		switch c := s.peek(); c {
		case '"', '\'':
			start := s.at
			s.quoted()
			keys = append(keys, unquote(s.text[start:s.at]))
		default:
			start := s.at
			for s.at < len(s.text) && !strings.ContainsRune(" \t\r\n.=[]{},#\"'", rune(s.peek())) {
				s.step(1)
			}
			keys = append(keys, s.text[start:s.at])
		}
		s.blank(false)
		if s.peek() != '.' {
			return keys
		}
		s.step(1)
	}
}

// unquote gives the text of a quoted key as the decoder sees it.
func unquote(quoted string) string {
	var v struct{ K string }
	if _, err := toml.Decode("K = "+quoted, &v); err != nil {
		return quoted
	}
	return v.K
}

// quoted skips a string of any of the four kinds.
func (s *scanner) quoted() {
	q := s.text[s.at : s.at+1]
	end := q
	if strings.HasPrefix(s.text[s.at:], q+q+q) {
		end = q + q + q
	}
	s.step(len(end))
	for s.at < len(s.text) {
		if q == `"` && s.peek() == '\\' {
			s.step(2)
			continue
		}
		if strings.HasPrefix(s.text[s.at:], end) {
			s.step(len(end))
			for len(end) == 3 && s.peek() == q[0] { // up to two quotes may stand before the closing three
				s.step(1)
			}
			return
		}
		s.step(1)
	}
}

// value reads a value and notes what is inside it.
func (s *scanner) value(path string) {
	s.blank(false)
	switch s.peek() {
	case '"', '\'':
		s.quoted()
	case '[':
		s.step(1)
		s.array(path)
	case '{':
		s.step(1)
		s.inline(path)
	default:
		for s.at < len(s.text) && !strings.ContainsRune(",]}#\n", rune(s.peek())) {
			s.step(1)
		}
	}
}

// array reads the elements up to the closing bracket.
func (s *scanner) array(path string) {
	for i := 0; ; i++ {
		s.blank(true)
		if s.peek() == ']' || s.peek() == 0 {
			s.step(1)
			return
		}
		start := s.at
		s.note(element(path, i), s.line)
		s.value(element(path, i))
		s.blank(true)
		if s.peek() == ',' {
			s.step(1)
		}
		if s.at == start {
			return
		}
	}
}

// inline reads the pairs up to the closing brace.
func (s *scanner) inline(path string) {
	for {
		s.blank(true)
		if s.peek() == '}' || s.peek() == 0 {
			s.step(1)
			return
		}
		start := s.at
		s.pair(path)
		s.blank(true)
		if s.peek() == ',' {
			s.step(1)
		}
		if s.at == start {
			return
		}
	}
}

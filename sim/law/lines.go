package law

import (
	"bytes"
	"strings"
)

// tableLines are the lines of one table of a TOML file: its header and its keys. The decoder gives no positions, so the file is read a second time, after it
// was found to be TOML: a header or a key starts a line outside strings and brackets. A table without a header (an inline one) is not found; messages
// then name the first line.
type tableLines struct {
	line int
	keys map[string]int
}

// of is the line of a key, or of the table where the key is not written on a line of its own.
func (t tableLines) of(key string) int {
	if n, ok := t.keys[key]; ok {
		return n
	}
	return t.line
}

// scanLines finds the tables of a file by name; "" is its top.
func scanLines(data []byte) map[string][]tableLines {
	here := tableLines{line: 1, keys: map[string]int{}}
	tables := map[string][]tableLines{"": {here}}
	s := scanner{}
	for n, line := range bytes.Split(data, []byte("\n")) {
		if !s.inside() {
			text := strings.TrimSpace(string(line))
			if strings.HasPrefix(text, "[") {
				name, _, _ := strings.Cut(strings.Trim(text, "["), "]")
				name = strings.TrimSpace(name)
				here = tableLines{line: n + 1, keys: map[string]int{}}
				tables[name] = append(tables[name], here)
				continue
			}
			if key, _, ok := strings.Cut(text, "="); ok && !strings.HasPrefix(text, "#") {
				here.keys[strings.Trim(strings.TrimSpace(key), `"'`)] = n + 1
			}
		}
		s.line(string(line))
	}
	return tables
}

// scanner follows strings and brackets from line to line.
type scanner struct {
	quote string // delimiter of the open string, "" = none
	depth int    // open brackets and braces
}

func (s *scanner) inside() bool { return s.quote != "" || s.depth > 0 }

func (s *scanner) line(text string) {
	for i := 0; i < len(text); i++ {
		rest := text[i:]
		if s.quote != "" {
			switch {
			case s.quote[0] == '"' && rest[0] == '\\':
				i++
			case strings.HasPrefix(rest, s.quote):
				i += len(s.quote) - 1
				s.quote = ""
			}
			continue
		}
		switch rest[0] {
		case '#':
			return
		case '"', '\'':
			s.quote = rest[:1]
			if triple := strings.Repeat(s.quote, 3); strings.HasPrefix(rest, triple) {
				s.quote = triple
				i += 2
			}
		case '[', '{':
			s.depth++
		case ']', '}':
			s.depth--
		}
	}
	if len(s.quote) == 1 { // a one-line string cannot go on
		s.quote = ""
	}
}

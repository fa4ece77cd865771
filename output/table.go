package output

import (
	"io"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
)

// Column is the heading of one column of a Table and how its cells line up.
type Column struct {
	Head  string
	Right bool // numbers
}

// Left is a column of text.
func Left(head string) Column { return Column{Head: head} }

// Right is a column of numbers.
func Right(head string) Column { return Column{Head: head, Right: true} }

// Table is aligned text. Widths are display widths: 고흥군 and 泉佐野市 take two columns a character, as a terminal or an editor shows them.
type Table struct {
	columns []Column
	rows    [][]string
}

// gap stands between two columns.
const gap = "  "

// NewTable starts a table. A table whose heads are all empty prints no heading line.
func NewTable(columns ...Column) *Table { return &Table{columns: columns} }

// Add appends a row; missing cells are empty. It panics when there are more cells than columns.
func (t *Table) Add(cells ...string) {
	if len(cells) > len(t.columns) {
		panic("output: more cells than columns")
	}
	row := make([]string, len(t.columns))
	for i, c := range cells {
		row[i] = oneLine(c)
	}
	t.rows = append(t.rows, row)
}

// Len is the number of rows.
func (t *Table) Len() int { return len(t.rows) }

// WriteTo writes heading and rows, one line each, without trailing spaces.
func (t *Table) WriteTo(w io.Writer) (int64, error) {
	n, err := io.WriteString(w, t.String())
	return int64(n), err
}

// String is the text that WriteTo writes.
func (t *Table) String() string {
	widths, headed := make([]int, len(t.columns)), false
	for i, c := range t.columns {
		widths[i] = Width(c.Head)
		headed = headed || c.Head != ""
		for _, row := range t.rows {
			widths[i] = max(widths[i], Width(row[i]))
		}
	}
	var b strings.Builder
	if headed {
		heads := make([]string, len(t.columns))
		for i, c := range t.columns {
			heads[i] = c.Head
		}
		t.line(&b, heads, widths)
	}
	for _, row := range t.rows {
		t.line(&b, row, widths)
	}
	return b.String()
}

func (t *Table) line(b *strings.Builder, cells []string, widths []int) {
	var line strings.Builder
	for i, c := range cells {
		pad := strings.Repeat(" ", widths[i]-Width(c))
		if i > 0 {
			line.WriteString(gap)
		}
		if t.columns[i].Right {
			line.WriteString(pad + c)
		} else {
			line.WriteString(c + pad)
		}
	}
	b.WriteString(strings.TrimRight(line.String(), " "))
	b.WriteByte('\n')
}

// Width is the number of terminal columns of a text. It does not depend on the environment, so that files are the same everywhere: characters of
// ambiguous width count one.
func Width(s string) int {
	narrow := runewidth.Condition{StrictEmojiNeutral: true}
	return narrow.StringWidth(s)
}

// oneLine replaces control characters, which would break the lines of a table, by spaces, and drops spaces at the end.
func oneLine(s string) string {
	return strings.TrimRight(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s), " ")
}

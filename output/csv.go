package output

import (
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
)

// bom tells Excel that a CSV file is UTF-8; without it Korean and Japanese names open as garbage.
const bom = "\uFEFF"

// column is one field of a row struct under its parquet name.
type column struct {
	name  string
	index []int // for reflect.Value.FieldByIndex
}

// columnsOf lists the columns of a row struct in order, embedded structs in place.
func columnsOf(t reflect.Type) []column {
	var list []column
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		if f.Anonymous || name == "" {
			continue
		}
		list = append(list, column{name: name, index: f.Index})
	}
	return list
}

// csvWriter writes rows of a struct as CSV: UTF-8 with BOM, CRLF, the parquet names as heading, an empty cell for null.
type csvWriter[T any] struct {
	w       *csv.Writer
	columns []column
	cells   []string
}

func newCSVWriter[T any](to io.Writer) (*csvWriter[T], error) {
	c := &csvWriter[T]{columns: columnsOf(reflect.TypeFor[T]())}
	if _, err := io.WriteString(to, bom); err != nil {
		return nil, err
	}
	c.w = csv.NewWriter(to)
	c.w.UseCRLF = true
	for _, col := range c.columns {
		c.cells = append(c.cells, col.name)
	}
	if err := c.w.Write(c.cells); err != nil {
		return nil, err
	}
	c.w.Flush()
	return c, c.w.Error()
}

// write appends rows and flushes.
func (c *csvWriter[T]) write(rows []T) error {
	for i := range rows {
		v := reflect.ValueOf(&rows[i]).Elem()
		for k, col := range c.columns {
			c.cells[k] = cell(v.FieldByIndex(col.index))
		}
		if err := c.w.Write(c.cells); err != nil {
			return err
		}
	}
	c.w.Flush()
	return c.w.Error()
}

// cell is the text of one value: shortest decimal that reads back to the same number, no thousands separator.
func cell(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		return cell(v.Elem())
	case reflect.String:
		return v.String()
	case reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	default:
		panic(fmt.Sprintf("output: column of kind %s", v.Kind()))
	}
}

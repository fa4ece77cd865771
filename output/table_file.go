package output

import (
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// tableFile writes one table as Parquet and, on request, as CSV.
//
// Note: one row group a year for the large tables keeps memory bounded by a year; the small ones are one group. The creator string is fixed: the
// library's own default is taken from the build and would make the bytes of a test and of a release differ.
type tableFile[T any] struct {
	rows    int64
	parquet *parquet.GenericWriter[T]
	binary  *digestFile
	csv     *csvWriter[T] // nil without CSV
	text    *digestFile
}

// newTableFile opens the files of a table through open.
func newTableFile[T any](name string, csv bool, open func(name string) (*digestFile, error)) (*tableFile[T], error) {
	binary, err := open(name + ".parquet")
	if err != nil {
		return nil, err
	}
	t := &tableFile[T]{binary: binary}
	t.parquet = parquet.NewGenericWriter[T](binary, parquet.Compression(&zstd.Codec{}), parquet.CreatedBy("gohyang", "1", "0"))
	if !csv {
		return t, nil
	}
	if t.text, err = open(name + ".csv"); err != nil {
		return nil, err
	}
	t.csv, err = newCSVWriter[T](t.text)
	return t, err
}

// write appends rows; endGroup closes the row group and so frees its memory.
func (t *tableFile[T]) write(rows []T, endGroup bool) error {
	if len(rows) == 0 {
		return nil
	}
	if _, err := t.parquet.Write(rows); err != nil {
		return err
	}
	t.rows += int64(len(rows))
	if endGroup {
		if err := t.parquet.Flush(); err != nil {
			return err
		}
	}
	if t.csv == nil {
		return nil
	}
	return t.csv.write(rows)
}

// finish completes the files of the table, in the order Parquet, CSV.
func (t *tableFile[T]) finish() ([]File, error) {
	if err := t.parquet.Close(); err != nil {
		return nil, err
	}
	file, err := t.binary.finish(t.rows)
	if err != nil || t.csv == nil {
		return []File{file}, err
	}
	text, err := t.text.finish(t.rows)
	return []File{file, text}, err
}

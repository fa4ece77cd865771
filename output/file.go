package output

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"os"
)

// sink is an open file being written; a test replaces it by one that fails.
type sink interface {
	io.WriteCloser
	Sync() error
}

// create opens a new file for writing.
func create(path string) (sink, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}

// digestFile counts and digests what is written to a file.
type digestFile struct {
	name string
	sink sink
	hash hash.Hash
	size int64
}

func newDigestFile(name string, s sink) *digestFile {
	return &digestFile{name: name, sink: s, hash: sha256.New()}
}

// Write implements io.Writer.
func (f *digestFile) Write(p []byte) (int, error) {
	n, err := f.sink.Write(p)
	f.hash.Write(p[:n])
	f.size += int64(n)
	return n, err
}

// finish flushes to the disk, closes and reports the file.
func (f *digestFile) finish(rows int64) (File, error) {
	if err := f.sink.Sync(); err != nil {
		f.sink.Close()
		return File{}, err
	}
	if err := f.sink.Close(); err != nil {
		return File{}, err
	}
	return File{Name: f.name, Rows: rows, Bytes: f.size, SHA256: hex.EncodeToString(f.hash.Sum(nil))}, nil
}

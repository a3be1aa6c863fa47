package nwb

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
)

// content returns a file that testdata/make.py has written.
func content(t testing.TB, name string) []byte {
	t.Helper()
	z, err := zip.OpenReader("testdata/files.zip")
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	file, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// made opens a file that testdata/make.py has written.
func made(t testing.TB, name string) *File {
	t.Helper()
	b := content(t, name)
	f, err := NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

package data

import (
	"bytes"
	"strings"
	"testing"
	"testing/iotest"
)

// Files that are something else are refused with a word on what to do.
func TestNotLevel5(t *testing.T) {
	text := func(s string) []byte { return append([]byte(s), bytes.Repeat([]byte(" "), 128)...) }
	level73 := text("MATLAB 7.3 MAT-file, Platform: GLNXA64")[:128]
	copy(level73[124:], []byte{0, 2, 'I', 'M'})
	future := text("MATLAB 9.0")[:128]
	copy(future[124:], []byte{0, 3, 'I', 'M'})
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"7.3":         {level73, "-v7"},
		"bare HDF5":   {text("\x89HDF\r\n\x1a\n"), "-v7"},
		"Octave":      {text("# Created by Octave 7.3.0"), "save -v7"},
		"web page":    {text("<!DOCTYPE html>"), "byte-order mark"},
		"short":       {[]byte("MATLAB 5.0"), "10 bytes"},
		"nothing":     {nil, "0 bytes"},
		"zeros":       {append([]byte("\x00\xff\xff\xff"), make([]byte, 200)...), "does not begin with text"},
		"newer level": {future, "unknown version"},
	} {
		if _, err := DecodeMat(bytes.NewReader(c.file)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q in it", name, err, c.want)
		}
	}
	for _, path := range []string{"testdata/octave/v4.mat", "testdata/matlab/testdouble_4.2c_SOL2.mat"} {
		if _, err := ReadMat(path); err == nil || !strings.Contains(err.Error(), "version 4") || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: error %v", path, err)
		}
	}
	if _, err := ReadMat("testdata/none.mat"); err == nil {
		t.Error("a file that is not there gave no error")
	}
}

// Trouble of the reader itself is passed on.
func TestReadError(t *testing.T) {
	for form, w := range forms() {
		r := iotest.TimeoutReader(iotest.OneByteReader(bytes.NewReader(sample(w))))
		if _, err := DecodeMat(r); err == nil {
			t.Errorf("%s: no error", form)
		}
	}
}

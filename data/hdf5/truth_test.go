package hdf5

import (
	"archive/zip"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// truth is what h5py reads from a file: see testdata/truth.py. Objects are told
// apart by their addresses.
type truth struct {
	File      string
	UserBlock int64
	Root      string
	Objects   map[string]*trueObject
}

type trueObject struct {
	Kind       string
	Attributes map[string]*trueValues
	Links      []trueLink
	trueValues
	Max, Chunks []int
	Layout      string
	Filters     []int
}

type trueLink struct {
	Name, Kind string
	To         *string
}

// trueValues are a dataset's or an attribute's; Dims is nil of a null space.
type trueValues struct {
	Type      *trueType
	Dims      *[]int
	Refuses   string // names what is not read
	MayRefuse bool   `json:"may_refuse"`
	Value     *trueValue
	Stored    string
}

type trueType struct {
	Class, Order   string
	Size           int
	Signed         bool
	Variable, UTF8 bool
	Members        []struct {
		Name   string
		Offset int
		Type   *trueType
	}
	Enum []struct {
		Name  string
		Value json.Number
	}
	Base      *trueType
	Dims      []int
	Precision int
	Tag       string
}

// trueValue holds elements in the member that suits their type.
type trueValue struct {
	I, U, F, B []byte
	S          []string
	M, L       []*trueValue
	A          *trueValue
	R          []*string
	Region     int
	Same       string
}

// latin turns characters that stand for one byte each into these.
func latin(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
	}
	return b.String()
}

func decodeTruth(t testing.TB, r io.Reader) *truth {
	t.Helper()
	var tr truth
	if err := json.NewDecoder(r).Decode(&tr); err != nil {
		t.Fatal(err)
	}
	for _, o := range tr.Objects {
		if o.Value != nil && o.Value.Same != "" {
			o.Value = tr.Objects[o.Value.Same].Value
		}
	}
	return &tr
}

// selection returns the files that are kept in testdata by name, and the entries
// that hold their truth.
func selection(t testing.TB) (files map[string][]byte, truths map[string][]byte) {
	t.Helper()
	z, err := zip.OpenReader("testdata/selection.zip")
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	files, truths = map[string][]byte{}, map[string][]byte{}
	for _, entry := range z.File {
		r, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if name, ok := strings.CutSuffix(entry.Name, ".json"); ok {
			truths[name] = content
		} else {
			files[entry.Name] = content
		}
	}
	return files, truths
}

// askH5py lets h5py say what is in files.
func askH5py(t *testing.T, python string, paths []string) (truths []*truth) {
	t.Helper()
	folder := t.TempDir()
	testkit.Run(t, python, append([]string{"testdata/truth.py", folder}, paths...)...)
	for _, path := range paths {
		f, err := os.Open(filepath.Join(folder, filepath.Base(path)+".json.gz"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		r, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		truths = append(truths, decodeTruth(t, r))
	}
	return truths
}

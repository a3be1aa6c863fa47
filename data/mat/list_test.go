package mat

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// The list of a file says of every variable what the variable itself says, and
// which ones cannot be read.
func TestListSaysWhatOpenReads(t *testing.T) {
	paths, err := filepath.Glob("testdata/*/*.mat")
	if err != nil || len(paths) < 20 {
		t.Fatalf("%d files, %v", len(paths), err)
	}
	for _, path := range paths {
		if filepath.Base(path) == "hostile73.mat" {
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		list, err := List(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		file, err := decodeFrom(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, info := range list {
			names = append(names, info.Name)
			a, err := file.Variable(info.Name)
			if err != nil {
				// What is wrong with values, a list does not see.
				if info.Err == nil && filepath.Base(path) != "damaged73.mat" {
					t.Errorf("%s: %v is listed, and reading says %v", path, info, err)
				}
				continue
			}
			// Octave marks sparse logical arrays as full ones, and version 4 has the
			// size of a sparse matrix among its values.
			sparse := info.Sparse == a.IsSparse() || a.Class() == Logical
			dims := slices.Equal(info.Dims, a.Dims()) || info.Dims == nil && a.IsSparse()
			if path == "testdata/h5py/v73.mat" && info.String() != a.String() && a.Class() != Struct {
				t.Errorf("%v is listed, it is %v", info, a)
			}
			if len(info.Fields) > 0 && !slices.Equal(info.Fields, a.Fields()) {
				t.Errorf("fields %q are listed of %v", info.Fields, a)
			}
			if info.Err != nil || info.Class != a.Class() || !dims || !sparse || info.Complex != a.IsComplex() {
				t.Errorf("%s: %v, %v is listed, it is %v", path, info, info.Err, a)
			}
		}
		if !slices.Equal(names, file.Names()) {
			t.Errorf("%s: %q, want %q", path, names, file.Names())
		}
	}
	if got, want := (Info{Name: "x", Class: Double, Dims: []int{3, 2}, Complex: true, Sparse: true}).String(), "x: 3x2 sparse complex double"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

package data

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	matfile "github.com/spikewalk/spikewalk/data/mat"
	"github.com/spikewalk/spikewalk/internal/testkit"
)

// What NumPy wrote is read as NumPy had it, packed or not.
func TestNumPyArrays(t *testing.T) {
	for _, path := range []string{"testdata/numpy/plain.npz", "testdata/numpy/packed.npz"} {
		file, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		get := func(name string) *matfile.Array {
			t.Helper()
			a, err := file.Variable(name)
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		for _, name := range []string{"matrix", "fortran"} {
			if m, err := get(name).Dense(); err != nil || !mat.Equal(m, mat.NewDense(2, 3, []float64{1, 2.5, -3, 4, 5, 6})) {
				t.Errorf("%s: %v, %v", name, m, err)
			}
		}
		cube := get("cube") // numbered in C order
		for i := range 24 {
			if v, err := cube.At(i/12, i/4%3, i%4); err != nil || v != float64(i) {
				t.Errorf("cube: %v, %v at element %d", v, err, i)
			}
		}
		for name, want := range map[string][]float64{
			"vector": {1.5, -2}, "number": {0.25}, "none": {}, "big_endian": {1, 3, 2, 4},
			"flag": {1, 0}, "i8": {-128, 127}, "f32": {1.5, -0.25}, "f16": {1.5}, "h0": {0, 1, 2}, "rnn.weight_hh_l0": {1, 3, 2, 4},
		} {
			if got, err := get(name).Float64s(); err != nil || !slices.Equal(got, want) {
				t.Errorf("%s: %v, %v, want %v", name, got, err, want)
			}
		}
		if got, err := get("u64").Float64s(); err != nil || got[1] != math.MaxUint64 {
			t.Errorf("u64: %v, %v", got, err)
		}
		if got, err := get("complexm").Complex128s(); err != nil || !slices.Equal(got, []complex128{1 + 2i, 3 - 4i}) {
			t.Errorf("complexm: %v, %v", got, err)
		}
		for name, want := range map[string]string{"text": "naïve Ĵ τ 𝒙", "bytes": "rates"} {
			if got, err := get(name).Text(); err != nil || got != want {
				t.Errorf("%s: %q, %v", name, got, err)
			}
		}
		if got, err := get("names").Texts(); err != nil || !slices.Equal(got, []string{"one", "three"}) {
			t.Errorf("names: %v, %v", got, err)
		}
		for name, want := range map[string]string{"objects": "Python objects", "records": "records of several fields"} {
			if _, err := file.Variable(name); err == nil || !strings.Contains(err.Error(), name+": it holds "+want) {
				t.Errorf("%s: error %v", name, err)
			}
		}
		if _, err := file.Variable("nope"); err == nil || !strings.Contains(err.Error(), "the file has matrix, fortran") {
			t.Errorf("a missing array: %v", err)
		}
	}
}

func TestReadTree(t *testing.T) {
	for path, want := range map[string][]string{
		"testdata/numpy/packed.npz": {
			"matrix: 2x3", "fortran: 2x3", "h0: 1x3", "vector: 2x1", "number: 1x1", "rnn.weight_hh_l0: 2x2",
			`bytes: "rates"`, `names{1}: "three"`, "cube: left out", "f16: 1x1", "objects: left out", "none: left out", "complexm: left out",
		},
		"testdata/numpy/cube.npy": {"array: left out"},
		"mat/testdata/scipy/packed.mat": {
			"session.emg: 3x2", "session.nested.deep{0}: 1x1", `session.animal: "B"`, "trial(2).start: 1x1",
			`trial(0).name: "a"`, "cells{0}: 1x1", "sp: 3x5", "cube: left out",
		},
		"mat/testdata/h5py/v73.mat": {
			"session.emg: 3x2", "session.nested.deep{0}: 1x1", `session.animal: "B"`, "trial(2).start: 1x1",
			`trial(0).name: "a"`, "cells{0}: 1x1", "sp: 3x5", "cube: left out", "tab: left out", "hollow{2}: 1x1",
		},
	} {
		tree, err := ReadTree(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range want {
			if !strings.Contains("\n"+tree.String(), "\n"+line) {
				t.Errorf("%s: no %q in\n%s", path, line, tree)
			}
		}
	}
	tree, err := ReadTree("testdata/numpy/plain.npz")
	if err != nil {
		t.Fatal(err)
	}
	if m := tree.Matrices["rnn.weight_hh_l0"]; !mat.Equal(m, mat.NewDense(2, 2, []float64{1, 2, 3, 4})) {
		t.Error(mat.Formatted(m))
	}
	if _, err := ReadTree("testdata/numpy/none.npz"); err == nil {
		t.Error("a file that is not there was read")
	}
}

// Headers that no NumPy writes are read as NumPy reads them, or refused as it
// refuses them.
func TestOddHeadersAreReadAsByNumPy(t *testing.T) {
	text, err := os.ReadFile("testdata/numpy/headers.json")
	if err != nil {
		t.Fatal(err)
	}
	var files []struct {
		Name, File, Refused string
		Shape               []int
		Values              []string
	}
	if err := json.Unmarshal(text, &files); err != nil {
		t.Fatal(err)
	}
	if len(files) < 60 {
		t.Fatalf("only %d files", len(files))
	}
	for _, f := range files {
		raw, err := hex.DecodeString(f.File)
		if err != nil {
			t.Fatal(err)
		}
		a, err := decodeNPY("array", raw)
		if f.Refused != "" || err != nil {
			if (f.Refused != "") != (err != nil) {
				t.Errorf("%s: error %v, NumPy's is %q", f.Name, err, f.Refused)
			}
			continue
		}
		for len(f.Shape) < 2 {
			f.Shape = append(f.Shape, 1)
		}
		got, err := a.Float64s()
		if err != nil || !slices.Equal(a.Dims(), f.Shape) || len(got) != len(f.Values) {
			t.Errorf("%s: %v of %v, error %v; NumPy has %v of %v", f.Name, got, a.Dims(), err, f.Values, f.Shape)
			continue
		}
		for i, v := range got {
			if want, err := strconv.ParseFloat(f.Values[i], 64); err != nil || v != want {
				t.Errorf("%s: %g at %d, NumPy has %s", f.Name, v, i, f.Values[i])
			}
		}
	}
}

// NumPy loads the first array of such a file without a word.
func TestSeveralArraysInOneFile(t *testing.T) {
	one := npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", make([]byte, 8))
	if _, err := decodeNPY("x", append(bytes.Clone(one), one...)); err == nil || !strings.Contains(err.Error(), "several arrays were saved into this one file") {
		t.Errorf("two arrays in a file: error %v", err)
	}
}

// No flipped bit of an archive loses or changes an array without a word.
func TestFlippedBitsOfAnArchive(t *testing.T) {
	for _, path := range []string{"testdata/numpy/plain.npz", "testdata/numpy/packed.npz"} {
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want, err := decodeNPZ(bytes.Clone(whole))
		if err != nil {
			t.Fatal(err)
		}
		refused := 0
		for bit := 0; bit < 8*len(whole); bit += 5 { // each byte, each of its bits somewhere
			whole[bit/8] ^= 1 << (bit % 8)
			if got, err := decodeNPZ(whole); err != nil {
				refused++
			} else if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: bit %d of byte %d changes what is read", path, bit%8, bit/8)
			}
			whole[bit/8] ^= 1 << (bit % 8)
		}
		if refused < len(whole) { // what is not are times and rights
			t.Errorf("%s: %d flipped bits of %d bytes were refused", path, refused, len(whole))
		}
	}
}

// npyFile is a .npy file with the given header.
func npyFile(header string, body []byte) []byte {
	b := []byte("\x93NUMPY\x01\x00")
	b = binary.LittleEndian.AppendUint16(b, uint16(len(header)+1))
	return append(append(b, header+"\n"...), body...)
}

func TestDamagedNumPyFilesAreRefused(t *testing.T) {
	dir := t.TempDir()
	const good = "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }"
	if _, err := decodeNPY("x", npyFile(good, make([]byte, 8))); err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string][]byte{
		"cut":          npyFile(good, make([]byte, 7)),
		"long":         npyFile(good, make([]byte, 9)),
		"no header":    npyFile("", nil),
		"empty dict":   npyFile("{}", nil),
		"huge":         npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4611686018427387904), }", make([]byte, 8)),
		"negative":     npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, -1), }", make([]byte, 8)),
		"no type":      npyFile("{'descr': '', 'fortran_order': False, 'shape': (1,), }", make([]byte, 8)),
		"huge text":    npyFile("{'descr': '<U4611686018427387904', 'fortran_order': False, 'shape': (1,), }", make([]byte, 8)),
		"lying length": {0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 0xff, 0xff, 0xff, 0xff, '{'},
		"magic only":   []byte("\x93NUMPY"),
	} {
		path := filepath.Join(dir, "x.npy")
		if err := os.WriteFile(path, raw, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadTree(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: error %v, want one that names the file", name, err)
		}
	}
	whole, err := os.ReadFile("testdata/numpy/packed.npz")
	if err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(whole)
	at := bytes.Index(flipped, []byte("matrix.npy")) + 60
	flipped[at] ^= 0xff
	for name, raw := range map[string][]byte{"cut": whole[:len(whole)/2], "flipped": flipped} {
		path := filepath.Join(dir, "x.npz")
		if err := os.WriteFile(path, raw, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadTree(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: error %v, want one that names the file", name, err)
		}
	}
}

// No bytes make the reader panic.
func FuzzNPY(f *testing.F) {
	f.Add(npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }", make([]byte, 8)))
	f.Add(npyFile("{'descr': '<U2', 'fortran_order': True, 'shape': (2,), }", make([]byte, 16)))
	f.Add(npyFile("{'descr': '<c8', 'fortran_order': False, 'shape': (), }", make([]byte, 8)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var a *matfile.Array
		var err error
		testkit.Bounded(t, "decoding", raw, func([]byte) ([]byte, error) {
			a, err = decodeNPY("x", raw)
			return nil, err
		})
		if err == nil {
			tree := newTree(int64(len(raw)))
			tree.add(a)
			_ = tree.String()
		}
	})
}

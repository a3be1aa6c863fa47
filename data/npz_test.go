package data

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// What NumPy wrote is read as NumPy had it, packed or not.
func TestNumPyArrays(t *testing.T) {
	for _, path := range []string{"testdata/numpy/plain.npz", "testdata/numpy/packed.npz"} {
		file, err := ReadNPZ(path)
		if err != nil {
			t.Fatal(err)
		}
		get := func(name string) *Array {
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
			"flag": {1, 0}, "i8": {-128, 127}, "f32": {1.5, -0.25}, "h0": {0, 1, 2}, "rnn.weight_hh_l0": {1, 3, 2, 4},
		} {
			if got, err := get(name).Float64s(); err != nil || !slices.Equal(got, want) {
				t.Errorf("%s: %v, %v, want %v", name, got, err, want)
			}
		}
		if got, err := get("u64").Uint64s(); err != nil || got[1] != math.MaxUint64 {
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
		for _, name := range []string{"f16", "objects", "records"} {
			if _, err := file.Variable(name); err == nil || !strings.Contains(err.Error(), name+": its element type") {
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
			`bytes: "rates"`, `names{1}: "three"`, "cube: left out", "f16: left out", "none: left out", "complexm: left out",
		},
		"testdata/numpy/cube.npy": {"array: left out"},
		"testdata/scipy/packed.mat": {
			"session.emg: 3x2", "session.nested.deep{0}: 1x1", `session.animal: "B"`, "trial(2).start: 1x1",
			`trial(0).name: "a"`, "cells{0}: 1x1", "sp: 3x5", "cube: left out",
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
		"odd order":    npyFile("{'shape': (1,), 'descr': '<f8', 'fortran_order': False, }", make([]byte, 8)),
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
		if a, err := decodeNPY("x", raw); err == nil {
			tree := newTree(int64(len(raw)))
			tree.add(a)
			_ = tree.String()
		}
	})
}

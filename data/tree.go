package data

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/sbinet/npyio/npy"
	"gonum.org/v1/gonum/mat"
)

// Tree is all that a file holds, each array under the way to it: net.J for
// field J of struct net, trial(2).emg for a field of element 2 of a struct
// array, cells{1} for a cell, rnn.weight_hh_l0 for an array of that name.
type Tree struct {
	// Matrices are the real numbers: matrices as they are, vectors as a column
	// or row as the file has them (NumPy's are columns), single numbers as
	// 1 × 1. Dimensions of length 1 of arrays of more than two are dropped.
	Matrices map[string]*mat.Dense
	// Texts are the char arrays of one row.
	Texts map[string]string
	// Left says of everything else why it is in neither.
	Left map[string]error
}

// ReadTree reads all of a .mat, .npz or .npy file; its first bytes tell which.
// Errors are those of [ReadMat], [ReadNPZ] and [ReadNPY].
func ReadTree(path string) (*Tree, error) {
	head, err := firstBytes(path, len(npy.Magic))
	if err != nil {
		return nil, err
	}
	t := &Tree{Matrices: make(map[string]*mat.Dense), Texts: make(map[string]string), Left: make(map[string]error)}
	switch {
	case bytes.HasPrefix(head, npy.Magic[:]):
		a, err := ReadNPY(path)
		if err != nil {
			return nil, err
		}
		t.add(a)
	case bytes.HasPrefix(head, []byte("PK")): // a zip archive
		f, err := ReadNPZ(path)
		if err != nil {
			return nil, err
		}
		t.addAll(f.variables)
	default:
		f, err := ReadMat(path)
		if err != nil {
			return nil, err
		}
		t.addAll(f.variables)
	}
	return t, nil
}

// String lists what there is, a line each.
func (t *Tree) String() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(t.Matrices)) {
		rows, cols := t.Matrices[name].Dims()
		fmt.Fprintf(&b, "%s: %dx%d\n", name, rows, cols)
	}
	for _, name := range slices.Sorted(maps.Keys(t.Texts)) {
		fmt.Fprintf(&b, "%s: %q\n", name, t.Texts[name])
	}
	for _, name := range slices.Sorted(maps.Keys(t.Left)) {
		fmt.Fprintf(&b, "%s: left out: %v\n", name, t.Left[name])
	}
	return b.String()
}

func (t *Tree) addAll(variables map[string]variable) {
	for name, v := range variables {
		if v.err != nil {
			t.Left[name] = v.err
			continue
		}
		t.add(v.array)
	}
}

// add enters an array, or what a struct or cell array holds.
func (t *Tree) add(a *Array) {
	switch a.class {
	case Struct, Cell:
		for i := range a.items {
			name := a.itemName(i)
			if item, err := a.child(i, name); err != nil {
				t.Left[name] = err
			} else {
				t.add(item)
			}
		}
	case Char:
		if text, err := a.Text(); err != nil {
			t.Left[a.name] = err
		} else {
			t.Texts[a.name] = text
		}
	default:
		if m, err := a.squeezed().Dense(); err != nil {
			t.Left[a.name] = err
		} else {
			t.Matrices[a.name] = m
		}
	}
}

// itemName is the name that [Array.Field] or [Array.Cell] gives item i.
func (a *Array) itemName(i int) string {
	if a.class == Cell {
		return fmt.Sprintf("%s{%d}", a.name, i)
	}
	return a.elementName(i/len(a.fields)) + "." + a.fields[i%len(a.fields)]
}

// squeezed is the array without the dimensions of length 1 beyond two.
func (a *Array) squeezed() *Array {
	s := *a
	s.dims = a.Dims()
	for d := 0; d < len(s.dims) && len(s.dims) > 2; {
		if s.dims[d] == 1 {
			s.dims = slices.Delete(s.dims, d, d+1)
		} else {
			d++
		}
	}
	return &s
}

// firstBytes returns the first n bytes of a file, or as many as it has.
func firstBytes(path string, n int) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, int64(n)))
}

package data

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/unpack"
)

// Tree is all that a file holds, each array under its path: net.J for field J of
// struct net, trial(2).emg for a field of element 2 of a struct array, cells{1}
// for a cell, rnn.weight_hh_l0 for an array of that name.
type Tree struct {
	// Matrices are the real numbers: matrices as they are, vectors as a column
	// or row as the file has them (NumPy's are columns), single numbers as
	// 1 × 1. Arrays of more than two dimensions lose those of length 1, and
	// integers beyond 2^53 are rounded ([Array.Int64s] keeps them).
	Matrices map[string]*mat.Dense
	// Texts are the char arrays of one row.
	Texts map[string]string
	// Left says why everything else is in neither, such as two arrays of the
	// same name.
	Left map[string]error
}

// ReadTree reads all that [Open] reads of a file. A file that holds nothing is an
// error.
//
// Cost: what the file holds and a float64 for each of its numbers. More than nine
// times the size of the file, and than four times that and 64 MB, which takes
// strong compression or sparse arrays, is an error that says how to allow it.
func ReadTree(path string) (*Tree, error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	t := newTree(f.size)
	if err := t.addAll(path, f.variables); err != nil {
		return nil, err
	}
	if len(t.Matrices)+len(t.Texts)+len(t.Left) == 0 {
		return nil, fmt.Errorf("%s: this is %s without a single array in it", path, f.kind.name)
	}
	return t.Tree, nil
}

// growingTree is a tree while a file is read into it.
type growingTree struct {
	*Tree
	memory memory
}

func newTree(fileSize int64) *growingTree {
	return &growingTree{
		Tree:   &Tree{Matrices: make(map[string]*mat.Dense), Texts: make(map[string]string), Left: make(map[string]error)},
		memory: memory{file: fileSize},
	}
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

// addAll enters all variables of a file, if there is room for them.
func (t *growingTree) addAll(path string, variables map[string]variable) error {
	for name, v := range variables {
		t.memory.held += entryBytes
		if v.err == nil {
			t.memory.held += v.array.treeBytes(len(name))
		}
	}
	// Whatever a file stores plainly may be read, eight bytes for each of its
	// own.
	if t.memory.held > 9*t.memory.file {
		if err := unpack.Check(t.memory.held, t.memory.file); err != nil {
			return fmt.Errorf("%s: as a tree, %w; Open reads single arrays", path, err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		if v := variables[name]; v.err != nil {
			t.leave(name, v.err)
		} else {
			t.add(v.array)
		}
	}
	return nil
}

// treeBytes is what an array takes as the file stores it and in a tree, under
// a name of the given length. Those of a sparse array are not among it.
func (a *Array) treeBytes(name int) int64 {
	n := int64(arrayBytes + entryBytes + 2*name + len(a.re.raw))
	if a.im != nil {
		n += int64(len(a.im.raw))
	}
	switch {
	case a.class == Char:
		n += 3 * int64(len(a.re.raw))
	case a.class.IsNumeric() && a.sparse == nil && !a.IsComplex() && len(a.squeezed().dims) == 2:
		n += 8 * int64(a.Len())
	}
	const index = 12 // characters of the place in an array
	for i, item := range a.items {
		if a.class == Struct {
			n += item.treeBytes(name + index + len(a.fields.names[i%a.fields.len()]))
		} else {
			n += item.treeBytes(name + index)
		}
	}
	return n
}

// add enters an array, or what a struct or cell array holds.
func (t *growingTree) add(a *Array) {
	switch a.class {
	case Struct, Cell:
		for i := range a.items {
			name := a.itemName(i)
			if item, err := a.child(i, name); err != nil {
				t.leave(name, err)
			} else {
				t.add(item)
			}
		}
	case Char:
		if text, err := a.Text(); err != nil {
			t.leave(a.name, err)
		} else if t.fresh(a.name) {
			t.Texts[a.name] = text
		}
	default:
		if m, err := t.dense(a.squeezed()); err != nil {
			t.leave(a.name, err)
		} else if t.fresh(a.name) {
			t.Matrices[a.name] = m
		}
	}
}

// dense is Dense, but for a sparse array for which there is no room.
func (t *growingTree) dense(a *Array) (*mat.Dense, error) {
	if a.sparse == nil || a.checkDense() != nil {
		return a.Dense()
	}
	n := 8 * int64(a.Len())
	if err := t.memory.take(n); err != nil {
		t.memory.held -= n
		return nil, fmt.Errorf("%s is sparse and %s: take its Triplets from Open, or make it dense: %w", a.name, dimsString(a.dims), err)
	}
	return a.Dense()
}

// leave notes why an array is not taken.
func (t *growingTree) leave(name string, why error) {
	if t.fresh(name) {
		t.Left[name] = why
	}
}

// fresh tells whether a name is not in the tree yet. If it is, neither array
// stays.
func (t *growingTree) fresh(name string) bool {
	_, matrix := t.Matrices[name]
	_, text := t.Texts[name]
	_, left := t.Left[name]
	if !matrix && !text && !left {
		return true
	}
	delete(t.Matrices, name)
	delete(t.Texts, name)
	t.Left[name] = fmt.Errorf("two arrays of the file are called %s: which is meant cannot be told", name)
	return false
}

// itemName is the name that [Array.Field] or [Array.Cell] gives item i.
func (a *Array) itemName(i int) string {
	if a.class == Cell {
		return fmt.Sprintf("%s{%d}", a.name, i)
	}
	return a.elementName(i/a.fields.len()) + "." + a.fields.names[i%a.fields.len()]
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

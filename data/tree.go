package data

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	matfile "github.com/spikewalk/spikewalk/data/mat"
	"github.com/spikewalk/spikewalk/internal/unpack"
)

// Tree is all that a file holds, each array under its path: net.J for field J of
// struct net, trial(2).emg for a field of element 2 of a struct array, cells{1}
// for a cell, rnn.weight_hh_l0 for an array of that name.
type Tree struct {
	// Matrices are the real numbers: matrices as they are, vectors as a column
	// or row as the file has them (NumPy's are columns), single numbers as
	// 1 × 1. Arrays of more than two dimensions lose those of length 1, and
	// integers beyond 2^53 are rounded ([matfile.Array.Int64s] keeps them).
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
	held, file int64 // bytes of memory, and of the file
}

func newTree(fileSize int64) *growingTree {
	return &growingTree{
		Tree: &Tree{Matrices: make(map[string]*mat.Dense), Texts: make(map[string]string), Left: make(map[string]error)},
		file: fileSize,
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
	variables = maps.Clone(variables)
	for name, v := range variables {
		t.held += entryBytes
		if v.load != nil {
			v.array, v.err = v.load()
			variables[name] = v
		}
		if v.err == nil {
			t.held += treeBytes(v.array, len(name))
		}
		if v.load != nil && t.held > 9*t.file {
			if err := unpack.Check(t.held, t.file); err != nil {
				return fmt.Errorf("%s: as a tree, %w; Open reads single arrays", path, err)
			}
		}
	}
	// Whatever a file stores plainly may be read, eight bytes for each of its
	// own.
	if t.held > 9*t.file {
		if err := unpack.Check(t.held, t.file); err != nil {
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

// entryBytes is what an entry of a tree takes beside its name.
const entryBytes = 256

// treeBytes is what an array takes as the file stores it and in a tree, under
// a name of the given length. Those of a sparse array are not among it.
func treeBytes(a *matfile.Array, name int) int64 {
	return a.Size() + leafBytes(a, name)
}

// leafBytes is what an array takes in a tree alone.
func leafBytes(a *matfile.Array, name int) int64 {
	n := int64(entryBytes + 2*name)
	switch {
	case a.Class() == matfile.Char:
		n += 3 * a.Size()
	case a.Class().IsNumeric() && !a.IsSparse() && !a.IsComplex() && len(a.Squeeze().Dims()) == 2:
		n += 8 * int64(a.Len())
	}
	eachItem(a, func(item string, child *matfile.Array, err error) {
		if err == nil {
			n += leafBytes(child, name+len(item)-len(a.Name()))
		}
	})
	return n
}

// eachItem calls take with every field of a struct array, element by element, or
// every cell of a cell array, under its full name.
func eachItem(a *matfile.Array, take func(name string, item *matfile.Array, err error)) {
	fields := a.Fields()
	switch {
	case a.Class() == matfile.Cell:
		for i := range a.Len() {
			item, err := a.Cell(i)
			take(fmt.Sprintf("%s{%d}", a.Name(), i), item, err)
		}
	case len(fields) > 0:
		for i := range a.Len() {
			element := a.Name()
			if a.Len() > 1 {
				element = fmt.Sprintf("%s(%d)", element, i)
			}
			for _, field := range fields {
				item, err := a.Field(field, i)
				take(element+"."+field, item, err)
			}
		}
	}
}

// add enters an array, or what a struct or cell array holds.
func (t *growingTree) add(a *matfile.Array) {
	switch a.Class() {
	case matfile.Struct, matfile.Cell:
		eachItem(a, func(name string, item *matfile.Array, err error) {
			if err != nil {
				t.leave(name, err)
			} else {
				t.add(item)
			}
		})
	case matfile.Char:
		if text, err := a.Text(); err != nil {
			t.leave(a.Name(), err)
		} else if t.fresh(a.Name()) {
			t.Texts[a.Name()] = text
		}
	default:
		if m, err := t.dense(a.Squeeze()); err != nil {
			t.leave(a.Name(), err)
		} else if t.fresh(a.Name()) {
			t.Matrices[a.Name()] = m
		}
	}
}

// dense is Dense, but for a sparse array for which there is no room.
func (t *growingTree) dense(a *matfile.Array) (*mat.Dense, error) {
	const most = 1 << 32 // elements, and more than Dense makes of a sparse array
	if !a.IsSparse() || int64(a.Len()) > most {
		return a.Dense()
	}
	n := 8 * int64(a.Len())
	if err := unpack.Check(t.held+n, t.file); err != nil {
		return nil, fmt.Errorf("%s is sparse and %s: take its Triplets from Open, or make it dense: %w", a.Name(), times(a.Dims()), err)
	}
	t.held += n
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

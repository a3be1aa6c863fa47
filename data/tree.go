package data

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/unpack"
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
	// Left says of everything else why it is in neither: also of two arrays
	// under one name, of which neither is taken.
	Left map[string]error
}

// ReadTree reads all of a .mat, .npz or .npy file; its content tells which.
// Errors are those of [ReadMat], [ReadNPZ] and [ReadNPY], and that the file
// holds nothing.
//
// Cost: what the file holds and a float64 for each of its numbers. More than
// nine times the size of the file, and than four times that and 64 MB, which
// takes strong compression or sparse arrays, is an error that says how to allow
// it.
func ReadTree(path string) (*Tree, error) {
	f, size, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	k, err := kindOf(f, size)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	t := newTree(size)
	switch k {
	case kindMat:
		err = t.readMat(path)
	case kindNPZ:
		err = t.readNPZ(path)
	case kindNPY:
		err = t.readNPY(path)
	default:
		err = fmt.Errorf("%s: %w", path, k.refusal())
	}
	if err != nil {
		return nil, err
	}
	if len(t.Matrices)+len(t.Texts)+len(t.Left) == 0 {
		return nil, fmt.Errorf("%s: this is %s without a single array in it", path, k.name)
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

func (t *growingTree) readMat(path string) error {
	f, err := ReadMat(path)
	if err != nil {
		return err
	}
	return t.addAll(path, f.variables)
}

func (t *growingTree) readNPZ(path string) error {
	f, err := ReadNPZ(path)
	if err != nil {
		return err
	}
	return t.addAll(path, f.variables)
}

func (t *growingTree) readNPY(path string) error {
	a, err := ReadNPY(path)
	if err != nil {
		return err
	}
	return t.addAll(path, map[string]variable{a.name: {array: a}})
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

func (t *growingTree) addAll(path string, variables map[string]variable) error {
	for name, v := range variables {
		if err := t.addVariable(name, v); err != nil {
			return fmt.Errorf("%s: %w; ReadMat and ReadNPZ read single arrays", path, err)
		}
	}
	return nil
}

func (t *growingTree) addVariable(name string, v variable) error {
	if v.err != nil {
		return t.leave(name, v.err)
	}
	return t.add(v.array)
}

// take counts what an entry takes. Whatever a file stores plainly may be
// read, eight bytes for each of its own.
func (t *growingTree) take(name string, n int64) error {
	t.memory.held += n + entryBytes + int64(2*len(name))
	if t.memory.held <= 9*t.memory.file {
		return nil
	}
	return unpack.Check(t.memory.held, t.memory.file)
}

// add enters an array, or what a struct or cell array holds. A sparse array
// that is too large to be made dense does not fail the file.
func (t *growingTree) add(a *Array) error {
	n := a.treeBytes()
	if err := t.take(a.name, n); err != nil && a.sparse != nil {
		t.memory.held -= n
		return t.leave(a.name, fmt.Errorf("%s is sparse and %s: take its Triplets from ReadMat, or make it dense: %w", a.name, dimsString(a.dims), err))
	} else if err != nil {
		return err
	}
	switch a.class {
	case Struct, Cell:
		return t.addItems(a)
	case Char:
		text, err := a.Text()
		if err != nil {
			return t.leave(a.name, err)
		}
		if t.fresh(a.name) {
			t.Texts[a.name] = text
		}
	default:
		m, err := a.squeezed().Dense()
		if err != nil {
			return t.leave(a.name, err)
		}
		if t.fresh(a.name) {
			t.Matrices[a.name] = m
		}
	}
	return nil
}

func (t *growingTree) addItems(a *Array) error {
	for i := range a.items {
		name := a.itemName(i)
		item, err := a.child(i, name)
		if err != nil {
			err = t.leave(name, err)
		} else {
			err = t.add(item)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// leave notes why an array is not taken.
func (t *growingTree) leave(name string, why error) error {
	if t.fresh(name) {
		t.Left[name] = why
	}
	return t.take(name, 0)
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

// treeBytes is what an array takes as the file stores it and in a tree.
func (a *Array) treeBytes() int64 {
	stored := int64(len(a.re.raw) + len(a.im.raw))
	switch {
	case a.class == Char:
		return 4 * stored
	case a.class.IsNumeric() && !a.IsComplex() && len(a.squeezed().dims) == 2 && a.checkDense() == nil:
		return stored + 8*int64(a.Len())
	}
	return stored
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

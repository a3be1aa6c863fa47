package mat

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/data/hdf5"
)

// A MAT-file of version 7.3 is an HDF5 file behind 512 bytes of MATLAB's. The
// attributes of an object say what it is (MATLAB_class and others, which MathWorks
// does not document); the axes are reversed, so that the elements stand in MATLAB's order.
// Cells and the fields of struct arrays are references to objects in /#refs#.
type decoder73 struct {
	file   *hdf5.File
	memory *memory
	full   error // of the memory: no other variable will have room
	// empties are references to what is empty, of which MATLAB has one for all.
	empties map[hdf5.Reference]bool
	within  map[hdf5.Reference]bool // what is being read contains the rest
}

// decode73 reads the file of version 7.3 in the size bytes of r, of its variables
// those asked for.
func decode73(r io.ReaderAt, size int64, names []string) (*File, error) {
	h, err := hdf5.NewReader(r, size)
	if err != nil {
		return nil, err
	}
	head := make([]byte, headerSize)
	if _, err := r.ReadAt(head, 0); err != nil {
		return nil, err
	}
	f := &File{Description: strings.TrimRight(string(head[:116]), " \x00"), only: names, variables: map[string]variable{}}
	d := &decoder73{file: h, memory: &memory{file: size}, empties: map[hdf5.Reference]bool{}, within: map[hdf5.Reference]bool{}}
	all, err := h.Root().Names()
	if err != nil {
		return nil, err
	}
	for _, name := range all {
		if strings.HasPrefix(name, "#") { // what variables refer to
			continue
		}
		v := namedVariable{name: name}
		if v.skipped = len(names) > 0 && !slices.Contains(names, name); !v.skipped {
			v.array, v.err = d.variable(name)
		} else if slices.Contains(names, listOnly) {
			v.info, v.err = d.info(name)
		}
		if d.full != nil {
			return f, fmt.Errorf("%s: %w", name, d.full)
		}
		f.add(v)
		if err := d.memory.take(entryBytes); err != nil {
			return f, err
		}
	}
	return f, nil
}

// take counts memory before it is taken.
func (d *decoder73) take(n int64) error {
	err := d.memory.take(n)
	if err != nil {
		d.full = err
	}
	return err
}

func (d *decoder73) variable(name string) (*Array, error) {
	o, err := d.file.Root().Open(name)
	if err != nil {
		return nil, err
	}
	a, err := d.array(o, name, 0)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return a.readable()
}

// array73Bytes is what reading an object takes, with what is left to the garbage
// collector; in a file it takes more.
const array73Bytes = 512

// array reads an object that lies depth cells and structs deep.
func (d *decoder73) array(o hdf5.Object, name string, depth int) (*Array, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("cells and structs nested more than %d deep", maxDepth)
	}
	if err := d.take(array73Bytes); err != nil {
		return nil, err
	}
	class, err := hdf5.Text(o, "MATLAB_class")
	if err != nil {
		return nil, err
	}
	a := &Array{name: name, class: Class(class)}
	if refused, err := refusedClass(o, class); err != nil {
		return nil, err
	} else if refused != nil {
		refused.Name = name
		a.class, a.refused = refused.Class, refused
		return a, nil
	}
	switch o := o.(type) {
	case *hdf5.Group:
		return a, d.group(a, o, depth)
	case *hdf5.Dataset:
		return a, d.dataset(a, o, depth)
	}
	return nil, fmt.Errorf("%s is a type, not values", o.Path())
}

// refusedClass tells whether an object is of a class that is not read. The kind of
// its decoding says so: 1 for function handles, 2 for objects written before R2008a, 3
// for all other objects.
func refusedClass(o hdf5.Object, class string) (*unsupportedClassError, error) {
	decode, found, err := hdf5.Number(o, "MATLAB_object_decode")
	switch {
	case err != nil:
		return nil, err
	case class == "":
		return nil, fmt.Errorf("%s has no attribute MATLAB_class: another program put it there, and hdf5.Open reads it", o.Path())
	case class == string(FunctionHandle) || found && decode == 1:
		return &unsupportedClassError{Class: FunctionHandle}, nil
	case found && decode == 2:
		return &unsupportedClassError{Class: Object, Type: class}, nil
	case found && decode != 0, !known73(class):
		return &unsupportedClassError{Class: Opaque, Type: class}, nil
	}
	return nil, nil
}

// canonicalEmpty is the class of the one object that stands for all empty cells.
const canonicalEmpty = "canonical empty"

func known73(class string) bool {
	switch c := Class(class); c {
	case Char, Cell, Struct, canonicalEmpty:
		return true
	default:
		return c.IsNumeric()
	}
}

// group reads a sparse matrix, a struct or a struct array.
func (d *decoder73) group(a *Array, g *hdf5.Group, depth int) error {
	rows, isSparse, err := hdf5.Number(g, "MATLAB_sparse")
	switch {
	case err != nil:
		return err
	case isSparse:
		return d.sparse(a, g, rows)
	case a.class == Struct:
		return d.structs(a, g, depth)
	}
	return fmt.Errorf("damaged: %s is a group, and its class is %s", g.Path(), a.class)
}

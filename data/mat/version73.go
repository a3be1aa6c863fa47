package mat

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/data/hdf5"
)

// A MAT-file of version 7.3 is an HDF5 file behind 512 bytes of MATLAB's. What an
// object is, its attributes say (MATLAB_class and others, which MathWorks does not
// document); the axes are reversed, so that the elements stand in MATLAB's order.
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

// array reads an object that lies depth cells and structs deep.
func (d *decoder73) array(o hdf5.Object, name string, depth int) (*Array, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("cells and structs nested more than %d deep", maxDepth)
	}
	if err := d.take(arrayBytes); err != nil {
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
// its decoding says so: 1 for function handles, 2 for objects of before R2008a, 3
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

// dataset reads numbers, characters, cells and what is empty.
func (d *decoder73) dataset(a *Array, s *hdf5.Dataset, depth int) error {
	empty, _, err := hdf5.Number(s, "MATLAB_empty")
	if err != nil {
		return err
	}
	if a.class == canonicalEmpty {
		a.class = Double
	}
	if empty != 0 {
		return d.empty(a, s)
	}
	v := s.Values()
	if a.dims, err = reversed(v.Dims()); err != nil {
		return fmt.Errorf("%s: %w", s.Path(), err)
	}
	switch {
	case v.IsNull():
		return fmt.Errorf("damaged: %s has no values, and is not said to be empty", s.Path())
	case a.class == Char:
		return d.char(a, v)
	case a.class == Cell:
		a.items, err = d.references(s, depth)
		return err
	case a.class == Struct:
		return fmt.Errorf("damaged: %s is a dataset, and its class is struct", s.Path())
	}
	return d.numbers(a, v)
}

// reversed are MATLAB's dimensions, two or more, for those of HDF5.
func reversed(dims []int) ([]int, error) {
	slices.Reverse(dims)
	for len(dims) < 2 {
		dims = append(dims, 1)
	}
	if _, ok := product(dims); !ok || len(dims) > maxDims {
		return nil, fmt.Errorf("damaged: dimensions %s are more than any file holds", dimsString(dims))
	}
	return dims, nil
}

// empty reads an array without elements, whose values are its dimensions.
func (d *decoder73) empty(a *Array, s *hdf5.Dataset) error {
	v := s.Values()
	if n := v.Len(); n < 2 || n > maxDims {
		return fmt.Errorf("damaged: %s has %d dimensions", s.Path(), n)
	}
	lengths, err := v.Int64s()
	if err != nil {
		return err
	}
	a.dims = make([]int, len(lengths))
	for i, length := range lengths {
		if length < 0 || length > math.MaxInt32 {
			return fmt.Errorf("damaged: dimension %d of %s has length %d", i, s.Path(), length)
		}
		a.dims[i] = int(length)
	}
	elements, ok := product(a.dims)
	if a.class == Struct {
		names, err := fieldNames(s)
		if err != nil {
			return err
		}
		a.fields = newFields(names)
		if len(names) == 0 && ok {
			return nil
		}
	}
	if elements != 0 || !ok {
		return fmt.Errorf("damaged: %s is said to be empty, and to be %s", s.Path(), dimsString(a.dims))
	}
	a.re = part{kind: miUint8}
	if kind, ok := storage[a.class]; ok {
		a.re.kind = kind
	}
	return nil
}

// numbers reads the values of a numeric or logical array.
func (d *decoder73) numbers(a *Array, v *hdf5.Values) (err error) {
	if v.Type().Class == hdf5.Compound {
		return d.complex(a, v)
	}
	if a.re, err = d.part(v); err != nil {
		return err
	}
	return a.re.fit(a.class)
}

// complex reads values of two members, real and imag.
func (d *decoder73) complex(a *Array, v *hdf5.Values) error {
	members := v.Type().Members
	if a.class == Logical || len(members) != 2 || members[0].Name != "real" || members[1].Name != "imag" {
		return fmt.Errorf("damaged: numbers of class %s stored as %s", a.class, v.Type())
	}
	a.im = new(part)
	for i, to := range []*part{&a.re, a.im} {
		field, err := v.Field(members[i].Name)
		if err != nil {
			return err
		}
		if *to, err = d.part(field); err != nil {
			return err
		}
		if err := to.fit(a.class); err != nil {
			return err
		}
	}
	return nil
}

// part reads numbers as they are stored.
func (d *decoder73) part(v *hdf5.Values) (part, error) {
	t := v.Type()
	for t.Class == hdf5.Enum && t.Base != nil {
		t = t.Base
	}
	kind := kind73(t)
	if kind == 0 {
		return part{}, fmt.Errorf("damaged: numbers stored as %s", v.Type())
	}
	if v.Len() > math.MaxInt64/16 {
		return part{}, fmt.Errorf("damaged: %d values", v.Len())
	}
	if err := d.take(int64(v.Len()) * int64(t.Size)); err != nil {
		return part{}, err
	}
	raw, err := v.Bytes()
	if err != nil {
		return part{}, err
	}
	return part{kind: kind, order: orderOf(t), raw: raw}, nil
}

// char reads characters: in 16 bits, MATLAB's, they are UTF-16.
func (d *decoder73) char(a *Array, v *hdf5.Values) (err error) {
	if a.re, err = d.part(v); err != nil {
		return err
	}
	switch a.re.kind {
	case miInt16, miUint16:
		a.re.kind = miUTF16
	case miSingle, miDouble:
		return fmt.Errorf("damaged: characters stored as %s", v.Type())
	}
	return nil
}

// references reads what the references in a dataset point to.
func (d *decoder73) references(s *hdf5.Dataset, depth int) ([]*Array, error) {
	v := s.Values()
	if v.Type().Class != hdf5.Pointer {
		return nil, fmt.Errorf("damaged: %s holds %s where references belong", s.Path(), v.Type())
	}
	if err := d.take(16 * int64(v.Len())); err != nil {
		return nil, err
	}
	refs, err := v.References()
	if err != nil {
		return nil, err
	}
	items := make([]*Array, len(refs))
	for i, ref := range refs {
		if items[i], err = d.deref(ref, depth); err != nil {
			return nil, err
		}
	}
	return items, nil
}

func (d *decoder73) deref(ref hdf5.Reference, depth int) (*Array, error) {
	if ref.IsNull() || d.empties[ref] {
		return emptyArray, nil
	}
	if d.within[ref] {
		return nil, errors.New("damaged: a cell or struct that contains itself")
	}
	d.within[ref] = true
	defer delete(d.within, ref)
	o, err := d.file.Deref(ref)
	if err != nil {
		return nil, err
	}
	a, err := d.array(o, "", depth+1)
	if err == nil && a.class == Double && slices.Equal(a.dims, emptyArray.dims) {
		d.empties[ref] = true
		return emptyArray, nil
	}
	return a, err
}

// structs reads a struct, whose fields are objects of their own, or a struct array,
// whose fields are datasets of references without a class.
func (d *decoder73) structs(a *Array, g *hdf5.Group, depth int) error {
	names, err := structFields(g)
	if err != nil {
		return err
	}
	a.fields, a.dims = newFields(names), []int{1, 1}
	columns := make([][]*Array, len(names))
	elements := 1
	for i, name := range names {
		field, err := g.Open(name)
		if err != nil {
			return err
		}
		s, isArray := field.(*hdf5.Dataset)
		if isArray {
			class, err := hdf5.Text(s, "MATLAB_class")
			if err != nil {
				return err
			}
			isArray = class == "" && s.Type().Class == hdf5.Pointer
		}
		dims := []int{1, 1}
		if !isArray {
			one, err := d.array(field, "", depth+1)
			if err != nil {
				return err
			}
			columns[i] = []*Array{one}
		} else if dims, err = reversed(s.Dims()); err != nil {
			return fmt.Errorf("%s: %w", s.Path(), err)
		} else if columns[i], err = d.references(s, depth); err != nil {
			return err
		}
		if i > 0 && !slices.Equal(dims, a.dims) {
			return fmt.Errorf("damaged: field %s of %s is %s, field %s is %s", names[0], g.Path(), dimsString(a.dims), name, dimsString(dims))
		}
		a.dims, elements = dims, len(columns[i])
	}
	a.items = make([]*Array, 0, elements*len(names))
	for e := range elements {
		for _, column := range columns {
			a.items = append(a.items, column[e])
		}
	}
	return nil
}

// structFields are the names of a struct's fields, in the order that MATLAB_fields
// says, or else in the group's. One that is not in that list is not left out.
func structFields(g *hdf5.Group) ([]string, error) {
	there, err := g.Names()
	if err != nil {
		return nil, err
	}
	names, err := fieldNames(g)
	if err != nil {
		return nil, err
	}
	listed := make(map[string]bool, len(names))
	for _, name := range names {
		listed[name] = true
	}
	for _, name := range there {
		if !listed[name] {
			names = append(names, name)
		}
	}
	return names, nil
}

// fieldNames reads the attribute MATLAB_fields: a list of characters for each name.
func fieldNames(o hdf5.Object) ([]string, error) {
	attribute, err := o.Attribute("MATLAB_fields")
	if err != nil || attribute == nil {
		return nil, err
	}
	v := attribute.Values()
	if v.Type().Class == hdf5.String {
		return v.Strings()
	}
	lists, err := v.Lists()
	if err != nil {
		return nil, err
	}
	names := make([]string, len(lists))
	for i, list := range lists {
		letters, err := list.Strings()
		if err != nil {
			return nil, err
		}
		names[i] = strings.Join(letters, "")
	}
	return names, nil
}

// sparse reads column starts jc, and, where there is an entry, row indices ir and
// values data. The attribute MATLAB_sparse has the number of rows.
func (d *decoder73) sparse(a *Array, g *hdf5.Group, rows float64) error {
	if !a.class.IsNumeric() || rows < 0 || rows > math.MaxInt32 || rows != math.Trunc(rows) {
		return fmt.Errorf("damaged: %s is a sparse matrix of class %s with %g rows", g.Path(), a.class, rows)
	}
	s := &sparse{row: part{kind: miUint64}}
	a.sparse, a.re = s, part{kind: miDouble}
	for _, one := range []struct {
		name string
		to   *part
		must bool
	}{{"jc", &s.start, true}, {"ir", &s.row, false}} {
		if err := d.places(g, one.name, one.to, one.must); err != nil {
			return err
		}
	}
	if s.start.len() == 0 {
		return fmt.Errorf("damaged: jc of %s is empty", g.Path())
	}
	a.dims = []int{int(rows), s.start.len() - 1}
	if _, ok := product(a.dims); !ok {
		return fmt.Errorf("damaged: dimensions %s are more than any file holds", dimsString(a.dims))
	}
	if err := s.check(a.dims[0], a.dims[1]); err != nil {
		return fmt.Errorf("%s: %w", g.Path(), err)
	}
	has, err := g.Has("data")
	if err != nil {
		return err
	}
	if has {
		values, err := g.Dataset("data")
		if err != nil {
			return err
		}
		if err := d.numbers(a, values.Values()); err != nil {
			return err
		}
		s.complex = a.im != nil
	}
	if a.re.len() < s.entries || a.im != nil && a.im.len() < s.entries {
		return fmt.Errorf("damaged: %s has %d values for %d entries", g.Path(), a.re.len(), s.entries)
	}
	return nil
}

// places reads the indices of a sparse matrix.
func (d *decoder73) places(g *hdf5.Group, name string, to *part, must bool) error {
	has, err := g.Has(name)
	if err != nil || !has && !must {
		return err
	}
	s, err := g.Dataset(name)
	if err != nil {
		return err
	}
	if *to, err = d.part(s.Values()); err == nil && !to.integers() {
		err = errors.New("damaged: indices that are no integers")
	}
	return err
}

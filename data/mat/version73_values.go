package mat

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/data/hdf5"
	"github.com/spikewalk/spikewalk/data/internal/order"
)

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
	if _, ok := order.Elements(dims); !ok || len(dims) > maxDims {
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
	elements, ok := order.Elements(a.dims)
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
	if int64(v.Len()) > math.MaxInt64/16 {
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

// kind73 is the storage that HDF5's type is, 0 if it is none that MATLAB has.
func kind73(t *hdf5.Type) matType {
	if t.Class == hdf5.Float {
		return map[int]matType{4: miSingle, 8: miDouble}[t.Size]
	}
	if t.Class != hdf5.Integer {
		return 0
	}
	if t.Signed {
		return map[int]matType{1: miInt8, 2: miInt16, 4: miInt32, 8: miInt64}[t.Size]
	}
	return map[int]matType{1: miUint8, 2: miUint16, 4: miUint32, 8: miUint64}[t.Size]
}

func orderOf(t *hdf5.Type) binary.ByteOrder {
	if t.BigEndian {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

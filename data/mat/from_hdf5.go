package mat

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/data/hdf5"
	"github.com/spikewalk/spikewalk/data/internal/order"
)

// FromHDF5 returns a dataset of any HDF5 file, MATLAB's or not, as the array that
// MATLAB would have for it: numbers as they are, floats of two bytes as single,
// booleans as a logical array, compounds of a real and an imaginary part as complex
// numbers, one text as a char array and several as cells. The dimensions are those
// that HDF5 has, which MATLAB's own files have reversed; a vector is a column, a
// single value 1x1. Other types (compounds, references, lists) are errors that name
// the type: package hdf5 reads them.
//
// Cost: all of the dataset is read, and put into another order if it has two
// dimensions or more.
func FromHDF5(name string, d *hdf5.Dataset) (*Array, error) {
	if d == nil || d.Type() == nil {
		return nil, fmt.Errorf("%s: no dataset: hdf5.Open and Dataset give one", name)
	}
	v := d.Values()
	dims := v.Dims()
	if v.IsNull() {
		dims = []int{0}
	}
	a, err := fromHDF5(name, v, dims)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return a, nil
}

func fromHDF5(name string, v *hdf5.Values, shape []int) (*Array, error) {
	dims := append([]int(nil), shape...)
	for len(dims) < 2 {
		dims = append(dims, 1)
	}
	t := v.Type()
	switch {
	case t.Class == hdf5.String:
		return textsFromHDF5(name, v, dims)
	case t.Class == hdf5.Compound:
		return complexFromHDF5(name, v, shape, dims)
	case t.Class == hdf5.Float && t.Size == 2:
		halves, err := v.Float64s()
		if err != nil {
			return nil, err
		}
		raw := make([]byte, 0, 4*len(halves))
		for _, x := range halves {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(float32(x)))
		}
		return NewNumbers(name, Single, dims, binary.LittleEndian, order.FirstFastest(raw, shape, 4), nil)
	}
	class, raw, t, err := numbersFromHDF5(v, shape)
	if err != nil {
		return nil, err
	}
	return NewNumbers(name, class, dims, orderOf(t), raw, nil)
}

// numbersFromHDF5 reads numbers in MATLAB's order, and what they are.
func numbersFromHDF5(v *hdf5.Values, shape []int) (Class, []byte, *hdf5.Type, error) {
	t := v.Type()
	truth := t.IsBool()
	if t.Class == hdf5.Enum && t.Base != nil {
		t = t.Base
	}
	kind := kind73(t)
	if kind == 0 {
		return "", nil, nil, fmt.Errorf("it holds %s, which is no array of MATLAB's: hdf5.Open reads it", v.Type())
	}
	raw, err := v.Bytes()
	if err != nil {
		return "", nil, nil, err
	}
	raw = order.FirstFastest(raw, shape, t.Size)
	if truth && t.Size == 1 {
		return Logical, raw, t, nil
	}
	for class, own := range storage {
		if own == kind && class != Logical {
			return class, raw, t, nil
		}
	}
	return "", nil, nil, fmt.Errorf("it holds %s", v.Type())
}

// complexFromHDF5 reads compounds of a real and an imaginary part, which h5py calls
// r and i, MATLAB real and imag.
func complexFromHDF5(name string, v *hdf5.Values, shape, dims []int) (*Array, error) {
	t := v.Type()
	for _, names := range [][2]string{{"r", "i"}, {"real", "imag"}} {
		if len(t.Members) != 2 || t.Members[0].Name != names[0] || t.Members[1].Name != names[1] || t.Members[0].Type.Class != hdf5.Float {
			continue
		}
		var parts [2][]byte
		var class [2]Class
		for i, member := range names {
			field, err := v.Field(member)
			if err != nil {
				return nil, err
			}
			if class[i], parts[i], t, err = numbersFromHDF5(field, shape); err != nil {
				return nil, err
			}
		}
		if class[0] != class[1] {
			break
		}
		return NewNumbers(name, class[0], dims, orderOf(t), parts[0], parts[1])
	}
	return nil, fmt.Errorf("it holds %s, which is no array of MATLAB's: hdf5.Open reads it, member by member", v.Type())
}

// textsFromHDF5 reads one text, or several as cells.
func textsFromHDF5(name string, v *hdf5.Values, dims []int) (*Array, error) {
	texts, err := v.Strings()
	if err != nil {
		return nil, err
	}
	if len(texts) == 1 {
		return NewText(name, texts[0]), nil
	}
	n, ok := order.Elements(dims)
	if !ok || n != len(texts) {
		return nil, fmt.Errorf("%d texts for %s", len(texts), dimsString(dims))
	}
	items := make([]*Array, n)
	index := make([]int, len(dims))
	for _, text := range texts {
		at, stride := 0, 1
		for d := range dims {
			at += index[d] * stride
			stride *= dims[d]
		}
		items[at] = NewText(fmt.Sprintf("%s{%d}", name, at), text)
		for d := len(dims) - 1; d >= 0; d-- {
			if index[d]++; index[d] < dims[d] {
				break
			}
			index[d] = 0
		}
	}
	return NewCells(name, dims, items)
}

package hdf5

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
)

// Complex128s returns complex numbers: compounds of two numbers called r and i,
// re and im, or real and imag.
func (v *Values) Complex128s() ([]complex128, error) {
	t := v.Type()
	if t.Class != Compound || len(t.Members) != 2 || !isComplex(t.Members[0].Name, t.Members[1].Name) {
		return nil, v.refuse("complex numbers", advice(t))
	}
	re, im := t.Members[0].Type.floats(), t.Members[1].Type.floats()
	if re == nil || im == nil {
		return nil, v.refuse("complex numbers", "its members are no numbers that are read")
	}
	return collect(v, 16, false, func(dst []complex128, src []byte, stride int) error {
		var a, b [1]float64
		for i := range dst {
			re(a[:], src[i*stride+t.Members[0].Offset:], stride)
			im(b[:], src[i*stride+t.Members[1].Offset:], stride)
			dst[i] = complex(a[0], b[0])
		}
		return nil
	})
}

func isComplex(a, b string) bool {
	names := [2]string{strings.ToLower(a), strings.ToLower(b)}
	return slices.Contains([][2]string{{"r", "i"}, {"re", "im"}, {"real", "imag"}}, names)
}

// Bools returns booleans: enums of FALSE and TRUE, as h5py stores them, and
// integers or bitfields that are 0 or 1.
func (v *Values) Bools() ([]bool, error) {
	t := v.Type()
	if t.trouble != "" || t.Class != Integer && t.Class != Bitfield && !t.IsBool() {
		return nil, v.refuse("booleans", advice(t))
	}
	return collect(v, 1, false, func(dst []bool, src []byte, stride int) error {
		for i := range dst {
			u := t.load(src[i*stride:])
			if u > 1 {
				return fmt.Errorf("the value %d is no truth: 0 or 1", int64(u))
			}
			dst[i] = u == 1
		}
		return nil
	})
}

// References returns references to objects, which File.Deref opens.
func (v *Values) References() ([]Reference, error) {
	if v.Type().Class != Pointer || v.Type().trouble != "" {
		return nil, v.refuse("references", advice(v.Type()))
	}
	return collect(v, 8, false, func(dst []Reference, src []byte, stride int) error {
		for i := range dst {
			c := v.file.over(src[i*stride:], 0, "reference")
			dst[i] = Reference{c.address()}
		}
		return nil
	})
}

// Bytes returns the values as they are stored, Type().Size bytes each: of lists
// and strings of variable length that is where they are.
func (v *Values) Bytes() ([]byte, error) {
	if v.n == 0 {
		return []byte{}, nil
	}
	size := v.Type().Size
	raw := *v
	// A value is then an array of bytes, so that its elements are what is collected.
	raw.levels = append(slices.Clone(v.levels), level{size, 1})
	raw.inner *= size
	raw.typ = &Type{Class: Opaque, Size: 1}
	if raw.n > math.MaxInt/size {
		return nil, fmt.Errorf("%s: %d values of %d bytes: read them in parts, with Rows or Slab", v.path, v.n, size)
	}
	raw.n *= size
	return collect(&raw, 1, true, func(dst, src []byte, stride int) error {
		for i := range dst {
			dst[i] = src[i*stride]
		}
		return nil
	})
}

// Strings returns texts: of fixed length without their padding, of variable
// length, and the names of enums. They are as in the file, UTF-8 or not.
func (v *Values) Strings() ([]string, error) {
	switch t := v.Type(); {
	case t.trouble != "":
	case t.Class == String && t.Variable:
		return v.variableStrings()
	case t.Class == String:
		return collect(v, 16+t.Size, false, func(dst []string, src []byte, stride int) error {
			for i := range dst {
				dst[i] = string(t.unpad(src[i*stride : i*stride+t.Size]))
			}
			return nil
		})
	case t.Class == Enum:
		return v.enumNames()
	}
	return nil, v.refuse("texts", advice(v.Type()))
}

func (t *Type) unpad(b []byte) []byte {
	switch t.padding {
	case padTerminated:
		b, _, _ = bytes.Cut(b, []byte{0})
		return b
	case padSpace:
		return bytes.TrimRight(b, " ")
	}
	return bytes.TrimRight(b, "\x00")
}

func (v *Values) enumNames() ([]string, error) {
	t := v.Type()
	names := map[int64]string{}
	for _, e := range t.Enum {
		names[e.Value] = e.Name
	}
	return collect(v, 16, false, func(dst []string, src []byte, stride int) error {
		for i := range dst {
			u := int64(t.load(src[i*stride:]))
			name, ok := names[u]
			if !ok {
				return fmt.Errorf("the value %d has no name in the enum", u)
			}
			dst[i] = name
		}
		return nil
	})
}

// variableStrings reads texts from the global heap; elements that share an
// object of it share the text.
func (v *Values) variableStrings() ([]string, error) {
	heaps := v.file.globalHeaps()
	var mu sync.Mutex
	known := map[heapID]string{}
	budget := allowance{file: v.file.src.size}
	return collect(v, 16, false, func(dst []string, src []byte, stride int) error {
		for i := range dst {
			id := v.file.heapID(src[i*stride:])
			b, err := heaps.contents(id, 1)
			if err != nil {
				return err
			}
			b, _, _ = bytes.Cut(b, []byte{0})
			if len(b) == 0 {
				continue
			}
			mu.Lock()
			text, ok := known[id]
			if !ok {
				if err = budget.take(int64(len(b))); err == nil {
					text = string(b)
					known[id] = text
				}
			}
			mu.Unlock()
			if err != nil {
				return err
			}
			dst[i] = text
		}
		return nil
	})
}

// Lists returns the elements of a variable-length type, each of which is a
// list of values.
func (v *Values) Lists() ([]*Values, error) {
	t := v.Type()
	if t.Class != List {
		return nil, v.refuse("lists", advice(t))
	}
	heaps := v.file.globalHeaps()
	return collect(v, 256, false, func(dst []*Values, src []byte, stride int) error {
		for i := range dst {
			b, err := heaps.contents(v.file.heapID(src[i*stride:]), t.Base.Size)
			if err != nil {
				return err
			}
			n := len(b) / t.Base.Size
			dst[i] = newValues(v.file, v.path, t.Base, dataspace{dims: []int{n}, n: n}, memory(b))
		}
		return nil
	})
}

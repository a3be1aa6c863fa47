package hdf5

import (
	"fmt"
	"math"
	"slices"

	"github.com/spikewalk/spikewalk/internal/unpack"
)

// Values are the elements of a dataset, of a slab of it, or of an attribute.
// They are read anew by each call of the methods that return them; nothing is
// read before. Elements come with the last dimension fastest, as in C.
//
// A result may take 64 MB and four times the file's size, or as many megabytes as
// the environment variable SPIKEWALK_UNPACK_MB says. What is larger is read in
// parts, with Rows and Slab.
type Values struct {
	file *File
	path string
	typ  *Type
	dims []int
	n    int
	null bool
	from storage
	at   box // the selection of stored elements

	size   int // of a stored element
	offset int // of the first value in it
	levels []level
	inner  int // values in a stored element
}

// A level says that there are several values in an element, some bytes apart.
type level struct{ count, stride int }

func newValues(f *File, path string, t *Type, space dataspace, from storage) *Values {
	v := &Values{file: f, path: path, dims: slices.Clone(space.dims), n: space.n, null: space.null, from: from, size: t.Size, inner: 1}
	v.at = whole(slices.Clone(space.dims))
	v.setType(t)
	return v
}

// setType makes arrays within elements further dimensions, as NumPy does.
func (v *Values) setType(t *Type) {
	for t.Class == Array {
		one := level{1, t.Base.Size}
		for _, d := range t.Dims {
			one.count *= d
			v.dims = append(v.dims, d)
		}
		v.levels = append(v.levels, one)
		v.inner *= one.count
		if v.n > math.MaxInt/one.count {
			v.n = math.MaxInt
		} else {
			v.n *= one.count
		}
		t = t.Base
	}
	v.typ = t
}

// Type returns the type of the values. Arrays within elements are further
// dimensions, and their type is that of their elements.
func (v *Values) Type() *Type {
	if v.typ == nil {
		return &Type{}
	}
	return v.typ
}

// Dims returns the dimensions; none for a scalar.
func (v *Values) Dims() []int { return slices.Clone(v.dims) }

// Len returns the number of values: the product of the dimensions, 1 for a
// scalar, 0 where IsNull.
func (v *Values) Len() int { return v.n }

// IsNull tells whether a dataset or attribute has a type and no values at all. The
// methods that return values then return an empty slice.
func (v *Values) IsNull() bool { return v.null }

// Field returns the values of one member of a compound, of which alone the
// bytes are converted.
func (v *Values) Field(name string) (*Values, error) {
	m, err := v.Type().Member(name)
	if err != nil {
		return nil, in(v.path, err)
	}
	w := *v
	w.path += ", member " + name
	w.dims, w.levels = slices.Clone(v.dims), slices.Clone(v.levels)
	w.offset += m.Offset
	w.setType(m.Type)
	return &w, nil
}

// even tells whether the values fill the stored elements without gaps.
func (v *Values) even() bool { return v.typ.Size*v.inner == v.size }

// spans calls visit with stretches of values that lie stride bytes apart, for
// all stored elements of raw, which hold several each.
func (v *Values) spans(raw []byte, visit func(src []byte, n, stride int) error) error {
	k := len(raw) / v.size
	switch {
	case k == 0:
		return nil
	case v.even():
		return visit(raw, k*v.inner, v.typ.Size)
	}
	for i := range k {
		if err := v.level(raw[i*v.size:(i+1)*v.size], v.offset, v.levels, visit); err != nil {
			return err
		}
	}
	return nil
}

func (v *Values) level(raw []byte, at int, levels []level, visit func(src []byte, n, stride int) error) error {
	if len(levels) == 1 {
		return visit(raw[at:], levels[0].count, levels[0].stride)
	}
	for i := range levels[0].count {
		if err := v.level(raw, at+i*levels[0].stride, levels[1:], visit); err != nil {
			return err
		}
	}
	return nil
}

// collect reads all values into a slice of elements that take width bytes each.
// convert fills dst from values in src that lie stride bytes apart; native says
// that dst's memory is what is stored.
func collect[T any](v *Values, width int, native bool, convert func(dst []T, src []byte, stride int) error) ([]T, error) {
	if v.n == 0 {
		return []T{}, nil
	}
	result := int64(math.MaxInt64)
	if int64(v.n) <= math.MaxInt64/int64(width) {
		result = int64(v.n) * int64(width)
	}
	if err := unpack.Check(result, v.file.src.size); err != nil {
		return nil, fmt.Errorf("%s: %w; or read it in parts, with Rows or Slab", v.path, err)
	}
	dst := make([]T, v.n)
	to := &sink{size: v.size, result: result}
	if native && v.even() {
		to.direct = memoryOf(dst)
	}
	to.put = func(at int, raw []byte) error {
		if len(v.levels) == 0 {
			n := len(raw) / v.size
			return convert(dst[at:at+n], raw[v.offset:], v.size)
		}
		at *= v.inner
		return v.spans(raw, func(src []byte, n, stride int) error {
			if err := convert(dst[at:at+n], src, stride); err != nil {
				return err
			}
			at += n
			return nil
		})
	}
	if err := v.from.read(v.at, to); err != nil {
		return nil, in(v.path, err)
	}
	return dst, nil
}

// refuse says that values are not what was asked for.
func (v *Values) refuse(what, instead string) error {
	if v.file == nil {
		return errNoValues
	}
	if v.typ.trouble != "" {
		return in(v.path, unsupported("%s", v.typ.trouble))
	}
	return fmt.Errorf("%s holds %s, not %s: %s", v.path, v.Type(), what, instead)
}

// advice names the method that returns values of a type.
func advice(t *Type) string {
	switch t.Class {
	case Integer, Float, Bitfield, Enum:
		return "use Float64s or Int64s"
	case String:
		return "use Strings"
	case Compound:
		return "choose a member with Field"
	case Pointer:
		return "use References"
	case List:
		return "use Lists"
	}
	return "use Bytes"
}

package mat

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/spikewalk/spikewalk/data/internal/order"
)

// storage is how the classes of numbers are stored by themselves.
var storage = map[Class]matType{
	Double: miDouble, Single: miSingle, Int8: miInt8, Uint8: miUint8, Int16: miInt16, Uint16: miUint16,
	Int32: miInt32, Uint32: miUint32, Int64: miInt64, Uint64: miUint64, Logical: miUint8,
}

// NewNumbers returns an array of a numeric or logical class whose elements are
// stored in re, and their imaginary parts in im, nil for a real array: in the given
// byte order, each as many bytes as its class has (one for a logical), the first
// dimension fastest. There are two dimensions or more. The bytes are kept, not
// copied.
func NewNumbers(name string, class Class, dims []int, order binary.ByteOrder, re, im []byte) (*Array, error) {
	kind, ok := storage[class]
	switch {
	case !ok:
		return nil, fmt.Errorf("%s: class %q holds no numbers: want double, single, logical or one of the integers", name, class)
	case order == nil:
		return nil, fmt.Errorf("%s: the byte order is nil: want binary.LittleEndian or binary.BigEndian", name)
	case class == Logical && im != nil:
		return nil, fmt.Errorf("%s: a logical array has no imaginary part", name)
	}
	n, err := checkDims(name, dims)
	if err != nil {
		return nil, err
	}
	size := kind.size()
	if len(re)%size != 0 || len(re)/size != n || im != nil && len(im) != len(re) {
		return nil, fmt.Errorf("%s: %d bytes of real and %d of imaginary parts for %s elements of %d bytes", name, len(re), len(im), dimsString(dims), size)
	}
	a := &Array{name: name, class: class, dims: slices.Clone(dims), re: part{kind: kind, order: order, raw: re}}
	if im != nil {
		a.im = &part{kind: kind, order: order, raw: im}
	}
	return a, nil
}

// NewText returns a char array of one row. What is not valid as UTF-8 is taken as
// Windows-1252.
func NewText(name, text string) *Array {
	a := &Array{name: name, class: Char, re: part{kind: miUint8, order: binary.LittleEndian, raw: []byte(text)}}
	n := 0
	for range a.re.characters() {
		n++
	}
	a.dims = []int{min(n, 1), n}
	return a
}

// NewCells returns a cell array of the given dimensions, two or more, which holds
// the items, the first dimension fastest.
func NewCells(name string, dims []int, items []*Array) (*Array, error) {
	n, err := checkDims(name, dims)
	switch {
	case err != nil:
		return nil, err
	case n != len(items):
		return nil, fmt.Errorf("%s: %d items for %s cells", name, len(items), dimsString(dims))
	case slices.Contains(items, nil):
		return nil, fmt.Errorf("%s: cell %d is nil: want an array", name, slices.Index(items, nil))
	}
	return &Array{name: name, class: Cell, dims: slices.Clone(dims), items: slices.Clone(items)}, nil
}

// checkDims counts the elements of an array of the given dimensions.
func checkDims(name string, dims []int) (int, error) {
	n, ok := order.Elements(dims)
	if len(dims) < 2 || !ok || slices.Min(dims) < 0 {
		return 0, fmt.Errorf("%s: dimensions %v: want two or more, none below 0, of as many elements as memory can hold", name, dims)
	}
	return n, nil
}

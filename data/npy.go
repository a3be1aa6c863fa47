package data

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/internal/unpack"
)

// decodeNPY reads the one array of a .npy file, NumPy's own format.
func decodeNPY(name string, raw []byte) (*Array, error) {
	h, body, err := npz.Decode(raw)
	if err == nil {
		err = checkTexts(textCount(h, body), len(raw))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return fromNPY(name, h, body), nil
}

// textCount is how many texts an array has.
func textCount(h npz.Header, body []byte) int {
	if h.Type.Kind != 'U' && h.Type.Kind != 'S' {
		return 0
	}
	return len(body) / h.Type.Size
}

// checkTexts bounds texts, each of which becomes an array of its own.
func checkTexts(count, file int) error {
	const each = 400 // bytes in memory
	if err := unpack.Check(int64(each*count), int64(file)); err != nil {
		return fmt.Errorf("%d texts: %w", count, err)
	}
	return nil
}

// fromNPY makes an array of elements as a file has them. The numbers stay as
// they are stored, as those of MAT-files do, but in MATLAB's order.
func fromNPY(name string, h npz.Header, body []byte) *Array {
	t := h.Type
	if t.Kind == 'f' && t.Size == 2 {
		body = widened(t.Order, body)
		t = npz.Type{Kind: 'f', Size: 4, Order: binary.LittleEndian}
	}
	dims := slices.Clone(h.Shape)
	if !h.Fortran {
		body = firstFastest(body, dims, t.Size)
	}
	for len(dims) < 2 { // a vector is a column
		dims = append(dims, 1)
	}
	return npyType{t}.array(name, dims, body)
}

// widened makes singles of half-precision floats (IEEE 754 binary16).
func widened(order binary.ByteOrder, halves []byte) []byte {
	singles := make([]byte, 0, 2*len(halves))
	for at := 0; at < len(halves); at += 2 {
		singles = binary.LittleEndian.AppendUint32(singles, math.Float32bits(half(order.Uint16(halves[at:]))))
	}
	return singles
}

// half is the value of a half-precision float: 1 bit of sign, 5 of exponent,
// 10 of fraction.
func half(bits uint16) float32 {
	exponent, fraction := int(bits>>10&0x1f), float64(bits&0x3ff)
	value := 0.0
	switch {
	case exponent == 0:
		value = math.Ldexp(fraction, -24)
	case exponent < 0x1f:
		value = math.Ldexp(1024+fraction, exponent-25)
	case fraction == 0:
		value = math.Inf(1)
	default:
		value = math.NaN()
	}
	if bits>>15 == 1 {
		value = -value
	}
	return float32(value)
}

// npyType is an element type of NumPy.
type npyType struct{ npz.Type }

// npyClasses are the element types of numbers, with the class and the storage
// that a MAT-file would give them.
var npyClasses = map[string]struct {
	class Class
	kind  matType
}{
	"b1": {Logical, miUint8},
	"i1": {Int8, miInt8}, "i2": {Int16, miInt16}, "i4": {Int32, miInt32}, "i8": {Int64, miInt64},
	"u1": {Uint8, miUint8}, "u2": {Uint16, miUint16}, "u4": {Uint32, miUint32}, "u8": {Uint64, miUint64},
	"f4": {Single, miSingle}, "f8": {Double, miDouble},
	"c8": {Single, miSingle}, "c16": {Double, miDouble},
}

// array makes the array of elements in the file's order. Several texts are a
// cell array.
func (t npyType) array(name string, dims []int, body []byte) *Array {
	switch t.Kind {
	case 'U', 'S':
		if n, _ := product(dims); n == 1 {
			return t.text(name, body)
		}
		a := &Array{name: name, class: Cell, dims: dims}
		for at := 0; at < len(body); at += t.Size {
			a.items = append(a.items, t.text(fmt.Sprintf("%s{%d}", name, len(a.items)), body[at:at+t.Size]))
		}
		return a
	case 'c':
		c := npyClasses["c"+strconv.Itoa(t.Size)]
		re, im := split(body, t.Size/2)
		return &Array{name: name, class: c.class, dims: dims,
			re: part{kind: c.kind, order: t.Order, raw: re}, im: &part{kind: c.kind, order: t.Order, raw: im}}
	}
	c := npyClasses[string(t.Kind)+strconv.Itoa(t.Size)]
	return &Array{name: name, class: c.class, dims: dims, re: part{kind: c.kind, order: t.Order, raw: body}}
}

// text is one text without the zeros that pad it.
func (t npyType) text(name string, raw []byte) *Array {
	kind, unit := miUint8, 1 // in an encoding that nothing tells
	if t.Kind == 'U' {
		kind, unit = miUTF32, 4
	}
	n := len(raw) / unit
	for n > 0 && !slices.ContainsFunc(raw[(n-1)*unit:n*unit], func(b byte) bool { return b != 0 }) {
		n--
	}
	return &Array{name: name, class: Char, dims: []int{min(n, 1), n}, re: part{kind: kind, order: t.Order, raw: raw[:n*unit]}}
}

// split takes alternating values of the given size apart.
func split(raw []byte, size int) (even, odd []byte) {
	even, odd = make([]byte, 0, len(raw)/2), make([]byte, 0, len(raw)/2)
	for at := 0; at < len(raw); at += 2 * size {
		even = append(even, raw[at:at+size]...)
		odd = append(odd, raw[at+size:at+2*size]...)
	}
	return even, odd
}

// firstFastest turns elements in C order, the last dimension fastest, into
// MATLAB's order.
func firstFastest(raw []byte, dims []int, size int) []byte {
	if len(dims) < 2 {
		return raw
	}
	out := make([]byte, len(raw))
	index, stride := make([]int, len(dims)), make([]int, len(dims))
	for d := range dims {
		stride[d], _ = product(dims[:d])
	}
	to := 0
	for from := 0; from < len(raw); from += size {
		copy(out[to*size:], raw[from:from+size])
		for d := len(dims) - 1; d >= 0; d-- {
			to += stride[d]
			if index[d]++; index[d] < dims[d] {
				break
			}
			to -= stride[d] * dims[d]
			index[d] = 0
		}
	}
	return out
}

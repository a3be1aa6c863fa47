package data

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/sbinet/npyio/npy"
)

// ReadNPY reads the one array of a .npy file, NumPy's own format. What can be
// read is said at [ReadNPZ].
func ReadNPY(path string) (*Array, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	a, err := decodeNPY("array", raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return a, nil
}

// decodeNPY makes an array of the bytes of a .npy file. The header is npyio's
// to read; the numbers stay as they are stored, as those of MAT-files do, but
// in MATLAB's order.
func decodeNPY(name string, raw []byte) (*Array, error) {
	h, body, err := npyHeader(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	t, err := npyTypeOf(h.Descr.Type)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	dims := slices.Clone(h.Descr.Shape)
	n, ok := product(dims)
	if !ok || n > maxInt/t.size || len(body) != n*t.size {
		return nil, fmt.Errorf("%s: damaged or cut short: an array of shape %v and type %s does not have %d bytes", name, dims, h.Descr.Type, len(body))
	}
	if !h.Descr.Fortran {
		body = firstFastest(body, dims, t.size)
	}
	for len(dims) < 2 { // a vector is a column
		dims = append(dims, 1)
	}
	return t.array(name, dims, body), nil
}

// npyHeader reads the header and returns what follows it. npyio trusts the
// header's length and layout, so the length is checked first and a panic over
// the layout is an error.
func npyHeader(raw []byte) (h npy.Header, body []byte, err error) {
	if !bytes.HasPrefix(raw, npy.Magic[:]) || len(raw) < 12 {
		return h, nil, fmt.Errorf("not in NumPy's format")
	}
	length := int64(binary.LittleEndian.Uint16(raw[8:])) + 10
	if raw[6] >= 2 {
		length = int64(binary.LittleEndian.Uint32(raw[8:])) + 12
	}
	if length > int64(len(raw)) {
		return h, nil, fmt.Errorf("damaged or cut short: a header of %d bytes in %d", length, len(raw))
	}
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("damaged: its header makes no sense")
		}
	}()
	r, err := npy.NewReader(bytes.NewReader(raw[:length]))
	if err != nil {
		return h, nil, fmt.Errorf("its header cannot be read: %w", err)
	}
	for _, d := range r.Header.Descr.Shape {
		if d < 0 {
			return h, nil, fmt.Errorf("damaged: its shape is %v", r.Header.Descr.Shape)
		}
	}
	return r.Header, raw[length:], nil
}

// npyType is an element type of NumPy: '<f8', '>i4', '|b1', '<U12', …
type npyType struct {
	order binary.ByteOrder
	kind  byte // letter of the type
	size  int  // bytes of an element
}

func npyTypeOf(descr string) (npyType, error) {
	t := npyType{order: binary.LittleEndian}
	if strings.HasPrefix(descr, ">") {
		t.order = binary.BigEndian
	}
	short := strings.TrimLeft(descr, "<>|=")
	if short == "" {
		return t, fmt.Errorf("damaged: no element type")
	}
	t.kind = short[0]
	count, err := strconv.Atoi(short[1:])
	t.size = count
	if t.kind == 'U' {
		t.size = 4 * count
	}
	_, number := npyClasses[short]
	text := (t.kind == 'U' || t.kind == 'S') && err == nil && count > 0 && count <= maxInt/4
	if !number && !text {
		return t, fmt.Errorf("its element type %q is not read: save it as plain numbers or text", descr)
	}
	return t, nil
}

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
	switch t.kind {
	case 'U', 'S':
		if n, _ := product(dims); n == 1 {
			return t.text(name, body)
		}
		a := &Array{name: name, class: Cell, dims: dims}
		for at := 0; at < len(body); at += t.size {
			a.items = append(a.items, t.text(fmt.Sprintf("%s{%d}", name, len(a.items)), body[at:at+t.size]))
		}
		return a
	case 'c':
		c := npyClasses["c"+strconv.Itoa(t.size)]
		re, im := split(body, t.size/2)
		return &Array{name: name, class: c.class, dims: dims,
			re: part{kind: c.kind, order: t.order, raw: re}, im: part{kind: c.kind, order: t.order, raw: im}}
	}
	c := npyClasses[string(t.kind)+strconv.Itoa(t.size)]
	return &Array{name: name, class: c.class, dims: dims, re: part{kind: c.kind, order: t.order, raw: body}}
}

// text is one text without the zeros that pad it.
func (t npyType) text(name string, raw []byte) *Array {
	kind, unit := miUTF8, 1
	if t.kind == 'U' {
		kind, unit = miUTF32, 4
	}
	n := len(raw) / unit
	for n > 0 && !slices.ContainsFunc(raw[(n-1)*unit:n*unit], func(b byte) bool { return b != 0 }) {
		n--
	}
	return &Array{name: name, class: Char, dims: []int{min(n, 1), n}, re: part{kind: kind, order: t.order, raw: raw[:n*unit]}}
}

// split takes alternating values of the given size apart.
func split(raw []byte, size int) (even, odd []byte) {
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

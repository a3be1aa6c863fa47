package npz

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Magic begins every .npy file.
const Magic = "\x93NUMPY"

// Header is what stands in front of an array's elements.
type Header struct {
	Type Type
	// Fortran tells that the first dimension is fastest.
	Fortran bool
	// Shape has the lengths of the dimensions, none for a single number.
	Shape []int
}

// Type is an element type: '<f8', '>i4', '|b1', '<U12', …
type Type struct {
	// Name is the type as the file writes it.
	Name  string
	Order binary.ByteOrder
	// Kind is NumPy's letter: b, i, u, f, c, U (texts of 4-byte characters) or
	// S (of bytes).
	Kind byte
	// Size is the size of an element in bytes.
	Size int
}

// maxDimensions is NumPy's own limit, 32 before NumPy 2.
const maxDimensions = 64

// Decode reads the header of an array and returns the elements' bytes, which
// are as many as the header promises. Whatever follows them is an error.
func Decode(raw []byte) (Header, []byte, error) {
	text, body, err := headerText(raw)
	if err != nil {
		return Header{}, nil, err
	}
	h, err := parseHeader(text)
	if err != nil {
		return Header{}, nil, err
	}
	if len(h.Shape) > maxDimensions {
		return Header{}, nil, damaged("an array of %d dimensions; NumPy's have %d at most", len(h.Shape), maxDimensions)
	}
	size := h.Type.Size
	for _, n := range h.Shape {
		if n > 0 && size > math.MaxInt/n {
			return Header{}, nil, damaged("an array of shape %v and type %s is larger than any memory", h.Shape, h.Type.Name)
		}
		size *= n
	}
	switch {
	case size > len(body):
		return Header{}, nil, damaged("an array of shape %v and type %s takes %d bytes, and %d are there", h.Shape, h.Type.Name, size, len(body))
	case bytes.HasPrefix(body[size:], []byte(Magic)):
		return Header{}, nil, fmt.Errorf("several arrays were saved into this one file, of which NumPy would load the first only: save them to one .npz with numpy.savez, or each to a .npy of its own")
	case size < len(body):
		return Header{}, nil, damaged("%d bytes follow an array of shape %v and type %s", len(body)-size, h.Shape, h.Type.Name)
	}
	return h, body, nil
}

// headerText takes the header, a Python dictionary, from the front.
func headerText(raw []byte) (text string, body []byte, err error) {
	if !bytes.HasPrefix(raw, []byte(Magic)) || len(raw) < 12 {
		return "", nil, fmt.Errorf("not in NumPy's format")
	}
	start, length := 10, uint64(binary.LittleEndian.Uint16(raw[8:]))
	switch version := raw[6]; {
	case raw[7] != 0 || version < 1 || version > 3:
		return "", nil, fmt.Errorf("of version %d.%d of NumPy's format; 1.0, 2.0 and 3.0 are read", version, raw[7])
	case version > 1:
		start, length = 12, uint64(binary.LittleEndian.Uint32(raw[8:]))
	}
	if length > uint64(len(raw)-start) {
		return "", nil, damaged("a header of %d bytes, and %d are there", length, len(raw)-start)
	}
	end := start + int(length)
	return string(raw[start:end]), raw[end:], nil
}

// longNames are element types as NumPy's users, though not NumPy itself, may
// write them.
var longNames = map[string]string{
	"bool": "b1", "?": "b1", "int8": "i1", "int16": "i2", "int32": "i4", "int64": "i8",
	"uint8": "u1", "uint16": "u2", "uint32": "u4", "uint64": "u8",
	"float16": "f2", "e": "f2", "float32": "f4", "f": "f4", "float64": "f8", "d": "f8",
	"complex64": "c8", "F": "c8", "complex128": "c16", "D": "c16",
}

// typeOf parses an element type.
func typeOf(name string) (Type, error) {
	t := Type{Name: name, Order: binary.LittleEndian}
	if strings.HasPrefix(name, ">") {
		t.Order = binary.BigEndian
	}
	short := strings.TrimLeft(name, "<>|=")
	if long, ok := longNames[short]; ok {
		short = long
	}
	if short == "" {
		return t, damaged("no element type")
	}
	t.Kind = short[0]
	switch short {
	case "b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16":
		t.Size, _ = strconv.Atoi(short[1:])
		return t, nil
	}
	count, err := strconv.ParseInt(short[1:], 10, 32)
	switch {
	case t.Kind == 'O':
		return t, fmt.Errorf("it holds Python objects, which only Python reads: save plain numbers or texts")
	case err != nil || count < 1:
	case t.Kind == 'U':
		t.Size = 4 * int(count)
		return t, nil
	case t.Kind == 'S':
		t.Size = int(count)
		return t, nil
	}
	return t, fmt.Errorf("its element type %q is not read: save it as plain numbers or text", name)
}

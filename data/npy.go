package data

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spikewalk/spikewalk/data/internal/order"
	matfile "github.com/spikewalk/spikewalk/data/mat"
	"github.com/spikewalk/spikewalk/internal/npz"
	"github.com/spikewalk/spikewalk/internal/unpack"
)

// decodeNPY reads the one array of a .npy file, NumPy's own format.
func decodeNPY(name string, raw []byte) (*matfile.Array, error) {
	h, body, err := npz.Decode(raw)
	if err == nil {
		err = checkTexts(textCount(h, body), len(raw))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return fromNPY(name, h, body)
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
func fromNPY(name string, h npz.Header, body []byte) (*matfile.Array, error) {
	t := h.Type
	if t.Kind == 'f' && t.Size == 2 {
		body = widened(t.Order, body)
		t = npz.Type{Kind: 'f', Size: 4, Order: binary.LittleEndian}
	}
	dims := slices.Clone(h.Shape)
	if !h.Fortran {
		body = order.FirstFastest(body, dims, t.Size)
	}
	for len(dims) < 2 { // a vector is a column
		dims = append(dims, 1)
	}
	return npyArray(name, t, dims, body)
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

// npyClasses are the element types of numbers, with the class that a MAT-file
// would give them.
var npyClasses = map[string]matfile.Class{
	"b1": matfile.Logical,
	"i1": matfile.Int8, "i2": matfile.Int16, "i4": matfile.Int32, "i8": matfile.Int64,
	"u1": matfile.Uint8, "u2": matfile.Uint16, "u4": matfile.Uint32, "u8": matfile.Uint64,
	"f4": matfile.Single, "f8": matfile.Double,
	"c8": matfile.Single, "c16": matfile.Double,
}

// npyArray makes the array of elements in the file's order. Several texts are a
// cell array.
func npyArray(name string, t npz.Type, dims []int, body []byte) (*matfile.Array, error) {
	class := npyClasses[string(t.Kind)+strconv.Itoa(t.Size)]
	switch t.Kind {
	case 'U', 'S':
		if n, _ := order.Elements(dims); n == 1 {
			return matfile.NewText(name, npyText(t, body)), nil
		}
		var cells []*matfile.Array
		for at := 0; at < len(body); at += t.Size {
			cells = append(cells, matfile.NewText(fmt.Sprintf("%s{%d}", name, len(cells)), npyText(t, body[at:at+t.Size])))
		}
		return matfile.NewCells(name, dims, cells)
	case 'c':
		re, im := split(body, t.Size/2)
		return matfile.NewNumbers(name, class, dims, t.Order, re, im)
	}
	return matfile.NewNumbers(name, class, dims, t.Order, body, nil)
}

// npyText is one text without the zeros that pad it. A code that is no character
// becomes U+FFFD; nothing says which encoding bytes are in.
func npyText(t npz.Type, raw []byte) string {
	if t.Kind == 'S' {
		return string(bytes.TrimRight(raw, "\x00"))
	}
	var b strings.Builder
	zeros := 0
	for at := 0; at < len(raw); at += 4 {
		code := t.Order.Uint32(raw[at:])
		if code == 0 {
			zeros++
			continue
		}
		b.WriteString(strings.Repeat("\x00", zeros))
		zeros = 0
		b.WriteRune(rune(min(code, utf8.MaxRune+1)))
	}
	return b.String()
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

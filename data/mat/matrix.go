package mat

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spikewalk/spikewalk/data/internal/order"
)

// header is what every miMATRIX element begins with.
type header struct {
	class            Class
	number           uint32 // of the class in the file
	complex, logical bool
	nzmax            uint32 // sparse: room for non-zero elements
	dims             []int
	name             string
}

// Bits of the array flags.
const (
	classBits   = 0xff
	logicalBit  = 1 << 9
	complexBit  = 1 << 11
	maxDims     = 64 // MATLAB has no limit; nobody has more
	maxNameSize = 1 << 10
)

// header reads flags, dimensions and name. An opaque array has no dimensions.
func (c *cursor) header() (header, error) {
	flags, err := c.numbers("the array flags")
	if err != nil {
		return header{}, err
	}
	if flags.kind != miUint32 || flags.len() != 2 {
		return header{}, fmt.Errorf("damaged: the array flags are %d numbers of type %d, not 2 of type 6", flags.len(), flags.kind)
	}
	word := uint32(flags.int64(0))
	h := header{
		number:  word & classBits,
		complex: word&complexBit != 0,
		logical: word&logicalBit != 0,
		nzmax:   uint32(flags.int64(1)),
	}
	var known bool
	h.class, known = matClasses[h.number]
	switch {
	case h.number == sparseNumber:
		h.class = Double
	case !known:
		return header{}, fmt.Errorf("damaged: array class %d is unknown", h.number)
	}
	if h.logical = h.logical && h.class.IsNumeric(); h.logical {
		h.class = Logical
	}
	if h.number != opaqueNumber {
		if h.dims, err = c.dims(); err != nil {
			return header{}, err
		}
	}
	h.name, err = c.name()
	return h, err
}

// numbers takes an element that must hold numbers.
func (c *cursor) numbers(what string) (part, error) {
	e, err := c.next()
	if err != nil {
		return part{}, fmt.Errorf("%s: %w", what, err)
	}
	p, err := c.asPart(e)
	if err != nil {
		return part{}, fmt.Errorf("%s: %w", what, err)
	}
	return p, nil
}

// dims reads the lengths of the dimensions.
func (c *cursor) dims() ([]int, error) {
	p, err := c.numbers("the dimensions")
	if err != nil {
		return nil, err
	}
	n := p.len()
	if n < 2 || n > maxDims {
		return nil, fmt.Errorf("damaged: an array of %d dimensions", n)
	}
	dims := make([]int, n)
	for i := range dims {
		length := p.int64(i)
		// The format has 32 bits, and 2^31 is more than MATLAB writes.
		if length < 0 || length > 1<<31-1 {
			return nil, fmt.Errorf("damaged: dimension %d of length %d", i, length)
		}
		dims[i] = int(length)
	}
	if _, ok := order.Elements(dims); !ok {
		return nil, fmt.Errorf("damaged: dimensions %s are more than any file holds", dimsString(dims))
	}
	return dims, nil
}

// name reads a name: miINT8 by the book, miUTF8 from some writers.
func (c *cursor) name() (string, error) {
	e, err := c.next()
	if err != nil {
		return "", fmt.Errorf("a name: %w", err)
	}
	if e.kind.size() != 1 || len(e.data) > maxNameSize {
		return "", fmt.Errorf("damaged at byte %d of the variable: %d bytes of type %d where a name belongs", e.at, len(e.data), e.kind)
	}
	return cString(e.data), nil
}

// cString is the text before the first zero byte, made valid UTF-8.
func cString(b []byte) string {
	s, _, _ := strings.Cut(string(b), "\x00")
	return strings.ToValidUTF8(s, "\uFFFD")
}

// emptyArray is what a cell or field without content is, all of them the same
// one: nobody writes to it.
var emptyArray = &Array{class: Double, dims: []int{0, 0}}

// array reads the inside of a miMATRIX element, all that the cursor has, which
// lies depth cells and structs deep.
func (c *cursor) array(depth int) (*Array, error) {
	if len(c.buf) == 0 {
		return emptyArray, nil
	}
	if depth > maxDepth {
		return nil, fmt.Errorf("cells and structs nested more than %d deep", maxDepth)
	}
	if err := c.memory.take(arrayBytes); err != nil {
		return nil, err
	}
	h, err := c.header()
	if err != nil {
		return nil, err
	}
	a := &Array{name: h.name, class: h.class, dims: h.dims}
	if err := c.content(a, h, depth); err != nil {
		if h.name != "" {
			err = fmt.Errorf("%s: %w", h.name, err)
		}
		return nil, err
	}
	return a, nil
}

// content reads what follows the header, to the end.
func (c *cursor) content(a *Array, h header, depth int) (err error) {
	switch {
	case h.number == sparseNumber:
		err = c.sparse(a, h)
	case h.class.IsNumeric():
		err = c.numeric(a, h)
	case h.class == Char:
		err = c.char(a)
	case h.class == Cell:
		err = c.cells(a, depth)
	case h.class == Struct:
		err = c.structs(a, depth)
	default:
		c.unsupported(a)
		return nil
	}
	if err == nil && !c.done() {
		return fmt.Errorf("damaged: %d bytes follow the end of a %s array", len(c.buf)-c.pos, h.class)
	}
	return err
}

// numeric reads the real and the imaginary part of a full array.
func (c *cursor) numeric(a *Array, h header) (err error) {
	if h.logical && h.complex {
		return errors.New("damaged: a logical array with an imaginary part")
	}
	before := c.pos
	if a.re, err = c.numbers("the values"); err != nil {
		return err
	}
	if h.complex {
		if a.im, err = c.imaginary(); err != nil {
			return err
		}
	}
	if h.logical && !c.done() {
		// Octave gives sparse logical arrays the class of full ones. What
		// tells them apart is that more than one element follows.
		c.pos, a.re = before, part{}
		return c.sparse(a, h)
	}
	n := a.Len()
	if a.re.len() != n || h.complex && a.im.len() != n {
		return fmt.Errorf("damaged: %d values and %d imaginary parts for %s elements", a.re.len(), a.im.len(), dimsString(a.dims))
	}
	if err := a.re.fit(a.class); err != nil || !h.complex {
		return err
	}
	return a.im.fit(a.class)
}

// imaginary reads the imaginary part.
func (c *cursor) imaginary() (*part, error) {
	p, err := c.numbers("the imaginary part")
	return &p, err
}

// unsupported notes what an array is that is not read: what class of object,
// if that can be told, and no more.
func (c *cursor) unsupported(a *Array) {
	a.refused = &unsupportedClassError{Name: a.name, Class: a.class}
	switch a.class {
	case Object:
		a.refused.Type, _ = c.name()
	case Opaque:
		// The type system ("MCOS"), then the class.
		if _, err := c.name(); err == nil {
			a.refused.Type, _ = c.name()
		}
	}
}

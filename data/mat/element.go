package mat

import (
	"encoding/binary"
	"fmt"
	"math"
)

// matType is the storage type in an element's tag, "miXXX" in the format's
// description (MathWorks, MAT-File Format, table 1-1).
type matType uint32

const (
	miInt8       matType = 1
	miUint8      matType = 2
	miInt16      matType = 3
	miUint16     matType = 4
	miInt32      matType = 5
	miUint32     matType = 6
	miSingle     matType = 7
	miDouble     matType = 9
	miInt64      matType = 12
	miUint64     matType = 13
	miMatrix     matType = 14
	miCompressed matType = 15
	miUTF8       matType = 16
	miUTF16      matType = 17
	miUTF32      matType = 18
)

// size returns the bytes of one value, 0 for what does not hold values.
func (t matType) size() int {
	switch t {
	case miInt8, miUint8, miUTF8:
		return 1
	case miInt16, miUint16, miUTF16:
		return 2
	case miInt32, miUint32, miSingle, miUTF32:
		return 4
	case miDouble, miInt64, miUint64:
		return 8
	}
	return 0
}

// numeric tells whether values of the type are numbers.
func (t matType) numeric() bool {
	return t >= miInt8 && t <= miUint64 && t.size() > 0
}

// element is one tagged piece of a file: a type and its bytes, which alias
// the buffer they were found in.
type element struct {
	kind matType
	data []byte
	at   int // of the tag, in the cursor's buffer
}

// cursor walks over the elements inside one miMATRIX element.
type cursor struct {
	buf   []byte
	pos   int
	order binary.ByteOrder
	// start is where buf begins in the variable, for messages.
	start  int
	memory *memory
}

// done tells whether no element is left. Up to seven left-over bytes are
// padding of a size that was not rounded up.
func (c *cursor) done() bool { return len(c.buf)-c.pos < 8 }

// where is the place of the next element inside the variable.
func (c *cursor) where() int { return c.start + c.pos }

// next takes the next element.
//
// An element is a tag of eight bytes (type, size) and its data, padded to a
// multiple of eight; or, when the data has at most four bytes, the small form:
// size and type share the first four bytes and the data follows in the other
// four. A miMATRIX element counts its padding in its size.
func (c *cursor) next() (element, error) {
	at := c.where()
	if c.done() {
		return element{}, fmt.Errorf("the file ends or is damaged at byte %d of the variable: an element's tag is missing", at)
	}
	word := c.order.Uint32(c.buf[c.pos:])
	if small := int(word >> 16); small != 0 {
		if small > 4 {
			return element{}, fmt.Errorf("damaged at byte %d of the variable: a small element of %d bytes (4 at most)", at, small)
		}
		data := c.buf[c.pos+4 : c.pos+4+small]
		c.pos += 8
		return element{kind: matType(word & 0xffff), data: data, at: at}, nil
	}
	size := int64(c.order.Uint32(c.buf[c.pos+4:]))
	body := c.pos + 8
	if left := int64(len(c.buf) - body); size > left {
		return element{}, fmt.Errorf("the file ends or is damaged at byte %d of the variable: an element says it has %d bytes, %d are left", at, size, left)
	}
	end := body + int(size)
	e := element{kind: matType(word), data: c.buf[body:end:end], at: at}
	c.pos = end
	if e.kind != miMatrix {
		// A writer that leaves out the last padding is forgiven.
		c.pos = min(body+(int(size)+7)&^7, len(c.buf))
	}
	return e, nil
}

// part is a run of numbers as stored: nothing is converted, and so nothing
// more than the file itself is held, until somebody asks for the values.
type part struct {
	kind  matType
	order binary.ByteOrder
	raw   []byte
}

// asPart checks that an element holds whole numbers of values.
func (c *cursor) asPart(e element) (part, error) {
	if !e.kind.numeric() {
		return part{}, fmt.Errorf("damaged at byte %d of the variable: an element of type %d where numbers belong", e.at, e.kind)
	}
	if len(e.data)%e.kind.size() != 0 {
		return part{}, fmt.Errorf("damaged at byte %d of the variable: %d bytes are not a whole number of %d-byte values", e.at, len(e.data), e.kind.size())
	}
	return part{kind: e.kind, order: c.order, raw: e.data}, nil
}

// integers tells whether the part is stored as integers, or empty.
func (p part) integers() bool { return p.kind != miSingle && p.kind != miDouble || len(p.raw) == 0 }

// len returns how many numbers the part holds.
func (p *part) len() int {
	if p == nil || len(p.raw) == 0 {
		return 0
	}
	return len(p.raw) / p.kind.size()
}

// float64 returns number i. Integers beyond 2^53 are rounded to even.
func (p part) float64(i int) float64 {
	switch p.kind {
	case miDouble:
		return math.Float64frombits(p.order.Uint64(p.raw[8*i:]))
	case miSingle:
		return float64(math.Float32frombits(p.order.Uint32(p.raw[4*i:])))
	case miUint64:
		return float64(p.order.Uint64(p.raw[8*i:]))
	}
	return float64(p.int64(i))
}

// int64 returns number i; a fraction is cut off, and a miUINT64 is given in
// two's complement. It is exact for every storage that integers come in.
func (p part) int64(i int) int64 {
	switch p.kind {
	case miInt8:
		return int64(int8(p.raw[i]))
	case miUint8:
		return int64(p.raw[i])
	case miInt16:
		return int64(int16(p.order.Uint16(p.raw[2*i:])))
	case miUint16:
		return int64(p.order.Uint16(p.raw[2*i:]))
	case miInt32:
		return int64(int32(p.order.Uint32(p.raw[4*i:])))
	case miUint32:
		return int64(p.order.Uint32(p.raw[4*i:]))
	case miInt64, miUint64:
		return int64(p.order.Uint64(p.raw[8*i:]))
	}
	return int64(p.float64(i))
}

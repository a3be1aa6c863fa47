package hdf5

import (
	"bytes"
	"fmt"
	"math"
)

// A cursor takes a piece of metadata apart. Once the bytes are used up it
// returns zeros; err then says so, and is looked at when the piece is done.
type cursor struct {
	file *File
	b    []byte
	i    int
	at   int64  // offset of b in the file
	what string // that is taken apart, for errors
	err  error
}

// undefined is the address of what is not there.
const undefined = math.MaxUint64

// cursor returns a cursor over n bytes at an address.
func (f *File) cursor(address uint64, n int64, what string) (*cursor, error) {
	if f.src == nil {
		return nil, errNoFile
	}
	at, err := f.offset(address, what)
	if err != nil {
		return nil, err
	}
	b, err := f.src.meta(at, n, what)
	if err != nil {
		return nil, err
	}
	return &cursor{file: f, b: b, at: at, what: what}, nil
}

// over returns a cursor over bytes that lie at an offset of the file.
func (f *File) over(b []byte, at int64, what string) *cursor {
	return &cursor{file: f, b: b, at: at, what: what}
}

// offset turns an address, which counts from the end of the user block, into an
// offset in the file.
func (f *File) offset(address uint64, what string) (int64, error) {
	if address == undefined || address > uint64(f.src.size) || int64(address) > f.src.size-f.base {
		return 0, fmt.Errorf("the address %#x of the %s is not inside the file's %d bytes", address, what, f.src.size)
	}
	return f.base + int64(address), nil
}

func (c *cursor) bytes(n int) []byte {
	if c.err != nil {
		return nil
	}
	if n < 0 || n > len(c.b)-c.i {
		c.fail("%d bytes are left where %d are needed", len(c.b)-c.i, n)
		return nil
	}
	c.i += n
	return c.b[c.i-n : c.i : c.i]
}

func (c *cursor) skip(n int) { c.bytes(n) }
func (c *cursor) left() int  { return len(c.b) - c.i }

// uint reads a little-endian number of n bytes; n is at most 8.
func (c *cursor) uint(n int) uint64 {
	var v uint64
	for i, b := range c.bytes(n) {
		v |= uint64(b) << (8 * i)
	}
	return v
}

func (c *cursor) u8() uint8   { return uint8(c.uint(1)) }
func (c *cursor) u16() uint16 { return uint16(c.uint(2)) }
func (c *cursor) u32() uint32 { return uint32(c.uint(4)) }
func (c *cursor) u64() uint64 { return c.uint(8) }

// address reads an address in the file; undefined is all ones at any width.
func (c *cursor) address() uint64 {
	n := c.file.offsetSize
	v := c.uint(n)
	if n < 8 && v == 1<<(8*n)-1 {
		return undefined
	}
	return v
}

// length reads a size in bytes, or a number of elements.
func (c *cursor) length() uint64 { return c.uint(c.file.lengthSize) }

// length64 reads a length that must fit a signed number.
func (c *cursor) length64(what string) int64 {
	v := c.length()
	if v > math.MaxInt64 {
		c.fail("%s is %d", what, v)
		return 0
	}
	return int64(v)
}

// text reads n bytes up to the first NUL.
func (c *cursor) text(n int) string {
	b, _, _ := bytes.Cut(c.bytes(n), []byte{0})
	return string(b)
}

// name reads a text that ends with NUL and is padded to a multiple of pad bytes.
func (c *cursor) name(pad int) string {
	if c.err != nil {
		return ""
	}
	n := bytes.IndexByte(c.b[c.i:], 0)
	if n < 0 {
		c.fail("a name does not end")
		return ""
	}
	text := string(c.bytes(n))
	c.skip((n+pad)/pad*pad - n)
	return text
}

// signature reads four letters that must be want.
func (c *cursor) signature(want string) {
	if got := c.bytes(4); c.err == nil && string(got) != want {
		c.i -= 4
		c.fail("it begins with %q, not %q", got, want)
	}
}

// version reads a version number from min to max.
func (c *cursor) version(min, max uint8) uint8 {
	v := c.u8()
	if c.err == nil && (v < min || v > max) {
		c.i--
		c.fail("its version is %d; known are %d to %d", v, min, max)
	}
	return v
}

// ignoreChecksums lets tests see what damage does behind the checksums.
var ignoreChecksums bool

// checksum reads the checksum of all before it.
func (c *cursor) checksum() {
	if c.err != nil {
		return
	}
	want := lookup3(c.b[:c.i])
	if got := c.u32(); c.err == nil && got != want && !ignoreChecksums {
		c.i -= 4
		c.fail("its checksum is %#08x, its bytes give %#08x: the file is damaged", got, want)
	}
}

func (c *cursor) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("%s at offset %d: %s", c.what, c.at+int64(c.i), fmt.Sprintf(format, args...))
	}
}

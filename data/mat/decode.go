package mat

import (
	"bufio"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spikewalk/spikewalk/internal/unpack"
)

// This reader is our own. Of the Go modules for the format, florianl/matf knows
// no sparse arrays, no 64-bit integers and at most three dimensions, and
// scigolib/matlab, a beta, lists sparse arrays as missing and cells and structs
// as partly there. And other people's files ask for a reader that takes no size
// in them on trust.

const (
	maxDepth = 64 // cells in structs in cells
	// Deflate cannot shrink more than this (RFC 1951: 258 bytes from 2 bits).
	maxInflation = 1032
	// peekBytes holds the flags, dimensions and name of any sane variable.
	peekBytes = 4096
)

// memory counts what the contents of a file take, in bytes, before they take
// it.
type memory struct {
	held, file int64
}

// What there is beside the numbers: an array, and a variable's name.
const (
	arrayBytes = 208
	entryBytes = 256
)

func (m *memory) take(n int64) error {
	m.held += n
	return unpack.Check(m.held, m.file)
}

// decoder reads a file from front to back, one variable after the other.
type decoder struct {
	r        io.ReaderAt
	size, at int64 // of the file, and how far it is read
	order    binary.ByteOrder
	memory   *memory
	only     []string
	file     *File
	// subsystem is where a variable stands in which MATLAB keeps parts of
	// objects.
	subsystem int64
	// packed and inflater serve every compressed variable.
	packed   bufio.Reader
	inflater io.ReadCloser
}

// variables reads all variables up to the end of the file.
func (d *decoder) variables() error {
	for d.at < d.size {
		if err := d.next(); err != nil {
			return fmt.Errorf("variable at byte %d of the file: %w", d.at, err)
		}
	}
	return nil
}

// next reads a variable and enters it once all of it is known to be sound.
func (d *decoder) next() error {
	tag := make([]byte, tagSize)
	if d.size-d.at < tagSize {
		return errors.New("the file is cut short: it ends inside a tag")
	}
	if _, err := d.r.ReadAt(tag, d.at); err != nil {
		return err
	}
	kind, size := matType(d.order.Uint32(tag)), int64(d.order.Uint32(tag[4:]))
	if left := d.size - d.at - tagSize; size > left {
		return fmt.Errorf("the file is cut short: the variable says it has %d bytes, %d are there", size, left)
	}
	body := io.NewSectionReader(d.r, d.at+tagSize, size)
	var v namedVariable
	var err error
	switch kind {
	case miMatrix:
		v, err = d.variable(body, size)
	case miCompressed:
		v, err = d.compressed(body, size)
	default:
		err = fmt.Errorf("damaged: an element of type %d where a variable (14 or 15) belongs", kind)
	}
	if err != nil {
		return err
	}
	at := d.at
	d.at += tagSize + size
	if v.name == "" && at == d.subsystem {
		return nil
	}
	d.file.add(v)
	return d.memory.take(entryBytes)
}

// compressed reads a variable from a zlib stream, which holds one miMATRIX
// element, tag and all.
func (d *decoder) compressed(body io.Reader, packed int64) (v namedVariable, err error) {
	d.packed.Reset(body)
	if err := d.inflate(); err != nil {
		return v, fmt.Errorf("its compressed data is damaged: %w", err)
	}
	tag := make([]byte, tagSize)
	if _, err := io.ReadFull(d.inflater, tag); err != nil {
		return v, fmt.Errorf("its compressed data is damaged: %w", err)
	}
	if kind := matType(d.order.Uint32(tag)); kind != miMatrix {
		return v, fmt.Errorf("damaged: a compressed element of type %d where a variable (14) belongs", kind)
	}
	size := int64(d.order.Uint32(tag[4:]))
	if size > maxInflation*(packed+1) {
		return v, fmt.Errorf("damaged: it says %d compressed bytes become %d, more than zlib can do", packed, size)
	}
	v, err = d.variable(&padded{d.inflater, 7}, size)
	if err != nil || v.skipped {
		return v, err
	}
	// Reaching the end makes zlib compare its checksum. Up to seven bytes
	// are padding, inside and behind it.
	switch n, err := io.CopyN(io.Discard, d.inflater, 8); {
	case n == 8:
		return v, fmt.Errorf("damaged: its compressed data goes on after the %d bytes it says it has", size)
	case err != io.EOF:
		return v, fmt.Errorf("its compressed data is damaged: %w", err)
	}
	if n, _ := d.packed.Discard(8); n == 8 {
		return v, fmt.Errorf("damaged: something follows its compressed data inside its %d bytes", packed)
	}
	return v, nil
}

// padded lets up to left zeros follow the end of a stream. Octave (7.3) writes
// four bytes less than it says where the last part of a variable is a char
// matrix of up to four characters; the checksum says whether the stream
// is whole.
type padded struct {
	r    io.Reader
	left int
}

func (p *padded) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	switch {
	case err != io.EOF || n == 0 && p.left == 0:
		return n, err
	case n > 0:
		return n, nil
	}
	n = min(len(b), p.left)
	clear(b[:n])
	p.left -= n
	return n, nil
}

// inflate begins to unpack what is packed.
func (d *decoder) inflate() (err error) {
	if d.inflater == nil {
		d.inflater, err = zlib.NewReader(&d.packed)
		return err
	}
	return d.inflater.(zlib.Resetter).Reset(&d.packed, nil)
}

// variable reads the size bytes of one miMATRIX element, or only its
// beginning when it is not wanted.
func (d *decoder) variable(r io.Reader, size int64) (v namedVariable, err error) {
	peeked := make([]byte, min(size, peekBytes))
	if err := fill(r, peeked, 0, size); err != nil {
		return v, err
	}
	if len(d.only) > 0 {
		c := cursor{buf: peeked, order: d.order}
		if h, err := c.header(); err == nil && !slices.Contains(d.only, h.name) {
			v.name, v.skipped, v.info = h.name, true, h.info()
			return v, nil
		}
	}
	if err := d.memory.take(size); err != nil {
		d.memory.held += d.rest()
		return v, d.memory.take(0) // says what all of the file takes
	}
	buf := peeked
	if size > peekBytes {
		buf = make([]byte, size)
		if err := fill(r, buf, copy(buf, peeked), size); err != nil {
			return v, err
		}
	}
	c := &cursor{buf: buf, order: d.order, memory: d.memory}
	a, err := c.array(0)
	if err != nil {
		return v, err
	}
	v.name = a.name
	if len(d.only) > 0 && !slices.Contains(d.only, a.name) {
		v.skipped, v.info = true, a.info()
		return v, nil
	}
	v.array, v.err = a.readable()
	return v, nil
}

// rest is what the variables after this one say they have, 0 where not all are
// wanted. It is for an error to name the whole.
func (d *decoder) rest() (n int64) {
	if len(d.only) > 0 {
		return 0
	}
	tag := make([]byte, 3*tagSize)
	next := func(at int64) (kind matType, size int64) {
		clear(tag)
		d.r.ReadAt(tag, at)
		return matType(d.order.Uint32(tag)), int64(d.order.Uint32(tag[4:]))
	}
	_, size := next(d.at)
	for at := d.at + tagSize + size; at < d.size; at += tagSize + size {
		var kind matType
		kind, size = next(at)
		held := size
		if kind == miCompressed {
			inside := make([]byte, tagSize)
			d.packed.Reset(io.NewSectionReader(d.r, at+tagSize, size))
			if d.inflate() == nil {
				io.ReadFull(d.inflater, inside)
			}
			held = int64(d.order.Uint32(inside[4:]))
		}
		n += held
	}
	return n
}

// fill reads the rest of buf, from byte at on, of a variable of the given
// size.
func fill(r io.Reader, buf []byte, at int, size int64) error {
	n, err := io.ReadFull(r, buf[at:])
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("damaged or cut short: the variable says it has %d bytes, %d are there", size, at+n)
	}
	return fmt.Errorf("the variable's data is damaged after %d of %d bytes: %w", at+n, size, err)
}

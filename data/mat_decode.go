package data

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// This reader is our own. Of the Go modules for the format, florianl/matf knows
// no sparse arrays, no 64-bit integers and at most three dimensions, and
// scigolib/matlab, a beta, lists sparse arrays as missing and cells and structs
// as partly there. And other people's files ask for a reader that takes no size
// in them on trust.

// What a file may make us do. Real files stay far below; a file made to harm
// does not get beyond.
const (
	maxHeld  = 4 << 30 // bytes of variables in memory
	maxDepth = 64      // cells in structs in cells
	// Deflate cannot shrink more than this (RFC 1951: 258 bytes from 2 bits).
	maxInflation = 1032
	// peekBytes holds the flags, dimensions and name of any sane variable.
	peekBytes = 4096
)

// matDecoder reads a file from front to back, one variable in memory at a
// time.
type matDecoder struct {
	r     *bufio.Reader
	order binary.ByteOrder
	at    int64 // bytes taken from r
	held  int64 // bytes of variables kept so far
	limit int64 // for held
	only  []string
	file  *MatFile
}

// variables reads all variables up to the end of the file.
func (d *matDecoder) variables() error {
	for {
		at := d.at
		tag := make([]byte, 8)
		n, err := io.ReadFull(d.r, tag)
		d.at += int64(n)
		switch {
		case err == nil:
		case !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
			return err
		case n == 0:
			return nil
		default:
			return fmt.Errorf("the file is cut short: it ends inside the tag at byte %d", at)
		}
		body := &io.LimitedReader{R: d.r, N: int64(d.order.Uint32(tag[4:]))}
		d.at += body.N
		switch kind := matType(d.order.Uint32(tag)); kind {
		case miMatrix:
			_, err = d.variable(body, body.N)
		case miCompressed:
			err = d.compressed(body)
		default:
			err = fmt.Errorf("damaged: an element of type %d where a variable (14 or 15) belongs", kind)
		}
		if err == nil {
			err = discard(body)
		}
		if err != nil {
			return fmt.Errorf("variable at byte %d of the file: %w", at, err)
		}
	}
}

// discard skips what a variable left unread.
func discard(body *io.LimitedReader) error {
	if _, err := io.Copy(io.Discard, body); err != nil {
		return err
	}
	if body.N > 0 {
		return fmt.Errorf("the file is cut short: %d bytes are missing", body.N)
	}
	return nil
}

// compressed reads a variable from a zlib stream, which holds one miMATRIX
// element, tag and all.
func (d *matDecoder) compressed(body *io.LimitedReader) error {
	packed := body.N
	z, err := zlib.NewReader(body)
	if err != nil {
		return fmt.Errorf("its compressed data is damaged: %w", err)
	}
	defer z.Close()
	tag := make([]byte, 8)
	if _, err := io.ReadFull(z, tag); err != nil {
		return fmt.Errorf("its compressed data is damaged: %w", err)
	}
	if kind := matType(d.order.Uint32(tag)); kind != miMatrix {
		return fmt.Errorf("damaged: a compressed element of type %d where a variable (14) belongs", kind)
	}
	size := int64(d.order.Uint32(tag[4:]))
	if size > maxInflation*(packed+1) {
		return fmt.Errorf("damaged: it says %d compressed bytes become %d, more than zlib can do", packed, size)
	}
	if skipped, err := d.variable(z, size); err != nil || skipped {
		return err
	}
	// Reaching the end makes zlib compare its checksum. Up to seven bytes
	// are padding.
	switch n, err := io.CopyN(io.Discard, z, 8); {
	case n == 8:
		return fmt.Errorf("damaged: its compressed data goes on after the %d bytes it says it has", size)
	case err != io.EOF:
		return fmt.Errorf("its compressed data is damaged: %w", err)
	}
	return nil
}

// variable reads the size bytes of one miMATRIX element and enters what they
// hold, or skips it when it is not wanted: then some of it may be left in r.
func (d *matDecoder) variable(r io.Reader, size int64) (skipped bool, err error) {
	var buf bytes.Buffer
	if len(d.only) > 0 {
		if err := fill(&buf, r, min(size, peekBytes), size); err != nil {
			return false, err
		}
		c := cursor{buf: buf.Bytes(), order: d.order}
		if h, err := c.header(); err == nil && !slices.Contains(d.only, h.name) {
			d.skip(h.name)
			return true, nil
		}
	}
	if d.held += size; d.held > d.limit {
		return false, fmt.Errorf("more than %d bytes of variables: name those you need when reading", d.limit)
	}
	if err := fill(&buf, r, size, size); err != nil {
		return false, err
	}
	a, err := parseMatrix(buf.Bytes(), 0, d.order, 0)
	if err != nil {
		return false, err
	}
	switch {
	case a.name == "": // subsystem data: what objects keep aside
	case len(d.only) > 0 && !slices.Contains(d.only, a.name):
		d.skip(a.name)
	default:
		array, err := a.readable()
		d.file.add(a.name, variable{array, err})
	}
	return false, nil
}

// fill reads until buf holds want of the size bytes of a variable. The buffer
// grows with what is really there, whatever size says.
func fill(buf *bytes.Buffer, r io.Reader, want, size int64) error {
	_, err := io.CopyN(buf, r, want-int64(buf.Len()))
	if err == nil {
		return nil
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the file is damaged or cut short: the variable says it has %d bytes, %d are there", size, buf.Len())
	}
	return fmt.Errorf("the variable's data is damaged after %d of %d bytes: %w", buf.Len(), size, err)
}

// skip enters a variable that was not asked for.
func (d *matDecoder) skip(name string) {
	if name != "" {
		d.file.add(name, variable{err: fmt.Errorf("variable %q was not read: only %s was asked for", name, strings.Join(d.only, ", "))})
	}
}

// Package persist writes the state of a computation and reads it back to the bit.
// One function names all that is in it, in one order, for both:
//
//	func (m *Model) state(c *persist.State) {
//		c.Int(&m.trained)
//		c.Floats(m.readout)
//		…
//	}
//
//	err := persist.Write(w, m.state)
//	err = persist.Read(r, m.state)
//
// It is no format for files by itself: nothing in it says what a number is, and
// whoever keeps it adds a checksum and a version.
package persist

import (
	"bufio"
	"crypto/sha256"
	"encoding"
	"encoding/binary"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
)

// Sum is the SHA-256, in hexadecimal, of all that name names.
func Sum(name func(*State)) string {
	h := sha256.New()
	_ = Write(h, name) // a hash takes all it is given
	return hex.EncodeToString(h.Sum(nil))
}

// State is what a function names a state to.
type State struct {
	w   *bufio.Writer // nil while it is read
	r   *bufio.Reader
	n   int64 // bytes so far
	err error
	raw [8 * 1024]byte
}

// Write writes all that name names.
func Write(w io.Writer, name func(*State)) error {
	_, err := write(w, name)
	return err
}

func write(w io.Writer, name func(*State)) (int64, error) {
	c := &State{w: bufio.NewWriterSize(w, 64*1024)}
	name(c)
	if c.err == nil {
		c.err = c.w.Flush()
	}
	return c.n, c.err
}

// Read sets all that name names. What is left in r is not for others to read.
func Read(r io.Reader, name func(*State)) error {
	_, err := read(r, name)
	return err
}

func read(r io.Reader, name func(*State)) (int64, error) {
	c := &State{r: bufio.NewReaderSize(r, 64*1024)}
	name(c)
	return c.n, c.err
}

// WriterTo and ReaderFrom are [Write] and [Read] for methods of those names.
func WriterTo(w io.Writer, name func(*State)) (int64, error) {
	if w == nil {
		return 0, errors.New("there is no writer to write the state to: it is nil")
	}
	return write(w, name)
}

func ReaderFrom(r io.Reader, name func(*State)) (int64, error) {
	if r == nil {
		return 0, errors.New("there is no reader to read the state from: it is nil")
	}
	return read(r, name)
}

// Reading tells whether the state is read.
func (c *State) Reading() bool { return c.r != nil }

// Fail keeps the first error, which ends everything.
func (c *State) Fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

// Err is the first error.
func (c *State) Err() error { return c.err }

// bytes writes b, or fills it.
func (c *State) bytes(b []byte) {
	if c.err != nil {
		return
	}
	var n int
	if c.Reading() {
		n, c.err = io.ReadFull(c.r, b)
	} else {
		n, c.err = c.w.Write(b)
	}
	c.n += int64(n)
}

func (c *State) word(x *uint64) {
	b := c.raw[:8]
	binary.LittleEndian.PutUint64(b, *x)
	if c.bytes(b); c.err == nil {
		*x = binary.LittleEndian.Uint64(b)
	}
}

// Int is a number.
func (c *State) Int(x *int) {
	word := uint64(*x)
	c.word(&word)
	*x = int(word)
}

// Bool is a truth value.
func (c *State) Bool(x *bool) {
	word := uint64(0)
	if *x {
		word = 1
	}
	c.word(&word)
	*x = word == 1
}

// Float are numbers.
func (c *State) Float(x ...*float64) {
	for _, x := range x {
		word := math.Float64bits(*x)
		c.word(&word)
		*x = math.Float64frombits(word)
	}
}

// Floats are vectors whose lengths are known.
func (c *State) Floats(vectors ...[]float64) {
	for _, x := range vectors {
		for len(x) > 0 && c.err == nil {
			part := x[:min(len(x), len(c.raw)/8)]
			c.floats(part, c.raw[:8*len(part)])
			x = x[len(part):]
		}
	}
}

func (c *State) floats(x []float64, raw []byte) {
	if c.Reading() {
		c.bytes(raw)
		for i := range x {
			x[i] = math.Float64frombits(binary.LittleEndian.Uint64(raw[8*i:]))
		}
		return
	}
	for i, v := range x {
		binary.LittleEndian.PutUint64(raw[8*i:], math.Float64bits(v))
	}
	c.bytes(raw)
}

// Singles is a vector of single precision whose length is known.
func (c *State) Singles(x []float32) {
	for len(x) > 0 && c.err == nil {
		part := x[:min(len(x), len(c.raw)/4)]
		raw := c.raw[:4*len(part)]
		if !c.Reading() {
			for i, v := range part {
				binary.LittleEndian.PutUint32(raw[4*i:], math.Float32bits(v))
			}
		}
		c.bytes(raw)
		if c.Reading() {
			for i := range part {
				part[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
			}
		}
		x = x[len(part):]
	}
}

// Numbers are those of a vector of either precision whose length is known.
func Numbers[T float32 | float64](c *State, x []T) {
	switch x := any(x).(type) {
	case []float64:
		c.Floats(x)
	case []float32:
		c.Singles(x)
	}
}

// Symmetric is an n × n matrix, symmetric to the bit, of which one half is kept.
func Symmetric[T float32 | float64](c *State, m []T, n int) {
	for i := range n {
		Numbers(c, m[i*n+i:(i+1)*n])
	}
	if !c.Reading() {
		return
	}
	for i := range n {
		for j := range i {
			m[i*n+j] = m[j*n+i]
		}
	}
}

// most bounds what a length may say: more would not fit into memory.
const most = 1 << 31

// length is the length of something of any length.
func (c *State) length(n int) int {
	if c.Int(&n); c.err == nil && (n < -1 || n > most) {
		c.Fail(fmt.Errorf("a length of %d", n))
	}
	if c.err != nil {
		return 0
	}
	return n
}

// Vector is a vector of any length; nil stays nil.
func (c *State) Vector(x *[]float64) {
	n := len(*x)
	if *x == nil {
		n = -1
	}
	if n = c.length(n); !c.Reading() {
		c.Floats(*x)
		return
	}
	if *x = nil; n >= 0 {
		*x = grown(c, n, func(part []float64) { c.Floats(part) })
	}
}

// grown reads n elements of a list that grows as they come: what a length says that is
// damaged takes no memory.
func grown[T any](c *State, n int, read func([]T)) []T {
	list := []T{}
	for len(list) < n && c.err == nil {
		from := len(list)
		list = append(list, make([]T, min(n-from, 1<<16))...)
		read(list[from:])
	}
	return list
}

// Ints is a list of any length.
func (c *State) Ints(x *[]int) {
	each := func(x []int) {
		for i := range x {
			c.Int(&x[i])
		}
	}
	if n := c.length(len(*x)); c.Reading() {
		*x = grown(c, n, each)
	} else {
		each(*x)
	}
}

// Bytes is a text of any length.
func (c *State) Bytes(b *[]byte) {
	if n := c.length(len(*b)); c.Reading() {
		*b = grown(c, n, c.bytes)
	} else {
		c.bytes(*b)
	}
}

// Binary is what marshals itself, such as the position of a generator.
func (c *State) Binary(x interface {
	encoding.BinaryMarshaler
	encoding.BinaryUnmarshaler
}) {
	var b []byte
	if !c.Reading() && c.err == nil {
		b, c.err = x.MarshalBinary()
	}
	if c.Bytes(&b); c.Reading() && c.err == nil {
		c.err = x.UnmarshalBinary(b)
	}
}

// Gob is anything small that encoding/gob keeps, given by a pointer.
func (c *State) Gob(x any) {
	if c.err != nil {
		return
	}
	if c.Reading() {
		c.part(func(r io.Reader) error { return gob.NewDecoder(r).Decode(x) }, nil)
		return
	}
	c.part(nil, func(w io.Writer) error { return gob.NewEncoder(w).Encode(x) })
}

// Kept writes and reads itself to the bit.
type Kept interface {
	io.WriterTo
	io.ReaderFrom
}

// Part is a part that writes and reads itself.
func (c *State) Part(x Kept) {
	c.part(
		func(r io.Reader) error { _, err := x.ReadFrom(r); return err },
		func(w io.Writer) error { _, err := x.WriteTo(w); return err })
}

// part frames what one writes and another reads to its end, in pieces of known
// length, the last of which is empty.
func (c *State) part(read func(io.Reader) error, write func(io.Writer) error) {
	if c.err != nil {
		return
	}
	p := &pieces{c: c}
	if c.Reading() {
		if err := read(p); err != nil {
			c.Fail(err)
		}
		_, err := io.Copy(io.Discard, p) // gob and others may leave the end
		c.Fail(err)
		return
	}
	if err := write(p); err != nil {
		c.Fail(err)
	}
	c.length(0)
}

// pieces are the content of a part.
type pieces struct {
	c    *State
	left int
	over bool
}

func (p *pieces) Write(b []byte) (int, error) {
	if len(b) > 0 {
		p.c.length(len(b))
		p.c.bytes(b)
	}
	return len(b), p.c.err
}

func (p *pieces) Read(b []byte) (int, error) {
	if p.left == 0 && !p.over {
		p.left = p.c.length(0)
		p.over = p.left == 0
	}
	if p.c.err != nil {
		return 0, p.c.err
	}
	if p.over {
		return 0, io.EOF
	}
	b = b[:min(len(b), p.left)]
	p.c.bytes(b)
	p.left -= len(b)
	return len(b), p.c.err
}

// ErrOther says that a state is not one of what reads it.
var ErrOther = errors.New("the state is of something else")

// Same is a number that both must have, such as a size.
func (c *State) Same(n int) {
	got := n
	if c.Int(&got); c.err == nil && got != n {
		c.Fail(fmt.Errorf("%w: %d where %d belongs", ErrOther, got, n))
	}
}

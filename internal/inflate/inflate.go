// Package inflate unpacks zlib streams that are in memory as a whole into
// memory that is there: the case of chunks of HDF5 files, for which readers of
// streams do several times the work. RFC 1950 and 1951 are what it follows.
package inflate

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/adler32"
)

// ErrLong says that the memory is too small for what a stream holds.
var ErrLong = errors.New("there is more in the stream than it should hold")

var (
	errShort = errors.New("the stream ends too early")
	errCodes = errors.New("its codes are no Huffman codes")
)

// A Decoder unpacks one stream after the other. Its zero value is ready for use;
// it may not be used by several goroutines at once.
type Decoder struct {
	literals  literalTable
	distances distanceTable
	lengths   [320]uint8

	src  []byte
	at   int    // of the next byte that is not in bits
	bits uint64 // the next bits, the lowest first; those above left are bits to come, or 0
	left int    // valid bits; negative if more were taken than there were
}

// Zlib unpacks a stream into dst and returns how many bytes it held. That there
// are more than dst has room for is an error, as is any damage.
func (d *Decoder) Zlib(dst, src []byte) (int, error) {
	if len(src) < 6 {
		return 0, errShort
	}
	if head := binary.BigEndian.Uint16(src); src[0]&15 != 8 || src[0]>>4 > 7 || head%31 != 0 || src[1]&0x20 != 0 {
		return 0, fmt.Errorf("no zlib stream: it begins with %#04x", head)
	}
	d.src, d.at, d.bits, d.left = src, 2, 0, 0
	n := 0
	for last := false; !last; {
		d.refill()
		kind := d.take(3)
		last = kind&1 != 0
		var err error
		switch kind >> 1 {
		case 0:
			n, err = d.stored(dst, n)
		case 1:
			d.fixed()
			n, err = d.coded(dst, n)
		case 2:
			if err = d.codes(); err == nil {
				n, err = d.coded(dst, n)
			}
		default:
			err = errors.New("a block of a kind that does not exist")
		}
		if err == nil && d.left < 0 {
			err = errShort
		}
		if err != nil {
			return n, err
		}
	}
	d.align()
	if len(src)-d.at < 4 {
		return n, errShort
	}
	if want, got := binary.BigEndian.Uint32(src[d.at:]), adler32.Checksum(dst[:n]); want != got {
		return n, fmt.Errorf("its checksum is %#08x, its bytes give %#08x: the file is damaged", want, got)
	}
	return n, nil
}

// refill makes at least 56 bits available, as long as the stream has them.
func (d *Decoder) refill() {
	if d.left < 0 {
		return
	}
	if d.at+8 <= len(d.src) {
		d.bits |= binary.LittleEndian.Uint64(d.src[d.at:]) << (d.left & 63)
		n := (63 - d.left) >> 3
		d.at += n
		d.left += 8 * n
		return
	}
	for d.left <= 56 && d.at < len(d.src) {
		d.bits |= uint64(d.src[d.at]) << (d.left & 63)
		d.at++
		d.left += 8
	}
}

// take returns the next n bits, at most 16, of those that are available.
func (d *Decoder) take(n int) int {
	v := int(d.bits & (1<<n - 1))
	d.bits >>= n
	d.left -= n
	return v
}

// align goes to the next whole byte.
func (d *Decoder) align() {
	if d.left >= 0 {
		d.at -= d.left / 8
	}
	d.bits, d.left = 0, min(d.left, 0)
}

// stored copies a block that is not packed.
func (d *Decoder) stored(dst []byte, n int) (int, error) {
	d.align()
	if d.left < 0 || len(d.src)-d.at < 4 {
		return n, errShort
	}
	size, not := binary.LittleEndian.Uint16(d.src[d.at:]), binary.LittleEndian.Uint16(d.src[d.at+2:])
	d.at += 4
	switch {
	case size != ^not:
		return n, errors.New("a stored block's length does not agree with its complement")
	case int(size) > len(d.src)-d.at:
		return n, errShort
	case int(size) > len(dst)-n:
		return n, ErrLong
	}
	copy(dst[n:], d.src[d.at:d.at+int(size)])
	d.at += int(size)
	return n + int(size), nil
}

// fixed makes the tables of the codes that the format itself defines.
func (d *Decoder) fixed() {
	for i := range 288 {
		switch {
		case i < 144 || i >= 280:
			d.lengths[i] = 8
		case i < 256:
			d.lengths[i] = 9
		default:
			d.lengths[i] = 7
		}
	}
	_ = build(d.literals[:], literalBits, d.lengths[:288], literalEntry)
	for i := range 32 {
		d.lengths[i] = 5
	}
	_ = build(d.distances[:], distanceBits, d.lengths[:32], distanceEntry)
}

// order is that in which the lengths of the codes for lengths come.
var order = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// codes reads the tables of a block.
func (d *Decoder) codes() error {
	d.refill()
	literals, distances, n := d.take(5)+257, d.take(5)+1, d.take(4)+4
	if literals > 286 || distances > 30 {
		return errCodes
	}
	clear(d.lengths[:19])
	for _, i := range order[:n] {
		d.refill()
		d.lengths[i] = uint8(d.take(3))
	}
	if err := build(d.distances[:], distanceBits, d.lengths[:19], plainEntry); err != nil {
		return err
	}
	all := d.lengths[:literals+distances]
	for i := 0; i < len(all); {
		d.refill()
		e := d.distances[d.bits&(1<<distanceBits-1)]
		if e&kindMask == kindInvalid {
			return errCodes
		}
		d.take(int(e & lengthMask))
		repeat, length := 0, uint8(0)
		switch v := uint8(e >> valueShift); v {
		case 16:
			if i == 0 {
				return errCodes
			}
			repeat, length = 3+d.take(2), all[i-1]
		case 17:
			repeat = 3 + d.take(3)
		case 18:
			repeat = 11 + d.take(7)
		default:
			repeat, length = 1, v
		}
		if d.left < 0 {
			return errShort
		}
		if repeat > len(all)-i {
			return errCodes
		}
		for range repeat {
			all[i] = length
			i++
		}
	}
	if all[256] == 0 {
		return errCodes // the block could not end
	}
	if err := build(d.literals[:], literalBits, all[:literals], literalEntry); err != nil {
		return err
	}
	return build(d.distances[:], distanceBits, all[literals:], distanceEntry)
}

package inflate

import (
	"encoding/binary"
	"errors"
)

var (
	errSymbol   = errors.New("a code that stands for nothing")
	errDistance = errors.New("a repetition of what is before the beginning")
)

// margin is room for two literals, a match, and for what copying eight bytes at a time writes
// behind it.
const margin = 2 + 258 + 8

// coded unpacks a block, by the tables, behind the first n bytes of dst.
func (d *Decoder) coded(dst []byte, n int) (int, error) {
	for {
		var err error
		var done bool
		if n, done, err = d.quickly(dst, n); err != nil || done {
			return n, err
		}
		if n, done, err = d.symbol(dst, n); err != nil || done {
			return n, err
		}
	}
}

// quickly unpacks while neither end is near, so that nothing has to be asked.
func (d *Decoder) quickly(dst []byte, n int) (int, bool, error) {
	src, at, bits, left := d.src, d.at, d.bits, d.left
	literals, distances := &d.literals, &d.distances
	defer func() { d.at, d.bits, d.left = at, bits, left }()
	if left < 0 {
		return n, false, errShort
	}
	for n+margin <= len(dst) && at+16 <= len(src) {
		bits |= binary.LittleEndian.Uint64(src[at:]) << (left & 63)
		at += (63 - left) >> 3
		left |= 56
		e := literals[bits&(1<<literalBits-1)]
		if e&kindMask == kindLiteral { // of at most 11 bits each: three are there
			bits >>= e & lengthMask
			left -= int(e & lengthMask)
			dst[n] = byte(e >> valueShift)
			n++
			e = literals[bits&(1<<literalBits-1)]
			if e&kindMask == kindLiteral {
				bits >>= e & lengthMask
				left -= int(e & lengthMask)
				dst[n] = byte(e >> valueShift)
				n++
				e = literals[bits&(1<<literalBits-1)]
				if e&kindMask == kindLiteral {
					bits >>= e & lengthMask
					left -= int(e & lengthMask)
					dst[n] = byte(e >> valueShift)
					n++
					continue
				}
			}
			bits |= binary.LittleEndian.Uint64(src[at:]) << (left & 63)
			at += (63 - left) >> 3
			left |= 56
		}
		if e&kindMask == kindLonger {
			bits >>= literalBits
			left -= literalBits
			e = literals[int(e>>valueShift)+int(bits)&(1<<(e>>extraShift&extraMask)-1)]
			if e&kindMask == kindLiteral {
				bits >>= e & lengthMask
				left -= int(e & lengthMask)
				dst[n] = byte(e >> valueShift)
				n++
				continue
			}
		}
		bits >>= e & lengthMask
		left -= int(e & lengthMask)
		if e&kindMask != kindMatch {
			if e&kindMask == kindEnd {
				return n, true, nil
			}
			return n, false, errSymbol
		}
		extra := e >> extraShift & extraMask
		length := int(e>>valueShift) + int(bits)&(1<<extra-1)
		bits >>= extra
		left -= int(extra)
		e = distances[bits&(1<<distanceBits-1)]
		if e&kindMask == kindLonger {
			bits >>= distanceBits
			left -= distanceBits
			e = distances[int(e>>valueShift)+int(bits)&(1<<(e>>extraShift&extraMask)-1)]
		}
		if e&kindMask != kindMatch {
			return n, false, errSymbol
		}
		bits >>= e & lengthMask
		left -= int(e & lengthMask)
		extra = e >> extraShift & extraMask
		distance := int(e>>valueShift) + int(bits)&(1<<extra-1)
		bits >>= extra
		left -= int(extra)
		if distance > n {
			return n, false, errDistance
		}
		repeat(dst[n-distance:n+length+8], distance, length)
		n += length
	}
	return n, false, nil
}

// repeat copies length bytes from the beginning of b to where distance says, and
// may write up to eight bytes more.
func repeat(b []byte, distance, length int) {
	if distance >= 8 {
		from, to := b, b[distance:]
		for i := 0; i < length; i += 8 {
			binary.LittleEndian.PutUint64(to[i:], binary.LittleEndian.Uint64(from[i:]))
		}
		return
	}
	for i := range length {
		b[distance+i] = b[i]
	}
}

// symbol unpacks one symbol, with all ends watched.
func (d *Decoder) symbol(dst []byte, n int) (int, bool, error) {
	d.refill()
	e := d.next(d.literals[:], literalBits)
	if d.left < 0 {
		return n, false, errShort
	}
	switch e & kindMask {
	case kindLiteral:
		if n == len(dst) {
			return n, false, ErrLong
		}
		dst[n] = byte(e >> valueShift)
		return n + 1, false, nil
	case kindEnd:
		return n, true, nil
	case kindMatch:
	default:
		return n, false, errSymbol
	}
	length := int(e>>valueShift) + d.take(int(e>>extraShift&extraMask))
	e = d.next(d.distances[:], distanceBits)
	if e&kindMask != kindMatch {
		return n, false, errSymbol
	}
	distance := int(e>>valueShift) + d.take(int(e>>extraShift&extraMask))
	switch {
	case d.left < 0:
		return n, false, errShort
	case distance > n:
		return n, false, errDistance
	case length > len(dst)-n:
		return n, false, ErrLong
	}
	for range length {
		dst[n] = dst[n-distance]
		n++
	}
	return n, false, nil
}

// next takes a code and returns its entry.
func (d *Decoder) next(table []uint32, first int) uint32 {
	e := table[d.bits&(1<<first-1)]
	if e&kindMask == kindLonger {
		d.take(first)
		e = table[int(e>>valueShift)+int(d.bits&(1<<(e>>extraShift&extraMask)-1))]
	}
	d.take(int(e & lengthMask))
	return e
}

package hdf5

import (
	"encoding/binary"
	"math/bits"
)

// lookup3 is the checksum of metadata: Bob Jenkins' hash of that name, public
// domain, as hashlittle with the initial value zero.
func lookup3(b []byte) uint32 {
	x := 0xdeadbeef + uint32(len(b))
	a, bb, c := x, x, x
	for len(b) > 12 {
		a += binary.LittleEndian.Uint32(b)
		bb += binary.LittleEndian.Uint32(b[4:])
		c += binary.LittleEndian.Uint32(b[8:])
		a -= c
		a ^= bits.RotateLeft32(c, 4)
		c += bb
		bb -= a
		bb ^= bits.RotateLeft32(a, 6)
		a += c
		c -= bb
		c ^= bits.RotateLeft32(bb, 8)
		bb += a
		a -= c
		a ^= bits.RotateLeft32(c, 16)
		c += bb
		bb -= a
		bb ^= bits.RotateLeft32(a, 19)
		a += c
		c -= bb
		c ^= bits.RotateLeft32(bb, 4)
		bb += a
		b = b[12:]
	}
	if len(b) == 0 {
		return c
	}
	var last [12]byte
	copy(last[:], b)
	a += binary.LittleEndian.Uint32(last[:])
	bb += binary.LittleEndian.Uint32(last[4:])
	c += binary.LittleEndian.Uint32(last[8:])
	c ^= bb
	c -= bits.RotateLeft32(bb, 14)
	a ^= c
	a -= bits.RotateLeft32(c, 11)
	bb ^= a
	bb -= bits.RotateLeft32(a, 25)
	c ^= bb
	c -= bits.RotateLeft32(bb, 16)
	a ^= c
	a -= bits.RotateLeft32(c, 4)
	bb ^= a
	bb -= bits.RotateLeft32(a, 14)
	c ^= bb
	c -= bits.RotateLeft32(bb, 24)
	return c
}

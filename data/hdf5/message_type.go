package hdf5

import (
	"fmt"
	"math"
)

// maxTypeDepth bounds how deep types may be nested.
const maxTypeDepth = 32

// readType reads a datatype message.
func (f *File) readType(c *cursor) (*Type, error) {
	t := f.nextType(c, 0)
	if c.err != nil {
		return nil, c.err
	}
	return t, nil
}

// nextType reads a type, and the types that it is made of.
func (f *File) nextType(c *cursor, depth int) *Type {
	if depth > maxTypeDepth {
		c.fail("types are nested deeper than %d", maxTypeDepth)
		return nil
	}
	start := c.i
	first := c.u8()
	class, version := first&15, first>>4
	bits := uint32(c.uint(3))
	size := c.u32()
	if c.err == nil && (version < 1 || version > 5 || size == 0 || size > math.MaxInt32) {
		c.i = start
		c.fail("it is of version %d and size %d", version, size)
	}
	if c.err != nil {
		return nil
	}
	t := &Type{Size: int(size)}
	switch class {
	case 0:
		t.Class, t.Signed = Integer, bits&8 != 0
		t.readBits(c, bits)
	case 1:
		t.Class = Float
		t.readBits(c, bits)
		t.readFormat(c, bits)
	case 2:
		t.Class, t.BigEndian, t.trouble = Time, bits&1 != 0, "times of HDF5's class time are not read"
		c.skip(2)
	case 3:
		t.Class, t.padding, t.UTF8 = String, uint8(bits&15), bits>>4&15 == 1
	case 4:
		t.Class = Bitfield
		t.readBits(c, bits)
	case 5:
		t.Class, t.Tag = Opaque, c.text(int(bits&0xff))
	case 6:
		t.Class = Compound
		f.readMembers(c, t, int(bits&0xffff), version, depth)
	case 7:
		t.Class = Pointer
		t.readPointer(f, bits)
	case 8:
		t.Class = Enum
		f.readEnum(c, t, int(bits&0xffff), version, depth)
	case 9:
		f.readVariable(c, t, bits, depth)
	case 10:
		t.Class = Array
		f.readArray(c, t, version, depth)
	case 11:
		f.readComplex(c, t, depth)
	default:
		c.fail("its class %d is unknown", class)
	}
	if c.err != nil {
		return nil
	}
	return t
}

// readBits reads which bits of a number's bytes are in use.
func (t *Type) readBits(c *cursor, bits uint32) {
	t.BigEndian = bits&1 != 0
	t.offset, t.precision = int(c.u16()), int(c.u16())
	if c.err == nil && (t.precision == 0 || t.offset+t.precision > 8*t.Size) {
		c.fail("bits %d to %d of %d bytes are in use", t.offset, t.offset+t.precision, t.Size)
	}
	if t.Class != Float && t.Size > 8 {
		t.trouble = fmt.Sprintf("integers of %d bytes are not read", t.Size)
	}
}

// readFormat recognises the float formats that are read.
func (t *Type) readFormat(c *cursor, bits uint32) {
	type layout struct {
		size, precision, offset                          int
		exponentAt, exponent, mantissaAt, mantissa, sign uint8
		bias                                             uint32
	}
	got := layout{size: t.Size, precision: t.precision, offset: t.offset, sign: uint8(bits >> 8)}
	got.exponentAt, got.exponent, got.mantissaAt, got.mantissa = c.u8(), c.u8(), c.u8(), c.u8()
	got.bias = c.u32()
	t.format = map[layout]format{
		{2, 16, 0, 10, 5, 0, 10, 15, 15}:    format16,
		{4, 32, 0, 23, 8, 0, 23, 31, 127}:   format32,
		{8, 64, 0, 52, 11, 0, 52, 63, 1023}: format64,
		{2, 16, 0, 7, 8, 0, 7, 15, 127}:     formatBrain16,
	}[got]
	implied, vax := bits>>4&3 == 2, bits&0x40 != 0
	if t.format == formatOther || !implied || vax {
		t.trouble = fmt.Sprintf("floats of %d bytes with %d bits of exponent and %d of mantissa are not read: only IEEE half, single and double, and bfloat16; convert it with h5repack or h5py to float64",
			t.Size, got.exponent, got.mantissa)
	}
}

func (t *Type) readPointer(f *File, bits uint32) {
	switch kind := bits & 15; {
	case kind == 0 && t.Size >= f.offsetSize: // an address, and zeros up to 8 bytes
	case kind == 0:
		t.trouble = fmt.Sprintf("object references of %d bytes, where addresses have %d", t.Size, f.offsetSize)
	case kind == 1:
		t.trouble = "references to regions are not read: save what they select as a dataset"
	default:
		t.trouble = "references of HDF5 1.12's kind (H5R_ref_t) are not read: write them as H5T_STD_REF_OBJ"
	}
}

func (f *File) readMembers(c *cursor, t *Type, n int, version uint8, depth int) {
	seen := map[string]bool{}
	for range n {
		var m Member
		if version < 3 {
			m.Name, m.Offset = c.name(8), int(c.u32())
		} else {
			m.Name, m.Offset = c.name(1), int(c.uint(bytesFor(uint64(t.Size))))
		}
		var dims []int
		if version == 1 {
			dims = memberDims(c)
		}
		m.Type = f.nextType(c, depth+1)
		if c.err != nil {
			return
		}
		if len(dims) > 0 {
			m.Type = arrayOf(c, m.Type, dims)
		}
		if c.err == nil && (m.Offset < 0 || m.Offset > t.Size || m.Type.Size > t.Size-m.Offset) {
			c.fail("member %q takes bytes %d to %d of %d", m.Name, m.Offset, m.Offset+m.Type.Size, t.Size)
		}
		if c.err == nil && seen[m.Name] {
			c.fail("two members are called %q", m.Name)
		}
		seen[m.Name] = true
		t.Members = append(t.Members, m)
	}
}

// memberDims reads what version 1 says of members that are arrays.
func memberDims(c *cursor) []int {
	n := int(c.u8())
	c.skip(3 + 4 + 4)
	var dims []int
	for i := range 4 {
		if d := c.u32(); i < n {
			dims = append(dims, int(d&math.MaxInt32))
		}
	}
	if n > 4 {
		c.fail("a member has %d dimensions; 4 are possible", n)
	}
	return dims
}

func (f *File) readEnum(c *cursor, t *Type, n int, version uint8, depth int) {
	t.Base = f.nextType(c, depth+1)
	if c.err != nil {
		return
	}
	if t.Base.Class != Integer || t.Base.Size != t.Size {
		c.fail("an enum of %d bytes stands on %s", t.Size, t.Base)
		return
	}
	t.BigEndian, t.Signed, t.trouble = t.Base.BigEndian, t.Base.Signed, t.Base.trouble
	pad := 8
	if version >= 3 {
		pad = 1
	}
	for range n {
		t.Enum = append(t.Enum, EnumValue{Name: c.name(pad)})
		if c.err != nil {
			return
		}
	}
	for i := range t.Enum {
		b := c.bytes(t.Size)
		if c.err == nil && t.trouble == "" {
			t.Enum[i].Value = int64(t.Base.load(b))
		}
	}
}

// readVariable reads a list, or a string, of variable length.
func (f *File) readVariable(c *cursor, t *Type, bits uint32, depth int) {
	base := f.nextType(c, depth+1)
	if want := 4 + f.offsetSize + 4; c.err == nil && t.Size != want {
		c.fail("elements of variable length take %d bytes, not %d", t.Size, want)
	}
	if bits&15 == 1 {
		t.Class, t.Variable, t.UTF8 = String, true, bits>>8&15 == 1
		return
	}
	t.Class, t.Base = List, base
}

func (f *File) readArray(c *cursor, t *Type, version uint8, depth int) {
	n := int(c.u8())
	if version < 3 {
		c.skip(3)
	}
	var dims []int
	for range n {
		dims = append(dims, int(c.u32()&math.MaxInt32))
	}
	if version < 3 {
		c.skip(4 * n)
	}
	base := f.nextType(c, depth+1)
	if c.err != nil {
		return
	}
	a := arrayOf(c, base, dims)
	if c.err == nil && a.Size != t.Size {
		c.fail("an array %v of %s takes %d bytes, and %d are stated", dims, base, a.Size, t.Size)
	}
	if c.err == nil {
		*t = *a
	}
}

func arrayOf(c *cursor, base *Type, dims []int) *Type {
	size := int64(base.Size)
	for _, d := range dims {
		if d <= 0 || size > math.MaxInt32/int64(d) {
			c.fail("an array of dimensions %v of %s is too large or empty", dims, base)
			return base
		}
		size *= int64(d)
	}
	return &Type{Class: Array, Size: int(size), Base: base, Dims: dims}
}

// readComplex reads the complex numbers of HDF5 2.0 as compounds of r and i.
func (f *File) readComplex(c *cursor, t *Type, depth int) {
	base := f.nextType(c, depth+1)
	if c.err != nil {
		return
	}
	if t.Size != 2*base.Size {
		c.fail("a complex number of %d bytes has parts of %d", t.Size, base.Size)
		return
	}
	t.Class = Compound
	t.Members = []Member{{"r", 0, base}, {"i", base.Size, base}}
}

// bytesFor is the number of bytes that numbers up to v take.
func bytesFor(v uint64) int {
	n := 1
	for v >>= 8; v > 0; v >>= 8 {
		n++
	}
	return n
}

package npz

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"math"
	"strings"
)

// Salvage opens the beginning of an archive whose writer was broken off: it has
// no directory and no end. It returns the arrays that are whole, with checksums that are right, up
// to the first that is not, and how many bytes they take. The archive must be one
// of [Writer].
func Salvage(data []byte) (r *Reader, whole int) {
	r = &Reader{places: make(map[string]int)}
	for {
		e, size := salvage(data[whole:])
		if size == 0 {
			return r, whole
		}
		if _, twice := r.places[e.name]; twice {
			return r, whole
		}
		e.at = int64(whole)
		r.places[e.name] = len(r.entries)
		r.entries = append(r.entries, e)
		whole += size
	}
}

// salvage reads the entry at the front and returns how many bytes it takes, 0 if
// it is not all there. Its length follows from what is in it, an array.
func salvage(data []byte) (e entry, size int) {
	f := fields(data)
	if len(f) < localSize || f.u32() != localMark {
		return e, 0
	}
	f.take(2) // version
	e.flags, e.method = f.u16(), f.u16()
	f.take(4) // time
	crc, packed, size32 := f.u32(), f.u32(), f.u32()
	name, extra := int(f.u16()), int(f.u16())
	e.name = string(f.take(name))
	f.take(extra)
	n := arrayLength(f)
	if e.check() != nil || e.method != stored || !strings.HasSuffix(e.name, arrayEnding) || n == 0 || n > len(f) {
		return e, 0
	}
	e.packed = f.take(n)
	e.crc, e.size, e.packedSize = crc32.ChecksumIEEE(e.packed), int64(n), int64(n)
	fits := crc == e.crc && int(packed) == n && int(size32) == n
	if e.flags&descriptorFlag != 0 { // they stand behind the content
		fits = bytes.Equal(f.take(descriptorSize(n)), e.wantedDescriptor())
	}
	if !fits {
		return e, 0
	}
	return e, len(data) - len(f)
}

// arrayLength is the length in bytes of the array at the front, 0 if that is none.
func arrayLength(data []byte) int {
	text, body, err := headerText(data)
	if err != nil {
		return 0
	}
	h, err := parseHeader(text)
	if err != nil || len(h.Shape) > maxDimensions {
		return 0
	}
	size := h.Type.Size
	for _, n := range h.Shape {
		if n > 0 && size > len(body)/n {
			return 0
		}
		size *= n
	}
	if size > len(body) {
		return 0
	}
	return len(data) - len(body) + size
}

// descriptorSize is how long the record behind a content is.
func descriptorSize(content int) int {
	if content >= math.MaxUint32 {
		return 24
	}
	return 16
}

func (e *entry) wantedDescriptor() []byte {
	d := binary.LittleEndian.AppendUint32(nil, descriptorMark)
	d = binary.LittleEndian.AppendUint32(d, e.crc)
	for range 2 {
		if descriptorSize(int(e.size)) == 16 {
			d = binary.LittleEndian.AppendUint32(d, uint32(e.size))
		} else {
			d = binary.LittleEndian.AppendUint64(d, uint64(e.size))
		}
	}
	return d
}

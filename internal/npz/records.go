package npz

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
)

// The records of a zip archive: their signatures and sizes without names and
// other parts of free length (PKWARE's APPNOTE.TXT, section 4.3).
const (
	localMark, localSize         = 0x04034b50, 30
	descriptorMark               = 0x08074b50
	directoryMark, directorySize = 0x02014b50, 46
	endMark, endSize             = 0x06054b50, 22
	locatorMark, locatorSize     = 0x07064b50, 20
	wideEndMark, wideEndSize     = 0x06064b50, 56
)

// fields reads numbers from the front of a record. Beyond its end they are 0.
type fields []byte

func (f *fields) take(n int) []byte {
	n = min(max(n, 0), len(*f))
	part := (*f)[:n]
	*f = (*f)[n:]
	return part
}

func (f *fields) number(size int) uint64 {
	var word [8]byte
	copy(word[:], f.take(size))
	return binary.LittleEndian.Uint64(word[:])
}

func (f *fields) u16() uint16 { return uint16(f.number(2)) }
func (f *fields) u32() uint32 { return uint32(f.number(4)) }

// length is a number of up to 8 bytes, or -1 if it is beyond all lengths.
func (f *fields) length(size int) int64 {
	n := f.number(size)
	if n > math.MaxInt64 {
		return -1
	}
	return int64(n)
}

// end is what the end of an archive says of its directory.
type end struct {
	at, size int64 // of the directory
	count    int64 // of its entries
	comment  []byte
}

// findEnd finds the record at the end, after which only its own comment
// stands, and the wide one before it that archives over 4 GB have.
func findEnd(data []byte) (end, error) {
	if !bytes.HasPrefix(data, []byte("PK")) {
		return end{}, errors.New("not an .npz archive")
	}
	stop := len(data) - endSize
	for ; ; stop-- {
		if stop < 0 || len(data)-stop-endSize > math.MaxUint16 {
			return end{}, damaged("the archive has no end")
		}
		f := fields(data[stop:])
		if f.u32() == endMark && int(binary.LittleEndian.Uint16(data[stop+endSize-2:])) == len(data)-stop-endSize {
			break
		}
	}
	f := fields(data[stop+4:])
	disks := f.number(4)
	here, count := f.u16(), f.u16()
	e := end{count: int64(count), size: f.length(4), at: f.length(4)}
	limit := int64(stop)
	if wide, ok := wideEnd(data, stop); ok {
		e, limit = wide, int64(stop-locatorSize-wideEndSize)
	}
	if disks != 0 || here != count || e.at < 0 || e.size < 0 || e.at > limit || e.at+e.size != limit ||
		e.count < 0 || e.count > e.size/directorySize {
		return end{}, damaged("its end does not fit what stands before it")
	}
	e.comment = data[stop+endSize:]
	return e, nil
}

// wideEnd reads the records with sizes of 8 bytes that stand before the end at
// stop, if they are there.
func wideEnd(data []byte, stop int) (end, bool) {
	at := stop - locatorSize - wideEndSize
	if at < 0 {
		return end{}, false
	}
	f, locator := fields(data[at:]), fields(data[stop-locatorSize:])
	if f.u32() != wideEndMark || f.length(8) != wideEndSize-12 || locator.u32() != locatorMark ||
		locator.u32() != 0 || locator.length(8) != int64(at) {
		return end{}, false
	}
	f.take(4) // versions
	if disks, here := f.number(8), f.length(8); disks == 0 {
		e := end{count: f.length(8), size: f.length(8), at: f.length(8)}
		return e, here == e.count
	}
	return end{}, false
}

// directory reads the entries' records in the directory, which it fills.
func (d end) directory(data []byte) ([]entry, error) {
	entries := make([]entry, 0, d.count)
	for rest := fields(data[d.at : d.at+d.size]); len(rest) > 0; {
		if len(rest) < directorySize || rest.u32() != directoryMark {
			return nil, damaged("the directory's entry %d makes no sense", len(entries))
		}
		rest.take(4) // versions
		e := entry{flags: rest.u16(), method: rest.u16()}
		rest.take(4) // time
		e.crc, e.packedSize, e.size = rest.u32(), rest.length(4), rest.length(4)
		name, extra, comment := int(rest.u16()), int(rest.u16()), int(rest.u16())
		disk := rest.u16()
		rest.take(6) // attributes
		e.at = rest.length(4)
		if disk != 0 || name+extra+comment > len(rest) || int64(len(entries)) == d.count {
			return nil, damaged("the directory's entry %d makes no sense", len(entries))
		}
		e.name = string(rest.take(name))
		wide(rest.take(extra), &e.size, &e.packedSize, &e.at)
		rest.take(comment)
		if err := e.check(); err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	if int64(len(entries)) != d.count {
		return nil, damaged("the directory has %d of %d entries", len(entries), d.count)
	}
	return entries, nil
}

// wide replaces sizes that do not fit 4 bytes by those among the extra fields.
func wide(extra fields, sizes ...*int64) {
	for len(extra) >= 4 {
		id, length := extra.u16(), int(extra.u16())
		field := fields(extra.take(length))
		for _, size := range sizes {
			if id == 1 && *size == math.MaxUint32 && len(field) >= 8 {
				*size = field.length(8)
			}
		}
	}
}

// locate finds the entry's bytes in its part of the file: its own header, which
// must agree with the directory's, what is packed, and the sizes once more
// where the writer knew them only then.
func (e *entry) locate(part fields) error {
	if len(part) < localSize || part.u32() != localMark {
		return damaged("%s does not stand where the directory says", e.name)
	}
	part.take(2) // version
	own := entry{flags: part.u16(), method: part.u16()}
	part.take(4) // time
	own.crc, own.packedSize, own.size = part.u32(), part.length(4), part.length(4)
	name, extra := int(part.u16()), int(part.u16())
	own.name = string(part.take(name))
	wide(part.take(extra), &own.size, &own.packedSize)
	if int64(len(part)) < e.packedSize {
		return damaged("%s is not all there", e.name)
	}
	e.packed = part.take(int(e.packedSize))
	if e.flags&descriptorFlag != 0 {
		own.descriptor(part)
		part = nil
	}
	if own.name != e.name || own.flags != e.flags || own.method != e.method ||
		own.crc != e.crc || own.size != e.size || own.packedSize != e.packedSize || len(part) > 0 {
		return damaged("%s and the directory disagree", e.name)
	}
	return nil
}

// descriptor reads checksum and sizes behind an entry, each of 4 or 8 bytes,
// with or without a signature.
func (e *entry) descriptor(part fields) {
	mark := binary.LittleEndian.AppendUint32(nil, descriptorMark)
	switch len(part) {
	case 16, 24:
		if !bytes.HasPrefix(part, mark) {
			e.size = -1
		}
		part.take(4)
	case 12, 20:
	default:
		e.size = -1 // agrees with none
		return
	}
	e.crc = part.u32()
	width := len(part) / 2
	packed, size := part.length(width), part.length(width)
	if e.size >= 0 {
		e.packedSize, e.size = packed, size
	}
}

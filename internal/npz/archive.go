package npz

import (
	"bytes"
	"cmp"
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/spikewalk/spikewalk/internal/unpack"
)

// Methods of packing.
const (
	stored   = 0
	deflated = 8
)

// descriptorFlag says that checksum and sizes stand behind an entry.
const descriptorFlag = 1 << 3

// entry is a file of an archive.
type entry struct {
	name   string
	flags  uint16
	method uint16
	crc    uint32
	// size is the content's length in bytes, packedSize its length in the archive.
	size, packedSize int64
	at               int64 // of its own header
	packed           []byte
}

// ErrDamaged is part of the error of a file whose parts do not agree.
var ErrDamaged = errors.New("the file is damaged or cut short")

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrDamaged}, args...)...)
}

// openArchive returns the entries of a zip archive in memory, in the order in
// which they stand there. Each byte of the archive must belong to one record:
// entry after entry from the first byte on, then the directory, then the end;
// what they say of one another must agree. Checksums are compared as entries
// are read.
//
// archive/zip believes the directory and never asks whether the entries agree,
// so that one which damage has taken out of the directory is lost without a
// word.
func openArchive(data []byte) (entries []entry, seal seal, err error) {
	end, err := findEnd(data)
	if err != nil {
		return nil, seal, err
	}
	if seal, err = findSeal(data, end.comment); err != nil {
		return nil, seal, err
	}
	if entries, err = end.directory(data); err != nil {
		return nil, seal, err
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.at, b.at) })
	seen := make(map[string]bool)
	var at, total, largest int64
	for i := range entries {
		e := &entries[i]
		next := end.at // where the next record begins
		if i+1 < len(entries) {
			next = entries[i+1].at
		}
		if e.at != at || next > end.at {
			return nil, seal, damaged("at byte %d something stands between the entries", at)
		}
		if err := e.locate(data[at:next]); err != nil {
			return nil, seal, err
		}
		if seen[e.name] {
			return nil, seal, damaged("two entries are named %q", e.name)
		}
		seen[e.name] = true
		total += e.size
		if e.method == deflated {
			// What is unpacked is held once more while it becomes numbers.
			largest = max(largest, e.size)
		}
		if err := unpack.Check(total+largest, int64(len(data))); err != nil {
			return nil, seal, err
		}
		at = next
	}
	if at != end.at {
		return nil, seal, damaged("something stands before the directory")
	}
	return entries, seal, nil
}

// check refuses what none of the programs that write arrays does.
func (e *entry) check() error {
	name := e.name
	if e.isFolder() {
		name = strings.TrimSuffix(name, "/")
	}
	const packing, utf8 = 1<<1 | 1<<2, 1 << 11
	switch {
	case !fs.ValidPath(name) || strings.ContainsAny(name, "\\\x00"):
		return fmt.Errorf("an entry is named %q, which is no array's name", e.name)
	case e.flags&1 != 0:
		return fmt.Errorf("%s is encrypted", e.name)
	case e.flags&^(packing|descriptorFlag|utf8) != 0:
		return damaged("%s has unknown flags", e.name)
	case e.method != stored && e.method != deflated:
		return fmt.Errorf("%s is packed by method %d of zip archives, and only stored (0) and deflated (8) entries are read", e.name, e.method)
	case e.method == stored && e.size != e.packedSize, e.size < 0, e.packedSize < 0, e.at < 0:
		return damaged("the sizes of %s make no sense", e.name)
	case e.size/maxInflation > e.packedSize:
		return damaged("%d bytes of %s cannot come of %d", e.size, e.name, e.packedSize)
	}
	return nil
}

// isFolder tells whether the entry is there for its name alone.
func (e *entry) isFolder() bool { return strings.HasSuffix(e.name, "/") && e.size == 0 }

// Deflate cannot shrink more than this (RFC 1951: 258 bytes from 2 bits).
const maxInflation = 1032

// content returns the entry's content, whose size and checksum are verified.
// That of a stored entry shares the archive's memory.
func (e *entry) content() ([]byte, error) {
	content := e.packed
	if e.method == deflated {
		packed := bytes.NewReader(e.packed)
		z := flate.NewReader(packed)
		content = make([]byte, e.size)
		if _, err := io.ReadFull(z, content); err != nil {
			return nil, damaged("%w", err)
		}
		if n, err := z.Read(make([]byte, 1)); n != 0 || err != io.EOF || packed.Len() != 0 {
			return nil, damaged("it is longer than its declared size of %d bytes", e.size)
		}
	}
	if crc32.ChecksumIEEE(content) != e.crc {
		return nil, damaged("the checksum is wrong")
	}
	return content, nil
}

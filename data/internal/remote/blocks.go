package remote

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"time"

	"github.com/spikewalk/spikewalk/internal/scratch"
)

// blocks keeps the blocks of one version of one file in a folder, each in a
// file of its own that ends with its checksum. A block appears whole or not at all,
// a damaged one counts as missing, and any may be removed at any time: so programs
// share the folder without locks, and what one has read the next one finds.
type blocks struct {
	folder string
	beside string // a folder in which one block at a time is written
	size   int64  // of the file
	block  int64  // of all blocks but the last
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// span returns which bytes a block holds.
func (b blocks) span(i int64) span { return span{i * b.block, min((i+1)*b.block, b.size)} }

func (b blocks) path(i int64) string { return filepath.Join(b.folder, fmt.Sprintf("%08d", i)) }

// has tells whether a block seems to be there, without reading it.
func (b blocks) has(i int64) bool {
	info, err := os.Stat(b.path(i))
	s := b.span(i)
	return err == nil && info.Size() == s.to-s.from+crc32.Size
}

// load returns a block, or nil if it is not there whole.
func (b blocks) load(i int64) []byte {
	content, err := os.ReadFile(b.path(i))
	s := b.span(i)
	n := int(s.to - s.from)
	if err != nil || len(content) != n+crc32.Size {
		return nil
	}
	if crc32.Checksum(content[:n], castagnoli) != binary.LittleEndian.Uint32(content[n:]) {
		return nil
	}
	now := time.Now()
	_ = os.Chtimes(b.path(i), now, now) // what was used last goes last
	return content[:n:n]
}

// save keeps a block. It is written beside its place and takes its name then;
// nobody waits until it is on the disk, since the checksum shows if it is not.
func (b blocks) save(i int64, content []byte) error {
	sum := crc32.Checksum(content, castagnoli)
	whole := binary.LittleEndian.AppendUint32(content[:len(content):len(content)], sum)
	beside := filepath.Join(b.beside, "block")
	if err := os.WriteFile(beside, whole, scratch.Public); err != nil {
		return &KeepError{err}
	}
	var err error
	for range 2 { // another program may remove the folder in between, when it is empty
		if err = scratch.Folder(b.folder, scratch.Private); err == nil {
			err = os.Rename(beside, b.path(i))
		}
		if err == nil {
			return nil
		}
	}
	return &KeepError{err}
}

// held are the blocks used last, in memory: a reader of small things asks for
// the same ones many times.
type held struct {
	index   []int64
	content [][]byte
}

const mostHeld = 8

func (h *held) get(i int64) []byte {
	for k, index := range h.index {
		if index == i {
			content := h.content[k]
			h.drop(k)
			h.add(i, content)
			return content
		}
	}
	return nil
}

func (h *held) add(i int64, content []byte) {
	if len(h.index) == mostHeld {
		h.drop(0)
	}
	h.index, h.content = append(h.index, i), append(h.content, content)
}

func (h *held) drop(k int) {
	h.index = append(h.index[:k], h.index[k+1:]...)
	copy(h.content[k:], h.content[k+1:])
	h.content = h.content[:len(h.index)]
}

// errClosed is what a file answers after Close.
var errClosed = errors.New("the remote file is closed")

package mat

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// A MAT-file begins with 128 bytes: 116 of text, 8 about subsystem data, the
// version, and the letters MI as the writer's machine stores them.
const (
	headerSize = 128
	level5     = 0x0100
	level73    = 0x0200
	hdf5Mark   = "\x89HDF\r\n\x1a\n"
)

// level returns the version in a MAT-file's header and its byte order, nil if
// it is no such header.
func level(head []byte) (uint16, binary.ByteOrder) {
	if len(head) < headerSize {
		return 0, nil
	}
	switch string(head[126:headerSize]) {
	case "IM":
		return binary.LittleEndian.Uint16(head[124:]), binary.LittleEndian
	case "MI":
		return binary.BigEndian.Uint16(head[124:]), binary.BigEndian
	}
	return 0, nil
}

// Version returns the version of the MAT-file of the given size that begins with
// head, of which 1,024 bytes are enough: "4", "5" (MATLAB's -v6 and -v7) or "7.3".
// It is "" for what is no MAT-file. A MAT-file of another version, or one whose
// header is damaged, is a [*RefusedError].
func Version(head []byte, size int64) (string, error) {
	version, order := level(head)
	text := len(head) >= 4 && bytes.IndexByte(head[:4], 0) < 0
	switch {
	case order != nil && version == level73 && text, bytes.HasPrefix(head, []byte("MATLAB 7.3")):
		if len(head) >= 520 && string(head[512:520]) == hdf5Mark {
			return "7.3", nil
		}
		return "", refuse(fmt.Sprintf("a MAT-file of version 7.3 (HDF5) that is damaged or cut short, after %d bytes", size), again)
	case order != nil && version == level5 && text:
		return "5", nil
	case !bytes.HasPrefix(head, []byte("MATLAB ")):
		if isVersion4(head) {
			return "4", nil
		}
		return "", nil
	case order != nil:
		return "", refuse(fmt.Sprintf("a MAT-file of unknown version %#04x", version), "in MATLAB, load it and save it again with save -v7")
	case size < headerSize && bytes.HasPrefix(head, []byte("MATLAB 5.0")):
		return "", refuse(fmt.Sprintf("a MAT-file cut short in its header, after %d bytes", size), again)
	case bytes.HasPrefix(head, []byte("MATLAB 5.0 MAT-file")):
		return "", refuse(fmt.Sprintf("a MAT-file whose header is damaged (its byte-order mark is %q, neither \"IM\" nor \"MI\")", head[126:headerSize]), again)
	}
	return "", nil
}

func refuse(what, todo string) error { return &RefusedError{What: what, Todo: todo} }

const again = "get the file itself again"

// RefusedError is the error of a MAT-file that is not read.
type RefusedError struct {
	// What is what the file is, a noun with its article, Todo what to do.
	What, Todo string
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("this is %s, which is not read: %s", e.What, e.Todo)
}

// isVersion4 recognises a MAT-file of version 4, which has no mark. It begins
// with five words: the type MOPT in decimal (M the machine 0-4, O zero, P the
// storage 0-5, T the kind 0-2), rows, columns, whether there is an imaginary
// part, and the length of the name that follows, which ends in zero.
func isVersion4(head []byte) bool {
	if len(head) < 22 {
		return false
	}
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		mopt, imaginary, length := order.Uint32(head), order.Uint32(head[12:]), order.Uint32(head[16:])
		if mopt/1000 > 4 || mopt/100%10 != 0 || mopt/10%10 > 5 || mopt%10 > 2 || imaginary > 1 || length < 2 || length > 256 {
			continue
		}
		rows, columns := order.Uint32(head[4:]), order.Uint32(head[8:])
		end := 20 + int(length)
		if end > len(head) || rows > 1<<31-1 || columns > 1<<31-1 {
			continue
		}
		name := head[20 : end-1]
		if first := name[0] | 0x20; head[end-1] == 0 && bytes.IndexByte(name, 0) < 0 && (first >= 'a' && first <= 'z') {
			return true
		}
	}
	return false
}

// decode5 reads the MAT-file in the size bytes of r, of its variables those
// asked for.
func decode5(r io.ReaderAt, size int64, names []string) (*File, error) {
	d, err := newDecoder(r, size)
	if err != nil {
		return nil, err
	}
	d.only, d.file.only = names, names
	return d.file, d.variables()
}

// newDecoder reads the header of the MAT-file in the size bytes of r.
func newDecoder(r io.ReaderAt, size int64) (*decoder, error) {
	head := make([]byte, headerSize)
	if _, err := r.ReadAt(head, 0); err != nil {
		return nil, err
	}
	_, order := level(head)
	return &decoder{
		r: r, size: size, at: headerSize, order: order,
		memory: &memory{file: size}, subsystem: int64(order.Uint64(head[116:])),
		file: &File{
			Description: strings.TrimRight(string(head[:116]), " \x00"),
			BigEndian:   order == binary.BigEndian,
			variables:   map[string]variable{},
		},
	}, nil
}

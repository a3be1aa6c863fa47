package data

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// newMatDecoder reads the 128-byte header: 116 bytes of text, 8 about
// subsystem data, version, and the letters MI as the writer's machine stores
// them.
func newMatDecoder(r io.Reader) (*matDecoder, error) {
	d := &matDecoder{r: bufio.NewReaderSize(r, 1<<16), limit: maxHeld}
	head := make([]byte, 128)
	n, err := io.ReadFull(d.r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	d.at = int64(n)
	if err := refuse(head[:n]); err != nil {
		return nil, err
	}
	switch string(head[126:]) {
	case "IM":
		d.order = binary.LittleEndian
	case "MI":
		d.order = binary.BigEndian
	default:
		return nil, fmt.Errorf("not a MAT-file: its byte-order mark is %q, neither \"IM\" nor \"MI\"", head[126:])
	}
	switch version := d.order.Uint16(head[124:]); version {
	case 0x0100:
	case 0x0200:
		return nil, errHDF5
	default:
		return nil, fmt.Errorf("a MAT-file of unknown version %#04x, want 0x0100: save it with -v7", version)
	}
	d.file = &MatFile{
		Description: strings.TrimRight(string(head[:116]), " \x00"),
		BigEndian:   d.order == binary.BigEndian,
		variables:   map[string]variable{},
	}
	return d, nil
}

var errHDF5 = errors.New("a version 7.3 MAT-file (HDF5), which is not read: in MATLAB, load it and save it again with save(file, '-v7')")

// refuse recognises the files that people mistake for level-5 MAT-files.
func refuse(head []byte) error {
	switch {
	case bytes.HasPrefix(head, []byte("\x89HDF\r\n\x1a\n")), bytes.HasPrefix(head, []byte("MATLAB 7.3")):
		return errHDF5
	case bytes.HasPrefix(head, []byte("# Created by Octave")), bytes.HasPrefix(head, []byte("Octave-1-")):
		return errors.New("a file in Octave's own format, which is not read: in Octave, load it and save it again with save -v7")
	case len(head) >= 20 && bytes.IndexByte(head[:4], 0) >= 0 && plausibleV4(head):
		return errors.New("a version 4 MAT-file, which is not read: in MATLAB or Octave, load it and save it again with save -v7")
	case len(head) < 128:
		return fmt.Errorf("not a MAT-file: it has %d bytes, fewer than a MAT-file's header", len(head))
	case bytes.IndexByte(head[:4], 0) >= 0:
		return errors.New("not a MAT-file: its header does not begin with text")
	}
	return nil
}

// plausibleV4 tells whether the first word is a version 4 type MOPT: M the
// machine 0-4, O zero, P the storage 0-5, T the kind 0-2, in decimal, in
// either byte order.
func plausibleV4(head []byte) bool {
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		mopt := order.Uint32(head)
		if mopt/1000 <= 4 && mopt/100%10 == 0 && mopt/10%10 <= 5 && mopt%10 <= 2 {
			return true
		}
	}
	return false
}

package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// maxLine is the longest line, in bytes, that is read.
const maxLine = 2 << 20

// lines reads the lines of a file one by one.
type lines struct {
	buffer *bufio.Reader
	line   []byte
	// number of the line that was read last, from 1.
	number int
}

func newLines(r io.Reader) *lines { return &lines{buffer: bufio.NewReaderSize(r, 1<<16)} }

// next returns a line without its end, which the next call overwrites, or io.EOF.
func (l *lines) next() ([]byte, error) {
	l.line = l.line[:0]
	return l.more()
}

// more is next for a record that goes on in another line.
func (l *lines) more() ([]byte, error) {
	start := len(l.line)
	for {
		part, err := l.buffer.ReadSlice('\n')
		l.line = append(l.line, part...)
		switch {
		case len(l.line) > maxLine:
			return nil, fmt.Errorf("line %d is longer than %d MB: it is no line of a table; if it is, have a column for each channel and a row for each time", l.number+1, maxLine>>20)
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(l.line) == start:
			return nil, io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return nil, err
		}
		break
	}
	l.number++
	end := bytes.TrimSuffix(bytes.TrimSuffix(l.line, []byte("\n")), []byte("\r"))
	if i := bytes.IndexByte(end[start:], 0); i >= 0 {
		return nil, fmt.Errorf("line %d has a byte of zeros, its character %d: this is no text", l.number, i+1)
	}
	if i := bytes.IndexByte(end[start:], '\r'); i >= 0 {
		return nil, fmt.Errorf("line %d has an end of line of old Macintoshes (CR alone), its character %d: save the file with LF or CRLF", l.number, i+1)
	}
	l.line = end
	return end, nil
}

// count counts the lines of size bytes.
func count(r io.ReaderAt, size int64) (n int64, err error) {
	buffer := make([]byte, min(size, 1<<18))
	section := io.NewSectionReader(r, 0, size)
	for {
		read, err := section.Read(buffer)
		n += int64(bytes.Count(buffer[:read], []byte("\n")))
		if errors.Is(err, io.EOF) || read == 0 && err == nil {
			return n + 1, nil
		}
		if err != nil {
			return n, err
		}
	}
}

package spiking

import (
	"encoding/binary"
	"io"
	"math"
)

// converted reads float64 numbers as numbers of another kind, none of which
// takes more than 8 bytes.
type converted struct {
	from   io.Reader
	append func(to []byte, x float64) []byte
	words  []byte // scratch
}

func (c *converted) Read(p []byte) (int, error) {
	if len(p) < 8 {
		return 0, io.ErrShortBuffer
	}
	if len(c.words) < len(p)/8*8 {
		c.words = make([]byte, len(p)/8*8)
	}
	n, err := io.ReadFull(c.from, c.words[:len(p)/8*8])
	if err == io.ErrUnexpectedEOF && n%8 == 0 {
		err = io.EOF
	}
	to := p[:0]
	for i := 0; i+8 <= n; i += 8 {
		to = c.append(to, math.Float64frombits(binary.LittleEndian.Uint64(c.words[i:])))
	}
	return len(to), err
}

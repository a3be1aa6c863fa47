package spiking

import (
	"archive/zip"
	"encoding/binary"
	"fmt"
	"io"
	"math"
)

// writeArray writes one array of an .npz file, uncompressed: noise does not
// shrink. The header is ours, since npyio writes only values that are whole
// in memory (NumPy format, version 1.0).
func writeArray(z *zip.Writer, name, descr string, shape []int, from io.Reader) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name + ".npy", Method: zip.Store})
	if err != nil {
		return err
	}
	dims := fmt.Sprintf("(%d,)", shape[0])
	if len(shape) == 2 {
		dims = fmt.Sprintf("(%d, %d)", shape[0], shape[1])
	}
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': %s, }", descr, dims)
	const preamble = 10 // magic, version, length
	for (preamble+len(header)+1)%64 != 0 {
		header += " "
	}
	header += "\n"
	length := binary.LittleEndian.AppendUint16(nil, uint16(len(header)))
	if _, err := fmt.Fprintf(w, "\x93NUMPY\x01\x00%s%s", length, header); err != nil {
		return err
	}
	_, err = io.Copy(w, from)
	return err
}

// numbers reads as the bytes of its data, whole numbers at a time.
type numbers struct{ data []float64 }

func (n *numbers) Read(p []byte) (int, error) {
	k := min(len(p)/8, len(n.data))
	if k == 0 {
		if len(n.data) == 0 {
			return 0, io.EOF
		}
		return 0, io.ErrShortBuffer
	}
	for i, x := range n.data[:k] {
		binary.LittleEndian.PutUint64(p[8*i:], math.Float64bits(x))
	}
	n.data = n.data[k:]
	return 8 * k, nil
}

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

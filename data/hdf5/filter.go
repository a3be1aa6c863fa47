package hdf5

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"

	"github.com/spikewalk/spikewalk/internal/inflate"
)

// readable returns an error that names the first filter of a chunk that is not
// read. Filters whose bit of mask is set were left out: whoever wrote the chunk
// may not have had them either.
func readable(filters []Filter, mask uint32) error {
	for i, f := range filters {
		switch f.ID {
		case filterDeflate, filterShuffle, filterFletcher32, filterLZF:
		default:
			if mask>>i&1 != 0 {
				continue
			}
			name := "unknown"
			if f.Name != "" {
				name = f.Name
			}
			return unsupported("it went through filter %d (%s), which is not read: write the file anew with h5repack -f NONE, or -f GZIP=4", f.ID, name)
		}
	}
	return nil
}

// A decoder undoes the filters of chunks, one after the other, in memory of its
// own: a filter reads one buffer and writes the other.
type decoder struct {
	filters []Filter
	size    int // bytes of a chunk
	buffers [2][]byte
	zip     inflate.Decoder
}

// decode returns the bytes of a chunk, whose stored ones are in the first
// buffer. Filters whose bit of mask is set were left out. into, if it is not nil,
// has the chunk's size, and the bytes are there in the end.
func (d *decoder) decode(mask uint32, into []byte) ([]byte, error) {
	in, k := d.buffers[0], 0
	last := bits.TrailingZeros32(^mask) // the last filter to be undone
	for i := len(d.filters) - 1; i >= 0; i-- {
		if mask>>i&1 != 0 {
			continue
		}
		to := d.buffers[1-k]
		if i == last && into != nil {
			to = into
		}
		out, err := d.undo(d.filters[i], to, in)
		if err != nil {
			return nil, err
		}
		if len(out) > 0 && (len(in) == 0 || &out[0] != &in[0]) && (i != last || into == nil) {
			k = 1 - k
			d.buffers[k] = out
		}
		in = out
	}
	if len(in) != d.size {
		return nil, fmt.Errorf("it holds %d bytes and should hold %d", len(in), d.size)
	}
	if into != nil && &in[0] != &into[0] {
		copy(into, in)
	}
	return in, nil
}

// undo undoes one filter: it returns a part of in, or what it wrote to the
// memory of to, or to more where that is too small.
func (d *decoder) undo(f Filter, to, in []byte) ([]byte, error) {
	most := d.size + d.size/8 + 1024 // the filters before may have added some bytes
	switch f.ID {
	case filterFletcher32:
		return checkFletcher(in)
	case filterDeflate:
		return d.inflate(to[:0], in, most)
	case filterLZF:
		return unLZF(grow(to, d.size)[:0], in, most)
	}
	size := 0
	if len(f.Settings) > 0 {
		size = int(f.Settings[0])
	}
	if size <= 1 || len(in) < size {
		return in, nil
	}
	to = grow(to, len(in))
	unshuffle(to, in, size)
	return to, nil
}

// grow returns a buffer of n bytes, b if that is large enough.
func grow(b []byte, n int) []byte {
	if cap(b) < n {
		return make([]byte, n)
	}
	return b[:n]
}

// inflate unpacks what src holds into the memory of dst, or into more: at most
// most bytes.
func (d *decoder) inflate(dst, src []byte, most int) ([]byte, error) {
	dst = grow(dst, d.size)[:d.size:d.size] // what is behind it may be another chunk's
	n, err := d.zip.Zlib(dst, src)
	if errors.Is(err, inflate.ErrLong) && len(d.filters) > 1 {
		dst = grow(dst, most)
		n, err = d.zip.Zlib(dst, src)
	}
	if err != nil {
		return nil, fmt.Errorf("deflate: %w", err)
	}
	return dst[:n], nil
}

// unshuffle puts the bytes of elements together again: src has the first bytes
// of all elements, then the second ones, and so on. Bytes that make no whole
// element stand at the end, as they were.
func unshuffle(dst, src []byte, size int) {
	n := len(src) / size
	copy(dst[n*size:], src[n*size:])
	switch size {
	case 2:
		a, b := src[:n], src[n:2*n]
		for i := range a {
			dst[2*i], dst[2*i+1] = a[i], b[i]
		}
	case 4:
		a, b, c, d := src[:n], src[n:2*n], src[2*n:3*n], src[3*n:4*n]
		for i := range a {
			binary.LittleEndian.PutUint32(dst[4*i:], uint32(a[i])|uint32(b[i])<<8|uint32(c[i])<<16|uint32(d[i])<<24)
		}
	case 8:
		unshuffle8(dst, src, n)
	default:
		for j := range size {
			plane := src[j*n : (j+1)*n]
			for i, v := range plane {
				dst[i*size+j] = v
			}
		}
	}
}

func unshuffle8(dst, src []byte, n int) {
	a, b, c, d := src[:n], src[n:2*n], src[2*n:3*n], src[3*n:4*n]
	e, f, g, h := src[4*n:5*n], src[5*n:6*n], src[6*n:7*n], src[7*n:8*n]
	for i := range a {
		low := uint64(a[i]) | uint64(b[i])<<8 | uint64(c[i])<<16 | uint64(d[i])<<24
		high := uint64(e[i]) | uint64(f[i])<<8 | uint64(g[i])<<16 | uint64(h[i])<<24
		binary.LittleEndian.PutUint64(dst[8*i:], low|high<<32)
	}
}

// checkFletcher compares the checksum in the last four bytes and returns what is
// before them.
func checkFletcher(b []byte) ([]byte, error) {
	if len(b) < 4 {
		return nil, fmt.Errorf("fletcher32: %d bytes hold no checksum", len(b))
	}
	b, last := b[:len(b)-4], b[len(b)-4:]
	got, want := fletcher32(b), binary.LittleEndian.Uint32(last)
	// HDF5 before 1.6.3 swapped the bytes of each half.
	swapped := bits.ReverseBytes32(got)>>16 | bits.ReverseBytes32(got)<<16
	if got != want && swapped != want {
		return nil, fmt.Errorf("fletcher32: the checksum is %#08x, the bytes give %#08x: the file is damaged", want, got)
	}
	return b, nil
}

// fletcher32 is HDF5's: over 16-bit words whose first byte is the higher, an odd
// byte at the end being the higher half of a word.
func fletcher32(b []byte) uint32 {
	var one, two uint32
	for len(b) > 1 {
		n := min(len(b)/2, 360) // two cannot overflow for that many
		for range n {
			one += uint32(b[0])<<8 | uint32(b[1])
			two += one
			b = b[2:]
		}
		one, two = one&0xffff+one>>16, two&0xffff+two>>16
	}
	if len(b) == 1 {
		one += uint32(b[0]) << 8
		two += one
		one, two = one&0xffff+one>>16, two&0xffff+two>>16
	}
	one, two = one&0xffff+one>>16, two&0xffff+two>>16
	return two<<16 | one
}

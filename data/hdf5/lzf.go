package hdf5

import (
	"errors"
	"fmt"
)

// LZF is the compression that h5py brings along. The format is small, and there
// is no Go module of it that bounds its output, so the decoder is written here:
// a byte below 32 announces that many bytes and one more as they are; any other
// is a copy from what came before, three bits of length and thirteen of distance.

var errLZF = errors.New("lzf: the compressed bytes end in the middle")

// unLZF appends what src holds to dst, which may have most bytes then.
func unLZF(dst, src []byte, most int) ([]byte, error) {
	for i := 0; i < len(src); {
		control := int(src[i])
		i++
		if control < 32 {
			n := control + 1
			if n > len(src)-i {
				return nil, errLZF
			}
			if n > most-len(dst) {
				return nil, fmt.Errorf("lzf: more than the chunk's %d bytes", most)
			}
			dst = append(dst, src[i:i+n]...)
			i += n
			continue
		}
		n := control>>5 + 2
		if n == 7+2 {
			if i >= len(src) {
				return nil, errLZF
			}
			n += int(src[i])
			i++
		}
		if i >= len(src) {
			return nil, errLZF
		}
		back := (control&31)<<8 + int(src[i]) + 1
		i++
		if back > len(dst) {
			return nil, fmt.Errorf("lzf: a copy from %d bytes before, where %d are", back, len(dst))
		}
		if n > most-len(dst) {
			return nil, fmt.Errorf("lzf: more than the chunk's %d bytes", most)
		}
		for range n { // what is copied may include what is being written
			dst = append(dst, dst[len(dst)-back])
		}
	}
	return dst, nil
}

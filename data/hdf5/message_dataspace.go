package hdf5

import "math"

// A dataspace is the shape of a dataset or an attribute.
type dataspace struct {
	dims []int
	// most are the dimensions that the dataset may grow to; noLimit where there is none.
	most []uint64
	n    int // elements
	null bool
}

const (
	noLimit = math.MaxUint64
	maxRank = 32
)

func (f *File) readDataspace(c *cursor) (dataspace, error) {
	var s dataspace
	version := c.version(1, 2)
	rank, flags, kind := int(c.u8()), c.u8(), uint8(1)
	if version == 1 {
		c.skip(5)
	} else {
		kind = c.u8()
	}
	if c.err == nil && (rank > maxRank || kind > 2) {
		c.fail("it has %d dimensions and is of kind %d; at most %d and kinds 0 to 2 are possible", rank, kind, maxRank)
	}
	s.null, s.n = version == 2 && kind == 2, 1
	s.dims, s.most = make([]int, 0, rank), make([]uint64, 0, rank)
	for range rank {
		d := c.length()
		s.most = append(s.most, d)
		if c.err == nil && (d > math.MaxInt || d > 0 && uint64(s.n) > math.MaxInt/d) {
			c.fail("dimension %d times those before it is too large a number of elements", d)
			break
		}
		s.n *= int(d)
		s.dims = append(s.dims, int(d))
	}
	if flags&1 != 0 {
		for i := range rank {
			m := c.length()
			if f.lengthSize < 8 && m == 1<<(8*f.lengthSize)-1 {
				m = noLimit
			}
			if i < len(s.dims) {
				s.most[i] = max(m, uint64(s.dims[i]))
			}
		}
	}
	if s.null {
		s.dims, s.n = nil, 0
	}
	return s, c.err
}

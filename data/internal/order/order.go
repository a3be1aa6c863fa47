// Package order has how many elements an array has, and the order in which they
// are stored.
package order

// FirstFastest returns elements of the given size, which stand in C's order, the
// last dimension fastest, in MATLAB's, the first dimension fastest. The bytes of a
// vector are returned themselves. The product of dims and size is len(raw).
func FirstFastest(raw []byte, dims []int, size int) []byte {
	if len(dims) < 2 {
		return raw
	}
	out := make([]byte, len(raw))
	index, stride := make([]int, len(dims)), make([]int, len(dims))
	before := 1
	for d, n := range dims {
		stride[d] = before
		before *= n
	}
	to := 0
	for from := 0; from < len(raw); from += size {
		copy(out[to*size:], raw[from:from+size])
		for d := len(dims) - 1; d >= 0; d-- {
			to += stride[d]
			if index[d]++; index[d] < dims[d] {
				break
			}
			to -= stride[d] * dims[d]
			index[d] = 0
		}
	}
	return out
}

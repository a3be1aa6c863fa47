package order

import (
	"math"
	"slices"
)

// Elements multiplies lengths of dimensions; false when the product is no int, or a
// length is negative.
func Elements(dims []int) (int, bool) {
	if slices.Contains(dims, 0) {
		return 0, true
	}
	n := 1
	for _, d := range dims {
		if d < 0 || n > math.MaxInt/d {
			return 0, false
		}
		n *= d
	}
	return n, true
}

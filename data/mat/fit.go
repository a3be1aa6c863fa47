package mat

import (
	"fmt"
	"math"
)

// bounds are what the integer classes hold.
var bounds = map[Class]struct {
	low  int64
	high uint64
}{
	Int8: {math.MinInt8, math.MaxInt8}, Uint8: {0, math.MaxUint8},
	Int16: {math.MinInt16, math.MaxInt16}, Uint16: {0, math.MaxUint16},
	Int32: {math.MinInt32, math.MaxInt32}, Uint32: {0, math.MaxUint32},
	Int64: {math.MinInt64, math.MaxInt64}, Uint64: {0, math.MaxUint64},
}

// fit checks that numbers stored in another type than their class's are of
// the class. A writer may store them in any that holds them; MATLAB takes the
// smallest.
func (p part) fit(class Class) error {
	b, integer := bounds[class]
	if !integer || p.len() == 0 || p.within(b.low, b.high) {
		return nil
	}
	for i := range p.len() {
		if !p.between(i, b.low, b.high) {
			return fmt.Errorf("damaged: number %d of an %s array is %v", i, class, p.float64(i))
		}
	}
	return nil
}

// within tells whether the type stores nothing but integers from low to high.
func (p part) within(low int64, high uint64) bool {
	bits := 8 * p.kind.size()
	switch p.kind {
	case miInt8, miInt16, miInt32, miInt64:
		return low <= -1<<(bits-1) && high >= 1<<(bits-1)-1
	case miUint8, miUint16, miUint32, miUint64:
		return high >= 1<<(bits-1)-1+1<<(bits-1)
	}
	return false
}

// between tells whether number i is an integer from low to high.
func (p part) between(i int, low int64, high uint64) bool {
	switch p.kind {
	case miSingle, miDouble:
		x := p.float64(i)
		return x == math.Trunc(x) && x >= float64(low) && (x <= float64(high) && x < 1<<64) && (high != math.MaxInt64 || x < 1<<63)
	case miUint64:
		return uint64(p.int64(i)) <= high
	}
	x := p.int64(i)
	return x >= low && (x < 0 || uint64(x) <= high)
}

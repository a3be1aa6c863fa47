package kernel

import (
	"fmt"
	"math"
)

// Real is what the elements of a matrix may be. Those of float32 are widened
// when they are read; vectors and sums are float64.
type Real interface{ float32 | float64 }

// AddRows adds rows of m to dst, in the order given:
//
//	dst_i = (dst_i + m[r_0·stride+i]) + m[r_1·stride+i] + …
//
// It is the event-driven product of a matrix, stored by columns, with the
// spikes of one step: rows are the neurons that spiked. A row may be named
// more than once.
func AddRows[T Real](dst []float64, m []T, stride int, rows []int) {
	if len(rows) == 0 || len(dst) == 0 {
		return
	}
	checkNamedRows("AddRows", len(dst), len(m), stride, rows)
	addRows(dst, m, stride, rows)
}

// DecayAddRows sets dst_i = flush(decay·dst_i) as [Scale] does and then adds
// rows of m as [AddRows] does.
func DecayAddRows[T Real](dst []float64, decay float64, m []T, stride int, rows []int) {
	checkNamedRows("DecayAddRows", len(dst), len(m), stride, rows)
	scale(dst, decay)
	if len(rows) > 0 && len(dst) > 0 {
		addRows(dst, m, stride, rows)
	}
}

// MulRows sets dst to mᵀc, with m of len(c) rows and len(dst) columns, row j
// starting at m[j·stride]: dst_i starts at +0, or at itself if add is true,
// and takes, in order of j,
//
//	dst_i = fma(c_j, m[j·stride+i], dst_i).
//
// For a symmetric m (both triangles stored) it is the product m c, which
// [SymMul] finds with half the memory traffic.
func MulRows[T Real](dst, c []float64, m []T, stride int, add bool) {
	checkRows("MulRows", len(dst), len(c), len(m), stride)
	if !add {
		clear(dst)
	}
	if len(dst) > 0 && len(c) > 0 {
		mulRows(dst, c, m, stride)
	}
}

// SubRows subtracts mᵀc from dst, with m as in [MulRows]: in order of j,
//
//	dst_i = fma(-c_j, m[j·stride+i], dst_i).
func SubRows[T Real](dst, c []float64, m []T, stride int) {
	checkRows("SubRows", len(dst), len(c), len(m), stride)
	if len(dst) > 0 && len(c) > 0 {
		subRows(dst, c, m, stride)
	}
}

// SymMul sets dst to p x for a symmetric p, n x n, of which only the lower
// triangle and blocks of 8 x 8 on the diagonal are read; n = len(x) is a
// multiple of 8. With f = 8⌊i/8⌋ the first column of the block on the diagonal,
// dst_i is first the sum of x_j·p_ij over j < f, in eight lanes
//
//	lane_l = fma(p_ij, x_j, lane_l)     j = l mod 8, in order of j,
//
// summed by the tree of [Dot]'s s_k, and then takes, in order of j >= f,
//
//	dst_i = fma(x_j, p_ji, dst_i).
func SymMul[T Real](dst, x []float64, p []T) {
	n := len(x)
	if n%8 != 0 || len(dst) != n || len(p) != n*n {
		panic(fmt.Sprintf("kernel.SymMul: %d to %d entries, a multiple of 8, by %d elements", n, len(dst), len(p)))
	}
	if n > 0 {
		symMul(dst, x, p)
	}
}

func checkRows(who string, n, k, have, stride int) {
	if n > 0 && k > 0 && k-1 > lastRow(n, have, stride) {
		panic(fmt.Sprintf("kernel.%s: %d rows of %d with stride %d do not fit in %d elements", who, k, n, stride, have))
	}
}

func checkNamedRows(who string, n, have, stride int, rows []int) {
	if n == 0 {
		return
	}
	last := lastRow(n, have, stride)
	for _, r := range rows {
		if r < 0 || r > last {
			panic(fmt.Sprintf("kernel.%s: row %d of %d with stride %d is outside %d elements", who, r, n, stride, have))
		}
	}
}

// lastRow is the last row of n that lies within have elements, or -1.
func lastRow(n, have, stride int) int {
	switch {
	case n > have || stride < 0:
		return -1
	case stride == 0:
		return math.MaxInt
	}
	return (have - n) / stride
}

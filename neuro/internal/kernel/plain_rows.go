package kernel

import "math"

// Four rows at a time halve the loads and stores of dst; each element still
// takes the rows one after the other.

func addRowsGo(dst, m []float64, stride int, rows []int) {
	n := len(dst)
	for ; len(rows) >= 4; rows = rows[4:] {
		a, b := m[rows[0]*stride:][:n], m[rows[1]*stride:][:n]
		c, d := m[rows[2]*stride:][:n], m[rows[3]*stride:][:n]
		for i := range dst {
			dst[i] = (((dst[i] + a[i]) + b[i]) + c[i]) + d[i]
		}
	}
	for _, r := range rows {
		addGo(dst, m[r*stride:][:n])
	}
}

func mulRowsGo(dst, c, m []float64, stride int) { fmaRows(dst, c, m, stride, 1) }
func subRowsGo(dst, c, m []float64, stride int) { fmaRows(dst, c, m, stride, -1) }

// fmaRows adds sign·c_j times row j to dst.
func fmaRows(dst, c, m []float64, stride int, sign float64) {
	n, j := len(dst), 0
	for ; j+4 <= len(c); j += 4 {
		r0, r1 := m[j*stride:][:n], m[(j+1)*stride:][:n]
		r2, r3 := m[(j+2)*stride:][:n], m[(j+3)*stride:][:n]
		c0, c1, c2, c3 := sign*c[j], sign*c[j+1], sign*c[j+2], sign*c[j+3]
		for i := range dst {
			s := math.FMA(c0, r0[i], dst[i])
			s = math.FMA(c1, r1[i], s)
			s = math.FMA(c2, r2[i], s)
			dst[i] = math.FMA(c3, r3[i], s)
		}
	}
	for ; j < len(c); j++ {
		axpyGo(dst, sign*c[j], m[j*stride:][:n])
	}
}

package kernel

// Four rows at a time halve the loads and stores of dst; each element still
// takes the rows one after the other.

func addRowsGo[T Real](dst []float64, m []T, stride int, rows []int) {
	n := len(dst)
	for ; len(rows) >= 4; rows = rows[4:] {
		a, b := m[rows[0]*stride:][:n], m[rows[1]*stride:][:n]
		c, d := m[rows[2]*stride:][:n], m[rows[3]*stride:][:n]
		for i := range dst {
			dst[i] = (((dst[i] + float64(a[i])) + float64(b[i])) + float64(c[i])) + float64(d[i])
		}
	}
	for _, r := range rows {
		row := m[r*stride:][:n]
		for i := range dst {
			dst[i] += float64(row[i])
		}
	}
}

func mulRowsGo[T Real](dst, c []float64, m []T, stride int) { fmaRows(dst, c, m, stride, 1) }
func subRowsGo[T Real](dst, c []float64, m []T, stride int) { fmaRows(dst, c, m, stride, -1) }

// fmaRows adds sign·c_j times row j to dst.
func fmaRows[T Real](dst, c []float64, m []T, stride int, sign float64) {
	n, j := len(dst), 0
	for ; j+4 <= len(c); j += 4 {
		r0, r1 := m[j*stride:][:n], m[(j+1)*stride:][:n]
		r2, r3 := m[(j+2)*stride:][:n], m[(j+3)*stride:][:n]
		c0, c1, c2, c3 := sign*c[j], sign*c[j+1], sign*c[j+2], sign*c[j+3]
		for i := range dst {
			s := fma(c0, float64(r0[i]), dst[i])
			s = fma(c1, float64(r1[i]), s)
			s = fma(c2, float64(r2[i]), s)
			dst[i] = fma(c3, float64(r3[i]), s)
		}
	}
	for ; j < len(c); j++ {
		a, row := sign*c[j], m[j*stride:][:n]
		for i := range dst {
			dst[i] = fma(a, float64(row[i]), dst[i])
		}
	}
}

func symMulGo[T Real](dst, x []float64, p []T) {
	n := len(x)
	for first := 0; first < n; first += 8 {
		for i := first; i < first+8; i++ {
			var lane [8]float64
			c := x[i]
			for j := 0; j < first; j += 8 {
				a, b, d := (*[8]T)(p[i*n+j:]), (*[8]float64)(x[j:]), (*[8]float64)(dst[j:])
				for l := range a {
					v := float64(a[l])
					d[l] = fma(c, v, d[l])
					lane[l] = fma(v, b[l], lane[l])
				}
			}
			dst[i] = sum8(&lane)
		}
		for i := first; i < first+8; i++ {
			for j := first; j < first+8; j++ {
				dst[j] = fma(x[i], float64(p[i*n+j]), dst[j])
			}
		}
	}
}

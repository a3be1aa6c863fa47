package kernel

import "math"

// Tiles of plain Go are as large as its 16 registers allow.
const (
	goMR = 2
	goNR = 4
)

// syrkTileGo subtracts the product of the panels zi and zj, k x goNR each,
// from the goMR x goNR tile that starts p (row length ldp) and stores the
// transposed result in q (row length ldq).
func syrkTileGo(p []float64, ldp int, q []float64, ldq int, zi, zj []float64, k int) {
	a, b := (*[4]float64)(p), (*[4]float64)(p[ldp:])
	a0, a1, a2, a3 := a[0], a[1], a[2], a[3]
	b0, b1, b2, b3 := b[0], b[1], b[2], b[3]
	zj = zj[:k*goNR]
	for len(zj) >= goNR && len(zi) >= goMR {
		x, y := -zi[0], -zi[1]
		a0, b0 = math.FMA(x, zj[0], a0), math.FMA(y, zj[0], b0)
		a1, b1 = math.FMA(x, zj[1], a1), math.FMA(y, zj[1], b1)
		a2, b2 = math.FMA(x, zj[2], a2), math.FMA(y, zj[2], b2)
		a3, b3 = math.FMA(x, zj[3], a3), math.FMA(y, zj[3], b3)
		zj = zj[goNR:]
		zi = zi[min(goNR, len(zi)):]
	}
	*a = [4]float64{a0, a1, a2, a3}
	*b = [4]float64{b0, b1, b2, b3}
	q[0], q[1] = a0, b0
	q[ldq], q[ldq+1] = a1, b1
	q[2*ldq], q[2*ldq+1] = a2, b2
	q[3*ldq], q[3*ldq+1] = a3, b3
}

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
	gemmTileGo(p, ldp, zi, zj, k)
	mirrorGo(p, ldp, q, ldq)
}

func gemmTileGo(p []float64, ldp int, zi, zj []float64, k int) {
	a, b := (*[4]float64)(p), (*[4]float64)(p[ldp:])
	a0, a1, a2, a3 := a[0], a[1], a[2], a[3]
	b0, b1, b2, b3 := b[0], b[1], b[2], b[3]
	zj = zj[:k*goNR]
	for len(zj) >= goNR && len(zi) >= goMR {
		x, y := -zi[0], -zi[1]
		a0, b0 = fma(x, zj[0], a0), fma(y, zj[0], b0)
		a1, b1 = fma(x, zj[1], a1), fma(y, zj[1], b1)
		a2, b2 = fma(x, zj[2], a2), fma(y, zj[2], b2)
		a3, b3 = fma(x, zj[3], a3), fma(y, zj[3], b3)
		zj = zj[goNR:]
		zi = zi[min(goNR, len(zi)):]
	}
	*a = [4]float64{a0, a1, a2, a3}
	*b = [4]float64{b0, b1, b2, b3}
}

func syrkTile32Go(p []float32, ldp int, q []float32, ldq int, zi, zj []float32, k int) {
	for a := range goMR {
		row := (*[goNR]float32)(p[a*ldp:])
		for s := range k {
			x := -zi[s*goNR+a]
			for b, y := range (*[goNR]float32)(zj[s*goNR:]) {
				row[b] = fma32(x, y, row[b])
			}
		}
	}
	mirrorGo(p, ldp, q, ldq)
}

// mirrorGo copies the transpose of a tile.
func mirrorGo[T Real](p []T, ldp int, q []T, ldq int) {
	for a := range goMR {
		for b, v := range p[a*ldp:][:goNR] {
			q[b*ldq+a] = v
		}
	}
}

// fma32 is a·b + c rounded once to float32. The product is exact in float64;
// the sum is rounded to odd there (if it is not exact, its last bit becomes
// 1), so that the second rounding cannot meet a tie that is none.
func fma32(a, b, c float32) float32 {
	product, add := float64(float64(a)*float64(b)), float64(c)
	sum := product + add
	rest := sum - product // the error of the sum, exactly (Knuth's two-sum)
	lost := (product - (sum - rest)) + (add - rest)
	if bits := math.Float64bits(sum); bits&1 == 0 && (lost > 0 || lost < 0) {
		if (lost > 0) == (sum > 0) {
			bits++
		} else {
			bits--
		}
		sum = math.Float64frombits(bits)
	}
	return float32(sum)
}

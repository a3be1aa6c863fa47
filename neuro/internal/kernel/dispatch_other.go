//go:build !amd64

package kernel

func dot(x, y []float64) float64                       { return dotGo(x, y) }
func axpy(dst []float64, a float64, x []float64)       { axpyGo(dst, a, x) }
func add(dst, x []float64)                             { addGo(dst, x) }
func sum3(dst, a, b, c []float64)                      { sum3Go(dst, a, b, c) }
func scale(dst []float64, a float64)                   { scaleGo(dst, a) }
func relax(x, to []float64, decay float64)             { relaxGo(x, to, decay) }
func relaxTanh(x, r, to []float64, decay float64)      { relaxTanhGo(x, r, to, decay) }
func tanh(dst, x []float64)                            { tanhGo(dst, x) }
func addRows(dst, m []float64, stride int, rows []int) { addRowsGo(dst, m, stride, rows) }
func mulRows(dst, c, m []float64, stride int)          { mulRowsGo(dst, c, m, stride) }
func subRows(dst, c, m []float64, stride int)          { subRowsGo(dst, c, m, stride) }

func lif(v, to []float64, decay, threshold, reset float64, spikes []int) []int {
	return lifGo(v, to, decay, threshold, reset, spikes)
}

func syrkShape() (mr, nr int) { return goMR, goNR }

func syrkTile(p []float64, ldp int, q []float64, ldq int, zi, zj []float64, k int) {
	syrkTileGo(p, ldp, q, ldq, zi, zj, k)
}

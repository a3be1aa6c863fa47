//go:build !amd64

package kernel

func dot[T Real](x []T, y []float64) float64                       { return dotGo(x, y) }
func axpy(dst []float64, a float64, x []float64)                   { axpyGo(dst, a, x) }
func add(dst, x []float64)                                         { addGo(dst, x) }
func sum3(dst, a, b, c []float64)                                  { sum3Go(dst, a, b, c) }
func scale(dst []float64, a float64)                               { scaleGo(dst, a) }
func relax(x, to []float64, decay float64)                         { relaxGo(x, to, decay) }
func relaxTanh(x, r, to []float64, decay float64)                  { relaxTanhGo(x, r, to, decay) }
func tanh(dst, x []float64)                                        { tanhGo(dst, x) }
func addRows[T Real](dst []float64, m []T, stride int, rows []int) { addRowsGo(dst, m, stride, rows) }
func mulRows[T Real](dst, c []float64, m []T, stride int)          { mulRowsGo(dst, c, m, stride) }
func subRows[T Real](dst, c []float64, m []T, stride int)          { subRowsGo(dst, c, m, stride) }

func mulPanel[T Real](sums, c []float64, panel []T) { mulPanelGo(sums, c, panel) }
func subPanel[T Real](sums, c []float64, panel []T) { subPanelGo(sums, c, panel) }

func symMul[T Real](dst, x []float64, p []T) { symMulGo(dst, x, p) }

func lif(v, to []float64, decay, threshold, reset float64, spikes []int) []int {
	return lifGo(v, to, decay, threshold, reset, spikes)
}

func tileShape() (mr, nr int)   { return goMR, goNR }
func tileShape32() (mr, nr int) { return goMR, goNR }

func syrkTile(p []float64, ldp int, q []float64, ldq int, zi, zj []float64, k int) {
	syrkTileGo(p, ldp, q, ldq, zi, zj, k)
}

func syrkTile32(p []float32, ldp int, q []float32, ldq int, zi, zj []float32, k int) {
	syrkTile32Go(p, ldp, q, ldq, zi, zj, k)
}

func gemmTile(p []float64, ldp int, zi, zj []float64, k int) { gemmTileGo(p, ldp, zi, zj, k) }

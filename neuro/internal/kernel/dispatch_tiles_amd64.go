package kernel

// tileShape is the size of a tile: mr rows of nr columns.
func tileShape() (mr, nr int) {
	switch inUse {
	case avx512:
		return 8, 24
	case avx2:
		return 4, 12
	}
	return goMR, goNR
}

// tileShape32 is the size of a tile of float32.
func tileShape32() (mr, nr int) {
	switch inUse {
	case avx512:
		return 8, 48
	case avx2:
		return 4, 24
	}
	return goMR, goNR
}

func syrkTile(p []float64, ldp int, q []float64, ldq int, zi, zj []float64, k int) {
	switch inUse {
	case avx512:
		syrkTileAVX512(start(p), ldp, start(q), ldq, start(zi), start(zj), k)
	case avx2:
		syrkTileAVX2(start(p), ldp, start(q), ldq, start(zi), start(zj), k)
	default:
		syrkTileGo(p, ldp, q, ldq, zi, zj, k)
	}
}

func syrkTile32(p []float32, ldp int, q []float32, ldq int, zi, zj []float32, k int) {
	switch inUse {
	case avx512:
		syrkTile32AVX512(start(p), ldp, start(q), ldq, start(zi), start(zj), k)
	case avx2:
		syrkTile32AVX2(start(p), ldp, start(q), ldq, start(zi), start(zj), k)
	default:
		syrkTile32Go(p, ldp, q, ldq, zi, zj, k)
	}
}

func gemmTile(p []float64, ldp int, zi, zj []float64, k int) {
	switch inUse {
	case avx512:
		gemmTileAVX512(start(p), ldp, start(zi), start(zj), k)
	case avx2:
		gemmTileAVX2(start(p), ldp, start(zi), start(zj), k)
	default:
		gemmTileGo(p, ldp, zi, zj, k)
	}
}

package kernel

import (
	"encoding/binary"
	"math/bits"
	"unsafe"
)

// Each function takes the assembly of the level in use. Lengths have been
// checked; the assembly may be given no elements at all, but no nil row list.

// Matrices of float32 have kernels of their own, which widen what they read.

func dot[T Real](x []T, y []float64) float64 {
	switch x := any(x).(type) {
	case []float32:
		switch inUse {
		case avx512:
			return dotWideAVX512(start(x), start(y), len(x))
		case avx2:
			return dotWideAVX2(start(x), start(y), len(x))
		}
	case []float64:
		switch inUse {
		case avx512:
			return dotAVX512(start(x), start(y), len(x))
		case avx2:
			return dotAVX2(start(x), start(y), len(x))
		}
	}
	return dotGo(x, y)
}

func axpy(dst []float64, a float64, x []float64) {
	switch inUse {
	case avx512:
		axpyAVX512(start(dst), a, start(x), len(dst))
	case avx2:
		axpyAVX2(start(dst), a, start(x), len(dst))
	default:
		axpyGo(dst, a, x)
	}
}

func add(dst, x []float64) {
	switch inUse {
	case avx512:
		addAVX512(start(dst), start(x), len(dst))
	case avx2:
		addAVX2(start(dst), start(x), len(dst))
	default:
		addGo(dst, x)
	}
}

func sum3(dst, a, b, c []float64) {
	switch inUse {
	case avx512:
		sum3AVX512(start(dst), start(a), start(b), start(c), len(dst))
	case avx2:
		sum3AVX2(start(dst), start(a), start(b), start(c), len(dst))
	default:
		sum3Go(dst, a, b, c)
	}
}

func scale(dst []float64, a float64) {
	switch inUse {
	case avx512:
		scaleAVX512(start(dst), a, len(dst))
	case avx2:
		scaleAVX2(start(dst), a, len(dst))
	default:
		scaleGo(dst, a)
	}
}

func relax(x, to []float64, decay float64) {
	switch inUse {
	case avx512:
		relaxAVX512(start(x), start(to), decay, len(x))
	case avx2:
		relaxAVX2(start(x), start(to), decay, len(x))
	default:
		relaxGo(x, to, decay)
	}
}

func relaxTanh(x, r, to []float64, decay float64) {
	switch inUse {
	case avx512:
		relaxTanhAVX512(start(x), start(r), start(to), decay, len(x))
	case avx2:
		relaxTanhAVX2(start(x), start(r), start(to), decay, len(x))
	default:
		relaxTanhGo(x, r, to, decay)
	}
}

func tanh(dst, x []float64) {
	switch inUse {
	case avx512:
		tanhAVX512(start(dst), start(x), len(x))
	case avx2:
		tanhAVX2(start(dst), start(x), len(x))
	default:
		tanhGo(dst, x)
	}
}

func addRows[T Real](dst []float64, m []T, stride int, rows []int) {
	if inUse == none {
		addRowsGo(dst, m, stride, rows)
		return
	}
	switch m := any(m).(type) {
	case []float32:
		if inUse == avx512 {
			addRowsWideAVX512(start(dst), start(m), start(rows), len(dst), len(rows), stride)
		} else {
			addRowsWideAVX2(start(dst), start(m), start(rows), len(dst), len(rows), stride)
		}
	case []float64:
		if inUse == avx512 {
			addRowsAVX512(start(dst), start(m), start(rows), len(dst), len(rows), stride)
		} else {
			addRowsAVX2(start(dst), start(m), start(rows), len(dst), len(rows), stride)
		}
	}
}

func mulRows[T Real](dst, c []float64, m []T, stride int) {
	if inUse == none {
		mulRowsGo(dst, c, m, stride)
		return
	}
	switch m := any(m).(type) {
	case []float32:
		if inUse == avx512 {
			mulRowsWideAVX512(start(dst), start(c), start(m), len(dst), len(c), stride)
		} else {
			mulRowsWideAVX2(start(dst), start(c), start(m), len(dst), len(c), stride)
		}
	case []float64:
		if inUse == avx512 {
			mulRowsAVX512(start(dst), start(c), start(m), len(dst), len(c), stride)
		} else {
			mulRowsAVX2(start(dst), start(c), start(m), len(dst), len(c), stride)
		}
	}
}

func subRows[T Real](dst, c []float64, m []T, stride int) {
	if inUse == none {
		subRowsGo(dst, c, m, stride)
		return
	}
	switch m := any(m).(type) {
	case []float32:
		if inUse == avx512 {
			subRowsWideAVX512(start(dst), start(c), start(m), len(dst), len(c), stride)
		} else {
			subRowsWideAVX2(start(dst), start(c), start(m), len(dst), len(c), stride)
		}
	case []float64:
		if inUse == avx512 {
			subRowsAVX512(start(dst), start(c), start(m), len(dst), len(c), stride)
		} else {
			subRowsAVX2(start(dst), start(c), start(m), len(dst), len(c), stride)
		}
	}
}

func mulPanel[T Real](sums, c []float64, panel []T) {
	if inUse == none {
		mulPanelGo(sums, c, panel)
		return
	}
	blocks := len(sums) / panelBlock
	switch m := any(panel).(type) {
	case []float32:
		if inUse == avx512 {
			mulPanelWideAVX512(start(sums), start(c), start(m), blocks, len(c))
		} else {
			mulPanelWideAVX2(start(sums), start(c), start(m), blocks, len(c))
		}
	case []float64:
		if inUse == avx512 {
			mulPanelAVX512(start(sums), start(c), start(m), blocks, len(c))
		} else {
			mulPanelAVX2(start(sums), start(c), start(m), blocks, len(c))
		}
	}
}

func subPanel[T Real](sums, c []float64, panel []T) {
	if inUse == none {
		subPanelGo(sums, c, panel)
		return
	}
	blocks := len(sums) / panelBlock
	switch m := any(panel).(type) {
	case []float32:
		if inUse == avx512 {
			subPanelWideAVX512(start(sums), start(c), start(m), blocks, len(c))
		} else {
			subPanelWideAVX2(start(sums), start(c), start(m), blocks, len(c))
		}
	case []float64:
		if inUse == avx512 {
			subPanelAVX512(start(sums), start(c), start(m), blocks, len(c))
		} else {
			subPanelAVX2(start(sums), start(c), start(m), blocks, len(c))
		}
	}
}

func symMul[T Real](dst, x []float64, m []T) {
	if inUse == none {
		symMulGo(dst, x, m)
		return
	}
	switch m := any(m).(type) {
	case []float32:
		if inUse == avx512 {
			symMulWideAVX512(start(dst), start(x), start(m), len(x))
		} else {
			symMulWideAVX2(start(dst), start(x), start(m), len(x))
		}
	case []float64:
		if inUse == avx512 {
			symMulAVX512(start(dst), start(x), start(m), len(x))
		} else {
			symMulAVX2(start(dst), start(x), start(m), len(x))
		}
	}
}

// lif takes 1024 neurons at a time, whose bits fit on the stack.
func lif(v, to []float64, decay, threshold, reset float64, spikes []int) []int {
	if inUse == none {
		return lifGo(v, to, decay, threshold, reset, spikes)
	}
	var fired [1024 / 8]byte
	for first := 0; first < len(v); first += 1024 {
		n := min(1024, len(v)-first)
		words := (n + 63) / 64
		clear(fired[(words-1)*8 : words*8]) // the last may be filled in part
		if inUse == avx512 {
			lifAVX512(&v[first], &to[first], decay, threshold, reset, &fired[0], n)
		} else {
			lifAVX2(&v[first], &to[first], decay, threshold, reset, &fired[0], n)
		}
		for w := range words {
			word := binary.LittleEndian.Uint64(fired[w*8:])
			for ; word != 0; word &= word - 1 {
				spikes = append(spikes, first+w*64+bits.TrailingZeros64(word))
			}
		}
	}
	return spikes
}

func start[T any](x []T) *T { return unsafe.SliceData(x) }

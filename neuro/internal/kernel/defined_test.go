package kernel

import "math"

// The kernels' doc comments as code.

func dotDefined(x, y []float64) float64 {
	var lane [32]float64
	for i := range x {
		lane[i%32] = math.FMA(x[i], y[i], lane[i%32])
	}
	var s [8]float64
	for k := range s {
		s[k] = (lane[k] + lane[k+8]) + (lane[k+16] + lane[k+24])
	}
	return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))
}

func scaleDefined(x []float64, a float64) {
	for i := range x {
		x[i] = flushDefined(x[i] * a)
	}
}

func flushDefined(x float64) float64 {
	if x > -0x1p-900 && x < 0x1p-900 {
		return 0
	}
	return x
}

func relaxDefined(x, to []float64, decay float64) {
	for i := range x {
		x[i] = flushDefined(math.FMA(decay, x[i]-to[i], to[i]))
	}
}

func lifDefined(v, to []float64, decay, threshold, reset float64, spikes []int) []int {
	for i := range v {
		v[i] = math.FMA(decay, v[i]-to[i], to[i])
		if v[i] >= threshold {
			v[i], spikes = reset, append(spikes, i)
		}
	}
	return spikes
}

func addRowsDefined(dst, _, m []float64, stride int, rows []int) {
	for i := range dst {
		for _, r := range rows {
			dst[i] += m[r*stride+i]
		}
	}
}

func mulRowsDefined(dst, c, m []float64, stride int, sign float64) {
	for i := range dst {
		for j := range c {
			dst[i] = math.FMA(sign*c[j], m[j*stride+i], dst[i])
		}
	}
}

func syrkDefined[T Real](fma func(a, b, c T) T) func(p, z []T, stride, n, k int, _ func(func())) {
	return func(p, z []T, stride, n, k int, _ func(func())) {
		if k == 0 {
			return
		}
		for i := range n {
			for j := range i + 1 {
				for s := range k {
					p[i*stride+j] = fma(-z[s*stride+i], z[s*stride+j], p[i*stride+j])
				}
				p[j*stride+i] = p[i*stride+j]
			}
		}
	}
}

func gemmDefined[T Real](c *Panels[float64], a []T, b *Panels[float64], k int, _ func(func())) {
	for i := range c.rows {
		for j := range c.columns {
			for s := range k {
				c.Set(i, j, math.FMA(-float64(a[s*c.rows+i]), b.At(s, j), c.At(i, j)))
			}
		}
	}
}

func symDefined[T Real](dst, x []float64, p []T) {
	n := len(x)
	for i := range n {
		block := i / 8 * 8
		var lane [8]float64
		for j := range block {
			lane[j%8] = math.FMA(float64(p[i*n+j]), x[j], lane[j%8])
		}
		dst[i] = ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]))
		for j := block; j < n; j++ {
			dst[i] = math.FMA(x[j], float64(p[j*n+i]), dst[i])
		}
	}
}

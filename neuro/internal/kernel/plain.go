package kernel

import "math"

// The plain Go kernels define the bits, on every architecture but WebAssembly. A
// product that is added to something is either fma or wrapped in float64(),
// because Go may otherwise fuse the two on some architectures and not on others.

// flushBelow is where flush starts to round to zero, far above the denormals.
const flushBelow = 0x1p-900

func flush(x float64) float64 {
	if math.Abs(x) < flushBelow {
		return 0
	}
	return x
}

func dotGo[T Real](x []T, y []float64) float64 {
	var lane [32]float64
	y = y[:len(x)]
	for g := 0; g < 32; g += 8 {
		dotLanes((*[8]float64)(lane[g:]), x, y, g)
	}
	var s [8]float64
	for k := range s {
		s[k] = (lane[k] + lane[k+8]) + (lane[k+16] + lane[k+24])
	}
	return sum8(&s)
}

// sum8 is the tree over eight lanes.
func sum8(s *[8]float64) float64 {
	t0, t1, t2, t3 := s[0]+s[4], s[1]+s[5], s[2]+s[6], s[3]+s[7]
	return (t0 + t2) + (t1 + t3)
}

// dotLanes sums the elements g to g+7 of every 32 into lane.
func dotLanes[T Real](lane *[8]float64, x []T, y []float64, g int) {
	var s0, s1, s2, s3, s4, s5, s6, s7 float64
	i := g
	for ; i+8 <= len(x); i += 32 {
		a, b := (*[8]T)(x[i:]), (*[8]float64)(y[i:])
		s0 = fma(float64(a[0]), b[0], s0)
		s1 = fma(float64(a[1]), b[1], s1)
		s2 = fma(float64(a[2]), b[2], s2)
		s3 = fma(float64(a[3]), b[3], s3)
		s4 = fma(float64(a[4]), b[4], s4)
		s5 = fma(float64(a[5]), b[5], s5)
		s6 = fma(float64(a[6]), b[6], s6)
		s7 = fma(float64(a[7]), b[7], s7)
	}
	*lane = [8]float64{s0, s1, s2, s3, s4, s5, s6, s7}
	for l := 0; i+l < len(x) && l < 8; l++ {
		lane[l] = fma(float64(x[i+l]), y[i+l], lane[l])
	}
}

func axpyGo(dst []float64, a float64, x []float64) {
	x = x[:len(dst)]
	for i := range dst {
		dst[i] = fma(a, x[i], dst[i])
	}
}

func addGo(dst, x []float64) {
	x = x[:len(dst)]
	for i := range dst {
		dst[i] += x[i]
	}
}

func sum3Go(dst, a, b, c []float64) {
	a, b, c = a[:len(dst)], b[:len(dst)], c[:len(dst)]
	for i := range dst {
		dst[i] = (a[i] + b[i]) - c[i]
	}
}

func scaleGo(dst []float64, a float64) {
	for i := range dst {
		dst[i] = flush(float64(a * dst[i]))
	}
}

func relaxGo(x, to []float64, decay float64) {
	to = to[:len(x)]
	for i := range x {
		x[i] = flush(fma(decay, x[i]-to[i], to[i]))
	}
}

func lifGo(v, to []float64, decay, threshold, reset float64, spikes []int) []int {
	to = to[:len(v)]
	for i := range v {
		u := fma(decay, v[i]-to[i], to[i])
		if u >= threshold {
			u = reset
			spikes = append(spikes, i)
		}
		v[i] = u
	}
	return spikes
}

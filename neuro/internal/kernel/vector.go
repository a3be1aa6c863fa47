package kernel

import "fmt"

// Dot returns the sum of x_i·y_i. There are 32 lanes: lane l starts at +0 and
// takes the elements i = l mod 32, in order of i, as
//
//	lane_l = fma(x_i, y_i, lane_l).
//
// The lanes are then summed by the tree
//
//	s_k = (lane_k + lane_k+8) + (lane_k+16 + lane_k+24)     k = 0..7
//	t_k = s_k + s_k+4                                        k = 0..3
//	u_k = t_k + t_k+2                                        k = 0, 1
//	Dot = u_0 + u_1.
func Dot[T Real](x []T, y []float64) float64 {
	same("Dot", len(x), len(y))
	return dot(x, y)
}

// Axpy adds a multiple of x to dst: dst_i = fma(a, x_i, dst_i).
func Axpy(dst []float64, a float64, x []float64) {
	same("Axpy", len(dst), len(x))
	axpy(dst, a, x)
}

// Add adds x to dst: dst_i = dst_i + x_i.
func Add(dst, x []float64) {
	same("Add", len(dst), len(x))
	add(dst, x)
}

// Sum3 sets dst_i = (a_i + b_i) - c_i.
func Sum3(dst, a, b, c []float64) {
	same("Sum3", len(dst), len(a))
	same("Sum3", len(dst), len(b))
	same("Sum3", len(dst), len(c))
	sum3(dst, a, b, c)
}

// Scale multiplies dst by a: dst_i = flush(a·dst_i), where flush(x) is +0 for
// |x| < 2^-900 and x otherwise, so that decaying traces end at zero and never
// reach the slow denormal numbers. NaN stays NaN.
func Scale(dst []float64, a float64) { scale(dst, a) }

// Relax is one step of exponential Euler towards to:
// x_i = flush(fma(decay, x_i - to_i, to_i)), flush as in [Scale].
func Relax(x, to []float64, decay float64) {
	same("Relax", len(x), len(to))
	relax(x, to, decay)
}

// RelaxTanh is [Relax] followed by r_i = tanh(x_i), with the tanh of [Tanh].
func RelaxTanh(x, r, to []float64, decay float64) {
	same("RelaxTanh", len(x), len(to))
	same("RelaxTanh", len(x), len(r))
	relaxTanh(x, r, to, decay)
}

// Tanh sets dst_i = tanh(x_i), x may be dst. Its error is below 2 ulp for
// every double, it is odd, keeps ±0 and NaN, and is ±1 at ±Inf. It is not
// math.Tanh, whose bits differ between architectures.
func Tanh(dst, x []float64) {
	same("Tanh", len(dst), len(x))
	tanh(dst, x)
}

// LIF is one step of leaky integrate-and-fire neurons, exponential Euler
// towards to:
//
//	v_i = fma(decay, v_i - to_i, to_i),
//
// and where v_i >= threshold (never for NaN) v_i = reset and i is appended to
// spikes, in rising order. It returns spikes and allocates only when spikes
// lacks capacity.
func LIF(v, to []float64, decay, threshold, reset float64, spikes []int) []int {
	same("LIF", len(v), len(to))
	return lif(v, to, decay, threshold, reset, spikes)
}

func same(who string, want, got int) {
	if want != got {
		panic(fmt.Sprintf("kernel.%s: lengths %d and %d differ", who, want, got))
	}
}

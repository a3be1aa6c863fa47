package kernel

import "math"

// With h = |x|, k = ⌊2h/ln 2⌋ and r = h - k ln(2)/2 in [0, ln(2)/2],
//
//	P = (e^2r - 1)/2 = r + r² q(r),     T = (e^2h - 1)/2 = 2^k P + (2^k - 1)/2,
//	tanh h = T - T·(T / (1 + T))     T < 1
//	       = 1 - 1·(1 / (1 + T))     T >= 1.
//
// Nothing cancels, r = h exactly for small h, and the quotient's rounding is
// scaled down by its factor. 1 + T is computed from P, not from the rounded T,
// because tanh h = T - T²/(1+T) hardly depends on T alone near T = 1, where
// the bound is tightest: adding up the largest error of every operation gives
// less than 1.9 ulp there, and less elsewhere.
const (
	tanhMax   = 20 // tanh is 1 from 19.06 on
	tanhScale = 2 / math.Ln2
	tanhHi    = 0x1.62e42fefa39efp-2  // ln(2)/2
	tanhLo    = 0x1.abc9e3b39803fp-57 // and the rest of it
	// tanhRound is 1.5·2^52: added to a number it leaves the nearest integer in
	// the lowest bits, and no exponent bits among the lowest twelve.
	tanhRound = 0x1.8p52
	oneBits   = 0x3ff << 52
	signBit   = 1 << 63
)

// Coefficients of q, minimax over [0, ln(2)/2] by Remez exchange; P has a
// relative error of 3e-19. gen/tanh.go has the same numbers, held against
// these by the tests of equal bits.
const (
	tanhQ0  = 1.0
	tanhQ1  = 0x1.5555555555468p-1
	tanhQ2  = 0x1.555555555c2d8p-2
	tanhQ3  = 0x1.1111110f7efeap-3
	tanhQ4  = 0x1.6c16c1d6fbd0ap-5
	tanhQ5  = 0x1.a019efcf1473fp-7
	tanhQ6  = 0x1.a01bf1f8df20fp-9
	tanhQ7  = 0x1.71ba75e5f1fb5p-11
	tanhQ8  = 0x1.29951b280331bp-13
	tanhQ9  = 0x1.94dd23d3be000p-16
	tanhQ10 = 0x1.8aa3c80ee0379p-18
)

func tanh1(x float64) float64 {
	h := math.Abs(x)
	if h > tanhMax { // false for NaN, which then makes r and the result NaN
		h = tanhMax
	}
	shifted := fma(h, tanhScale, -0.5) + tanhRound
	k := shifted - tanhRound
	r := fma(k, -tanhHi, h)
	r = fma(k, -tanhLo, r)

	q := fma(tanhQ10, r, tanhQ9)
	q = fma(q, r, tanhQ8)
	q = fma(q, r, tanhQ7)
	q = fma(q, r, tanhQ6)
	q = fma(q, r, tanhQ5)
	q = fma(q, r, tanhQ4)
	q = fma(q, r, tanhQ3)
	q = fma(q, r, tanhQ2)
	q = fma(q, r, tanhQ1)
	q = fma(q, r, tanhQ0)
	p := fma(float64(r*r), q, r)

	pow := math.Float64frombits(math.Float64bits(shifted)<<52 + oneBits) // 2^k
	rest := fma(pow, 0.5, -0.5)
	t, d := fma(pow, p, rest), fma(pow, p, rest+1)
	a := t
	if a > 1 {
		a = 1
	}
	y := fma(-a, a/d, a)
	return math.Float64frombits(math.Float64bits(y) | math.Float64bits(x)&signBit)
}

func tanhGo(dst, x []float64) {
	x = x[:len(dst)]
	for i := range dst {
		dst[i] = tanh1(x[i])
	}
}

func relaxTanhGo(x, r, to []float64, decay float64) {
	r, to = r[:len(x)], to[:len(x)]
	for i := range x {
		x[i] = flush(fma(decay, x[i]-to[i], to[i]))
		r[i] = tanh1(x[i])
	}
}

package kernel

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

const precision = 160 // of the reference

// tanhExact is tanh x for 0 < x, by the series of e^2x - 1 after halving.
func tanhExact(x float64) *big.Float {
	f := func(v float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(v) }
	if x > 64 {
		return f(1)
	}
	halvings := max(0, math.Ilogb(x)+10)
	y := f(math.Ldexp(x, 1-halvings)) // exact, < 2^-8
	sum, term := f(0), f(1)
	for n := 1.0; n < 30; n++ {
		term.Mul(term, y)
		term.Quo(term, f(n))
		sum.Add(sum, term)
	}
	for range halvings { // e^2y - 1 = (e^y - 1)(e^y - 1 + 2)
		sum.Mul(sum, new(big.Float).SetPrec(precision).Add(sum, f(2)))
	}
	return sum.Quo(sum, new(big.Float).SetPrec(precision).Add(sum, f(2)))
}

// ulps is the error of got in units of the last place of want.
func ulps(got float64, want *big.Float) float64 {
	w, _ := want.Float64()
	unit := math.Ldexp(1, max(math.Ilogb(w)-52, -1074))
	if w >= 1 {
		unit = 0x1p-53 // tanh is below 1
	}
	d := new(big.Float).SetPrec(precision).SetFloat64(got)
	e, _ := d.Sub(d, want).Float64()
	return math.Abs(e) / unit
}

// TestTanhError holds tanh against 160-bit arithmetic: over all magnitudes,
// and densely where it bends and where the reduction changes.
func TestTanhError(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var xs []float64
	for range 6000 {
		xs = append(xs, math.Ldexp(1+r.Float64(), r.IntN(1080)-1075)) // 2^-1075 … 32
		xs = append(xs, math.Ldexp(1+r.Float64(), r.IntN(12)-8))
		xs = append(xs, 20*r.Float64(), r.Float64())
	}
	for k := 1.0; k < 57; k++ { // both sides of every step of the reduction
		x := k * math.Ln2 / 2
		for range 20 {
			x = math.Nextafter(x, 0)
		}
		for range 40 {
			xs = append(xs, x)
			x = math.Nextafter(x, 100)
		}
	}
	worst, where := 0.0, 0.0
	for _, x := range xs {
		if x == 0 {
			continue
		}
		if e := ulps(tanh1(x), tanhExact(x)); !(e <= worst) {
			worst, where = e, x
		}
	}
	t.Logf("largest error %.3f ulp, at %v, of %d numbers", worst, where, len(xs))
	if !(worst < 1.9) { // see tanh1
		t.Errorf("error %.3f ulp at %v", worst, where)
	}
}

// TestTanhShape: odd, within (-1, 1], never falling by more than its error,
// exact at the ends, close to math.Tanh.
func TestTanhShape(t *testing.T) {
	for _, l := range Levels() {
		useLevel(t, l)
		x := []float64{0, math.Inf(1), math.Inf(-1), math.NaN(), 0x1p-1074, 1e300, -25, math.Copysign(0, -1), 0x1p-30}
		y := make([]float64, len(x))
		Tanh(y, x)
		want := []float64{0, 1, -1, math.NaN(), 0x1p-1074, 1, -1, math.Copysign(0, -1), 0x1p-30}
		if i := differs(y, want); i >= 0 {
			t.Errorf("%s: tanh %v = %v, want %v", l, x[i], y[i], want[i])
		}
	}
	before := 0.0
	for x := 0.0; x < 22; x += 0x1p-13 {
		y := tanh1(x)
		if y < before || y > 1 || tanh1(-x) != -y || math.Abs(y-math.Tanh(x)) > 4e-16 {
			t.Fatalf("tanh %v = %v after %v; tanh %v = %v; math.Tanh gives %v", x, y, before, -x, tanh1(-x), math.Tanh(x))
		}
		before = y
	}
}

// TestTanhSteps: across every step of the reduction neighbouring doubles never
// fall by more than one unit of the last place, and nothing falls over 2^-44.
func TestTanhSteps(t *testing.T) {
	for k := 1.0; k < 57; k++ {
		x := k * math.Ln2 / 2 * (1 - 0x1p-44)
		base := tanh1(x)
		for y := base; x < k*math.Ln2/2*(1+0x1p-44); {
			x = math.Nextafter(x, 100)
			next := tanh1(x)
			if next < math.Nextafter(y, 0) {
				t.Fatalf("tanh %v = %v, after %v", x, next, y)
			}
			y = next
		}
		if tanh1(x) < base {
			t.Fatalf("step %v falls from %v to %v", k, base, tanh1(x))
		}
	}
}

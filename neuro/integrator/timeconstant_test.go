package integrator

import (
	"github.com/spikewalk/spikewalk/neuro/attractor"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/floats/scalar"
)

// A textbook's five points: slope 0.6, residual variance 2.4/3, Σ(x - x̄)² = 10,
// and t = 3.182 for three degrees of freedom.
func TestSlopeInterval(t *testing.T) {
	slope, low, high := slopeOf([]float64{1, 2, 3, 4, 5}, []float64{2, 4, 5, 4, 5})
	half := 3.182446305284263 * math.Sqrt(0.8/10)
	if !scalar.EqualWithinAbs(slope, 0.6, 1e-12) || !scalar.EqualWithinAbs(low, 0.6-half, 1e-9) || !scalar.EqualWithinAbs(high, 0.6+half, 1e-9) {
		t.Errorf("slope %g [%g, %g], want 0.6 ± %g", slope, low, high, half)
	}
	if _, low, high := slopeOf([]float64{1, 2}, []float64{3, 5}); !math.IsInf(low, -1) || !math.IsInf(high, 1) {
		t.Errorf("two points give the interval [%g, %g], want an infinite one", low, high)
	}
	if slope, low, high := slopeOf([]float64{-1, 0, 1}, []float64{0, 0, 0}); slope != 0 || low != 0 || high != 0 {
		t.Errorf("no drift at all gives slope %g [%g, %g]", slope, low, high)
	}
}

// The interval holds the true slope in 95 % of all measurements: positions
// that decay with a known time constant, seen with noise.
func TestSlopeIntervalCovers(t *testing.T) {
	const tau, repeats = 5.0, 2000
	noise := rand.New(rand.NewPCG(1, 2))
	x, held := floats.Span(make([]float64, 21), -40, 40), 0
	y := make([]float64, len(x))
	for range repeats {
		for i := range y {
			y[i] = -x[i]/tau + noise.NormFloat64()
		}
		if _, low, high := slopeOf(x, y); low <= -1/tau && -1/tau <= high {
			held++
		}
	}
	// Five standard deviations of a binomial.
	if share := float64(held) / repeats; math.Abs(share-0.95) > 5*math.Sqrt(0.95*0.05/repeats) {
		t.Errorf("the interval holds the slope in %g of all measurements, want 0.95", share)
	}
}

func TestTimeConstant(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct{ slope, low, high, tau, from, to float64 }{
		{-0.2, -0.25, -0.1, 5, 4, 10},      // leaks
		{0.2, 0.1, 0.25, -5, -10, -4},      // grows
		{-0.01, -0.05, 0.02, 100, 20, inf}, // may be either
		{0.01, -0.02, 0.05, -100, 50, inf}, // may be either
		{-0.1, -inf, inf, 10, 0, inf},      // two positions
		{-0.1, -0.2, 0, 10, 5, inf},        // may be perfect
		{-0.125, -0.125, -0.125, 8, 8, 8},  // a line without residuals
	} {
		tau, from, to := Drift{Slope: c.slope, SlopeLow: c.low, SlopeHigh: c.high}.TimeConstant()
		if !scalar.EqualWithinAbs(tau, c.tau, 1e-12) || !scalar.EqualWithinAbs(from, c.from, 1e-12) || !(to == c.to || scalar.EqualWithinAbs(to, c.to, 1e-12)) {
			t.Errorf("slope %g [%g, %g]: τ = %g [%g, %g], want %g [%g, %g]", c.slope, c.low, c.high, tau, from, to, c.tau, c.from, c.to)
		}
	}
}

// A leak of 5 % has the time constant τ_syn/0.05 = 2 s; spikes find it.
func TestDriftFindsTheTimeConstant(t *testing.T) {
	g := paper(t, 3)
	weak := g.Decoders()
	weak.Scale(0.95, weak)
	d := drift(t, must[*attractor.Attractor](t)(g.WithDecoders(weak)))
	// The line fitted to 2 s of the decay is less steep than its beginning.
	want := fittedDecay(d, 2)
	if width := d.SlopeHigh - d.SlopeLow; !(d.SlopeLow < d.Slope && d.Slope < d.SlopeHigh) || width > 0.1 {
		t.Errorf("slope %g [%g, %g]", d.Slope, d.SlopeLow, d.SlopeHigh)
	}
	if tau, low, high := d.TimeConstant(); !(low < -1/want && -1/want < high) || math.Abs(tau+1/want) > 0.1/-want {
		t.Errorf("τ = %g s [%g, %g], want %g", tau, low, high, -1/want)
	}
}

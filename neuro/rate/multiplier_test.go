package rate

import (
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
)

// Weights that float32 holds give the bits of float64 from half the memory;
// others are not rounded.
func TestMultiplierChangesNoBit(t *testing.T) {
	for _, n := range []int{1, 7, 50, 133} {
		rng := neuro.Stream(1, "multiplier", n)
		x := make([]float64, n)
		for i := range x {
			x[i] = rng.NormFloat64()
		}
		for _, m := range []*mat.Dense{single(normal(n, n, 1, rng)), normal(n, n, 1, rng)} {
			got, want := make([]float64, n), make([]float64, n)
			multiplier(m)(got, x)
			drive(want, byColumns(m), x, false)
			for i := range want {
				if got[i] != want[i] {
					t.Fatalf("%d units, entry %d: %g, want %g", n, i, got[i], want[i])
				}
			}
		}
	}
}

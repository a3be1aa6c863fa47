//go:build amd64 && !amd64.v3 && !noasm

package integrator

import "testing"

// The same seed gives the same bits as when the hashes were taken, in builds
// for amd64 as they come. In others math.Exp has code of its own (arm64), the
// compiler fuses x*y + z into one rounding (arm64, GOAMD64=v3), or gonum sums
// in another order (arm64, noasm), and spikes amplify the last bit. Within one
// build, bits are the same on all processors that have FMA, which math.Exp
// uses where it can, and for these 2 s on those that have not.
func TestGolden(t *testing.T) {
	for name, want := range lives {
		if got := live(begin(t, name)); got != want.golden {
			t.Errorf("%s: hash %s, want %s: the numerics changed", name, got, want.golden)
		}
	}
}

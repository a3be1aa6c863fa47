// Package golden holds the tests of networks to the bit: the same seed gives
// the same numbers, on every kernel, on one core and two, and as they have
// always been.
package golden

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"runtime"
	"testing"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// Hash is what a run's results came to, and the version of the numerics they
// were made with.
type Hash struct {
	// Bits are the first 8 bytes of the SHA-256 of all results.
	Bits     string
	Numerics int
}

// Check runs a short simulation on every kernel the machine has, on one core
// and on two, and compares all results with each other and with want.
//
// Whoever changes want changes what every seed means: raise
// neuro.NumericsVersion in the same commit.
func Check(t *testing.T, want Hash, run func() [][]float64) {
	t.Helper()
	if neuro.NumericsVersion != want.Numerics {
		t.Errorf("the numerics have version %d, the golden hash is of version %d", neuro.NumericsVersion, want.Numerics)
	}
	level, procs := kernel.Level(), runtime.GOMAXPROCS(0)
	defer func() {
		runtime.GOMAXPROCS(procs)
		if err := kernel.Use(level); err != nil {
			t.Error(err)
		}
	}()
	first := hash(run())
	// On other kinds of machine gonum's products differ in the last bit; there
	// the runs are only compared with each other.
	if runtime.GOARCH == "amd64" && first != want.Bits {
		t.Errorf("hash %s, want %s", first, want.Bits)
	}
	for _, use := range []string{"avx512", "avx2", "none"} {
		if err := kernel.Use(use); err != nil {
			t.Logf("not compared here: %v", err)
			continue
		}
		for _, n := range []int{1, 2} {
			runtime.GOMAXPROCS(n)
			if got := hash(run()); got != first {
				t.Errorf("%s on %d cores: hash %s, at first %s", use, n, got, first)
			}
		}
	}
}

func hash(results [][]float64) string {
	h := sha256.New()
	for _, x := range results {
		for _, v := range x {
			var word [8]byte
			binary.LittleEndian.PutUint64(word[:], math.Float64bits(v))
			h.Write(word[:])
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

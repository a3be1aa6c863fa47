package testkit

import (
	"bytes"
	"runtime"
	"testing"
)

// Damage loads a file with each byte changed in turn, by one bit after the
// other, cut at each length, and with something before and behind it. Load
// returns all that it has loaded, as bytes. Of the whole file that must be
// loaded; of any other the same, or an error. No load may panic or take more
// than 64 MB.
func Damage(t *testing.T, whole []byte, load func([]byte) ([]byte, error)) {
	t.Helper()
	damage(t, whole, load, false)
}

// Sealed is Damage of a file with a checksum of all its bytes: no changed file may
// load.
func Sealed(t *testing.T, whole []byte, load func([]byte) ([]byte, error)) {
	t.Helper()
	damage(t, whole, load, true)
}

// mostLoads is how many bits are flipped, and how many lengths cut, of a file of
// which there are more; with [AllEnv] ten times as many.
const mostLoads = 10_000

func damage(t *testing.T, whole []byte, load func([]byte) ([]byte, error), sealed bool) {
	t.Helper()
	before := allocated()
	want, err := load(bytes.Clone(whole))
	if err != nil {
		t.Fatalf("whole: %v", err)
	}
	loads, limit := 0, 64e6+200*(allocated()-before)
	before = allocated()
	try := func(what string, at int, file []byte, mustFail bool) {
		t.Helper()
		got, err := load(file)
		if err == nil && (mustFail || !bytes.Equal(got, want)) {
			t.Errorf("%s %d of %d: loaded without an error", what, at, len(whole))
		}
		if loads++; loads%100 == 0 {
			after := allocated()
			if after-before > limit {
				t.Errorf("%s %d: 100 loads took %d bytes", what, at, after-before)
			}
			before = after
		}
	}
	file := bytes.Clone(whole)
	most, cut := mostLoads, 3
	if All() {
		most, cut = 10*mostLoads, 1
	}
	// Each byte, and each of its bits somewhere; of large files what the odd
	// step comes upon.
	step := max(7, 8*len(file)/most|1)
	for bit := 0; bit < 8*len(file); bit += step {
		file[bit/8] ^= 1 << (bit % 8)
		try("flipped bit", bit, file, sealed)
		file[bit/8] ^= 1 << (bit % 8)
	}
	for n := 0; n < len(file); n += max(cut, len(file)/most) {
		try("cut at", n, file[:n:n], true)
	}
	t.Logf("%d flips and cuts of %d bytes", loads, len(file))
	try("one byte more", 1, append(bytes.Clone(file), 0), true)
	try("one byte before", 1, append([]byte("P"), file...), true)
	try("twice", 2, append(bytes.Clone(file), file...), true)
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

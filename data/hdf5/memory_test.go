package hdf5

import (
	"path/filepath"
	"runtime"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// Reading takes at most 1.2 times the memory of what is asked for, contiguous,
// packed, of another type and of a part.
func TestPeakMemory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.h5")
	testkit.Run(t, testkit.Python(t, "h5py", "numpy"), "-c", `
import h5py, numpy, sys
x = numpy.random.default_rng(1).integers(-300, 300, 4000000).reshape(500000, 8)
with h5py.File(sys.argv[1], "w") as f:
    f["plain"] = x / 8
    f["int16"] = x.astype(">i2")
    f.create_dataset("packed", data=x / 8, chunks=(8192, 8), shuffle=True, compression=1)`, path)
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, name := range []string{"plain", "int16", "packed"} {
		d, err := f.Dataset(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, rows := range []int{500_000, 250_001} {
			v, err := d.Rows(0, rows)
			if err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			x, err := v.Float64s()
			runtime.ReadMemStats(&after)
			if err != nil || len(x) != 8*rows {
				t.Fatal(len(x), err)
			}
			// All that was ever taken, of which the peak is a part.
			ratio := float64(after.TotalAlloc-before.TotalAlloc) / float64(8*len(x))
			t.Logf("%s, %d rows: %.3f times what is asked for", name, rows, ratio)
			if ratio > 1.2 {
				t.Errorf("%s, %d rows: %.3f times what is asked for", name, rows, ratio)
			}
		}
	}
}

package mat

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/internal/unpack"
)

// Kilobytes that would become gigabytes are refused before they do, in seconds,
// and what is sound beside them is read.
func TestVersion73MemoryIsBounded(t *testing.T) {
	const path = "testdata/h5py/hostile73.mat"
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"zeros": unpack.Env, "same": unpack.Env, "twice": unpack.Env, "deep": "nested more than 64 deep",
	} {
		start := time.Now()
		var file *File
		var err error
		peak := peakHeap(func() { file, err = Open(path, name) })
		if err == nil {
			_, err = file.Variable(name)
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q in it", name, err, want)
		}
		if limit := (4*info.Size() + 64e6) * 5 / 4; peak > limit { // a quarter: what is not collected yet
			t.Errorf("%s: a file of %d bytes took %d bytes, more than %d", name, info.Size(), peak, limit)
		}
		t.Logf("%s: %d MB, %v", name, peak/1e6, time.Since(start))
	}
	file, err := Open(path, "small")
	if err != nil {
		t.Fatal(err)
	}
	r := reader{t, file}
	r.numbers(r.get("small"), Double, []int{1, 1}, 7)
}

package nwb

import (
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// counter counts the bytes that are read.
type counter struct {
	io.ReaderAt
	n atomic.Int64
}

func (c *counter) ReadAt(p []byte, at int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, at)
	c.n.Add(int64(n))
	return n, err
}

// A small file is not read whole for one unit.
func TestOneUnitOfASmallFile(t *testing.T) {
	b := content(t, "session_old.nwb")
	c := &counter{ReaderAt: bytes.NewReader(b)}
	f, err := NewReader(c, int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := f.Unit(2); err != nil || !cmp.Equal(got, []float64{0.05, 1.75, 2.5}) {
		t.Error(got, err)
	}
	if c.n.Load() > int64(len(b)) {
		t.Errorf("%d of %d bytes read", c.n.Load(), len(b))
	}
}

// Opening a file of 2 GB and reading one unit takes at most 20 MB of it, in one
// piece and in chunks.
func TestOneUnitOfALargeFile(t *testing.T) {
	testkit.Needs(t, "python3 with h5py", "2 GB of disk that need not be written")
	for name, how := range map[string]string{"in one piece": "", "in chunks": ", chunks=(65536,), shuffle=True, compression='gzip', compression_opts=1"} {
		path := filepath.Join(t.TempDir(), "large.nwb")
		script := `
import sys, h5py, numpy as np
f = h5py.File(sys.argv[1], "w")
f.attrs["neurodata_type"], f.attrs["nwb_version"] = "NWBFile", "2.6.0"
u = f.create_group("units")
u.attrs["colnames"] = ["spike_times"]
u["id"] = np.arange(100)
n = 20000
s = u.create_dataset("spike_times", data=np.tile(np.arange(n) * 0.05, 100)` + how + `)
i = u.create_dataset("spike_times_index", data=np.arange(1, 101) * n)
i.attrs["target"] = s.ref
x = f.create_dataset("acquisition/lfp/data", shape=(8000000, 125), dtype="i2")
x[-1] = 7
f["acquisition/lfp/starting_time"] = 0.0
f["acquisition/lfp/starting_time"].attrs["rate"] = 1000.0
`
		if out, err := exec.Command("/usr/bin/python3", "-c", script, path).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		info, err := file.Stat()
		if err != nil || info.Size() < 2e9 {
			t.Fatal(err, info.Size())
		}
		c := &counter{ReaderAt: file}
		f, err := NewReader(c, info.Size())
		if err != nil {
			t.Fatal(err)
		}
		times, err := f.Unit(50)
		if err != nil || len(times) != 20000 || times[3] != 0.15000000000000002 {
			t.Fatal(len(times), err)
		}
		t.Logf("%s: %d bytes read of %d", name, c.n.Load(), info.Size())
		if c.n.Load() > 20e6 {
			t.Errorf("%s: %d bytes read", name, c.n.Load())
		}
		if _, err := f.Contents(); err != nil || c.n.Load() > 20e6 {
			t.Errorf("%s: %d bytes read with the contents, %v", name, c.n.Load(), err)
		}
	}
}

// h5py says the same of every number of a session: of the units one by one, and
// of series with their conversion.
func TestH5pySaysTheSame(t *testing.T) {
	testkit.Needs(t, "python3 with h5py")
	files := map[string][]byte{"session.nwb": content(t, "session.nwb"), "session_old.nwb": content(t, "session_old.nwb")}
	if b, err := os.ReadFile(filepath.Join(os.Getenv("SPIKEWALK_DATA"), "hdf5", "A8604.nwb")); err == nil {
		files["A8604.nwb"] = b
	}
	for name, b := range files {
		f, err := NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		got := everything(t, f)
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		want, err := exec.Command("/usr/bin/python3", "-c", everythingPython, path).Output()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, want h5py's %d, or others", name, len(got), len(want))
		}
	}
}

// everything is all numbers of units and series that h5py gives in the order of paths.
func everything(t *testing.T, f *File) []byte {
	var all []byte
	put := func(x ...float64) {
		for _, v := range x {
			all, _ = binary.Append(all, binary.LittleEndian, v)
		}
	}
	for i := range f.Units() {
		times, err := f.Unit(i)
		if err != nil {
			t.Fatal(err)
		}
		put(times...)
	}
	series, err := f.Series()
	if err != nil {
		t.Fatal(err)
	}
	for _, about := range series {
		s, err := f.ReadSeries(about.Path)
		if err != nil {
			t.Fatal(err)
		}
		put(s.Values.RawMatrix().Data...)
		for k := range about.Rows {
			put(float64(float32(s.Time(k))))
		}
	}
	return all
}

const everythingPython = `
import sys, h5py, numpy as np
f = h5py.File(sys.argv[1])
out = sys.stdout.buffer
start = 0
for end in f["units/spike_times_index"][:].astype(int):
    out.write(f["units/spike_times"][start:end].astype("<f8").tobytes())
    start = end
def visit(name, o):
    d = o.get("data") if isinstance(o, h5py.Group) else None
    if d is None or d.ndim not in (1, 2) or d.size == 0 or d.dtype.kind not in "iufb":
        return
    x = d[:].astype("f8") * d.attrs.get("conversion", 1.0)
    if "channel_conversion" in o:
        x = x * o["channel_conversion"][:]
    out.write((x + d.attrs.get("offset", 0.0)).astype("<f8").tobytes())
    if "timestamps" in o:
        t = o["timestamps"][:]
    else:
        t = o["starting_time"][()] + np.arange(len(d)) / o["starting_time"].attrs["rate"]
    out.write(t.astype("f4").astype("<f8").tobytes())
f.visititems(visit)
`

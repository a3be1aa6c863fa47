package data

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// sharedFile is the path of a small file of another program, beside the recordings.
func sharedFile(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(os.Getenv("SPIKEWALK_DATA"), "hdf5", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("left out, for it needs the file hdf5/%s in the folder that SPIKEWALK_DATA names", name)
	}
	return path
}

// An NWB file is a recording without a layout, from a path and from a reader; its arrays have their
// paths for names, and only what is asked for is read.
func TestNWBIsOpened(t *testing.T) {
	path := sharedFile(t, "A8604.nwb")
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	counted := &countedReader{Reader: bytes.NewReader(content)}
	from, err := OpenReader("A8604.nwb", counted, int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if f.Format() != NWB || from.Format() != NWB {
		t.Errorf("%q, %q", f.Format(), from.Format())
	}
	for _, file := range []*File{f, from} {
		rec, err := file.Recording(Layout{})
		if err != nil {
			t.Fatal(err)
		}
		if rec.Units != 3 || len(rec.Spikes.Times) != 21354 {
			t.Errorf("%d units, %d spikes", rec.Units, len(rec.Spikes.Times))
		}
		layout := Layout{TimeUnit: "s", Spikes: SpikeLayout{Times: "/units/spike_times", Index: "/units/spike_times_index"}}
		same, err := file.Recording(layout)
		if err != nil || same.Units != 3 || len(same.Spikes.Times) != 21354 || same.Spikes.Times[99] != rec.Spikes.Times[99] {
			t.Error(same, err)
		}
	}
	counted.n = 0
	if _, err := from.Variable("/units/spike_times_index"); err != nil || counted.n > 200_000 {
		t.Errorf("%d of %d bytes were read for three numbers, %v", counted.n, len(content), err)
	}
	if _, err := f.Variable("/units/spike_time"); err == nil || !strings.Contains(err.Error(), "/units/spike_times") {
		t.Error(err)
	}
	tree, err := ReadTree(path)
	if err != nil {
		t.Fatal(err)
	}
	if rows, _ := tree.Matrices["/units/spike_times"].Dims(); rows != 21354 {
		t.Errorf("%d rows", rows)
	}
}

// countedReader counts the bytes that are read.
type countedReader struct {
	*bytes.Reader
	n int
}

func (c *countedReader) ReadAt(p []byte, off int64) (int, error) {
	c.n += len(p)
	return c.Reader.ReadAt(p, off)
}

// A plain HDF5 file says what it holds when the layout is empty, and serves with a layout.
func TestHDF5NeedsALayout(t *testing.T) {
	testkit.Needs(t, "h5py")
	path := filepath.Join(t.TempDir(), "x.h5")
	cmd := exec.Command("/usr/bin/python3", "-c", `
import sys, h5py, numpy as np
with h5py.File(sys.argv[1], "w") as f:
    f["session/emg"] = np.arange(12.).reshape(6, 2)
    f["session/spikes/times"] = np.array([100, 200, 300, 250], "u4")
    f["session/spikes/unit"] = np.array([1, 1, 2, 7], "u1")
    f["session/trial/start"] = np.array([0., 0.2])
    f["session/trial/stop"] = np.array([0.2, 0.4])
    f["session/trial/side"] = ["left", "right"]
`, path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Recording(Layout{}); err == nil || !strings.Contains(err.Error(), "/session/emg: 6x2 float64") {
		t.Error(err)
	}
	rec, err := f.Recording(Layout{
		TimeUnit: "s", Spikes: SpikeLayout{Times: "/session/spikes/times", Units: "/session/spikes/unit", TimeUnit: "ms"},
		Series: map[string]SeriesLayout{"emg": {Values: []string{"/session/emg"}, Axes: "time channel", Rate: 10}},
		Trials: TrialLayout{Start: "/session/trial/start", Stop: "/session/trial/stop", Condition: "/session/trial/side"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if rec.Units != 3 || rec.Spikes.Times[1] != 0.2 || rec.Series["emg"].At(2, 1) != 5 || rec.Conditions[1] != "right" || rec.Trials[1].Condition != 1 {
		t.Errorf("%+v", rec)
	}
}

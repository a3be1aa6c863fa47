package data

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/spikewalk/spikewalk/data/hdf5"
	"github.com/spikewalk/spikewalk/data/nwb"
	"github.com/spikewalk/spikewalk/internal/testkit"
)

// units is an HDF5 file of the oldest kind with two arrays, spike_times of n
// doubles (k/100) and spike_times_index of n/1000 int64, the ends of units of 1000
// spikes, in one piece each. The arrays come first, so that the file's headers
// lie at both of its ends.
func units(n int) []byte {
	u32, u64 := binary.LittleEndian.AppendUint32, binary.LittleEndian.AppendUint64
	message := func(kind uint16, body []byte) []byte {
		body = append(body, make([]byte, (8-len(body)%8)%8)...)
		m := binary.LittleEndian.AppendUint16(nil, kind)
		m = binary.LittleEndian.AppendUint16(m, uint16(len(body)))
		return append(append(m, 0, 0, 0, 0), body...)
	}
	header := func(messages ...[]byte) []byte {
		all := bytes.Join(messages, nil)
		h := append([]byte{1, 0}, byte(len(messages)), 0)
		h = u32(u32(h, 1), uint32(len(all)))
		return append(append(h, 0, 0, 0, 0), all...)
	}
	double := []byte{0x11, 0x20, 63, 0, 8, 0, 0, 0, 0, 0, 64, 0, 52, 11, 0, 52, 0xff, 3, 0, 0}
	integer := []byte{0x10, 0x08, 0, 0, 8, 0, 0, 0, 0, 0, 64, 0}
	array := func(kind []byte, length, address int) []byte {
		return header(
			message(1, u64([]byte{1, 1, 0, 0, 0, 0, 0, 0}, uint64(length))),
			message(3, kind),
			message(8, u64(u64([]byte{3, 1}, uint64(address)), uint64(8*length))))
	}
	const none = math.MaxUint64
	// The superblock, version 0, whose last part is the root group's entry.
	file := append([]byte("\x89HDF\r\n\x1a\n"), 0, 0, 0, 0, 0, 8, 8, 0, 4, 0, 16, 0, 0, 0, 0, 0)
	file = u64(u64(u64(u64(file, 0), none), 0), none) // the third is the end of the file
	file = u64(file, 0)                               // a name's place in a heap that there is not
	root := len(file)
	file = append(u64(file, 0), make([]byte, 24)...)
	times := len(file)
	for k := range n {
		file = u64(file, math.Float64bits(float64(k)/100))
	}
	index := len(file)
	for k := range n / 1000 {
		file = u64(file, uint64(1000*(k+1)))
	}
	link := func(name string, object []byte) []byte {
		at := len(file)
		file = append(file, object...)
		return message(6, u64(append([]byte{1, 0, byte(len(name))}, name...), uint64(at)))
	}
	links := [][]byte{
		message(2, u64(u64([]byte{0, 0}, none), none)),
		link("spike_times", array(double, n, times)),
		link("spike_times_index", array(integer, n/1000, index)),
	}
	binary.LittleEndian.PutUint64(file[root:], uint64(len(file)))
	file = append(file, header(links...)...)
	binary.LittleEndian.PutUint64(file[40:], uint64(len(file)))
	return file
}

// counted serves a file and counts requests and bytes.
func counted(t *testing.T, content []byte) (address string, requests, sent *atomic.Int64) {
	t.Helper()
	requests, sent = new(atomic.Int64), new(atomic.Int64)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		w.Header().Set("ETag", `"one"`)
		http.ServeContent(&counter{w, sent}, r, "", time.Time{}, bytes.NewReader(content))
	}))
	t.Cleanup(server.Close)
	return server.URL, requests, sent
}

type counter struct {
	http.ResponseWriter
	sent *atomic.Int64
}

func (c *counter) Write(b []byte) (int, error) {
	c.sent.Add(int64(len(b)))
	return c.ResponseWriter.Write(b)
}

// openRemote opens an HDF5 file on a server.
func openRemote(t *testing.T, address string) *hdf5.File {
	t.Helper()
	r, err := Remote(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	f, err := hdf5.NewReader(r, r.Size())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// unit reads the spike times of one unit, as NWB has them.
func unit(t *testing.T, f *hdf5.File, i int) []float64 {
	t.Helper()
	ends, err := f.Dataset("/spike_times_index")
	if err != nil {
		t.Fatal(err)
	}
	n, err := ends.Values().Int64s()
	if err != nil {
		t.Fatal(err)
	}
	times, err := f.Dataset("/spike_times")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := times.Rows(int(n[i-1]), int(n[i]))
	if err != nil {
		t.Fatal(err)
	}
	values, err := rows.Float64s()
	if err != nil {
		t.Fatal(err)
	}
	return values
}

// One unit of a file on a server costs the blocks that it and the headers lie in; the
// second time, a request that asks whether the file is still the same.
func TestOneUnitOverHTTP(t *testing.T) {
	homes(t)
	content := units(5_000_000) // 40 MB
	address, requests, sent := counted(t, content)
	for _, most := range []struct{ requests, bytes int64 }{{5, 5 << 17}, {1, 1}} {
		requests.Store(0)
		sent.Store(0)
		times := unit(t, openRemote(t, address), 2500)
		if len(times) != 1000 || times[0] != 25_000 || times[999] != 25_009.99 {
			t.Errorf("%d spikes: %v", len(times), times[:2])
		}
		if requests.Load() > most.requests || sent.Load() > most.bytes {
			t.Errorf("%d requests and %d bytes of %d", requests.Load(), sent.Load(), len(content))
		}
	}
}

// Real NWB files are the same over HTTP as from the disk, to the last value.
func TestFilesOverHTTP(t *testing.T) {
	shared := os.Getenv(dataVariable)
	entries, err := os.ReadDir(filepath.Join(shared, "hdf5"))
	if shared == "" || err != nil {
		t.Skipf("left out: needs real files in the folder hdf5 of the one that %s names", dataVariable)
	}
	homes(t)
	for _, e := range entries {
		path := filepath.Join(shared, "hdf5", e.Name())
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(path) == ".md" {
			continue
		}
		here, err := hdf5.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		address, _, _ := counted(t, content)
		if got, want := dump(t, openRemote(t, address)), dump(t, here); got != want {
			t.Errorf("%s differs", path)
		}
		here.Close()
	}
}

// dump writes all of a file.
func dump(t *testing.T, f *hdf5.File) string {
	var b strings.Builder
	err := f.Walk(func(o hdf5.Object) error {
		fmt.Fprintln(&b, o.Path())
		if d, ok := o.(*hdf5.Dataset); ok {
			bytes, err := d.Values().Bytes()
			fmt.Fprintln(&b, d.Type(), d.Dims(), err, bytes)
		}
		return nil
	})
	if err != nil || b.Len() == 0 {
		t.Fatal(b.Len(), err)
	}
	return b.String()
}

// A real session is the same over HTTP as from the disk, and one unit of it comes
// without the others' waveforms.
func TestNWBOverHTTP(t *testing.T) {
	path := filepath.Join(os.Getenv(dataVariable), "hdf5", "A8604.nwb")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("left out: needs A8604.nwb in the folder hdf5 of the one that %s names", dataVariable)
	}
	here, err := nwb.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer here.Close()
	homes(t)
	address, requests, sent := counted(t, content)
	r, err := Remote(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	there, err := nwb.NewReader(r, r.Size())
	if err != nil {
		t.Fatal(err)
	}
	if there.Units() == 0 || there.Units() != here.Units() {
		t.Fatalf("%d units, %d here", there.Units(), here.Units())
	}
	for i := range here.Units() {
		want, err := here.Unit(i)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := there.Unit(i); err != nil || !slices.Equal(got, want) {
			t.Errorf("unit %d: %d spikes of %d, %v", i, len(got), len(want), err)
		}
	}
	t.Logf("%d requests, %d of %d bytes", requests.Load(), sent.Load(), len(content))
	if sent.Load() > int64(len(content)) {
		t.Error("something came twice")
	}
}

// A session as h5py writes it, with compressed chunks and a hundred objects,
// read in part: what comes is bounded.
func TestSessionOverHTTP(t *testing.T) {
	testkit.Needs(t, "python3 with h5py")
	homes(t)
	path := filepath.Join(t.TempDir(), "session.h5")
	const program = `
import sys, h5py, numpy as np
r = np.random.default_rng(1)
with h5py.File(sys.argv[1], "w") as f:
    n = 3_000_000
    f.create_dataset("spike_times", data=np.arange(n) / 100, chunks=(100_000,), compression="gzip", compression_opts=1)
    for k in range(100):
        d = f.create_dataset(f"acquisition/m{k}/data", data=r.standard_normal(100_000), chunks=(10_000,), compression="gzip", compression_opts=1)
        d.attrs["unit"] = "V"
    f.create_dataset("spike_times_index", data=np.arange(1000, n + 1, 1000, dtype="u4"))
`
	if out, err := exec.Command("/usr/bin/python3", "-c", program, path).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	address, requests, sent := counted(t, content)
	f := openRemote(t, address)
	if times := unit(t, f, 1500); len(times) != 1000 || times[0] != 15_000 {
		t.Errorf("%d spikes", len(times))
	}
	t.Logf("one unit: %d requests, %.1f of %.1f MB", requests.Load(), float64(sent.Load())/1e6, float64(len(content))/1e6)
	if requests.Load() > 12 || sent.Load() > 5e6 {
		t.Error("that is too much")
	}
	before := requests.Load()
	if _, err := f.Group("/acquisition"); err != nil {
		t.Fatal(err)
	}
	g, _ := f.Group("/acquisition")
	names, err := g.Names()
	if err != nil || len(names) != 100 {
		t.Fatal(len(names), err)
	}
	for _, name := range names {
		d, err := f.Dataset("/acquisition/" + name + "/data")
		if err != nil {
			t.Fatal(err)
		}
		if u, err := hdf5.Text(d, "unit"); err != nil || u != "V" {
			t.Fatal(u, err)
		}
	}
	t.Logf("100 headers: %d requests more, %.1f MB in all", requests.Load()-before, float64(sent.Load())/1e6)
}

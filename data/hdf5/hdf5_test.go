package hdf5

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// content returns a file of testdata, whose script is small.py.
func content(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(name, ".gz") {
		return b
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if b, err = io.ReadAll(z); err != nil {
		t.Fatal(err)
	}
	return b
}

func reader(t testing.TB, b []byte) *File {
	t.Helper()
	f, err := NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// arrays are the files that hold the 11 × 7 × 5 array of 0, 1, 2, … in all layouts.
var arrays = []string{"arrays_old.h5.gz", "arrays_new.h5.gz"}

// TestSlabs reads every slab of some sizes from every layout, on one core and on
// several, and compares it with the array.
func TestSlabs(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, name := range arrays {
		f := reader(t, content(t, name))
		names := must[[]string](t)(f.Root().Names())
		seen := 0
		for _, name := range names {
			d := must[*Dataset](t)(f.Dataset(name))
			if !slices.Equal(d.Dims(), []int{11, 7, 5}) || name == "never" {
				continue
			}
			seen++
			for _, cores := range []int{1, 3} {
				runtime.GOMAXPROCS(cores)
				slabs(t, d, name == "holes")
			}
		}
		if seen < 14 {
			t.Errorf("%s: only %d layouts", name, seen)
		}
	}
}

func slabs(t *testing.T, d *Dataset, holes bool) {
	t.Helper()
	boxes := [][2][]int{
		{{0, 0, 0}, {11, 7, 5}}, {{3, 0, 0}, {1, 7, 5}}, {{0, 6, 0}, {11, 1, 5}}, {{0, 0, 4}, {11, 7, 1}},
		{{2, 1, 1}, {9, 5, 3}}, {{10, 6, 4}, {1, 1, 1}}, {{5, 2, 0}, {4, 3, 5}}, {{4, 4, 4}, {0, 2, 1}}, {{11, 7, 5}, {0, 0, 0}},
	}
	for _, b := range boxes {
		v := must[*Values](t)(d.Slab(b[0], b[1]))
		got := must[[]float64](t)(v.Float64s())
		var whole []int64
		if !holes {
			whole = must[[]int64](t)(v.Int64s())
		}
		var want []float64
		for i := range b[1][0] {
			for j := range b[1][1] {
				for k := range b[1][2] {
					x, y, z := b[0][0]+i, b[0][1]+j, b[0][2]+k
					w := float64((x*7+y)*5 + z)
					if holes && (x < 4 || x > 5 || y < 2 || y > 4) {
						w = -1.5
					}
					want = append(want, w)
				}
			}
		}
		if !slices.Equal(got, want) || v.Len() != len(want) || !slices.Equal(v.Dims(), b[1]) {
			t.Errorf("%s (%s), slab from %v of %v: %v, want %v", d.Path(), d.Layout(), b[0], b[1], got, want)
		}
		for i, w := range whole {
			if float64(w) != want[i] {
				t.Errorf("%s, slab from %v of %v: integer %d is %d, want %v", d.Path(), b[0], b[1], i, w, want[i])
			}
		}
	}
}

// counting is a file that counts what is read from it.
type counting struct {
	b        []byte
	mu       sync.Mutex
	bytes    int
	requests int
}

func (c *counting) ReadAt(p []byte, at int64) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bytes += len(p)
	c.requests++
	return bytes.NewReader(c.b).ReadAt(p, at)
}

// TestOnlyWhatIsAskedFor counts the bytes that are read for values.
func TestOnlyWhatIsAskedFor(t *testing.T) {
	c := &counting{b: content(t, "arrays_old.h5.gz")}
	f := must[*File](t)(NewReader(c, int64(len(c.b))))
	if c.bytes > 2*blockSize {
		t.Errorf("%d bytes were read to open the file", c.bytes)
	}
	for _, want := range []struct {
		name       string
		from, to   int
		atMost     int
		whatFollow string
	}{
		{"contiguous", 4, 6, 2 * 35 * 8, "two rows"},
		{"fixed", 0, 3, 2 * 3 * 3 * 4 * 2 * 8, "six chunks, of which rows beyond the edge are left"},
		{"compact", 0, 11, 0, "all in the header"},
		{"int16", 10, 11, 35 * 2, "a row"},
		{"never", 0, 11, 0, "nothing"},
	} {
		d := must[*Dataset](t)(f.Dataset(want.name))
		v := must[*Values](t)(d.Rows(want.from, want.to))
		must[[]float64](t)(v.Float64s()) // the index of the chunks comes with it
		before := c.bytes
		must[[]float64](t)(v.Float64s())
		if read := c.bytes - before; read > want.atMost {
			t.Errorf("%s: %d bytes were read, for %s of %d", want.name, read, want.whatFollow, want.atMost)
		}
	}
}

// TestPackedSession reads what the example does not.
func TestPackedSession(t *testing.T) {
	f := must[*File](t)(Open(filepath.Join("testdata", "session.h5")))
	defer f.Close()
	index := must[*Dataset](t)(f.Dataset("/units/spike_times_index"))
	a := must[*Attribute](t)(index.Attribute("target"))
	refs := must[[]Reference](t)(a.Values().References())
	if o := must[Object](t)(f.Deref(refs[0])); o.Path() != "/units/spike_times" {
		t.Errorf("the target is %s", o.Path())
	}
	trials := must[*Group](t)(f.Group("latest"))
	if names := must[[]string](t)(trials.Names()); !slices.Equal(names, []string{"start_time", "stop_time", "correct", "target"}) {
		t.Errorf("columns %q are not in the order of creation", names)
	}
	correct := must[*Dataset](t)(trials.Dataset("correct"))
	if got := must[[]bool](t)(correct.Values().Bools()); !slices.Equal(got, []bool{true, false, true}) || correct.Type().String() != "enum bool" {
		t.Errorf("correct: %v of %s", got, correct.Type())
	}
	target := must[*Dataset](t)(trials.Dataset("target"))
	x := must[*Values](t)(target.Values().Field("x"))
	if got := must[[]float64](t)(x.Float64s()); !slices.Equal(got, []float64{0.5, -0.5, 0}) || target.Type().String() != "{id: int32, x: float64}" {
		t.Errorf("x: %v of %s", got, target.Type())
	}
	if rate, found, err := Number(must[Object](t)(f.Root().Open("units/spike_times")), "resolution"); rate != 1./30000 || !found || err != nil {
		t.Errorf("resolution: %v, %v, %v", rate, found, err)
	}
	stop := must[*Dataset](t)(trials.Dataset("stop_time"))
	if got := must[[]float64](t)(stop.Values().Float64s()); !math.IsNaN(got[2]) {
		t.Errorf("stop times: %v", got)
	}
}

// TestErrors looks at what is said of what is not there, is not read, or is wrong.
func TestErrors(t *testing.T) {
	session, old, latest := reader(t, content(t, "session.h5")), reader(t, content(t, arrays[0])), reader(t, content(t, arrays[1]))
	read := func(f *File, path string) error {
		d, err := f.Dataset(path)
		if err == nil {
			_, err = d.Values().Float64s()
		}
		return err
	}
	rows := func(f *File, path string, from, to int) error {
		d, err := f.Dataset(path)
		if err == nil {
			_, err = d.Rows(from, to)
		}
		return err
	}
	open := func(b []byte) error { _, err := NewReader(bytes.NewReader(b), int64(len(b))); return err }
	flipped := content(t, arrays[1])
	flipped[20] ^= 1
	for _, c := range []struct {
		err         error
		unsupported bool
		want        []string
	}{
		{read(session, "/units/spike_tims"), false, []string{"/units", "spike_tims", "did you mean spike_times"}},
		{read(session, "/units"), false, []string{"/units is a group, not a dataset"}},
		{read(session, "/units/quality"), false, []string{"/units/quality", "string", "use Strings"}},
		{read(session, "/circle"), false, []string{"/circle", "circle"}},
		{read(session, "/elsewhere"), true, []string{"/elsewhere", "other.h5", "/x"}},
		{read(session, "/units/quality/x"), false, []string{"/units/quality is a dataset", `"x"`}},
		{read(old, "/scaled"), true, []string{"/scaled", "filter 6 (scaleoffset)", "h5repack"}},
		{read(latest, "/virtual"), true, []string{"/virtual", "virtual"}},
		{read(old, "/enormous"), false, []string{"/enormous", "8.8e+03 GB", "SPIKEWALK_UNPACK_MB", "Rows"}},
		{rows(old, "/fixed", 3, 12), false, []string{"/fixed", "rows 3 to 12 of 11"}},
		{rows(old, "/fixed", 3, 2), false, []string{"rows 3 to 2"}},
		{open([]byte("MATLAB 5.0 MAT-file, and so on")), false, []string{"not an HDF5 file", "MATLAB 5"}},
		{open(nil), false, []string{"not an HDF5 file"}},
		{open(content(t, "session.h5")[:5000]), false, []string{"truncated", "11740", "5000"}},
		{open(flipped), false, []string{"superblock", "checksum", "offset"}},
	} {
		if c.err == nil {
			t.Errorf("no error, want %q", c.want)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(c.err.Error(), want) {
				t.Errorf("the error %q lacks %q", c.err, want)
			}
		}
		if errors.Is(c.err, errors.ErrUnsupported) != c.unsupported {
			t.Errorf("the error %q is unsupported: %v, want %v", c.err, !c.unsupported, c.unsupported)
		}
	}
}

// TestEnormousByRows reads a part of a dataset that has no place in memory.
func TestEnormousByRows(t *testing.T) {
	if strconv.IntSize == 32 {
		t.Skip("where an int has 32 bits, no dataset has so many rows")
	}
	for _, name := range arrays {
		d := must[*Dataset](t)(reader(t, content(t, name)).Dataset("enormous"))
		far := 1 << min(39, strconv.IntSize-2)
		v := must[*Values](t)(d.Rows(far, far+3))
		if got := must[[]float64](t)(v.Float64s()); !slices.Equal(got, []float64{2.5, 2.5, 2.5}) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestManyReaders reads a file from several goroutines.
func TestManyReaders(t *testing.T) {
	f := reader(t, content(t, arrays[1]))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if n := everything(f); n == 0 {
				t.Error("nothing was read")
			}
		})
	}
	group.Wait()
}

// TestLookup3 compares with the values that its author published.
func TestLookup3(t *testing.T) {
	for text, want := range map[string]uint32{"": 0xdeadbeef, "Four score and seven years ago": 0x17770551} {
		if got := lookup3([]byte(text)); got != want {
			t.Errorf("%q: %#x, want %#x", text, got, want)
		}
	}
}

// TestHalf compares all halves that are numbers with their definition.
func TestHalf(t *testing.T) {
	for u := range uint64(1 << 16) {
		sign, e, m := math.Pow(-1, float64(u>>15)), float64(u>>10&31), float64(u&1023)
		want := sign * math.Pow(2, e-15) * (1 + m/1024)
		switch {
		case e == 0:
			want = sign * math.Pow(2, -14) * m / 1024
		case e == 31 && m == 0:
			want = math.Inf(int(sign))
		case e == 31:
			want = math.NaN()
		}
		if got := half(u); math.Float64bits(got) != math.Float64bits(want) && !(math.IsNaN(got) && math.IsNaN(want)) {
			t.Fatalf("%#04x: %v, want %v", u, got, want)
		}
	}
}

func TestLZF(t *testing.T) {
	for _, c := range []struct {
		packed, want string
		err          string
	}{
		{"\x02abc", "abc", ""},
		{"\x00a\x20\x00", "aaaa", ""},                      // three from one before: what is written is read
		{"\x01ab\xe0\x01\x01", "ab" + "ababababab", ""},    // 7 + 2 + 1 from two before
		{"\x05ab", "", "end in the middle"},                // six, and two are there
		{"\x00a\x20\x05", "", "6 bytes before, where 1"},   // from before the beginning
		{"\x00a\xe0\xff\x00", "", "more than the chunk's"}, // 264 bytes
		{"\x00a\x20", "", "end in the middle"},             // without a distance
		{strings.Repeat("\x1f", 33) + "", strings.Repeat("\x1f", 32), ""},
	} {
		got, err := unLZF(nil, []byte(c.packed), 40)
		if string(got) != c.want && c.err == "" || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%q: %q, %v; want %q, %s", c.packed, got, err, c.want, c.err)
		}
	}
}

func TestUnshuffle(t *testing.T) {
	for _, size := range []int{2, 3, 4, 8, 16} {
		var want, src []byte
		for i := range 5*size + 1 {
			want = append(want, byte(i*7))
		}
		for j := range size {
			for i := range 5 {
				src = append(src, want[i*size+j])
			}
		}
		src = append(src, want[5*size])
		got := make([]byte, len(want))
		if unshuffle(got, src, size); !bytes.Equal(got, want) {
			t.Errorf("elements of %d bytes: %v, want %v", size, got, want)
		}
	}
}

// TestMemory measures all memory that is taken to read: at most 1.2 times the
// result, on two cores too, and where all is one chunk.
func TestMemory(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	f := reader(t, content(t, "large.h5.gz"))
	for _, name := range []string{"long", "one"} {
		d := must[*Dataset](t)(f.Dataset(name))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got := must[[]float64](t)(d.Values().Float64s())
		runtime.ReadMemStats(&after)
		if len(got) != 1<<21 || got[0] != 0.1 || got[1<<21-1] != 0.1 {
			t.Errorf("%s: %d numbers, the last %v", name, len(got), got[len(got)-1])
		}
		if taken := after.TotalAlloc - before.TotalAlloc; taken > 8*uint64(len(got))*6/5 {
			t.Errorf("%s: %d bytes were taken for %d", name, taken, 8*len(got))
		}
	}
}

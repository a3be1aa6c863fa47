package mat

import (
	"errors"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// What version 7.3 has of its own: everything empty, sparse logical arrays, and
// objects, each of which says what to save in its place.
func TestVersion73(t *testing.T) {
	for _, path := range []string{"h5py/v73.mat", "h5py/packed73.mat"} {
		r := open(t, path)
		if r.Description != "MATLAB 7.3 MAT-file, written by h5py" || r.BigEndian {
			t.Errorf("%q, %v", r.Description, r.BigEndian)
		}
		r.numbers(r.get("hollow", 0), Double, []int{0, 0})
		r.numbers(r.get("hollow", 2), Double, []int{1, 1}, 1)
		if a := r.get("hollow"); !slices.Equal(a.Dims(), []int{1, 3}) {
			t.Error(a)
		}
		if a := r.get("nocells"); a.Class() != Cell || !slices.Equal(a.Dims(), []int{0, 4}) {
			t.Error(a)
		}
		r.text(r.get("notext"), "")
		if a := r.get("nostructs"); a.Class() != Struct || !slices.Equal(a.Dims(), []int{0, 1}) || !slices.Equal(a.Fields(), []string{"emg", "t"}) {
			t.Error(a)
		}
		if a := r.get("nofields"); a.Class() != Struct || a.Len() != 1 || len(a.Fields()) != 0 {
			t.Error(a)
		}
		r.numbers(r.get("spl"), Logical, []int{2, 2}, 1, 0, 0, 1)
		r.numbers(r.get("spz"), Double, []int{3, 4}, make([]float64, 12)...)
		if got := r.get("trial").Fields(); !slices.Equal(got, []string{"start", "name"}) {
			t.Errorf("fields %v", got)
		}
		for name, want := range map[string]string{
			"handle":  "handle is a function handle, which only MATLAB reads: there, save in its place c = func2str(x)",
			"old":     "old is an object of class inline, which only MATLAB reads",
			"tab":     "writetable(x, 'x.csv')",
			"str":     "str is an object of class string, which only MATLAB reads: there, save in its place c = cellstr(x)",
			"when":    "posixtime(x)",
			"map":     "keys(x) and v = values(x)",
			"own":     "own is an object of class Session, which only MATLAB reads: there, save in its place s = struct(x)",
			"foreign": "foreign: /foreign has no attribute MATLAB_class: another program put it there",
		} {
			_, err := r.Variable(name)
			wantError(t, err, want)
		}
		_, err := r.get("holder").Field("t")
		wantError(t, err, "holder.t is an object of class table")
		r.numbers(r.get("holder", "x"), Double, []int{1, 1}, 7)
		if slices.ContainsFunc(r.Names(), func(name string) bool { return strings.HasPrefix(name, "#") }) {
			t.Errorf("names %q", r.Names())
		}
	}
	file, err := Open("testdata/h5py/v73.mat", "session", "sp")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Variable("session"); err != nil {
		t.Error(err)
	}
	_, err = file.Variable("cube")
	wantError(t, err, `"cube" was not read: only session, sp was asked for`)
	_, err = Open("testdata/h5py/v73.mat", "emg")
	wantError(t, err, `no variable "emg": the file has`)
}

// julia opens a file of the tests of Julia's MAT.jl, which are not part of this
// project.
func julia(t *testing.T, name string, names ...string) reader {
	t.Helper()
	folder := os.Getenv("SPIKEWALK_DATA")
	path := filepath.Join(folder, "hdf5", "matjl_"+name+".mat")
	if _, err := os.Stat(path); folder == "" || errors.Is(err, os.ErrNotExist) {
		t.Skipf("left out, for it needs hdf5/matjl_%s.mat in the folder that SPIKEWALK_DATA names", name)
	}
	file, err := Open(path, names...)
	if err != nil {
		t.Fatal(err)
	}
	return reader{t, file}
}

// Files of MATLAB itself. The values are those that h5py shows.
func TestVersion73OfMATLAB(t *testing.T) {
	r := julia(t, "array")
	r.numbers(r.get("a2x1"), Double, []int{2, 1}, 1, 2)
	r.numbers(r.get("a1x2"), Double, []int{1, 2}, 1, 2)
	r.numbers(r.get("a2x2"), Double, []int{2, 2}, 1, 4, 3, 2)
	r.numbers(r.get("a2x2x2"), Double, []int{2, 2, 2}, 1, 4, 3, 2, 1, 3, 2, 4)
	r.numbers(r.get("empty"), Double, []int{0, 0})
	r.text(r.get("string"), "string")

	r = julia(t, "cell")
	r.numbers(r.get("cell", 0), Double, []int{1, 1}, 1)
	r.numbers(r.get("cell", 1), Double, []int{1, 1}, 2.01)
	r.text(r.get("cell", 2), "string")
	r.text(r.get("cell", 3, 1), "string2")

	r = julia(t, "complex")
	r.complexes(r.get("imaginary"), []int{1, 7}, 1, -1, 1+1i, 1-1i, -1+1i, -1-1i, 1i)

	r = julia(t, "logical")
	r.numbers(r.get("logical"), Logical, []int{1, 1}, 0)
	r.numbers(r.get("logical_mat"), Logical, []int{3, 3}, 1, 0, 1, 0, 1, 0, 0, 0, 0)

	r = julia(t, "simple")
	for _, class := range []Class{Double, Single, Int8, Uint8, Int16, Uint16, Int32, Uint32, Int64, Uint64, Logical} {
		r.numbers(r.get(string(class)), class, []int{1, 1}, 1)
	}

	r = julia(t, "string")
	r.text(r.get("simple_string"), "the quick brown fox")
	r.text(r.get("accented_string"), "thé qüîck browñ fòx")
	r.text(r.get("empty_string"), "")
	for _, name := range []string{"cell_strings", "concatenated_strings"} {
		if got, err := r.get(name).Texts(); err != nil || !slices.Equal(got, []string{"this is a string", "this is another string"}) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}

	r = julia(t, "struct")
	r.numbers(r.get("s", "c"), Double, []int{1, 3}, 1, 2, 3)
	second, err := r.get("s2").Field("a", 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	r.numbers(second, Double, []int{1, 1}, 2)
}

func TestVersion73SparseAndPartial(t *testing.T) {
	r := julia(t, "sparse")
	r.numbers(r.get("sparse_empty"), Double, []int{0, 0})
	r.numbers(r.get("sparse_random"), Double, []int{3, 3}, 0, 8, 0, 6, 0, 0, 0, 1, 9)
	r.complexes(r.get("sparse_complex"), []int{3, 3}, 0, 8+8i, 0, 6+6i, 0, 0, 0, 1+1i, 9+9i)
	r.numbers(r.get("sparse_zeros"), Double, []int{20, 20}, make([]float64, 400)...)
	logical, err := r.get("sparse_logical").Triplets()
	if err != nil || logical.Rows != 5 || !slices.Equal(logical.Row, []int{0, 1, 2, 3, 4}) || r.get("sparse_logical").Class() != Logical {
		t.Errorf("%v, %v", logical, err)
	}
	r = julia(t, "partial", "var2")
	x, err := r.get("var2").At(0, 0)
	if err != nil || math.Abs(x-0.74502369) > 1e-8 || r.get("var2").Len() != 128*128 {
		t.Errorf("var2(0) = %v, %v", x, err)
	}
	_, err = r.Variable("var1")
	wantError(t, err, "was not read")
}

// A variable that says what is not so is an error when asked for, and takes no
// other variable with it.
func TestVersion73Damage(t *testing.T) {
	r := open(t, "h5py/damaged73.mat")
	for name, want := range map[string]string{
		"loop":    "loop: damaged: a cell or struct that contains itself",
		"notext":  "characters stored as float64",
		"norefs":  "/norefs holds float64 where references belong",
		"wide":    "number 0 of an int8 array is 300",
		"pairs":   "numbers of class double stored as",
		"both":    "numbers of class logical stored as",
		"texts":   "numbers stored as string",
		"half":    "numbers stored as float16",
		"full":    "/full is said to be empty, and to be 2x3",
		"line":    "/line has 1 dimensions",
		"long":    "dimension 1 of /long has length 1099511627776",
		"uneven":  "field a of /uneven is 1x2, field b is 1x3",
		"lacking": "lacking: ",
		"group":   "/group is a group, and its class is double",
		"flat":    "/flat is a dataset, and its class is struct",
		"sprow":   "entry 0 of a sparse array lies in row 2 of 2",
		"spstart": "column 2 of a sparse array starts at entry 1",
		"spfew":   "/spfew has 1 values for 2 entries",
		"sprows":  "with -1 rows",
		"spnone":  "jc",
	} {
		_, err := r.Variable(name)
		wantError(t, err, name+": ", want)
	}
	r.numbers(r.get("after"), Double, []int{1, 1}, 7)
}

// counted counts the bytes that are read.
type counted struct {
	io.ReaderAt
	n int
}

func (c *counted) ReadAt(b []byte, at int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(b, at)
	c.n += n
	return n, err
}

// Of a large file nothing is read that was not asked for.
func TestVersion73ReadsWhatIsAskedFor(t *testing.T) {
	testkit.Needs(t, "python3 with h5py")
	path := filepath.Join(t.TempDir(), "x.mat")
	cmd := exec.Command("/usr/bin/python3", "-c", `
import h5py, numpy, sys
with h5py.File(sys.argv[1], "w", userblock_size=512) as f:
    for name, n in (("large", 3000000), ("small", 10), ("packed", 300000)):
        packing = {"compression": "gzip"} if name == "packed" else {}
        f.create_dataset(name, data=numpy.arange(float(n)).reshape(1, n), **packing).attrs["MATLAB_class"] = numpy.bytes_("double")
with open(sys.argv[1], "r+b") as f:
    f.write(b"MATLAB 7.3 MAT-file".ljust(116) + bytes(8) + b"\x00\x02IM")`, path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	for name, most := range map[string]int{"small": 100_000, "packed": 1_000_000} {
		c := &counted{ReaderAt: f}
		file, err := Decode(c, info.Size(), []string{name})
		if err != nil {
			t.Fatal(err)
		}
		a, err := file.Variable(name)
		if err != nil {
			t.Fatal(err)
		}
		if x, err := a.At(a.Len() - 1); err != nil || x != float64(a.Len()-1) || c.n > most {
			t.Errorf("%s: %v, %v, and %d of %d bytes were read", name, x, err, c.n, info.Size())
		}
	}
}

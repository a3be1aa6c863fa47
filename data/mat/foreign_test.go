package mat

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// reader asks for variables of a file and fails the test at any error.
type reader struct {
	*testing.T
	*File
}

func open(t *testing.T, parts ...string) reader {
	t.Helper()
	file, err := Open(filepath.Join(append([]string{"testdata"}, parts...)...))
	if err != nil {
		t.Fatal(err)
	}
	return reader{t, file}
}

// get follows a path of fields (texts) and cells (ints) from a variable.
func (r reader) get(name string, path ...any) *Array {
	r.Helper()
	a, err := r.Variable(name)
	for _, step := range path {
		if err != nil {
			break
		}
		switch step := step.(type) {
		case string:
			a, err = a.Field(step)
		case int:
			a, err = a.Cell(step)
		}
	}
	if err != nil {
		r.Fatal(err)
	}
	return a
}

func (r reader) numbers(a *Array, class Class, dims []int, want ...float64) {
	r.Helper()
	got, err := a.Float64s()
	if err != nil {
		r.Fatal(err)
	}
	equal := slices.EqualFunc(got, want, func(x, y float64) bool {
		return math.Float64bits(x) == math.Float64bits(y) || x != x && y != y
	})
	if a.Class() != class || !slices.Equal(a.Dims(), dims) || !equal {
		r.Errorf("%v = %v; want %v %s %v", a, got, dims, class, want)
	}
}

func (r reader) complexes(a *Array, dims []int, want ...complex128) {
	r.Helper()
	got, err := a.Complex128s()
	if err != nil || !a.IsComplex() || !slices.Equal(a.Dims(), dims) || !slices.Equal(got, want) {
		r.Errorf("%v = %v, %v; want %v %v", a, got, err, dims, want)
	}
}

func (r reader) text(a *Array, want string) {
	r.Helper()
	if got, err := a.Text(); err != nil || got != want {
		r.Errorf("%v = %q, %v; want %q", a, got, err, want)
	}
}

// What generate.m, generate.py and generate73.py put into the files comes out of
// them, the same from all versions of the format.
func TestOctaveSciPyAndH5py(t *testing.T) {
	for _, path := range []string{"octave/v6.mat", "octave/v7.mat", "scipy/plain.mat", "scipy/packed.mat", "h5py/v73.mat", "h5py/packed73.mat"} {
		t.Run(path, func(t *testing.T) {
			accents := "naïve Ĵ τ"
			if !strings.HasPrefix(path, "octave") {
				accents += " 𝒙"
			}
			open(t, path).generated(accents)
		})
	}
}

// The Octave that is installed puts the same into its files.
func TestOctaveOfToday(t *testing.T) {
	testkit.Needs(t, "Octave")
	program, err := filepath.Abs("testdata/generate.m")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.Mkdir("octave", 0o700); err != nil {
		t.Fatal(err)
	}
	testkit.Run(t, "octave-cli", "--norc", program)
	for _, path := range []string{"octave/v6.mat", "octave/v7.mat"} {
		file, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		reader{t, file}.generated("naïve Ĵ τ")
	}
	file, err := Open("octave/v4.mat")
	if err != nil {
		t.Fatal(err)
	}
	r := reader{t, file}
	r.numbers(r.get("matrix"), Double, []int{2, 3}, 1, 4, 2.5, 5, -3, 6)
}

// generated checks what all generate programs put into a file.
func (r reader) generated(accents string) {
	r.Helper()
	cube := make([]float64, 24)
	for i := range cube {
		cube[i] = float64(i+1) / 8
	}
	r.numbers(r.get("matrix"), Double, []int{2, 3}, 1, 4, 2.5, 5, -3, 6)
	r.numbers(r.get("cube"), Double, []int{2, 3, 4}, cube...)
	r.complexes(r.get("complexm"), []int{2, 2}, 1+2i, -5, 3-4i, 6i)
	r.numbers(r.get("flag"), Logical, []int{1, 3}, 1, 0, 1)
	r.numbers(r.get("novec"), Double, []int{0, 3})
	r.numbers(r.get("odd"), Double, []int{1, 4}, math.NaN(), math.Inf(1), math.Inf(-1), math.Copysign(0, -1))
	r.text(r.get("text"), "rates to spikes")
	r.text(r.get("accents"), accents)
	if rows, err := r.get("rows").Texts(); err != nil || !slices.Equal(rows, []string{"one", "three"}) {
		r.Errorf("rows: %q, %v", rows, err)
	}
	r.integers()
	r.sparses()
	r.text(r.get("session", "animal"), "B")
	r.numbers(r.get("session", "emg"), Double, []int{3, 2}, 1, 2, 3, 4, 5, 6)
	r.text(r.get("session", "nested", "deep", 1), "two")
	second, err := r.get("trial").Field("start", 0, 1)
	if err != nil {
		r.Fatal(err)
	}
	r.numbers(second, Double, []int{1, 1}, 1.5)
	r.numbers(r.get("cells", 1), Int8, []int{1, 1}, 5)
}

func (r reader) integers() {
	r.Helper()
	r.numbers(r.get("i8"), Int8, []int{1, 3}, -128, 0, 127)
	r.numbers(r.get("u8"), Uint8, []int{1, 3}, 0, 128, 255)
	r.numbers(r.get("i16"), Int16, []int{1, 2}, -32768, 32767)
	r.numbers(r.get("u16"), Uint16, []int{1, 2}, 0, 65535)
	r.numbers(r.get("i32"), Int32, []int{1, 2}, math.MinInt32, math.MaxInt32)
	r.numbers(r.get("u32"), Uint32, []int{1, 2}, 0, math.MaxUint32)
	r.numbers(r.get("f32"), Single, []int{1, 3}, 1.5, -0.25, float64(float32(3e38)))
	if got, err := r.get("i64").Int64s(); err != nil || !slices.Equal(got, []int64{math.MinInt64, -1, math.MaxInt64}) {
		r.Errorf("i64: %v, %v", got, err)
	}
	if got, err := r.get("u64").Float64s(); err != nil || !slices.Equal(got, []float64{0, math.MaxUint64}) {
		r.Errorf("u64: %v, %v", got, err)
	}
	if _, err := r.get("u64").Int64s(); err == nil || !strings.Contains(err.Error(), "element 1 is 18446744073709551615") {
		r.Errorf("u64 as int64: %v", err)
	}
}

func (r reader) sparses() {
	r.Helper()
	r.numbers(r.get("sp"), Double, []int{3, 5}, 10, 0, 0, 0, 0, -20, 0, 0, 0, 0, 0, 30.5, 0, 0, 0)
	r.complexes(r.get("spc"), []int{2, 3}, 0, 1+1i, 0, 0, 2-3i, 0)
}

// Octave alone: a logical sparse array, which it marks as a full one, and one
// without entries.
func TestOctaveSparse(t *testing.T) {
	for _, path := range []string{"octave/v6.mat", "octave/v7.mat"} {
		r := open(t, path)
		r.numbers(r.get("spl"), Logical, []int{2, 2}, 1, 0, 0, 1)
		if !r.get("spl").IsSparse() {
			t.Errorf("%s: spl is not sparse", path)
		}
		r.numbers(r.get("spz"), Double, []int{3, 4}, make([]float64, 12)...)
		r.numbers(r.get("narrow"), Double, []int{1, 4}, 0, 1, 2, 255)
		if n := r.get("nofields"); n.Class() != Struct || n.Len() != 1 || len(n.Fields()) != 0 {
			t.Errorf("%s: %v", path, n)
		}
	}
}

// Files of MATLAB itself, most of them from a big-endian machine.
func TestMATLAB(t *testing.T) {
	angles := make([]float64, 9)
	circle := make([]complex128, 9)
	for i := range angles {
		angles[i] = float64(i) * math.Pi / 4
		circle[i] = complex(math.Cos(angles[i]), math.Sin(angles[i]))
	}
	r := open(t, "matlab/testdouble_6.1_SOL2.mat")
	if !r.BigEndian || !strings.HasPrefix(r.Description, "MATLAB 5.0 MAT-file, Platform: SOL2") {
		t.Errorf("big-endian %v, %q", r.BigEndian, r.Description)
	}
	r.numbers(r.get("testdouble"), Double, []int{1, 9}, angles...)
	z, err := open(t, "matlab/testcomplex_6.1_SOL2.mat").get("testcomplex").Complex128s()
	for i := range circle {
		if err != nil || real(z[i]-circle[i])*real(z[i]-circle[i])+imag(z[i]-circle[i])*imag(z[i]-circle[i]) > 1e-30 {
			t.Errorf("testcomplex(%d) = %v, %v; want %v", i, z[i], err, circle[i])
		}
	}
	cube, err := open(t, "matlab/test3dmatrix_6.1_SOL2.mat").get("test3dmatrix").Slice(2, 3)
	if err != nil {
		t.Fatal(err)
	}
	page, err := cube.Dense()
	if err != nil || !mat.Equal(page, mat.NewDense(2, 3, []float64{19, 21, 23, 20, 22, 24})) {
		t.Errorf("page 3: %v, %v", page, err)
	}
	r = open(t, "matlab/teststruct_6.1_SOL2.mat")
	r.text(r.get("teststruct", "stringfield"), "Rats live on no evil star.")
	// That machine's exp(1) is e and one unit in the last place.
	r.numbers(r.get("teststruct", "doublefield"), Double, []int{1, 3}, math.Sqrt2, math.Nextafter(math.E, 3), math.Pi)
	r = open(t, "matlab/testcellnest_6.1_SOL2.mat")
	r.numbers(r.get("testcellnest", 1, 2, 0), Double, []int{1, 1}, 4)
	r = open(t, "matlab/testsparsecomplex_6.1_SOL2.mat")
	r.complexes(r.get("testsparsecomplex"), []int{3, 5}, 1+1i, 2, 3, 2, 0, 0, 3, 0, 0, 4, 0, 0, 5, 0, 0)
	r = open(t, "matlab/testbool_8_WIN64.mat")
	r.numbers(r.get("testbools"), Logical, []int{2, 1}, 1, 0)
	// Values that are said to be doubles and are bytes.
	r = open(t, "matlab/logical_sparse.mat")
	r.numbers(r.get("sp_log_5_4"), Logical, []int{5, 4}, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0)
}

func TestMATLABText(t *testing.T) {
	rows, err := open(t, "matlab/teststringarray_6.1_SOL2.mat").get("teststringarray").Texts()
	if err != nil || !slices.Equal(rows, []string{"one", "two", "three"}) {
		t.Errorf("teststringarray: %q, %v", rows, err)
	}
	japanese, err := open(t, "matlab/testunicode_7.4_GLNX86.mat").get("testunicode").Text()
	if err != nil || !strings.HasPrefix(japanese, "Japanese: \nすべての人間は、") || !strings.HasSuffix(japanese, "行動しなければならない。") {
		t.Errorf("testunicode: %q, %v", japanese, err)
	}
	r := open(t, "matlab/teststructarr_6.1_SOL2.mat")
	field, err := r.get("teststructarr").Field("two", 1)
	if err != nil {
		t.Fatal(err)
	}
	r.text(field, "number 2")
}

func TestMATLABUnsupported(t *testing.T) {
	for name, class := range map[string]Class{"testobject_6.1_SOL2": Object, "testfunc_7.4_GLNX86": FunctionHandle} {
		variable, _, _ := strings.Cut(name, "_")
		_, err := open(t, "matlab/"+name+".mat").Variable(variable)
		if unsupported, ok := errors.AsType[*unsupportedClassError](err); !ok || unsupported.Class != class {
			t.Errorf("%s: error %v, want class %s", name, err, class)
		}
	}
}

// Octave writes a char matrix of up to four characters four bytes shorter than it
// says; the checksum says that nothing is missing.
func TestSmallCharMatrixOfOctave(t *testing.T) {
	file, err := Open("testdata/octave/chars.mat")
	if err != nil {
		t.Fatal(err)
	}
	a, err := file.Variable("a")
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := a.Texts(); err != nil || !slices.Equal(rows, []string{"A", "B", "C"}) {
		t.Errorf("%q, %v", rows, err)
	}
	if b, err := file.Variable("b"); err != nil || b.Len() != 1 {
		t.Errorf("what follows it: %v, %v", b, err)
	}
}

package mat

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// variable4 is a variable of version 4: its five words, its name and its values in
// the storage that the first word says.
func variable4(order binary.ByteOrder, mopt, rows, columns, imaginary int, name string, values ...float64) []byte {
	var b []byte
	word := func(n int) {
		var w [4]byte
		order.PutUint32(w[:], uint32(n))
		b = append(b, w[:]...)
	}
	for _, n := range []int{mopt, rows, columns, imaginary, len(name) + 1} {
		word(n)
	}
	b = append(append(b, name...), 0)
	return append(b, values4(order, storage4[mopt/10%10], values)...)
}

// values4 are values as a file of version 4 stores them.
func values4(order binary.ByteOrder, kind matType, values []float64) []byte {
	w := matWriter{order: order}
	b := w.numbers(kind, values)
	return b[tagSize : tagSize+kind.size()*len(values)]
}

var orders4 = map[string]struct {
	order   binary.ByteOrder
	machine int
}{"little": {binary.LittleEndian, 0}, "big": {binary.BigEndian, 1000}}

func decode4File(t *testing.T, content ...[]byte) reader {
	t.Helper()
	file, err := decodeFrom(bytes.NewReader(bytes.Join(content, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return reader{t, file}
}

// Every storage in both byte orders, several variables of all kinds in a file.
func TestVersion4(t *testing.T) {
	for name, o := range orders4 {
		for p, kind := range storage4 {
			mopt := o.machine + 10*p
			r := decode4File(t,
				variable4(o.order, mopt, 2, 3, 0, "m", 1, 2, 3, 4, 5, 6),
				variable4(o.order, mopt, 1, 2, 1, "z", 1, 2, 3, 4),
				variable4(o.order, mopt, 0, 3, 0, "none"),
				variable4(o.order, mopt+1, 2, 3, 0, "t", 'a', 'd', 'b', 'e', 'c', ' '),
				variable4(o.order, mopt+2, 4, 3, 0, "sp", 3, 1, 3, 3 /* columns */, 5, 1, 1, 5 /* values */, 7, 8, 9, 0),
			)
			if r.BigEndian != (name == "big") || !slices.Equal(r.Names(), []string{"m", "z", "none", "t", "sp"}) {
				t.Errorf("%s, %d: %v, %q", name, kind, r.BigEndian, r.Names())
			}
			r.numbers(r.get("m"), Double, []int{2, 3}, 1, 2, 3, 4, 5, 6)
			r.complexes(r.get("z"), []int{1, 2}, 1+3i, 2+4i)
			r.numbers(r.get("none"), Double, []int{0, 3})
			if rows, err := r.get("t").Texts(); err != nil || !slices.Equal(rows, []string{"abc", "de"}) {
				t.Errorf("%s, %d: %q, %v", name, kind, rows, err)
			}
			r.numbers(r.get("sp"), Double, []int{3, 5}, 8, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7)
			if !r.get("sp").IsSparse() {
				t.Error("not sparse")
			}
		}
		r := decode4File(t, variable4(o.order, o.machine+2, 3, 4, 0, "spc", 2, 1, 2, 1, 2, 2, 5, 6, 0, 7, 8, 0))
		r.complexes(r.get("spc"), []int{2, 2}, 0, 5+7i, 6+8i, 0)
		r = decode4File(t, variable4(o.order, o.machine, 1, 4, 0, "odd", math.NaN(), math.Inf(-1), math.Copysign(0, -1), math.Pi))
		r.numbers(r.get("odd"), Double, []int{1, 4}, math.NaN(), math.Inf(-1), math.Copysign(0, -1), math.Pi)
		r = decode4File(t, variable4(o.order, o.machine+1, 1, 3, 0, "greek", 'τ', 'a', 'é'))
		r.text(r.get("greek"), "τaé")
	}
}

// Files of MATLAB 4 on a Sun (big-endian), of Octave and of SciPy.
func TestVersion4OfOthers(t *testing.T) {
	angles := make([]float64, 9)
	for i := range angles {
		angles[i] = float64(i) * math.Pi / 4
	}
	r := open(t, "matlab/testdouble_4.2c_SOL2.mat")
	r.numbers(r.get("testdouble"), Double, []int{1, 9}, angles...)
	if !r.BigEndian {
		t.Error("not big-endian")
	}
	for _, path := range []string{"octave/v4.mat", "scipy/v4.mat"} {
		r := open(t, path)
		r.numbers(r.get("matrix"), Double, []int{2, 3}, 1, 4, 2.5, 5, -3, 6)
		if path == "octave/v4.mat" {
			continue
		}
		r.complexes(r.get("complexm"), []int{2, 2}, 1+2i, -5, 3-4i, 6i)
		r.text(r.get("text"), "rates to spikes")
		r.numbers(r.get("sp"), Double, []int{3, 5}, 10, 0, 0, 0, 0, -20, 0, 0, 0, 0, 0, 30.5, 0, 0, 0)
		r.complexes(r.get("spc"), []int{2, 3}, 0, 1+1i, 0, 0, 2-3i, 0)
	}
	r = open(t, "scipy/v4.mat")
	r.numbers(r.get("i16"), Double, []int{1, 2}, -32768, 32767)
	r.numbers(r.get("f32"), Double, []int{1, 3}, 1.5, -0.25, float64(float32(3e38)))
	if rows, err := r.get("rows").Texts(); err != nil || !slices.Equal(rows, []string{"one", "three"}) {
		t.Errorf("rows: %q, %v", rows, err)
	}
}

// One name is read without the others, and damage is told with its place.
func TestVersion4Damage(t *testing.T) {
	little := binary.LittleEndian
	one := variable4(little, 0, 1, 1, 0, "a", 5)
	two := variable4(little, 50, 1, 3, 0, "b", 1, 2, 3)
	file, err := decodeFrom(bytes.NewReader(append(bytes.Clone(one), two...)), "b")
	if err != nil {
		t.Fatal(err)
	}
	r := reader{t, file}
	r.numbers(r.get("b"), Double, []int{1, 3}, 1, 2, 3)
	_, err = file.Variable("a")
	wantError(t, err, `"a" was not read`)
	for want, content := range map[string][]byte{
		"a: the file is cut short: 1x1 values take 8 bytes, 7 are there": one[:len(one)-1],
		"10 bytes are left": append(bytes.Clone(one), two[:10]...),
		"variable at byte 30 of the file: damaged: it begins": append(bytes.Clone(one), bytes.Repeat([]byte{9}, 40)...),
		"those of a VAX (D-float)":                            variable4(little, 2000, 1, 1, 0, "a", 5),
		"those of a VAX (G-float)":                            variable4(little, 3000, 1, 1, 0, "a", 5),
		"those of a Cray":                                     variable4(binary.BigEndian, 4000, 1, 1, 0, "a", 5),
		"a sparse matrix is stored as 2x2 values":             variable4(little, 2, 2, 2, 0, "a", 1, 1, 1, 1),
		"entry 0 of a sparse matrix of 1x1 lies in row 2":     variable4(little, 2, 2, 3, 0, "a", 2, 1, 1, 1, 5, 0),
		"two entries at row 0, column 0":                      variable4(little, 2, 3, 3, 0, "a", 1, 1, 1, 1, 1, 1, 5, 6, 0),
		"dimension 0 of a sparse matrix is -1":                variable4(little, 2, 1, 3, 0, "a", -1, 1, 0),
		"SPIKEWALK_UNPACK_MB":                                 variable4(little, 2, 1, 3, 0, "a", 1, 1<<31-1, 0),
		"character 0 is number 0.5":                           variable4(little, 1, 1, 1, 0, "a", 0.5),
		"a text with an imaginary part":                       variable4(little, 51, 1, 1, 1, "a", 65, 65),
		"2147483647 rows and 2147483647 columns are more":     variable4(little, 50, math.MaxInt32, math.MaxInt32, 0, "a", 5),
		`two variables of the file are called "a"`:            nil,
	} {
		if content == nil {
			file, err := decodeFrom(bytes.NewReader(append(bytes.Clone(one), one...)))
			if err != nil {
				t.Fatal(err)
			}
			_, err = file.Variable("a")
			wantError(t, err, want)
			continue
		}
		_, err := decodeFrom(bytes.NewReader(content))
		wantError(t, err, want)
	}
}

// SciPy reads what the test writes big-endian as the reader does.
func TestVersion4BigEndianIsSciPys(t *testing.T) {
	testkit.Needs(t, "python3 with SciPy")
	big := binary.BigEndian
	content := bytes.Join([][]byte{
		variable4(big, 1000, 2, 2, 1, "z", 1, 2, 3, 4, 5, 6, 7, 8),
		variable4(big, 1030, 1, 2, 0, "i", -5, 6),
		variable4(big, 1051, 1, 2, 0, "t", 'h', 'i'),
		variable4(big, 1002, 3, 3, 0, "s", 2, 1, 2, 1, 2, 2, 5, 6, 0),
	}, nil)
	out := python(t, content, `
m = scipy.io.loadmat(sys.argv[1])
print(m["z"].tolist(), m["i"].tolist(), m["t"].tolist(), m["s"].toarray().tolist())`)
	const want = "[[(1+5j), (3+7j)], [(2+6j), (4+8j)]] [[-5, 6]] ['hi'] [[0.0, 6.0], [5.0, 0.0]]\n"
	if out != want {
		t.Errorf("SciPy has\n%swant\n%s", out, want)
	}
	r := decode4File(t, content)
	r.complexes(r.get("z"), []int{2, 2}, 1+5i, 2+6i, 3+7i, 4+8i)
	r.numbers(r.get("i"), Double, []int{1, 2}, -5, 6)
	r.text(r.get("t"), "hi")
	r.numbers(r.get("s"), Double, []int{2, 2}, 0, 5, 6, 0)
}

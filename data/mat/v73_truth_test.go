package mat

import (
	"math"
	"path/filepath"
	"slices"
	"testing"

	"github.com/spikewalk/spikewalk/internal/testkit"
)

// A variable that was saved as version 7.3 is the same as one saved as version 5.
func TestVersion73EqualsVersion5(t *testing.T) {
	python := testkit.Python(t, "h5py", "numpy", "scipy")
	arrays := 0
	for _, seed := range []string{"1", "2", "3"} {
		folder := t.TempDir()
		testkit.Run(t, python, "testdata/v73_truth.py", folder, seed)
		old, err := Open(filepath.Join(folder, "v5.mat"))
		if err != nil {
			t.Fatal(err)
		}
		latest, err := Open(filepath.Join(folder, "v73.mat"))
		if err != nil {
			t.Fatal(err)
		}
		names, others := old.Names(), latest.Names()
		slices.Sort(names)
		slices.Sort(others)
		if !slices.Equal(names, others) || len(names) < 70 {
			t.Fatalf("variables %q and %q", names, others)
		}
		for _, name := range names {
			want, err := old.Variable(name)
			if err != nil {
				t.Fatal(err)
			}
			got, err := latest.Variable(name)
			if err != nil {
				t.Error(err)
				continue
			}
			arrays += sameArray(t, got, want)
		}
	}
	t.Logf("compared %d arrays", arrays)
}

// sameArray compares all that two arrays tell, and returns how many arrays that were.
func sameArray(t *testing.T, got, want *Array) (arrays int) {
	t.Helper()
	// MATLAB has no empty text but 0x0; scipy writes one of no columns.
	dims := slices.Equal(got.Dims(), want.Dims()) || want.Class() == Char && want.Len() == 0 && got.Len() == 0
	if got.Class() != want.Class() || !dims || got.IsComplex() != want.IsComplex() || got.IsSparse() != want.IsSparse() ||
		!slices.Equal(got.Fields(), want.Fields()) {
		t.Errorf("%v, want %v", got, want)
		return 1
	}
	arrays = 1
	child := func(a *Array, i int, field string) *Array {
		t.Helper()
		c, err := a.Cell(i)
		if field != "" {
			c, err = a.Field(field, i)
		}
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	switch got.Class() {
	case Cell:
		for i := range got.Len() {
			arrays += sameArray(t, child(got, i, ""), child(want, i, ""))
		}
	case Struct:
		for i := range got.Len() {
			for _, field := range got.Fields() {
				arrays += sameArray(t, child(got, i, field), child(want, i, field))
			}
		}
	case Char:
		a, err := got.Texts()
		b, wantErr := want.Texts()
		if err != nil || wantErr != nil || !slices.Equal(a, b) && got.Len() > 0 {
			t.Errorf("%v: %q, %v; want %q, %v", got, a, err, b, wantErr)
		}
	default:
		sameValues(t, got, want)
	}
	return arrays
}

func sameValues(t *testing.T, got, want *Array) {
	t.Helper()
	a, err := got.Complex128s()
	b, wantErr := want.Complex128s()
	if err != nil || wantErr != nil || !slices.EqualFunc(a, b, func(x, y complex128) bool {
		return sameBits(real(x), real(y)) && sameBits(imag(x), imag(y))
	}) {
		t.Errorf("%v: %v, %v; want %v, %v", got, a, err, b, wantErr)
	}
	if c := got.Class(); c == Int64 || c == Int32 {
		a, err := got.Int64s()
		b, wantErr := want.Int64s()
		if err != nil || wantErr != nil || !slices.Equal(a, b) {
			t.Errorf("%v: %v, %v; want %v, %v", got, a, err, b, wantErr)
		}
	}
	if got.IsSparse() {
		a, err := got.Triplets()
		b, wantErr := want.Triplets()
		if err != nil || wantErr != nil || !slices.Equal(a.Row, b.Row) || a.Rows != b.Rows {
			t.Errorf("%v: %v, %v; want %v, %v", got, a, err, b, wantErr)
		}
	}
}

func sameBits(x, y float64) bool {
	return math.Float64bits(x) == math.Float64bits(y) || math.IsNaN(x) && math.IsNaN(y)
}

package mat

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// maxDense is the most elements that a sparse array is expanded to; as
// float64 they take 1 GiB.
const maxDense = 1 << 27

// Float64s returns the numbers of a real numeric or logical array, the first
// dimension fastest; true is 1. Integers beyond 2^53 are rounded ([Array.Int64s]
// keeps them).
func (a *Array) Float64s() ([]float64, error) {
	if err := a.wantReal(); err != nil {
		return nil, err
	}
	return collect(a, a.real)
}

// real returns number k of the stored real parts; in a logical array any number
// but zero is true, 1.
func (a *Array) real(k int) float64 {
	x := a.re.float64(k)
	if a.class == Logical && x != 0 {
		return 1
	}
	return x
}

// Complex128s returns the numbers of a numeric or logical array, the first
// dimension fastest. Real numbers have an imaginary part of zero.
func (a *Array) Complex128s() ([]complex128, error) {
	if !a.class.IsNumeric() {
		return nil, a.wrongClass("numbers")
	}
	return collect(a, func(i int) complex128 {
		if !a.IsComplex() {
			return complex(a.real(i), 0)
		}
		return complex(a.re.float64(i), a.im.float64(i))
	})
}

// Int64s returns the numbers of a real array of an integer class or a logical
// array, exactly. A uint64 beyond the range of int64 is an error.
func (a *Array) Int64s() ([]int64, error) {
	switch a.class {
	case Int8, Uint8, Int16, Uint16, Int32, Uint32, Int64, Uint64, Logical:
	default:
		return nil, a.wrongClass("integers, or a logical array")
	}
	if err := a.wantReal(); err != nil {
		return nil, err
	}
	out, err := collect(a, a.integer)
	if i := slices.IndexFunc(out, func(n int64) bool { return n < 0 }); a.class == Uint64 && i >= 0 {
		return nil, fmt.Errorf("%s: element %d is %d, which an int64 does not hold: Float64s rounds it", a.name, i, uint64(out[i]))
	}
	return out, err
}

// integer is real for integers beyond 2^53.
func (a *Array) integer(k int) int64 {
	if a.class == Logical {
		return int64(a.real(k))
	}
	return a.re.int64(k)
}

// Dense returns a real numeric or logical matrix, rows and columns as in
// MATLAB. For more dimensions, see [Array.Slice].
func (a *Array) Dense() (*mat.Dense, error) {
	if err := a.wantReal(); err != nil {
		return nil, err
	}
	if len(a.dims) != 2 {
		return nil, fmt.Errorf("%s is %s, wanted a matrix of two dimensions: take one with Slice", a.name, dimsString(a.dims))
	}
	if a.Len() == 0 {
		return nil, fmt.Errorf("%s is empty (%s), and there are no empty matrices in gonum", a.name, dimsString(a.dims))
	}
	rows, columns := a.dims[0], a.dims[1]
	if err := a.checkDense(); err != nil {
		return nil, err
	}
	values := make([]float64, rows*columns) // row by row, as gonum has them
	if a.sparse != nil {
		a.scatter(func(at, k int) { values[at%rows*columns+at/rows] = a.real(k) })
		return mat.NewDense(rows, columns, values), nil
	}
	for r := range rows {
		for c := range columns {
			values[r*columns+c] = a.real(c*rows + r)
		}
	}
	return mat.NewDense(rows, columns, values), nil
}

// At returns one number of a real numeric or logical array, by an index for each
// dimension or a single one through all elements. It is slow for sparse arrays,
// which it searches along a column.
func (a *Array) At(index ...int) (float64, error) {
	if err := a.wantReal(); err != nil {
		return 0, err
	}
	at, err := a.offset(index)
	if err != nil {
		return 0, err
	}
	if a.sparse != nil {
		if at = a.sparse.find(at%a.dims[0], at/a.dims[0]); at < 0 {
			return 0, nil
		}
	}
	return a.real(at), nil
}

// wantReal is the error of an array that is not real numbers.
func (a *Array) wantReal() error {
	if !a.class.IsNumeric() {
		return a.wrongClass("numbers")
	}
	if a.IsComplex() {
		return fmt.Errorf("%s is %s complex %s, wanted real numbers: use Complex128s", a.name, dimsString(a.dims), a.class)
	}
	return nil
}

// collect converts every element, given the place of a number in the stored
// parts; the zeros of a sparse array are T's.
func collect[T any](a *Array, number func(i int) T) ([]T, error) {
	n := a.Len()
	if a.sparse == nil {
		out := make([]T, n)
		for i := range out {
			out[i] = number(i)
		}
		return out, nil
	}
	if err := a.checkDense(); err != nil {
		return nil, err
	}
	out := make([]T, n)
	a.scatter(func(at, entry int) { out[at] = number(entry) })
	return out, nil
}

// checkDense is the error of a sparse array that is too large to become dense.
func (a *Array) checkDense() error {
	if a.sparse != nil && a.Len() > maxDense {
		return fmt.Errorf("%s is sparse and %s: too large to be made dense, use Triplets", a.name, dimsString(a.dims))
	}
	return nil
}

package plotting

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"
)

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// isNil also finds a nil *mat.Dense inside a non-nil interface, which would
// crash at the first question about its size.
func isNil(m mat.Matrix) bool {
	if m == nil {
		return true
	}
	v := reflect.ValueOf(m)
	return v.Kind() == reflect.Pointer && v.IsNil()
}

// mostValues is how many values of one matrix are drawn: 1 GB of them.
const mostValues = 1 << 27

// columns copies the columns of a T × N matrix, checking every entry. gonum's
// plotters refuse a whole line for one NaN; here the place is named.
func columns(what string, m mat.Matrix) ([][]float64, error) {
	if isNil(m) {
		return nil, fmt.Errorf("%s is nil: give a matrix with time in rows and channels in columns", what)
	}
	rows, cols := m.Dims()
	if rows == 0 || cols == 0 {
		return nil, fmt.Errorf("%s is empty (%d x %d): give at least one row and one column", what, rows, cols)
	}
	if rows > mostValues/cols {
		return nil, fmt.Errorf("%s is %d x %d: at most %d values can be drawn: leave some out", what, rows, cols, mostValues)
	}
	out := make([][]float64, cols)
	for j := range out {
		out[j] = make([]float64, rows)
		for i := range out[j] {
			v := m.At(i, j)
			if !finite(v) {
				return nil, fmt.Errorf("%s is %g at row %d, column %d: every value must be finite", what, v, i, j)
			}
			out[j][i] = v
		}
	}
	return out, nil
}

// quoted is a text for an error's sentence: all of it, or its beginning.
func quoted(text string) string {
	const most = 60
	if len(text) > most {
		return strconv.Quote(strings.ToValidUTF8(text[:most], "")) + "…"
	}
	return strconv.Quote(text)
}

// nameOr is a name, quoted, or what is counted from 0 counted from 1.
func nameOr(name string, i int) string { return quoted(or(name, strconv.Itoa(i+1))) }

// vector checks a slice of values.
func vector(what string, v []float64) error {
	if len(v) == 0 {
		return fmt.Errorf("%s is empty: give at least one value", what)
	}
	return allFinite(what, v)
}

func allFinite(what string, v []float64) error {
	for i, x := range v {
		if !finite(x) {
			return fmt.Errorf("%s is %g at index %d: every value must be finite", what, x, i)
		}
	}
	return nil
}

// isNilPanel finds nil panels, typed ones too.
func isNilPanel(p Panel) bool {
	if p == nil {
		return true
	}
	v := reflect.ValueOf(p)
	return v.Kind() == reflect.Pointer && v.IsNil()
}

package compare

import (
	"cmp"
	"fmt"
	"math"
	"reflect"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// filled reports a matrix that is nil or empty.
func filled(what string, m mat.Matrix) error {
	v := reflect.ValueOf(m)
	if !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return fmt.Errorf("compare: there is no %s: the matrix is nil", what)
	}
	if r, c := m.Dims(); r == 0 || c == 0 {
		return fmt.Errorf("compare: the %s is %d x %d: at least one row and one channel are needed", what, r, c)
	}
	return nil
}

// alike reports two matrices of which not every entry has one to be compared with.
func alike(predicted, observed mat.Matrix) error {
	if err := filled("prediction", predicted); err != nil {
		return err
	}
	if err := filled("observed data", observed); err != nil {
		return err
	}
	r, c := predicted.Dims()
	if t, n := observed.Dims(); t != r || n != c {
		return fmt.Errorf("compare: a prediction of %d x %d, the observed data are %d x %d: both must have the same rows and channels", r, c, t, n)
	}
	return nil
}

// largest is the largest value whose square, summed, is still a number.
const largest = 1e100

// finite reports the first value of rows that is not finite.
func finite(what string, m *mat.Dense) error {
	rows, columns := m.Dims()
	for i := range rows {
		for j := range columns {
			if v := m.At(i, j); !(math.Abs(v) <= largest) {
				return fmt.Errorf("compare: %g in the %s, row %d, channel %d: every value must be finite, and below %g", v, what, i, j, float64(largest))
			}
		}
	}
	return nil
}

// present returns the rows of m that are no gap: all channels of a gap are NaN.
func present(what string, m mat.Matrix) ([]int, error) {
	rows, columns := m.Dims()
	keep := make([]int, 0, rows)
	for i := range rows {
		missing, where := 0, 0
		for j := range columns {
			if math.IsNaN(m.At(i, j)) {
				missing, where = missing+1, j
			}
		}
		switch missing {
		case 0:
			keep = append(keep, i)
		case columns:
		default:
			return nil, fmt.Errorf("compare: NaN in the %s, row %d, channel %d, but not in all channels of the row: leave the channel out, or make the whole row NaN, which is then left out", what, i, where)
		}
	}
	if len(keep) == 0 {
		return nil, fmt.Errorf("compare: NaN in every row of the %s: there is nothing to compare with", what)
	}
	return keep, nil
}

// take copies rows of m.
func take(m mat.Matrix, rows []int) *mat.Dense {
	_, columns := m.Dims()
	out := mat.NewDense(len(rows), columns, nil)
	for k, i := range rows {
		for j := range columns {
			out.Set(k, j, m.At(i, j))
		}
	}
	return out
}

// comparable returns the rows of both where something was observed.
func comparable(predicted, observed mat.Matrix) (p, o *mat.Dense, err error) {
	if err := alike(predicted, observed); err != nil {
		return nil, nil, err
	}
	rows, err := present("observed data", observed)
	if err != nil {
		return nil, nil, err
	}
	p, o = take(predicted, rows), take(observed, rows)
	return p, o, cmp.Or(finite("prediction", p), finite("observed data", o))
}

// fits reports an array that would be too large.
func fits(what string, sizes ...int) error { return bound.Array("compare: "+what, sizes...) }

package factor

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// PrincipalAngles returns the angles, in radians from the smallest to the
// largest, between the subspaces spanned by the columns of a (n × p) and
// b (n × q); there are min(p, q). The columns need not be orthonormal.
//
// Both are orthonormalised by SVD. Angles above 45 degrees come from the cosines,
// the singular values of QaᵀQb; smaller ones from the sines, the singular values of
// the part of b outside a, since cosines lose all digits near zero (Björck & Golub
// 1973, eqs. 13 and 15).
func PrincipalAngles(a, b mat.Matrix) ([]float64, error) {
	if err := checkSpan("first", a); err != nil {
		return nil, err
	}
	if err := checkSpan("second", b); err != nil {
		return nil, err
	}
	n, p := a.Dims()
	m, q := b.Dims()
	if n != m {
		return nil, fmt.Errorf("factor: subspaces of %d and %d dimensions: both must lie in the same space", n, m)
	}
	if p > n || q > n {
		return nil, fmt.Errorf("factor: %d and %d columns in %d dimensions: a basis cannot have more", p, q, n)
	}
	if p < q {
		a, b, p, q = b, a, q, p
	}
	qa, err := orthonormal(a)
	if err != nil {
		return nil, err
	}
	qb, err := orthonormal(b)
	if err != nil {
		return nil, err
	}
	var cross, rest mat.Dense
	cross.Mul(qa.T(), qb)
	rest.Mul(qa, &cross)
	rest.Sub(qb, &rest)
	cosines, err := singular(&cross)
	if err != nil {
		return nil, err
	}
	sines, err := singular(&rest)
	if err != nil {
		return nil, err
	}
	angles := make([]float64, q)
	for i := range angles {
		// Cosines fall as angles grow, sines come the other way round.
		sine := sines[q-1-i]
		if sine*sine < 0.5 {
			angles[i] = math.Asin(math.Min(1, sine))
		} else {
			angles[i] = math.Acos(math.Min(1, cosines[i]))
		}
	}
	return angles, nil
}

// checkSpan reports a basis that spans nothing.
func checkSpan(which string, m mat.Matrix) error {
	if isNil(m) {
		return fmt.Errorf("factor: the %s basis is nil", which)
	}
	if n, p := m.Dims(); n == 0 || p == 0 {
		return fmt.Errorf("factor: the %s basis is %d x %d: at least one dimension and one column are needed", which, n, p)
	}
	if i, j := unfit(m); i >= 0 {
		return fmt.Errorf("factor: the %s basis holds %g at row %d, column %d: every value must be finite, and below %g", which, m.At(i, j), i, j, float64(largest))
	}
	return nil
}

// orthonormal returns an orthonormal basis of a's columns, n × p, by a thin
// SVD: the Q of gonum's QR would be n × n, too large for the time courses of a
// long run.
func orthonormal(a mat.Matrix) (*mat.Dense, error) {
	var svd mat.SVD
	if !svd.Factorize(a, mat.SVDThinU) {
		return nil, errors.New("factor: the singular values did not converge")
	}
	if cond := svd.Cond(); !(cond <= 1e13) {
		return nil, fmt.Errorf("factor: the columns of a basis depend on each other (condition number %.1g)", cond)
	}
	var u mat.Dense
	svd.UTo(&u)
	return &u, nil
}

func singular(a mat.Matrix) ([]float64, error) {
	var svd mat.SVD
	if !svd.Factorize(a, mat.SVDNone) {
		return nil, errors.New("factor: the singular values did not converge")
	}
	return svd.Values(nil), nil
}

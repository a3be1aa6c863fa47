package dale

import "github.com/spikewalk/spikewalk/neuro/internal/kernel"

// signedSquares is a least-squares problem whose solution keeps to signs:
// the minimum over w of
//
//	½ wᵀ A w - cᵀ w    with sign_k w_k >= 0 for each k,
//
// A being n × n, symmetric and positive definite. The minimum is unique: it
// is where the slope r = c - A w is zero for each w_k that is not zero, and
// sign_k r_k <= 0 for each that is (Karush, Kuhn and Tucker).
type signedSquares struct {
	n    int
	a    []float64 // A, row by row
	sign []float64 // +1 or -1
	w    []float64 // zero or of its sign
	r    []float64 // c - A w
}

// newSignedSquares has room for problems of up to n unknowns.
func newSignedSquares(n int) *signedSquares {
	return &signedSquares{
		a: make([]float64, n*n), sign: make([]float64, n), w: make([]float64, n), r: make([]float64, n),
	}
}

// resize sets the number of unknowns. The caller then sets A, sign, r = c and
// w, from which the search starts, and calls solve.
func (q *signedSquares) resize(n int) {
	q.n = n
	q.a, q.sign, q.w, q.r = q.a[:n*n], q.sign[:n], q.w[:n], q.r[:n]
}

// solve sweeps over the coordinates, each time moving one to the minimum
// along its own axis and no further than zero, until a sweep has lowered the
// objective by no more than tolerance times what all sweeps together have, or
// the given number of sweeps is done (coordinate descent: Franc, Hlaváč &
// Navara 2005, doi:10.1007/11556121_50). At every moment a weight is of its
// sign or exactly zero.
//
// Cost: n² for a sweep in which every weight moves; weights that stay at zero
// cost nothing.
func (q *signedSquares) solve(sweeps int, tolerance float64) {
	kernel.SubRows(q.r, q.w, q.a, q.n)
	var all float64
	for range sweeps {
		gain := q.sweep()
		all += gain
		if gain <= tolerance*all {
			return
		}
	}
}

// sweep moves every coordinate once and returns by how much the objective
// went down.
func (q *signedSquares) sweep() (gain float64) {
	for k := range q.w {
		curvature := q.a[k*q.n+k]
		to := q.w[k] + q.r[k]/curvature
		if q.sign[k]*to <= 0 {
			to = 0 // not -0
		}
		move := to - q.w[k]
		if move == 0 {
			continue
		}
		gain += move * (q.r[k] - float64(curvature*move)/2)
		q.w[k] = to
		kernel.Axpy(q.r, -move, q.a[k*q.n:][:q.n])
	}
	return gain
}

package rls

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// DefaultPending is the number of updates held back before P is touched when
// a [Config] is made by [Default]. Measured on regressors of 300 to 1600
// entries: 32 takes an eighth longer, 96 gains nothing.
const DefaultPending = 64

// Config sets up recursive least squares.
type Config struct {
	// Alpha is the ridge parameter: P(0) = I/Alpha. The weights then
	// minimise the summed squared error + Alpha |w - w(0)|². Default 1.
	Alpha float64
	// Pending is the number K >= 1 of rank-one changes of P that are held
	// back and applied together. It changes the time taken, not the
	// algorithm: 1 is the textbook recursion. Default [DefaultPending].
	Pending int
}

// Default returns Alpha 1 and Pending [DefaultPending].
func Default() Config { return Config{Alpha: 1, Pending: DefaultPending} }

// Validate says what is wrong with c, if anything.
func (c Config) Validate() error {
	if !(c.Alpha > 0) || math.IsInf(c.Alpha, 0) {
		return fmt.Errorf("rls: Alpha is %g: the ridge must be a positive number (1 is usual)", c.Alpha)
	}
	if c.Pending < 1 {
		return fmt.Errorf("rls: Pending is %d: at least 1 update must be held (%d is usual)", c.Pending, DefaultPending)
	}
	return nil
}

// RLS is the inverse correlation matrix P of one regressor, shared by any
// number of targets. Make it with [New].
//
// P is kept as P = P0 - Zᵀ Z with P0 a dense symmetric n × n matrix and Z
// the pending changes, one row each.
type RLS struct {
	n       int
	p0      []float64 // n × n, both triangles
	z       []float64 // K × n, the first pending rows are in use
	pending int
	max     int // K

	x []float64 // n: P s of the current sample
	h []float64 // K: Z s of the current sample
}

// Target is one set of linear readouts trained on the shared regressor.
type Target struct {
	// Weights is m × n, one row for each readout, or n × m where Transposed
	// is set; it is changed in place.
	Weights    *mat.Dense
	Transposed bool
	// Error has length m: the readouts' values minus the wanted ones, with
	// the weights as they were before the update.
	Error []float64
}

// IllConditionedError reports that P is no longer positive definite, or that
// the regressor held NaN or Inf. Neither P nor any weight was changed by the
// update that returns it.
type IllConditionedError struct {
	// Quadratic is sᵀ P s, which must be a finite number >= 0.
	Quadratic float64
}

func (e *IllConditionedError) Error() string {
	return fmt.Sprintf("rls: sᵀPs is %g, not a finite number >= 0: P has lost positive definiteness or the regressor is not finite; a larger Alpha or smaller activity helps", e.Quadratic)
}

// New returns P = I/Alpha for a regressor of n entries.
//
// Memory: n² + K n float64 numbers.
func New(n int, cfg Config) (*RLS, error) {
	if n < 1 {
		return nil, fmt.Errorf("rls: a regressor of %d entries: at least 1 is needed", n)
	}
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	r := &RLS{
		n:   n,
		p0:  make([]float64, n*n),
		z:   make([]float64, cfg.Pending*n),
		max: cfg.Pending,
		x:   make([]float64, n),
		h:   make([]float64, cfg.Pending),
	}
	for i := range n {
		r.p0[i*n+i] = 1 / cfg.Alpha
	}
	return r, nil
}

// Dim returns the number of entries of the regressor.
func (r *RLS) Dim() int { return r.n }

// Update takes one sample s of the regressor into P and moves the weights of
// each target against its error,
//
//	k = P s / (1 + sᵀ P s),   P -= k (P s)ᵀ,   w -= e kᵀ
//
// (Haykin, Adaptive Filter Theory; Sussillo & Abbott 2009, eqs. 4-5). After
// every call the weights are those that minimise the summed squared error
// over all samples so far plus the ridge term.
//
// Cost: a symmetric matrix-vector product (n²), K n for the pending changes,
// n² for each K-th call's share of bringing them into P0, and m n for each
// target.
func (r *RLS) Update(s []float64, targets ...Target) error {
	r.check(s, targets)
	kernel.MulRows(r.x, s, r.p0, r.n, false)
	h := r.h[:r.pending]
	for k := range h {
		h[k] = kernel.Dot(r.row(k), s)
	}
	kernel.SubRows(r.x, h, r.z, r.n)
	c := kernel.Dot(s, r.x)
	if err := checkQuadratic(c); err != nil {
		return err
	}
	for _, t := range targets {
		if t.Transposed {
			descend(t.Weights, r.x, t.Error, c)
		} else {
			descend(t.Weights, t.Error, r.x, c)
		}
	}
	r.push(r.x, c)
	if r.pending == r.max {
		r.flush(r.n)
	}
	return nil
}

// flush brings the pending changes into P0, a symmetric rank-K update. P is
// the same before and after, but for rounding. Only the first m entries of
// the pending changes differ from zero.
func (r *RLS) flush(m int) {
	kernel.SyrkSub(r.p0, r.z, r.n, m, r.pending)
	r.pending = 0
}

// Inverse returns a copy of P, n × n.
func (r *RLS) Inverse() *mat.SymDense {
	r.flush(r.n)
	return mat.NewSymDense(r.n, append([]float64(nil), r.p0...))
}

// permuted returns a copy of P in another order: entries says where the rows
// of P stand in it.
func (r *RLS) permuted(entries []int) *mat.SymDense {
	r.flush(r.n)
	p := mat.NewSymDense(r.n, nil)
	for i, a := range entries {
		for j := i; j < r.n; j++ {
			p.SetSym(a, entries[j], r.p0[i*r.n+j])
		}
	}
	return p
}

// SetInverse replaces P, as when training continues from a file.
func (r *RLS) SetInverse(p mat.Symmetric) error {
	if p.SymmetricDim() != r.n {
		return fmt.Errorf("rls: P is %d x %d, the regressor has %d entries", p.SymmetricDim(), p.SymmetricDim(), r.n)
	}
	r.setInverse(p.At)
	return nil
}

func (r *RLS) setInverse(at func(i, j int) float64) {
	for i := range r.n {
		for j := range r.n {
			r.p0[i*r.n+j] = at(i, j)
		}
	}
	r.pending = 0
}

// push makes x = P s of the current sample a pending change:
// P - x xᵀ/(1+c). Entries beyond the length of x are zero.
func (r *RLS) push(x []float64, c float64) {
	row := r.row(r.pending)
	clear(row[len(x):])
	scale := 1 / math.Sqrt(1+c)
	for i, x := range x {
		row[i] = scale * x
	}
	r.pending++
}

// row is one pending change.
func (r *RLS) row(k int) []float64 { return r.z[k*r.n : (k+1)*r.n] }

// check panics when the caller's shapes disagree: a mistake in a trainer,
// not in its user's input.
func (r *RLS) check(s []float64, targets []Target) {
	if len(s) != r.n {
		panic(fmt.Sprintf("rls: a sample of %d entries for a regressor of %d", len(s), r.n))
	}
	for _, t := range targets {
		m, n := t.Weights.Dims()
		if t.Transposed {
			m, n = n, m
		}
		if m != len(t.Error) || n != r.n {
			panic(fmt.Sprintf("rls: weights are %d x %d for %d errors and a regressor of %d", m, n, len(t.Error), r.n))
		}
	}
}

func checkQuadratic(c float64) error {
	if !(c >= 0) || math.IsInf(c, 1) {
		return &IllConditionedError{Quadratic: c}
	}
	return nil
}

// descend is w -= a bᵀ/(1+c).
func descend(w *mat.Dense, a, b []float64, c float64) {
	raw := w.RawMatrix()
	for i, v := range a {
		kernel.Axpy(raw.Data[i*raw.Stride:][:len(b)], -v/(1+c), b)
	}
}

package rls

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// RLS is the inverse correlation matrix P of one regressor, shared by any
// number of targets. Make it with [New].
//
// P is kept as
//
//	P = g (P0 - Zᵀ Z)
//
// with P0 a dense symmetric n × n matrix and Z the pending changes, one row
// each. g is 1, unless the past is forgotten ([Config].Forgetting): then each
// update divides g by λ, and once in K updates g moves into P0.
type RLS struct {
	n       int
	stride  int // n, rounded up to whole blocks; what is added stays zero
	p       matrices
	pending int
	max     int     // K
	lambda  float64 // λ
	unit    float64 // λ/g: 1 + sᵀ P s of the textbook, divided by g

	s []float64 // stride: the sample presented
	h []float64 // Z s, as long as changes were pending then
	x []float64 // stride: P s/g

	learns   bool // the sample presented will be learned
	prepared bool // x belongs to the sample presented

	readouts []*Readouts
	shared   shared
	ill      error // why P is of no more use
}

// Target is one set of linear readouts trained on the shared regressor.
type Target struct {
	// Weights is m × n, one row for each readout, changed in place at every
	// update; nil where Readouts is set.
	Weights *mat.Dense
	// Readouts are of the same RLS, with changes that wait.
	Readouts *Readouts
	// Error has length m: the readouts' values minus the wanted ones, with
	// the weights as they were before the update. It must be finite; an update of
	// Weights refuses others.
	Error []float64
}

// New returns P = I/Alpha for a regressor of n entries.
//
// Memory: n² + K n numbers of the chosen precision.
func New(n int, cfg Config) (*RLS, error) {
	if n < 1 {
		return nil, fmt.Errorf("rls: a regressor of %d entries: at least 1 is needed", n)
	}
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if err := bound.Array("rls: P", n, n); err != nil {
		return nil, err
	}
	if err := bound.Array("rls: Pending changes of P", cfg.Pending, n); err != nil {
		return nil, err
	}
	// Changes that take more memory than P itself, and than 32 MB, are a
	// mistake of whoever wrote the number.
	if cfg.Pending > n && cfg.Pending-n > 4_000_000/n {
		return nil, fmt.Errorf("rls: Pending is %d: updates of %d entries would take more memory than P (%d is usual)", cfg.Pending, n, DefaultPending)
	}
	stride := padded(n)
	r := &RLS{
		n:      n,
		stride: stride,
		max:    cfg.Pending,
		s:      make([]float64, stride),
		h:      make([]float64, 0, cfg.Pending),
		x:      make([]float64, stride),
		lambda: 1 - cfg.Forgetting,
		unit:   1 - cfg.Forgetting,
		shared: shared{cores: math.MaxInt},
	}
	if cfg.Precision == Float32 {
		r.p = newStored[float32](stride, cfg.Pending)
	} else {
		r.p = newStored[float64](stride, cfg.Pending)
	}
	for i := range n {
		r.p.set(i, i, 1/cfg.Alpha)
	}
	return r, nil
}

// padded rounds a length up to the blocks that kernels work on.
func padded(n int) int { return (n + 7) &^ 7 }

// Update takes one sample s of the regressor into P and moves the weights of
// each target against its error,
//
//	k = P s / (λ + sᵀ P s),   P ← (P - k (P s)ᵀ)/λ,   w ← w - e kᵀ
//
// (Haykin, Adaptive Filter Theory; with λ = 1 Sussillo & Abbott 2009, eqs. 4-5).
// After every call the weights are those that minimise the summed squared error
// over all samples so far plus the ridge term (see [Config] for λ < 1). It is
// [RLS.Present] followed by [RLS.Correct], and panics where they do.
func (r *RLS) Update(s []float64, targets ...Target) error {
	r.Present(s, true)
	return r.Correct(targets...)
}

// Present shows a sample, length n, whose outputs [Readouts] then give. Set learn
// if [RLS.Correct] will follow: another processor can then help. It panics at a
// sample of another length.
//
// Cost: K n.
func (r *RLS) Present(s []float64, learn bool) {
	if len(s) != r.n {
		panic(fmt.Sprintf("rls: a sample of %d entries for a regressor of %d", len(s), r.n))
	}
	r.settleAhead()
	copy(r.s, s)
	r.h = r.h[:r.pending]
	r.p.project(r.h, r.s)
	r.learns, r.prepared = learn, false
	if r.shared.crew != nil {
		r.ahead()
	}
}

// prepare computes what [RLS.Correct] needs of the sample that has been
// presented and knows before its error: P s.
func (r *RLS) prepare() {
	if !r.prepared {
		r.p.times(r.x, r.s)
		r.p.back(r.x, r.h, 0)
		r.prepared = true
	}
}

// Correct is [RLS.Update] with the sample that has been presented. It panics at
// a target whose errors and weights are not of one size.
//
// Cost: a symmetric matrix-vector product (n²/2 numbers read), K n for the
// pending changes, n² for each K-th call's share of bringing them into P0,
// m n for a target's Weights and 2 m n, also as a share of each K-th call, for
// Readouts.
func (r *RLS) Correct(targets ...Target) error {
	r.check(targets)
	if r.ill != nil {
		return r.ill
	}
	for _, t := range targets {
		if t.Weights == nil {
			continue // hundreds of them, which their trainer has to know to be finite
		}
		if err := finite(t.Error); err != nil {
			return err
		}
	}
	r.prepare()
	r.prepared = false
	c, err := r.quadratic(kernel.Dot(r.s, r.x))
	if err != nil {
		return err
	}
	for _, q := range r.readouts {
		q.e.ClearRow(r.pending)
	}
	for _, t := range targets {
		if t.Readouts != nil {
			t.Readouts.hold(r.pending, t.Error, c)
		} else {
			descend(t.Weights, t.Error, r.x[:r.n], c)
		}
	}
	if r.push(r.x[:r.n], c) {
		r.flush(r.n)
	}
	return nil
}

// quadratic returns c = (λ + sᵀPs)/g of a sample whose sᵀPs/g is given.
func (r *RLS) quadratic(sPs float64) (c float64, err error) {
	if !(sPs >= 0) || math.IsInf(sPs, 1) {
		return 0, &IllConditionedError{Quadratic: sPs * (r.lambda / r.unit), Entry: -1}
	}
	return r.unit + sPs, nil
}

// faint is where λ/g is on its way to zero, after updates with a λ of next to
// nothing.
const faint = 1e-100

// push makes x = P s/g of the current sample a pending change, P0 - x xᵀ/c, and
// tells whether it is time to flush. Entries beyond the length of x are zero.
func (r *RLS) push(x []float64, c float64) (full bool) {
	r.p.hold(r.pending, 1/math.Sqrt(c), x)
	r.pending++
	r.unit *= r.lambda
	return r.pending == r.max || r.unit < faint
}

// flush brings the pending changes into P0, a symmetric rank-K update, and
// into the readouts' weights, and then g into P0. P and weights are the same
// before and after, but for rounding. Only the first m entries of the pending
// changes differ from zero. It returns what P0 has been multiplied by.
func (r *RLS) flush(m int) (g float64) {
	if r.pending == 0 {
		return 1
	}
	r.settleAhead()
	both := r.shared.both()
	for _, q := range r.readouts {
		r.p.weights(q.w0, q.e, r.pending, both)
	}
	if i := r.p.flush(m, r.pending, both); i >= 0 {
		r.ill = &IllConditionedError{Quadratic: r.p.at(i, i), Entry: i}
	}
	r.pending, r.h = 0, r.h[:0]
	if g = r.lambda / r.unit; g != 1 {
		r.p.scale(g)
		r.unit = r.lambda
		if r.prepared {
			kernel.Scale(r.x, g)
		}
	}
	return g
}

// Inverse returns a copy of P, n × n.
func (r *RLS) Inverse() *mat.SymDense {
	r.flush(r.n)
	return r.inverse(nil)
}

// inverse returns a copy of P, of which nothing is pending, in an order: entries
// says where the rows of P stand in it, nil that they stand in their own.
func (r *RLS) inverse(entries []int) *mat.SymDense {
	place := func(i int) int {
		if entries == nil {
			return i
		}
		return entries[i]
	}
	p := mat.NewSymDense(r.n, nil)
	for i := range r.n {
		for j := i; j < r.n; j++ {
			p.SetSym(place(i), place(j), r.p.at(i, j))
		}
	}
	return p
}

// SetInverse replaces P, as when training continues from a file.
func (r *RLS) SetInverse(p mat.Symmetric) error {
	if p == nil {
		return fmt.Errorf("rls: P is nil: the regressor has %d entries", r.n)
	}
	if p.SymmetricDim() != r.n {
		return fmt.Errorf("rls: P is %d x %d, the regressor has %d entries", p.SymmetricDim(), p.SymmetricDim(), r.n)
	}
	r.setInverse(p.At)
	return nil
}

func (r *RLS) setInverse(at func(i, j int) float64) {
	r.flush(r.n) // readouts keep their weights
	for i := range r.n {
		for j := range r.n {
			r.p.set(i, j, at(i, j))
		}
	}
	r.ill = nil
}

// check panics when the caller's shapes disagree: a mistake in a trainer,
// not in its user's input.
func (r *RLS) check(targets []Target) {
	for _, t := range targets {
		if q := t.Readouts; q != nil {
			if q.rls != r || q.m != len(t.Error) {
				panic(fmt.Sprintf("rls: %d errors for %d readouts, which must be of the same RLS", len(t.Error), q.m))
			}
			continue
		}
		if t.Weights == nil {
			panic(fmt.Sprintf("rls: a target of %d errors without Weights or Readouts", len(t.Error)))
		}
		if m, n := t.Weights.Dims(); m != len(t.Error) || n != r.n {
			panic(fmt.Sprintf("rls: weights are %d x %d for %d errors and a regressor of %d", m, n, len(t.Error), r.n))
		}
	}
}

// descend is w -= a bᵀ/c.
func descend(w *mat.Dense, a, b []float64, c float64) {
	raw := w.RawMatrix()
	for i, v := range a {
		kernel.Axpy(raw.Data[i*raw.Stride:][:len(b)], -v/c, b)
	}
}

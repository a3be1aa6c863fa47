package rls

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// Readouts are m linear readouts W (m × n) of an RLS whose changes wait, as
// P's do. It is the right form where m is large, such as the recurrent weights
// of full-FORCE; for a few readouts a [Target] with Weights does.
//
// With z = P s/√(1 + sᵀPs), the row that the update adds to Z, the change of
// the weights is
//
//	W -= ε zᵀ,   ε = e/√(1 + sᵀPs),
//
// so that after the pending updates W = W0 - Eᵀ Z, with E their ε by rows. An
// output is W s = W0 s - Eᵀ (Z s), and Z s is known, since P s needs it as
// well. W0 is changed once in K updates, by a matrix product that runs at the
// speed of arithmetic, where K changes of rank one would run at that of
// memory. To rounding, the weights are those of the textbook recursion at
// every step.
type Readouts struct {
	rls    *RLS
	m      int
	stride int       // m, rounded up to whole blocks
	w0     []float64 // stride of the regressor × stride: a row for each entry of it
	e      []float64 // K × stride
}

// NewReadouts returns m readouts with zero weights. They learn where they are
// the target of an update of r, as often as that is.
//
// Memory: m n + K m numbers.
func (r *RLS) NewReadouts(m int) *Readouts {
	stride := padded(m)
	q := &Readouts{rls: r, m: m, stride: stride, w0: make([]float64, r.stride*stride), e: make([]float64, r.max*stride)}
	r.readouts = append(r.readouts, q)
	return q
}

// Output writes W s of the sample that has been presented to dst: the outputs
// from the given first one on, as many as dst is long. Parts may be computed at
// the same time.
//
// Cost: len(dst) n, and K len(dst) for the pending changes.
func (q *Readouts) Output(dst []float64, first int) {
	if first < 0 || len(dst) > q.m-first {
		panic(fmt.Sprintf("rls: outputs %d to %d of %d readouts", first, first+len(dst)-1, q.m))
	}
	if len(dst) == 0 {
		return
	}
	r := q.rls
	kernel.MulRows(dst, r.s[:r.n], q.w0[first:], q.stride, false)
	kernel.SubRows(dst, r.h, q.e[first:], q.stride)
}

// Weights returns a copy of W, m × n.
func (q *Readouts) Weights() *mat.Dense {
	r := q.rls
	r.flush(r.n)
	w := mat.NewDense(q.m, r.n, nil)
	for i := range r.n {
		for j, v := range q.w0[i*q.stride:][:q.m] {
			w.Set(j, i, v)
		}
	}
	return w
}

// SetWeights replaces W, as when training continues from a file.
func (q *Readouts) SetWeights(w *mat.Dense) error {
	r := q.rls
	if m, n := w.Dims(); m != q.m || n != r.n {
		return fmt.Errorf("rls: weights are %d x %d, there are %d readouts of a regressor of %d entries", m, n, q.m, r.n)
	}
	r.flush(r.n)
	for i := range r.n {
		for j := range q.m {
			q.w0[i*q.stride+j] = w.At(j, i)
		}
	}
	return nil
}

// row is ε of one pending change.
func (q *Readouts) row(k int) []float64 { return q.e[k*q.stride : (k+1)*q.stride] }

// hold makes e/√(1+c) the readouts' part of pending change k.
func (q *Readouts) hold(k int, e []float64, c float64) {
	scale := 1 / math.Sqrt(1+c)
	row := q.row(k)
	for i, v := range e {
		row[i] = scale * v
	}
}

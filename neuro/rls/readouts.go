package rls

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// Readouts are m linear readouts W (m × n) of an RLS whose changes wait, as
// P's do. It is the right form where m is large, such as the recurrent weights
// of full-FORCE; for a few readouts a [Target] with Weights does.
//
// With z = P s/√(1 + sᵀPs), the row that the update adds to Z (where nothing is
// forgotten), the change of the weights is
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
	rls *RLS
	m   int
	w0  *kernel.Panels[float64] // stride of the regressor × m: a row for each entry of it
	e   *kernel.Panels[float64] // K × m

	// With a companion, it computes the last outputs of a sample.
	y     []float64 // these
	own   int       // how many come before them
	last  func()    // the piece of work, and its number
	piece int64
}

// NewReadouts returns m readouts with zero weights. They learn whenever they are
// a target of an update of r. It panics unless there is at least one, and their
// weights fit into 4 GB.
//
// Memory: m n + K m numbers.
func (r *RLS) NewReadouts(m int) *Readouts {
	if m < 1 {
		panic(fmt.Sprintf("rls: %d readouts: at least 1 is needed", m))
	}
	if err := bound.Array("rls: the weights of readouts", max(r.stride, r.max), m); err != nil {
		panic(err.Error())
	}
	q := &Readouts{rls: r, m: m, w0: kernel.NewPanels[float64](r.stride, m), e: kernel.NewPanels[float64](r.max, m)}
	q.y = make([]float64, m)
	q.last = func() { q.output(q.y[q.own:], q.own) }
	r.readouts = append(r.readouts, q)
	return q
}

// Output writes W s of the sample that has been presented to dst, length m. It
// panics at another length.
//
// Cost: m n, and K m for the pending changes.
func (q *Readouts) Output(dst []float64) {
	if len(dst) != q.m {
		panic(fmt.Sprintf("rls: %d outputs of %d readouts", len(dst), q.m))
	}
	if q.rls.shared.crew != nil {
		q.outputOfTwo(dst)
	} else {
		q.output(dst, 0)
	}
}

// output writes outputs from the given first one on to dst, as many as it is
// long.
func (q *Readouts) output(dst []float64, first int) {
	q.w0.Mul(dst, first, q.rls.s[:q.rls.n])
	q.e.Sub(dst, first, q.rls.h)
}

// Weights returns a copy of W, m × n.
func (q *Readouts) Weights() *mat.Dense {
	r := q.rls
	r.flush(r.n)
	w := mat.NewDense(q.m, r.n, nil)
	for i := range r.n {
		for j := range q.m {
			w.Set(j, i, q.w0.At(i, j))
		}
	}
	return w
}

// hold makes e/√c the readouts' part of pending change k.
func (q *Readouts) hold(k int, e []float64, c float64) {
	q.e.SetRow(k, 1/math.Sqrt(c), e)
}

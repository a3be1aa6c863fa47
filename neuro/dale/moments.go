package dale

import (
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// moments are sums over samples of filtered trains s (all kinds of synapses
// side by side, length n) and target factors ỹ (length P), in which older
// samples may count less. They are all that the fits need.
type moments struct {
	n       int
	count   float64
	minusSS []float64  // -Σ s sᵀ, n × n: the kernel subtracts
	ys      *mat.Dense // Σ ỹ sᵀ, P × n
	s, y    []float64  // Σ s, Σ ỹ
	pending []float64  // rows of samples that Σ s sᵀ lacks
}

// momentsBlock is how many samples Σ s sᵀ takes in at a time.
const momentsBlock = 64

func newMoments(n, p int) *moments {
	return &moments{
		n: n, minusSS: make([]float64, n*n), ys: mat.NewDense(p, n, nil),
		s: make([]float64, n), y: make([]float64, p), pending: make([]float64, 0, momentsBlock*n),
	}
}

// add takes in one sample. Cost: P n, and n² for Σ s sᵀ.
func (m *moments) add(kinds []*synapses, y []float64) {
	at := len(m.pending)
	for _, k := range kinds {
		m.pending = append(m.pending, k.trains...)
	}
	s := m.pending[at:]
	for i, v := range y {
		kernel.Axpy(m.ys.RawRowView(i), v, s)
	}
	kernel.Add(m.s, s)
	kernel.Add(m.y, y)
	m.count++
	if len(m.pending) == cap(m.pending) {
		m.flush()
	}
}

func (m *moments) flush() {
	kernel.SyrkSub(m.minusSS, m.pending, m.n, m.n, len(m.pending)/m.n, kernel.Alone)
	m.pending = m.pending[:0]
}

// forget makes all samples so far count less by a factor.
func (m *moments) forget(factor float64) {
	m.flush()
	if factor == 1 {
		return
	}
	for _, sums := range [][]float64{m.minusSS, m.ys.RawMatrix().Data, m.s, m.y} {
		kernel.Scale(sums, factor)
	}
	m.count *= factor
}

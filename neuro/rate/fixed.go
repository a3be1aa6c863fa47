package rate

import (
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// single rounds random weights to float32, in place. 24 bits of a random
// number are as good as 53, and as long as it is not learned, half the memory
// need be read in a step.
func single(m *mat.Dense) *mat.Dense {
	m.Apply(func(_, _ int, w float64) float64 { return float64(float32(w)) }, m)
	return m
}

// fixed are recurrent weights that are never learned, of numbers that float32
// holds exactly. They are kept by columns.
type fixed struct {
	units   int
	weights []float32
}

func newFixed(m *mat.Dense) fixed {
	n, _ := m.Dims()
	f := fixed{units: n, weights: make([]float32, n*n)}
	for i := range n {
		for j, w := range m.RawRowView(i) {
			f.weights[j*n+i] = float32(w)
		}
	}
	return f
}

// drive is dst = m x; all sums are float64.
func (f fixed) drive(dst, x []float64) { kernel.MulRows(dst, x, f.weights, f.units, false) }

// multiplier returns dst = m x. Where float32 holds every number of m, as it
// does those of weights that were drawn and not learned, half the memory is
// read; the bits are the same.
func multiplier(m *mat.Dense) func(dst, x []float64) {
	if inSingle(m) {
		return newFixed(m).drive
	}
	columns := byColumns(m)
	return func(dst, x []float64) { drive(dst, columns, x, false) }
}

func inSingle(m *mat.Dense) bool {
	n, _ := m.Dims()
	for i := range n {
		for _, w := range m.RawRowView(i) {
			if float64(float32(w)) != w {
				return false
			}
		}
	}
	return true
}

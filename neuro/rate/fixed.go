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
// holds exactly. They are kept transposed.
type fixed struct{ weights *kernel.Panels[float32] }

func newFixed(m *mat.Dense) fixed { return fixed{transposed[float32](m)} }

// drive is dst = m x; all sums are float64.
func (f fixed) drive(dst, x []float64) { f.weights.Mul(dst, 0, x) }

// multiplier returns dst = m x. Where float32 holds every number of m, as it
// does those of weights that were drawn and not learned, half the memory is
// read; the bits are the same.
func multiplier(m *mat.Dense) func(dst, x []float64) {
	if inSingle(m) {
		return newFixed(m).drive
	}
	weights := transposed[float64](m)
	return func(dst, x []float64) { weights.Mul(dst, 0, x) }
}

// transposed are m's columns as rows of panels.
func transposed[T kernel.Real](m *mat.Dense) *kernel.Panels[T] {
	rows, columns := m.Dims()
	p := kernel.NewPanels[T](columns, rows)
	for i := range rows {
		for j, w := range m.RawRowView(i) {
			p.Set(j, i, T(w))
		}
	}
	return p
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

// Package carry holds what all networks that carry factors share: how factors
// and inputs act on neurons, and how an output is read from factors.
package carry

import (
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/internal/kernel"
)

// AddRows is dst += mᵀ x, row by row.
func AddRows(dst []float64, m *mat.Dense, x []float64) {
	raw := m.RawMatrix()
	kernel.MulRows(dst, x, raw.Data, raw.Stride, true)
}

// Output is z = W [y; 1].
func Output(z []float64, readout *mat.Dense, yAndOne []float64) {
	for i := range z {
		z[i] = kernel.Dot(readout.RawRowView(i), yAndOne)
	}
}

// Transposed returns a transpose with memory of its own, nil of nil.
func Transposed(m *mat.Dense) *mat.Dense {
	if m == nil {
		return nil
	}
	return mat.DenseCopyOf(m.T())
}

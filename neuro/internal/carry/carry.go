// Package carry holds what all networks that carry factors share: how factors
// and inputs act on neurons, and how an output is read from factors.
package carry

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
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

// Finite returns a *[neuro.DivergenceError] if a factor or an output is not
// finite.
func Finite(stage string, trial, step int, factors, outputs []float64) error {
	err := &neuro.DivergenceError{
		Stage: stage, Trial: trial, Step: step,
		Advice: "try more neurons, a larger Alpha or another Gain",
	}
	if i := neuro.NotFinite(factors); i >= 0 {
		err.What, err.Value = fmt.Sprintf("factor %d", i), factors[i]
		return err
	}
	if i := neuro.NotFinite(outputs); i >= 0 {
		err.What, err.Value = fmt.Sprintf("output %d", i), outputs[i]
		return err
	}
	return nil
}

package rate

import "gonum.org/v1/gonum/mat"

// sample is what training learns from in a step: the units' activity and,
// where there are biases, a constant 1 after it.
type sample []float64 // scratch, nil without biases

func newSample(cfg Config) sample {
	if cfg.BiasScale == 0 {
		return nil
	}
	s := make(sample, cfg.regressors())
	s[cfg.Units] = 1
	return s
}

// of is the sample of an activity.
func (s sample) of(r []float64) []float64 {
	if s == nil {
		return r
	}
	copy(s, r)
	return s
}

// parted returns weights from units and, if there is one more column, biases.
func parted(w *mat.Dense, units int) (weights *mat.Dense, bias []float64) {
	rows, columns := w.Dims()
	if columns == units {
		return w, nil
	}
	return mat.DenseCopyOf(w.Slice(0, rows, 0, units)), mat.Col(nil, units, w)
}

// addBias adds b, nil for none.
func addBias(dst, b []float64) {
	for i, v := range b {
		dst[i] += v
	}
}

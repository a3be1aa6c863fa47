package recording

import "gonum.org/v1/gonum/mat"

// Series is what a set of channels did in time, T × channels: outputs, factors,
// activity, voltages, muscles. The zero Series holds nothing.
//
// A Series is a [mat.Matrix], so that whatever takes numbers takes it, too.
type Series struct {
	// Values are T × channels, nil where nothing was recorded.
	Values *mat.Dense
	// Targets are what the channels should have done, T × channels; nil where
	// nothing was wanted.
	Targets *mat.Dense
	// Dt is the time from one row to the next, Start the time of the first, in
	// seconds.
	Dt, Start float64
	// Names of the channels; nil numbers them.
	Names []string
	// Unit of the values, empty for pure numbers.
	Unit string
}

// Dims returns T and the number of channels, 0 and 0 of an empty Series.
func (s Series) Dims() (steps, channels int) {
	if s.Values == nil {
		return 0, 0
	}
	return s.Values.Dims()
}

// At returns the value of a channel at a step. It panics where there is none.
func (s Series) At(step, channel int) float64 { return s.Values.At(step, channel) }

// T returns the transpose, channels × T.
func (s Series) T() mat.Matrix { return mat.Transpose{Matrix: s} }

// Slice returns the steps from up to, but not including, to of the channels
// first up to last, with their targets, names and times. It shares the numbers
// with s, and panics where there are none, as [mat.Dense.Slice] does.
func (s Series) Slice(from, to, first, last int) Series {
	out := s
	out.Values = s.Values.Slice(from, to, first, last).(*mat.Dense)
	if s.Targets != nil {
		out.Targets = s.Targets.Slice(from, to, first, last).(*mat.Dense)
	}
	if s.Names != nil {
		out.Names = s.Names[first:last]
	}
	out.Start += float64(from) * s.Dt
	return out
}

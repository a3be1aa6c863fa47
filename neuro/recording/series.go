package recording

import (
	"errors"
	"fmt"
	"math"
	"sort"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
)

// Series is what a set of channels did in time, T × channels: outputs, factors,
// activity, voltages, muscles. The zero Series holds nothing.
//
// A Series is a [mat.Matrix], so that functions of numbers take it as it is.
type Series struct {
	// Values are T × channels, nil where nothing was recorded.
	Values *mat.Dense
	// Targets are what the channels should have done, T × channels; nil where
	// nothing was wanted.
	Targets *mat.Dense
	// Dt is the time from one row to the next, Start the time of the first, in
	// seconds.
	Dt, Start float64
	// Times is the time of each row, in seconds and in order, where rows are not
	// evenly spaced: Dt is then 0, and Start does not count. It is nil where Dt
	// and Start say it all.
	Times []float64
	// Names of the channels; nil numbers them.
	Names []string
	// Unit of the values, empty for pure numbers.
	Unit string
	// Units are the units of the population that the channels belong to; nil
	// where channels belong to no unit, or to all units in order.
	Units []int
}

// Dims returns T and the number of channels, 0 and 0 of an empty Series.
func (s Series) Dims() (steps, channels int) {
	if s.Values == nil {
		return 0, 0
	}
	return s.Values.Dims()
}

// Time returns the time of a step, in seconds. It panics where Times has none.
func (s Series) Time(step int) float64 {
	if s.Times != nil {
		if step < 0 || step >= len(s.Times) {
			panic(fmt.Sprintf("recording: step %d of a series with %d times", step, len(s.Times)))
		}
		return s.Times[step]
	}
	return s.Start + float64(step)*s.Dt
}

// At returns the value of a channel at a step. It panics where there is none.
func (s Series) At(step, channel int) float64 {
	if steps, channels := s.Dims(); step < 0 || step >= steps || channel < 0 || channel >= channels {
		panic(fmt.Sprintf("recording: step %d, channel %d of a series of %d steps and %d channels", step, channel, steps, channels))
	}
	return s.Values.At(step, channel)
}

// Scaled returns the series with values and targets multiplied by a factor, in
// another unit: Scaled(180/math.Pi, "°") of angles in rad.
func (s Series) Scaled(factor float64, unit string) Series {
	scaled := func(m *mat.Dense) *mat.Dense {
		if m == nil || m.IsEmpty() {
			return m
		}
		var c mat.Dense
		c.Scale(factor, m)
		return &c
	}
	s.Values, s.Targets, s.Unit = scaled(s.Values), scaled(s.Targets), unit
	return s
}

// T returns the transpose, channels × T.
func (s Series) T() mat.Matrix { return mat.Transpose{Matrix: s} }

// RawMatrix returns the values as gonum stores them: its functions take a Series as
// they take its Values, as fast and to the same bits.
func (s Series) RawMatrix() blas64.General {
	if s.Values == nil {
		return blas64.General{}
	}
	return s.Values.RawMatrix()
}

// Slice returns the steps from up to, but not including, to of the channels
// first up to last, with their targets, names and times. It shares the numbers
// with s. It panics where there are none, and where targets, names or units do
// not fit the values.
func (s Series) Slice(from, to, first, last int) Series {
	steps, channels := s.Dims()
	if from < 0 || from > to || to > steps || first < 0 || first > last || last > channels {
		panic(fmt.Sprintf("recording: steps %d to %d of channels %d to %d, of a series of %d steps and %d channels", from, to, first, last, steps, channels))
	}
	if err := s.check(); err != nil {
		panic("recording: " + err.Error())
	}
	cut := func(m *mat.Dense) *mat.Dense {
		if m == nil || from == to || first == last {
			return nil
		}
		return m.Slice(from, to, first, last).(*mat.Dense)
	}
	s.Values, s.Targets = cut(s.Values), cut(s.Targets)
	if s.Names != nil {
		s.Names = s.Names[first:last]
	}
	if s.Units != nil {
		s.Units = s.Units[first:last]
	}
	if s.Times != nil {
		s.Times = s.Times[from:to:to]
	}
	s.Start += float64(from) * s.Dt
	return s
}

// check says what of a series does not fit its values.
func (s Series) check() error {
	if s.Values == nil {
		return nil
	}
	steps, channels := s.Dims()
	if s.Targets != nil {
		if t, c := s.Targets.Dims(); t != steps || c != channels {
			return fmt.Errorf("targets of %d steps and %d channels are of another size than the values, %d and %d", t, c, steps, channels)
		}
	}
	if s.Times != nil && (len(s.Times) != steps || s.Dt != 0) {
		return fmt.Errorf("%d times of %d steps that are %g s apart: there must be one for each step, and Dt 0", len(s.Times), steps, s.Dt)
	}
	if s.Names != nil && len(s.Names) != channels || s.Units != nil && len(s.Units) != channels {
		return fmt.Errorf("%d names and %d units of %d channels", len(s.Names), len(s.Units), channels)
	}
	return nil
}

// checkTimes says which rows are at no time, or at an earlier one than those
// before.
func (s Series) checkTimes() error {
	last := math.Inf(-1)
	for i, t := range s.Times {
		if math.IsInf(t, 0) || !(t >= last) {
			return fmt.Errorf("step %d is at %g s, after %g s: times must be finite and in order", i, t, last)
		}
		last = t
	}
	return nil
}

// Window returns the rows from one time up to another, in seconds; both are
// rounded to rows, and to those that there are. Where rows have Times it
// returns those with from <= time < to. It shares the numbers with s, and panics
// at times that are no numbers.
func (s Series) Window(from, to float64) Series {
	if math.IsNaN(from) || math.IsNaN(to) {
		panic(fmt.Sprintf("recording: a window from %g to %g s", from, to))
	}
	steps, channels := s.Dims()
	row := func(at float64) int {
		if s.Times != nil {
			return sort.SearchFloat64s(s.Times[:min(steps, len(s.Times))], at)
		}
		return int(math.Max(0, math.Min(float64(steps), math.Round((at-s.Start)/s.Dt))))
	}
	if steps > 0 && (s.Dt > 0 || s.Times != nil) {
		if first, last := row(from), row(to); first < last {
			return s.Slice(first, last, 0, channels)
		}
	}
	s.Values, s.Targets, s.Times = nil, nil, nil
	return s
}

// append adds rows that follow in time.
func (s Series) append(part Series) Series {
	values, targets, times := s.Values, s.Targets, s.Times
	if values == nil && s.Dt == 0 {
		s = part
	}
	s.Values, s.Targets = stacked(values, part.Values), stacked(targets, part.Targets)
	if part.Values != nil {
		s.Times = append(times, part.Times...)
	} else {
		s.Times = times
	}
	return s
}

// fits tells whether rows of a part can stand below those of s.
func (s Series) fits(part Series) bool {
	_, channels := s.Dims()
	_, more := part.Dims()
	return s.Values == nil || part.Values == nil || channels == more && (s.Targets == nil) == (part.Targets == nil)
}

// follows says why rows of a part that fits cannot follow those of s in time.
func (s Series) follows(part Series) error {
	if s.Values == nil || part.Values == nil {
		return nil
	}
	if (s.Times == nil) != (part.Times == nil) {
		return errors.New("rows with Times follow evenly spaced ones, or the other way round")
	}
	if len(part.Times) > 0 && !(part.Times[0] >= s.Times[len(s.Times)-1]) {
		return fmt.Errorf("the part begins at %g s, before the whole ends, at %g s", part.Times[0], s.Times[len(s.Times)-1])
	}
	return nil
}

// stacked adds the rows of m below those of top, in the memory of top where that
// has room.
func stacked(top, m *mat.Dense) *mat.Dense {
	if m == nil {
		return top
	}
	rows, columns := m.Dims()
	var data []float64
	if top != nil {
		raw := top.RawMatrix()
		if raw.Stride != raw.Cols || len(raw.Data) != raw.Rows*raw.Cols {
			raw = mat.DenseCopyOf(top).RawMatrix()
		}
		data = raw.Data
	}
	for t := range rows {
		data = append(data, m.RawRowView(t)...)
	}
	return denseRows(data, columns)
}

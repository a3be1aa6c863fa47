package prepare

import (
	"errors"
	"fmt"
	"math"
	"math/cmplx"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Butterworth is a digital Butterworth filter in second-order sections, made by the
// bilinear transform with the cutoff prewarped. Its gain at the cutoff is 1/√2.
type Butterworth struct {
	sections []section
	odd      bool // one section is of first order
}

// section is (b0 + b1 z⁻¹ + b2 z⁻²) / (1 + a1 z⁻¹ + a2 z⁻²).
type section struct{ b0, b1, b2, a1, a2 float64 }

// highestOrder keeps sections accurate.
const highestOrder = 16

// LowPass returns the filter of an order (1 to 16) that passes what is slower than
// the cutoff; cutoff and sampling rate in Hz.
func LowPass(order int, cutoff, rate float64) (*Butterworth, error) {
	return butterworth(order, cutoff, rate, false)
}

// HighPass returns the filter of an order (1 to 16) that passes what is faster than
// the cutoff; cutoff and sampling rate in Hz.
func HighPass(order int, cutoff, rate float64) (*Butterworth, error) {
	return butterworth(order, cutoff, rate, true)
}

func butterworth(order int, cutoff, rate float64, high bool) (*Butterworth, error) {
	if order < 1 || order > highestOrder {
		return nil, fmt.Errorf("prepare: a Butterworth filter of order %d: choose 1 to %d, 4 is usual", order, highestOrder)
	}
	if !(rate > 0) || math.IsInf(rate, 1) || !(cutoff > 0) || !(cutoff < rate/2) {
		return nil, fmt.Errorf("prepare: a cutoff of %g Hz at a sampling rate of %g Hz: it must lie between 0 and half the rate", cutoff, rate)
	}
	f := &Butterworth{odd: order%2 == 1}
	warped := math.Tan(math.Pi * cutoff / rate)
	side := 1.0 // zeros of a low-pass are at z = -1, of a high-pass at z = 1
	if high {
		side = -1
	}
	for k := range (order + 1) / 2 {
		// Poles of the prototype in the upper left quarter, on the unit circle.
		p := cmplx.Rect(1, math.Pi*(0.5+float64(2*k+1)/float64(2*order)))
		if high {
			p = 1 / p
		}
		p *= complex(warped, 0)
		z := (1 + p) / (1 - p)
		s := section{a1: -2 * real(z), a2: real(z)*real(z) + imag(z)*imag(z)}
		if 2*k+1 == order { // the real pole
			s = section{a1: -real(z)}
			g := (1 + side*s.a1) / 2
			s.b0, s.b1 = g, side*g
		} else {
			g := (1 + side*s.a1 + s.a2) / 4
			s.b0, s.b1, s.b2 = g, 2*side*g, g
		}
		f.sections = append(f.sections, s)
	}
	return f, nil
}

// ZeroPhase filters each channel of m (T × channels) forwards and backwards, so
// that nothing is delayed and the gain is squared: 1/2 at the cutoff. Both ends are
// lengthened by an odd reflection of three times the filter's taps, as
// scipy.signal.sosfiltfilt does; of a shorter m by as much as there is.
func (f *Butterworth) ZeroPhase(m *mat.Dense) (*mat.Dense, error) {
	return f.each(m, func(x []float64) []float64 {
		pad := min(f.padding(), len(x)-1)
		long := reflected(x, pad)
		for range 2 {
			f.run(long)
			slices.Reverse(long)
		}
		return long[pad : pad+len(x)]
	})
}

// OneWay filters each channel of m (T × channels) forwards only, which delays; the
// first value is taken to have lasted for ever.
func (f *Butterworth) OneWay(m *mat.Dense) (*mat.Dense, error) {
	return f.each(m, func(x []float64) []float64 {
		f.run(x)
		return x
	})
}

func (f *Butterworth) each(m *mat.Dense, filter func(x []float64) []float64) (*mat.Dense, error) {
	if f == nil || len(f.sections) == 0 {
		return nil, errors.New("prepare: the filter has no sections: make it with LowPass or HighPass")
	}
	if m == nil || m.IsEmpty() {
		return nil, errors.New("prepare: there is nothing to filter")
	}
	if err := finite(m); err != nil {
		return nil, err
	}
	steps, channels := m.Dims()
	out := mat.NewDense(steps, channels, nil)
	for j := range channels {
		out.SetCol(j, filter(mat.Col(nil, j, m)))
	}
	return out, nil
}

// padding is scipy's: three times the number of taps.
func (f *Butterworth) padding() int {
	taps := 2*len(f.sections) + 1
	if f.odd {
		taps--
	}
	return 3 * taps
}

// reflected lengthens x at both ends by n points, turned around its end points.
func reflected(x []float64, n int) []float64 {
	long := make([]float64, 0, len(x)+2*n)
	last := len(x) - 1
	for i := n; i > 0; i-- {
		long = append(long, 2*x[0]-x[i])
	}
	long = append(long, x...)
	for i := 1; i <= n; i++ {
		long = append(long, 2*x[last]-x[last-i])
	}
	return long
}

// run filters x in place, from the state that x[0] for ever would have led to.
func (f *Butterworth) run(x []float64) {
	steady := x[0]
	for _, s := range f.sections {
		gain := (s.b0 + s.b1 + s.b2) / (1 + s.a1 + s.a2)
		z1 := (s.b2 - s.a2*gain) * steady
		z0 := (s.b1-s.a1*gain)*steady + z1
		for t, v := range x {
			y := s.b0*v + z0
			z0 = s.b1*v - s.a1*y + z1
			z1 = s.b2*v - s.a2*y
			x[t] = y
		}
		steady *= gain
	}
}

// finite says where a value is none.
func finite(m *mat.Dense) error {
	for t := range m.RawMatrix().Rows {
		for j, v := range m.RawRowView(t) {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("prepare: %g at row %d, channel %d: every value must be finite; WithoutNaN leaves such rows out", v, t, j)
			}
		}
	}
	return nil
}

package prepare

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Shape is the form of a [Kernel].
type Shape string

// Shapes of kernels. t is the time since the spike.
const (
	// Symmetric is exp(-t²/2σ²) for all t.
	Symmetric Shape = "gaussian"
	// Causal is exp(-t²/2σ²) for t >= 0.
	Causal Shape = "half gaussian"
	// Decaying is exp(-t/τ) for t >= 0.
	Decaying Shape = "exponential"
)

// Kernel smooths counts. Its weights, one a bin, sum to 1.
type Kernel struct {
	Shape Shape
	// Width is σ or τ in seconds.
	Width float64
	// Reach is how many widths the kernel reaches, rounded to whole bins. Default
	// 4 of a Gaussian and 10 of an exponential.
	Reach float64
	// Zeros takes what lies outside the data for zeros, so that rates fall towards
	// the ends. By default weights outside are left out, and the others divided by
	// their sum.
	Zeros bool
}

// Gaussian is the symmetric kernel of a standard deviation in seconds.
func Gaussian(sd float64) Kernel { return Kernel{Shape: Symmetric, Width: sd, Reach: 4} }

// HalfGaussian is the causal kernel of a standard deviation in seconds: what a
// decoder may use that runs while the subject moves.
func HalfGaussian(sd float64) Kernel { return Kernel{Shape: Causal, Width: sd, Reach: 4} }

// Exponential is the causal kernel of a time constant in seconds.
func Exponential(tau float64) Kernel { return Kernel{Shape: Decaying, Width: tau, Reach: 10} }

// longestReach bounds a kernel, in bins.
const longestReach = 1_000_000

// weights returns the kernel in bins of dt: weight i belongs to the bin at the
// present less i - ahead.
func (k Kernel) weights(dt float64) (w []float64, ahead int, err error) {
	if err := checkDt("Dt", dt); err != nil {
		return nil, 0, err
	}
	if !(k.Width > 0) || math.IsInf(k.Width, 1) || !(k.Reach > 0) || !(k.Reach*k.Width/dt <= longestReach) {
		return nil, 0, fmt.Errorf("prepare: a kernel of width %g s that reaches %g widths in bins of %g s: both must be positive, and it may reach %d bins", k.Width, k.Reach, dt, longestReach)
	}
	reach := int(k.Reach*k.Width/dt + 0.5)
	from := 0
	switch k.Shape {
	case Symmetric:
		from, ahead = -reach, reach
	case Causal, Decaying:
	default:
		return nil, 0, fmt.Errorf("prepare: a kernel of shape %q: choose Gaussian, HalfGaussian or Exponential", string(k.Shape))
	}
	sum := 0.0
	for i := from; i <= reach; i++ {
		x := float64(i) * dt / k.Width
		v := math.Exp(-x * x / 2)
		if k.Shape == Decaying {
			v = math.Exp(-x)
		}
		w, sum = append(w, v), sum+v
	}
	for i := range w {
		w[i] /= sum
	}
	return w, ahead, nil
}

// Smooth convolves each channel of m (T × channels, a row every dt seconds) with a
// kernel. Values keep their unit: divide counts by dt for rates, or use
// [Set.Rates]. Cost: T × channels × the kernel's length.
func Smooth(m *mat.Dense, dt float64, k Kernel) (*mat.Dense, error) {
	if m == nil || m.IsEmpty() {
		return nil, errors.New("prepare: there is nothing to smooth")
	}
	w, ahead, err := k.weights(dt)
	if err != nil {
		return nil, err
	}
	steps, channels := m.Dims()
	smooth := mat.NewDense(steps, channels, nil)
	for t := range steps {
		row, sum := smooth.RawRowView(t), 0.0
		for i, v := range w {
			from := t - i + ahead
			if from < 0 || from >= steps {
				continue
			}
			sum += v
			for j, x := range m.RawRowView(from) {
				row[j] += v * x
			}
		}
		if k.Zeros {
			continue
		}
		for j := range row {
			row[j] /= sum
		}
	}
	return smooth, nil
}

// Rates returns the set with a further series, [Rates]: counts smoothed and divided
// by Dt, in Hz. The kernel knows nothing of what lies outside the trials: where
// that matters, cut wider ones by its reach, and take the [Set.Window].
func (s *Set) Rates(k Kernel) (*Set, error) {
	if err := s.has(Counts); err != nil {
		return nil, err
	}
	return s.with(Rates, func(t Trial) (*mat.Dense, error) {
		m, err := Smooth(t.Counts, s.Dt, k)
		if err == nil {
			m.Scale(1/s.Dt, m)
		}
		return m, err
	})
}

// Window returns the bins between two times in seconds from the event; both are
// rounded to edges of bins. It shares the numbers with s.
func (s *Set) Window(from, to float64) (*Set, error) {
	if err := s.some(); err != nil {
		return nil, err
	}
	first, last := math.Round((from-s.Start)/s.Dt), math.Round((to-s.Start)/s.Dt)
	if !(first >= 0 && first < last && last <= float64(s.Bins())) {
		return nil, fmt.Errorf("prepare: a window from %g to %g s of trials from %g to %g s", from, to, s.Start, s.Start+float64(s.Bins())*s.Dt)
	}
	cut := *s
	for _, name := range s.Names() {
		narrow, err := cut.with(name, func(t Trial) (*mat.Dense, error) {
			_, channels := t.Of(name).Dims()
			return t.Of(name).Slice(int(first), int(last), 0, channels).(*mat.Dense), nil
		})
		if err != nil {
			return nil, err
		}
		cut = *narrow
	}
	cut.Start += first * s.Dt
	return &cut, nil
}

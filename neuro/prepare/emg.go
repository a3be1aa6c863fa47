package prepare

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/stats"
)

// EMGConfig says how voltages of muscles become envelopes. Start from [DefaultEMG].
type EMGConfig struct {
	// HighPass is the cutoff, in Hz, of a zero-phase filter that takes away
	// movement artefacts; 0 leaves them.
	HighPass float64
	// Rectify takes absolute values.
	Rectify bool
	// LowPass is the cutoff, in Hz, of the zero-phase filter that makes the
	// envelope; 0 makes none.
	LowPass float64
	// Order of both Butterworth filters, each of which runs forwards and backwards.
	Order int
	// Clip sets what the envelope undershoots below zero to zero.
	Clip bool
}

// DefaultEMG is a high-pass at 50 Hz, rectification, an envelope by a low-pass at
// 10 Hz, both of order 4, clipped at zero.
func DefaultEMG() EMGConfig {
	return EMGConfig{HighPass: 50, Rectify: true, LowPass: 10, Order: 4, Clip: true}
}

// EMG makes envelopes of the voltages of muscles (T × muscles), at the same
// timestamps. Stretches between gaps are filtered each by itself. Targets are left
// out. A cutoff of half the sampling rate or more is an error.
func EMG(voltages recording.Series, cfg EMGConfig) (recording.Series, error) {
	c, err := clockOf("the EMG", voltages)
	if err != nil {
		return voltages, err
	}
	for _, cutoff := range []float64{cfg.HighPass, cfg.LowPass} {
		if !(cutoff >= 0) {
			return voltages, fmt.Errorf("prepare: EMG filtered at %g Hz: it must be positive, or 0 for no filter", cutoff)
		}
	}
	voltages.Targets = nil
	start, dt, times := voltages.Start, voltages.Dt, voltages.Times
	envelope, err := eachStretch("the EMG", voltages, c, func(m *mat.Dense, dt float64) (*mat.Dense, float64, error) {
		m, err := cfg.envelope(m, 1/dt)
		return m, dt, err
	})
	envelope.Start, envelope.Dt, envelope.Times = start, dt, times
	return envelope, err
}

func (cfg EMGConfig) envelope(m *mat.Dense, rate float64) (*mat.Dense, error) {
	if err := finite(m); err != nil {
		return nil, err
	}
	m = mat.DenseCopyOf(m)
	if cfg.HighPass > 0 {
		f, err := HighPass(cfg.Order, cfg.HighPass, rate)
		if err != nil {
			return nil, err
		}
		if m, err = f.ZeroPhase(m); err != nil {
			return nil, err
		}
	}
	if cfg.Rectify {
		m.Apply(func(_, _ int, v float64) float64 { return math.Abs(v) }, m)
	}
	if cfg.LowPass > 0 {
		f, err := LowPass(cfg.Order, cfg.LowPass, rate)
		if err != nil {
			return nil, err
		}
		if m, err = f.ZeroPhase(m); err != nil {
			return nil, err
		}
	}
	if cfg.Clip {
		m.Apply(func(_, _ int, v float64) float64 { return math.Max(0, v) }, m)
	}
	return m, nil
}

// Normalise divides each channel of a series by its quantile over all rows: 1 for
// the maximum, 0.95 to be robust against single artefacts. It returns the divisors
// too. It is an error if the quantile of a channel is not positive.
func Normalise(s recording.Series, quantile float64) (recording.Series, []float64, error) {
	if _, err := clockOf("the series to normalise", s); err != nil {
		return s, nil, err
	}
	if err := finite(s.Values); err != nil {
		return s, nil, err
	}
	if !(quantile > 0 && quantile <= 1) {
		return s, nil, fmt.Errorf("prepare: channels divided by their quantile %g: choose one in (0, 1], 1 is the maximum", quantile)
	}
	_, channels := s.Values.Dims()
	by := make([]float64, channels)
	for j := range by {
		if by[j] = stats.Quantile(mat.Col(nil, j, s.Values), quantile); !(by[j] > 0) {
			return s, nil, fmt.Errorf("prepare: the quantile %g of channel %d is %g: a channel without activity cannot be normalised; leave it out", quantile, j, by[j])
		}
	}
	divide := func(m *mat.Dense) *mat.Dense {
		if m == nil {
			return nil
		}
		m = mat.DenseCopyOf(m)
		m.Apply(func(_, j int, v float64) float64 { return v / by[j] }, m)
		return m
	}
	s.Values, s.Targets, s.Unit = divide(s.Values), divide(s.Targets), ""
	return s, by, nil
}

package spiketrain

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// PSTHConfig says how spikes become rates. Start from [DefaultPSTH].
type PSTHConfig struct {
	// Bin is the width of a bin in seconds.
	Bin float64
	// Sigma is the standard deviation in seconds of the Gaussian with which
	// binned spikes are smoothed; 0 leaves them as they are.
	Sigma float64
}

// DefaultPSTH returns bins of 10 ms and a Gaussian of 25 ms, as is usual for
// motor cortex.
func DefaultPSTH() PSTHConfig { return PSTHConfig{Bin: 0.01, Sigma: 0.025} }

// Validate says what is wrong.
func (c PSTHConfig) Validate() error {
	switch {
	case !(c.Bin > 0) || math.IsInf(c.Bin, 1):
		return fmt.Errorf("spiketrain: bins of %g s: their width must be positive", c.Bin)
	case !(c.Sigma >= 0) || math.IsInf(c.Sigma, 1):
		return fmt.Errorf("spiketrain: a Gaussian of %g s: it must not be negative", c.Sigma)
	}
	return nil
}

// PSTH returns the peri-stimulus time histograms, firing rates in Hz by
// condition, over the time that all trials cover; what is left over at its end
// and does not fill a bin is dropped. A spike on the edge of two bins belongs
// to the earlier.
//
// The Gaussian is cut off at 5 σ. At either end of the trials it is divided by
// the part of it that lies inside, so that a constant rate stays constant up to
// the edge; the estimate there rests on fewer spikes and leans to the inside.
// Trials are smoothed one by one, so that SEM is that of smoothed rates.
// Elephant: time_histogram (Sigma 0) and the mean over trials of
// instantaneous_rate with a Gaussian kernel and border correction. See Nawrot,
// Aertsen & Rotter 1999, Journal of Neuroscience Methods 94:81-92.
//
// Cost: a kernel's length of 10 Sigma/Bin for every spike, and T × N for every
// trial; 0.7 s for 100 trials of 2 s of 800 neurons at 20 Hz.
func (t *Trains) PSTH(cfg PSTHConfig) (*Response, error) {
	smooth, err := t.smoother(cfg)
	if err != nil {
		return nil, err
	}
	m := newMoments(t.conditions, smooth.steps, t.neurons)
	for i := range t.trials {
		m.add(t.trials[i].Condition, smooth.rates(t.trials[i]))
	}
	return m.response(smooth.start, cfg.Bin), nil
}

// SmoothedRates returns the rates of trial i in Hz, T × N, of which
// [Trains.PSTH] is the mean.
func (t *Trains) SmoothedRates(i int, cfg PSTHConfig) (*mat.Dense, error) {
	if i < 0 || i >= len(t.trials) {
		return nil, fmt.Errorf("spiketrain: trial %d: there are %d, from 0", i, len(t.trials))
	}
	smooth, err := t.smoother(cfg)
	if err != nil {
		return nil, err
	}
	return smooth.rates(t.trials[i]), nil
}

// smoother turns trials into rates.
type smoother struct {
	start, bin float64
	steps      int
	kernel     []float64 // from the centre to one side
	inside     []float64 // of the kernel about each bin
}

func (t *Trains) smoother(cfg PSTHConfig) (*smoother, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	start, stop, err := t.common()
	if err != nil {
		return nil, err
	}
	s := &smoother{start: start, bin: cfg.Bin, steps: bins(start, stop, cfg.Bin)}
	if s.steps < 1 {
		return nil, fmt.Errorf("spiketrain: a bin of %g s does not fit into the %g s that all trials share", cfg.Bin, stop-start)
	}
	s.kernel = gaussian(cfg.Sigma/cfg.Bin, s.steps)
	s.inside = make([]float64, s.steps)
	for i := range s.inside {
		s.spread(s.inside, i, 1)
	}
	return s, nil
}

// gaussian is a Gaussian of standard deviation sigma bins from its centre to
// 5 sigma, of sum 1 over both sides, at most as long as a trial.
func gaussian(sigma float64, steps int) []float64 {
	reach := int(math.Floor(5 * sigma))
	k := []float64{1}
	sum := 1.0
	for i := 1; i <= reach; i++ {
		v := math.Exp(-float64(i*i) / (2 * sigma * sigma))
		k = append(k, v)
		sum += 2 * v
	}
	for i := range k {
		k[i] /= sum
	}
	return k[:min(len(k), steps)]
}

// spread adds height times the kernel about bin i to row.
func (s *smoother) spread(row []float64, i int, height float64) {
	row[i] += height * s.kernel[0]
	for k := 1; k < len(s.kernel); k++ {
		if i-k >= 0 {
			row[i-k] += height * s.kernel[k]
		}
		if i+k < len(row) {
			row[i+k] += height * s.kernel[k]
		}
	}
}

func (s *smoother) rates(trial Trial) *mat.Dense {
	out := mat.NewDense(s.steps, len(trial.Times), nil)
	row := make([]float64, s.steps)
	for n, times := range trial.Times {
		clear(row)
		stop := s.start + float64(s.steps)*s.bin
		for i, count := range binned(times, s.start, stop, s.bin) {
			if count > 0 {
				s.spread(row, i, count/s.bin)
			}
		}
		for i := range row {
			row[i] /= s.inside[i]
		}
		out.SetCol(n, row)
	}
	return out
}

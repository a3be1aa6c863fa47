package spiketrain

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
)

// PSTHConfig says how spikes become rates. Start from [DefaultPSTH].
type PSTHConfig struct {
	// Bin is the width of a bin in seconds.
	Bin float64
	// Sigma is the standard deviation in seconds of the Gaussian with which
	// binned spikes are smoothed, from a fifth of Bin to the time that all trials
	// share; 0 leaves them as they are.
	Sigma float64
	// KeepCount corrects rates near the ends of a trial as Elephant does. Each
	// bin's rate is divided by the part of the Gaussian about the bin's beginning
	// that lies inside the trial, and then the rates of each neuron in each trial
	// are scaled so that they integrate to its number of spikes. A constant rate
	// does not stay constant: with the default widths the first bin is 15 % too
	// high, the last 12 % too low.
	//
	// Without it each bin's rate is divided by the part of the Gaussian about the
	// bin that lies inside: a constant rate stays constant up to the edge, on
	// average over trials. A spike at the edge counts for less than one: with the
	// default widths one at 5 ms integrates to 0.78, one at 55 ms to 1.05.
	KeepCount bool
}

// DefaultPSTH returns bins of 10 ms and a Gaussian of 25 ms, as is usual for
// motor cortex, and keeps constant rates constant.
func DefaultPSTH() PSTHConfig { return PSTHConfig{Bin: 0.01, Sigma: 0.025} }

// Validate says what is wrong with the configuration.
func (c PSTHConfig) Validate() error {
	if err := bound.Check("spiketrain", bound.Positive("Bin", c.Bin), bound.NotNegative("Sigma", c.Sigma)); err != nil {
		return err
	}
	if c.Sigma > 0 && 5*c.Sigma < c.Bin {
		return fmt.Errorf("spiketrain: a Gaussian of %g s is lost in bins of %g s: take 0, a wider one or narrower bins", c.Sigma, c.Bin)
	}
	return nil
}

// PSTH returns the peri-stimulus time histograms, firing rates in Hz by
// condition, over the time that all trials cover; what does not fill a bin at its
// end is dropped. A spike on the edge of two bins belongs to the earlier.
//
// The Gaussian is cut off at 5 σ and at the ends of trials, where rates are
// corrected (see [PSTHConfig]); the estimate there rests on fewer spikes and
// leans to the inside. Trials are smoothed one by one, so that SEM is that of
// smoothed rates. Elephant: time_histogram (Sigma 0, output "rate"), and with
// KeepCount the mean over trials of instantaneous_rate with a Gaussian kernel and
// border_correction; away from the ends rates without KeepCount differ from it by
// less than 1e-6, if 5 σ are a whole number of bins. See Nawrot, Aertsen & Rotter
// 1999, Journal of Neuroscience Methods 94:81-92.
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
	psth := m.response(smooth.start, cfg.Bin)
	psth.Warnings = t.slow()
	return psth, nil
}

// slow warns of spike times that look like milliseconds.
func (t *Trains) slow() []neuro.Warning {
	const long, many, rare = 100, 20, 0.2
	seconds, spikes := 0.0, 0
	counts := make([]int, t.neurons)
	for _, trial := range t.trials {
		if trial.Stop-trial.Start < long {
			return nil
		}
		seconds += trial.Stop - trial.Start
		for n, times := range trial.Times {
			counts[n] += len(times)
		}
	}
	for _, count := range counts {
		spikes = max(spikes, count)
	}
	if spikes < many || float64(spikes) >= rare*seconds {
		return nil
	}
	return []neuro.Warning{{
		Kind: neuro.UnlikelyUnit, Where: "spiketrain",
		Message: fmt.Sprintf("trials last %g s on average, and no neuron fires faster than %.3g Hz", seconds/float64(len(t.trials)), float64(spikes)/seconds),
		Try:     "spike times, trials, bins and Gaussians are in seconds: if these are milliseconds, divide them by 1000",
	}}
}

// SmoothedRates returns the rates in a single trial i in Hz, T × N; [Trains.PSTH]
// is their mean.
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
	keepCount  bool
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
	if cfg.Sigma > stop-start {
		return nil, fmt.Errorf("spiketrain: a Gaussian of %g s is wider than the %g s that all trials share, and leaves nothing of the time course: widths are in seconds (0.025 is usual)", cfg.Sigma, stop-start)
	}
	if err := fits(s.steps, cfg.Bin, t.neurons*t.conditions); err != nil {
		return nil, err
	}
	s.inside = make([]float64, s.steps)
	if s.keepCount = cfg.KeepCount && cfg.Sigma > 0; s.keepCount {
		s.elephant(cfg.Sigma / cfg.Bin)
		return s, nil
	}
	s.kernel = gaussian(cfg.Sigma/cfg.Bin, s.steps)
	for i := range s.inside {
		s.spread(s.inside, i, 1)
	}
	return s, nil
}

// elephant sets the kernel and what of it is inside as instantaneous_rate does:
// an odd number of values from -5 to 5 sigma (in bins), which are bins apart
// where 5 sigma are a whole number of them, and the continuous Gaussian's part
// from the beginning of each bin.
func (s *smoother) elephant(sigma float64) {
	reach := math.Max(1, math.Ceil(5*sigma))
	for i := 0; i < s.steps && float64(i) <= reach; i++ {
		at := 5 * float64(i) / reach
		s.kernel = append(s.kernel, math.Exp(-at*at/2)/(sigma*math.Sqrt(2*math.Pi)))
	}
	for i := range s.inside {
		before, after := float64(i)/sigma, float64(s.steps-i)/sigma
		s.inside[i] = (math.Erf(after/math.Sqrt2) + math.Erf(before/math.Sqrt2)) / 2
	}
}

// gaussian is a Gaussian of standard deviation sigma bins from its centre to
// 5 sigma, of sum 1 over both sides, at most as long as a trial.
func gaussian(sigma float64, steps int) []float64 {
	reach := int(math.Floor(5 * sigma))
	k := []float64{1}
	sum := 1.0
	for i := 1; i <= reach; i++ {
		v := math.Exp(-float64(i) * float64(i) / (2 * sigma * sigma))
		if i < steps {
			k = append(k, v)
		}
		sum += 2 * v
	}
	for i := range k {
		k[i] /= sum
	}
	return k
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
		counts := binned(times, s.start, stop, s.bin)
		for i, count := range counts {
			if count > 0 {
				s.spread(row, i, count/s.bin)
			}
		}
		var integral, spikes float64
		for i := range row {
			row[i] /= s.inside[i]
			integral += row[i] * s.bin
		}
		if s.keepCount {
			for _, count := range counts {
				spikes += count
			}
			if integral > 0 {
				floats.Scale(spikes/integral, row)
			}
		}
		out.SetCol(n, row)
	}
	return out
}

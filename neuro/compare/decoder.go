package compare

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/prepare"
)

// DecoderConfig says what of the activity is read, and how. Start from [NLBDecoder].
type DecoderConfig struct {
	// Input is the series that is read, or prepare.Counts. Default prepare.Rates.
	Input string
	// Lag is by how many seconds the output follows the activity that it is read
	// from, a whole number of bins; 0.1 is usual from motor cortex to the hand.
	// Negative where the activity follows, as in sensory areas.
	Lag float64
	// History is the number of bins that are read, the present one (Lag before the
	// output) and those before it. Default 1.
	History int
	// Alphas are the penalties to choose from, Folds how many blocks of rows
	// cross-validation makes of the trials; see [Ridge]. Default [NLBAlphas] and
	// [NLBFolds].
	Alphas []float64
	Folds  int
}

// NLBDecoder returns the ridge regression of the Neural Latents Benchmark, of rates,
// one bin and no lag; the lag is in each [Benchmark].
func NLBDecoder() DecoderConfig {
	return DecoderConfig{Input: prepare.Rates, History: 1, Alphas: NLBAlphas(), Folds: NLBFolds}
}

// Decoder reads a series of a set from its activity.
type Decoder struct {
	*Linear
	// Config is what it was fitted with, Output the series that it predicts.
	Config DecoderConfig
	Output string

	dt  float64
	lag int // bins
}

// FitDecoder fits a linear decoder of a series to all bins of all trials of a set. The
// first lag + history - 1 bins of a trial, whose activity lies before the trial, are
// not used (with a negative lag the last ones).
//
// The Neural Latents Benchmark loses none: it cuts behaviour from a window that is
// later by the lag. For that, cut the set wider by the lag, or cut the series with
// its lag and leave Lag 0.
func FitDecoder(train *prepare.Set, output string, cfg DecoderConfig) (*Decoder, error) {
	d := &Decoder{Config: cfg, Output: output}
	if err := d.check(train, cfg.Input, output); err != nil {
		return nil, err
	}
	d.dt = train.Dt
	bins := cfg.Lag / train.Dt
	if d.lag = int(math.Round(math.Max(-1e6, math.Min(1e6, bins)))); math.Abs(bins-float64(d.lag)) > 1e-6 {
		return nil, fmt.Errorf("compare: a lag of %g s is %g bins of %g s: it must be a whole number of bins", cfg.Lag, bins, train.Dt)
	}
	from, to := d.covered(train.Bins())
	if cfg.History < 1 || from >= to {
		return nil, fmt.Errorf("compare: a lag of %d bins and a history of %d (at least 1), of trials of %d bins: nothing is left to fit", d.lag, cfg.History, train.Bins())
	}
	_, n := train.Trials[0].Of(cfg.Input).Dims()
	if err := fits("activity with its history", len(train.Trials), to-from, n, cfg.History); err != nil {
		return nil, err
	}
	x, err := stack(train.Trials, func(t prepare.Trial) (*mat.Dense, error) { return d.design(t.Of(cfg.Input)), nil })
	if err != nil {
		return nil, err
	}
	y, err := stack(train.Trials, func(t prepare.Trial) (*mat.Dense, error) {
		return between(t.Of(output), block{from, to}), nil
	})
	if err != nil {
		return nil, err
	}
	d.Linear, err = Ridge(x, y, cfg.Alphas, cfg.Folds)
	return d, err
}

// check reports a set without the series that are needed.
func (d *Decoder) check(s *prepare.Set, names ...string) error {
	if err := s.Validate(); err != nil {
		return err
	}
	if len(s.Trials) == 0 {
		return errors.New("compare: the set has no trials")
	}
	for _, name := range names {
		if s.Trials[0].Of(name) == nil {
			return fmt.Errorf("compare: the set has no %q; it has %s", name, strings.Join(s.Names(), ", "))
		}
	}
	return nil
}

// covered returns the bins of a trial whose activity, with its history, lies inside.
func (d *Decoder) covered(bins int) (from, to int) {
	return max(0, d.lag+d.Config.History-1), min(bins, bins+d.lag)
}

// design is the activity that the covered bins are read from: the present bin of all
// units, then the one before it, and so on.
func (d *Decoder) design(activity *mat.Dense) *mat.Dense {
	bins, n := activity.Dims()
	from, to := d.covered(bins)
	x := mat.NewDense(to-from, n*d.Config.History, nil)
	for t := from; t < to; t++ {
		row := x.RawRowView(t - from)
		for k := range d.Config.History {
			copy(row[k*n:], activity.RawRowView(t-d.lag-k))
		}
	}
	return x
}

// Decode returns what the decoder reads in each trial of a set with the same bins, T ×
// channels; NaN in bins whose activity lies outside of the trial.
func (d *Decoder) Decode(set *prepare.Set) ([]*mat.Dense, error) {
	if d == nil || d.Linear == nil || d.Weights == nil {
		return nil, errors.New("compare: there is no decoder: make it with FitDecoder")
	}
	if err := d.check(set, d.Config.Input); err != nil {
		return nil, err
	}
	if math.Abs(set.Dt-d.dt) > 1e-9*d.dt {
		return nil, fmt.Errorf("compare: a set of bins of %g s, the decoder was fitted to bins of %g s", set.Dt, d.dt)
	}
	from, to := d.covered(set.Bins())
	if from >= to {
		return nil, fmt.Errorf("compare: trials of %d bins are shorter than the decoder's lag and history", set.Bins())
	}
	out := make([]*mat.Dense, len(set.Trials))
	for i, t := range set.Trials {
		y, err := d.Predict(d.design(t.Of(d.Config.Input)))
		if err != nil {
			return nil, err
		}
		_, m := y.Dims()
		out[i] = mat.NewDense(set.Bins(), m, nil)
		for k := range set.Bins() {
			for j := range m {
				v := math.NaN()
				if k >= from && k < to {
					v = y.At(k-from, j)
				}
				out[i].Set(k, j, v)
			}
		}
	}
	return out, nil
}

// Score returns the R² of what the decoder reads in a set, in all bins whose activity
// lies inside the trials. The Neural Latents Benchmark reports [Fit].Mean.
func (d *Decoder) Score(test *prepare.Set) (Fit, error) {
	decoded, err := d.Decode(test)
	if err != nil {
		return Fit{}, err
	}
	if err := d.check(test, d.Output); err != nil {
		return Fit{}, err
	}
	from, to := d.covered(test.Bins())
	var read []*mat.Dense
	for _, m := range decoded {
		read = append(read, between(m, block{from, to}))
	}
	p, err := prepare.Stack(read)
	if err != nil {
		return Fit{}, err
	}
	o, err := stack(test.Trials, func(t prepare.Trial) (*mat.Dense, error) {
		return between(t.Of(d.Output), block{from, to}), nil
	})
	if err != nil {
		return Fit{}, err
	}
	return R2(p, o)
}

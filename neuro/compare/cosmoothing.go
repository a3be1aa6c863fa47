package compare

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/prepare"
)

// CoSmoothing predicts held-out neurons from those held in, the baseline of the
// Neural Latents Benchmark: counts of the held-in neurons are smoothed, and a Poisson
// regression reads the others' rates from their logarithms. Start from
// [SmoothedSpikes].
type CoSmoothing struct {
	// HeldOut are the columns of the counts that are predicted; the others are
	// given.
	HeldOut []int
	// Kernel smooths the counts. Floor, in spikes per bin, is added before the
	// logarithm, which would be infinite in silence.
	Kernel prepare.Kernel
	Floor  float64
	// Alpha is the penalty, see [FitPoisson].
	Alpha float64
}

// SmoothedSpikes returns the benchmark's settings for MC_Maze: a Gaussian of 50 ms that
// reaches 3 standard deviations and takes what lies outside of trials for silence, a
// floor of 1e-4 and an alpha of 0.01. (nlb_tools' kernel has an even number of bins,
// so that its rates come half a bin later.)
func SmoothedSpikes(heldOut ...int) CoSmoothing {
	k := prepare.Gaussian(0.05)
	k.Reach, k.Zeros = 3, true
	return CoSmoothing{HeldOut: heldOut, Kernel: k, Floor: 1e-4, Alpha: 0.01}
}

// Score fits the regression to the trials of one set, and scores the rates that it
// predicts in another. The rates are those of the held-out neurons, in spikes per
// bin, T × held-out neurons for each trial of test. Rates of any other model of the same
// neurons are scored by [BitsPerSpike] of [prepare.Stack].
func (c CoSmoothing) Score(train, test *prepare.Set) (score Likelihood, rates []*mat.Dense, err error) {
	in, out, err := c.columns(train, test)
	if err != nil {
		return Likelihood{}, nil, err
	}
	x, err := stack(train.Trials, func(t prepare.Trial) (*mat.Dense, error) { return c.inputs(t, train.Dt, in) })
	if err != nil {
		return Likelihood{}, nil, err
	}
	y, err := stack(train.Trials, func(t prepare.Trial) (*mat.Dense, error) { return chosen(t.Counts, out), nil })
	if err != nil {
		return Likelihood{}, nil, err
	}
	model, err := FitPoisson(x, y, c.Alpha)
	if err != nil {
		return Likelihood{}, nil, err
	}
	for _, t := range test.Trials {
		x, err := c.inputs(t, test.Dt, in)
		if err != nil {
			return Likelihood{}, nil, err
		}
		r, err := model.Rates(x)
		if err != nil {
			return Likelihood{}, nil, err
		}
		rates = append(rates, r)
	}
	predicted, err := prepare.Stack(rates)
	if err != nil {
		return Likelihood{}, nil, err
	}
	observed, err := stack(test.Trials, func(t prepare.Trial) (*mat.Dense, error) { return chosen(t.Counts, out), nil })
	if err != nil {
		return Likelihood{}, nil, err
	}
	score, err = BitsPerSpike(predicted, observed)
	return score, rates, err
}

// BitsPerSpike fits a Poisson regression ([FitPoisson], with its penalty alpha) of h's
// Series, which are spike counts, from another series of the training trials, and
// scores the rates that it predicts in the test trials ([BitsPerSpike]):
//
//	split, err := split.With("held out", prepare.Counts, prepare.Columns(3, 7, 11))
//	score, err := compare.NewHeldOut(split, "held out").BitsPerSpike("factors", 1e-3)
func (h HeldOut) BitsPerSpike(from string, alpha float64) (Likelihood, error) {
	if err := h.check(); err != nil {
		return Likelihood{}, err
	}
	x, err := h.Train.Concatenated(from)
	if err != nil {
		return Likelihood{}, err
	}
	counts, err := h.Train.Concatenated(h.Series)
	if err != nil {
		return Likelihood{}, err
	}
	model, err := FitPoisson(x, counts, alpha)
	if err != nil {
		return Likelihood{}, err
	}
	if x, err = h.Test.Concatenated(from); err != nil {
		return Likelihood{}, err
	}
	rates, err := model.Rates(x)
	if err != nil {
		return Likelihood{}, err
	}
	if counts, err = h.Test.Concatenated(h.Series); err != nil {
		return Likelihood{}, err
	}
	return BitsPerSpike(rates, counts)
}

// columns returns the neurons that are given and those to predict.
func (c CoSmoothing) columns(train, test *prepare.Set) (in, out []int, err error) {
	if err := sameSet(train, test); err != nil {
		return nil, nil, err
	}
	if train.Trials[0].Counts == nil {
		return nil, nil, fmt.Errorf("compare: the set has no counts: cut it with its units")
	}
	if !(c.Floor > 0 && c.Floor <= 1) {
		return nil, nil, fmt.Errorf("compare: a floor of %g spikes per bin: it must be above 0 and at most 1 (1e-4 is usual)", c.Floor)
	}
	_, n := train.Trials[0].Counts.Dims()
	for j := range n {
		if slices.Contains(c.HeldOut, j) {
			out = append(out, j)
		} else {
			in = append(in, j)
		}
	}
	if len(out) != len(c.HeldOut) || len(out) == 0 || len(in) == 0 {
		return nil, nil, fmt.Errorf("compare: %v of %d neurons held out: name each once, from 0, at least one, and leave at least one in", c.HeldOut, n)
	}
	return in, out, nil
}

// inputs are the logarithms of the smoothed counts of the neurons held in.
func (c CoSmoothing) inputs(t prepare.Trial, dt float64, in []int) (*mat.Dense, error) {
	x, err := prepare.Smooth(chosen(t.Counts, in), dt, c.Kernel)
	if err != nil {
		return nil, err
	}
	x.Apply(func(_, _ int, v float64) float64 { return math.Log(v + c.Floor) }, x)
	return x, nil
}

// chosen copies columns of m.
func chosen(m *mat.Dense, columns []int) *mat.Dense {
	rows, _ := m.Dims()
	out := mat.NewDense(rows, len(columns), nil)
	for t := range rows {
		row := m.RawRowView(t)
		for k, j := range columns {
			out.Set(t, k, row[j])
		}
	}
	return out
}

package compare

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/prepare"
)

// leastRate replaces rates of zero, under which a spike would be impossible.
const leastRate = 1e-9

// Likelihood is how much more likely rates make spikes than each neuron's mean does.
type Likelihood struct {
	// Bits per spike, over all neurons: 0 for the mean, negative for worse.
	Bits float64
	// Neurons holds the bits per spike of each alone; NaN for one that is silent.
	Neurons []float64
	// Spikes is how many there were, Masked how many counts were NaN, Raised how many
	// rates were zero and raised to 1e-9 per bin.
	Spikes, Masked, Raised int
}

// BitsPerSpike scores predicted rates (T × N, in spikes per bin, not in Hz) of spike
// counts (T × N) as the Neural Latents Benchmark does:
//
//	(NLL of the mean - NLL of the rates) / spikes / ln 2,
//	NLL = Σ rate - count ln rate + ln count!
//
// The null model is each neuron's mean over the very counts that are scored. Rates of
// zero, and means of silent neurons, count as 1e-9. NaN among the counts is masked,
// whatever the rate. A silent neuron adds no spikes, but its predicted rates cost.
// Negative, infinite or missing rates, counts that are not whole, and counts without
// any spike are errors.
//
// F. Pei, J. Ye et al. (2021), Neural Latents Benchmark '21, arXiv:2109.04463; the
// definition is that of nlb_tools.evaluation.
func BitsPerSpike(rates, counts mat.Matrix) (Likelihood, error) {
	if err := alike(rates, counts); err != nil {
		return Likelihood{}, err
	}
	_, n := counts.Dims()
	out := Likelihood{Neurons: make([]float64, n)}
	gain := 0.0
	for j := range n {
		before := out.Spikes
		g, err := out.neuron(rates, counts, j)
		if err != nil {
			return Likelihood{}, err
		}
		gain += g
		out.Neurons[j] = math.NaN()
		if spikes := out.Spikes - before; spikes > 0 {
			out.Neurons[j] = g / float64(spikes) / math.Ln2
		}
	}
	if out.Spikes == 0 {
		return Likelihood{}, errors.New("compare: there is no spike among the counts: bits per spike are not defined")
	}
	out.Bits = gain / float64(out.Spikes) / math.Ln2
	return out, nil
}

// neuron adds up neuron j, and returns by how much its log-likelihood under the
// rates exceeds that under its mean. The factorials cancel.
func (l *Likelihood) neuron(rates, counts mat.Matrix, j int) (gain float64, err error) {
	bins, _ := counts.Dims()
	spikes, seen, model := 0.0, 0.0, 0.0
	for t := range bins {
		count, rate := counts.At(t, j), rates.At(t, j)
		switch {
		case math.IsNaN(count):
			l.Masked++
			continue
		case !(count >= 0 && count <= 1e9) || count != math.Trunc(count):
			return 0, fmt.Errorf("compare: %g spikes in row %d, neuron %d: counts are whole numbers from 0 (rates come first, counts second)", count, t, j)
		case !(rate >= 0 && rate <= largest):
			return 0, fmt.Errorf("compare: a rate of %g in row %d, neuron %d: rates must be finite and not negative", rate, t, j)
		case rate == 0:
			rate = leastRate
			l.Raised++
		}
		spikes, seen = spikes+count, seen+1
		model += rate
		if count > 0 {
			model -= count * math.Log(rate)
		}
	}
	if seen == 0 {
		return 0, nil
	}
	l.Spikes += int(spikes)
	mean := math.Max(spikes/seen, 0)
	if mean == 0 {
		mean = leastRate
	}
	return seen*mean - spikes*math.Log(mean) - model, nil
}

// ForwardBits is [BitsPerSpike] of the last bins of each trial: how well a model
// predicts what comes after the activity that it saw. The Neural Latents Benchmark
// takes the 200 ms after its window ([Benchmark].Forward). rates and counts hold one
// matrix a trial.
func ForwardBits(rates, counts []*mat.Dense, bins int) (Likelihood, error) {
	if len(rates) != len(counts) {
		return Likelihood{}, fmt.Errorf("compare: rates of %d trials and counts of %d: give one of each per trial", len(rates), len(counts))
	}
	last := func(trials []*mat.Dense) (*mat.Dense, error) {
		tails := make([]*mat.Dense, len(trials))
		for i, m := range trials {
			if err := filled(fmt.Sprintf("trial %d", i), m); err != nil {
				return nil, err
			}
			t, n := m.Dims()
			if bins < 1 || bins > t {
				return nil, fmt.Errorf("compare: the last %d bins of trial %d, which has %d: choose at least 1, and at most as many", bins, i, t)
			}
			tails[i] = m.Slice(t-bins, t, 0, n).(*mat.Dense)
		}
		return prepare.Stack(tails)
	}
	r, err := last(rates)
	if err != nil {
		return Likelihood{}, err
	}
	c, err := last(counts)
	if err != nil {
		return Likelihood{}, err
	}
	return BitsPerSpike(r, c)
}

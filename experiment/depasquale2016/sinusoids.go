package depasquale2016

import (
	"context"
	"fmt"

	"github.com/spikewalk/spikewalk/experiment"
	"github.com/spikewalk/spikewalk/neuro/factor"
	"github.com/spikewalk/spikewalk/neuro/rate"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// The sum of four sinusoids is autonomous: there is nothing that tells a
// network where in the period it should be, so that over many periods any two
// networks drift apart. The rate network is therefore started anew in each
// period, and each test trial follows on one in which the targets were fed
// in.

// sinusoidGain is g0 of g = g0 √(N/N_r).
const sinusoidGain = 12

// sinusoids is the full-FORCE network of a seed that produces the sum of four
// sinusoids: 300 units, 100 trials of training.
func sinusoids(ctx context.Context, r experiment.Run) (*rate.Fit, error) {
	return experiment.Share(r, fmt.Sprintf("sinusoids %d", r.Seed), func() (*rate.Fit, error) {
		cfg := oscillatorConfig(r)
		if !r.Quick {
			cfg.TrainingTrials, cfg.TestTrials, cfg.RecordedTrials = 100, 10, 10
		}
		return fullForce(ctx, cfg, task.SumOfSinusoids())
	})
}

// sinusoidSource is that network seen through a basis.
func sinusoidSource(fit *rate.Fit, basis *factor.Basis) (task.Source, error) {
	net := *fit.Network
	net.Restart = true
	src, err := rate.NewSource(&net, basis, task.SumOfSinusoids())
	if err != nil {
		return nil, err
	}
	return task.Repeat(src)
}

// taughtSinusoids is a spiking network taught by the rate network's leading
// components, by its whole activity for 0 components, at the gain that works
// best.
func taughtSinusoids(ctx context.Context, r experiment.Run, neurons, components, trials int) (inSpikes, error) {
	cfg := spikingConfig(r, neurons, trials)
	cfg.Gain = relativeGain(sinusoidGain, cfg.Neurons, oscillatorConfig(r).Units)
	return sinusoidSpikes(ctx, r, cfg, components)
}

// sinusoidSpikes trains a spiking network on the rate network's leading
// components, on its whole activity for 0 components, and tests it.
func sinusoidSpikes(ctx context.Context, r experiment.Run, cfg spiking.Config, components int) (inSpikes, error) {
	return experiment.Share(r, fmt.Sprintf("sinusoids %+v, %d components", cfg, components), func() (inSpikes, error) {
		fit, err := sinusoids(ctx, r)
		if err != nil {
			return inSpikes{}, err
		}
		basis, err := factor.All(fit.Network.Units())
		if components > 0 {
			basis, err = factor.PCA(fit.Activity, factor.Components(components))
		}
		if err != nil {
			return inSpikes{}, err
		}
		src, err := sinusoidSource(fit, basis)
		if err != nil {
			return inSpikes{}, err
		}
		cfg.WarmUpTrials, cfg.DemeaningTrials = min(cfg.WarmUpTrials, 20), min(cfg.DemeaningTrials, 50)
		test := testConfig(r)
		test.Entrain = 1
		test.Record.Mean = []string{spiking.Learned, spiking.SlowTrain}
		rec, err := transfer(ctx, cfg, src, test)
		if err != nil {
			return inSpikes{}, err
		}
		// Of hundreds of factors for each of many networks, none is shown.
		rec.Factors = recording.Series{}
		return inSpikes{fit.Network, cfg.TauSlow, rec}, nil
	})
}

// inSpikes is what a spiking network does on its own, the rate network that it
// was taught by, and the time constant of its slow synapses in seconds.
type inSpikes struct {
	teacher *rate.Network
	tauSlow float64
	rec     *recording.Recording
}

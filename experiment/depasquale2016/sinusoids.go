package depasquale2016

import (
	"context"

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

// sinusoidConfig is a rate network of 300 units that learns the sum of four sinusoids
// in 100 trials, and a spiking one that it teaches.
func sinusoidConfig(neurons, trials int) transferConfig {
	c := transferConfig{rate.DePasquale2016Sinusoids(), spiking.DePasquale2023(), sinusoidGain, hundredTrials()}
	c.Rate.TrainingTrials, c.Rate.TestTrials, c.Rate.RecordedTrials = 100, 10, 10
	c.Spiking.Neurons, c.Spiking.TrainingTrials = neurons, trials
	c.Spiking.WarmUpTrials, c.Spiking.DemeaningTrials = 20, 50
	c.Test.Entrain = 1
	c.Test.Record.Mean = []string{spiking.Learned, spiking.SlowTrain}
	return c
}

// sinusoids is the full-FORCE network that produces the sum of four sinusoids.
func sinusoids(ctx context.Context, r experiment.Run, cfg rate.Config) (*rate.Fit, error) {
	return experiment.Share(r, "sinusoids", cfg, func() (*rate.Fit, error) {
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

// inSpikes trains a spiking network on the rate network's leading components, on
// its whole activity for 0 components, and tests it.
func (c transferConfig) inSpikes(ctx context.Context, r experiment.Run, components int) (inSpikes, error) {
	return experiment.Share(r, "sinusoids in spikes", []any{c, components}, func() (inSpikes, error) {
		fit, err := sinusoids(ctx, r, c.Rate)
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
		rec, err := transfer(ctx, c.Spiking, src, c.Test)
		if err != nil {
			return inSpikes{}, err
		}
		// Of hundreds of factors for each of many networks, none is shown.
		rec.Factors = recording.Series{}
		return inSpikes{fit.Network, c.Spiking.TauSlow, rec}, nil
	})
}

// inSpikes is what a spiking network does on its own, the rate network that it
// was taught by, and the time constant of its slow synapses in seconds.
type inSpikes struct {
	teacher *rate.Network
	tauSlow float64
	rec     *recording.Recording
}

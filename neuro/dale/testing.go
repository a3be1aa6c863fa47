package dale

import (
	"context"
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/spiking"
)

// Test runs the network on its own, without noise: the factors are those it
// carries itself. The network is not changed.
//
// Initial voltages, and the noise in warm-up and entraining trials, which are
// like those of training, come from cfg.Seed, so that test trials start from
// states not seen in training. Of cfg, WarmUpTrials, Trials, Recorded,
// Record.Units with voltages, Entrain and Seed are used; an error says so if others are set.
// Otherwise as [spiking.Model.Test].
func (m *Network) Test(ctx context.Context, src spiking.Source, cfg spiking.TestConfig) (*recording.Recording, error) {
	if err := bound.Context("dale", ctx); err != nil {
		return nil, err
	}
	if err := m.fits(src); err != nil {
		return nil, err
	}
	if err := m.canTest(cfg); err != nil {
		return nil, err
	}
	run, watch := newFreeRun(m, cfg), neuro.WatchOf(ctx)
	total := cfg.WarmUpTrials + cfg.Trials
	for i := range cfg.WarmUpTrials {
		if err := run.driven(ctx, src, inWarmUp, i); err != nil {
			return nil, err
		}
		stop, err := watch.Report(neuro.Progress{Stage: "warm-up", Done: i + 1, Total: total, Error: math.NaN()})
		if err != nil {
			return nil, err
		}
		if stop {
			break
		}
	}
	for i := range cfg.Trials {
		for k := range cfg.Entrain {
			if err := run.driven(ctx, src, inEntraining, i*cfg.Entrain+k); err != nil {
				return run.done(), err
			}
		}
		if err := run.free(ctx, src, i); err != nil {
			return run.done(), err
		}
		if i == cfg.Trials-1 {
			run.rec.Warnings = run.verdict.Warnings("spiking network with constraints on its own", fmt.Sprintf(remedies, m.shape.Dt))
		}
		stop, err := watch.Report(neuro.Progress{Stage: "test", Done: cfg.WarmUpTrials + i + 1, Total: total, Error: run.rec.FactorErrors[i], Warnings: run.rec.Warnings})
		if err != nil {
			return run.done(), err
		}
		if stop {
			break
		}
	}
	return run.done(), nil
}

// canTest says what of a test this kind of network does not offer.
func (m *Network) canTest(c spiking.TestConfig) error {
	if c.WarmUpTrials < 0 || c.Trials < 1 || c.Recorded < 0 || c.Entrain < 0 {
		return fmt.Errorf("dale: %d warm-up, %d test, %d recorded and %d entraining trials: at least 1 test trial and no negative number", c.WarmUpTrials, c.Trials, c.Recorded, c.Entrain)
	}
	r := c.Record
	if c.Initial != nil || c.Restart || c.Repeat || c.Perturbation != 0 ||
		r.Spikes != nil || len(r.Quantities) > 1 || len(r.Quantities) == 1 && r.Quantities[0] != spiking.Voltage || r.Mean != nil || r.Every > 1 || r.File != "" {
		return fmt.Errorf("dale: networks with constraints are tested with WarmUpTrials, Trials, Recorded, voltages of Record.Units, Entrain and Seed only: leave the rest unset")
	}
	for _, i := range r.Units {
		if i < 0 || i >= m.net.n {
			return fmt.Errorf("dale: voltages of neuron %d asked for, neurons are 0 to %d", i, m.net.n-1)
		}
	}
	return nil
}

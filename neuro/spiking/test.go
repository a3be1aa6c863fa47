package spiking

import (
	"context"
	"fmt"
	"math"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// TestConfig says how a trained model is tested. Start from [DefaultTest].
type TestConfig struct {
	// WarmUpTrials are run first with the target factors fed in; then Trials
	// with the network on its own.
	WarmUpTrials, Trials int
	// Recorded is the number of test trials that are kept in full; the
	// errors of all are.
	Recorded int
	// Voltages lists the neurons whose voltage is kept at every step of the
	// recorded trials.
	Voltages []int
	// Record says what else is kept, and where.
	Record RecordConfig
	// Initial is the state in which the first test trial starts; nil leaves it
	// to the warm-up and the state of the model.
	Initial *State
	// Restart starts every test trial from the state in which the first one
	// starts. Otherwise the state is carried over from trial to trial, and
	// trials differ by it.
	Restart bool
	// Repeat shows the first test trial again and again instead of drawing
	// each anew. With Restart, or without, it tells apart what a trial's own
	// randomness and what the network's initial state contribute to
	// variability.
	Repeat bool
	// Perturbation is the standard deviation of Gaussian noise, in units of
	// voltage, that is added to every neuron's voltage when a test trial
	// starts; refractory neurons are spared. With Restart and Repeat it shows
	// how fast nearby states diverge.
	Perturbation float64
	// Entrain is how many trials with the target factors fed in precede each
	// test trial. A network that makes a rhythm by itself, without an input
	// that marks its phase, slips against the targets' clock in the long run
	// however well it does; with Entrain 1 each test trial begins in phase.
	Entrain int
	// Seed of the test trials.
	Seed uint64
}

// DefaultTest returns 50 trials of warm-up and 100 test trials, 3 of them
// recorded, from another seed than any training preset's.
func DefaultTest() TestConfig {
	return TestConfig{WarmUpTrials: 50, Trials: 100, Recorded: 3, Seed: 1001}
}

// validate says what is wrong with c for a model.
func (c TestConfig) validate(m *Model) error {
	if c.WarmUpTrials < 0 || c.Trials < 1 || c.Recorded < 0 || c.Entrain < 0 {
		return fmt.Errorf("spiking: %d warm-up, %d test, %d recorded and %d entraining trials: at least 1 test trial and no negative number", c.WarmUpTrials, c.Trials, c.Recorded, c.Entrain)
	}
	if c.Entrain > 0 && c.Restart {
		return fmt.Errorf("spiking: Entrain is %d and Restart set: either the targets lead into each test trial, or a state is set", c.Entrain)
	}
	if !(c.Perturbation >= 0) || math.IsInf(c.Perturbation, 1) {
		return fmt.Errorf("spiking: Perturbation is %g: a standard deviation is finite and not negative", c.Perturbation)
	}
	if err := neuronsExist("voltages", c.Voltages, m.cfg.Neurons); err != nil {
		return err
	}
	if c.Initial != nil {
		if err := m.check(c.Initial); err != nil {
			return err
		}
	}
	return c.Record.validate(m.cfg.Neurons)
}

func neuronsExist(what string, list []int, neurons int) error {
	for _, i := range list {
		if i < 0 || i >= neurons {
			return fmt.Errorf("spiking: %s of neuron %d asked for, neurons are 0 to %d", what, i, neurons-1)
		}
	}
	return nil
}

// Test runs the model on its own: factors are what it reads from its own
// spikes. The model itself is not changed.
//
// Memory: what Recorded and Record ask to keep, one trial, and a few numbers
// for each further one. An error says what does not fit; divergence gives a
// *[neuro.DivergenceError] with the trial, and what was recorded before. A
// [Watch] that stops keeps what has been reached, as does a cancelled ctx but
// for a file, which then does not appear.
func (m *Model) Test(ctx context.Context, src Source, cfg TestConfig, watch neuro.Watch) (*Recording, error) {
	if err := bound.Context("spiking", ctx); err != nil {
		return nil, err
	}
	if err := m.fits(src); err != nil {
		return nil, err
	}
	if err := cfg.validate(m); err != nil {
		return nil, err
	}
	run, err := m.forTesting(cfg.Seed)
	if err != nil {
		return nil, err
	}
	total := cfg.WarmUpTrials + cfg.Trials
	for i := range cfg.WarmUpTrials {
		if err := run.driven(ctx, src, "test warm-up", i, func([]float64) {}); err != nil {
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
	rec, err := newRecorder(run, cfg)
	if err != nil {
		return nil, err
	}
	defer rec.close()
	for i := range cfg.Trials {
		for k := range cfg.Entrain {
			if err := run.driven(ctx, src, "entraining", i*cfg.Entrain+k, func([]float64) {}); err != nil {
				return rec.done(), err
			}
		}
		if err := rec.trial(ctx, src, i); err != nil {
			return rec.done(), err
		}
		if i == cfg.Trials-1 {
			rec.Warnings = rec.verdict.Warnings("spiking network on its own", fmt.Sprintf(remedies, m.shape.Dt))
		}
		stop, err := watch.Report(neuro.Progress{Stage: "test", Done: cfg.WarmUpTrials + i + 1, Total: total, Error: rec.FactorErrors[i], Warnings: rec.Warnings})
		if err != nil {
			return rec.done(), err
		}
		if stop {
			break
		}
	}
	return rec.finish()
}

// forTesting returns a model that shares the weights but has a state and
// random trials of its own.
func (m *Model) forTesting(seed uint64) (*Model, error) {
	run := *m
	run.net = m.net.twin()
	var err error
	run.decoder, err = rls.NewFiltered(m.net.n, m.shape.Factors, m.net.decaySlow, m.net.decayFast)
	if err != nil {
		return nil, err
	}
	run.cfg.Seed = seed
	run.sourceState = task.State{}
	return &run, run.decoder.Restore(m.decoder.State())
}

package spiking

import (
	"context"
	"fmt"

	"github.com/spikewalk/spikewalk/neuro/internal/bound"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/run"
	"github.com/spikewalk/spikewalk/neuro/recording"
	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// TestConfig says how a trained model is tested. Start from [DefaultTest].
type TestConfig struct {
	// WarmUpTrials are run first with the target factors fed in; then Trials
	// with the network on its own.
	WarmUpTrials, Trials int
	// Recorded is the number of test trials that are kept in full. The errors of
	// all trials are kept.
	Recorded int
	// Record says what else is kept, and where. A model has the quantities
	// [Voltage], [Learned] and so on.
	Record recording.Keep
	// Initial is the state in which the first test trial starts, from
	// [Model.State] or the end of a recording. If it is nil, the trial starts where
	// the warm-up ends.
	Initial recording.State
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

// Test runs the model on its own: factors are what it reads from its own
// spikes. It does not change the model. The Watch of ctx ([neuro.WithWatch]) sees
// each trial.
//
// Memory: what Recorded and Record ask to keep, one trial, and a few numbers
// for each further one. An error says what does not fit; divergence gives a
// *[neuro.DivergenceError] with the trial, and what was recorded before. A
// [neuro.Watch] that stops keeps what has been reached, as does a cancelled ctx
// but for a file, which then does not appear.
//
// The recording's Warnings say what is no better than nothing, unless the test
// ended early: factors or outputs with an error of 1 or more in most trials,
// answers at chance.
func (m *Model) Test(ctx context.Context, src task.Source, cfg TestConfig) (*recording.Recording, error) {
	if err := bound.Context("spiking", ctx); err != nil {
		return nil, err
	}
	if err := carry.Fits("spiking", m.shape, src); err != nil {
		return nil, err
	}
	copied, err := m.forTesting(cfg)
	if err != nil {
		return nil, err
	}
	net, about, test := &tested{newRunning(copied, src)}, m.about(), run.Test(cfg)
	if err := test.Validate(net, about); err != nil {
		return nil, err
	}
	return test.Run(ctx, net, about)
}

func (m *Model) about() run.About {
	return run.About{
		Package: "spiking", Where: "spiking network on its own", Try: fmt.Sprintf(remedies, m.shape.Dt),
		Task: m.shape.Name, Dt: m.shape.Dt, Units: m.cfg.Neurons, Quantities: quantitiesOf(m.cfg.Neuron),
	}
}

// forTesting returns a model that shares the weights but has a state and
// random trials of its own.
func (m *Model) forTesting(cfg TestConfig) (*Model, error) {
	copied := *m
	copied.net = m.net.twin()
	if len(cfg.Record.Quantities)+len(cfg.Record.Mean) > 0 {
		copied.net.acting = newActing(m.net.n)
	}
	var err error
	copied.decoder, err = rls.NewFiltered(m.net.n, m.shape.Factors, m.net.decaySlow, m.net.decayFast)
	if err != nil {
		return nil, err
	}
	copied.cfg.Seed = cfg.Seed
	copied.sourceState = task.State{}
	return &copied, copied.decoder.Restore(m.decoder.State())
}

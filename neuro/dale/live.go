package dale

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/internal/carry"
	"github.com/spikewalk/spikewalk/neuro/internal/run"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// live is a network that runs: neurons with a state of their own, its source
// with the state of that, and the noise in trials under a teacher.
type live struct {
	*Network
	net   *neurons
	src   task.Source
	state task.State
	seed  uint64 // of trials and noise

	teacher float64 // its share of the current in driven trials
	noise   *noise
	rng     *rand.Rand // of the noise in the trial
	y, z    []float64  // scratch: [y; 1] and outputs
}

// live returns the network with a state of its own. Weights are shared, or
// copied if they are to change.
func (m *Network) live(src task.Source, seed uint64, copied bool) *live {
	l := &live{
		Network: m, net: m.net.twin(copied), src: src, seed: seed,
		teacher: 1, noise: newNoise(m.Config, m.net.factors, m.shape.Dt),
		y: make([]float64, m.shape.Factors+1), z: make([]float64, m.shape.Outputs),
	}
	l.y[m.shape.Factors] = 1
	return l
}

// Next draws the next trial of a stage.
func (l *live) Next(stage string, i int) (*run.Trial, error) {
	from := streams[stage]
	trial, next, err := l.src.Trial(neuro.Stream(l.seed, from.trials, i), l.state)
	if err == nil {
		err = trial.Validate(l.shape)
	}
	if err != nil {
		return nil, fmt.Errorf("dale: %s, trial %d: %w", stage, i, err)
	}
	l.state = next
	if from.noise != "" {
		l.rng = neuro.Stream(l.seed, from.noise, i)
	}
	return &run.Trial{
		Trial: trial, Driven: from.noise != "", Where: "dale " + stage, Number: i, Dt: l.shape.Dt,
		Cause:  "weights that fit too few states amplify what leads away from them",
		Advice: "train longer, with more noise or more neurons",
	}, nil
}

// Begin computes what is carried anew: weights may have changed.
func (l *live) Begin(context.Context, *run.Trial) { l.net.resync() }

// End does nothing.
func (l *live) End() {}

// Step takes a step: under the teacher and in noise, or alone.
func (l *live) Step(trial *run.Trial, t int) (run.Step, error) {
	if trial.Driven {
		spikes := l.net.step(l.teacher, trial.FactorsBefore(t), trial.InputsAt(t), l.noise.step(l.rng))
		return run.Step{Spikes: spikes}, carry.Finite(l.net.Population, l.Config.Neuron, trial, t)
	}
	spikes := l.net.step(0, nil, trial.InputsAt(t), nil)
	y := l.y[:l.shape.Factors]
	l.read(l.net, y)
	carry.Output(l.z, l.readout, l.y)
	return run.Step{Factors: y, Outputs: l.z, Spikes: spikes}, carry.Finite(l.net.Population, l.Config.Neuron, trial, t)
}

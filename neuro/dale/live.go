package dale

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/spikewalk/spikewalk/neuro"
	"github.com/spikewalk/spikewalk/neuro/spiking"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// live is a network that runs: neurons with a state of their own, the noise
// that they are under, and the state of the source.
type live struct {
	*Network
	net   *neurons
	noise *noise
	state task.State
	seed  uint64 // of trials and noise
}

// live returns the network with a state of its own. Weights are shared, or
// copied if they are to change.
func (m *Network) live(seed uint64, copied bool) *live {
	return &live{Network: m, net: m.net.twin(copied), noise: newNoise(m.Config, m.net.factors, m.shape.Dt), seed: seed}
}

// trial draws the next trial of a stage, and computes what is carried anew.
func (l *live) trial(src spiking.Source, of stage, i int) (task.Trial, error) {
	trial, next, err := src.Trial(neuro.Stream(l.seed, of.trials, i), l.state)
	if err == nil {
		err = trial.Validate(l.shape)
	}
	if err != nil {
		return trial, fmt.Errorf("%s, trial %d: %w", of.name, i, err)
	}
	l.state = next
	l.net.resync()
	return trial, nil
}

// drive runs a trial in noise, a share teacher of the current being what the
// target factors ask for, and calls each after every step.
func (l *live) drive(ctx context.Context, trial task.Trial, teacher float64, rng *rand.Rand, each func(t int)) error {
	for t := range trial.Steps() {
		if err := ctx.Err(); err != nil {
			return err
		}
		l.net.step(teacher, trial.Factors.RawRowView(max(t-1, 0)), inputsAt(trial, t), l.noise.step(rng))
		each(t)
	}
	return nil
}

// driven runs a trial of a stage with the target factors fed in.
func (l *live) driven(ctx context.Context, src spiking.Source, of stage, i int) error {
	trial, err := l.trial(src, of, i)
	if err != nil {
		return err
	}
	return l.drive(ctx, trial, 1, neuro.Stream(l.seed, of.noise, i), func(int) {})
}

func inputsAt(trial task.Trial, t int) []float64 {
	if trial.Inputs == nil {
		return nil
	}
	return trial.Inputs.RawRowView(t)
}

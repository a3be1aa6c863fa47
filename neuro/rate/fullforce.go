package rate

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/spikewalk/spikewalk/neuro/rls"
	"github.com/spikewalk/spikewalk/neuro/task"
)

// fullForce holds the target-generating network beside the one that learns.
type fullForce struct {
	p *rls.RLS

	generator      *Network // J̃; its Initial and Readout are not used
	target, hint   *mat.Dense
	generatorState *state
	drive          []float64 // d(t)

	net     *Network // learns
	state   *state
	current []float64 // J φ(x)
	z       []float64

	currentError, outputError []float64
	targets                   []rls.Target
}

func newFullForce(cfg Config, s task.Shape, stream func(string) *rand.Rand, p *rls.RLS) trainer {
	generator := newNetwork(cfg, s, stream)
	net := *generator
	net.Recurrent = mat.NewDense(cfg.Units, cfg.Units, nil)
	f := &fullForce{
		p:              p,
		generator:      generator,
		target:         uniform(cfg.Units, s.Outputs, cfg.TargetScale, stream("target")),
		hint:           uniform(cfg.Units, s.Hints, cfg.HintScale, stream("hint")),
		generatorState: generator.start(generator.Initial),
		drive:          make([]float64, cfg.Units),
		net:            &net,
		state:          net.start(net.Initial),
		current:        make([]float64, cfg.Units),
		z:              make([]float64, s.Outputs),
		currentError:   make([]float64, cfg.Units),
		outputError:    make([]float64, s.Outputs),
	}
	f.targets = []rls.Target{{Weights: net.Recurrent, Error: f.currentError}, {Weights: net.Readout, Error: f.outputError}}
	return f
}

func (f *fullForce) step(trial task.Trial, t int, m mode) ([]float64, error) {
	multiply(f.drive, f.generator.Recurrent, f.generatorState.r, false)
	addChannels(f.drive, f.target, trial.Targets, t)
	addChannels(f.drive, f.hint, trial.Hints, t)

	multiply(f.current, f.net.Recurrent, f.state.r, false)
	multiply(f.z, f.net.Readout, f.state.r, false)
	if m.learn {
		for i, d := range f.drive {
			f.currentError[i] = f.current[i] - d
		}
		for i, want := range trial.Targets.RawRowView(t) {
			f.outputError[i] = f.z[i] - want
		}
		if err := f.p.Update(f.state.r, f.targets...); err != nil {
			return nil, err
		}
	}
	if m.driven {
		copy(f.current, f.drive)
	}
	addChannels(f.current, f.net.Input, trial.Inputs, t)
	addChannels(f.drive, f.generator.Input, trial.Inputs, t)
	f.state.advance(f.current)
	f.generatorState.advance(f.drive)
	return f.z, nil
}

func (f *fullForce) trained() *Network {
	n := *f.net
	n.Initial = append([]float64(nil), f.state.x...)
	return &n
}
